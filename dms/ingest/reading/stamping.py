"""Page images marked for whoever looks at them, by a keyless child: no picture is parsed in this process (I4).

What always holds:
- An image is given out marked, or not at all.
- A child that died, stalled or lied is replaced; the page is asked for once more, then refused.
"""

from collections.abc import Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path
from queue import LifoQueue
from typing import Final

from dms.domain.reading import Box
from dms.ingest.reading.child_process import KEYLESS_CHILD, ChildProcess
from dms.ingest.reading.errors import ReaderFailed, ReaderMisbehaved
from dms.ingest.reading.stamping_errors import PageNotStamped

STAMPING_CHILD: Final = (*KEYLESS_CHILD, "stamp")
MOST_BOXES: Final = 2_000
MOST_TEXT_CHARACTERS: Final = 120
_ANSWER_S: Final = 30.0
_JPEG: Final = b"\xff\xd8\xff"
_FONT_FOLDERS: Final = ("/usr/share/fonts", "/usr/local/share/fonts", "/System/Library/Fonts", "C:/Windows/Fonts")
_HAN_FONTS: Final = (
    "NotoSansCJK-Regular",
    "SourceHanSans",
    "wqy-microhei",
    "PingFang",
    "msyh",
    "simsun",
    "DroidSansFall",
)
_FONT_ENDINGS: Final = frozenset({".ttc", ".otf", ".ttf"})


class PageStamper:
    """Marks page images; safe to share between threads, started when it is first asked."""

    def __init__(self, *, processes: int = 1, command: Sequence[str] = STAMPING_CHILD) -> None:
        """Take `processes` children at most; `command` starts one and is replaced only by tests."""
        self._command = tuple(command)
        self._seats: LifoQueue[ChildProcess | None] = LifoQueue()
        self._count = max(1, processes)
        for _ in range(self._count):
            self._seats.put(None)

    def marked(self, jpeg: bytes, *, text: str = "", boxes: Sequence[Box] = ()) -> bytes:
        """The JPEG with `text` laid over it again and again, and what lies in the boxes (pixels of it) made black.

        Where this machine has no Chinese font, what is not ASCII is left out of the text. Raises `PageNotStamped`.
        """
        child = self._seats.get()
        try:
            for _ in range(2):
                child = child if child is not None and child.usable else None
                with suppress(ReaderFailed):
                    child = child or self._started()
                    return _asked(child, jpeg, text, boxes)
            raise PageNotStamped
        finally:
            self._seats.put(child if child is not None and child.usable else None)

    def close(self) -> None:
        """End every child; waits for those at work. It may be used again afterwards."""
        children = [self._seats.get() for _ in range(self._count)]
        for child in children:
            if child is not None:
                child.close()
            self._seats.put(None)

    def _started(self) -> ChildProcess:
        child = ChildProcess(self._command, {})
        child.ask({"ask": "font"}, _han_font(), limit_s=_ANSWER_S)
        return child


def _asked(child: ChildProcess, jpeg: bytes, text: str, boxes: Sequence[Box]) -> bytes:
    if len(boxes) > MOST_BOXES:
        raise PageNotStamped
    shown = text[:MOST_TEXT_CHARACTERS] if _han_font() else text.encode("ascii", "ignore").decode()
    places = [[box.left, box.top, box.right, box.bottom] for box in boxes]
    answer = child.ask({"ask": "mark", "text": shown, "boxes": places}, (jpeg,), limit_s=_ANSWER_S)
    if answer.header.get("answer") != "marked" or len(answer.parts) != 1 or not answer.parts[0].startswith(_JPEG):
        child.kill()
        raise ReaderMisbehaved
    return answer.parts[0]


@cache
def _han_font() -> tuple[bytes, ...]:
    """The bytes of a font with Chinese characters, which the child cannot fetch itself; empty where there is none."""
    found = [
        path
        for folder in _FONT_FOLDERS
        for path in Path(folder).rglob("*")
        if path.suffix.lower() in _FONT_ENDINGS and path.name.startswith(_HAN_FONTS)
    ]
    best = min(found, key=lambda path: (_rank(path.name), path.name), default=None)
    return (best.read_bytes(),) if best else ()


def _rank(name: str) -> int:
    return next(place for place, start in enumerate(_HAN_FONTS) if name.startswith(start))
