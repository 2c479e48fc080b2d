class Account:
    def __init__(self, balance):
        self._balance = balance

    @property
    def balance(self):
        return self._balance + self.bonus

    @property
    def bonus(self):
        return self._balance * self.rate.value

    rate = None


print("start")
account = Account(10)
print(f"balance: {account.balance:>10}")
