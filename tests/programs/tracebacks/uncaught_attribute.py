class Engine:
    def __init__(self):
        self.cylinders = 4


class Car:
    def __init__(self):
        self.engine = Engine()

    def describe(self):
        return "car with " + str(self.engine.cylinder.count) + " cylinders"


print("start")
cars = [Car() for _ in range(2)]
print([car.describe() for car in cars])
