"""Search by example: the papers that share telling stretches of text with one.

Invariants:
- What tells is rare among the papers that the asker may see, and stands in at least one other of them; nothing else of
  the archive enters into it (I5).
- The example itself is never among the found.
"""

from collections.abc import Iterator, Sequence
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
RUN_LENGTHS = (8, 6, 4)
"""Folded characters; of two that are as rare the longer one says more."""
_TRIES = 3
"""Places that are tried in each stretch of the paper."""
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
    stretches = [_runs(stretch) for stretch in _stretches(text)]
    bearers = view.fulltext.frequencies(sorted({run for runs in stretches for run in runs}), actor)
    telling = list(dict.fromkeys(run for runs in stretches for run in _most_telling(runs, bearers)))
    if not telling:
        return Resemblance(criterion=NOTHING, title=item.title, runs=0)
    shared = min(len(telling), max(FEWEST_SHARED, len(telling) // _SHARED_ONE_IN))
    alike = AtLeast(shared, tuple(map(Phrase, telling)))
    criterion = AllOf((alike, Not(FactRange(Fact.ITEM, item.key, item.key))))
    return Resemblance(criterion=criterion, title=item.title, runs=len(telling))


def _stretches(text: str) -> list[str]:
    """The text in `MAX_RUNS` stretches of the same length, so that what tells is spread over the whole paper."""
    length = max(-(-len(text) // MAX_RUNS), RUN_LENGTHS[0])
    return [text[start : start + length] for start in range(0, len(text), length)]


def _runs(stretch: str) -> list[str]:
    """The candidates of one stretch, longer before shorter."""
    return list(dict.fromkeys(run for length in RUN_LENGTHS for run in _runs_of(stretch, length)))


def _runs_of(stretch: str, length: int) -> Iterator[str]:
    room = len(stretch) - length
    for start in sorted({room * index // (_TRIES - 1) for index in range(_TRIES)} if room >= 0 else ()):
        yield stretch[start : start + length]


def _most_telling(runs: Sequence[str], bearers: dict[str, int]) -> list[str]:
    """The rarest run that another paper bears too; none if there is none."""
    shared = [run for run in runs if bearers.get(run, 0) >= _FEWEST_BEARERS]
    return sorted(shared, key=lambda run: bearers[run])[:1]
