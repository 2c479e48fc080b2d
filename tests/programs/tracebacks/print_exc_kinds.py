import traceback


class Thing:
    __slots__ = ("x",)

    def method(self, a):
        return a


thing = Thing()
print("each kind of instruction that fails")
data = {"k": [1, 2]}


def binary(): return 1 + (2 * 3) - "x"
def unary(): return -"abc"
def compare(): return 1 < 2 < None < 4
def contains(): return 3 in 5
def subscript(): return data["k"][5]
def store_subscript(): data["k"]["x"] = 1
def delete_subscript(): del data["missing"]
def slice_(): return data["k"][1:"x"]
def attribute(): return thing.method.nothing
def store_attribute(): thing.y = 5
def delete_attribute(): del thing.x
def call(): return thing.method(1, 2)
def call_not_callable(): return data["k"](3)
def keyword(): return thing.method(b=3)
def star(): return thing.method(*5)
def double_star(): return thing.method(**{1: 2})
def unpack(): a, b = data["k"] + [3]; return a, b
def unpack_few(): a, b, *c = [1]; return a
def iterate():
    for item in 5: pass
def in_place(): x = 1; x += "a"
def fstring(): return f"{thing.x!r:>{10}}" f"{1:q}"
def import_(): import does_not_exist.submodule
def import_from(): from os import does_not_exist
def raise_(): raise ValueError("x" * 3)
def assert_(): assert data == {}, "differs"
def build_map(): return {"a": 1, [1]: 2}
def build_set(): return {1, [2]}
def dict_merge(): return {**data, **5}
def list_extend(): return [*data, *5]
def global_(): return undefined_name + 1
def local(): x = y; y = 1
def await_like(): return (lambda: nothing_here)()
def class_body():
    class A(5, metaclass=type): pass
def format_(): return "%d" % "x"
def with_():
    with 5 as x: pass
def nested(): return [[i // 0 for i in range(3)] for _ in range(2)]
def walrus(): return [y := 1, y + "a"]
def conditional(): return 1 if data.nothing else 2
def boolean(): return data and thing.nothing or 3
def match_():
    match data:
        case {"k": [a, b]} if a + "x": pass


for function in [value for value in globals().copy().values() if callable(value) and getattr(value, "__module__", None) == "__main__" and value is not Thing]:
    try:
        print(function.__name__, function())
    except Exception:
        traceback.print_exc()
