"""anyio: both event loops by their names; httpx on top of it."""

import asyncio
import contextlib

import anyio
import httpx


async def main() -> None:
    """A task, a thread."""
    async with anyio.create_task_group() as group:
        group.start_soon(anyio.sleep, 0)
    await anyio.to_thread.run_sync(lambda: 1)


async def ask() -> None:
    """A request that fails."""
    async with httpx.AsyncClient() as client:
        with contextlib.suppress(httpx.HTTPError):
            await client.get("https://127.0.0.1:9/")


anyio.run(main)
anyio.run(main, backend="trio")
asyncio.run(ask())
