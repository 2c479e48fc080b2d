"""What names a random program has where a statement is written: what they probably are, never what they certainly are."""

from __future__ import annotations

import random

KINDS = ("int", "float", "str", "list", "ints", "dict", "tuple", "any", "instance")
TYPES = {"int": "int", "float": "float", "str": "str", "list": "list", "ints": "list[int]", "dict": "dict", "tuple": "tuple",
    "any": "object", "instance": "C0"}  # fmt: skip
LITERALS = {
    "int": ["0", "1", "7", "2**62", "-3", "255"],
    "float": ["0.0", "1.5", "-2.25", "1e10"],
    "str": ["''", "'a'", "'hello'", "'x y'"],
    "list": ["[]", "[1, 2, 3]", "['a', 2.5]", "[[1], 2]"],
    "ints": ["[]", "[1, 2, 3]", "[2**62, 5, -1]"],
    "dict": ["{}", "{'a': 1}", "{1: 'x', 'a': [2]}"],
    "tuple": ["()", "(1, 2)", "('a', (1,), 2.5)"],
    "any": ["None", "True", "5", "'text'", "2.5"],
    "instance": ["C0()", "C0(2, 3)", "C0('q')"],
}


class Scope:
    """Module globals, and the locals of the function that is being written."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.globals = {kind: [f"g_{kind}"] for kind in KINDS}
        self.locals: dict[str, list[str]] = {}
        self.parameters: list[str] = []
        self.in_function = False
        self.functions: list[str] = []
        self.generators: list[str] = []
        self.classes: list[str] = []
        self.signatures: dict[str, tuple[list[str], bool, list[str]]] = {}
        self.counter = 0

    def module_names(self) -> list[tuple[str, str]]:
        """The globals, with first values."""
        return [(f"g_{kind}", LITERALS[kind][-1]) for kind in KINDS]

    def initial_locals(self) -> list[tuple[str, str]]:
        """Locals of a function that are set at its start."""
        return [
            (name, self.chance.choice(LITERALS[kind]))
            for kind, names in self.locals.items()
            for name in names
            if name not in self.parameters
        ]

    def new_function(self) -> tuple[str, list[str]]:
        """Enter a function; its parameters as text, and their names."""
        self.new_method()
        positional = [f"p{i}" for i in range(self.chance.randint(0, 3))]
        defaults = self.chance.randint(0, len(positional))
        kinds = {name: self.chance.choice(KINDS) for name in [*positional, "k0"]}
        typed = self.chance.random() < 0.4
        said = {name: f"{name}: {TYPES[kinds[name]]}" if typed else name for name in kinds}
        parts = [said[name] if i < len(positional) - defaults else f"{said[name]}={self.literal()}" for i, name in enumerate(positional)]
        if parts and self.chance.random() < 0.1:
            parts.append("/")
        star = self.chance.random() < 0.2
        keyword_only = ["k0"] if self.chance.random() < 0.2 else []
        if star:
            parts.append("*args")
        elif keyword_only:
            parts.append("*")
        parts += [f"{said[name]}={self.literal()}" for name in keyword_only]
        if self.chance.random() < 0.1:
            parts.append("**kwargs")
        self.parameters = positional + keyword_only
        for name in self.parameters:
            self.locals[kinds[name]].append(name)
        self.signatures[f"f{len(self.functions) + len(self.generators)}"] = ([kinds[name] for name in positional], star, keyword_only)
        return ", ".join(parts), self.parameters

    def new_method(self) -> None:
        """Enter a function that has no parameters of interest."""
        self.in_function = True
        self.parameters = []
        self.locals = {kind: [f"{kind[0]}{kind[-1]}{i}" for i in range(2 if kind == "int" else 1)] for kind in KINDS}

    def leave_function(self) -> None:
        """Back to the module."""
        self.in_function, self.locals, self.parameters = False, {}, []

    def leave_all(self) -> None:
        """Nothing local is known any more."""
        self.leave_function()

    def literal(self) -> str:
        """A default value."""
        return self.chance.choice(LITERALS[self.chance.choice(KINDS[:-1])])

    def is_local(self, name: str) -> bool:
        """Whether `name` is a variable of the function that is being written."""
        return any(name in names for names in self.locals.values())

    def name(self, kind: str) -> str:
        """A name that probably holds a `kind`."""
        if self.chance.random() < 0.012:
            kind = self.chance.choice(KINDS)
        if self.in_function and self.chance.random() < 0.85:
            return self.chance.choice(self.locals[kind])
        return self.chance.choice(self.globals[kind])

    def target(self, kind: str) -> str:
        """A name to assign a `kind` to: in a function a local one."""
        if self.in_function:
            return self.chance.choice(self.locals[kind])
        return self.chance.choice(self.globals[kind])
