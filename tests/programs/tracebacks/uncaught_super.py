class Base:
    def __init__(self, name, *, size):
        self.name, self.size = name, size


class Derived(Base):
    def __init__(self, name):
        super().__init__(
            name.upper(),
            length=5,
        )


print("start")
Derived("x")
