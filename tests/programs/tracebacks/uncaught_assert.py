def average(values):
    assert len(values) > 0, f"no values in {values!r}"
    assert all(isinstance(v, (int, float)) for v in values), [
        v for v in values if isinstance(v, str)
    ]
    return sum(values) / len(values)


print(average([1, 2]))
average([1, "x"])
