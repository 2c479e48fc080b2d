# run: mixed
# record: str
import sys


class S(str):
    def __add__(self, other):
        return f"S({other})"

    def split(self, *a):
        return ["own", "split"]


def process(text):
    words = text.split()
    out = ""
    for w in words:
        out = out + w[0] + w[1:]
        if w.startswith("a"):
            out += "!"
    return out, len(words), text.upper(), text + "x"


STR = sys.argv[1:] == ["str"]
print(process("an apple day"))
if not STR:
    print(process(S("an apple")), process("ä ö"), process(""))
    for bad in (b"an apple", 5, None, ["a"], bytearray(b"a b")):
        try:
            print(process(bad))
        except (TypeError, AttributeError) as error:
            print(error)


def join(parts, separator=","):
    return separator.join(parts)


print(join(["a", "b"]), join(("x",)), join("abc", "-"))
if not STR:
    for parts, separator in (([1], ","), (["a"], 5), ([S("q")], S("-")), ([b"a"], b"-"), (None, ","), (iter("ab"), ""), ({"k": 1}, ",")):
        try:
            print(join(parts, separator))
        except (TypeError, AttributeError) as error:
            print(error)
