"""A stranger who alters a bag and makes its manifests fit again, so that only what it says can give it away."""

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any


def rewritten(path: Path, change: Callable[[Any], Any]) -> None:
    """Change a JSON document; what the change returns, if anything, takes its place."""
    content = json.loads(path.read_text("utf-8"))
    changed = change(content)
    path.write_text(json.dumps(content if changed is None else changed), "utf-8")


def made_to_fit(bag: Path) -> None:
    """Write the manifests anew for what lies there now."""
    (bag / "bag-info.txt").write_text("External-Identifier: Q001\n")
    payload = sorted(path for path in (bag / "data").rglob("*") if path.is_file())
    (bag / "manifest-sha256.txt").write_text("".join(_line(bag, path) for path in payload))
    tags = sorted(path for path in bag.iterdir() if path.is_file() and not path.name.startswith("tagmanifest"))
    (bag / "tagmanifest-sha256.txt").write_text("".join(_line(bag, path) for path in tags))


def _line(bag: Path, path: Path) -> str:
    return f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.relative_to(bag).as_posix()}\n"
