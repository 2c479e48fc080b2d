class Money:
    def __init__(self, amount):
        self.amount = amount

    def __add__(self, other):
        if not isinstance(other, Money):
            return NotImplemented
        return Money(self.amount + other.amount)

    def __lt__(self, other):
        return self.amount < other.amount


print("start")
total = Money(1) + Money(2)
print(total.amount, Money(1) < Money(2), max([Money(1), Money(3)]).amount)
print((Money(1) + Money(5)) < Money(2) + 3)
