import copy
import pickle


class P:
    def __init__(self, x):
        self.x = x
        self.me = self

    def __eq__(self, other):
        return isinstance(other, P) and self.x == other.x

    def __hash__(self):
        return hash(self.x)

    def method(self):
        return self.x


class WithState:
    def __init__(self):
        self.a, self.cache = 1, lambda: 0

    def __getstate__(self):
        return {"a": self.a}

    def __setstate__(self, state):
        print("setstate", state)
        self.a = state["a"] + 100


class Slotted:
    __slots__ = ("a", "b")


class Reduced:
    def __init__(self, *args):
        self.args = args

    def __reduce__(self):
        return make_reduced, (1, 2)


def make_reduced(*args):
    return Reduced(*args)


def function(x, y=2):
    return x + y


class Copying:
    def __copy__(self):
        return "copied"

    def __deepcopy__(self, memo):
        return "deep copied"


p = P([1, 2])
shallow, deep = copy.copy(p), copy.deepcopy(P((1,)))
print(shallow.x is p.x, shallow.me is p, deep.me is deep, copy.copy(Copying()), copy.deepcopy([Copying()]))
for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
    again = pickle.loads(pickle.dumps([p, p], protocol))
    s = WithState()
    print(protocol, again[0] is again[1], again[0].x, again[0].me is again[0], pickle.loads(pickle.dumps(s, protocol)).a, pickle.loads(pickle.dumps(Reduced(), protocol)).args)
s = Slotted()
s.a = 5
t = pickle.loads(pickle.dumps(s))
print(t.a, hasattr(t, "b"), copy.deepcopy(function) is function, pickle.loads(pickle.dumps(function)) is function, pickle.loads(pickle.dumps(P)) is P, pickle.loads(pickle.dumps(p.method))() == p.x, pickle.dumps(function, 0))
for bad in (lambda: 0, WithState().cache, type("Local", (), {})(), (x for x in ())):
    try:
        pickle.dumps(bad)
    except Exception as error:
        print(type(error).__name__, str(error).split(" at 0x")[0])
saved = function
function = lambda x: x
try:
    pickle.dumps(saved)
except pickle.PicklingError as error:
    print("not the same object" in str(error))
print(copy.replace if hasattr(copy, "replace") else "no replace")
