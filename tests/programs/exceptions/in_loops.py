# run: 12
# record: 1
import sys

N = int(sys.argv[1]) if len(sys.argv) > 1 else 12


def parse(text):
    try:
        return int(text)
    except ValueError:
        try:
            return float(text)
        except ValueError as error:
            return str(error)


def totals(items):
    total = errors = 0
    for item in items:
        try:
            total += item
        except TypeError:
            errors += 1
            continue
        else:
            total += 1
        finally:
            total *= 2
    return total, errors


def retry(limit):
    attempts = 0
    while True:
        try:
            attempts += 1
            if attempts < limit:
                raise ConnectionError(attempts)
            return attempts
        except ConnectionError as error:
            if error.args[0] > 50:
                raise


print([parse(t) for t in ("1", "2.5", "x", "", "1e3", "0x1")][: N])
print(totals([1, "a", 2.5, None, 2**62, True][: N]))
print(retry(N))
try:
    retry(60)
except ConnectionError as error:
    print("gave up", error)
out = []
for i in range(N):
    try:
        out.append(10 // (i - 2))
    except ZeroDivisionError:
        out.append("zero")
print(out)
