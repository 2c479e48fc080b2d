def work(a, b):
    return a + b, a - b, a * b, a / b if b else "none", a // b if b else "none", a % b if b else "none"


VALUES = [0.0, -0.0, 1.0, -1.5, 1e308, 1e-308, 5e-324, float("inf"), float("-inf"), float("nan"), 3, -2, 2**53 + 1, True]
for a in VALUES:
    for b in VALUES:
        try:
            print(a, b, *work(a, b))
        except ArithmeticError as error:
            print(a, b, type(error).__name__, error)
