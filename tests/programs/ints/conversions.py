for text in ("12", " 12 ", "-0", "1_000", "0x1f", "1__0", "", "1.5", "٣", "0b1"):
    for base in (10, 0, 16):
        try:
            print(repr(text), base, int(text, base))
        except ValueError as error:
            print(error)


class Indexed:
    def __index__(self):
        return 7


class Truncated:
    def __int__(self):
        return 8


class Wrong:
    def __int__(self):
        return "x"


class Sub(int):
    pass


for value in (Indexed(), Truncated(), Wrong(), Sub(3), 3.99, -3.99, True, b"42", None, [], float("inf"), float("nan"), "x"):
    try:
        result = int(value)
        print(type(value).__name__, result, type(result).__name__)
    except Exception as error:
        print(type(error).__name__, error)
print([1, 2, 3, 4, 5, 6, 7, 8][Indexed()], bin(Indexed()), hex(255), oct(-8), chr(Indexed()), round(15, -1), round(25, -1), round(-15, -1))
try:
    [1][Truncated()]
except TypeError as error:
    print(error)
