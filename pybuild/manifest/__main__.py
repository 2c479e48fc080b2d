"""Write what is generated from the models into a checkout: `python -m pybuild.manifest`."""

from __future__ import annotations

from pathlib import Path

from pybuild.manifest.reference import reference_markdown
from pybuild.manifest.schema import schema_json

GENERATED = {"schema/pybuild.schema.json": schema_json, "docs/reference/manifest.md": reference_markdown}


def write(checkout: Path) -> list[Path]:
    """Write all generated files below `checkout`; returns those that changed."""
    changed = []
    for name, make in GENERATED.items():
        path = checkout / name
        text = make()
        if not path.is_file() or path.read_text(encoding="utf-8") != text:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
            changed.append(path)
    return changed


if __name__ == "__main__":
    for path in write(Path(__file__).parents[2]):
        print(f"wrote {path}")
