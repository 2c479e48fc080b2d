"""A chaos-game fractal over splines (pyperformance: chaos)."""

import hashlib

import bm_chaos
import harness


class _Arguments:
    """What the program's command line would say."""

    thickness = bm_chaos.DEFAULT_THICKNESS
    width = bm_chaos.DEFAULT_WIDTH
    height = bm_chaos.DEFAULT_HEIGHT
    iterations = bm_chaos.DEFAULT_ITERATIONS
    rng_seed = bm_chaos.DEFAULT_RNG_SEED
    filename = None


class _Runner:
    """Takes what `bm_chaos.main` gives to a runner: only `main` knows the splines."""

    def __init__(self):
        self.metadata = {}
        self.game = None

    def bench_func(self, name, function, *arguments):
        """Keep the game that `function` is a method of."""
        self.game = function.__self__


def _game():
    runner = _Runner()
    bm_chaos.main(runner, _Arguments)
    return runner.game


_GAME = _game()
_PICTURES = []


def _keep(picture, name):
    _PICTURES.append(picture)


bm_chaos.write_ppm = _keep


def work():
    """Check: a digest of the picture, which the program would write to a file."""
    _GAME.create_image_chaos(256, 256, 10_000, "picture", 1234)
    return hashlib.sha256(b"".join(map(bytes, _PICTURES.pop()))).hexdigest()


if __name__ == "__main__":
    harness.main(work)
