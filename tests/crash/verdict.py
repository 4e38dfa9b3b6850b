"""What a run of the harness comes to, in one sentence and in one assertion."""

from collections import Counter
from typing import Any

from crash.accounts import Wrong

MOST_SHOWN = 10


def summary(workload: str, result: dict[str, Any], cases: str) -> str:
    """``ingest: 362 operations, 563 faults: 0 lost, 0 dangling, 0 manual repairs``."""
    counts = Counter(wrong for _, wrong, _ in result["complaints"])
    found = ", ".join(f"{counts[wrong.value]} {wrong.value}" for wrong in Wrong)
    return f"{workload}: {result['operations']:,} operations, {cases}: {found}"


def assert_nothing_wrong(result: dict[str, Any]) -> None:
    """Names the first cases in which something was wrong."""
    shown = [f"{case}: {wrong}: {sentence}" for case, wrong, sentence in result["complaints"][:MOST_SHOWN]]
    assert not shown, "\n".join(shown)
