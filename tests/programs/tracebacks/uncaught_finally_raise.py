def risky():
    try:
        return {}["missing"]
    finally:
        [].pop()


def outer():
    try:
        risky()
    except IndexError as error:
        raise RuntimeError("outer") from error.__context__


print("start")
outer()
