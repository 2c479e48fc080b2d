import dataclasses
from dataclasses import KW_ONLY, InitVar, dataclass, field


@dataclass
class Point:
    x: int
    y: int = 0
    tags: list = field(default_factory=list, compare=False, repr=False)

    def shifted(self, by):
        return dataclasses.replace(self, x=self.x + by)


@dataclass(frozen=True, order=True, slots=True)
class Version:
    major: int
    minor: int = 0
    label: str = field(default="", compare=False)


@dataclass
class Child(Point):
    _: KW_ONLY
    z: float = 1.5
    scale: InitVar[int] = 2

    def __post_init__(self, scale):
        self.z *= scale


print(Point(1), Point(1, 2) == Point(1, 2, ["t"]), Point(1).shifted(2**63), Child(1, 2, z=3, scale=10), Child(5))
print(sorted([Version(2, 1), Version(1, 9), Version(1, 9, "b")]), Version(1) < Version(1, 1), hash(Version(1, 2)) == hash(Version(1, 2, "x")), {Version(1): "v"}[Version(1)])
for use in (lambda: Point(), lambda: Version(1) < 5, lambda: setattr(Version(1), "major", 2), lambda: hash(Point(1)), lambda: Child(1, 2, [], 3), lambda: Version(1).nothing, lambda: dataclasses.replace(Version(1), q=1), lambda: setattr(Version(1), "new", 5)):
    try:
        print(use())
    except Exception as error:
        print(type(error).__name__, error)
print(dataclasses.asdict(Child(1, tags=["a"])), dataclasses.astuple(Version(3)), [f.name for f in dataclasses.fields(Child)])
Made = dataclasses.make_dataclass("Made", [("a", int), ("b", str, "x")], namespace={"f": lambda self: self.a * 2})
print(Made(2), Made(3).f(), Point.__match_args__, Version.__slots__)
total = 0
for i in range(50):
    p = Point(i, i * 2)
    total += p.x * p.y
    if i == 25:
        Point.__init__ = lambda self, a, b: self.__dict__.update(x=1, y=1)
print(total)
try:

    @dataclass
    class Bad:
        a: int = 1
        b: int

except TypeError as error:
    print(error)
try:

    @dataclass
    class Bad2:
        a: list = []

except ValueError as error:
    print(error)
