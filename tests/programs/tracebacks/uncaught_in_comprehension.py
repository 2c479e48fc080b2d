def convert(rows):
    return {
        name: [int(cell) for cell in cells]
        for name, cells in rows
    }


print("start")
convert([("a", ["1", "2"]), ("b", ["3", "four"])])
