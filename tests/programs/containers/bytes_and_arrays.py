import array
import struct

b = b"hello world"
print(b[0], b[-1], b[1:3], b.upper(), b.split(), b"l" in b, 104 in b, b.find(b"o"), b.replace(b"o", b"0"), b + b"!", b * 2, b"%d-%s" % (5, b"x"), bytes([1, 2]), bytes(3), b.hex(), bytes.fromhex("ff00"), b.decode(), b"a" < b"b", hash(b"") == hash(""), b"\x00\xff")


def checksum(data):
    total = 0
    for byte in data:
        total = (total * 31 + byte) & 0xFFFFFFFF
    return total


def xor(data, key):
    out = bytearray(data)
    for i in range(len(out)):
        out[i] ^= key[i % len(key)]
    return bytes(out)


for data in (b, bytearray(b), memoryview(b), array.array("B", b), list(b), b""):
    print(type(data).__name__, checksum(data))
print(xor(b, b"key"), xor(xor(b, b"key"), b"key"))
ba = bytearray(b"abc")
for action in ("ba[0] = 300", "ba[0] = -1", "ba[9] = 1", "ba['x'] = 1", "ba[0] = b'x'", "ba.append(256)", "b[0] = 1", "b + 'x'", "b % 'q' % 1", "bytes('x')", "bytes([300])", "b.decode('ascii', 5)", "b'\\xff'.decode()", "memoryview(b)[0] = 1", "array.array('i', [2**40])", "array.array('i', [1.5])"):
    try:
        exec(action)
    except Exception as error:
        print(action, type(error).__name__, error)
a = array.array("d", [1, 2.5])
a.append(3)
a[0] += 0.5
q = array.array("q", [2**63 - 1])
try:
    q[0] += 1
except OverflowError as error:
    print(error)
print(a, sum(a), q, a.tolist(), struct.pack("<ih", 5, -1), struct.unpack("<ih", struct.pack("<ih", 5, -1)), memoryview(a)[1], memoryview(b"abcd").cast("H")[0])
view = memoryview(ba)
try:
    ba.append(1)
except BufferError as error:
    print(error)
view[1] = 90
view.release()
print(ba)
