def ratio(table, key):
    total = sum(table.values())
    return table[key] * 100 / (total - total) + len(table)


print("start")
print(ratio({"a": 1, "b": 2}, "a"))
