import asyncio


async def add(a, b):
    await asyncio.sleep(0)
    return a + b


async def chain(n):
    return n if n == 0 else await chain(n - 1) + 1


class Awaitable:
    def __await__(self):
        x = yield from asyncio.sleep(0).__await__()
        return "awaited"


class Manager:
    async def __aenter__(self):
        print("aenter")
        return self

    async def __aexit__(self, *details):
        print("aexit", details[0])
        return True


class Range:
    def __init__(self, n):
        self.n = n

    def __aiter__(self):
        self.i = 0
        return self

    async def __anext__(self):
        if self.i >= self.n:
            raise StopAsyncIteration
        self.i += 1
        return self.i


async def agen(n):
    try:
        for i in range(n):
            await asyncio.sleep(0)
            got = yield i
            if got:
                print("got", got)
    finally:
        print("agen closed")


async def main():
    print(await add(1, 2.5), await chain(20), await Awaitable())
    async with Manager() as m:
        raise ValueError
    print([x async for x in Range(3)], {x: y async for x, y in pairs()}, [await add(x, 1) for x in range(3)])
    async for x in agen(3):
        print(x)
        if x == 1:
            break
    else:
        print("never")
    g = agen(5)
    print(await g.asend(None), await g.asend("hi"))
    await g.aclose()
    print(await asyncio.gather(add(1, 2), add("a", "b"), fails(), return_exceptions=True))
    try:
        await fails()
    except ZeroDivisionError as error:
        print(error)
    try:
        await asyncio.wait_for(asyncio.sleep(10), 0.001)
    except TimeoutError:
        print("timeout")
    task = asyncio.create_task(forever())
    await asyncio.sleep(0)
    task.cancel()
    try:
        await task
    except asyncio.CancelledError:
        print("cancelled", task.cancelled())
    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(add(i, i)) for i in range(3)]
    print([t.result() for t in tasks])
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(fails())
    except* ZeroDivisionError as errors:
        print(errors.exceptions)
    for bad in (lambda: with_(5), lambda: for_(5), lambda: await_(5)):
        try:
            await bad()
        except TypeError as error:
            print(error)


async def pairs():
    yield 1, 2
    yield 3, 4


async def fails():
    return 1 / 0


async def forever():
    try:
        while True:
            await asyncio.sleep(0)
    finally:
        print("forever ends")


async def with_(x):
    async with x:
        pass


async def for_(x):
    async for _ in x:
        pass


async def await_(x):
    await x


asyncio.run(main())
c = add(1, 2)
try:
    c.send(5)
except TypeError as error:
    print(error)
c.close()
try:
    next(iter(agen(1)))
except TypeError as error:
    print(error)
add(1, 2)
print("end")
