from dataclasses import dataclass, field


@dataclass(order=True)
class Item:
    price: float
    name: str = field(compare=False)


print(sorted([Item(2, "b"), Item(1.5, "a")]))
print(min([Item(2, "b"), Item("free", "c")]))
