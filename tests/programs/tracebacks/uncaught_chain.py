def load(path):
    try:
        return open(path)
    except OSError as error:
        raise RuntimeError(f"cannot load {path}") from error


def configure():
    try:
        return load("/does/not/exist")
    except RuntimeError:
        return {}["default"]


print("start")
try:
    configure()
finally:
    print("cleaning")
