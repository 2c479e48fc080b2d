def build(
    first,
    second,
):
    return (
        first
        + second.upper()
        + [
            first
        ]
    )


print("start")
build(
    "one",
    "two",
)
