"""How papers stand to one another: stated by a person, shown on both, taken back where it was a mistake.

What always holds:
- L1 A relation changes neither paper, so it may be stated of papers in sealed volumes too.
- L2 No paper stands in a relation to itself, nor two to each other in the same one both ways.
- L3 A relation is told to those only who may know of both papers (I5).
"""

from dataclasses import dataclass
from datetime import datetime

from dms.archive import Archive, item_for, require_use
from dms.domain.actor import Actor, Permission
from dms.domain.item import Item, ItemRelation, ItemState, RelationKind
from dms.domain.policy import Use
from dms.filing.errors import RelationContradicts, RelationNotThere
from dms.filing.looking_up import paper_named
from dms.store import UnitOfWork

_RELATED = frozenset({ItemState.REVIEW, ItemState.FILED, ItemState.DESTROYED})
"""The states in which a paper can stand in a relation; a rejected one counts as not there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RelatedPaper:
    """Another paper, and how the two stand to each other."""

    kind: RelationKind
    forward: bool
    """Whether this paper stands so to the other; False where the other stands so to this one."""
    other: Item
    by: str
    noted_at: datetime


def relations_of(actor: Actor, item_id: str, *, archive: Archive) -> tuple[RelatedPaper, ...]:
    """The papers to which an item stands in any relation, in the order of statement; raises `ItemNotFound`."""
    actor.require(Permission.CONSULT)
    with archive.looking() as view:
        return related_papers(actor, item_for(actor, item_id, work=view), work=view)


def related_papers(actor: Actor, item: Item, *, work: UnitOfWork) -> tuple[RelatedPaper, ...]:
    """As `relations_of`, inside a transaction, for an item that the actor is known to see."""
    relations = work.relations.of_item(item.key)
    others = {key for relation in relations for key in (relation.item_key, relation.other_key)} - {item.key}
    seen = {other.key: other for other in work.items.with_keys(others, actor=actor)}
    return tuple(
        RelatedPaper(
            kind=relation.kind,
            forward=relation.item_key == item.key,
            other=seen[_other(relation, item)],
            by=relation.by,
            noted_at=relation.noted_at,
        )
        for relation in relations
        if _other(relation, item) in seen
    )


def relate(actor: Actor, item_id: str, kind: RelationKind, other: str, *, archive: Archive) -> tuple[RelatedPaper, ...]:
    """All relations of an item once it stands so to another one, named by its id or reference code.

    Raises `ItemNotFound` or `RelationContradicts`; stating what is known already changes nothing.
    """
    actor.require(Permission.CONFIRM)
    with archive.begin() as work:
        item, named = item_for(actor, item_id, work=work), paper_named(actor, other, work=work)
        require_use(actor, Use.CHANGE, item, work=work)
        if not _check_relatable(item, kind, named, work=work):
            work.relations.add(_relation(actor, item, kind, named, archive=archive))
            archive.record(work, actor, "papers_related", item.id, relation=kind.value, other=named.id)
        return related_papers(actor, item, work=work)


def unrelate(
    actor: Actor, item_id: str, kind: RelationKind, other_id: str, *, archive: Archive
) -> tuple[RelatedPaper, ...]:
    """The relations that are left of an item once one of them, stated from either side, is taken back.

    Raises `ItemNotFound` or `RelationNotThere`.
    """
    actor.require(Permission.CONFIRM)
    with archive.begin() as work:
        item, other = item_for(actor, item_id, work=work), item_for(actor, other_id, work=work)
        require_use(actor, Use.CHANGE, item, work=work)
        known = _stated(item, kind, other, work=work)
        if known is None:
            raise RelationNotThere()
        work.relations.remove(known.item_key, kind, known.other_key)
        archive.record(work, actor, "papers_unrelated", item.id, relation=kind.value, other=other.id)
        return related_papers(actor, item, work=work)


def _check_relatable(item: Item, kind: RelationKind, other: Item, *, work: UnitOfWork) -> bool:
    """Whether the relation is known already; raises `RelationContradicts` (L2)."""
    if item.key == other.key or not {item.state, other.state} <= _RELATED:
        raise RelationContradicts(item.title, other.title)
    known = _stated(item, kind, other, work=work)
    if known and known.item_key != item.key and kind is not RelationKind.SEE_ALSO:
        raise RelationContradicts(item.title, other.title)
    return known is not None


def _stated(item: Item, kind: RelationKind, other: Item, *, work: UnitOfWork) -> ItemRelation | None:
    pair = {item.key, other.key}
    relations = work.relations.of_item(item.key)
    return next((each for each in relations if each.kind is kind and {each.item_key, each.other_key} == pair), None)


def _relation(actor: Actor, item: Item, kind: RelationKind, other: Item, *, archive: Archive) -> ItemRelation:
    return ItemRelation(item_key=item.key, kind=kind, other_key=other.key, by=actor.name, noted_at=archive.now())


def _other(relation: ItemRelation, item: Item) -> int:
    return relation.other_key if relation.item_key == item.key else relation.item_key
