"""档案盒标签: what lies in a box, with a QR code that a scanner reads (DA/T 22-2015 §6.4)."""

from typing import Any

from dms.printing.errors import NothingToPrint
from dms.printing.listing import head
from dms.printing.qr_code import qr_svg
from dms.printing.typesetting import typeset
from dms.printing.volume_facts import BoxLabel, BoxLabels
from dms.printing.wrapping import breakable


def box_labels_pdf(form: BoxLabels) -> bytes:
    """The labels, eight on a sheet of A4. Raises `NothingToPrint` where there are none."""
    if not form.labels:
        raise NothingToPrint
    content = {"title": "档案盒标签", **head(form.letterhead), "labels": [_label(label) for label in form.labels]}
    return typeset("box-labels", content, made_at=form.letterhead.made_at, tagged=False)


def _label(label: BoxLabel) -> dict[str, Any]:
    barcode = label.barcode or label.box_number
    holds = "、".join(f"{count} {unit}" for count, unit in ((label.volumes, "卷"), (label.items, "件")) if count)
    return {
        "number": breakable(label.box_number, 50),
        "years": label.years,
        "retention": label.retention,
        "codes": [breakable(code, 46) for code in dict.fromkeys((label.first_code, label.last_code)) if code],
        "holds": holds,
        "customers": label.customers,
        "series": label.series,
        "location": label.location,
        "barcode": breakable(barcode, 24),
        "qr": qr_svg(barcode),
    }
