def to_base(n, base):
    digits = "0123456789abcdef"
    if n < 0:
        return "-" + to_base(-n, base)
    out = ""
    while True:
        n, d = divmod(n, base)
        out = digits[d] + out
        if not n:
            return out


def from_base(text, base):
    n = 0
    for c in text:
        n = n * base + "0123456789abcdef".index(c)
    return n


def roman(n):
    out = ""
    for value, letters in ((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")):
        count, n = divmod(n, value)
        out += letters * count
    return out


def words(n):
    names = "zero one two three four five six seven eight nine".split()
    return " ".join(names[int(d)] for d in str(n))


for n in (0, 1, 255, -255, 2**63, -(2**64), 10**25):
    print(to_base(n, 2), to_base(n, 16), from_base(to_base(abs(n), 7), 7) == abs(n), to_base(n, 10) == str(n), hex(n), bin(n)[:20])
print([roman(n) for n in (1, 4, 9, 14, 40, 90, 1994, 3999, True)], words(90210), from_base("zz", 16) if False else "", from_base("ff" * 10, 16))
for bad in (lambda: to_base(1.5, 2), lambda: from_base("xyz", 16), lambda: roman("x"), lambda: to_base(5, 0), lambda: words(-1)):
    try:
        print(bad())
    except Exception as error:
        print(type(error).__name__, error)
