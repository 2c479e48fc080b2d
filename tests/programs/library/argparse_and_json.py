import argparse
import json


def positive(text):
    value = int(text)
    if value <= 0:
        raise argparse.ArgumentTypeError(f"{text} is not positive")
    return value


class Upper(argparse.Action):
    def __call__(self, parser, namespace, values, option_string=None):
        setattr(namespace, self.dest, values.upper())


parser = argparse.ArgumentParser(prog="tool", exit_on_error=False)
parser.add_argument("count", type=positive)
parser.add_argument("--name", action=Upper, default="none")
parser.add_argument("--level", type=lambda s: s * 2, choices=["aa", "bb"])
print(parser.parse_args(["3", "--name", "bob", "--level", "a"]))
for arguments in (["0"], ["x"], ["3", "--level", "q"]):
    try:
        parser.parse_args(arguments)
    except argparse.ArgumentError as error:
        print(error)
try:
    parser.parse_args(["--unknown", "1"])
except SystemExit as error:
    print("exit", error.code)


class Point:
    def __init__(self, x, y):
        self.x, self.y = x, y


def default(o):
    if isinstance(o, Point):
        return {"x": o.x, "y": o.y}
    raise TypeError(f"cannot encode {type(o).__name__}")


def hook(d):
    return Point(**d) if d.keys() == {"x", "y"} else d


text = json.dumps({"p": Point(1, 2.5), "n": None, "big": 2**70, "list": [True, "é"], "nan": float("nan")}, default=default, sort_keys=True)
print(text, json.loads('{"x": 1, "y": 2}', object_hook=hook).x, json.loads("[1.5, 1e400]", parse_float=lambda s: f"<{s}>"), json.dumps([1, [2]], indent=1))
for bad in ("{", '{"a": }', "[1,]", "nul", '"\\x"'):
    try:
        json.loads(bad)
    except json.JSONDecodeError as error:
        print(error)
for bad in (object(), {1, 2}, {(1,): 2}):
    try:
        json.dumps(bad, default=default)
    except TypeError as error:
        print(error)
loop = []
loop.append(loop)
try:
    json.dumps(loop)
except ValueError as error:
    print(error)
