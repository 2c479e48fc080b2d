def largest(items):
    best = items[0]
    for item in items[1:]:
        if item > best:
            best = item
    return best


print(largest([1, 5, 2.5]))
print(largest([3, None]))
