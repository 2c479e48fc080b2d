import bisect
import heapq
from collections import ChainMap, UserDict, UserList, deque


def dijkstra(graph, start):
    distance = {start: 0}
    queue = [(0, start)]
    while queue:
        d, node = heapq.heappop(queue)
        if d > distance[node]:
            continue
        for other, weight in graph.get(node, {}).items():
            new = d + weight
            if new < distance.get(other, float("inf")):
                distance[other] = new
                heapq.heappush(queue, (new, other))
    return distance


def bfs(grid, start, end):
    queue, seen = deque([(start, 0)]), {start}
    while queue:
        (x, y), steps = queue.popleft()
        if (x, y) == end:
            return steps
        for dx, dy in ((0, 1), (1, 0), (0, -1), (-1, 0)):
            p = x + dx, y + dy
            if 0 <= p[0] < len(grid) and 0 <= p[1] < len(grid[0]) and grid[p[0]][p[1]] == "." and p not in seen:
                seen.add(p)
                queue.append((p, steps + 1))


print(dijkstra({"a": {"b": 1, "c": 4.5}, "b": {"c": 2, "d": 2**64}, "c": {"d": 0.5}}, "a"), bfs(["..#.", ".#..", "...."], (0, 0), (0, 3)))
d = deque([1, 2, 3], maxlen=3)
d.append(4)
d.rotate(1)
d.appendleft("x")
print(d, d[1], d.count(4), d.maxlen, list(reversed(d)))
items = []
for x in (5, 1, 4, 1, 3):
    bisect.insort(items, x)
print(items, bisect.bisect(items, 1), bisect.bisect_left(items, 4), heapq.nsmallest(2, items), list(heapq.merge([1, 4], [2])))
chain = ChainMap({"a": 1}, {"a": 2, "b": 3})
chain["b"] = 9


class U(UserDict):
    def __setitem__(self, k, v):
        super().__setitem__(k.upper(), v)


u = U(a=1)
u["b"] = 2
ul = UserList([1, 2])
ul += [3]
print(chain["a"], chain["b"], chain.maps, u, "A" in u, ul[1:], ul * 2)
try:
    heapq.heappush([1], "a")
except TypeError as error:
    print(error)
