"""Pickling by Python code: the standard library's `pickle` as the program's own, without its C part (pyperformance: pickle_pure_python)."""

import harness
import own_pickle


class Account:
    """Something with a state."""

    def __init__(self, name, balance):
        self.name = name
        self.balance = balance
        self.history = [(name, n * balance) for n in range(4)]

    def __eq__(self, other):
        return self.__dict__ == other.__dict__

    __hash__ = None


_DATA = {
    "accounts": [Account(f"name-{n}", n * 3) for n in range(100)],
    "numbers": [n * n * n - 7 for n in range(400)] + [n / 3 for n in range(200)],
    "texts": [f"text {n % 50}" * (n % 4) for n in range(300)],
    "sets": [frozenset(range(n % 9)) for n in range(60)],
    "raw": [bytes(range(n)) for n in range(50)],
}


def work():
    """Check: the length of what was written."""
    total = 0
    for _ in range(20):
        text = own_pickle.dumps(_DATA, 4)
        total += len(text)
        assert own_pickle.loads(text) == _DATA
    return total


if __name__ == "__main__":
    harness.main(work)
