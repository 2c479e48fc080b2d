"""The manifest stage: from TOML to the typed manifest of one build.

    find_manifest(start: Path) -> Path
        the nearest pybuild.toml, or pyproject.toml with [tool.pybuild], from `start` upwards
    looked_at(start: Path, found: Path) -> tuple[Path, ...]
        every path that decided it (for the up-to-date check)
    load_manifest(path: Path) -> LoadedManifest
        read and check all sections of the file; UserError with all its errors
    load_rest(path: Path) -> LoadedManifest | None; merge_rest(rest, markers, profile, settings, *, python_known) -> MergedManifest
        what is right of a manifest that is not, to look at what it names
    manifest_for_scripts(runs: Sequence[str], folder: Path) -> LoadedManifest
        the manifest of a build without one: scripts, modules or module:function
    host_markers() -> dict[str, str]
        the system's PEP 508 variables, for `python_setting`
    schema_json() -> str
        the JSON schema of a manifest

    LoadedManifest
        .path: Path | None, .project_dir: Path, .profiles: tuple[str, ...], .warnings: tuple[Diagnostic, ...], .inputs: tuple[Path, ...]
        .python_setting(markers, profile=None, settings=()) -> PythonSetting | None      # .value: str, .origin: Origin
        .merge(markers, profile=None, settings=()) -> MergedManifest
            markers: Interpreter.markers; settings: Sequence[pybuild.request.Setting]

    MergedManifest
        .model: models.Manifest      # frozen; .product .build .entry_point .modules .data .library .compiler .linux
        .path, .project_dir, .warnings, .inputs
        .origin(path) -> Origin      # path: "build.mode" or ("entry-point", 0, "run"): the keys as in TOML
        .place(path) -> Place | None
        .show(origin=False) -> str, .as_toml() -> str

    Origin
        .section: str                # "[build]", "--set", "default"
        .short: str                  # "pybuild.toml:12", "--mode", "default"
        .place, .key_place: Place | None
        str(): "pybuild.toml:12 [build]"

`product.name` and `build.source-roots` are always filled in `model`; `product.version` may still be `VersionAttr` or
`VersionFile`, which need the source roots of the plan to be read.  Names are imported when they are first used: pydantic, tomli and
packaging cost a tenth of a second, which a command that needs no manifest does not pay.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pybuild.manifest.discovery import find_manifest, looked_at
    from pybuild.manifest.load import LoadedManifest, PythonSetting, load_manifest, manifest_for_scripts
    from pybuild.manifest.markers import host_markers
    from pybuild.manifest.merged import MergedManifest
    from pybuild.manifest.origin import Origin
    from pybuild.manifest.salvage import load_rest, merge_rest
    from pybuild.manifest.schema import schema_json

_HOMES = {
    "find_manifest": "discovery",
    "looked_at": "discovery",
    "load_manifest": "load",
    "load_rest": "salvage",
    "manifest_for_scripts": "load",
    "merge_rest": "salvage",
    "LoadedManifest": "load",
    "PythonSetting": "load",
    "host_markers": "markers",
    "MergedManifest": "merged",
    "Origin": "origin",
    "schema_json": "schema",
}

__all__ = [
    "LoadedManifest",
    "MergedManifest",
    "Origin",
    "PythonSetting",
    "find_manifest",
    "host_markers",
    "load_manifest",
    "load_rest",
    "looked_at",
    "manifest_for_scripts",
    "merge_rest",
    "schema_json",
]


def __getattr__(name: str) -> Any:
    """Import a public name's module when it is first asked for (PEP 562)."""
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"{__name__}.{home}"), name)
