"""Which type of paper it is, by its title, and by its wording where no title can be read.

What always holds:
- The longest title that closes a title line wins, whichever type it belongs to: 保证合同 is a guarantee though it ends
  in 合同, and 补充协议 is no contract though it speaks of one throughout.
- One misread or missing character is tolerated in titles of four characters and more; the wording has to agree then,
  unless the line is that title and nothing else.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from dms.ingest.understanding.cues import Cues, TypeCues
from dms.ingest.understanding.directory import differ_by_one
from dms.ingest.understanding.outcome import Reason
from dms.ingest.understanding.paper import Paper, Passage, View

_TITLE_LINES = 10
"""Letterhead, form number and company name may stand above a title; a title below that is part of the text."""
_LONGEST_TITLE_LINE = 40
_LONGEST_LINE_FOR_SHORT_TITLE = 20
_SHORTEST_MISREAD_TITLE = 4
_NO_TITLE = re.compile(r"[:,。;?!]")
"""A label with its value, or a sentence: 双方经协商,达成如下协议 is no title."""
_WORDING_NEEDED = 4.0
"""Two or three telling phrases; below that the wording of almost any business paper would do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TypeFound:
    """The type of a paper with what it was concluded from; `passage` is the title, None where there is none."""

    cues: TypeCues
    passage: Passage | None
    title: str
    """The title as it should read, without blanks; empty where there is none."""
    confidence: float
    certain: bool
    reason: Reason | None


@dataclass(frozen=True, slots=True, kw_only=True)
class _TitleLine:
    view: View
    start: int
    end: int
    text: str
    """Without brackets, marks and line ends."""
    height: int
    """How many lines lie above."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _TitleMatch:
    line: _TitleLine
    cues: TypeCues
    cue: str
    weight: float
    misread: bool
    read: str
    """What of the line was taken for the cue."""
    title: str


def classify(paper: Paper, cues: Cues, *, claimed_type: str | None = None) -> TypeFound:
    """The type of the paper; ``other`` where neither title nor wording nor the claim tells."""
    title = _best_title(paper, cues)
    scores = _wording_scores(paper.folded, cues)
    if title and (_speaks_for_itself(title) or scores[title.cues.code] > 0 or claimed_type == title.cues.code):
        return _by_title(title, scores)
    worded = max(cues.types, key=lambda t: (scores[t.code], t.code == claimed_type))
    if scores[worded.code] >= _WORDING_NEEDED:
        return _concluded(worded, min(0.85, 0.4 + scores[worded.code] / 40), Reason.BY_WORDING)
    if claimed_type:
        return _concluded(cues.of(claimed_type), 0.5, Reason.AS_CLAIMED, code=claimed_type)
    return _concluded(cues.of("other"), 0.2, Reason.BY_WORDING)


def _speaks_for_itself(title: _TitleMatch) -> bool:
    """Whether no wording need confirm the title: it is exact, or a whole line that lacks one character of five."""
    return not title.misread or (title.line.text == title.read and len(title.cue) > _SHORTEST_MISREAD_TITLE)


def _by_title(match: _TitleMatch, scores: dict[str, float]) -> TypeFound:
    passage = match.line.view.passage(match.line.start, match.line.end)
    # An exact title of four characters checks itself: a misread one would not be in the table. A shorter one (函,
    # 收据) may be the rest of something else, so its characters have to be clear and the wording has to go with it.
    sound = len(match.cue) >= _SHORTEST_MISREAD_TITLE or (passage.confidence >= 0.9 and scores[match.cues.code] > 0)
    certain = sound and not match.misread and match.line.height < _TITLE_LINES // 2
    return TypeFound(
        cues=match.cues,
        passage=passage,
        title=match.title,
        confidence=0.8 if match.misread else (0.98 if certain else 0.85),
        certain=certain,
        reason=Reason.TITLE_MISREAD if match.misread else (None if certain else Reason.BY_POSITION),
    )


def _concluded(cues: TypeCues, confidence: float, reason: Reason, *, code: str = "") -> TypeFound:
    if code and code != cues.code:
        cues = _renamed(cues, code)
    return TypeFound(cues=cues, passage=None, title="", confidence=confidence, certain=False, reason=reason)


def _renamed(cues: TypeCues, code: str) -> TypeCues:
    """The cues of ``other`` under the code of a type that the company has added."""
    return TypeCues(**{name: getattr(cues, name) for name in TypeCues.__slots__} | {"code": code})


def _wording_scores(text: str, cues: Cues) -> dict[str, float]:
    return {t.code: sum(weight for phrase, weight in t.wording if phrase in text) for t in cues.types}


def _best_title(paper: Paper, cues: Cues) -> _TitleMatch | None:
    if paper.first is None:
        return None
    matches = [match for line in _title_lines(paper.first.lines) for match in _matches(line, cues)]
    return max((m for m in matches if m.weight > 0), key=lambda m: m.weight, default=None)


def _title_lines(view: View) -> Iterator[_TitleLine]:
    """The short lines near the top, alone, and joined with the next ones where a title is broken or runs downwards."""
    spans = _line_spans(view.text)[:_TITLE_LINES]
    for height, (start, end) in enumerate(spans):
        if end - start <= _LONGEST_TITLE_LINE:
            yield _title_line(view, start, end, height)
        for _, following in spans[height + 1 : height + 7]:
            if following - start > 14:
                break
            yield _title_line(view, start, following, height)


def _title_line(view: View, start: int, end: int, height: int) -> _TitleLine:
    text = re.sub(r"[\s《》<>“”\"'*·.:;,_\-—=]+", "", view.text[start:end])
    return _TitleLine(view=view, start=start, end=end, text=text, height=height)


def _line_spans(text: str) -> list[tuple[int, int]]:
    return [m.span() for m in re.finditer(r"[^\n]+", text)]


def _matches(line: _TitleLine, cues: Cues) -> Iterator[_TitleMatch]:
    """How the line can be a title of each type, exactly or with one character misread."""
    body = re.sub(r"\([^()]{1,12}\)$", "", line.text) or line.text
    if not body or _NO_TITLE.search(line.view.text[line.start : line.end].rstrip(":")):
        return
    for text in dict.fromkeys((line.text, body)):
        for cue, pattern, type_cues in _title_patterns(cues.types):
            if pattern.search(text) and (len(cue) > 2 or len(text) <= _LONGEST_LINE_FOR_SHORT_TITLE):
                yield _match(line, type_cues, cue, text)
    if len(body) <= 24:
        yield from _misread(line, body, cues)


def _match(line: _TitleLine, type_cues: TypeCues, cue: str, text: str) -> _TitleMatch:
    # The whole line as title says most, then the length of the closing words; each line further down says less.
    whole = len(text) == len(cue) or "…" in cue
    weight = len(cue.replace("…", "")) + (3.0 if whole else 0.0) - 0.75 * line.height - 0.02 * len(text)
    return _TitleMatch(line=line, cues=type_cues, cue=cue, weight=weight, misread=False, read=cue, title=line.text)


def _misread(line: _TitleLine, body: str, cues: Cues) -> Iterator[_TitleMatch]:
    for type_cues in cues.types:
        for cue in type_cues.titles:
            rest = _rest_before(body, cue) if len(cue) >= _SHORTEST_MISREAD_TITLE else None
            if rest is not None:
                weight = len(cue) - 3.0 - 0.75 * line.height - 0.1 * len(rest)
                read = body[len(rest) :]
                yield _TitleMatch(
                    line=line, cues=type_cues, cue=cue, weight=weight, misread=True, read=read, title=rest + cue
                )


def _rest_before(body: str, cue: str) -> str | None:
    """What stands before the cue at the end of the line, the cue having one character misread or missing; else None."""
    if body[-1:] != cue[-1] and body[-2:-1] != cue[-2]:
        return None  # two wrong already, or the end missing: by far the most cues end here
    for size in (len(cue), len(cue) - 1):
        if len(body) >= size and differ_by_one(body[-size:], cue):
            return body[:-size]
    return None


@lru_cache(maxsize=8)
def _title_patterns(types: tuple[TypeCues, ...]) -> tuple[tuple[str, re.Pattern[str], TypeCues], ...]:
    """Each title as a pattern for the end of a line; ``…`` stands for up to twenty characters."""
    return tuple(
        (title, re.compile(re.escape(title).replace("…", ".{0,20}?") + "$"), cues)
        for cues in types
        for title in cues.titles
    )
