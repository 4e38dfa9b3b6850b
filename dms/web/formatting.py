"""How days, moments, amounts and sizes are written on every page."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import lru_cache

from flask_babel import gettext as _
from flask_babel import ngettext
from markupsafe import Markup, escape

from dms.domain.document_type import DocumentType, Series
from dms.domain.retention import RetentionRule
from dms.domain.scheme import ClassScheme
from dms.errors import Bilingual
from dms.search import SnippetPart
from dms.web.current import archive, language

KILOBYTE = 1024
NOTHING = "—"
_MARK = "<mark>%s</mark>"


def day(value: date | None) -> str:
    """``2023-05-18``, or a dash where no day is known."""
    return value.isoformat() if value else NOTHING


def moment(value: datetime | None) -> str:
    """``2023-05-18 14:05`` in the time zone of the machine, or a dash."""
    return value.astimezone().strftime("%Y-%m-%d %H:%M") if value else NOTHING


def machine_moment(value: datetime) -> str:
    """The moment for the ``datetime`` attribute of a time element."""
    return value.astimezone(UTC).isoformat(timespec="seconds")


def yuan(value: Decimal | None) -> str:
    """``¥438,000.00``, or a dash."""
    if value is None:
        return NOTHING
    return f"-¥{-value:,.2f}" if value < 0 else f"¥{value:,.2f}"


def size(size_bytes: int) -> str:
    """``312 KB``, ``1.8 MB`` or ``2.4 GB``."""
    kilobytes = size_bytes / KILOBYTE
    if kilobytes < KILOBYTE:
        return f"{max(1, round(kilobytes)):,} KB"
    megabytes = kilobytes / KILOBYTE
    return f"{megabytes:,.1f} MB" if megabytes < KILOBYTE else f"{megabytes / KILOBYTE:,.1f} GB"


def age(value: datetime) -> str:
    """How long ago a moment was, in whole days, hours or minutes."""
    passed = max(archive().now() - value, timedelta())
    minutes = int(passed.total_seconds()) // 60
    if minutes < 1:
        return str(_("刚刚"))
    if passed < timedelta(hours=1):
        return str(ngettext("%(num)d 分钟前", "%(num)d 分钟前", minutes))
    if passed < timedelta(days=1):
        return str(ngettext("%(num)d 小时前", "%(num)d 小时前", minutes // 60))
    return str(ngettext("%(num)d 天前", "%(num)d 天前", passed.days))


def count(value: int) -> str:
    """A number with thousands separated."""
    return f"{value:,}"


def page_words(number: int) -> str:
    """``第 3 页``, or ``Page 3``."""
    return _page_words(number, language())


@lru_cache(maxsize=1000)
def _page_words(number: int, _language: str) -> str:
    return str(_("第 %(number)d 页", number=number))


def in_marks(passage: Iterable[SnippetPart]) -> Markup:
    """A passage with its hits marked; made here, for a page shows a hundred and a template is slow over each part."""
    return Markup("".join(_MARK % escape(part.text) if part.marked else escape(part.text) for part in passage))  # noqa: S704  # every text is escaped


def localized_name(value: Bilingual | ClassScheme | DocumentType | RetentionRule | Series) -> str:
    """The Chinese or the English name, by the language of the person who reads."""
    return value.zh if language() == "zh" else value.en
