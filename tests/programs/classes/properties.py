class Temperature:
    def __init__(self, celsius):
        self.celsius = celsius

    @property
    def celsius(self):
        """Degrees."""
        return self._c

    @celsius.setter
    def celsius(self, value):
        if value < -273.15:
            raise ValueError(f"{value} is too cold")
        self._c = value

    @celsius.deleter
    def celsius(self):
        print("deleting")
        del self._c

    @property
    def fahrenheit(self):
        return self.celsius * 9 / 5 + 32

    write_only = property(None, lambda self, v: print("wrote", v))


class Sub(Temperature):
    @Temperature.celsius.getter
    def celsius(self):
        return ("sub", self._c)


t = Temperature(20)
t.celsius += 5
print(t.celsius, t.fahrenheit, Temperature.celsius.__doc__, Sub(3).celsius)
t.write_only = 5
for action in ("t.celsius = -300", "t.fahrenheit = 1", "t.write_only", "del t.fahrenheit", "del t.celsius", "t.celsius", "t.fahrenheit", "t.write_only += 1"):
    try:
        exec(action)
    except Exception as error:
        print(action, "->", type(error).__name__, error)


def loop(items):
    total = 0
    for i, item in enumerate(items):
        total += item.value
        if i == 2:
            Item.value = property(lambda self: 1000)
        if i == 4:
            Item.value = 5
    return total


class Item:
    @property
    def value(self):
        return 1


print(loop([Item() for _ in range(8)]), t.__dict__)
