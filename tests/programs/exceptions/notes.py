import traceback


def work(n):
    try:
        return 10 / n
    except ZeroDivisionError as error:
        error.add_note(f"while dividing by {n}")
        error.add_note("two\nlines")
        raise


try:
    work(0)
except ZeroDivisionError as error:
    print(error.__notes__)
    traceback.print_exc()
error = ValueError("x")
for bad in (5, None):
    try:
        error.add_note(bad)
    except TypeError as problem:
        print(problem)
error.__notes__ = "not a list"
print("".join(traceback.format_exception_only(error)))
error.__notes__ = [1, "two"]
print("".join(traceback.format_exception_only(error)))
work(0)
