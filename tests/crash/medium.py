"""What a disk may hold after the power was lost, worked out from a trace of everything that was asked of it.

The disk that is assumed is a bad one:
- Content is durable once its file was synced, a name once its folder was; a new name is not made durable by syncing
  the file. Whatever is pending may be kept or lost, each write and each name for itself, in any order, while changes
  of the same bytes or the same name that are kept keep their order.
- A write may be torn between sectors of 512 bytes. What is not written stays as it was, and what lies between the
  old end and a write that was kept reads as zeros.
- A rename is one change: it happens whole or not at all.
"""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from crash.door import Operation
from crash.tracing import Done, Trait

SECTOR_BYTES = 512


@dataclass(slots=True, eq=False)
class Stored:
    """The durable content of one file."""

    content: bytes = b""


@dataclass(slots=True, eq=False)
class Folder:
    """A folder: the names that programs see, and those that are durable."""

    names: dict[str, "Node"] = field(default_factory=dict)
    durable: dict[str, "Node"] = field(default_factory=dict)


Node = Stored | Folder


@dataclass(frozen=True, slots=True, eq=False)
class Bytes:
    """Pending content."""

    stored: Stored
    offset: int
    data: bytes

    def sectors(self) -> Iterator["Bytes"]:
        """The parts of it that reach the disk each for itself."""
        place = self.offset
        end = self.offset + len(self.data)
        while place < end:
            stop = min(end, place - place % SECTOR_BYTES + SECTOR_BYTES)
            yield Bytes(self.stored, place, self.data[place - self.offset : stop - self.offset])
            place = stop


@dataclass(frozen=True, slots=True, eq=False)
class Size:
    """A pending change of size."""

    stored: Stored
    size_bytes: int


@dataclass(frozen=True, slots=True, eq=False)
class Names:
    """Pending names: what stands under each name of each folder then, None for nothing."""

    effects: tuple[tuple[Folder, str, Node | None], ...]


Pending = Bytes | Size | Names
Image = dict[str, bytes | None]
"""What lies on the disk: content by path, None for a folder."""


class Medium:
    """A disk on which the operations of a trace are done one after the other."""

    def __init__(self, base: Path) -> None:
        """Begins with a folder all of which is durable."""
        self._root = _loaded(base)
        self._by_inode: dict[int, Stored] = {}
        self.pending: list[Pending] = []

    def do(self, done: Done) -> None:
        """One more operation; one that failed has changed nothing."""
        if Trait.FAILED in done.traits:
            return
        match done.operation:
            case Operation.OPEN:
                self._open(done)
            case Operation.WRITE:
                self.pending.append(Bytes(self._by_inode[done.inode], done.offset, done.data))
            case Operation.RESIZE:
                self.pending.append(Size(self._by_inode[done.inode], done.offset))
            case Operation.SYNC:
                self._sync(self._folder(done.path) if Trait.FOLDER in done.traits else self._by_inode[done.inode])
            case Operation.CLOSE:
                pass
            case _:
                self._change_names(done)

    def image(self, kept: Iterable[Pending]) -> Image:
        """What lies on the disk when of all that is pending only this was kept."""
        contents: dict[int, bytearray] = {}
        names: dict[int, dict[str, Node]] = {}
        for change in kept:
            if isinstance(change, Names):
                for folder, name, node in change.effects:
                    _name(names.setdefault(id(folder), dict(folder.durable)), name, node)
            else:
                key = id(change.stored)
                _put(contents.setdefault(key, bytearray(change.stored.content)), change)
        return dict(_walk(self._root, "", contents, names))

    def _open(self, done: Done) -> None:
        if Trait.CREATED in done.traits:
            stored = Stored()
            self._by_inode[done.inode] = stored
            self._will_be(done.path, stored)
            return
        found = self._node(done.path)
        assert isinstance(found, Stored), f"{done.path} was opened and is not there"
        self._by_inode[done.inode] = found
        if Trait.EMPTIED in done.traits:
            self.pending.append(Size(found, 0))

    def _change_names(self, done: Done) -> None:
        match done.operation:
            case Operation.MAKE_FOLDER:
                self._will_be(done.path, Folder())
            case Operation.LINK:
                self._will_be(done.other, self._node(done.path))
            case Operation.RENAME:
                self._will_be(done.path, None, done.other, self._node(done.path))
            case _:
                self._will_be(done.path, None)

    def _will_be(self, path: str, node: Node | None, other: str = "", other_node: Node | None = None) -> None:
        effects = [(*self._place(path), node)]
        if other:
            effects.append((*self._place(other), other_node))
        for folder, name, stands in effects:
            _name(folder.names, name, stands)
        self.pending.append(Names(tuple(effects)))

    def _sync(self, node: Node) -> None:
        rest: list[Pending] = []
        for change in self.pending:
            if _is_about(change, node):
                _settle(change)
            else:
                rest.append(change)
        self.pending = rest

    def _place(self, path: str) -> tuple[Folder, str]:
        pure = PurePosixPath(path)
        return self._folder(str(pure.parent)), pure.name

    def _folder(self, path: str) -> Folder:
        found = self._node(path)
        assert isinstance(found, Folder), f"{path} is no folder"
        return found

    def _node(self, path: str) -> Node:
        node: Node = self._root
        for part in PurePosixPath(path).parts:
            assert isinstance(node, Folder)
            node = node.names[part]
        return node


def identity(image: Image) -> bytes:
    """Two images with the same identity are the same."""
    digest = hashlib.sha256()
    for path, content in sorted(image.items()):
        digest.update(f"{path}\0{-1 if content is None else len(content)}\0".encode())
        digest.update(content or b"")
    return digest.digest()


def materialise(image: Image, folder: Path) -> None:
    """Write the image into a new folder."""
    folder.mkdir()
    for path, content in sorted(image.items()):
        if content is None:
            (folder / path).mkdir()
        else:
            (folder / path).write_bytes(content)


def lengths_without_bytes(pending: Sequence[Pending]) -> list[Pending]:
    """All names and sizes arrived and no content: what some file systems leave behind."""
    return [
        Size(change.stored, change.offset + len(change.data)) if isinstance(change, Bytes) else change
        for change in pending
        if not isinstance(change, Bytes) or change.offset + len(change.data) > len(change.stored.content)
    ]


def _loaded(base: Path) -> Folder:
    names: dict[str, Node] = {
        path.name: _loaded(path) if path.is_dir() else Stored(path.read_bytes()) for path in base.iterdir()
    }
    return Folder(names=names, durable=dict(names))


def _is_about(change: Pending, node: Node) -> bool:
    if isinstance(change, Names):
        # A rename between two folders is durable with the new name.
        return change.effects[-1][0] is node
    return change.stored is node


def _settle(change: Pending) -> None:
    if isinstance(change, Names):
        for folder, name, node in change.effects:
            _name(folder.durable, name, node)
        return
    content = bytearray(change.stored.content)
    _put(content, change)
    change.stored.content = bytes(content)


def _name(names: dict[str, Node], name: str, node: Node | None) -> None:
    if node is None:
        names.pop(name, None)
    else:
        names[name] = node


def _put(content: bytearray, change: Bytes | Size) -> None:
    end = change.size_bytes if isinstance(change, Size) else change.offset + len(change.data)
    if len(content) < end:
        content.extend(bytes(end - len(content)))
    if isinstance(change, Size):
        del content[end:]
    else:
        content[change.offset : end] = change.data


def _walk(
    folder: Folder, place: str, contents: dict[int, bytearray], names: dict[int, dict[str, Node]]
) -> Iterator[tuple[str, bytes | None]]:
    for name, node in names.get(id(folder), folder.durable).items():
        if isinstance(node, Folder):
            yield place + name, None
            yield from _walk(node, f"{place}{name}/", contents, names)
        else:
            yield place + name, bytes(contents.get(id(node), node.content))
