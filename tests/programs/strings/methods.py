s = "The quick brown Fox, jumps over\tthe lazy dog.\n"
print(s.split(), s.split("o"), s.split(None, 2), s.rsplit(" ", 1), s.partition("quick"), s.rpartition("zzz"), s.splitlines(), "a\r\nb\vc".splitlines(True))
print(s.strip(), "xxaxx".strip("x"), "abc".lstrip("ab"), s.startswith(("A", "The")), s.endswith("\n", 5), s.find("o", 15), s.rfind("o"), s.count("o"), s.index("q"))
print(s.swapcase(), s.title(), "hello".capitalize(), "a".center(5, "*"), "a".ljust(3) + "|", "42".zfill(5), "-42".zfill(5), "a\tb".expandtabs(4), "abc".translate({97: "A", 98: None}), str.maketrans("ab", "xy"))
print("-".join(["a", "b"]), "-".join("abc"), "-".join(c for c in "xyz"), "".join([]), ",".join({"k": 1}), "abc".removeprefix("a"), "abc".removesuffix("x"), "a,b,,c".split(","), "".split(), "".split(","))
print([c.isdigit() for c in "1a²٣"], "abc".isalpha(), "ab1".isalnum(), " ".isspace(), "Abc".istitle(), "abc".isidentifier(), "1".isdecimal(), "½".isnumeric(), "\n".isprintable())
print("{} {} {0}".replace("0", "").format(1, 2, 3), "{1} {0!r:>5} {k[a]} {k[b]:{w}}".format("a", "b", k={"a": 1, "b": 2}, w=4), "%s %r %5.2f %(" "%%"[:9] % ("a", "b", 1.5) if False else "skip", "%-5s|%5s|%05d|%x|%%" % ("a", "b", 42, 255), "%(k)s" % {"k": 1})


class S(str):
    def upper(self):
        return "own upper"

    def __add__(self, other):
        return "own add"

    def __getitem__(self, i):
        return "own item"

    def __eq__(self, other):
        return "own eq"

    __hash__ = str.__hash__

    def __format__(self, spec):
        return f"own format {spec}"

    def __len__(self):
        return 42

    def __iter__(self):
        return iter([1, 2])

    def __contains__(self, x):
        return True


def use(x):
    return x.upper(), x + "b", "b" + x, x[0], x == "a", f"{x}", f"{x:>3}", f"{x!s}", "%s" % x, len(x), [c for c in x], "q" in x, x.lower(), x * 2, "".join([x, x]), {x: 1}.get("a"), x < "b", type(x[1:]).__name__


for x in ("a", S("a"), "abc"):
    print(use(x))
