def pick(data, *path):
    for step in path:
        data = data[step]
    return data["x"]["y"][10]["z"]


print("start")
print(pick({"a": [{"x": {"y": [1, 2]}}]}, "a", 0))
