def countdown(n):
    if n == 0:
        raise ValueError("bottom")
    return countdown(n - 1) + 1


print("start")
countdown(10)
