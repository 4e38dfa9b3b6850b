"""Archives that an earlier version wrote, unpacked where a test may do with them what it likes."""

import json
import tarfile
from pathlib import Path

FIRST = Path(__file__).parents[1] / "archives" / "format-1"


def unpacked(folder: Path) -> Path:
    """The home of a copy of the first archive."""
    with tarfile.open(FIRST / "archive.tar.gz") as packed:
        packed.extractall(folder, filter="data")
    return folder / "archive"


def passphrase() -> str:
    """What opens it."""
    return str(json.loads((FIRST / "facts.json").read_text(encoding="utf-8"))["passphrase"])


def objects_in(home: Path) -> dict[str, bytes]:
    """What lies in the vault, by name."""
    return {path.name: path.read_bytes() for path in (home / "vault").rglob("*") if path.is_file()}
