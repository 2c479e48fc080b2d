a = b = c = []
a.append(1)
print(b, c is a)
x, y, z = z0 = "abc"
print(x, y, z, z0)
(p, q), [r, s] = (1, 2), (3, 4)
i = j = 0
i, j = j + 1, i + 2
print(p, q, r, s, i, j)


class O:
    pass


o = O()
o.x = o.y = o.z = 5
d = {}
d["a"], d["b"] = d["c"], d["d"] = 1, 2
print(vars(o), d)
k = 0
k, d[k] = 1, "old or new"
print(k, d)
f = lambda: (1, (2, 3))
m, (n, t) = f()
print(m, n, t)
first, second = second, first = 1, 2
print(first, second)
