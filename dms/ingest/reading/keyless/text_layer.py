"""Whether the text layer of a PDF may be believed, and its text if so.

A layer is what the author's program says is on the page; nothing forces it to be what is seen. It is used only when

- T1 the page is not a picture with another program's OCR laid over it,
- T2 its characters are real characters, upright, that stand where there is ink, and
- T3 nearly all ink that looks like writing is covered by it, and
- T4 a sample of it says what the pixels say. Every stretch with figures is in the sample up to a bound, because
  amounts, dates and numbers are what a forger changes, and others are drawn by chance that nobody can foresee.

Where any of these fails the page is read like a scan; that costs a second, believing a lie costs a lawsuit.
"""

import random
import re
import unicodedata
from collections.abc import Iterator
from difflib import SequenceMatcher
from enum import StrEnum

import numpy as np

from dms.domain.reading import Box
from dms.ingest.reading.answers import is_writing
from dms.ingest.reading.keyless.engine import OcrEngine, ReadCharacter, Recognised, Segment
from dms.ingest.reading.keyless.paper import LayerCharacter, Pixels, Raster
from dms.ingest.reading.keyless.preview import Preview

_MOST_UNREADABLE_SHARE = 0.02
_MOST_UNCOVERED_SHARE = 0.10
_LEAST_INKED_SHARE = 0.98
_MOST_FIGURE_STRETCHES, _OTHER_STRETCHES = 24, 6
_STRETCH_CHARACTERS, _CONTEXT_CHARACTERS = 14, 3
"""A stretch costs a third of a line to recognise, and a figure is as well seen in it."""
_LEAST_LIKENESS = 0.8
_SURE = 0.9
_MOST_CONTRADICTIONS = 1
_BREAK_EM, _SPACE_EM = 1.5, 0.6
_FIGURES = re.compile(r"[0-9壹贰叁肆伍陆柒捌玖拾佰仟]")
_ALIKE = str.maketrans({"O": "0", "I": "1", "L": "1", "|": "1"})
"""Shapes that a recogniser, and the eye, cannot tell apart in many fonts."""


class LayerVerdict(StrEnum):
    """What came of looking at the text layer; part of the recipe of a page."""

    ABSENT = "absent"
    TRUSTED = "trusted"
    GARBLED = "text_layer_garbled"
    INCOMPLETE = "text_layer_incomplete"
    INVISIBLE = "text_layer_invisible"
    DISAGREES = "text_layer_disagrees"


def judge_layer(raster: Raster, preview: Preview, engine: OcrEngine) -> LayerVerdict:
    """Whether the layer of this page may be used instead of OCR (T1 to T4), and if not, why."""
    if raster.native_scan or not any(not c.text.isspace() for c in raster.layer):  # T1
        return LayerVerdict.ABSENT
    if _unreadable_share(raster.layer) > _MOST_UNREADABLE_SHARE:  # T2
        return LayerVerdict.GARBLED
    segments = layer_segments(raster.layer)
    if _inked_share(segments, raster.pixels) < _LEAST_INKED_SHARE:  # T2
        return LayerVerdict.INVISIBLE
    if _uncovered_share(segments, preview) > _MOST_UNCOVERED_SHARE:  # T3
        return LayerVerdict.INCOMPLETE
    return LayerVerdict.TRUSTED if _agrees(segments, raster.pixels, engine) else LayerVerdict.DISAGREES  # T4


def layer_segments(layer: tuple[LayerCharacter, ...]) -> list[Segment]:
    """The characters gathered into runs on one line; a run ends where the writing jumps by more than 1.5 em.

    A run of white space within a line becomes one space.
    """
    runs: list[list[ReadCharacter]] = []
    previous: LayerCharacter | None = None
    spaced = False
    for character in layer:
        if character.text.isspace():
            spaced = True
        elif is_writing(character.text):
            if previous is None or _jumps(previous, character):
                runs.append([])
            elif spaced or character.left - previous.right > _SPACE_EM * _em(previous):
                runs[-1].append(ReadCharacter(" ", previous.right, previous.top, character.left, previous.bottom, 1.0))
            runs[-1].append(_as_read(character))
            previous, spaced = character, False
    return [Segment(characters=tuple(run)) for run in runs]


def _as_read(character: LayerCharacter) -> ReadCharacter:
    text = unicodedata.normalize("NFC", character.text)[:1]
    return ReadCharacter(text, character.left, character.top, character.right, character.bottom, 1.0)


def _jumps(before: LayerCharacter, after: LayerCharacter) -> bool:
    beside = min(before.bottom, after.bottom) - max(before.top, after.top)
    em = _em(before)
    backwards = after.left < before.left - em / 2
    return backwards or beside < 0.5 * min(em, _em(after)) or after.left - before.right > _BREAK_EM * em


def _em(character: LayerCharacter) -> float:
    return max(1.0, character.bottom - character.top)


def _unreadable_share(layer: tuple[LayerCharacter, ...]) -> float:
    unreadable = sum(_is_unreadable(character) for character in layer)
    return unreadable / len(layer)


def _is_unreadable(character: LayerCharacter) -> bool:
    if character.unmapped or not character.upright:
        return True
    code = character.text[:1]
    return code == "\ufffd" or (unicodedata.category(code) in {"Co", "Cn", "Cs", "Cc"} and code not in "\r\n\t")


def _inked_share(segments: list[Segment], page: Pixels) -> float:
    """Share of the segments in whose place there is anything to see at all."""
    grey = page if page.ndim == 2 else page.min(axis=2)
    seen = [_has_contrast(grey[box.top : box.bottom, box.left : box.right]) for box in _boxes(segments, page, 0.0)]
    return sum(seen) / len(seen)


def _has_contrast(patch: Pixels) -> bool:
    return bool(patch.size) and int(patch.max()) - int(patch.min()) > 40


def _uncovered_share(segments: list[Segment], preview: Preview) -> float:
    """Share of the glyphs, by area, that stand outside every segment."""
    glyphs = preview.glyphs
    if not len(glyphs):
        return 0.0
    x, y = (glyphs.left + glyphs.width / 2) / preview.scale, (glyphs.top + glyphs.height / 2) / preview.scale
    covered = np.zeros(len(glyphs), dtype=bool)
    for segment in segments:
        reach = 0.25 * (segment.bottom - segment.top)
        within = (x >= segment.left - reach) & (x <= segment.right + reach)
        covered |= within & (y >= segment.top - reach) & (y <= segment.bottom + reach)
    return float(glyphs.area[~covered].sum() / glyphs.area.sum())


def _agrees(segments: list[Segment], page: Pixels, engine: OcrEngine) -> bool:
    sample = _sample(segments)
    readings = engine.recognise(page, _boxes(sample, page, 0.15))
    doubted = [s for s, reading in zip(sample, readings, strict=True) if _contradicts(s.text, reading)]
    second_look = engine.recognise(page, _boxes(doubted, page, 0.3))
    return not any(_contradicts(s.text, reading) for s, reading in zip(doubted, second_look, strict=True))


def _sample(segments: list[Segment]) -> list[Segment]:
    """T4: stretches with figures and stretches of other writing, drawn so that a forger cannot know which."""
    chance = random.SystemRandom()
    figures = [stretch for segment in segments for stretch in _stretches_with_figures(segment)]
    others = [_stretch(s, chance.randrange(len(s.characters))) for s in segments if not _FIGURES.search(s.text)]
    return [
        *chance.sample(figures, min(len(figures), _MOST_FIGURE_STRETCHES)),
        *chance.sample(others, min(len(others), _OTHER_STRETCHES)),
    ]


def _stretches_with_figures(segment: Segment) -> Iterator[Segment]:
    """Stretches of the segment that together hold all its figures, each with a little of what stands around it."""
    reached = 0
    for figure in _FIGURES.finditer(segment.text):
        if figure.start() >= reached:
            reached = figure.start() + _STRETCH_CHARACTERS - _CONTEXT_CHARACTERS
            yield _stretch(segment, figure.start())


def _stretch(segment: Segment, position: int) -> Segment:
    start = max(0, position - _CONTEXT_CHARACTERS)
    stretch = segment.characters[start : start + _STRETCH_CHARACTERS]
    return Segment(characters=tuple(stretch))


def _boxes(segments: list[Segment], page: Pixels, margin: float) -> list[Box]:
    height, width = page.shape[:2]
    return [_box(segment, margin * (segment.bottom - segment.top), width, height) for segment in segments]


def _box(segment: Segment, margin: float, width: int, height: int) -> Box:
    """The box of the segment, higher by the margin but hardly wider: a neighbour cut in half would be misread."""
    left, top = max(0, int(segment.left - margin / 5)), max(0, int(segment.top - margin))
    right, bottom = min(width, int(segment.right + margin / 5) + 1), min(height, int(segment.bottom + margin) + 1)
    return Box(min(left, width - 1), min(top, height - 1), max(right, left + 1), max(bottom, top + 1))


def _contradicts(layer_text: str, reading: Recognised) -> bool:
    """Whether the pixels say surely something else: a figure, or more than one character, or hardly a likeness."""
    claimed = [letter for c in layer_text for letter in _folded(c)]
    pairs = zip(reading.text, reading.confidences, strict=True)
    seen = [(letter, confidence) for c, confidence in pairs for letter in _folded(c)]
    matcher = SequenceMatcher(None, claimed, [letter for letter, _ in seen], autojunk=False)
    if claimed and matcher.ratio() < _LEAST_LIKENESS:
        return True
    differing = [op for op in matcher.get_opcodes() if op[0] != "equal"]
    sure = [(claimed[a:b], seen[c:d]) for _, a, b, c, d in differing if all(v >= _SURE for _, v in seen[c:d])]
    figures = any(_FIGURES.search("".join(said) + "".join(letter for letter, _ in read)) for said, read in sure)
    return figures or sum(max(len(said), len(read)) for said, read in sure) > _MOST_CONTRADICTIONS


def _folded(character: str) -> Iterator[str]:
    """Letters, figures and Han characters in one form; punctuation and space do not count."""
    normal = unicodedata.normalize("NFKC", character).upper().translate(_ALIKE)
    return (letter for letter in normal if letter.isalnum())
