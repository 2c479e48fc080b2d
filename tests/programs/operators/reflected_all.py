OPS = "+ - * / // % ** << >> & | ^ @".split()
NAMES = "add sub mul truediv floordiv mod pow lshift rshift and or xor matmul".split()


def method(name):
    def call(self, other):
        print(f"{type(self).__name__}.{name}({type(other).__name__})")
        return NotImplemented if self.decline else name

    return call


def make(title, decline, *prefixes):
    members = {f"__{prefix}{name}__": method(f"__{prefix}{name}__") for prefix in prefixes for name in NAMES}
    return type(title, (), {**members, "decline": decline})()


takes = make("Takes", False, "", "r", "i")
declines = make("Declines", True, "", "r", "i")
plain = make("Plain", False)
for op in OPS:
    for left, right in ((takes, plain), (plain, takes), (declines, takes), (takes, declines), (declines, plain), (3, takes), (declines, 3)):
        for text in (f"left {op} right", f"left {op}= right"):
            scope = {"left": left, "right": right}
            try:
                if "=" in text:
                    exec(text, scope)
                    print(text, scope["left"] if isinstance(scope["left"], str) else "object")
                else:
                    print(text, eval(text, scope))
            except TypeError as error:
                print(error)
