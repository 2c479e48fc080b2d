# run: gather
# run: failing
# run: subprocess
# run: server
# run: never-awaited
# run: generators
"""asyncio."""

import asyncio
import sys


async def work(n):
    await asyncio.sleep(0)
    return n * n


async def gather():
    print(await asyncio.gather(*(work(n) for n in range(5))))
    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(work(n)) for n in range(3)]
    print([task.result() for task in tasks])
    try:
        async with asyncio.timeout(0.01):
            await asyncio.Event().wait()
    except TimeoutError:
        print("timeout")
    print(await asyncio.to_thread(sum, [1, 2, 3]))


async def failing():
    async with asyncio.TaskGroup() as group:
        group.create_task(work("x"))


async def subprocess():
    process = await asyncio.create_subprocess_exec("sh", "-c", "echo out; exit 3", stdout=asyncio.subprocess.PIPE)
    out, _ = await process.communicate()
    print(out, process.returncode)


async def server():
    async def answer(reader, writer):
        writer.write((await reader.readline()).upper())
        await writer.drain()
        writer.close()

    listening = await asyncio.start_server(answer, "127.0.0.1", 0)
    async with listening:
        reader, writer = await asyncio.open_connection(*listening.sockets[0].getsockname())
        writer.write(b"hello\n")
        print(await reader.readline())
        writer.close()
        await writer.wait_closed()


async def generators():
    async def numbers():
        for n in range(3):
            yield n

    print([n async for n in numbers()])


if sys.argv[1] == "never-awaited":
    work(1)
else:
    asyncio.run(globals()[sys.argv[1]]())
