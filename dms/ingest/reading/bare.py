"""Timing OCR alone, beside which the whole pipeline is measured."""

import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from dms.ingest.reading.child_process import KEYLESS_CHILD, ChildProcess
from dms.ingest.reading.limits import EngineName

_PAGE_S = 120.0


def time_bare_reading(images: Sequence[bytes], *, processes: int, engine: EngineName | str) -> float:
    """Seconds that `processes` children need to start, load the engine's models and read every straightened JPEG once.

    No triage, no straightening, no keeping: what any pipeline with this engine has to spend at least.
    """
    return _timed(images, processes, {"engine": EngineName(engine), "as_shipped": False})


def time_shipped_reading(images: Sequence[bytes], *, processes: int) -> float:
    """The same for RapidOCR as it is shipped, called on whole pages with its own settings, one thread a process."""
    return _timed(images, processes, {"engine": EngineName.RAPIDOCR, "as_shipped": True})


def _timed(images: Sequence[bytes], processes: int, configuration: dict[str, Any]) -> float:
    started = time.monotonic()
    shares = [images[number::processes] for number in range(processes)]
    with ThreadPoolExecutor(max_workers=processes) as threads:
        list(threads.map(lambda share: _read_share(share, configuration), shares))
    return time.monotonic() - started


def _read_share(images: Sequence[bytes], configuration: dict[str, Any]) -> None:
    child = ChildProcess((*KEYLESS_CHILD, "bare"), configuration)
    try:
        for image in images:
            child.ask({"ask": "read"}, [image], limit_s=_PAGE_S)
    finally:
        child.close()
