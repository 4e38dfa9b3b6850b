"""The form of a bag (RFC 8493): its declaration, its information, its manifests; and of which bags we understand.

Invariant: a path that comes out of `parsed_manifest` lies inside the bag: relative, without ``..``, without anything
that some system would take for a root, a drive or another stream.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping

VERSION = "1.0"
READABLE_VERSIONS = frozenset({"0.97", VERSION})
"""Both mean the same for what we make; other programs still write the older one."""
DECLARATION = "bagit.txt"
INFORMATION = "bag-info.txt"
MANIFEST = "manifest-sha256.txt"
TAG_MANIFEST = "tagmanifest-sha256.txt"
FETCH = "fetch.txt"
PAYLOAD = "data"
MOST_PARTS = 16
"""Folders in folders, more than any bag of ours has; a bound against one that goes down without end."""
OXUM = "Payload-Oxum"

_LINE = re.compile(r"([0-9a-fA-F]{64})[ \t]+(\S.*)")
_DECLARED = re.compile(r"\ufeff?BagIt-Version: ?(\d+\.\d+)\s*\nTag-File-Character-Encoding: ?(\S+)\s*")
_ESCAPES = {"%": "%25", "\n": "%0A", "\r": "%0D"}
_ESCAPED = re.compile(r"%(25|0[ADad])")
_FOREIGN = frozenset('\\:*?"<>|')
"""Characters that some systems give a meaning of their own; we write none of them, and take none."""


class ManifestUnusable(ValueError):
    """A line of a manifest is none, names a place outside the bag, or names a place twice; says which."""


def declaration() -> bytes:
    """The content of ``bagit.txt`` (§2.1.1)."""
    return f"BagIt-Version: {VERSION}\nTag-File-Character-Encoding: UTF-8\n".encode()


def declared(text: str) -> tuple[str, str] | None:
    """Version and character encoding as ``bagit.txt`` states them; None where the text is no declaration."""
    match = _DECLARED.fullmatch(text.replace("\r\n", "\n"))
    return (match[1], match[2].upper()) if match else None


def information(facts: Mapping[str, str]) -> bytes:
    """The content of ``bag-info.txt`` (§2.2.2): one line a fact."""
    return "".join(f"{name}: {' '.join(value.split())}\n" for name, value in facts.items()).encode()


def parsed_information(text: str) -> dict[str, str]:
    """The facts of ``bag-info.txt``; a line that begins with white space goes on with the one before."""
    unfolded = re.sub(r"\r?\n[ \t]+", " ", text)
    pairs = (line.partition(":") for line in unfolded.splitlines() if ":" in line)
    return {name.strip(): value.strip() for name, _, value in pairs}


def manifest(digests: Iterable[tuple[str, str]]) -> bytes:
    """The content of a manifest (§2.1.3) of pairs of path and SHA-256 in hex, in the order of the paths."""
    lines = (f"{digest}  {_escaped(path)}\n" for path, digest in sorted(digests))
    return "".join(lines).encode()


def parsed_manifest(text: str) -> dict[str, str]:
    """SHA-256 (lower-case hex) by path; raises `ManifestUnusable`."""
    digests: dict[str, str] = {}
    folded: set[str] = set()
    for line in filter(None, text.replace("\r\n", "\n").split("\n")):
        path, digest = _parsed_line(line)
        if (same := same_place(path)) in folded:
            raise ManifestUnusable(path)
        folded.add(same)
        digests[path] = digest
    return digests


def same_place(path: str) -> str:
    """A key that is equal for two paths that some system takes for the same."""
    return unicodedata.normalize("NFC", path).casefold()


def is_inside(path: str) -> bool:
    """Whether the path is a plain relative one that every system understands alike."""
    parts = path.split("/")
    plain = not _FOREIGN & set(path) and path.isprintable() and not path.startswith("~") and len(parts) <= MOST_PARTS
    return plain and all(part not in {"", ".", ".."} and part == part.strip() for part in parts)


def _parsed_line(line: str) -> tuple[str, str]:
    match = _LINE.fullmatch(line)
    if match is None:
        raise ManifestUnusable(line[:80])
    path = _ESCAPED.sub(lambda escape: chr(int(escape[1], 16)), match[2].removeprefix("*").removeprefix("./"))
    if not is_inside(path):
        raise ManifestUnusable(path[:80])
    return path, match[1].lower()


def _escaped(path: str) -> str:
    return "".join(_ESCAPES.get(character, character) for character in path)
