# uses: memory
import sys

sys.setrecursionlimit(200_000)


def forever(n):
    global deepest
    deepest = n
    forever(n + 1)


try:
    forever(0)
except RecursionError as error:
    print(deepest, error)


class K:
    def method(self, n):
        self.n = n
        try:
            self.method(n + 1)
        finally:
            self.unwound += 1


k = K()
k.unwound = 0
sys.setrecursionlimit(50_000)
try:
    k.method(0)
except RecursionError as error:
    print(k.n, k.unwound, error)
