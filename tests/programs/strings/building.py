# run: 200
# record: 3
import sys

N = int(sys.argv[1]) if len(sys.argv) > 1 else 200


def concatenate(n):
    text = ""
    for i in range(n):
        text += str(i)
    return text


def concatenate_kept(n):
    text, kept = "", []
    for i in range(n):
        text += "x"
        if i % 50 == 0:
            kept.append(text)
    return text, kept


def prepend(n):
    text = ""
    for i in range(n):
        text = chr(97 + i % 26) + text
    return text


class Writer:
    def __init__(self):
        self.text = ""

    def write(self, part):
        self.text += part

    def lines(self, n):
        for i in range(n):
            self.write(f"{i:>3}")
        return self.text


def aliased():
    a = b = "start"
    a += " more"
    return a, b


def to_words(n):
    words = []
    for i in range(n):
        words.append("w" + str(i % 7))
    return " ".join(words)


def widening(n):
    text = ""
    for i in range(n):
        text += chr(60 + i * 300)
    return text


print(concatenate(N), len(concatenate_kept(N)[0]), [len(k) for k in concatenate_kept(N)[1]], prepend(N), Writer().lines(N), aliased(), to_words(N), ascii(widening(min(N, 60))), ascii(widening(3)))
text = "global"
for i in range(5):
    text += str(i)
print(text)
items = ["a", "b"]
items[0] += "c"
d = {"k": "v"}
d["k"] += "w"
print(items, d)
for bad in (1, None, b"x"):
    try:
        text += bad
    except TypeError as error:
        print(error, text)
