real = "real"
value = "first"


def __getattr__(name):
    if name.startswith("computed"):
        return f"<{name}>"
    raise AttributeError(f"nothing called {name}")


def __dir__():
    return ["a", "listed"]


def use_own():
    try:
        return computed_inside
    except NameError as error:
        return str(error)
