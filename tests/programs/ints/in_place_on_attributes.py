class Counter:
    total = 2**62

    def __init__(self):
        self.n = 2**63 - 2
        self.items = [2**63 - 1, 1.5, "s"]
        self.map = {"k": -(2**63)}

    def tick(self):
        self.n += 1
        self.items[0] += 1
        self.items[1] += 1
        self.items[2] += "t"
        self.map["k"] -= 1
        self.total += self.total
        Counter.total *= 2


counter = Counter()
for _ in range(4):
    counter.tick()
print(counter.n, counter.items, counter.map, counter.total, Counter.total)
try:
    counter.missing += 1
except AttributeError as error:
    print(error)
try:
    counter.map["other"] += 1
except KeyError as error:
    print("KeyError", error)
try:
    counter.items[7] += 1
except IndexError as error:
    print(error)
try:
    counter.items[2] += 1
except TypeError as error:
    print(error)
