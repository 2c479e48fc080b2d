def shift_left(value, by):
    return value << by


def shift_right(value, by):
    return value >> by


for value in (0, 1, -1, 5, -5, 2**31, -(2**31), 2**62, 2**63 - 1, -(2**63), 2**64, 3**50):
    print(value, [shift_left(value, by) for by in (0, 1, 2, 29, 30, 31, 62, 63, 64, 65)])
    print(value, [shift_right(value, by) for by in (0, 1, 2, 29, 30, 31, 62, 63, 64, 65, 1000)])
for bad in (-1, -(2**70), 1.0, "x"):
    for function in (shift_left, shift_right):
        try:
            print(function(7, bad))
        except Exception as error:
            print(type(error).__name__, error)
print(0 << 2**70)
try:
    1 << 2**70
except (OverflowError, MemoryError) as error:
    print(type(error).__name__, error)
print(5 >> 2**70, -5 >> 2**70)
bits = 1
for i in range(70):
    bits <<= 1
    bits |= i & 1
print(bits, hex(bits))
