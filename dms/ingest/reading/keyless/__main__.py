"""Start of a keyless child: make the package importable without opening the doors above it, confine, serve.

The packages above (`dms.ingest`) import the catalogue and the vault at their door. A child has no business with
either, so it enters them as bare folders: code that was never loaded cannot be turned against us.
"""

import sys
from pathlib import Path
from types import ModuleType

_ROOT = Path(__file__).resolve().parents[4]


def _enter_without_opening(name: str) -> None:
    package = ModuleType(name)
    package.__path__ = [str(_ROOT.joinpath(*name.split(".")))]
    sys.modules[name] = package


if __name__ == "__main__":
    sys.path.insert(0, str(_ROOT))
    sys.modules["cryptography"] = None  # type: ignore[assignment]  # pypdf takes ciphers if it can; a reader needs none
    for _name in ("dms.ingest", "dms.ingest.reading"):
        _enter_without_opening(_name)
    if sys.argv[1:] == ["bare"]:
        from dms.ingest.reading.keyless.bare import serve_bare_reading

        serve_bare_reading()
    elif sys.argv[1:] == ["stamp"]:
        from dms.ingest.reading.keyless.stamping import serve_stamping

        serve_stamping()
    else:
        from dms.ingest.reading.keyless.serving import serve_standard_streams

        serve_standard_streams()
