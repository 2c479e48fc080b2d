from enum import Enum, Flag, IntEnum, IntFlag, StrEnum, auto, nonmember, unique


class Colour(Enum):
    RED = 1
    GREEN = auto()
    CRIMSON = 1

    @property
    def title(self):
        return self.name.title()

    @classmethod
    def default(cls):
        return cls.GREEN


class Level(IntEnum):
    LOW = 1
    HIGH = 2**40

    def __str__(self):
        return f"level {self.name}"


class Perm(Flag):
    R = auto()
    W = auto()
    X = auto()
    RW = R | W


class Name(StrEnum):
    FIRST = auto()
    SECOND = "2nd"


class Planet(Enum):
    EARTH = (5.97e24, 6.37e6)
    MARS = (6.4e23, 3.39e6)

    def __init__(self, mass, radius):
        self.mass, self.radius = mass, radius

    def gravity(self):
        return 6.67e-11 * self.mass / self.radius**2


def count(items):
    n = 0
    for item in items:
        if item is Colour.RED:
            n += 1
        elif item == Level.LOW:
            n += 10
    return n


print(Colour.RED, repr(Colour.CRIMSON), Colour("2" and 2), Colour["RED"].title, Colour.default(), list(Colour), len(Colour), Colour.RED in Colour)
print(Level.LOW + 1, Level.HIGH > 5, str(Level.HIGH), f"{Level.LOW}", Level.LOW == 1, sorted([Level.HIGH, Level.LOW]), [10, 20][Level.LOW], Level.HIGH * 2)
print(Perm.R | Perm.X, Perm.RW & Perm.W, ~Perm.R, Perm.R in Perm.RW, bool(Perm(0)), list(Perm.RW), Perm(7), Perm.R ^ Perm.RW)
print(Name.FIRST, Name.SECOND.upper(), Name.FIRST == "first", round(Planet.EARTH.gravity(), 2), Planet.MARS.value, count([Colour.RED, 1, Level.LOW, Colour.CRIMSON, "x"]))
for use in (lambda: Colour(9), lambda: Colour["X"], lambda: setattr(Colour, "RED", 5), lambda: Colour.RED < Colour.GREEN, lambda: Colour.RED.nothing, lambda: type("Sub", (Colour,), {}), lambda: Colour.BLUE, lambda: unique(type(Colour)("D", [("A", 1), ("B", 1)]))):
    try:
        print(use())
    except Exception as error:
        print(type(error).__name__, str(error).replace("__main__.", ""))
print(Enum("Made", "A B C").B, {Colour.RED: 1}[Colour.CRIMSON], hash(Colour.RED) == hash(Colour("1" and 1)))
