"""Timing OCR alone, beside which the whole pipeline is measured."""

import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import cycle

from dms.ingest.reading.child_process import KEYLESS_CHILD, ChildProcess
from dms.ingest.reading.limits import EngineName

_PAGE_S = 120.0


def time_bare_reading(images: Sequence[bytes], *, processes: int, engine: EngineName | str) -> float:
    """Seconds that `processes` children need to start, load their models and recognise every straightened JPEG once.

    No triage, no straightening, no keeping: what any pipeline with this engine has to spend at least.
    """
    started = time.monotonic()
    shares = [images[number::processes] for number in range(processes)]
    with ThreadPoolExecutor(max_workers=processes) as threads:
        list(threads.map(_read_share, shares, cycle([EngineName(engine)])))
    return time.monotonic() - started


def _read_share(images: Sequence[bytes], engine: EngineName) -> None:
    child = ChildProcess((*KEYLESS_CHILD, "bare"), {"engine": engine})
    try:
        for image in images:
            child.ask({"ask": "read"}, [image], limit_s=_PAGE_S)
    finally:
        child.close()
