# run: usual
# record: unusual
"""Dictionaries asked for texts: found, missing, made anew, deleted, shared between instances, with keys of other kinds beside them."""

import gc
import sys


class Name(str):
    def __hash__(self):
        print("hash", str(self))
        return str.__hash__(self)

    def __eq__(self, other):
        print("eq", str(self), str(other))
        return str.__eq__(self, other)


class Same:
    def __init__(self, text):
        self.text = text

    def __hash__(self):
        return hash(self.text)

    def __eq__(self, other):
        return self.text == other


class Table(dict):
    def __missing__(self, key):
        return "missing " + key

    def __setitem__(self, key, value):
        super().__setitem__(key, ("set", value))


class Thing:
    def __init__(self):
        self.a = 1
        self.b = 2


def fresh(text):
    return "".join(list(text))


def use(table, keys):
    out = []
    for key in keys:
        try:
            out.append(table[key])
        except KeyError as error:
            out.append(("no", error.args))
        except TypeError as error:
            out.append(str(error))
        out.append(key in table if not isinstance(key, list) else None)
        if not isinstance(key, list):
            out.append(table.get(key, 0))
            table[key] = len(out)
            table[key] = table[key]
    return out


def count(words):
    counts = {}
    for word in words:
        counts[word] = counts.get(word, 0) + 1
    for word in words:
        counts[word] += 1
    return counts


keys = ["a", fresh("ab"), "ä", fresh("ä"), fresh("x" * 300), "x" * 300, "", fresh("日本"), "\0"]
print(use({}, keys), use(dict.fromkeys(map(fresh, keys)), keys))
print(count([fresh("w%d" % (n % 7)) for n in range(100)]))
many = count([fresh("w%d" % (n % 700)) for n in range(2000)])
print(len(many), many["w699"], many["w0"], list(many)[:3])
more = {fresh("k%d" % n): n for n in range(40000)}
print(sum(more[fresh("k%d" % n)] for n in range(0, 50000, 7) if fresh("k%d" % n) in more))
for n in range(0, 40000, 3):
    del more["k%d" % n]
print(sum(more.get(fresh("k%d" % n), -1) for n in range(40000)))
if sys.argv[1] == "usual":
    print(use({"a": 1, 5: 2, (1,): 3}, ["a", 5, (1,), 6, [], "b"]))
    print(use({Same("a"): 1, "b": 2}, ["a", "b", "c"]))
    print(use(Table(a=1), ["a", "b"]))
    print(use({}, [Name("n"), "n", Name("n")]), use({"n": 1}, [Name("n"), "n"]))
    print(use([1, 2], [0]) if False else "", use({1: 2}, [1, True, 1.0]))
    thing, other = Thing(), Thing()
    print(use(vars(thing), ["a", "b", "c", fresh("a")]), vars(thing), vars(other), other.a)
    print(use(globals(), ["use_me", "use_me"]), use_me)
    del vars(other)["a"]
    print(use(vars(other), ["a", "b"]))

table = {"x": 1}
del table["x"]
print(table.get("x"), "x" in table, table.setdefault("x", 5), table.pop(fresh("x")), table)
table.clear()
print(use(table, ["x"]))


class Last:
    def __init__(self, table):
        self.table = table

    def __del__(self):
        frame = sys._getframe(1)
        print("released", frame.f_code.co_name, frame.f_lineno - frame.f_code.co_firstlineno, sorted(self.table))
        self.table["again"] = 1


def replaced():
    table = {"k": None}
    for n in range(2):
        table["k"] = Last(table)
        table["k"] = n
        table["again"] = n
    return table


print(replaced())


def tracked():
    table = {"a": 1}
    before = gc.is_tracked(table)
    table["a"] = "text"
    still = gc.is_tracked(table)
    table["a"] = []
    return before, still, gc.is_tracked(table)


print(tracked())


def watched(steps):
    """A global that is a dictionary's item, too."""
    out = []
    for n in range(steps):
        globals()["changing"] = n
        out.append(changing)
    return out


print(watched(5))
for text in ("", "a", fresh("日本"), Name("x"), [], {}, {"a": 1}, (), 0, None):
    print("yes" if text else "no", end=" ")
print()


def truths(things):
    return [1 if thing else 0 for thing in things] + [bool(not thing) for thing in things]


print(truths(["", "a", {}, {1: 2}, [], [0], (), (0,), set(), {1}, 0, 1, 0.0, 2.5, None, Thing, b"", b"x", 10**30]))
