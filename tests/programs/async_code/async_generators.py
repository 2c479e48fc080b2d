import asyncio


async def ticker(n):
    for i in range(n):
        yield i
        await asyncio.sleep(0)


async def consume(n):
    total = 0
    async for x in ticker(n):
        total += x
        if x == 3:
            continue
        if x > 5:
            break
    return total


class Pool:
    def __init__(self):
        self.log = []

    async def __aenter__(self):
        self.log.append("enter")
        return self

    async def __aexit__(self, kind, value, tb):
        self.log.append(kind.__name__ if kind else "clean")
        return kind is KeyError

    async def work(self, x):
        if x < 0:
            raise KeyError(x)
        return x * 2


async def use(values):
    pool = Pool()
    results = []
    for v in values:
        async with pool as p:
            results.append(await p.work(v))
    return results, pool.log


async def main():
    print(await consume(4), await consume(10), await use([1, -1, 2.5]))
    print([x * 2 async for x in ticker(3) if x], sum([x async for x in ticker(4)]), {x: [y async for y in ticker(x)] for x in range(3)})
    g = (x async for x in ticker(2))
    print(await anext(g), await anext(g), await anext(g, "default"))
    lock, order = asyncio.Lock(), []

    async def worker(name):
        async with lock:
            order.append((name, "in"))
            await asyncio.sleep(0)
            order.append((name, "out"))

    await asyncio.gather(*(worker(i) for i in range(3)))
    print(order)
    queue = asyncio.Queue()
    producer = asyncio.create_task(put_all(queue))
    print([await queue.get() for _ in range(3)])
    await producer
    try:
        async with asyncio.timeout(0.001):
            await asyncio.sleep(5)
    except TimeoutError:
        print("timed out")


async def put_all(queue):
    for i in range(3):
        await queue.put(i)


asyncio.run(main())
