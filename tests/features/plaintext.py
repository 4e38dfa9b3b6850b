"""Looking for plaintext as a thief of the disk would: in every file, in every writing of the words, at every moment.

`forms` are the byte strings by which a word gives itself away; `traces_in` looks through bytes; `Watch` looks through
folders and through the files that running programs hold open, deleted ones too, again and again until it is stopped.
"""

import json
import os
import threading
from collections.abc import Iterable, Iterator
from itertools import pairwise
from math import ceil
from pathlib import Path

ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be", "gbk")
SHORTEST_TELLTALE = 4
"""Characters of a word that, standing together, tell of it."""
FEWEST_BYTES = 6
"""Four bytes stand by chance in one of some hundred runs' ciphertext; six in none."""
OPENINGS = {b"\xff\xd8\xff": "a JPEG", b"\x89PNG": "a PNG", b"%PDF": "a PDF", b"SQLite format 3": "a readable database"}
LOOKS_EVERY_S = 0.4
LARGEST_SCAN_BYTES = 256 * 2**20


def forms(word: str) -> frozenset[bytes]:
    """Every byte string that betrays the word or a telling part of it: pieces, index tokens, JSON escapes."""
    return frozenset(
        form for written in {word, word.lower()} for encoding in ENCODINGS for form in _written(written, encoding)
    )


def _written(word: str, encoding: str) -> Iterator[bytes]:
    bytes_each = len(word.encode(encoding)) // len(word)
    length = max(SHORTEST_TELLTALE, ceil(FEWEST_BYTES / bytes_each))
    yield from (word[i : i + length].encode(encoding) for i in range(len(word) - length + 1))
    yield " ".join(map("".join, pairwise(word))).encode(encoding)
    yield json.dumps(word)[1:-1].encode(encoding)


def traces_in(content: bytes, telltales: Iterable[bytes]) -> list[bytes]:
    """Those of the telltales that stand in the content."""
    return [telltale for telltale in telltales if telltale in content]


class Watch:
    """Keeps looking, in a thread of its own, while something runs; `found` says where plaintext was seen."""

    def __init__(self, folders: Iterable[Path], telltales: frozenset[bytes]) -> None:
        """Look into these folders and everything below them."""
        self.found: set[str] = set()
        self.looks = 0
        self._folders = tuple(folders)
        self._telltales = telltales
        self._pids: set[int] = set()
        self._known: dict[Path, tuple[int, int]] = {}
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def __enter__(self) -> "Watch":
        self._thread.start()
        return self

    def __exit__(self, *unused: object) -> None:
        self._stop.set()
        self._thread.join()
        self.look()

    def follow(self, pid: int) -> None:
        """Look also at what this process and its children hold open for writing."""
        self._pids.add(pid)

    def look(self) -> None:
        """One look at everything that changed since the last one."""
        for folder in self._folders:
            for path in sorted(folder.rglob("*")):
                self._look_at(path)
        for pid in self._pids:
            for descendant in _with_descendants(pid):
                self._look_at_open_files(descendant)
        self.looks += 1

    def _run(self) -> None:
        while not self._stop.wait(LOOKS_EVERY_S):
            self.look()

    def _look_at(self, path: Path) -> None:
        self._judge(str(path.name).encode(), f"the name {path}")
        try:
            state = path.stat()
            changed = self._known.get(path) != (state.st_mtime_ns, state.st_size)
            if path.is_file() and changed:
                self._known[path] = (state.st_mtime_ns, state.st_size)
                self._judge(path.read_bytes(), str(path))
        except FileNotFoundError:
            return

    def _look_at_open_files(self, pid: int) -> None:
        for descriptor in _descriptors(pid):
            try:
                target = str(descriptor.readlink())
                if target.startswith("/") and not target.startswith("/dev/") and _is_written(pid, descriptor.name):
                    self._judge(descriptor.read_bytes()[:LARGEST_SCAN_BYTES], f"{target}, open in {pid}")
            except OSError:
                continue

    def _judge(self, content: bytes, place: str) -> None:
        self.found.update(f"{place}: {trace!r}" for trace in traces_in(content, self._telltales))
        self.found.update(
            f"{place} begins like {kind}" for start, kind in OPENINGS.items() if content.startswith(start)
        )


def _descriptors(pid: int) -> list[Path]:
    try:
        return list(Path(f"/proc/{pid}/fd").iterdir())
    except OSError:
        return []


def _is_written(pid: int, number: str) -> bool:
    lines = Path(f"/proc/{pid}/fdinfo/{number}").read_text().splitlines()
    flags = next(int(line.split()[1], 8) for line in lines if line.startswith("flags:"))
    return flags & os.O_ACCMODE != os.O_RDONLY


def _with_descendants(pid: int) -> Iterator[int]:
    yield pid
    try:
        children = [child for task in Path(f"/proc/{pid}/task").iterdir() for child in _children(task)]
    except OSError:
        return
    for child in children:
        yield from _with_descendants(child)


def _children(task: Path) -> list[int]:
    try:
        return [int(child) for child in (task / "children").read_text().split()]
    except OSError:
        return []
