import bisect
import collections
import contextlib
import heapq
import re
import string
import types


def key(x):
    trace.append(x)
    return -x


trace = []
print(heapq.nlargest(2, [1, 3, 2], key=key), bisect.bisect([5, 3, 1], -3, key=key), trace)
print(re.sub(r"(\w)(\d)", lambda m: m.group(2) + m.group(1), "a1 b2"), re.compile("x").sub(lambda m: m[0].upper(), "axb"))
try:
    re.sub("a", lambda m: 5, "a")
except TypeError as error:
    print(error)


class Template(string.Template):
    delimiter = "%"


class Default(collections.defaultdict):
    def __missing__(self, key):
        return key * 2


print(Template("%a and %{b}").substitute(a=1, b=2), "{a} {b[0]}".format_map(Default(None, a="x")), collections.defaultdict(lambda: [0])["q"])


class Formatter(string.Formatter):
    def get_value(self, key, args, kwargs):
        return f"<{key}>"


print(Formatter().format("{x} {0}"))
ns = types.SimpleNamespace(a=1)
ns.b = ns.a + 1
print(ns, ns == types.SimpleNamespace(a=1, b=2))


@contextlib.contextmanager
def tagged(name):
    print(f"<{name}>")
    yield name
    print(f"</{name}>")


with tagged("a") as a, tagged("b"):
    print(a)


class Visitor:
    def visit(self, node):
        return getattr(self, f"visit_{type(node).__name__}", self.generic)(node)

    def generic(self, node):
        return f"?{node}"

    def visit_int(self, node):
        return node + 1

    def visit_list(self, node):
        return [self.visit(n) for n in node]


import ast


class Calc(ast.NodeVisitor):
    def visit_BinOp(self, node):
        ops = {ast.Add: lambda a, b: a + b, ast.Mult: lambda a, b: a * b, ast.Sub: lambda a, b: a - b}
        return ops[type(node.op)](self.visit(node.left), self.visit(node.right))

    def visit_Constant(self, node):
        return node.value

    def visit_Expression(self, node):
        return self.visit(node.body)


class Rewrite(ast.NodeTransformer):
    def visit_Name(self, node):
        return ast.Constant(42) if node.id == "x" else node


print(Visitor().visit([1, [2, "x"], 2.5]), Calc().visit(ast.parse("1 + 2 * 3 - 4", mode="eval")), ast.unparse(Rewrite().visit(ast.parse("x + y"))))
print(list(map(types.MethodType(lambda self, x: self + x, 10), [1, 2])))
