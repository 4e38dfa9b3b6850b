"""What the machine believes about a paper, and where on the page it read it; a person confirms or corrects it."""

from dataclasses import dataclass
from enum import StrEnum


class FieldName(StrEnum):
    """The facts that are read off a paper; the values are the keys of the JSON that `dms ingest` prints."""

    TYPE = "type"
    TITLE = "title"
    CONTRACT_NO = "contract_no"
    CUSTOMER_NAME = "customer_name"
    CUSTOMER_ROLE = "customer_role"
    USCC = "uscc"
    DOC_DATE = "doc_date"
    AMOUNT = "amount"


@dataclass(frozen=True, slots=True)
class Place:
    """Characters ``[start, end)`` of the text of one page (`PageReading.text`)."""

    page: int
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """One fact as the machine read it."""

    field: FieldName
    value: str
    """Canonical: a date as ``2023-05-18``, an amount as a plain decimal ``438000.00``, a code without spaces."""
    as_read: str
    """The characters on the page that it was taken from; empty when it was concluded rather than read."""
    place: Place | None
    """None when it was concluded from the whole paper and stands nowhere in particular."""
    confidence: float
    """0 to 1."""
    certain: bool
    """Whether it may be filled in beforehand; anything else waits for a person's eye."""
    reason: str = ""
    """A stable code of why it is uncertain or how it was repaired, e.g. ``check_digit_repaired``; may be empty."""
