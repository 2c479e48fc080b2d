class LRU:
    class Node:
        __slots__ = ("key", "value", "before", "after")

    def __init__(self, size):
        self.size, self.map = size, {}
        self.head = self.tail = None

    def _remove(self, n):
        if n.before:
            n.before.after = n.after
        else:
            self.head = n.after
        if n.after:
            n.after.before = n.before
        else:
            self.tail = n.before

    def _add(self, n):
        n.before, n.after = None, self.head
        if self.head:
            self.head.before = n
        self.head = n
        if self.tail is None:
            self.tail = n

    def __getitem__(self, key):
        n = self.map[key]
        self._remove(n)
        self._add(n)
        return n.value

    def __setitem__(self, key, value):
        if key in self.map:
            self._remove(self.map[key])
        elif len(self.map) >= self.size:
            del self.map[self.tail.key]
            self._remove(self.tail)
        n = self.Node()
        n.key, n.value = key, value
        self.map[key] = n
        self._add(n)


def topological(graph):
    state, order = {}, []

    def visit(node):
        if state.get(node) == 1:
            raise ValueError(f"cycle at {node}")
        if node not in state:
            state[node] = 1
            for other in sorted(graph.get(node, ())):
                visit(other)
            state[node] = 2
            order.append(node)

    for node in sorted(graph):
        visit(node)
    return order[::-1]


def components(edges):
    parent = {}

    def find(x):
        parent.setdefault(x, x)
        while parent[x] != x:
            parent[x] = parent[parent[x]]
            x = parent[x]
        return x

    for a, b in edges:
        parent[find(a)] = find(b)
    groups = {}
    for x in parent:
        groups.setdefault(find(x), set()).add(x)
    return sorted(map(sorted, groups.values()))


cache = LRU(3)
hits = 0
for i in range(200):
    k = (i * 7 + i // 5) % 6
    try:
        hits += cache[k] is not None
    except KeyError:
        cache[k] = i
print(hits, sorted(cache.map), cache.head.key, cache.tail.key)
print(topological({"a": ["b", "c"], "b": ["d"], "c": ["d"], "e": []}))
try:
    topological({1: [2], 2: [3], 3: [1]})
except ValueError as error:
    print(error)
print(components([(1, 2), (3, 4), (2, 5), (6, 6), (4, 7)]))
