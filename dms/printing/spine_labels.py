"""案卷脊背: labels for the backs of volumes, to be cut out of a sheet."""

from typing import Any, Final

from dms.printing.errors import NothingToPrint
from dms.printing.listing import head
from dms.printing.qr_code import qr_svg
from dms.printing.typesetting import typeset
from dms.printing.upright import UprightText, upright
from dms.printing.volume_facts import SpineLabel, SpineLabels

HEIGHT_MM: Final = 250
"""Of a label; a volume of A4 paper is 297 high, its cover 310 (GB/T 9705-2008)."""
_SHEET_MM: Final = 186
"""What the width of a sheet can bear."""
_GAP_MM: Final = 3
_NARROWEST_MM, _WIDEST_MM = 8, 60
_NAME_MM: Final = 118
"""How much of the height the name takes."""
_LARGEST_MM: Final = 8.5
_WITH_TITLE_MM: Final = 30
"""From this width on there is room for the title beside the name."""


def spine_labels_pdf(form: SpineLabels) -> bytes:
    """The labels, as many on a sheet of A4 as fit beside each other. Raises `NothingToPrint` where there are none."""
    if not form.labels:
        raise NothingToPrint
    content = {
        "title": "案卷脊背标签",
        **head(form.letterhead),
        "height": HEIGHT_MM,
        "name_height": _NAME_MM,
        "gap": _GAP_MM,
        "sheets": [[_label(label) for label in sheet] for sheet in _sheets(form.labels)],
    }
    return typeset("spine-labels", content, made_at=form.letterhead.made_at, tagged=False)


def _sheets(labels: tuple[SpineLabel, ...]) -> list[list[SpineLabel]]:
    sheets: list[list[SpineLabel]] = [[]]
    taken_mm = 0
    for label in labels:
        width_mm = _width(label) + _GAP_MM
        if sheets[-1] and taken_mm + width_mm > _SHEET_MM:
            sheets.append([])
            taken_mm = 0
        sheets[-1].append(label)
        taken_mm += width_mm
    return sheets


def _width(label: SpineLabel) -> int:
    return min(max(label.width_mm, _NARROWEST_MM), _WIDEST_MM)


def _label(label: SpineLabel) -> dict[str, Any]:
    width_mm = _width(label)
    return {
        "width": width_mm,
        "year": str(label.year),
        "retention": label.retention_code,
        "series": _columns(_series(label, width_mm)),
        "number": label.volume_number,
        "code": label.reference_code,
        "name": _columns(_name(label, width_mm)),
        "title": _columns(_title(label, width_mm)),
        "qr": qr_svg(label.reference_code),
    }


def _series(label: SpineLabel, width_mm: int) -> UprightText:
    return upright(label.series, width_mm=width_mm - 1.2, height_mm=27, largest_mm=5, most_columns=1)


def _name(label: SpineLabel, width_mm: int) -> UprightText:
    share = 0.5 if _bears_title(label, width_mm) else 1.0
    return upright(label.customer, width_mm=(width_mm - 2) * share, height_mm=_NAME_MM - 4, largest_mm=_LARGEST_MM)


def _title(label: SpineLabel, width_mm: int) -> UprightText:
    text = label.title if _bears_title(label, width_mm) else ""
    return upright(text, width_mm=(width_mm - 2) * 0.45, height_mm=_NAME_MM - 4, largest_mm=_LARGEST_MM * 0.6)


def _bears_title(label: SpineLabel, width_mm: int) -> bool:
    return bool(label.title) and width_mm >= _WITH_TITLE_MM


def _columns(text: UprightText) -> dict[str, Any]:
    columns = [[{"text": piece.text, "stand": piece.stand} for piece in column] for column in text.columns]
    return {"size": round(text.size_mm, 2), "columns": columns}
