"""Search by example: the papers that share telling stretches of text with one.

Invariants:
- What tells is rare among the papers that the asker may see, and stands in at least one other of them; nothing else of
  the archive enters into it (I5).
- The example itself is never among the found.
- Where no paper shares as much as is asked for at first, less is asked for, down to one stretch.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from dms.archive import ItemNotFound
from dms.domain.actor import Actor
from dms.domain.criterion import NOTHING, AllOf, AtLeast, Criterion, Fact, FactRange, Not, Phrase
from dms.domain.item import READABLE_STATES
from dms.search.analysis import fold_pages
from dms.store import FoundOrder, Inquiry, UnitOfWork

MAX_RUNS = 24
FEWEST_SHARED = 4
_SHARED_ONE_IN = 3
LONG_RUN = 8
"""Folded characters; two papers that share so many in a row do so for a reason."""
SHORT_RUN = 5
"""Looked for where no long run is shared, as in papers of one form that name other parties."""
_COMMON_TIMES = 20
_FEWEST_BEARERS = 2
"""The example, and another paper."""
_COUNTED_FIRST = 100
"""How often the commonest runs stand takes longest to count, and need not be known exactly."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Resemblance:
    """What papers must have in common with an example."""

    criterion: Criterion
    """`NOTHING` where no stretch of the example stands in another paper."""
    title: str
    runs: int
    """How many stretches of its text are looked for."""
    shared: int
    """How many of them a paper has to bear."""


def resembling(view: UnitOfWork, actor: Actor, item_id: str) -> Resemblance:
    """What is like the item with this id; raises `ItemNotFound` unless the actor may see it and it has been read."""
    item = view.items.with_id(item_id, actor=actor)
    if item is None or item.state not in READABLE_STATES:
        raise ItemNotFound(item_id)
    text = fold_pages([page.text for page in view.contents.pages(item.key)]).text
    telling = _telling_runs(_stretches(text), view, actor)
    if not telling:
        return Resemblance(criterion=NOTHING, title=item.title, runs=0, shared=0)
    shared = min(len(telling), max(FEWEST_SHARED, len(telling) // _SHARED_ONE_IN))
    others = Not(FactRange(Fact.ITEM, item.key, item.key))
    while True:
        criterion = AllOf((AtLeast(shared, tuple(map(Phrase, telling))), others))
        if shared == 1 or _fits_any(criterion, view, actor):
            return Resemblance(criterion=criterion, title=item.title, runs=len(telling), shared=shared)
        shared //= 2


def _fits_any(criterion: Criterion, view: UnitOfWork, actor: Actor) -> bool:
    asked = Inquiry(
        criterion=criterion, chosen={}, actor=actor, order=FoundOrder.ARRIVAL, limit=0, offset=0, facets=False
    )
    return view.fulltext.find(asked).total > 0


def _stretches(text: str) -> list[str]:
    """The text in `MAX_RUNS` stretches of the same length, so that what tells is spread over the whole paper."""
    length = max(-(-len(text) // MAX_RUNS), LONG_RUN)
    return [text[start : start + length] for start in range(0, len(text), length)]


def _telling_runs(stretches: Sequence[str], view: UnitOfWork, actor: Actor) -> list[str]:
    """One run out of each stretch that another paper bears too, if there is one; few are asked for, each costs time."""
    bearers = _Bearers(view, actor)
    long_runs = {stretch: _from_the_middle(stretch, LONG_RUN) for stretch in stretches}
    shared = bearers.counted(long_runs.values(), most=_COUNTED_FIRST)
    short_runs = {
        stretch: _from_the_middle(stretch, SHORT_RUN)
        for stretch, run in long_runs.items()
        if shared[run] < _FEWEST_BEARERS
    }
    shared |= bearers.counted(short_runs.values(), most=_COUNTED_FIRST)
    runs = dict.fromkeys((long_runs | short_runs)[stretch] for stretch in stretches)
    return _without_phrases_of_course([run for run in runs if shared[run] >= _FEWEST_BEARERS], bearers)


class _Bearers:
    """In how many papers that the asker may see runs of text stand, counted no further than it has to be known."""

    def __init__(self, view: UnitOfWork, actor: Actor) -> None:
        self._view = view
        self._actor = actor
        self._known: dict[str, tuple[int, int]] = {}
        """By run what was counted, and up to where that is exact."""

    def counted(self, runs: Iterable[str], *, most: int) -> dict[str, int]:
        """For each run how many; what exceeds `most` is more than that, and perhaps more than is said."""
        wanted = dict.fromkeys(runs)
        open_ones = [
            run for run in wanted if run not in self._known or self._known[run][1] < min(self._known[run][0], most)
        ]
        counts = self._view.fulltext.frequencies(open_ones, self._actor, most=most) if open_ones else {}
        self._known |= {run: (count, most) for run, count in counts.items()}
        return {run: self._known[run][0] for run in wanted}


def _without_phrases_of_course(runs: Sequence[str], bearers: _Bearers) -> list[str]:
    """The runs that are not very much commoner than the rarer ones: what every paper says likens it to none."""
    most, rarer = _COUNTED_FIRST, _rarer_quarter(bearers.counted(runs, most=_COUNTED_FIRST))
    while rarer > most:
        most *= _COMMON_TIMES
        rarer = _rarer_quarter(bearers.counted(runs, most=most))
    counts = bearers.counted(runs, most=_COMMON_TIMES * rarer)
    return [run for run in runs if counts[run] <= _COMMON_TIMES * rarer]


def _rarer_quarter(counts: Mapping[str, int]) -> int:
    """How many papers bear the commonest of the rarest quarter of the runs; 0 where there are none."""
    by_rarity = sorted(counts.values())
    return by_rarity[len(by_rarity) // 4] if by_rarity else 0


def _from_the_middle(stretch: str, length: int) -> str:
    start = max(0, len(stretch) - length) // 2
    return stretch[start : start + length]
