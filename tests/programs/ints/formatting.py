for value in (0, 5, -5, 255, 2**40, -(2**70), True):
    print(f"{value}|{value:d}|{value:5}|{value:<5}|{value:^7}|{value:+}|{value: }|{value:05}|{value:x}|{value:#X}|{value:b}|{value:o}|{value:,}|{value:_}|{value:e}|{value:.2f}|{value:%}|{value!r:>8}")
    print("%d|%5d|%-5d|%05d|%x|%o|%s|%r|%+d|%e" % ((value,) * 10))
width, precision = 12, 3
print(f"{3.14159:{width}.{precision}f}|{'text':*^{width}}|{42:>{width}}")
for spec in ("s", "q", ".3", "n", "c", ",x", "_b", "+s", "10.3d"):
    try:
        print(spec, format(65, spec))
    except ValueError as error:
        print(spec, error)
for template, value in (("%d", "x"), ("%d", 3.99), ("%x", 3.5), ("%c", 300), ("%c", "ab"), ("%i %i", (1,)), ("%i", (1, 2)), ("%q", 1), ("%", 1)):
    try:
        print(template % value)
    except (TypeError, ValueError, OverflowError) as error:
        print(type(error).__name__, error)
