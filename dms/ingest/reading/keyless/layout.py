"""Reading order: from the pieces an engine found, in any order, to lines from top to bottom and left to right.

What always holds:
- L1 Every character of every segment is in exactly one line; nothing is dropped and nothing is read twice.
- L2 Segments side by side on one height make one line, so a table is read row by row; between two of them stands one
  space that has no box.
- L3 Writing of another size than its row (a seal, a signature, a stamp), or on its side, makes a line of its own.
- L4 Two columns of running text are read one after the other; anything less certain is read row by row.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain, pairwise

from dms.domain.reading import Box, Character, Line
from dms.ingest.reading.keyless.engine import ReadCharacter, Segment

_LEAST_OVERLAP = 0.5
"""Share of the lower of two segments that must lie beside the other for both to stand on one height."""
_MOST_INTRUSION = 0.3
"""Share of the narrower of two segments by which they may overlap and still stand side by side."""
_LARGEST_SIZE_RATIO = 1.7
_GUTTER_FROM, _GUTTER_TO, _GUTTER_STEPS = 0.35, 0.65, 31
_FEWEST_COLUMN_ROWS = 6
_INDENT_EM, _WIDEST_PITCH = 2.5, 1.5
"""A column goes on where a line begins under its edge, indented at most, and no wider apart than lines stand."""
_FULL_LINE_SHARE = 0.75
_FULL_LINES_SHARE = 0.7
"""In running text most lines reach from one edge of their column to the other."""


@dataclass(slots=True)
class _Row:
    segments: list[Segment] = field(default_factory=list)

    @property
    def top(self) -> float:
        """Where its highest segment begins."""
        return min(s.top for s in self.segments)

    @property
    def bottom(self) -> float:
        """Where its lowest segment ends."""
        return max(s.bottom for s in self.segments)

    @property
    def left(self) -> float:
        """Where its first segment begins."""
        return min(s.left for s in self.segments)

    @property
    def right(self) -> float:
        """Where its last segment ends."""
        return max(s.right for s in self.segments)

    def takes(self, candidate: Segment) -> bool:
        """Whether the candidate stands beside every segment of the row, on its height and in its size."""
        return all(_side_by_side(s, candidate) for s in self.segments)


def lines_of(segments: list[Segment], *, scale: float, width_px: int, height_px: int) -> tuple[Line, ...]:
    """The lines in reading order; boxes are scaled by `scale` to an image of the given size and lie within it."""
    image = Box(0, 0, width_px, height_px)
    return tuple(_line(row, scale, image) for row in _in_reading_order(_rows(segments)))


def _rows(segments: list[Segment]) -> list[_Row]:
    rows: list[_Row] = []
    for segment in sorted(segments, key=lambda s: (s.top + s.bottom) / 2):
        near = (row for row in reversed(rows) if not segment.tall and row.takes(segment))
        row = next(near, None)
        if row is None:
            row = _Row()
            rows.append(row)
        row.segments.append(segment)
    return sorted(rows, key=lambda row: (row.top + row.bottom) / 2)


def _side_by_side(one: Segment, other: Segment) -> bool:
    if one.tall or other.tall:
        return False
    heights = sorted((one.bottom - one.top, other.bottom - other.top))
    beside = min(one.bottom, other.bottom) - max(one.top, other.top)
    intrusion = min(one.right, other.right) - max(one.left, other.left)
    narrower = min(one.right - one.left, other.right - other.left)
    same_size = heights[1] <= _LARGEST_SIZE_RATIO * heights[0]
    return same_size and beside >= _LEAST_OVERLAP * heights[0] and intrusion <= _MOST_INTRUSION * narrower


def _in_reading_order(rows: list[_Row]) -> list[_Row]:
    """L4: the rows as they are, or with the longest stretch of two columns read column by column."""
    stretch = max(_column_stretches(rows), key=lambda s: s.last - s.first, default=None)
    if stretch is None:
        return rows
    columns = [_part(row, stretch.gutter) for row in rows[stretch.first : stretch.last]]
    left = [_Row(part) for part, _ in columns if part]
    right = [_Row(part) for _, part in columns if part]
    return [*rows[: stretch.first], *left, *right, *rows[stretch.last :]]


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Rows from `first` up to but not `last` that stand on both sides of a gutter."""

    first: int
    last: int
    gutter: float


def _column_stretches(rows: list[_Row]) -> list[_Stretch]:
    if len(rows) < _FEWEST_COLUMN_ROWS:
        return []
    left, right = min(row.left for row in rows), max(row.right for row in rows)
    span = (_GUTTER_TO - _GUTTER_FROM) / (_GUTTER_STEPS - 1)
    gutters = [left + (right - left) * (_GUTTER_FROM + step * span) for step in range(_GUTTER_STEPS)]
    stretches = (stretch for gutter in gutters for stretch in _uncrossed(rows, gutter))
    return [s for s in stretches if _is_running_text(rows[s.first : s.last], s.gutter)]


def _uncrossed(rows: list[_Row], gutter: float) -> Iterator[_Stretch]:
    """The runs of rows in which no segment crosses the gutter, without what stands apart above and below."""
    crossed = [i for i, row in enumerate(rows) if any(s.left < gutter < s.right for s in row.segments)]
    for before, after in pairwise([-1, *crossed, len(rows)]):
        both = [i for i in range(before + 1, after) if all(_part(rows[i], gutter))]
        if len(both) >= _FEWEST_COLUMN_ROWS:
            first, last = both[0], both[-1] + 1
            while first - 1 > before and _continues(rows[first - 1], rows[first], gutter):
                first -= 1
            while last < after and _continues(rows[last], rows[last - 1], gutter):
                last += 1
            yield _Stretch(first, last, gutter)


def _continues(row: _Row, neighbour: _Row, gutter: float) -> bool:
    """Whether a row on one side only, below or above its neighbour, is the rest of that side's column."""
    height = row.bottom - row.top
    distance = max(row.top - neighbour.bottom, neighbour.top - row.bottom)
    sides = zip(_part(row, gutter), _part(neighbour, gutter), strict=True)
    begins = [(_Row(part).left, _Row(beside).left) for part, beside in sides if part and beside]
    aligned = all(abs(here - there) <= _INDENT_EM * height for here, there in begins)
    return bool(begins) and aligned and distance <= _WIDEST_PITCH * height


def _is_running_text(rows: list[_Row], gutter: float) -> bool:
    parts = [_part(row, gutter) for row in rows]
    return all(_is_full_column([part[side] for part in parts if part[side]]) for side in (0, 1))


def _is_full_column(lines: list[list[Segment]]) -> bool:
    """Whether enough lines, each of one piece, fill the width of their column."""
    if len(lines) < _FEWEST_COLUMN_ROWS:
        return False
    width = max(s.right for s in chain(*lines)) - min(s.left for s in chain(*lines))
    full = sum(len(line) == 1 and line[0].right - line[0].left >= _FULL_LINE_SHARE * width for line in lines)
    return full >= _FULL_LINES_SHARE * len(lines)


def _part(row: _Row, gutter: float) -> tuple[list[Segment], list[Segment]]:
    left = [s for s in row.segments if (s.left + s.right) / 2 < gutter]
    return left, [s for s in row.segments if s not in left]


def _line(row: _Row, scale: float, image: Box) -> Line:
    characters: list[Character] = []
    for segment in sorted(row.segments, key=lambda s: s.left):
        if characters:
            characters.append(Character(" ", None, 1.0))
        characters.extend(_character(c, scale, image) for c in segment.characters)
    return Line(tuple(characters))


def _character(read: ReadCharacter, scale: float, image: Box) -> Character:
    confidence = min(1.0, max(0.0, read.confidence))
    if read.text.isspace():
        return Character(read.text, None, confidence)
    left, right = _pixels(read.left * scale, read.right * scale, image.right)
    top, bottom = _pixels(read.top * scale, read.bottom * scale, image.bottom)
    return Character(read.text, Box(left, top, right, bottom), confidence)


def _pixels(start: float, end: float, bound: int) -> tuple[int, int]:
    """Whole pixels around the stretch, at least one, within 0 and `bound`."""
    first = min(max(0, int(start)), bound - 1)
    return first, max(first + 1, min(bound, round(end)))
