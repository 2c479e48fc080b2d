# run: 15
# record: 3
import sys

N = int(sys.argv[1]) if len(sys.argv) > 1 else 15


def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)


def ackermann(m, n):
    if m == 0:
        return n + 1
    if n == 0:
        return ackermann(m - 1, 1)
    return ackermann(m - 1, ackermann(m, n - 1))


def hanoi(n, a="a", b="b", c="c", moves=None):
    moves = [] if moves is None else moves
    if n:
        hanoi(n - 1, a, c, b, moves)
        moves.append(a + c)
        hanoi(n - 1, b, a, c, moves)
    return moves


def flatten(tree):
    return [leaf for node in tree for leaf in (flatten(node) if isinstance(node, list) else [node])]


def permutations(items):
    if not items:
        yield []
    for i, item in enumerate(items):
        for rest in permutations(items[:i] + items[i + 1 :]):
            yield [item, *rest]


class Node:
    def __init__(self, depth):
        self.children = [Node(depth - 1) for _ in range(2)] if depth else []

    def count(self):
        return 1 + sum(child.count() for child in self.children)

    def __len__(self):
        return 1 + sum(map(len, self.children))


print(fib(N), fib(2.5), fib(True), ackermann(2, min(N, 3)), len(hanoi(min(N, 7))), hanoi(2))
print(flatten([1, [2, [3, [4]], []], 5]), list(permutations([1, 2, 3])), Node(4).count(), len(Node(3)))
fact = lambda n: 1 if n < 2 else n * fact(n - 1)
print(fact(N * 2))
even = lambda n: True if n == 0 else odd(n - 1)
odd = lambda n: False if n == 0 else even(n - 1)
print(even(N), odd(N))
