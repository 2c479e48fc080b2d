def mutable(item, box=[]):
    box.append(item)
    return box


def evaluated_once(n=len([1, 2])):
    return n


def keyword(*, items={}, n=0):
    items[n] = n
    return items


print(mutable(1), mutable(2), mutable(3, [0]), mutable.__defaults__)
print(keyword(), keyword(n=5), keyword.__kwdefaults__)
functions = [lambda i=i: i for i in range(3)]
late = [lambda: i for i in range(3)]
print([f() for f in functions], [f() for f in late], functions[0](9))
x = 1


def captured(a=x):
    return a


x = 2
print(captured(), captured.__defaults__)


class K:
    y = 5

    def method(self, a=y, *, b=y * 2):
        return a, b


K.y = 6
print(K().method(), K.method.__defaults__, K.method.__kwdefaults__)


def nan_default(v=float("nan")):
    return v


print(nan_default() is nan_default())
