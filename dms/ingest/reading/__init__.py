"""Reading: from a stranger's bytes to pages of text with a place for each character, in children that hold no key.

What always holds for the caller:
- No byte of a paper is parsed in this process, and nothing of it is written to a disk; the children cannot write one.
- A paper is judged by its content alone; this package is never told a name.
- `ReadingRefused` means that the same bytes will be refused again (its kind is a refusal of the input);
  `ReaderFailed` concerns this paper only and says by `retryable` whether trying again may help. Other papers, and
  other pages already read, are unaffected by either.
- Every value returned was checked against its type and its bounds (`answers`); an image is still a stranger's picture,
  to be shown by a browser and parsed by nothing here.
- Pages may be read in any order, from several threads, more than once; the result does not depend on the order.
- The pages of one paper go to as many children as are free. Keep the same bytes object for all calls: it is
  recognised by identity, and sent to each child once.
- When this process dies in any way, the children end by themselves within a moment.
"""

from dms.ingest.reading.answers import Examination, MediaType, PageResult, PaperKind
from dms.ingest.reading.bare import time_bare_reading, time_shipped_reading
from dms.ingest.reading.errors import (
    FAILURES,
    REFUSALS,
    AnimatedPicture,
    DamagedDocument,
    DocumentTooLarge,
    EmptyDocument,
    NoSuchPage,
    OcrLanguageMissing,
    OcrProgramMissing,
    PasswordProtected,
    PoolClosed,
    ReaderDied,
    ReaderFailed,
    ReaderMisbehaved,
    ReaderOutOfMemory,
    ReaderStumbled,
    ReaderTimedOut,
    ReadingRefused,
    TooManyPages,
    TooManyPixels,
    TooSmall,
    UnrecognisedContent,
    UnsupportedKind,
)
from dms.ingest.reading.foreign import ForeignKind
from dms.ingest.reading.limits import EngineName, ReadingLimits
from dms.ingest.reading.pool import ReaderPool
from dms.ingest.reading.stamping import PageStamper
from dms.ingest.reading.stamping_errors import PageNotStamped

__all__ = [
    "FAILURES",
    "REFUSALS",
    "AnimatedPicture",
    "DamagedDocument",
    "DocumentTooLarge",
    "EmptyDocument",
    "EngineName",
    "Examination",
    "ForeignKind",
    "MediaType",
    "NoSuchPage",
    "OcrLanguageMissing",
    "OcrProgramMissing",
    "PageNotStamped",
    "PageResult",
    "PageStamper",
    "PaperKind",
    "PasswordProtected",
    "PoolClosed",
    "ReaderDied",
    "ReaderFailed",
    "ReaderMisbehaved",
    "ReaderOutOfMemory",
    "ReaderPool",
    "ReaderStumbled",
    "ReaderTimedOut",
    "ReadingLimits",
    "ReadingRefused",
    "TooManyPages",
    "TooManyPixels",
    "TooSmall",
    "UnrecognisedContent",
    "UnsupportedKind",
    "time_bare_reading",
    "time_shipped_reading",
]
