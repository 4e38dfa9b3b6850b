"""Search by example: the papers that share telling stretches of text with one.

Invariants:
- What tells is rare among the papers that the asker may see, and stands in at least one other of them; nothing else of
  the archive enters into it (I5).
- The example itself is never among the found.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dms.archive import ItemNotFound
from dms.domain.actor import Actor
from dms.domain.criterion import NOTHING, AllOf, AtLeast, Criterion, Fact, FactRange, Not, Phrase
from dms.domain.item import READABLE_STATES
from dms.search.analysis import fold_pages
from dms.store import UnitOfWork

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Resemblance:
    """What papers must have in common with an example."""

    criterion: Criterion
    """`NOTHING` where no stretch of the example stands in another paper."""
    title: str
    runs: int
    """How many stretches of its text are looked for."""


def resembling(view: UnitOfWork, actor: Actor, item_id: str) -> Resemblance:
    """What is like the item with this id; raises `ItemNotFound` unless the actor may see it and it has been read."""
    item = view.items.with_id(item_id, actor=actor)
    if item is None or item.state not in READABLE_STATES:
        raise ItemNotFound(item_id)
    text = fold_pages([page.text for page in view.contents.pages(item.key)]).text
    telling = _telling_runs(_stretches(text), view, actor)
    if not telling:
        return Resemblance(criterion=NOTHING, title=item.title, runs=0)
    shared = min(len(telling), max(FEWEST_SHARED, len(telling) // _SHARED_ONE_IN))
    alike = AtLeast(shared, tuple(map(Phrase, telling)))
    criterion = AllOf((alike, Not(FactRange(Fact.ITEM, item.key, item.key))))
    return Resemblance(criterion=criterion, title=item.title, runs=len(telling))


def _stretches(text: str) -> list[str]:
    """The text in `MAX_RUNS` stretches of the same length, so that what tells is spread over the whole paper."""
    length = max(-(-len(text) // MAX_RUNS), LONG_RUN)
    return [text[start : start + length] for start in range(0, len(text), length)]


def _telling_runs(stretches: Sequence[str], view: UnitOfWork, actor: Actor) -> list[str]:
    """One run out of each stretch that another paper bears too, if there is one; few are asked for, each costs time."""
    long_runs = {stretch: _from_the_middle(stretch, LONG_RUN) for stretch in stretches}
    bearers = view.fulltext.frequencies(list(dict.fromkeys(long_runs.values())), actor)
    alone = {stretch for stretch, run in long_runs.items() if bearers[run] < _FEWEST_BEARERS}
    short_runs = {stretch: _from_the_middle(stretch, SHORT_RUN) for stretch in stretches if stretch in alone}
    bearers |= view.fulltext.frequencies(list(dict.fromkeys(short_runs.values())), actor)
    runs = dict.fromkeys((long_runs | short_runs)[stretch] for stretch in stretches)
    return _without_phrases_of_course([run for run in runs if bearers[run] >= _FEWEST_BEARERS], bearers)


def _without_phrases_of_course(runs: Sequence[str], bearers: Mapping[str, int]) -> list[str]:
    """The runs that are not very much commoner than the rarer ones: what every paper says likens it to none."""
    by_rarity = sorted(bearers[run] for run in runs)
    return [run for run in runs if bearers[run] <= _COMMON_TIMES * by_rarity[len(by_rarity) // 4]]


def _from_the_middle(stretch: str, length: int) -> str:
    start = max(0, len(stretch) - length) // 2
    return stretch[start : start + length]
