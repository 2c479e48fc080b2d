"""aiohttp: a server and its client."""

import asyncio

import aiohttp
from aiohttp import web


async def main() -> None:
    """Ask a server of our own."""

    async def answer(request: web.Request) -> web.Response:
        return web.json_response({"a": 1})

    app = web.Application()
    app.router.add_get("/", answer)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    async with aiohttp.ClientSession() as client, client.get(f"http://127.0.0.1:{runner.addresses[0][1]}/") as response:
        await response.text()
    await runner.cleanup()


asyncio.run(main())
