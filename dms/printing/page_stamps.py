"""Page numbers of a bound volume, stamped over the pages of a copy; the scan beneath stays as it is.

The figures are ten drawings that all pages of a document share, out of a form of ours whose font is embedded.
"""

from datetime import UTC, datetime
from functools import cache
from io import BytesIO

from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, IndirectObject, PdfObject

from dms.printing.pdf_objects import add, deflated, name
from dms.printing.typesetting import typeset

_FORM = "page-figures"
_FIXED_MOMENT = datetime(2024, 1, 1, tzinfo=UTC)
"""The figures are the same whenever they are drawn."""
_FROM_EDGE_POINTS = 8 / 25.4 * 72
_HEIGHT_OF_PAGE = 0.0125
"""How high a figure is, as a part of the page's longer side: 3.7 mm on A4."""


class PageStamps:
    """Stamps for the pages of one document; the figures go into it with the first stamp."""

    def __init__(self, writer: PdfWriter) -> None:
        self._writer = writer
        self._forms: dict[str, IndirectObject] = {}
        self._sizes: dict[str, tuple[float, float]] = {}

    def forms(self) -> dict[str, PdfObject]:
        """The drawings of the ten figures, by the names that `operations` calls them by."""
        if not self._forms:
            self._draw()
        return dict(self._forms)

    def operations(self, number: int, page_size_points: tuple[float, float]) -> str:
        """What draws the number into the upper right corner, where page numbers are written on paper by hand."""
        self.forms()
        width, height = page_size_points
        names = [f"Figure{figure}" for figure in str(number)]
        scale = _HEIGHT_OF_PAGE * max(width, height) / self._sizes[names[0]][1]
        total = sum(self._sizes[each][0] for each in names) * scale
        x = width - min(_FROM_EDGE_POINTS, width / 20) - total
        y = height - min(_FROM_EDGE_POINTS, height / 20) - self._sizes[names[0]][1] * scale
        shown = []
        for each in names:
            shown.append(f"q {scale:.4f} 0 0 {scale:.4f} {x:.3f} {y:.3f} cm /{each} Do Q")
            x += self._sizes[each][0] * scale
        return "\n".join(shown)

    def _draw(self) -> None:
        for figure, page in enumerate(PdfReader(BytesIO(_figures())).pages):
            called = f"Figure{figure}"
            resources = page["/Resources"].clone(self._writer)
            content = page.get_contents()
            entries: dict[str, PdfObject] = {
                "Type": name("XObject"),
                "Subtype": name("Form"),
                "BBox": ArrayObject(page.mediabox),
                "Resources": resources,
            }
            self._forms[called] = add(
                self._writer, deflated(content.get_data() if content is not None else b"", entries)
            )
            self._sizes[called] = (float(page.mediabox.width), float(page.mediabox.height))


@cache
def _figures() -> bytes:
    return typeset(_FORM, {}, made_at=_FIXED_MOMENT, tagged=False)
