# run: mixed
# record: one
import sys


class Dog:
    def speak(self, n=1):
        return "woof " * n


class Cat:
    def speak(self, n=1):
        return f"meow {n}"


class Puppy(Dog):
    pass


class Loud(Dog):
    def speak(self, n=1):
        return super().speak(n).upper()


class Robot:
    speak = staticmethod(lambda n=1: f"beep {n}")


class Group:
    @classmethod
    def speak(cls, n=1):
        return cls.__name__ * n


class Dynamic:
    def __getattr__(self, name):
        return lambda n=1: f"{name}! {n}"


class Own:
    def __init__(self):
        self.speak = lambda n=1: f"own {n}"


class Silent:
    speak = None


def chorus(animals):
    out = []
    for i, a in enumerate(animals):
        try:
            out.append(a.speak())
            out.append(a.speak(2))
            out.append(a.speak(n=i))
        except (TypeError, AttributeError) as error:
            out.append(str(error))
    return out


animals = [Dog()] * 5 if sys.argv[1:] == ["one"] else [Dog(), Cat(), Puppy(), Loud(), Robot(), Group(), Group, Dynamic(), Own(), Silent(), 5, Dog(), Dog]
for line in chorus(animals):
    print(line)
