import asyncio


async def step(n):
    await asyncio.sleep(0)
    return 10 // n


async def main():
    results = [await step(n) for n in (2, 1, 0)]
    return results


print("start")
asyncio.run(main())
