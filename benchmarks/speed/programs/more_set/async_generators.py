"""A tree walked by `async for` (pyperformance: async_generators)."""

import asyncio

import bm_async_generators
import harness


async def walk():
    """The sum over the tree."""
    total = 0
    async for value in bm_async_generators.tree(range(30_000)):
        total += value
    return total


def work():
    """Check: the sum."""
    return asyncio.run(walk())


if __name__ == "__main__":
    harness.main(work)
