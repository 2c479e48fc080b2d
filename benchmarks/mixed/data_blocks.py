"""Blocks about data: numbers in loops, strings, dictionaries and lists, comprehensions, tables, bits.

Goes in: a random source.  Comes out: `Block` values; see `blocks`.
"""

from __future__ import annotations

import random

from benchmarks.mixed.blocks import VERBS, Block, block, indented


def loops(rng: random.Random, noun: str, tag: str) -> Block:
    """Integers and floats in nested loops with branches."""
    branches = []
    for number in range(rng.randrange(1, 4)):
        branches += [f"elif value % {rng.randrange(3, 11)} == {number}:", f"    total -= value * {rng.randrange(2, 9)} + index"]
    return block(
        '''
        def ${verb}_${noun}_values_$tag(values, scale=$a, *, limit=$b):
            """Sum what is found in `values`, at most `limit` of them, weighted by `scale`."""
            total = $c
            average = 0.0
            for index, value in enumerate(values[:limit]):
                if (value + index) % $d == 0:
                    total += value * scale - $e
                $branches
                else:
                    total ^= index + $f
                average += (value - average) / (index + 1)
            rest = total
            while rest > $g:
                rest //= 2
                if rest % $h == 3:
                    break
            else:
                total += 1
            return total % 100003 + int(average * $a) + rest
        ''',
        "${verb}_${noun}_values_$tag(list(range($f, $f + 40)), limit=30)",
        verb=rng.choice(VERBS), noun=noun, tag=tag, branches=indented(branches, 8), a=rng.randrange(2, 60), b=rng.randrange(20, 90),
        c=rng.randrange(90), d=rng.randrange(2, 7), e=rng.randrange(50), f=rng.randrange(50), g=rng.randrange(5, 90), h=rng.randrange(4, 8),
    )  # fmt: skip


def strings(rng: random.Random, noun: str, tag: str) -> Block:
    """Parsing and formatting of text."""
    return block(
        '''
        def parse_${noun}_$tag(text, separator="$separator"):
            """Read `key=value` pairs; a value in quotes keeps its blanks, a number becomes one."""
            fields = {}
            for number, part in enumerate(text.split(separator), start=1):
                part = part.strip()
                if not part or part.startswith("#"):
                    continue
                key, found, value = part.partition("=")
                if not found:
                    raise ValueError(f"part {number}: no '=' in {part!r}")
                key = key.strip().lower().replace("-", "_")
                value = value.strip()
                if len(value) >= 2 and value[0] == value[-1] == '"':
                    value = value[1:-1]
                elif value.isdigit():
                    value = int(value)
                elif value.lower() in ("yes", "no"):
                    value = value.lower() == "yes"
                fields[key] = value
            return fields


        def show_${noun}_$tag(fields, width=$width):
            """The same as aligned text."""
            lines = []
            for key in sorted(fields):
                value = fields[key]
                shown = f"{value:>{width},d}" if type(value) is int else f"{value!s:>{width}.$cut}"
                lines.append(f"{key.title():<12}|{shown}|")
            return "\\n".join(lines) + f"\\n{len(lines):03d} $noun{'s' if len(lines) != 1 else ''}"
        ''',
        "len(show_${noun}_$tag(parse_${noun}_$tag('Name=\"$noun $width\"$separator count = $count$separator # no${separator}open=yes')))",
        noun=noun, tag=tag, separator=rng.choice(";|,"), width=rng.randrange(12, 30), cut=rng.randrange(6, 12), count=rng.randrange(10**6),
    )  # fmt: skip


def grouping(rng: random.Random, noun: str, tag: str) -> Block:
    """Dictionaries of lists, counting, sorting by keys."""
    return block(
        '''
        def group_${noun}s_$tag(rows, key="$key"):
            """Rows by the value of `key`, the largest group first, with what they cost together."""
            groups = {}
            counts = collections.Counter()
            for row in rows:
                groups.setdefault(row[key], []).append(row)
                counts[row["kind"]] += row.get("amount", 1)
            ordered = sorted(groups.items(), key=lambda item: (-len(item[1]), str(item[0])))
            result = []
            for name, members in ordered:
                amounts = [member["amount"] for member in members if member["amount"] > $least]
                result.append({
                    "name": name,
                    "members": len(members),
                    "sum": sum(amounts),
                    "largest": max(amounts, default=0),
                    "share": round(sum(amounts) / (counts.total() or 1), 4),
                })
            del ordered
            return result, counts.most_common($common)


        def rows_for_${noun}_$tag(number):
            """Made-up rows."""
            return [
                {"id": n, "kind": "$kinds"[n % 7], "place": n % $places, "amount": n * $factor % 101}
                for n in range(number)
            ]
        ''',
        "sum(group['sum'] for group in group_${noun}s_$tag(rows_for_${noun}_$tag(40))[0])",
        noun=noun, tag=tag, key=rng.choice(("kind", "place")), least=rng.randrange(30), common=rng.randrange(1, 4),
        kinds="".join(rng.choices("abcdefg", k=7)), places=rng.randrange(2, 9), factor=rng.randrange(3, 60),
    )  # fmt: skip


def comprehensions(rng: random.Random, noun: str, tag: str) -> Block:
    """All kinds of comprehensions, nested and with conditions."""
    return block(
        '''
        def ${noun}_matrix_$tag(size):
            """Rows, columns and what is above the diagonal."""
            rows = [[(x * $a + y * $b) % $c for x in range(size)] for y in range(size)]
            columns = [list(column) for column in zip(*rows)]
            squares = {value: value * value for row in rows for value in row if value % 2}
            seen = {min(row) for row in rows} | {max(column) for column in columns}
            upper = sum(rows[y][x] for y in range(size) for x in range(size) if x > y)
            first, *middle, last = [row[0] for row in rows]
            if any(value < 0 for value in middle) or not all(isinstance(value, int) for value in seen):
                return -1
            return upper + sum(squares.values()) % $d + len(seen) + first - last
        ''',
        "${noun}_matrix_$tag($size)",
        noun=noun, tag=tag, a=rng.randrange(2, 30), b=rng.randrange(2, 30), c=rng.randrange(31, 90), d=rng.randrange(90, 990),
        size=rng.randrange(5, 12),
    )  # fmt: skip


def table(rng: random.Random, noun: str, tag: str) -> Block:
    """A table of constants and what reads it."""
    rows = [
        f'("{noun}-{number}", {rng.randrange(1000)}, {rng.randrange(100) / 10}, {rng.choice(("True", "False", "None"))}),'
        for number in range(rng.randrange(6, 20))
    ]
    return block(
        '''
        ${upper}_TABLE_$tag = (
            $rows
        )


        def find_${noun}_$tag(least):
            """The first row with at least `least`, and how many are flagged."""
            flagged = 0
            found = None
            for name, number, weight, flag in ${upper}_TABLE_$tag:
                if flag is None:
                    continue
                flagged += flag
                if found is None and number * weight >= least:
                    found = name
            return found, flagged
        ''',
        "find_${noun}_$tag($least)[1]",
        noun=noun, tag=tag, upper=noun.upper(), rows=indented(rows, 4), least=rng.randrange(5000),
    )  # fmt: skip


def bits(rng: random.Random, noun: str, tag: str) -> Block:
    """Bytes, bit operations, a checksum."""
    return block(
        '''
        def ${noun}_checksum_$tag(data, start=$start):
            """A checksum in the manner of Fletcher, with 16 bits each."""
            low, high = start & 0xFFFF, start >> 16
            for byte in data:
                low = (low + byte * $factor) & 0xFFFF
                high = (high ^ (low << ($shift & 7))) & 0xFFFFFF
                if high & 0x800000:
                    high = ~high & 0xFFFF
            return (high << 16 | low) % $modulus


        def pack_${noun}_$tag(numbers):
            """Numbers as variable-length bytes, seven bits in each."""
            out = bytearray()
            for number in numbers:
                while number > 0x7F:
                    out.append(number & 0x7F | 0x80)
                    number >>= 7
                out.append(number)
            return bytes(out)
        ''',
        "${noun}_checksum_$tag(pack_${noun}_$tag(range($start, $start + 3000, 211)))",
        noun=noun, tag=tag, start=rng.randrange(1, 9999), factor=rng.randrange(3, 99), shift=rng.randrange(1, 7),
        modulus=rng.randrange(1000, 99999),
    )  # fmt: skip


def searching(rng: random.Random, noun: str, tag: str) -> Block:
    """A queue, a graph as a dictionary, recursion with a cache."""
    return block(
        '''
        def ${noun}_distances_$tag(size, step=$step):
            """The shortest ways from 0 in a graph of `size` places."""
            graph = {place: [(place * 2 + 1) % size, (place + step) % size] for place in range(size)}
            graph[0].append(size - 1)
            distance = {0: 0}
            queue = collections.deque([0])
            while queue:
                place = queue.popleft()
                for other in graph[place]:
                    if other not in distance:
                        distance[other] = distance[place] + 1
                        queue.append(other)
            return distance


        @functools.lru_cache(maxsize=None)
        def ${noun}_ways_$tag(x, y):
            """In how many ways one comes to a field."""
            if x == 0 or y == 0:
                return 1
            if (x * $a + y) % $b == 0:
                return 0
            return (${noun}_ways_$tag(x - 1, y) + ${noun}_ways_$tag(x, y - 1)) % 1000007
        ''',
        "sum(${noun}_distances_$tag($size).values()) + ${noun}_ways_$tag(9, 8)",
        noun=noun, tag=tag, step=rng.randrange(2, 9), a=rng.randrange(2, 9), b=rng.randrange(5, 12), size=rng.randrange(20, 60),
    )  # fmt: skip


MAKERS = (loops, loops, strings, grouping, comprehensions, table, bits, searching)
