def literal():
    return "constant"


a, b = "hello", "hello"
print(a is b, literal() is literal(), "a b" == "a " + "b")


def pick(text, i):
    return text[i]


def rest(text, i):
    return text[i:]


print(pick("abc", 0) is pick("xay", 1), rest("abc", 3) is rest("de", 2), rest("abc", 2) is pick("abc", 2), chr(97) is pick("abc", 0))
import sys

s = "dyn" + str(1)
t = "dyn" + str(1)
print(s == t, sys.intern(s) is sys.intern(t), s in {t: 1}, hash(s) == hash(t))


class Str(str):
    pass


u = Str("abc")
print(str(u) is u, type(str(u)).__name__, u == "abc", u[:] is u, type(u[:]).__name__, "abc"[:] == u, "".join([u]) is u, u + "" is u, "abc" + "" == "abc")
x = "some text"
print(x[:] is x, str(x) is x, x.strip() is x, x + "" is x, "" + x is x, x * 1 is x, x.replace("q", "z") is x, "%s" % x is x, f"{x}" is x, "".join([x]) is x, x.lower() == x)


def key_lookup(names):
    d = {"alpha": 1, "beta": 2}
    return [d.get("".join(reversed(n))) for n in names]


print(key_lookup(["ahpla", "ateb", "x"]))
names = [n for n in ("width", "height")]
obj = type("O", (), {"width": 1})()
print([getattr(obj, "".join(list(n)), None) for n in names])
