def stub(): ...


class Empty: ...


def only_pass():
    pass


def only_doc():
    "doc"


print(stub(), Empty().__dict__, only_pass(), only_doc(), ..., Ellipsis is ..., type(...), [...][0], bool(...))
if ...:
    print("true")
while ...:
    break
for _ in ():
    ...
else:
    print("else")
x = ...
print(x is Ellipsis, repr(...), hash(...) == hash(Ellipsis), {...: 1})
try:
    ... + 1
except TypeError as error:
    print(error)
0
"string statement"
[1, 2]
(lambda: print("never"))
-5
not x
x.__class__
