import datetime
import random
import statistics


def month_days(year):
    days = []
    for month in range(1, 13):
        first = datetime.date(year, month, 1)
        following = datetime.date(year + month // 12, month % 12 + 1, 1)
        days.append((following - first).days)
    return days


print(month_days(2024), month_days(2023)[1])
d = datetime.datetime(2024, 2, 29, 12, 30, tzinfo=datetime.timezone.utc)
print(d.isoformat(), d + datetime.timedelta(days=365, hours=-1), d.strftime("%A %d %B %Y"), (d - datetime.datetime(2000, 1, 1, tzinfo=datetime.timezone.utc)).total_seconds(), d < d.replace(year=2028), datetime.timedelta(hours=5) / 2, sum([datetime.timedelta(1)] * 3, datetime.timedelta()), max(d, d.replace(day=1)).day)
for bad in (lambda: datetime.date(2023, 2, 29), lambda: d < datetime.datetime(2024, 1, 1), lambda: d + 1, lambda: datetime.timedelta(days=10**10), lambda: d - "x"):
    try:
        print(bad())
    except Exception as error:
        print(type(error).__name__, error)
r = random.Random(7)
print([r.randint(1, 100) for _ in range(5)], round(r.random(), 10), r.choice("abc"), r.sample(range(10), 3), r.shuffle(x := [1, 2, 3, 4]), x)


def pi(n, r):
    inside = 0
    for _ in range(n):
        x, y = r.random(), r.random()
        if x * x + y * y <= 1.0:
            inside += 1
    return 4 * inside / n


print(pi(1000, random.Random(1)), statistics.mean([1, 2.5, 4]), statistics.median([3, 1]), statistics.stdev([1, 2, 3, 4]), statistics.mode("aab"))


class Fixed(random.Random):
    def random(self):
        return 0.25


print(pi(10, Fixed()), Fixed().uniform(1, 3))
