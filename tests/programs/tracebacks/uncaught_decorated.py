import functools


def logged(function):
    @functools.wraps(function)
    def wrapper(*args, **kwargs):
        print("calling", function.__name__)
        return function(*args, **kwargs)

    return wrapper


def twice(function):
    return lambda *args: function(*args) + function(*args)


@twice
@logged
def area(width, height):
    return width * heigth


area(3, 4)
