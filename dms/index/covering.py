"""Which pairs of a pattern to look up, so that they are enough and cost least."""

from collections.abc import Sequence


def cover(costs: Sequence[int]) -> list[int]:
    """The cheapest indexes of pairs, the first and the last among them, of which no two neighbours are left out.

    A pattern of n units has n - 1 pairs; the pair at index i covers the units i and i + 1. `costs` is not empty.
    """
    best: list[tuple[int, list[int]]] = []
    for index, cost in enumerate(costs):
        before = min(best[-2:], key=lambda one: one[0], default=(0, []))
        best.append((before[0] + cost, [*before[1], index]))
    return best[-1][1]


def disjoint(costs: Sequence[int], count: int) -> list[int]:
    """The cheapest `count` indexes of pairs of which no two share a unit, out of at least ``2 * count - 1``."""
    best: list[list[tuple[int, list[int]] | None]] = [[(0, []), *[None] * count] for _ in range(2)]
    for index, cost in enumerate(costs):
        row = list(best[-1])
        for chosen in range(1, count + 1):
            before = best[-2][chosen - 1]
            if before is not None:
                row[chosen] = min([one for one in (row[chosen], (before[0] + cost, [*before[1], index])) if one])
        best.append(row)
    whole = best[-1][count]
    assert whole is not None
    return whole[1]
