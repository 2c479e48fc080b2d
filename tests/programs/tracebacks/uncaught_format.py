def report(rows):
    return "\n".join(f"{name:<10}|{value:>8.2f}" for name, value in rows)


print(report([("pi", 3.14159)]))
print(report([("e", 2.718), ("text", "not a number")]))
