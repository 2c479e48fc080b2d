def compute():
    length = 5
    return lenght * 2


print("start")
compute()
