"""From the blocks of a source to clean, unworn pages and the text that stands on each of them."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np
from PIL import Image, ImageDraw

from demo_papers import ink
from demo_papers.fonts import face
from demo_papers.markup import Block, BlockKind, MarkKind, parse, printed
from demo_papers.typesetting import SetLine, broken

_AMOUNT = re.compile(r"[¥\d,.%-]+")
_ALMOST_BLACK = (26, 26, 28)
_LEADING = 1.72


@dataclass(frozen=True, slots=True)
class ComposedPage:
    """One clean page and its text, a paragraph or a table row a line."""

    image: Image.Image
    text: str


@dataclass(slots=True)
class _PageInProgress:
    image: Image.Image
    lines: list[str] = field(default_factory=list)
    stamps: list[tuple[tuple[float, float], str]] = field(default_factory=list)


def compose(source: str, *, dpi: int, seed: int) -> list[ComposedPage]:
    """The pages of a source text at a resolution; the same seed gives the same pages."""
    composer = _Composer(dpi, np.random.default_rng(seed))
    composer.set(parse(source))
    return composer.finished()


class _Composer:
    def __init__(self, dpi: int, rng: np.random.Generator) -> None:
        self._dpi, self._rng = dpi, rng
        self._family, self._size_pt = "song", 12.0
        self._paper_mm, self._margin_mm = (210.0, 297.0), (26.0, 25.0)
        self._rule_colour = _ALMOST_BLACK
        self._has_footer = self._has_frame = False
        self._widths_mm: Sequence[float] = ()
        self._is_head_row = False
        self._y = 0.0
        self._pages: list[_PageInProgress] = []

    def set(self, blocks: Sequence[Block]) -> None:
        previous = BlockKind.GAP
        for block in blocks:
            if previous is BlockKind.ROW and block.kind not in (BlockKind.ROW, BlockKind.WIDTHS):
                self._y += self._px(3)
            self._set_block(block)
            previous = block.kind

    def _set_block(self, block: Block) -> None:
        match block.kind:
            case BlockKind.DIRECTIVE:
                self._obey(block.text)
            case BlockKind.WIDTHS:
                self._begin_table(block.text)
            case BlockKind.ROW:
                self._table_row(block.text.split("|"))
            case BlockKind.GAP:
                self._y += self._px(float(block.text))
            case BlockKind.NEW_PAGE:
                self._begin_page()
            case BlockKind.RULE:
                self._rule()
            case _:
                self._line_of_print(block)

    def _line_of_print(self, block: Block) -> None:
        size, bold = self._size_pt, f"{self._family}-bold"
        match block.kind:
            case BlockKind.TITLE:
                self._single(block.text, bold, size * 1.75, 0.5, after_mm=5)
            case BlockKind.LARGE_TITLE:
                self._single(block.text, bold, size * 2.6, 0.5, after_mm=3)
            case BlockKind.HEADING:
                self._single(block.text, bold, size * 1.45, 0.5, after_mm=1)
            case BlockKind.CENTRED:
                self._single(block.text, self._family, size, 0.5, after_mm=1)
            case BlockKind.RIGHT:
                self._single(block.text, self._family, size, 1.0, after_mm=1)
            case BlockKind.ARTICLE:
                self._single(block.text, bold, size, 0.0, after_mm=0)
            case BlockKind.FLUSH:
                self._paragraph(block.text, 0)
            case _:
                self._paragraph(block.text, 2)

    def _obey(self, directive: str) -> None:
        name, _, rest = directive.partition(" ")
        orders: dict[str, Callable[[str], None]] = {
            "font": self._order_font,
            "paper": self._order_paper,
            "rules": self._order_rules,
            "footer": self._order_footer,
            "frame": self._order_frame,
            "letterhead": self._letterhead,
            "letterhead-tc": self._letterhead,
            "columns": self._columns,
            "sign": self._signatures,
            "keep": self._keep_together,
        }
        orders[name](rest)

    def _order_font(self, rest: str) -> None:
        self._family, size = rest.split()
        self._size_pt = float(size)

    def _order_paper(self, rest: str) -> None:
        width, height, side, top = (float(v) for v in rest.split())
        self._paper_mm, self._margin_mm = (width, height), (side, top)

    def _order_rules(self, rest: str) -> None:
        red, green, blue = (int(v) for v in rest.split())
        self._rule_colour = (red, green, blue)

    def _order_footer(self, _rest: str) -> None:
        self._has_footer = True

    def _order_frame(self, _rest: str) -> None:
        self._has_frame = True

    def _keep_together(self, rest: str) -> None:
        if self._y + self._px(float(rest)) > self._bottom:
            self._begin_page()

    def _px(self, mm: float) -> float:
        return mm / 25.4 * self._dpi

    def _pt(self, points: float) -> float:
        return points / 72 * self._dpi

    @property
    def _page(self) -> _PageInProgress:
        if not self._pages:
            self._begin_page()
        return self._pages[-1]

    @property
    def _left(self) -> float:
        return self._px(self._margin_mm[0])

    @property
    def _width(self) -> float:
        return self._px(self._paper_mm[0]) - 2 * self._left

    @property
    def _bottom(self) -> float:
        return self._px(self._paper_mm[1] - self._margin_mm[1])

    def _begin_page(self) -> None:
        size = (round(self._px(self._paper_mm[0])), round(self._px(self._paper_mm[1])))
        self._pages.append(_PageInProgress(Image.new("RGB", size, "white")))
        self._y = self._px(self._margin_mm[1])
        if self._has_frame:
            self._frame()

    def _frame(self) -> None:
        draw = ImageDraw.Draw(self._page.image)
        width, height = self._page.image.size
        for inset_mm, thickness_mm in ((9, 1.6), (12, 0.5), (14, 0.3)):
            inset = self._px(inset_mm)
            draw.rectangle(
                (inset, inset, width - inset, height - inset), None, (176, 134, 60), round(self._px(thickness_mm))
            )

    def _room_for(self, height_px: float) -> None:
        if self._page and self._y + height_px > self._bottom:
            self._begin_page()

    def _single(self, text: str, family: str, size_pt: float, across: float, *, after_mm: float) -> None:
        """One line, `across` of the free width pushed to its left: 0 left, 0.5 centred, 1 right."""
        line = broken(text, face(family, self._pt(size_pt)), 1e6, 0)[0]
        height = self._pt(size_pt) * _LEADING
        self._room_for(height)
        self._draw_line(line, self._left + (self._width - line.width_px) * across, family, size_pt)
        self._page.lines.append(line.text.strip())
        self._y += height + self._px(after_mm)

    def _paragraph(self, text: str, indent_characters: int) -> None:
        size_px = self._pt(self._size_pt)
        indent = indent_characters * size_px
        page_of_last_line: _PageInProgress | None = None
        for index, line in enumerate(broken(text, face(self._family, size_px), self._width, indent)):
            self._room_for(size_px * _LEADING)
            self._draw_line(line, self._left + (0 if index else indent), self._family, self._size_pt)
            if self._page is page_of_last_line:
                self._page.lines[-1] += line.text
            else:
                self._page.lines.append(line.text)
            page_of_last_line = self._page
            self._y += size_px * _LEADING

    def _draw_line(self, line: SetLine, x: float, family: str, size_pt: float) -> None:
        size_px = self._pt(size_pt)
        font, page = face(family, size_px), self._page
        draw, base = ImageDraw.Draw(page.image), self._y + size_px * 1.22
        for token in line.tokens:
            match token.kind:
                case MarkKind.PRINT:
                    draw.text((x, base), token.text, _ALMOST_BLACK, font, anchor="ls")
                case MarkKind.FILLED:
                    ink.fill_in(page.image, (x, base), token.text, size_px * 1.12, self._rng)
                case MarkKind.SIGNATURE:
                    ink.sign(page.image, (x + self._px(2), base), token.text, self._dpi, self._rng)
                case MarkKind.SEAL:
                    page.stamps.append(((x + self._px(3), base - self._px(1)), token.text))
            x += token.width_px + line.extra_px

    def _rule(self) -> None:
        y = self._y + self._px(1.5)
        ImageDraw.Draw(self._page.image).line(
            (self._left, y, self._left + self._width, y),
            self._rule_colour,
            round(self._px(0.3)),
        )
        self._y += self._px(4)

    def _letterhead(self, rest: str) -> None:
        for text, size, bold in zip(rest.split("|"), (1.55, 0.8, 0.75), ("-bold", "", ""), strict=True):
            self._single(text, self._family + bold, self._size_pt * size, 0.5, after_mm=0)
        self._rule()
        self._y += self._px(4)

    def _signatures(self, rest: str) -> None:
        left, _, right = rest.partition("||")
        rows = [part.split(" / ") for part in (left.strip(), right.strip())]
        for pair in zip(*rows, strict=True):
            self._y += self._px(11) if "{印" in pair[0] else 0
            self._columns(" || ".join(pair))
            self._y += self._px(4)

    def _columns(self, rest: str) -> None:
        size_px = self._pt(self._size_pt)
        self._room_for(size_px * _LEADING)
        parts = [part.strip() for part in rest.split("||")]
        for index, part in enumerate(parts):
            line = broken(part, face(self._family, size_px), 1e6, 0)[0]
            self._draw_line(line, self._left + index * self._width * 0.53, self._family, self._size_pt)
        self._page.lines.append(" ".join(printed(part) for part in parts))
        self._y += size_px * _LEADING

    def _begin_table(self, widths: str) -> None:
        self._is_head_row = not widths.startswith("+")
        self._widths_mm = [float(width) for width in widths.removeprefix("+").split()]

    def _table_row(self, cells: Sequence[str]) -> None:
        size_px = self._pt(self._size_pt * 0.95)
        height = size_px * 1.9
        self._room_for(height)
        x = self._left
        for width_mm, cell in zip(self._widths_mm, cells, strict=True):
            self._cell(cell, (x, self._y, x + self._px(width_mm), self._y + height), size_px)
            x += self._px(width_mm)
        self._page.lines.append(" ".join(cell for cell in cells if cell))
        self._y += height
        self._is_head_row = False

    def _cell(self, text: str, box: tuple[float, float, float, float], size_px: float) -> None:
        draw, middle = ImageDraw.Draw(self._page.image), (box[1] + box[3]) / 2
        draw.rectangle(box, None, self._rule_colour, max(1, round(self._px(0.25))))
        font, pad = face(self._family, size_px), self._px(1.8)
        if self._is_head_row or len(text) == 1:
            draw.text(((box[0] + box[2]) / 2, middle), text, _ALMOST_BLACK, font, anchor="mm")
        elif _AMOUNT.fullmatch(text):
            draw.text((box[2] - pad, middle), text, _ALMOST_BLACK, font, anchor="rm")
        else:
            draw.text((box[0] + pad, middle), text, _ALMOST_BLACK, font, anchor="lm")

    def finished(self) -> list[ComposedPage]:
        for number, page in enumerate(self._pages, start=1):
            if self._has_footer:
                self._foot(page, f"第 {number} 页 共 {len(self._pages)} 页")
            for centre, text in page.stamps:
                ink.stamp(page.image, centre, text, self._dpi, self._rng)
        return [ComposedPage(page.image, "\n".join(page.lines)) for page in self._pages]

    def _foot(self, page: _PageInProgress, text: str) -> None:
        where = (page.image.width / 2, page.image.height - self._px(14))
        ImageDraw.Draw(page.image).text(where, text, _ALMOST_BLACK, face(self._family, self._pt(10)), anchor="ms")
        page.lines.append(text)
