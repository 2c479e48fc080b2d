"""Random programs, the same for the same seed: `program(seed)` is the text of a module.

It has functions, classes and module code that call each other over a call budget, so that it ends whatever it does; exceptions are caught
and printed with the lines and columns they come from. Nothing that it prints depends on addresses, hashes of strings, or time.
"""

from __future__ import annotations

import random
import warnings
from collections.abc import Callable

from tests.fuzz.expressions import Expressions
from tests.fuzz.scope import Scope

PRELUDE = """from fuzz_support import Manager, Problem, report, set_budget, short, show, tick

set_budget({budget})
"""

EPILOGUE = """
if __name__ == "__main__":
    main()
"""


class Generator:
    """Writes one program."""

    def __init__(self, seed: int, attempt: int = 0) -> None:
        self.chance = random.Random(f"pybuild fuzz {seed} {attempt}")
        self.lines: list[str] = []
        self.scope = Scope(self.chance)
        self.expressions = Expressions(self.chance, self.scope)
        self.depth = 0
        self.labels = 0
        self.left = 0  # statements that may still be written in this function

    # Statements: each writes lines at an indent; those of a loop may break or continue.

    def write(self, indent: int, text: str) -> None:
        self.lines.append("    " * indent + text)

    def fresh(self, prefix: str) -> str:
        self.labels += 1
        return f"{prefix}{self.labels}"

    def block(self, indent: int, size: int, loop: bool = False) -> None:
        """At least one statement; names bound within stay known afterwards, so that some uses are of unbound names."""
        self.depth += 1
        before = len(self.lines)
        for _ in range(self.chance.randint(1, max(1, size))):
            if self.left > 0:
                self.left -= 1
                self.statement(indent, loop)
        if len(self.lines) == before:
            self.write(indent, "pass")
        self.depth -= 1

    def statement(self, indent: int, loop: bool = False) -> None:
        simple: list[tuple[int, Callable[[int], None]]] = [
            (14, self.assign),
            (8, self.augmented),
            (8, self.show),
            (4, self.mutate),
            (2, self.unpack),
            (2, self.attribute),
            (1, self.delete),
            (1, self.expression),
            (1, self.assertion),
            (1, self.raising),
        ]
        compound: list[tuple[int, Callable[[int], None]]] = [
            (6, self.if_),
            (6, self.for_),
            (3, self.while_),
            (5, self.try_),
            (2, self.with_),
            (2, self.match_),
            (2, self.inner_function),
        ]
        choices = simple + (compound if self.depth < 4 else [])
        if loop and self.chance.random() < 0.06:
            self.write(indent, f"if {self.expressions.condition()}:")
            self.write(indent + 1, self.chance.choice(["break", "continue"]))
            return
        if self.scope.in_function and self.chance.random() < 0.04:
            self.write(indent, f"if {self.expressions.condition()}:")
            self.write(indent + 1, f"return {self.expressions.any()}")
            return
        make = self.chance.choices([c for _, c in choices], [w for w, _ in choices])[0]
        if self.depth == 1 and not loop and self.chance.random() < 0.35:
            self.write(indent, "try:")
            make(indent + 1)
            self.write(indent, "except Exception as error:")
            self.write(indent + 1, "report(error)")
        else:
            make(indent)

    def assign(self, indent: int) -> None:
        kind = self.expressions.kind()
        value = self.expressions.of(kind)
        name = self.scope.target(kind)
        if self.chance.random() < 0.05:
            other = self.scope.target(kind)
            self.write(indent, f"{name} = {other} = {value}")
        elif self.chance.random() < 0.1:
            self.write(indent, f"{name}: {self.chance.choice(['int', 'float', 'str', 'list', 'object'])} = {value}")
        else:
            self.write(indent, f"{name} = {value}")

    def augmented(self, indent: int) -> None:
        kind = self.chance.choice(["int", "int", "float", "str", "list", "ints"])
        name = self.scope.name(kind)
        operators = {
            "int": ["+", "-", "*", "//", "%", "&", "|", "^", "+", "+"],
            "float": ["+", "-", "*", "/"],
            "str": ["+"],
            "list": ["+"],
            "ints": ["+"],
        }
        operator = self.chance.choice(operators[kind])
        self.write(indent, f"{name} {operator}= {self.expressions.of(kind)}")

    def show(self, indent: int) -> None:
        self.write(indent, f"show({', '.join(self.expressions.any() for _ in range(self.chance.randint(1, 3)))})")

    def expression(self, indent: int) -> None:
        self.write(indent, self.expressions.any())

    def mutate(self, indent: int) -> None:
        self.write(indent, self.expressions.fill(self.chance.choice(MUTATIONS)))

    def unpack(self, indent: int) -> None:
        self.write(indent, self.expressions.fill(self.chance.choice(UNPACKINGS)))

    def attribute(self, indent: int) -> None:
        rare = self.chance.random() < 0.15 and self.scope.classes
        self.write(indent, self.expressions.fill(self.chance.choice(CHANGES_OF_CLASSES if rare else ATTRIBUTES)))

    def delete(self, indent: int) -> None:
        self.write(indent, self.expressions.fill(self.chance.choice(["del @name_list[@small]", "del @name_any", "del @name_dict[@key]"])))

    def assertion(self, indent: int) -> None:
        self.write(indent, f"assert {self.expressions.condition()}, {self.expressions.of('str')}")

    def raising(self, indent: int) -> None:
        kind = self.chance.choice(["ValueError", "KeyError", "Problem", "IndexError", "ZeroDivisionError"])
        self.write(indent, f"if {self.expressions.condition()}:")
        self.write(indent + 1, f"raise {kind}({self.expressions.of('int')})")

    def if_(self, indent: int) -> None:
        self.write(indent, f"if {self.expressions.condition()}:")
        self.block(indent + 1, 3)
        if self.chance.random() < 0.3:
            self.write(indent, f"elif {self.expressions.condition()}:")
            self.block(indent + 1, 2)
        if self.chance.random() < 0.5:
            self.write(indent, "else:")
            self.block(indent + 1, 2)

    def for_(self, indent: int) -> None:
        e = self.expressions
        what = self.chance.choice(["range", "range", "range", "list", "list", "enumerate", "zip", "items", "str", "generator", "steps"])
        if what == "range":
            header = f"{self.scope.target('int')} in range({self.chance.randint(1, 12)})"
        elif what == "steps":
            start = self.chance.choice([0, 10, -5, 2**63 - 3, 2**31])
            step = self.chance.choice([1, -1, 3, -7, 2**30])
            header = f"{self.scope.target('int')} in range({start}, {start + step * self.chance.randint(0, 6)}, {step})"
        elif what == "list":
            header = e.fill(self.chance.choice(["@target_any in @P_list[:8]", "@target_int in @P_ints[:8]", "@target_int in @name_ints"]))
        elif what == "enumerate":
            header = f"{self.scope.target('int')}, {self.scope.target('any')} in enumerate({e.fill('@P_list')}[:6])"
        elif what == "zip":
            header = f"{self.scope.target('any')}, {self.scope.target('int')} in zip({e.fill('@P_list')}[:6], range(5))"
        elif what == "items":
            header = f"{self.scope.target('any')}, {self.scope.target('any')} in list({e.fill('@P_dict')}.items())[:6]"
        elif what == "str":
            header = f"{self.scope.target('str')} in {e.fill('@P_str')}[:5]"
        else:
            header = f"{self.scope.target('int')} in ({e.of('int')} for _ in range({self.chance.randint(1, 5)}))"
        self.write(indent, f"for {header}:")
        self.write(indent + 1, "tick()")
        self.block(indent + 1, 4, loop=True)
        if self.chance.random() < 0.15:
            self.write(indent, "else:")
            self.block(indent + 1, 1)

    def while_(self, indent: int) -> None:
        counter = self.fresh("w")
        self.write(indent, f"{counter} = {self.chance.randint(1, 9)}")
        more = f" and {self.expressions.condition()}" if self.chance.random() < 0.3 else ""
        self.write(indent, f"while {counter} > 0{more}:")
        self.write(indent + 1, f"{counter} -= 1")
        self.write(indent + 1, "tick()")
        self.block(indent + 1, 3, loop=True)

    def try_(self, indent: int) -> None:
        self.write(indent, "try:")
        self.block(indent + 1, 3)
        form = self.chance.choice(["except", "except", "except", "finally", "both", "star"])
        star = "*" if form == "star" else ""
        if form != "finally":
            if self.chance.random() < 0.4:
                kinds = self.chance.choice(["TypeError", "(KeyError, IndexError)", "ZeroDivisionError", "Problem", "NameError"])
                self.write(indent, f"except{star} {kinds}:")
                self.block(indent + 1, 1)
            self.write(indent, f"except{star} Exception as error:")
            self.write(indent + 1, "report(error)")
            if self.chance.random() < 0.4:
                self.block(indent + 1, 1)
            if self.chance.random() < 0.1:
                self.write(indent + 1, "raise")
            if self.chance.random() < 0.3:
                self.write(indent, "else:")
                self.block(indent + 1, 1)
        if form in ("finally", "both"):
            self.write(indent, "finally:")
            self.block(indent + 1, 1)

    def with_(self, indent: int) -> None:
        suppress = self.chance.choice(["True", "False", "True"])
        self.write(indent, f"with Manager({suppress}) as {self.scope.target('any')}:")
        self.block(indent + 1, 2)

    def match_(self, indent: int) -> None:
        e = self.expressions
        self.write(indent, f"match {e.any()}:")
        patterns = [
            "0",
            "1 | 2 | 'a'",
            f"int({self.scope.target('int')})",
            f"float({self.scope.target('float')})",
            "str() as text",
            f"[{self.scope.target('any')}, *_]",
            "[]",
            f"({self.scope.target('any')}, [*_])",
            "{'a': inner, **rest}",
            "None | True",
            f"C0(a={self.scope.target('any')})",
        ]
        for pattern in self.chance.sample(patterns, self.chance.randint(1, 4)):
            guard = f" if {e.condition()}" if self.chance.random() < 0.2 else ""
            self.write(indent, f"    case {pattern}{guard}:")
            self.block(indent + 2, 1)
        if self.chance.random() < 0.5:
            self.write(indent, "    case _:")
            self.block(indent + 2, 1)

    def inner_function(self, indent: int) -> None:
        """A closure over what is there, perhaps changing one of its variables, called at once and later."""
        name = self.fresh("inner")
        cell = self.scope.name("int") if self.scope.in_function else None
        self.write(indent, f"def {name}(x, y={self.expressions.of('int')}):")
        self.write(indent + 1, "tick()")
        if cell and self.scope.is_local(cell) and self.chance.random() < 0.5:
            self.write(indent + 1, f"nonlocal {cell}")
            self.write(indent + 1, f"{cell} = x")
        self.write(indent + 1, f"return {self.expressions.any()}, x, y")
        self.write(indent, f"show({name}({self.expressions.any()}))")

    # Definitions

    def function(self, number: int) -> None:
        parameters, names = self.scope.new_function()
        self.write(0, "")
        self.write(0, "")
        self.write(0, f"def f{number}({parameters}):")
        self.write(1, "tick()")
        if self.chance.random() < 0.2:
            self.write(1, "global g_int")
        for name, literal in self.scope.initial_locals():
            self.write(1, f"{name} = {literal}")
        self.left = 11
        self.block(1, 6)
        if names and self.chance.random() < 0.15 and number:
            self.write(1, f"yield {self.expressions.any()}")
            self.scope.generators.append(f"f{number}")
        else:
            self.write(1, f"return {self.expressions.any()}")
            self.scope.functions.append(f"f{number}")
        self.scope.leave_function()

    def class_(self, number: int) -> None:
        base = f"(C{self.chance.randrange(number)})" if number and self.chance.random() < 0.6 else ""
        if not base and number and self.chance.random() < 0.3:
            base = self.chance.choice(["(int)", "(list)", "(str)"])
        builtin = base in ("(int)", "(list)", "(str)")
        self.write(0, "")
        self.write(0, "")
        self.write(0, f"class C{number}{base}:")
        if not base and number and self.chance.random() < 0.4:
            self.write(1, "__slots__ = ('a', 'b', 'extra')")
        else:
            self.write(1, f"K = {self.expressions.constant('int')}")
        if not builtin and (not base or self.chance.random() < 0.4):
            self.write(1, "def __init__(self, a=0, b=1):")
            if base and self.chance.random() < 0.7:
                self.write(2, "super().__init__(a, b)")
            self.write(2, f"self.a = {self.chance.choice(['a', 'a', 'b', '[a]', 'a * 2'])}")
            self.write(2, "self.b = b")
        self.write(1, "def __repr__(self):")
        self.write(2, f"return 'C{number}({{}}, {{}})'.format(short(getattr(self, 'a', None)), short(getattr(self, 'b', None)))")
        for name, code in self.chance.sample(METHODS, self.chance.randint(2, 5)):
            if not (builtin and name in ("__hash__", "__eq__", "__len__")):
                for line in code.split("\n"):
                    self.write(1, line)
        if not builtin:
            for _, code in self.chance.sample(SMALL_METHODS, self.chance.randint(1, len(SMALL_METHODS))):
                for line in code.split("\n"):
                    self.write(1, line)
        for method in range(self.chance.randint(1, 2)):
            self.scope.new_method()
            self.write(1, f"def m{method}(self, x=0):")
            self.write(2, "tick()")
            for name, literal in self.scope.initial_locals():
                self.write(2, f"{name} = {literal}")
            self.left = 3
            self.block(2, 3)
            more = f" + super().m{method}(x)" if base and not builtin and self.chance.random() < 0.3 else ""
            self.write(2, f"return {self.expressions.of('int')}{more}")
            self.scope.leave_function()
        self.scope.classes.append(f"C{number}")

    def text(self) -> str:
        """The program."""
        self.lines.append(PRELUDE.format(budget=self.chance.choice([200, 500, 1500])).rstrip())
        for number in range(self.chance.randint(1, 2)):
            self.class_(number)
        self.lines += SMALL_FUNCTIONS.rstrip().split("\n")
        self.write(0, "")
        self.write(0, "")
        for name, literal in self.scope.module_names():
            self.write(0, f"{name} = {literal}")
        for number in range(self.chance.randint(1, 3)):
            self.function(number)
        self.scope.leave_all()
        self.write(0, "")
        self.write(0, "")
        self.write(0, "def main():")
        for target in [*self.scope.functions, *self.scope.generators]:
            for _ in range(self.chance.randint(1, 3)):
                self.write(1, "try:")
                call = self.expressions.call_of(target)
                self.write(2, f"show({'list(' + call + ')' if target in self.scope.generators else call})")
                self.write(1, "except (Exception, SystemExit) as error:")
                self.write(2, "report(error)")
        self.write(1, f"show({', '.join(name for name, _ in self.scope.module_names())})")
        self.write(0, "")
        self.write(0, "")
        self.write(0, "try:")
        self.scope.in_function = False
        self.left = 12
        self.block(1, 5)
        self.write(0, "except (Exception, SystemExit) as error:")
        self.write(1, "report(error)")
        return "\n".join(self.lines) + "\n" + EPILOGUE


MUTATIONS = [
    "@name_list.append(@any)",
    "@name_list.append(@int)",
    "@name_list[@small] = @any",
    "@name_list.insert(@small, @any)",
    "@name_list[@small:@small] = @list",
    "@name_list.pop()",
    "@name_list.reverse()",
    "@name_list[@small] = @float",
    "@name_list[@small] *= @float",
    "@name_list[@small], @name_list[@small] = @name_list[@small], @name_list[@small]",
    "exchange(@name_ints, @small, @int)",
    "@name_ints[@small] += @int",
    "@name_dict[@key] = @any",
    "@name_dict[@key] += @int",
    "@name_dict.setdefault(@key, []).append(@any)",
    "@name_dict.pop(@key, None)",
    "@name_dict.update(@dict)",
]
UNPACKINGS = [
    "@target_int, @target_any = @int, @any",
    "@target_any, *@target_list = @list",
    "@target_int, @target_any = @name_any, @name_int",
    "@target_int, @target_int = @name_int, @name_int",
    "(@target_int, (@target_any, *@target_list)) = (@int, @str)",
    "*@target_list, @target_any = @tuple",
]
ATTRIBUTES = [
    "@name_instance.a = @int",
    "@name_instance.a = @any",
    "@name_instance.b = @float",
    "@name_instance.extra = @any",
    "@name_instance.p = @int",
    "@name_instance.a += @int",
    "@name_instance.b = @name_instance.b + @float",
    "@name_instance.b -= @name_float",
    "@name_instance.swap()",
    "@name_instance.scale(@float)",
    "@name_instance.b += @int",
    "@name_instance.b *= @float",
]
CHANGES_OF_CLASSES = [
    "@class.K = @int",
    "@class.m0 = lambda self, x=0: (@name_any, x)",
    "@name_instance.__class__ = @class",
    "del @name_instance.a",
    "del @name_instance.b",
    "@name_instance.m0 = lambda x=0: x",
]

# Small methods and functions, which become leaves.
SMALL_METHODS = [
    ("get", "def get(self):\n    return self.a"),
    ("put", "def put(self, v):\n    old = self.a\n    self.a = v\n    return old"),
    ("swap", "def swap(self):\n    self.a, self.b = self.b, self.a"),
    ("scale", "def scale(self, k=2.0):\n    self.b = self.b * k\n    return self.b"),
    ("less", "def less(self, other):\n    return self.a < other.a if isinstance(other, C0) else self.b == other"),
    ("again", "def again(self, v):\n    return type(self)(self.get(), v)"),
]  # fmt: skip
SMALL_FUNCTIONS = """

def at(items, i):
    return items[i]


def exchange(items, i, value):
    old = items[i]
    items[i] = value
    return old


def middle(a, b):
    return (a + b) * 0.5 if a < b else a - b


def put_into(o, value):
    o.a = value
    return value


def pair(a, b=7):
    return a, b
"""

METHODS = [
    ("__add__", "def __add__(self, other):\n    tick()\n    return NotImplemented if isinstance(other, str) else (self.a, other)"),
    ("__radd__", "def __radd__(self, other):\n    tick()\n    return [other]"),
    ("__mul__", "def __mul__(self, other):\n    return type(self)()"),
    ("__lt__", "def __lt__(self, other):\n    tick()\n    return self.a < getattr(other, 'a', other)"),
    ("__eq__", "def __eq__(self, other):\n    tick()\n    return self.a == getattr(other, 'a', other)"),
    ("__hash__", "__hash__ = None"),
    ("__len__", "def __len__(self):\n    return 3"),
    ("__bool__", "def __bool__(self):\n    print('bool')\n    return bool(self.b)"),
    ("__getitem__", "def __getitem__(self, i):\n    if isinstance(i, int) and i > 3:\n        raise IndexError(i)\n    return i"),
    ("__call__", "def __call__(self, *args, **kwargs):\n    tick()\n    return len(args), sorted(kwargs)"),
    ("__iter__", "def __iter__(self):\n    yield self.a\n    yield self.b"),
    ("__contains__", "def __contains__(self, x):\n    return x == self.a"),
    (
        "__getattr__",
        "def __getattr__(self, name):\n    if len(name) == 1 or name[0] == '_':\n        raise AttributeError(name)\n    return len(name)",
    ),
    ("__neg__", "def __neg__(self):\n    return -self.b"),
    ("__iadd__", "def __iadd__(self, other):\n    self.b = other\n    return self"),
    ("__index__", "def __index__(self):\n    return 1"),
    ("p", "@property\ndef p(self):\n    tick()\n    return self.a"),
    ("p", "@property\ndef p(self): return self.b\n@p.setter\ndef p(self, v):\n    self.b = v"),
    ("s", "@staticmethod\ndef s(x=1): return x, 's'"),
    ("c", "@classmethod\ndef c(cls, x=1): return cls.__name__, x"),
]  # fmt: skip


def program(seed: int) -> str:
    """The text of program number `seed`: the first of those that its generator makes which compiles."""
    for attempt in range(100):
        text = Generator(seed, attempt).text()
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                compile(text, "fuzz", "exec")
        except SyntaxError:
            continue
        return text
    raise ValueError(f"no program for seed {seed}")
