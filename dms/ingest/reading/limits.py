"""How much a reader may take: the bounds that a hostile or merely huge paper runs into.

The defaults let an A0 drawing at 300 dpi through and stop a picture that unfolds to gigabytes.
"""

from dataclasses import dataclass
from enum import StrEnum


class EngineName(StrEnum):
    """The two engines; see docs/decisions/0004."""

    RAPIDOCR = "rapidocr"
    TESSERACT = "tesseract"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingLimits:
    """Bounds for one child and for what it is sent; every number is positive."""

    document_bytes: int = 512 * 2**20
    pages: int = 2_000
    pixels_per_page: int = 200_000_000
    shortest_side_px: int = 48
    """A picture narrower or lower than this cannot hold a line of writing."""
    examination_s: float = 60.0
    page_s: float = 120.0
    address_space_bytes: int = 4 * 2**30
    """Ceiling of the memory that a child may map, held by the kernel; a page of 200 million pixels in colour needs
    1.8 GiB."""
    recycle_after_pages: int = 400
    recycle_above_bytes: int = 1_200 * 2**20
    """A child whose memory ever grew beyond this is replaced by a fresh one after its answer."""
