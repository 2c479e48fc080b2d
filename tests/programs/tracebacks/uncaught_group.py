def one():
    raise ValueError("one")


def two():
    return {}["two"]


errors = []
for function in (one, two):
    try:
        function()
    except Exception as error:
        error.add_note(f"from {function.__name__}")
        errors.append(error)
print(len(errors))
raise ExceptionGroup("both", [*errors, ExceptionGroup("inner", [OSError(2, "No such file", "x.txt")])])
