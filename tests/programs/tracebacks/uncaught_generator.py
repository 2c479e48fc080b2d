def numbers(limit):
    n = limit
    while True:
        yield 100 // n
        n -= 1


def total(items):
    result = 0
    for item in items:
        result += item
    return result


print("start")
print(total(numbers(3)))
