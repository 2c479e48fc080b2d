"""Random expressions that mostly have the kind they are asked for; now and then another, so that what a compiler guesses fails.

They are made from templates: `@int` is an expression that is probably an int, `@P_int` one that a postfix may follow, `@name_int` a name,
`@const_int` a literal, and `@small`, `@key`, `@cmp`, `@op`, `@fop`, `@method`, `@call`, `@class` what these words say.
"""

from __future__ import annotations

import random
import re

from tests.fuzz.scope import Scope

CONSTANTS = {
    "int": ["0", "1", "2", "3", "(-1)", "7", "10", "255", "256", "2**31", "2**62", "(2**63-1)", "(-(2**63))", "2**63",
        "(2**64+1)", "10**20", "True"],
    "float": ["0.0", "(-0.0)", "1.0", "0.5", "2.75", "(-1.5)", "1e16", "1e308", "float('inf')", "float('nan')", "1e-5"],
    "str": ["''", "'a'", "'b'", "'abc'", "'Hello world'", "'é'", "('x' * 5)"],
    "list": ["[]", "[1, 2, 3]", "['a', 1.5]", "([[]] * 2)"],
    "ints": ["[1, 2, 3]", "[2**62, -1]", "[0]"],
    "dict": ["{}", "{'a': 1, 'b': 2.5}"],
    "tuple": ["()", "(1, 'a')"],
}  # fmt: skip
WEIGHTS = {"int": 10, "float": 5, "str": 4, "list": 4, "dict": 2, "tuple": 2, "bool": 2, "instance": 3, "none": 1, "ints": 3, "odd": 2}
WORDS = {
    "cmp": ["<", "<=", "==", "!=", ">", ">="],
    "op": ["+", "+", "-", "-", "*", "//", "%", "&", "|", "^"],
    "fop": ["+", "+", "-", "*", "*", "/", "//", "%"],
    "method": ["upper()", "strip()", "title()", "split()[0]", "replace(chr(97), chr(98))", "join([chr(120)] * 3)"],
    "field": ["a", "a", "a", "b", "b", "b", "K", "p", "extra"],
    "types": ["int", "str", "(int, float)", "list", "C0"],
    "none": ["None"],
}
TEMPLATES = {
    "bool": [
        "@int @cmp @int",
        "@int @cmp @int",
        "@int @cmp @int",
        "@float @cmp @int",
        "@str @cmp @str",
        "@list == @list",
        "@ints @cmp @ints",
        "(@int) < (@int) @cmp (@float)",
        "not (@any)",
        "(@bool and @bool)",
        "(@bool or @bool)",
        "(@key in @dict)",
        "(@any not in @list)",
        "(@int in @ints)",
        "isinstance(@any, @types)",
        "(@name_any is @name_any)",
        "@P_instance.less(@int)",
        "(@int in {@int, 1, 'a'})",
        "(@name_list is @name_list)",
        "@name_any is None",
        "@name_int > @const_int",
        "bool(@any)",
    ],
    "int": [
        "(@int @op @int)",
        "(@int @op @int)",
        "(@int @op @int)",
        "(@int @op @int)",
        "(@int @op @int)",
        "(@int << ((@int) % 70))",
        "(@int >> ((@int) % 70))",
        "(-(@int))",
        "(~(@int))",
        "abs(@int)",
        "len(@list)",
        "len(@str)",
        "len(@dict)",
        "(@P_int ** ((@int) % 4))",
        "(@int if @bool else @int)",
        "int(@float)",
        "sum(x for x in @list if isinstance(x, int))",
        "max(@int, @int)",
        "min(@int, @int, key=lambda v: -v)",
        "divmod(@int, @int)[0]",
        "divmod(@int, @int)[1]",
        "@P_ints[@small]",
        "@P_ints[@small]",
        "@P_tuple[@small]",
        "@P_dict[@key]",
        "@P_instance.@field",
        "@P_instance.@field",
        "@P_instance.m0()",
        "@P_instance.m0(@int)",
        "@P_instance.m0(@float)",
        "round(@float)",
        "(lambda x, y=1: x * y)(@int, @int)",
        "@call",
        "@call",
        "@call",
        "ord(@P_str[@small])",
        "(@int + @name_int)",
        "(@name_int * @name_int)",
        "(@name_int - 1)",
        "@P_dict.get(@key, @int)",
        "@P_list.count(@any)",
        "sum(@ints)",
        "max(@ints, default=@int)",
        "at(@ints, @small)",
        "exchange(@name_ints, @small, @int)",
        "middle(@int, @int)",
        "put_into(@name_instance, @int)",
        "@P_instance.get()",
        "@P_instance.put(@int)",
        "len({@int, @int, @key})",
        "sum({@int, @int, 3})",
    ],
    "float": [
        "(@float @fop @float)",
        "(@float @fop @float)",
        "(@float @fop @float)",
        "(@float @fop @int)",
        "(@int / @int)",
        "(-(@float))",
        "abs(@float)",
        "float(@int)",
        "(@float * 0.5 + @float * @float)",
        "(@float if @bool else @int)",
        "sum(x * 0.5 for x in range((@int) % 9))",
        "(@P_float ** 2)",
        "(@name_float + @name_float)",
        "round(@float, 2)",
        "middle(@float, @float)",
        "@P_instance.scale(@float)",
        "@P_instance.scale()",
        "exchange(@name_list, @small, @float)",
    ],
    "str": [
        "(@str + @str)",
        "(@str * ((@int) % 4))",
        "@P_str[@small]",
        "@P_str[@small:@small]",
        "@P_str[::-1]",
        "str(@int)",
        "str(@float)",
        "repr(@list)[:20]",
        "short(@any)",
        'f"<{@name_int}|{@name_float:.3}|{@name_any!r:>5}>"',
        'f"{@name_str}{@name_int}"',
        "@P_str.@method",
        "'%s-%r' % (@any, @int)",
        "'-'.join(map(str, @list))[:30]",
        "(@str or @str)",
        "type(@any).__name__",
    ],
    "list": [
        "[@any, @any]",
        "(@list + [@any])",
        "@P_list[@small:]",
        "@P_list[::-1]",
        "@P_list[::2]",
        "[x * 2 for x in @P_ints[:5]]",
        "[(x, y) for x in @P_list[:3] for y in range(2)]",
        "sorted(@list, key=repr)",
        "[*@list, @any, *@tuple]",
        "list(map(lambda v: (@int, v), @P_list[:3]))",
        "@P_str.split()",
        "list(@dict)",
        "(lambda *a, **k: [a, k])(@any, *@P_list[:2], k=@int)",
        "list(@instance)[:5]",
        "@ints",
        "@ints",
    ],
    "ints": [
        "[@int, @int]",
        "[@int, @int, @int]",
        "(@ints + @ints)[:20]",
        "@P_ints[@small:]",
        "@P_ints[::-1]",
        "[x @op @int for x in @P_ints[:6]]",
        "[(@int) + i for i in range(5) if i % 2 == 0]",
        "sorted(@ints)",
        "list(range((@int) % 7))",
        "[a * b for a, b in zip(@ints, @ints)]",
        "[x for x in @ints if x @cmp @int]",
    ],
    "dict": [
        "{@key: @any, @key: @any}",
        "{**@dict, @key: @any}",
        "{i: @any for i in range(3)}",
        "dict(zip(@str, @list))",
        "(@dict | @dict)",
        "{@name_str: @name_int}",
    ],
    "tuple": [
        "(@any, @any)",
        "(@tuple + (@any,))",
        "tuple(@list)",
        "@P_tuple[@small:]",
        "(@any, *@P_list[:3])",
        "divmod(@int, @int)",
        "(@name_int, @name_float)",
        "pair(@any)",
        "pair(@int, b=@any)",
    ],
    "instance": [
        "@class()",
        "@class()",
        "@class(@int)",
        "@class(@int)",
        "@class(@int)",
        "@class(@int, @int)",
        "@class(@int, @int)",
        "@class(@int, @int)",
        "@class(@any, @int)",
        "@class(b=@any)",
        "@name_instance",
        "@name_instance",
    ],
    "odd": [
        "(@instance + @any)",
        "(@int + @instance)",
        "(@instance < @instance)",
        "(@instance == @any)",
        "@P_instance(@any)",
        "@P_instance[@small]",
        "(@any in @instance)",
        "(-@instance)",
        "@P_instance.s(1)",
        "@P_instance.c()",
        "@P_instance.missing",
        "@P_instance.p",
        "@P_instance.m0(@any)",
        "len(@instance)",
        "bool(@instance)",
        "int(@str)",
        "sorted(@list)",
        "sum(@list)",
        "@P_list[@name_int]",
        "at(@list, @name_int)",
        "@P_instance.put(@any)",
        "@P_instance.less(@instance)",
        "@P_instance.again(@any)",
        "put_into(@instance, @any)",
        "({*@ints} & {@int, 1, 2})",
        "sorted({*@ints} | {@int} - {*@ints})",
        "(hash(@any) is None)",
        "(@any, @call)",
    ],
}


class Expressions:
    """Writes expressions over the names of a scope."""

    def __init__(self, chance: random.Random, scope: Scope) -> None:
        self.chance = chance
        self.scope = scope
        self.depth = 0

    def kind(self) -> str:
        """What an assignment assigns."""
        return self.chance.choice(
            ["int", "int", "int", "float", "float", "str", "list", "ints", "ints", "dict", "tuple", "any", "instance"]
        )

    def constant(self, kind: str) -> str:
        """A literal."""
        return self.chance.choice(CONSTANTS[kind])

    def any(self) -> str:
        """An expression of any kind."""
        return self.of(self.chance.choices(list(WEIGHTS), list(WEIGHTS.values()))[0])

    def of(self, kind: str) -> str:
        """An expression that is probably of `kind`."""
        if kind == "any" or self.chance.random() < 0.008:
            kind = self.chance.choices(list(WEIGHTS), list(WEIGHTS.values()))[0]
        if kind == "none":
            return "None"
        if kind not in ("bool", "instance", "odd") and (self.depth > 2 or self.chance.random() < 0.3 + 0.15 * self.depth):
            return self.scope.name(kind) if self.chance.random() < 0.7 else self.constant(kind)
        if kind in ("bool", "instance", "odd") and self.depth > 2:
            return self.scope.name("instance") if kind != "bool" else f"{self.scope.name('int')} > {self.constant('int')}"
        self.depth += 1
        try:
            return self.fill(self.chance.choice(TEMPLATES[kind]))
        finally:
            self.depth -= 1

    def fill(self, template: str) -> str:
        """`template` with each `@word` replaced."""
        return re.sub(r"@(\w+)", lambda match: self.word(match[1]), template)

    def word(self, word: str) -> str:
        """What stands for `@word`."""
        if word in WORDS:
            return self.chance.choice(WORDS[word])
        start, _, rest = word.partition("_")
        if start == "P":
            text = self.instance() if rest == "instance" else self.of(rest)
            return text if text.isidentifier() else f"({text})"
        if start == "name":
            return self.scope.name(rest)
        if start == "target":
            return self.scope.target(rest)
        if start == "const":
            return self.constant(rest)
        if word == "class":
            return self.chance.choice(self.scope.classes) if self.scope.classes else "C0"
        if word in ("small", "key", "call", "any", "condition"):
            text = getattr(self, word)()
            assert isinstance(text, str)
            return text
        return self.of(word)

    def small(self) -> str:
        """An index that is often in range."""
        return self.fill(self.chance.choice(["0", "1", "-1", "2", "-2", "0", "1", "@name_int", "(@name_int) % 3"]))

    def key(self) -> str:
        """A key of a dict."""
        return self.fill(self.chance.choice(["'a'", "'b'", "'a'", "1", "2.0", "(1, 2)", "None", "(@name_int) % 5", "@name_str"]))

    def condition(self) -> str:
        """Something with a truth."""
        return self.of("bool") if self.chance.random() < 0.8 else self.any()

    def instance(self) -> str:
        """A name or a new instance."""
        return self.fill(
            self.chance.choice(["@class(@name_int, @const_int)", "@class()", "@name_instance", "@name_instance", "@name_instance"])
        )

    def call(self) -> str:
        """A call of a function that was written before."""
        return self.call_of(self.chance.choice(self.scope.functions)) if self.scope.functions else self.constant("int")

    def call_of(self, function: str) -> str:
        """A call of `function`, mostly with arguments that it takes."""
        positional, star, keyword_only = self.scope.signatures.get(function, ([], False, []))
        values = [self.of(kind) if self.chance.random() < 0.9 else self.any() for kind in positional]
        if star and self.chance.random() < 0.5:
            values.append(self.fill(self.chance.choice(["@any", "*@P_list[:3]"])))
        if keyword_only and self.chance.random() < 0.7:
            values += [f"{name}={self.any()}" for name in keyword_only]
        if self.chance.random() < 0.04:
            values.append(self.chance.choice(["unknown=1", "**{'p0': 1}"]))
        return f"{function}({', '.join(values)})"
