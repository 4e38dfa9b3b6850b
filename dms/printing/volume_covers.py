"""案卷封面: the first sheet of a volume (GB/T 9705-2008, GB/T 11822-2008)."""

from typing import Any

from dms.printing.errors import NothingToPrint
from dms.printing.listing import day, head
from dms.printing.qr_code import qr_svg
from dms.printing.typesetting import typeset
from dms.printing.volume_facts import VolumeCover, VolumeCovers
from dms.printing.wrapping import breakable


def volume_covers_pdf(form: VolumeCovers) -> bytes:
    """The covers, one a sheet. Raises `NothingToPrint` where there are none."""
    if not form.covers:
        raise NothingToPrint
    content = {"title": "案卷封面", **head(form.letterhead), "covers": [_cover(cover) for cover in form.covers]}
    return typeset("volume-cover", content, made_at=form.letterhead.made_at)


def _cover(cover: VolumeCover) -> dict[str, Any]:
    return {
        "code": breakable(cover.reference_code, 90),
        "title": breakable(cover.title, 120),
        "series": cover.series,
        "year": str(cover.year),
        "customer": cover.customer,
        "customer_now": cover.customer_now,
        "company_formerly": cover.company_formerly,
        "dates": " — ".join(dict.fromkeys(filter(None, (day(cover.first_on), day(cover.last_on))))),
        "retention": cover.retention,
        "grade": cover.grade,
        "items": str(cover.items),
        "pages": str(cover.pages),
        "sheets": str(cover.sheets),
        "filing_no": breakable(cover.filing_no, 60),
        "continues": cover.continues,
        "reissue": cover.reissue,
        "qr": qr_svg(cover.reference_code),
    }
