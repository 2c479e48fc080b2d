"""Many tasks that wait for tasks (pyperformance: async_tree, no input and output)."""

import asyncio

import bm_async_tree
import harness


class Tree(bm_async_tree.NoneAsyncTree):
    """Counts its leaves."""

    leaves = 0

    async def workload_func(self):
        """A leaf."""
        self.leaves += 1


async def grow():
    """The tree with gather."""
    tree = Tree()
    await tree.recurse_with_gather(5)
    return tree.leaves


def work():
    """Check: the number of leaves."""
    return asyncio.run(grow())


if __name__ == "__main__":
    harness.main(work)
