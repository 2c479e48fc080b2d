class F:
    def __format__(self, spec):
        return f"<{spec}>"

    def __repr__(self):
        return "F repr"

    def __str__(self):
        return "F str"


class BadFormat:
    def __format__(self, spec):
        return 5


class BadStr:
    def __str__(self):
        return 3

    def __repr__(self):
        raise ValueError("no repr")


x, w, p, d, name = 3.14159, 10, 2, {"a": 1}, "héllo"
print(f"{x}", f"{x:.2f}", f"{x:{w}.{p}f}", f"{x:>{w}}|", f"{d['a']}", f"{x!r}", f"{name!a}", f"{name!s:>8}", f"{F()}", f"{F()!r}", f"{F()!s}", f"{F():a{1 + 1}b}", f"{{}}", f"{{{x}}}", f"{x=}", f"{x = :.1f}", f"{name=!r:>10}", f"{w+p=}")
print(f"{(lambda y: y * 2)(4)}", f"{[i for i in range(3)]}", f"{ {'k': 1} }", f"{'a' 'b'}", f"{x if w > 5 else name}", f"{w:d}{w:b}{w:x}", f"{True:d}", f"{None}", f"{'':*^5}", f"a" "b" f"{1}" "c", rf"\{w}", f"{w!r:^{w}}", f"""{
    w
    + 1}""")
for code in ('f"{BadFormat()}"', 'f"{BadStr()}"', 'f"{BadStr()!r}"', 'f"{5:s}"', 'f"{name:d}"', 'f"{undefined}"', 'f"{x:{name}}"', 'f"{[]:5}"', 'f"{None:>5}"', 'f"{1/0}"', 'f"{object():x}"'):
    try:
        print(eval(code))
    except Exception as error:
        print(code, type(error).__name__, error)


def loop(values):
    out = ""
    for v in values:
        out += f"{v}|{v!r:>4}|"
    return out


print(loop([1, 2.5, "s", None, F(), 2**70, True, [1], b"b"]))
import datetime
import decimal

print(f"{datetime.date(2024, 1, 2):%Y/%m}", f"{decimal.Decimal('1.234'):.1f}", f"{1234567:,}", f"{1e10:g}", f"{-5:05}", f"{255:#06x}", f"{0.5:.0%}", f"{'x':0>3}", f"{1:e}", f"{3+4j}")
