"""Blocks about objects and control: classes, dataclasses, exceptions, closures, generators, command lines.

Goes in: a random source.  Comes out: `Block` values; see `blocks`.
"""

from __future__ import annotations

import random

from benchmarks.mixed.blocks import VERBS, Block, block, indented


def dataclass(rng: random.Random, noun: str, tag: str) -> Block:
    """A dataclass with a property, methods and an order."""
    return block(
        '''
        @dataclasses.dataclass
        class $Noun$tag:
            """One $noun."""

            name: str = "$noun-$a"
            amount: int = $b
            rate: float = $c
            tags: list = dataclasses.field(default_factory=list)

            def add(self, *tags, unique=True):
                """Note tags; one that is there already is an error."""
                for tag in tags:
                    if unique and tag in self.tags:
                        raise ValueError(f"{self.name} has {tag!r} already, of {len(self.tags)} tags")
                    self.tags.append(tag)
                return self

            @property
            def weight(self):
                """What it counts for."""
                return sum(len(tag) for tag in self.tags) * $d + self.amount

            @classmethod
            def parse(cls, text):
                """From `name:amount`."""
                name, _, amount = text.partition(":")
                return cls(name, int(amount or $b))

            def __lt__(self, other):
                if not isinstance(other, $Noun$tag):
                    return NotImplemented
                return (self.weight, self.name) < (other.weight, other.name)
        ''',
        "min($Noun$tag().add('x', 'yy'), $Noun$tag.parse('b:$a'), $Noun$tag(amount=$d)).weight",
        noun=noun, Noun=noun.title(), tag=tag, a=rng.randrange(999), b=rng.randrange(99), c=rng.randrange(90) / 10, d=rng.randrange(2, 9),
    )  # fmt: skip


def hierarchy(rng: random.Random, noun: str, tag: str) -> Block:
    """A base class and two that override it."""
    return block(
        '''
        class Base$Noun$tag:
            """What all of them can."""

            limit = $a

            def __init__(self, size, parent=None):
                self.size = size
                self.parent = parent
                self._cost = None

            def cost(self):
                """Computed once."""
                if self._cost is None:
                    self._cost = self.compute() + (self.parent.cost() if self.parent is not None else 0)
                return self._cost

            def compute(self):
                raise NotImplementedError

            def __repr__(self):
                return f"{type(self).__name__}({self.size})"


        class Light$Noun$tag(Base$Noun$tag):
            """Costs by size."""

            def compute(self):
                return self.size * $b if self.size < self.limit else self.limit * $b + self.size


        class Heavy$Noun$tag(Light$Noun$tag):
            """Costs more, and a fee."""

            limit = $c

            def __init__(self, size, parent=None, *, fee=$d):
                super().__init__(size, parent)
                self.fee = fee

            def compute(self):
                return super().compute() * 2 + self.fee
        ''',
        "Heavy$Noun$tag($d, Light$Noun$tag($b)).cost() + len(repr(Heavy$Noun$tag(1, fee=2)))",
        noun=noun, Noun=noun.title(), tag=tag, a=rng.randrange(5, 40), b=rng.randrange(2, 30), c=rng.randrange(5, 40),
        d=rng.randrange(1, 50),
    )  # fmt: skip


def exceptions(rng: random.Random, noun: str, tag: str) -> Block:
    """An exception class, and all clauses of try."""
    return block(
        '''
        class ${Noun}Error$tag(Exception):
            """Something is wrong with a $noun."""

            def __init__(self, reason, *, code=$a):
                super().__init__(reason)
                self.code = code


        def ${verb}_${noun}_safely_$tag(items):
            """Go through `items`, and note what goes wrong."""
            errors = []
            done = 0
            for index, item in enumerate(items):
                try:
                    if item is None:
                        raise ${Noun}Error$tag("nothing there", code=index)
                    value = $b // (item - $c)
                    text = ["a", "b", "c"][value % 5]
                except ZeroDivisionError:
                    errors.append(-1)
                    continue
                except (IndexError, KeyError) as error:
                    errors.append(len(str(error)))
                except ${Noun}Error$tag as error:
                    errors.append(error.code)
                    if error.code > $d:
                        break
                else:
                    done += len(text)
                finally:
                    done += 1
            try:
                try:
                    int("$noun")
                except ValueError as error:
                    raise ${Noun}Error$tag("not a number") from error
            except ${Noun}Error$tag as error:
                errors.append(error.code + (error.__cause__ is not None))
            return done * 10 + sum(errors)
        ''',
        "${verb}_${noun}_safely_$tag([1, 2, None, $c, 7, 9, 30, None, 4, 5])",
        noun=noun, Noun=noun.title(), tag=tag, verb=rng.choice(VERBS), a=rng.randrange(99), b=rng.randrange(20, 200),
        c=rng.randrange(3, 40), d=rng.randrange(2, 9),
    )  # fmt: skip


def closures(rng: random.Random, noun: str, tag: str) -> Block:
    """A decorator, a counter with nonlocal, lambdas in a table."""
    return block(
        '''
        def ${noun}_counter_$tag(step=$a):
            """Two functions about one number."""
            count = 0
            history = []

            def add(times=1):
                nonlocal count
                count += step * times
                history.append(count)
                return count

            def report():
                return count + sum(history[-$b:])

            return add, report


        def twice_$tag(function):
            """Call it again with its own result."""

            @functools.wraps(function)
            def wrapped(value, *args, **options):
                return function(function(value, *args, **options), *args, **options)

            return wrapped


        @twice_$tag
        def shift_${noun}_$tag(value, by=$c, *, sign=1):
            """Moved by `by`."""
            return value + by * sign


        ${upper}_ACTIONS_$tag = {
            "double": lambda value: value * 2,
            "square": lambda value: value * value % $d,
            "shift": lambda value: shift_${noun}_$tag(value, sign=-1),
        }


        def run_${noun}_actions_$tag(names, value=$b):
            """One action after the other."""
            add, report = ${noun}_counter_$tag()
            for name in names:
                value = ${upper}_ACTIONS_$tag[name](value)
                add(value % 3)
            return value + report()
        ''',
        "run_${noun}_actions_$tag(['double', 'shift', 'square', 'double', 'shift'])",
        noun=noun, tag=tag, upper=noun.upper(), a=rng.randrange(1, 9), b=rng.randrange(1, 9), c=rng.randrange(1, 60),
        d=rng.randrange(90, 999),
    )  # fmt: skip


def generators(rng: random.Random, noun: str, tag: str) -> Block:
    """A pipeline of generators and a context manager."""
    return block(
        '''
        def read_${noun}s_$tag(number):
            """Numbers, one after the other."""
            state = $a
            for _ in range(number):
                state = (state * $b + 1) % $c
                yield state


        def even_${noun}s_$tag(numbers, *, skip=$d):
            """Those that are even, but for the first ones."""
            for number in numbers:
                if number % 2:
                    continue
                if skip:
                    skip -= 1
                else:
                    yield number


        @contextlib.contextmanager
        def ${noun}_log_$tag(lines):
            """Notes a beginning and an end."""
            lines.append("begin")
            try:
                yield lines
            finally:
                lines.append("end")


        def total_${noun}s_$tag(number):
            """The sum, through all of them."""
            lines = []
            with ${noun}_log_$tag(lines) as log:
                total = sum(value >> 1 for value in even_${noun}s_$tag(read_${noun}s_$tag(number)))
                log.append(f"total {total}")
            return total % 9973 + len(lines)
        ''',
        "total_${noun}s_$tag(60)",
        noun=noun, tag=tag, a=rng.randrange(99), b=rng.randrange(3, 99), c=rng.randrange(101, 999), d=rng.randrange(4),
    )  # fmt: skip


def command_line(rng: random.Random, noun: str, tag: str) -> Block:
    """A parser of arguments and the command behind it."""
    words = rng.sample(("depth", "width", "level", "count", "size", "retries", "port", "rounds"), rng.randrange(2, 6))
    options = [f'parser.add_argument("--{word}", type=int, default={rng.randrange(50)}, help="the {word} of the {noun}")' for word in words]
    return block(
        '''
        def ${noun}_parser_$tag():
            """The arguments of `$noun`."""
            parser = argparse.ArgumentParser(prog="$noun", description="Work on a $noun.", add_help=False)
            parser.add_argument("names", nargs="*", metavar="NAME", help="what to work on")
            parser.add_argument("-v", "--verbose", action="count", default=0, help="say more")
            parser.add_argument("--mode", choices=("fast", "safe", "dry"), default="$mode")
            $options
            return parser


        def ${noun}_main_$tag(argv=None):
            """Run the command; the exit status is an int."""
            options = ${noun}_parser_$tag().parse_args(argv)
            status = options.verbose
            if options.mode == "dry":
                print(f"would work on {', '.join(options.names) or 'nothing'}") if options.verbose > 5 else None
                return 1
            for name in options.names:
                match name.split(":"):
                    case [single]:
                        status += len(single) * options.$word
                    case ["skip", _]:
                        continue
                    case [kind, text] if text.isdigit():
                        status += int(text) + len(kind)
                    case [kind, *rest]:
                        status -= len(rest)
                    case _:
                        raise ValueError(name)
            return status
        ''',
        "${noun}_main_$tag(['-vv', '--$word', '$value', 'one', 'skip:x', 'kind:12', 'a:b:c'])",
        noun=noun, tag=tag, mode=rng.choice(("fast", "safe", "dry")), options=indented(options, 4), word=words[0], value=rng.randrange(99),
    )  # fmt: skip


def machine(rng: random.Random, noun: str, tag: str) -> Block:
    """A class with a table of states, slots, an enumeration."""
    return block(
        '''
        class ${Noun}State$tag(enum.Enum):
            """Where a $noun is."""

            NEW = "new"
            READY = "ready"
            BUSY = "busy"
            DONE = "done"


        class ${Noun}Machine$tag:
            """Moves through the states by events."""

            __slots__ = ("count", "events", "state")
            moves = {
                (${Noun}State$tag.NEW, "load"): ${Noun}State$tag.READY,
                (${Noun}State$tag.READY, "start"): ${Noun}State$tag.BUSY,
                (${Noun}State$tag.BUSY, "stop"): ${Noun}State$tag.READY,
                (${Noun}State$tag.BUSY, "end"): ${Noun}State$tag.DONE,
            }

            def __init__(self):
                self.state = ${Noun}State$tag.NEW
                self.events = []
                self.count = 0

            def on_start(self, amount):
                self.count += amount * $a

            def on_end(self, amount):
                self.count -= amount // $b

            def feed(self, event, amount=1):
                """One event; whether it was allowed."""
                following = self.moves.get((self.state, event))
                if following is None:
                    self.events.append((self.state.value, event))
                    return False
                handler = getattr(self, f"on_{event}", None)
                if handler is not None:
                    handler(amount)
                self.state = following
                return True

            def __len__(self):
                return len(self.events)


        def drive_${noun}_$tag(events):
            """What a machine has counted in the end."""
            machine = ${Noun}Machine$tag()
            allowed = [event for number, event in enumerate(events) if machine.feed(event, number * $c)]
            return machine.count + len(machine) * 100 + len(allowed)
        ''',
        "drive_${noun}_$tag(['start', 'load', 'start', 'stop', 'start', 'load', 'end'])",
        noun=noun, Noun=noun.title(), tag=tag, a=rng.randrange(2, 20), b=rng.randrange(2, 6), c=rng.randrange(1, 30),
    )  # fmt: skip


MAKERS = (dataclass, dataclass, hierarchy, exceptions, closures, generators, command_line, machine)
