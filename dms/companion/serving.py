"""What runs in the companion: segments held open, and look-ups in them, until the line closes."""

import gc
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from dms.companion.held_segment import OWNER, HeldSegment, SegmentName
from dms.companion.messages import LINE_CLOSED, Finding, Line, Prepared, Presence, Ready, Task
from dms.index import IndexMemory, KeptWeights, LookUp, RememberedRows, Segment
from vault import LocalStorage, VaultError, open_sealed

FORESEEN = 3 / 4
"""Of the segments of a task; whoever gave it comes from the other side, and will have been at the rest before."""


def serve(line: Line, folder: Path, *, rows_kept_bytes: int) -> None:
    """Do what is said on the line until it closes."""
    segments = _Segments(folder, rows_kept_bytes=rows_kept_bytes)
    try:
        while True:
            _do(line.hear(), segments, line)
    except LINE_CLOSED:
        return


def _do(message: object, segments: "_Segments", line: Line) -> None:
    match message:
        case Presence(names):
            segments.know(names)
            _get_ready(segments, names, line)
            line.say(Prepared())
        case Task() as task:
            for finding in _findings(task, segments, line):
                line.say(finding)
            line.say(Ready(task.number))


class _Segments(RememberedRows):
    """The segments of one folder, under numbers of our own."""

    def __init__(self, folder: Path, *, rows_kept_bytes: int) -> None:
        super().__init__(IndexMemory(rows_kept_bytes=rows_kept_bytes))
        self._rows_kept_bytes = rows_kept_bytes
        self._folder = folder
        self._numbers: dict[str, int] = {}
        self._held: dict[int, HeldSegment] = {}
        self._given = 0

    def know(self, names: Sequence[SegmentName]) -> None:
        """Let go of all segments but these, and of whatever was read of others."""
        present = {name.object_id for name in names}
        if self._numbers.keys() <= present:
            return
        self._numbers = {object_id: number for object_id, number in self._numbers.items() if object_id in present}
        self._held = {number: self._held[number] for number in self._numbers.values()}
        self._memory = IndexMemory(rows_kept_bytes=self._rows_kept_bytes)
        gc.collect()  # a segment and its rows know each other; a file that is held takes room though it was removed

    def opened(self, segment: int) -> HeldSegment:
        """See `RememberedRows`."""
        return self._held[segment]

    def number(self, name: SegmentName) -> int:
        """The number of a segment, which is held open from now on; raises what `open_sealed` raises."""
        number = self._numbers.get(name.object_id)
        if number is None:
            held = LocalStorage(self._folder).hold(name.object_id)
            segment = HeldSegment(held, open_sealed(held, name.object_id, key=name.key, owner=OWNER))
            self._given += 1
            number = self._numbers[name.object_id] = self._given
            self._held[number] = segment
        return number

    def readable(self, names: Sequence[SegmentName]) -> list[int]:
        """The numbers of those segments that can be opened."""
        numbers = []
        for name in names:
            with suppress(VaultError):
                numbers.append(self.number(name))
        return numbers

    def shelf(self, name: SegmentName) -> Segment:
        """A segment to look things up in; raises what `open_sealed` raises."""
        return Segment(self._memory.head(self.number(name), self), self)


def _get_ready(segments: _Segments, names: Sequence[SegmentName], line: Line) -> None:
    """Open what will be asked for, the last first, until something is said."""
    for name in reversed(names):
        if line.has_news:
            return
        try:
            segments.shelf(name)
        except VaultError:
            continue  # whoever searches tells of it


def _findings(task: Task, segments: _Segments, line: Line) -> Iterator[Finding]:
    segments.foresee(segments.readable(task.names[: round(len(task.names) * FORESEEN)]))
    for place, name in enumerate(task.names):
        try:
            shelf = segments.shelf(name)
            weights = _looked_up(task.look_ups, shelf, line)
        except VaultError:
            continue  # whoever searches finds it, and tells of it
        if weights is None:
            return
        yield Finding(task.number, place, weights)


def _looked_up(look_ups: Sequence[LookUp], shelf: Segment, line: Line) -> tuple[KeptWeights, ...] | None:
    """None where something else was said meanwhile."""
    found = []
    for look_up in look_ups:
        if line.has_news:
            return None
        found.append(KeptWeights.of(look_up.on(shelf)))
    return tuple(found)
