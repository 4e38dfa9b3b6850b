"""Times of single acts, and what is told of many of them."""

import math
import time
from collections.abc import Callable, Iterator, Sequence
from statistics import median

from dms.cli.measuring_search.table import AtLeast, AtMost, Figure

NINETY_FIFTH = 0.95


def milliseconds(act: Callable[[], object]) -> float:
    """How long one act takes."""
    began = time.perf_counter()
    act()
    return (time.perf_counter() - began) * 1000


def ninety_fifth(times: Sequence[float]) -> float:
    """The time that 95 of 100 do not exceed; the longest where there are fewer than twenty."""
    return sorted(times)[math.ceil(NINETY_FIFTH * len(times)) - 1]


def told_times(part: str, name: str, times: Sequence[float], aim: AtLeast | AtMost | None) -> Iterator[Figure]:
    """Median and 95th percentile as figures; the second has the target."""
    if not times:
        yield Figure(part=part, name=f"{name}, p95", value="nothing to ask", unit="ms", aim=aim)
        return
    yield Figure(part=part, name=f"{name}, p50 of {len(times)}", value=round(median(times), 1), unit="ms")
    yield Figure(part=part, name=f"{name}, p95", value=round(ninety_fifth(times), 1), unit="ms", aim=aim)
