"""The pages of one item, prepared for looking things up, with the way back to the exact characters.

What always holds:
- A `View` is the text of one page without the blanks that carry no meaning, folded so that a label has one spelling.
- `view.origins[i]` is the offset in `PageReading.text` of the character ``view.text[i]``; a `Passage` leads back by it.
- A blank between two letters or digits stays, because ``CG-2022-0152 2022-07-07`` are two things; any other goes,
  because ``签 订 日 期`` is one.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dms.domain.glyph import fold_case
from dms.domain.proposal import Place
from dms.domain.reading import PageReading
from dms.ingest.understanding.script import simplified


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """Some characters of a page."""

    place: Place
    as_read: str
    """Exactly the characters of the page, blanks and line ends included."""
    raw: str
    """The same without the blanks that a view leaves out; not folded."""
    text: str
    """The same, folded."""
    confidence: float
    """That of the least certain letter, digit or Chinese character; 1 where there are only marks."""
    doubtful: frozenset[int]
    """Indices into `raw` of the characters that were read with low confidence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """One page, dense."""

    page: int
    page_text: str
    confidences: tuple[float, ...]
    """One for each character of `page_text`."""
    text: str
    raw: str
    origins: tuple[int, ...]
    gaps: frozenset[int]
    """Indices of `text` before which blanks or a line end were left out: perhaps the start of a cell."""
    wraps: frozenset[int]
    """Indices of `text` where a line begins that goes on with the one before, which had reached the right margin."""

    def passage(self, start: int, end: int) -> Passage:
        """The characters ``text[start:end]``, which must not be empty."""
        first, last = self.origins[start], self.origins[end - 1] + 1
        own = [self._confidence(i) for i in range(start, end)]
        return Passage(
            place=Place(page=self.page, start=first, end=last),
            as_read=self.page_text[first:last],
            raw=self.raw[start:end],
            text=self.text[start:end],
            confidence=min(own),
            doubtful=frozenset(i for i, value in enumerate(own) if value < DOUBTFUL),
        )

    def _confidence(self, index: int) -> float:
        """Of marks only the shape matters, and a bracket or a dash that is doubtful is still one."""
        return self.confidences[self.origins[index]] if self.text[index].isalnum() else 1.0

    def breaks_off(self, end: int) -> bool:
        """Whether something that ends before the index may go on in the next line: a full line ends there, and the
        next one begins with a letter or digit.
        """
        following = end + (self.text[end : end + 1] in {" ", "\n"})
        character = self.text[following : following + 1]
        return following in self.wraps and character.isascii() and character.isalnum()

    def begins_cell(self, index: int) -> bool:
        """Whether a line, a cell or a clause may begin at the index."""
        return index == 0 or index in self.gaps or not ("\u4e00" <= self.text[index - 1] <= "\u9fff")

    def separated(self, index: int) -> bool:
        """Whether a cell or a line ends before the index, other than at the right margin in the midst of something."""
        line_end = index > 0 and self.text[index - 1] == "\n"
        return (line_end or index in self.gaps) and index not in self.wraps

    def line_bounds(self, index: int) -> tuple[int, int]:
        """Start and end, without the line feed, of the line of `text` that holds the index."""
        start = self.text.rfind("\n", 0, index) + 1
        end = self.text.find("\n", index)
        return start, len(self.text) if end < 0 else end


_FULL_LINE = 0.85
"""A line this wide, measured by the widest of its page, has run into the right margin."""
_NARROWEST = 40
"""Lines below twenty Chinese characters belong to titles and forms; nothing wraps there."""
_WIDE = "\u2e80"
"""From here on characters are twice as wide as Latin ones."""

DOUBTFUL = 0.9
"""Below this a single character is open to repair. PP-OCR gives a clean printed character 0.97 and more; what lies
under a seal or a fold falls to 0.5 to 0.9."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One page in three views: line by line; running on as a sentence does across line ends; and with numbers joined
    that a full line breaks, which joins some that do not belong together as well.
    """

    number: int
    lines: View
    running: View
    joined: View


@dataclass(frozen=True, slots=True)
class Paper:
    """All pages that carry text, in order."""

    sheets: tuple[Sheet, ...]

    @property
    def first(self) -> Sheet | None:
        """The first page with text, where a paper states its title; None for a blank paper."""
        return self.sheets[0] if self.sheets else None

    def views(self) -> Iterator[View]:
        """Every page line by line."""
        return (sheet.lines for sheet in self.sheets)

    def running_views(self) -> Iterator[View]:
        """Every page running on."""
        return (sheet.running for sheet in self.sheets)

    @property
    def folded(self) -> str:
        """All characters of all pages, folded, without blanks and line ends; for looking for wording."""
        return "".join(view.text.replace(" ", "") for view in self.running_views())


def prepare(pages: Sequence[PageReading]) -> Paper:
    """The paper that the pages make; pages without text are left out, of a page no more than can be print."""
    return Paper(tuple(_sheet(page) for page in pages if page.text.strip()))


_MOST_CHARACTERS = 12_000
"""What is looked at of one page. A page of small print holds 3,000; a text layer can hold a book, to keep us busy."""


def _sheet(page: PageReading) -> Sheet:
    text = page.text[:_MOST_CHARACTERS]
    folded = simplified(fold_case(text))
    confidences = tuple(_confidences(page))
    return Sheet(
        number=page.number,
        lines=_view(page.number, text, folded, confidences, keep="\n"),
        running=_view(page.number, text, folded, confidences),
        joined=_view(page.number, text, folded, confidences, join=True),
    )


def _confidences(page: PageReading) -> Iterator[float]:
    """One value for each character of the page text; line feeds and blanks are certain by definition."""
    for number, line in enumerate(page.lines):
        if number:
            yield 1.0
        yield from (1.0 if c.text.isspace() else c.confidence for c in line.characters for _ in c.text)


def _view(
    page: int, page_text: str, folded: str, confidences: tuple[float, ...], *, keep: str = "", join: bool = False
) -> View:
    """The page without the blanks that carry no meaning; the white space in `keep` stays.

    `join` leaves out the end of a full line even between two digits.
    """
    continued = _continued_lines(page_text)
    origins: list[int] = []
    gaps: set[int] = set()
    for index, character in enumerate(folded):
        broken = join and index + 1 in continued
        if not character.isspace() or character in keep or (_separates(folded, index) and not broken):
            origins.append(index)
        else:
            gaps.add(len(origins))
    return View(
        page=page,
        page_text=page_text,
        confidences=confidences,
        text="".join(" " if folded[i].isspace() and folded[i] not in keep else folded[i] for i in origins),
        raw="".join(page_text[i] for i in origins),
        origins=tuple(origins),
        gaps=frozenset(gaps),
        wraps=frozenset(i for i, origin in enumerate(origins) if origin in continued),
    )


def _continued_lines(page_text: str) -> set[int]:
    """The offsets of the lines that follow a full one."""
    lines = page_text.split("\n")
    widths = [sum(2 if c >= _WIDE else 1 for c in line) for line in lines]
    full = max(_FULL_LINE * max(widths), _NARROWEST)
    offsets, offset = set(), 0
    for line, width in zip(lines, widths, strict=True):
        offset += len(line) + 1
        if width > full:
            offsets.add(offset)
    return offsets


def _separates(folded: str, index: int) -> bool:
    """Whether the blank at the index is the only thing between two letters or digits."""
    around = folded[max(0, index - 1) : index], folded[index + 1 : index + 2]
    return all(c.isascii() and c.isalnum() for c in around)
