"""Corrections 更正: what a person says stands on a page, where OCR read something else.

Invariant: the text that OCR read is never altered; a correction stands beside it, and the last one counts.
"""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PageCorrection:
    """One statement of a person about the text of one page."""

    page_number: int
    text: str | None
    """What stands there; None takes the former corrections back, so that what OCR read counts again."""
    corrected_by: str
    corrected_at: datetime
