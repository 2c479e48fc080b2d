def clean(items, *names):
    for name in names:
        del items[name]
    return items


print(clean({"a": 1, "b": 2}, "a"))
clean({"a": 1}, "a", "b")
