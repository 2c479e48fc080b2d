for value in (0.0, -0.0, 1.0, 0.1, 1 / 3, 1e16, 1e15, 123456789.123456789, 1e-5, 0.0001, 1.5e300, float("inf"), float("nan"), -2.5):
    print(repr(value), str(value), f"{value:.3f}", f"{value:g}", f"{value:e}", f"{value:10.2f}|", f"{value:<10}|", f"{value:+.1e}", f"{value:%}", f"{value:,.2f}", f"{value:010.3f}", f"{value!r:>12}", "%f %5.1f %g %e %r" % ((value,) * 5))
print(round(2.5), round(3.5), round(-2.5), round(2.675, 2), round(1234.5, -2), round(1e300, 2), type(round(2.0)), type(round(2.0, 0)))
print(0.1 + 0.2, 1e22, 1e23, 2**0.5, 100 * 1.1, 4.35 * 100, (0.1).hex(), float.fromhex("0x1.8p1"), (0.75).as_integer_ratio(), (3.0).is_integer())
for text in ("1.5", " 1e3 ", "inf", "-Infinity", "nan", "1_0.5", "0x1", "", "1e", "++1"):
    try:
        print(float(text))
    except ValueError as error:
        print(error)
