a = 1
for i in range(1, 60):
    a = a * 3 + i
print(a, a % 97, a // 10**15, a.bit_length(), -a >> 5)
b = 0
for i in range(200):
    b = (b << 3) ^ i
print(b)
print(a - a, a == a + 0, a != b, hash(a), hash(-a), hash(2**61 - 1), hash(2**61), hash(-1))
print(int("9" * 50) + 1, int(1e30), int(-1e18), float(10**22), 10**22 / 3, 10**400 // 10**399)
try:
    print(10**400 / 3)
except OverflowError as error:
    print(error)
try:
    print(float(10**400))
except OverflowError as error:
    print(error)
print(10**400 / 10**399, 2**1023 * 1.0)
try:
    print(2**1024 * 1.0)
except OverflowError as error:
    print(error)
print((2**64).to_bytes(9, "big"), int.from_bytes(b"\xff" * 9, "little", signed=True), (255).to_bytes(1, "big"))
try:
    int("1" * 5000)
except ValueError as error:
    print(error)
try:
    str(10**5000)
except ValueError as error:
    print(error)
