def averager():
    total = count = 0
    average = None
    while True:
        try:
            x = yield average
        except ValueError as error:
            average = f"bad: {error}"
            continue
        if x is None:
            return total, count
        total += x
        count += 1
        average = total / count


def run(values):
    g = averager()
    next(g)
    out = []
    for v in values:
        try:
            out.append(g.throw(v) if isinstance(v, Exception) else g.send(v))
        except StopIteration as stop:
            out.append(("stop", stop.value))
            break
        except TypeError as error:
            out.append(str(error))
            break
    return out


print(run([1, 2, 3.5]), run([1, ValueError("x"), 5]), run([2**64, None, 1]), run(["s"]), run([TypeError("through")]))


def scheduler(tasks):
    queue, log = list(tasks), []
    while queue:
        task = queue.pop(0)
        try:
            log.append(next(task))
            queue.append(task)
        except StopIteration as stop:
            log.append(("done", stop.value))
        except ZeroDivisionError:
            log.append("crashed")
    return log


def task(name, n):
    for i in range(n):
        yield name, i
    return name


def crashing():
    yield "before"
    1 / 0


print(scheduler([task("a", 2), crashing(), task("b", 1)]))


def tree_walk(tree):
    if isinstance(tree, list):
        for branch in tree:
            yield from tree_walk(branch)
    else:
        got = yield tree
        if got:
            yield ("got", got)


g = tree_walk([1, [2, [3]], 4])
print(next(g), g.send("hello"), list(g))
