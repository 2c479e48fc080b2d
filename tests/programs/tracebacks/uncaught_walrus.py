def read(chunks):
    out = []
    while (chunk := next(chunks)) is not None:
        out.append(chunk + 1)
    return out


print(read(iter([1, 2, None])))
read(iter([1, "x", None]))
