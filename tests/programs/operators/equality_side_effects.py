log = []


class Shifty:
    def __init__(self, name, equal):
        self.name, self.equal = name, equal

    def __eq__(self, other):
        log.append((self.name, getattr(other, "name", other)))
        if self.name == "mutator":
            holder.clear()
        if self.equal == "raise":
            raise ValueError(f"{self.name} does not compare")
        return self.equal

    def __hash__(self):
        log.append(f"hash {self.name}")
        return 7

    def __repr__(self):
        return self.name


def find(items, wanted):
    for item in items:
        if item == wanted:
            return item
    return None


holder = [Shifty("one", False), Shifty("mutator", False), Shifty("three", True)]
print(find(list(holder), 5), holder, log)
log.clear()
holder = [Shifty("one", False), Shifty("mutator", False), Shifty("three", True)]
print(5 in holder, holder, log)
log.clear()
raising = Shifty("raising", "raise")
for function in (lambda: [raising].index(3), lambda: 3 in (1, raising), lambda: {raising: 1}[Shifty("key", False)], lambda: [raising].remove(4), lambda: (raising,) == (1,)):
    try:
        print(function())
    except ValueError as error:
        print("ValueError", error)
print(log)
log.clear()
d = {Shifty("a", True): 1}
d[Shifty("b", True)] = 2
print(d, log, [raising] == [raising], raising in [raising], (Shifty("q", True) == 1) is True, Shifty("w", 0) != 3, Shifty("v", "yes") == 3)
