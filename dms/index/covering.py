"""Which pairs of a pattern to look up, so that they are enough and cost least."""

from collections.abc import Sequence
from itertools import pairwise

_RARER_BY_A_PAIR = 3


def cover(costs: Sequence[int]) -> list[int]:
    """The cheapest indexes of pairs, the first and the last among them, of which no two neighbours are left out.

    A pattern of n units has n - 1 pairs; the pair at index i covers the units i and i + 1. `costs` is not empty.
    """
    best: list[tuple[int, list[int]]] = []
    for index, cost in enumerate(costs):
        before = min(best[-2:], key=lambda one: one[0], default=(0, []))
        best.append((before[0] + cost, [*before[1], index]))
    return best[-1][1]


def pieces(costs: Sequence[int], count: int) -> list[tuple[int, int]]:
    """A pattern cut into `count` pieces of two units or more that together are expected in the fewest places.

    First unit of each and the one behind the last. `costs` tells for each pair of the pattern how often it stands.
    """
    length = len(costs) + 1
    best: dict[tuple[int, int], tuple[float, list[tuple[int, int]]]] = {(0, 0): (0.0, [])}
    for end in range(2, length + 1):
        for number in range(1, count + 1):
            ways = [
                (before[0] + _expected(costs[first : end - 1]), [*before[1], (first, end)])
                for first in range(end - 1)
                if (before := best.get((first, number - 1)))
            ]
            if ways:
                best[end, number] = min(ways)
    return best[length, count][1]


def _expected(costs: Sequence[int]) -> float:
    """In how many places a run of pairs may stand: as often as the rarest, less for every other one."""
    return min(costs) / float(_RARER_BY_A_PAIR ** (len(costs) - 1))


def even_pieces(length: int, count: int) -> list[tuple[int, int]]:
    """A pattern cut into pieces that are as long as each other, or one unit longer; bounds as of `pieces`."""
    bounds = [length * number // count for number in range(count + 1)]
    return list(pairwise(bounds))
