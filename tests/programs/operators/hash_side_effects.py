class Key:
    calls = []

    def __init__(self, value, mode="ok"):
        self.value, self.mode = value, mode

    def __hash__(self):
        Key.calls.append(self.value)
        if self.mode == "raise":
            raise TypeError(f"no hash for {self.value}")
        if self.mode == "text":
            return "x"
        if self.mode == "clear":
            table.clear()
        return hash(self.value)

    def __eq__(self, other):
        return isinstance(other, Key) and self.value == other.value

    def __repr__(self):
        return f"K{self.value}"


table = {}
for mode in ("ok", "raise", "text", "clear", "ok"):
    key = Key(len(Key.calls), mode)
    for action in ("store", "load", "contains", "delete", "set"):
        try:
            if action == "store":
                table[key] = mode
            elif action == "load":
                print(table[key])
            elif action == "contains":
                print(key in table)
            elif action == "delete":
                del table[key]
            else:
                print({key})
        except (TypeError, KeyError) as error:
            print(action, type(error).__name__, error)
print(table, Key.calls)
for bad in ([], {}, set(), ([],), slice(1)):
    for use in (lambda: {bad: 1}, lambda: {bad}, lambda: table[bad], lambda: bad in table, lambda: hash(bad)):
        try:
            print(use())
        except TypeError as error:
            print(error)


class NoHash:
    def __eq__(self, other):
        return True


try:
    {NoHash(): 1}
except TypeError as error:
    print(error)
