"""What every form bears, whatever it is about: whose archive it comes from, who had it printed, and when."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Letterhead:
    """Whose form it is, and when it was made out."""

    company: str
    """全宗名称: the full name of the company, as of the year that the form is about; empty where nobody named it."""
    fonds_code: str
    """全宗号; empty where there is none."""
    person: str
    """编制人: who made the form out."""
    made_at: datetime
    """The same moment and the same facts give the same bytes."""
    department: str = ""
    """编制单位, 立卷单位; empty where none is named."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Signed:
    """A place for a signature: in whose role, and by whom where it was given electronically."""

    role: str
    """``立卷人``, ``检查人``, ``移交人``, ``接收人`` …"""
    name: str = ""
    """Empty leaves a line to sign by hand."""
    signed_on: date | None = None
    """None leaves a place for the date."""
