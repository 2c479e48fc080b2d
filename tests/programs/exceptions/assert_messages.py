def check(value, message=None):
    if message is None:
        assert value
    else:
        assert value, message
    return "passed"


def loud():
    print("message evaluated")
    return "loud"


for value in (1, "x", [0], 0, "", None):
    for message in (None, "text", ("a", 1), 5):
        try:
            print(check(value, message))
        except AssertionError as error:
            print(repr(error), error.args)
assert True, loud()
try:
    assert False, loud()
except AssertionError as error:
    print(error)
AssertionError = KeyError
try:
    assert 0, "shadowed name"
except BaseException as error:
    print(type(error).__name__, error)
assert [1, 2] == [1, 3], f"lists differ: {[1, 2]}"
