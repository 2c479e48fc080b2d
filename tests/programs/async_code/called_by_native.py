import asyncio


class Channel:
    def __init__(self):
        self.items, self.waiting = [], []

    def put(self, x):
        self.items.append(x)
        while self.waiting:
            self.waiting.pop().set_result(None)

    async def get(self):
        while not self.items:
            future = asyncio.get_running_loop().create_future()
            self.waiting.append(future)
            await future
        return self.items.pop(0)


def compute(n):
    return sum(i * i for i in range(n))


async def producer(channel, n):
    for i in range(n):
        channel.put(compute(i))
        await asyncio.sleep(0)
    channel.put(None)


async def consumer(channel):
    out = []
    while (item := await channel.get()) is not None:
        out.append(item)
    return out


def drive(coroutine):
    """A loop of our own."""
    steps = 0
    try:
        while True:
            coroutine.send(None)
            steps += 1
    except StopIteration as stop:
        return stop.value, steps


class Yield:
    def __init__(self, n):
        self.n = n

    def __await__(self):
        for i in range(self.n):
            yield i
        return self.n


async def work(n):
    total = 0
    for i in range(n):
        total += await Yield(i)
    return total


async def main():
    channel = Channel()
    results = await asyncio.gather(producer(channel, 6), consumer(channel))
    loop = asyncio.get_running_loop()
    order = []
    loop.call_soon(order.append, 1)
    loop.call_soon(lambda: order.append(compute(3)))
    await asyncio.sleep(0)
    print(results[1], order, await loop.run_in_executor(None, compute, 5), await asyncio.to_thread(compute, 4))


print(drive(work(5)))
asyncio.run(main())


async def fail():
    await asyncio.sleep(0)
    raise LookupError("from a coroutine")


async def outer():
    return await fail()


asyncio.run(outer())
