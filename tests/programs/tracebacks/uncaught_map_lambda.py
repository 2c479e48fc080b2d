table = {"a": [1, 2], "b": None}
print("start")
total = sum(map(lambda key: sum(
    value * 2 for value in table[key]), sorted(table)))
