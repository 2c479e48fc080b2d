class Later:
    pass


class Holder:
    shadowed = Later()
    plain = Later()

    def __init__(self):
        self.shadowed = 1


class Slotted:
    __slots__ = ()
    constant = Later()


class Called:
    method = Later()

    def __init__(self):
        self.method = lambda: "own"


def load(o):
    return o.shadowed


def load_plain(o):
    return type(o.plain).__name__


def load_constant(o):
    return type(o.constant).__name__


def load_of_class():
    return type(Holder.plain).__name__


def store(o, value):
    o.shadowed = value


def call(o):
    return o.method()


def all_of(holder, slotted, called):
    for _ in range(40):
        store(holder, 5)
        seen = load(holder), load_plain(holder), load_constant(slotted), load_of_class(), call(called)
    return seen


def becomes_descriptor():
    holder, slotted, called = Holder(), Slotted(), Called()
    print(all_of(holder, slotted, called))
    Later.__get__ = lambda self, instance, owner: lambda: ("got", instance is None)
    print(load(holder), load_plain(holder), load_constant(slotted), load_of_class(), call(called))
    Later.__set__ = lambda self, instance, value: print("set", value)
    print(all_of(holder, slotted, called)[1:4], load(holder)(), call(called))
    store(holder, 7)
    del Later.__set__, Later.__get__
    print(all_of(holder, slotted, called))


class Changing:
    def first(self):
        return "first"

    def second(self):
        return "second"

    asked = property(first)
    made = classmethod(lambda cls: ("made", cls.__name__))


def ask(o):
    return o.asked


def make():
    return Changing.made()


def initialised_again():
    o = Changing()
    print([ask(o) for _ in range(30)][-1], [make() for _ in range(30)][-1])
    Changing.__dict__["asked"].__init__(Changing.second)
    Changing.__dict__["made"].__init__(lambda cls: "made again")
    print([ask(o) for _ in range(30)][-1], [make() for _ in range(30)][-1])
    Changing.__dict__["asked"].__init__(len)
    Changing.__dict__["made"].__init__(len)
    for function, arguments in ((ask, (o,)), (make, ())):
        try:
            print(function(*arguments))
        except TypeError as error:
            print(error)
    Changing.__dict__["asked"].__init__(None)
    try:
        print(ask(o))
    except AttributeError as error:
        print(error)


becomes_descriptor()
initialised_again()
