def pairs(items):
    for first, second in items:
        yield first + second


print("start")
print(list(pairs([(1, 2), ("a", "b"), (1, 2, 3)])))
