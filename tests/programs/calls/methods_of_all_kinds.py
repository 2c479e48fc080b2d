class K:
    attr = 5

    def plain(self, x):
        return "plain", type(self).__name__, x

    @classmethod
    def cls(cls, x):
        return "class", cls.__name__, x

    @staticmethod
    def static(x):
        return "static", x

    lam = lambda self, x: ("lambda", x)
    builtin = len
    bound = "a,b".split

    def __call__(self, x):
        return "call", x


class Sub(K):
    def plain(self, x):
        return "sub", super().plain(x)


def everything(obj):
    out = []
    for name in ("plain", "cls", "static", "lam", "bound", "builtin"):
        for argument in ([1, 2], ","):
            try:
                out.append(getattr(obj, name)(argument))
            except TypeError as error:
                out.append(str(error))
    return out


for obj in (K(), Sub(), K, Sub):
    for line in everything(obj):
        print(line)
k = K()
m = k.plain
k.plain = lambda x: ("instance", x)
print(m(1), k.plain(1), K.plain(k, 1), m.__self__ is k, m.__func__ is K.plain, k.cls == K().cls, K.cls.__self__, k(1), K.__call__(k, 2))
print(k.plain is k.plain, Sub().plain == Sub().plain, (s := Sub()).plain == s.plain, s.plain is s.plain, hash(s.plain) == hash(s.plain))
for bad in (lambda: K.plain(1), lambda: K.plain(), lambda: k.static(), lambda: k.attr(), lambda: Sub.plain(K(), 1), lambda: k.nothing()):
    try:
        print(bad())
    except (TypeError, AttributeError) as error:
        print(error)
k.__call__ = lambda x: "not used"
print(k(3))
