# run: wide
# record: narrow
import sys

WIDE = sys.argv[1:] != ["narrow"]


def collect(*arguments):
    out = []
    for i in range(*arguments):
        out.append(i)
        if len(out) == 5:
            break
    else:
        out.append("end")
    return out


print(collect(4), collect(2, 5), collect(10, 0, -3), collect(0), collect(5, 5), collect(-3), collect(0, 10, 4))
if WIDE:
    print(collect(2**63 - 2, 2**63 + 2), collect(2**64), collect(-(2**63) - 1, -(2**63) + 2), collect(2**65, 2**64, -(2**63)))
    print(collect(2**63 - 1, 2**63), collect(0, 2**63, 2**62), collect(0, -(2**64), -(2**63)), collect(10**30, 10**30 + 2))
    print(collect(True), collect(False, True))
for bad in ((1.0,), ("a",), (1, 2, 0), (), (1, 2, 3, 4), (None,)):
    try:
        print(collect(*bad))
    except (TypeError, ValueError) as error:
        print(type(error).__name__, error)
for i in range(3):
    i += 10
    print(i)
i = "before"
for i in range(0):
    pass
print(i)
for i in range(2):
    for j in range(i, 3):
        if j == 1:
            continue
        print(i, j)
