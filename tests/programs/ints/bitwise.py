def mix(a, b):
    return a & b, a | b, a ^ b


EDGES = [0, 1, -1, 255, -256, 2**31, -(2**31), 2**63, -(2**63), 2**64 - 1, 2**100 + 5]
for a in EDGES:
    print(a, [mix(a, b) for b in EDGES])
print(mix(True, False), [type(x).__name__ for x in mix(True, False)], mix(True, 2), mix(3, True))
for pair in ((1, 1.0), (1.0, 1), ("a", 1), (1, None)):
    for op in ("&", "|", "^"):
        try:
            print(eval(f"a {op} b", {"a": pair[0], "b": pair[1]}))
        except TypeError as error:
            print(error)
state = 1
for i in range(100):
    state ^= (state << 13) & 0xFFFFFFFFFFFFFFFF
    state ^= state >> 7
    state ^= (state << 17) & 0xFFFFFFFFFFFFFFFF
print(state)
x = 0
x |= 2**63
x &= -(2**63)
x ^= 2**64 - 1
print(x)
