CASES = [
    lambda: abs("x"), lambda: chr("a"), lambda: ord(5), lambda: len(5), lambda: sum(["a"]), lambda: sum("ab"), lambda: max(), lambda: max([]), lambda: min(1), lambda: max(1, "a"),
    lambda: int("x"), lambda: int([]), lambda: int("1", 99), lambda: float("x"), lambda: float([]), lambda: str(b"x", "nope"), lambda: bytes("x"), lambda: list(5), lambda: tuple(None), lambda: dict([1]),
    lambda: set([[]]), lambda: range(1.5), lambda: range("a"), lambda: enumerate(5), lambda: zip(5), lambda: map(5), lambda: list(map(5, [1])), lambda: filter(None), lambda: sorted(5), lambda: sorted([1], key=5),
    lambda: reversed({1}), lambda: iter(5), lambda: next([]), lambda: next(iter([])), lambda: getattr(5, "x"), lambda: getattr(5, 5), lambda: setattr(5, "x", 1), lambda: delattr(5, "real"), lambda: hasattr(5, 5), lambda: isinstance(1, 5),
    lambda: isinstance(1, "int"), lambda: issubclass(1, int), lambda: issubclass(int, 5), lambda: round("x"), lambda: round(1.5, "a"), lambda: divmod(1, "a"), lambda: pow(2, "a"), lambda: hash([]), lambda: callable(), lambda: input(1, 2),
    lambda: open("/does/not/exist"), lambda: open(5.5), lambda: print(sep=5), lambda: print(1, file=5), lambda: vars(5), lambda: dir(1, 2), lambda: type(1, 2), lambda: type("a", (), 5), lambda: super(5, 5), lambda: object(5),
    lambda: property(1, 2, 3, 4, 5), lambda: classmethod(), lambda: slice(), lambda: memoryview(5), lambda: bytearray("x"), lambda: complex("a"), lambda: bin(1.5), lambda: format(5, 5), lambda: compile("1", "f", "x"), lambda: eval(5),
    lambda: exec(5), lambda: __import__(5), lambda: all(5), lambda: any([1, [].x]), lambda: "".join(5), lambda: "a".join([1]), lambda: [].sort(1), lambda: [].extend(5), lambda: {}.update(5), lambda: {}.update([1]),
]
for case in CASES:
    try:
        print(case())
    except Exception as error:
        print(type(error).__name__, error)
