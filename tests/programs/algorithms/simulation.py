# run: 40
# record: 5
import sys

STEPS = int(sys.argv[1]) if len(sys.argv) > 1 else 40


class Random:
    def __init__(self, seed):
        self.state = seed

    def next(self):
        self.state = (self.state * 6364136223846793005 + 1442695040888963407) % 2**64
        return (self.state >> 33) / 2**31


class Vector:
    def __init__(self, x, y):
        self.x, self.y = x, y

    def __add__(self, o):
        return Vector(self.x + o.x, self.y + o.y)

    def __sub__(self, o):
        return Vector(self.x - o.x, self.y - o.y)

    def __mul__(self, k):
        return Vector(self.x * k, self.y * k)

    __rmul__ = __mul__

    def __abs__(self):
        return (self.x**2 + self.y**2) ** 0.5

    def __repr__(self):
        return f"({self.x:.4f}, {self.y:.4f})"


class Body:
    def __init__(self, p, v, mass):
        self.p, self.v, self.mass = p, v, mass

    def pull(self, other):
        d = other.p - self.p
        r = abs(d) + 0.1
        return d * (other.mass / r**3)

    def step(self, others, dt):
        force = Vector(0, 0)
        for o in others:
            if o is not self:
                force = force + self.pull(o)
        self.v = self.v + force * dt
        self.p = self.p + dt * self.v


random = Random(42)
bodies = [Body(Vector(random.next(), random.next()), Vector(0, 0), 1 + i) for i in range(4)]
for step in range(STEPS):
    for body in bodies:
        body.step(bodies, 0.01)
    if step % 10 == 0:
        print(step, [b.p for b in bodies])


class Event:
    def __init__(self, time, action):
        self.time, self.action = time, action

    def __lt__(self, other):
        return self.time < other.time


import heapq

queue, log = [], []


def arrive(t, n):
    log.append((round(t, 3), "arrive", n))
    if n < STEPS:
        heapq.heappush(queue, Event(t + random.next(), lambda t: arrive(t, n + 1)))
    heapq.heappush(queue, Event(t + random.next() * 2, lambda t: log.append((round(t, 3), "leave", n))))


arrive(0, 0)
while queue:
    event = heapq.heappop(queue)
    event.action(event.time)
print(len(log), log[-1], sum(1 for e in log if e[1] == "leave"), log[:5])
