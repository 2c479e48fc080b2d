def grade(n):
    return "A" if n > 90 else "B" if n > 80 else "C" if n > 70 else "F"


def nested(a, b, c):
    return (a if b else c) if c else (b if a else None)


print([grade(n) for n in (95, 85, 75.5, 0, True, 91)], [nested(a, b, c) for a in (0, 1) for b in (0, 2) for c in (0, 3)])
for bad in ("x", None):
    try:
        grade(bad)
    except TypeError as error:
        print(error)
x = 5 if [] else 6 if {} else 7
print(x, (lambda v: "yes" if v else "no")(""), [i if i else -1 for i in (0, 1, None)])
