print("start")


class Outer:
    size = 3

    class Inner:
        items = [1, 2, 3]
        last = items[
            len(items)
        ]
