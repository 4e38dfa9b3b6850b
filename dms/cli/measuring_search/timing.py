"""Times of single acts, and what is told of many of them."""

import math
import time
from collections.abc import Callable, Sequence
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


def told_times(part: str, name: str, times: Sequence[float], aim: AtLeast | AtMost | None) -> Figure:
    """The 95th percentile, which has the target, with the median beside it."""
    if not times:
        return Figure(part=part, name=name, value="nothing to ask", unit="ms", aim=aim)
    return Figure(
        part=part,
        name=f"{name} ({len(times)} asked)",
        value=round(ninety_fifth(times), 2),
        median=round(median(times), 2),
        unit="ms",
        aim=aim,
    )
