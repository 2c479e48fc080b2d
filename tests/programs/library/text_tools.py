import difflib
import fnmatch
import re
import shlex
import string
import textwrap

text = "The year 2024 and 1999; e-mail a.b@c.de, x@y.org."
print(re.findall(r"\d+", text), re.sub(r"(\w+)@(\w+)", r"\2 at \1", text), re.split(r"[;,]\s*", text), [m.span() for m in re.finditer("a", text)], re.match(r"(?P<first>\w+) (?P<second>\w+)", text).groupdict(), re.search("zz", text))
print(textwrap.fill("lorem ipsum dolor " * 5, 30), textwrap.dedent("  a\n    b"), textwrap.shorten("a long text here", 10), shlex.split("a 'b c' d\\ e"), fnmatch.filter(["a.py", "b.txt"], "*.py"), string.capwords("a b c"), string.Template("$a ${b} $$").substitute(a=1, b=2))
print("\n".join(difflib.unified_diff(["a", "b"], ["a", "c"], lineterm="")), difflib.get_close_matches("appel", ["ape", "apple", "peach"]))
for bad in (lambda: re.compile("("), lambda: re.compile("[a"), lambda: re.sub("a", r"\9", "a"), lambda: shlex.split("'open"), lambda: string.Template("$x").substitute()):
    try:
        print(bad())
    except Exception as error:
        print(type(error).__name__, error)


def count_words(text):
    counts = {}
    for word in re.findall(r"[a-z']+", text.lower()):
        counts[word] = counts.get(word, 0) + 1
    return sorted(counts.items(), key=lambda kv: (-kv[1], kv[0]))[:3]


print(count_words("the cat and the dog and the bird"))


def rle(s):
    out, i = [], 0
    while i < len(s):
        j = i
        while j < len(s) and s[j] == s[i]:
            j += 1
        out.append(s[i] + (str(j - i) if j - i > 1 else ""))
        i = j
    return "".join(out)


print(rle("aaabccd"), rle(""), re.sub(r"(.)(\d+)", lambda m: m[1] * int(m[2]), rle("aaabccd")))
