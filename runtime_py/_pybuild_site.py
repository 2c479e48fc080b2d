"""The names that `site` gives to builtins; called by their stand-ins (runtime_c/importer/site_names.c) at their first use."""

import builtins

_SETTERS = {
    "exit": "setquit",
    "quit": "setquit",
    "help": "sethelper",
    "copyright": "setcopyright",
    "credits": "setcopyright",
    "license": "setcopyright",
}


def site_name(name, stand_in):
    """The object that `site` would have put into builtins under `name`, in the place of `stand_in` from now on."""
    import site

    before = {other: vars(builtins).get(other) for other, setter in _SETTERS.items() if setter == _SETTERS[name]}
    getattr(site, _SETTERS[name])()
    real = vars(builtins)[name]
    for other, value in before.items():
        if type(value) is not type(stand_in):  # the program had put something else there, or removed it
            if value is None:
                delattr(builtins, other)
            else:
                setattr(builtins, other, value)
    return real
