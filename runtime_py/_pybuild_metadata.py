"""importlib.metadata for the embedded distributions."""

from importlib.metadata import Distribution, Prepared

import _pybuild
from _pybuild_resources import EmbeddedPath


def find_distributions(context):
    """The embedded distributions that `context` (an importlib.metadata.DistributionFinder.Context, or None) asks for."""
    folder = EmbeddedPath(_pybuild.program_dir)
    if context is not None and "path" in vars(context) and str(folder) not in map(str, context.path):
        return
    prepared = Prepared(getattr(context, "name", None))
    for name in _pybuild.distributions():
        if not prepared or _normalized(name) == prepared.normalized:
            yield EmbeddedDistribution(folder / name)


def _normalized(folder):
    """The normalised project name in "Name-version.dist-info" or "Name.egg-info"."""
    return Prepared.normalize(folder.rpartition(".")[0].partition("-")[0])


class EmbeddedDistribution(Distribution):
    """A distribution whose metadata is in the program."""

    def __init__(self, path):
        self._path = path  # where the folder would lie

    def read_text(self, filename):
        content = _pybuild.metadata(self._path.name, str(filename))
        return None if content is None else content.decode("utf-8")

    def locate_file(self, path):
        return self._path.parent / path
