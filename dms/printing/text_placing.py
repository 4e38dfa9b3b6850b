"""Where the characters of a line stand when they are laid over the page image as text.

Viewers decide from the geometry where a copied text has spaces and line ends. The reading has already decided
that, so the geometry is made to say the same:

- Characters of a line that stand level share one baseline and one height, even where a comma's box is small.
- Neighbours touch: a character reaches to where the next begins, so a widely set 合　同 is still one word.
- White space of the reading fills the gap it stands for.
- Where a line is not level, each word stands for itself: written downwards, or else (around a seal) character by
  character.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto
from itertools import pairwise

from dms.domain.reading import Box, Character, Line

_LEVEL_RATIO = 1.5
"""A stretch is level if its boxes together are at most this much taller than its tallest: room for a little skew."""
_SPACE_OF_HEIGHT = 0.25
"""How wide a space is, as a part of the height, where the reading leaves no room for it."""
_SPACE_OF_STEP = 0.2


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One character of a run and how far it reaches along the run, in pixels; the next one begins there."""

    text: str
    width_px: float


class Direction(Enum):
    """Where the next character stands."""

    RIGHT = auto()
    DOWN = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """Characters side by side on one baseline; `start` is where the baseline begins, pixels of the page image.

    The baseline is the lower edge of writing to the right, the left edge of writing downwards.
    """

    direction: Direction
    start_px: tuple[int, int]
    height_px: int
    """The size of the characters, across the direction of writing."""
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class _Spot:
    """A character with a place, and the white space read after it."""

    text: str
    box: Box
    trailing: str


def place(line: Line) -> tuple[Run, ...]:
    """The runs that a line of the reading becomes, in reading order; none for a line without any box."""
    spots = _spots(line.characters)
    if not spots or _is_level(spots):
        return _level_runs(spots)
    return tuple(run for word in _split(spots, _ends_word) for run in _word_runs(word))


def _spots(characters: Sequence[Character]) -> list[_Spot]:
    spots: list[_Spot] = []
    for character in characters:
        text = " " if character.text.isspace() else character.text
        if character.box:
            spots.append(_Spot(text, _with_area(character.box), ""))
        elif spots:
            last = spots[-1]
            spots[-1] = _Spot(last.text, last.box, last.trailing + text)
    return spots


def _with_area(box: Box) -> Box:
    return Box(box.left, box.top, max(box.right, box.left + 1), max(box.bottom, box.top + 1))


def _word_runs(word: Sequence[_Spot]) -> tuple[Run, ...]:
    if _is_level(word):
        return _level_runs(word)
    turned = [_transposed(spot) for spot in word]
    if _is_level(turned) and not any(_steps_back(before, after) for before, after in pairwise(turned)):
        return (_downward_run(turned),)
    return tuple(_run([spot]) for spot in word)


def _level_runs(spots: Sequence[_Spot]) -> tuple[Run, ...]:
    return tuple(_run(part) for part in _split(spots, _steps_back) if part)


def _downward_run(turned: Sequence[_Spot]) -> Run:
    run = _run(turned)
    along, across = run.start_px
    return replace(run, direction=Direction.DOWN, start_px=(across - run.height_px, along))


def _transposed(spot: _Spot) -> _Spot:
    box = spot.box
    return replace(spot, box=Box(box.top, box.left, box.bottom, box.right))


def _is_level(spots: Sequence[_Spot]) -> bool:
    top, bottom = _extent(spots)
    return bottom - top <= _LEVEL_RATIO * max(s.box.bottom - s.box.top for s in spots)


def _extent(spots: Sequence[_Spot]) -> tuple[int, int]:
    return min(s.box.top for s in spots), max(s.box.bottom for s in spots)


def _split(spots: Sequence[_Spot], between: Callable[[_Spot, _Spot], bool]) -> list[Sequence[_Spot]]:
    cuts = [i for i, (before, after) in enumerate(pairwise(spots), start=1) if between(before, after)]
    return [spots[start:end] for start, end in pairwise([0, *cuts, len(spots)])]


def _ends_word(before: _Spot, _after: _Spot) -> bool:
    return bool(before.trailing)


def _steps_back(before: _Spot, after: _Spot) -> bool:
    return after.box.left <= before.box.left


def _run(spots: Sequence[_Spot]) -> Run:
    top, bottom = _extent(spots)
    cells = [cell for spot, after in pairwise(spots) for cell in _cells(spot, after.box.left)]
    cells += _last_cells(spots[-1], bottom - top)
    start = (spots[0].box.left, bottom)
    return Run(direction=Direction.RIGHT, start_px=start, height_px=bottom - top, cells=tuple(cells))


def _cells(spot: _Spot, next_left: int) -> list[Cell]:
    step = next_left - spot.box.left
    if not spot.trailing:
        return [Cell(text=spot.text, width_px=step)]
    gap = max(next_left - spot.box.right, step * _SPACE_OF_STEP)
    return [Cell(text=spot.text, width_px=step - gap), *_spread(spot.trailing, gap)]


def _last_cells(spot: _Spot, height_px: int) -> list[Cell]:
    own = Cell(text=spot.text, width_px=spot.box.right - spot.box.left)
    return [own, *_spread(spot.trailing, len(spot.trailing) * height_px * _SPACE_OF_HEIGHT)]


def _spread(texts: str, width_px: float) -> list[Cell]:
    return [Cell(text=text, width_px=width_px / len(texts)) for text in texts]
