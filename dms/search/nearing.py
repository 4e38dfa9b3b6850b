"""Words near each other, as criteria.

Invariant: what is built here means exactly what was asked; what cannot be said exactly is not built at all.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dms.domain.criterion import AnyOf, Chain, Criterion, Gap, TextPart
from dms.search.grammar import Joint
from dms.search.wildcards import MAX_LINKS

MAX_ALTERNATIVES = 32
"""Words in one place of a chain at most."""


@dataclass(frozen=True, slots=True)
class Succession:
    """Links that follow each other in this order; a single one for a plain word or a choice of words."""

    links: tuple[tuple[str, ...], ...]
    gaps: tuple[Gap, ...]


def near(parts: Sequence[Succession], joints: Sequence[Joint], part: TextPart) -> Criterion | None:
    """Each of `parts` near the one before it, by joints of one kind; None where no chain says that, or it is too long
    or too broad.
    """
    forwards = chain(in_order(parts, joints), part)
    if forwards is None or joints[0].in_order:
        return forwards
    if all(len(one.links) == 1 for one in parts):
        return Chain(forwards.links, forwards.gaps, ordered=False, part=part)
    if len(parts) > 2:
        return None
    backwards = chain(in_order(parts[::-1], joints), part)
    return AnyOf((forwards, backwards)) if backwards else None


def of_one_kind(joints: Sequence[Joint]) -> Iterator[slice]:
    """The joints of every longest stretch in which all are ordered or all are not."""
    start = 0
    for index in range(1, len(joints)):
        if joints[index].in_order != joints[start].in_order:
            yield slice(start, index)
            start = index
    yield slice(start, len(joints))


def chain(one: Succession, part: TextPart) -> Chain | None:
    """The succession as a chain; None where it is too long or too broad."""
    if len(one.links) > MAX_LINKS or any(len(link) > MAX_ALTERNATIVES for link in one.links):
        return None
    return Chain(one.links, one.gaps, part=part)


def in_order(parts: Sequence[Succession], joints: Sequence[Joint]) -> Succession:
    """All of the links, each part behind the one before it."""
    gaps = list(parts[0].gaps)
    for joint, behind in zip(joints, parts[1:], strict=True):
        gaps += [Gap(0, joint.distance), *behind.gaps]
    return Succession(tuple(link for one in parts for link in one.links), tuple(gaps))
