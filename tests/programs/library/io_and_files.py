import contextlib
import csv
import io
import os
import tempfile


class Upper(io.TextIOBase):
    def __init__(self):
        self.parts = []

    def write(self, text):
        self.parts.append(text.upper())
        return len(text)


upper = Upper()
print("to a file of our own", 1, file=upper)
with contextlib.redirect_stdout(upper):
    print("redirected")
print(upper.parts)
with tempfile.TemporaryDirectory() as folder:
    path = os.path.join(folder, "x.txt")
    with open(path, "w", encoding="utf-8") as f:
        for i in range(3):
            f.write(f"line {i} é\n")
    with open(path, encoding="utf-8") as f:
        print([line.rstrip() for line in f], f.closed)
    print(f.closed, os.path.getsize(path), sum(1 for _ in open(path, "rb")))
    try:
        f.read()
    except ValueError as error:
        print(error)
    try:
        open(os.path.join(folder, "no"))
    except FileNotFoundError as error:
        print(error.errno, os.path.basename(error.filename))
print(os.path.exists(folder))
rows = list(csv.DictReader(io.StringIO("a,b\n1,2\n3,\"x,y\"\n")))
out = io.StringIO()
writer = csv.writer(out)
writer.writerow([1, "a,b", None, 2.5])
print(rows, repr(out.getvalue()))


class Rot(io.RawIOBase):
    def readinto(self, b):
        b[:3] = b"abc"
        return 3 if not self.done.append(1) and len(self.done) < 3 else 0

    def readable(self):
        return True


rot = Rot()
rot.done = []
print(io.BufferedReader(rot).read(), io.BytesIO(b"a\nb").readlines(), io.StringIO("x\ny").read(2))
