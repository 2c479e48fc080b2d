# run: mixed
# record: ascii
import sys

TEXTS = ["hello", "world"] if sys.argv[1:] == ["ascii"] else ["hello", "", "héllo", "日本語", "a\0b", "😀x", "ß", "İ", "\ud800"]


def walk(text):
    out = []
    for i in range(len(text)):
        out.append(text[i])
    return out[::-1], [c for c in text], text[::-1]


def caesar(text, by):
    result = ""
    for c in text:
        if c.isalpha() and c.isascii():
            base = ord("a") if c.islower() else ord("A")
            result += chr((ord(c) - base + by) % 26 + base)
        else:
            result += c
    return result


for text in TEXTS:
    print(ascii((text, walk(text), caesar(text, 3), text.upper(), text.title(), text.casefold(), text * 2, text + "!", len(text), text[-1:], text[1:3], "l" in text, text < "i", text == "hello")))
for bad in (lambda: "abc"[5], lambda: str("abc")["a"], lambda: "a" + 1, lambda: 1 + "a", lambda: "a" * 1.5, lambda: "a" < 1, lambda: 1 in "abc", lambda: "".join([1]), lambda: ord("ab"), lambda: chr(-1), lambda: chr(0x110000), lambda: "a" - "b", lambda: "abc".index("z"), lambda: "x".split(""), lambda: "a".foo, lambda: "\ud800".encode(), lambda: "é".encode("ascii"), lambda: int("é"), lambda: "abc".replace("a"), lambda: exec("'abc'[0] = 'x'"), lambda: "{}{1}".format(1, 2), lambda: "{".format(), lambda: "{x}".format(), lambda: "{0.foo}".format(1)):
    try:
        print(bad())
    except Exception as error:
        print(type(error).__name__, ascii(str(error)))
