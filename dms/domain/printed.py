"""What comes out when something is printed: a document for a person to take away, as paper or as a spreadsheet."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType


class PrintAs(StrEnum):
    """What it is printed as; the value is the ending of its name."""

    PDF = "pdf"
    """PDF/A-2b."""
    XLSX = "xlsx"


MEDIA_TYPES: Mapping[PrintAs, str] = MappingProxyType(
    {
        PrintAs.PDF: "application/pdf",
        PrintAs.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Printed:
    """A document for a person to look at, or to keep."""

    suggested_name: str
    media_type: str
    content: bytes
