class Node:
    def __init__(self, name):
        self.name, self.next = name, None

    def __repr__(self):
        return f"Node({self.name!r}, {self.next!r})"


a, b = Node("a"), Node("b")
a.next = b
print(a)
items = [1]
items.append(items)
d = {"self": None}
d["self"] = d
t = ([],)
t[0].append(t)
s = {1}
print(items, d, t, {"k": items})
b.next = a
try:
    repr(a)
except RecursionError as error:
    print("RecursionError", error)
deep = []
for _ in range(100_000):
    deep = [deep]
try:
    repr(deep)
except RecursionError as error:
    print("RecursionError", error)
try:
    print(deep == deep, [deep] == [deep])
    other = []
    for _ in range(100_000):
        other = [other]
    deep == other
except RecursionError as error:
    print("RecursionError", error)
try:
    hash(eval("((((((((1,),),),),),),),)"))
    nested = ()
    for _ in range(50_000):
        nested = (nested,)
    hash(nested)
except RecursionError as error:
    print("RecursionError", error)
del deep, other, nested
print("deleted")
while items:
    items.pop()
print(items)
