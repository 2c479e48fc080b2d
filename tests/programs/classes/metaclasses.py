class Meta(type):
    @classmethod
    def __prepare__(mcs, name, bases, **kw):
        print("prepare", name, kw)
        return Recording()

    def __new__(mcs, name, bases, namespace, **kw):
        print("new", name, [n for n in namespace.order if not n.startswith("__")])
        return super().__new__(mcs, name, bases, dict(namespace))

    def __init__(cls, name, bases, namespace, **kw):
        super().__init__(name, bases, namespace)
        cls.registered = name.lower()

    def __call__(cls, *args, **kw):
        print("call", cls.__name__, args)
        return super().__call__(*args, **kw)

    def __getattr__(cls, name):
        return f"meta {name}"

    def __len__(cls):
        return 99

    def __iter__(cls):
        return iter("meta")

    def __add__(cls, other):
        return f"{cls.__name__}+{other}"

    @property
    def p(cls):
        return "meta property"


class Recording(dict):
    def __init__(self):
        self.order = []

    def __setitem__(self, key, value):
        self.order.append(key)
        super().__setitem__(key, value)


class Base(metaclass=Meta, option=1):
    b = 1

    def __init__(self, *a):
        self.a = a


class Derived(Base, flag=True):
    c = 2
    c = 3


d = Derived(1, 2)
print(d.a, Derived.registered, Derived.nothing, len(Derived), list(Derived), Derived + 1, Derived.p, type(Derived).__name__, isinstance(Derived, Meta))
try:
    d.nothing
except AttributeError as error:
    print(error)


class Other(type):
    pass


for code in ("class X(Base, metaclass=Other): pass", "class X(5): pass", "class X(Base, Base): pass", "class A: pass\nclass B(A): pass\nclass C(A, B): pass", "class X(bool): pass", "class X(metaclass=5): pass", "class X(unknown=1): pass"):
    try:
        exec(code)
    except TypeError as error:
        print(str(error).split("\n")[0])


class Func(metaclass=lambda name, bases, ns, **kw: (name, bases, sorted(n for n in ns if n[0] != "_"))):
    y = 1


print(Func)


class Entries:
    def __mro_entries__(self, bases):
        print("mro entries")
        return (dict,)


class FromEntries(Entries()):
    pass


print(FromEntries.__bases__, FromEntries.__orig_bases__[0].__class__.__name__)


class Singleton(type):
    instances = {}

    def __call__(cls, *a):
        if cls not in cls.instances:
            cls.instances[cls] = super().__call__(*a)
        return cls.instances[cls]


class One(metaclass=Singleton):
    pass


print(One() is One(), [One() is One() for _ in range(3)])


class CustomMro(type):
    def mro(cls):
        return [cls, Extra, object]


class Extra:
    extra = "from extra"


class M(metaclass=CustomMro):
    pass


print(M.extra, [c.__name__ for c in M.__mro__])
