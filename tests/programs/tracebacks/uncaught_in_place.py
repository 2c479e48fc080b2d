def grow(items):
    total = 0
    for item in items:
        total += item
    return total


print("start")
print(grow([1, 2.5, "three"]))
