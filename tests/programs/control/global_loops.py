import sys

total = 0
for i in range(10):
    total += i * i
    if total > 100:
        label = "big"
        break
else:
    label = "small"
print(total, i, label)
numbers = []
n = 27
while n != 1 and len(numbers) < 200:
    numbers.append(n)
    n = n // 2 if n % 2 == 0 else n * 3 + 1
print(len(numbers), max(numbers))
matrix = [[0] * 4 for _ in range(4)]
for x in range(4):
    for y in range(4):
        matrix[x][y] = x * y - x
        if x == y:
            matrix[x][y] += 2**63
print(matrix)
counter = 2**63 - 3
while counter < 2**63 + 3:
    counter += 1
print(counter)
for name in ["a", "b"]:
    globals()[name + "_made"] = len(name)
print(a_made, b_made)
for x in range(3):
    del x
print("x" in globals())
text = ""
for c in "module level":
    if c == " ":
        continue
    text = c + text
print(text)
for key in list(globals()):
    if key.endswith("_made"):
        del globals()[key]
print("a_made" in globals())
try:
    for value in (4, 2, 0, 1):
        print(8 / value)
except ZeroDivisionError as error:
    print(value, error)
acc = 0.0
for k in range(1, 1000):
    acc += 1.0 / (k * k)
print(acc)
i = 10
for i in range(i):
    if i == 5:
        i = 100
print(i)
while i > 0:
    i -= 1.5
print(i)
if __name__ == "__main__":
    print(__name__, sys.argv[1:])
