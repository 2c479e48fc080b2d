def f(x):
    y = 10
    results = [eval("x + y")]
    exec("y = 99; x = 98; w = 5")
    results.append((x, y))
    try:
        results.append(w)
    except NameError as error:
        results.append(str(error))
    scope = {"x": 1}
    exec("x += 1\ndef g(): return x\nz = g()", scope)
    results.append((scope["x"], scope["z"]))
    results.append(eval("[x for _ in range(2)]", {"x": "g"}, {"x": "l"}))
    try:
        eval("[q for _ in range(2)]", {}, {"q": "l"})
    except NameError as error:
        results.append(str(error))
    return results


print(f(1))
w = "global w"


class Tracking(dict):
    def __missing__(self, key):
        print("missing", key)
        return key.upper()


print(eval("a + b + len_", {}, Tracking()), eval("__import__('math').pi"))
exec("a = 1\nprint(a, b)\ndel a", {"__builtins__": {"print": print}}, Tracking(print=print))
for code in ("1 +", "x = 1", "return 5", "yield 1", "break", "def f(a, a): pass", "nonlocal x", "f() = 1", "global x; x = 1; global x"):
    try:
        print(eval(code) if code == "x = 1" else exec(code))
    except SyntaxError as error:
        print(code, "->", error.msg, error.lineno, error.offset)
print(eval(compile("3 * 7", "<c>", "eval")), eval(b"1+1"), eval("  4"))
code = compile("def made(n):\n    return sum(i * i for i in range(n))\n", "<made>", "exec")
namespace = {}
exec(code, namespace)
print(namespace["made"](10), namespace["made"].__code__.co_filename, namespace["made"].__module__)
exec("for i in range(3):\n    print(i, end=' ')\nelse:\n    print()")
print(i)
