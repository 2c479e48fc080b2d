# run: sub
# record: plain
import sys
from collections import Counter, OrderedDict, defaultdict


class D(dict):
    def __getitem__(self, key):
        return f"get {key}"

    def __setitem__(self, key, value):
        super().__setitem__(key, ("stored", value))

    def __contains__(self, key):
        return True

    def __len__(self):
        return 77

    def __iter__(self):
        return iter(["own", "iter"])


class Missing(dict):
    def __missing__(self, key):
        self[key] = value = f"made {key}"
        return value


def use(d):
    d["a"] = 1
    d["b"] = 2
    out = [d["a"], "q" in d, len(d), [k for k in d], list(d.items()), d.get("a"), d.get("z", 5), {**d}, dict(d), d == {"a": 1}]
    try:
        out.append(d["missing"])
        d["n"] += 1
    except (KeyError, TypeError) as error:
        out.append(repr(error))
    for k, v in d.items():
        out.append((k, v))
    del d["a"]
    return out


kinds = [dict] * 4 if sys.argv[1:] == ["plain"] else [dict, D, Missing, OrderedDict, Counter, lambda: defaultdict(int), lambda: defaultdict(None), D]
for kind in kinds:
    print(use(kind()))
print((lambda **kw: kw)(**D(x=1)), "{a}".format_map(D()), "%(q)s" % D(), Counter("hello") + Counter("world"), Counter(a=1)["zz"], defaultdict(list, a=[1])["b"])
od = OrderedDict(a=1, b=2, c=3)
od.move_to_end("a")
print(od, od.popitem(last=False), od == OrderedDict(c=3, a=1), od == {"a": 1, "c": 3})
