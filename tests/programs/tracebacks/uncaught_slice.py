def middle(items, width):
    start = len(items) // 2 - width // 2
    return items[start : start + width : width / 2]


print(middle.__name__)
middle([1, 2, 3, 4], 2)
