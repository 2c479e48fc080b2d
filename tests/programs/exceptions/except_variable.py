def gone():
    error = "before"
    try:
        raise ValueError("x")
    except ValueError as error:
        pass
    try:
        return error
    except UnboundLocalError as problem:
        return str(problem)


def deleted_inside():
    try:
        raise ValueError("x")
    except ValueError as error:
        del error
    return "fine"


def reassigned():
    try:
        raise ValueError("x")
    except ValueError as error:
        error = 5
        kept = error
    return kept, "error" in locals()


def matching():
    for kind in (ValueError, KeyError, UnicodeError, LookupError, OSError):
        try:
            try:
                raise kind("m")
            except (KeyError, UnicodeError) as e:
                print("first", repr(e))
            except ValueError as e:
                print("second", repr(e))
            except LookupError:
                print("third")
        except Exception as e:
            print("outside", repr(e))


print(gone(), deleted_inside(), reassigned())
matching()
try:
    raise ValueError("module")
except ValueError as module_error:
    pass
try:
    module_error
except NameError as error:
    print(error)
for bad in (5, "x", (ValueError, 3), None, object):
    try:
        try:
            raise ValueError("v")
        except bad:
            print("caught")
    except TypeError as error:
        print(error, repr(error.__context__))
try:
    try:
        pass
    except 5:
        print("never evaluated")
finally:
    print("ok")
