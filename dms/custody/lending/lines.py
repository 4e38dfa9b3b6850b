"""The papers of a request as they are shown: to those who may know of them with their titles, to others without.

Invariant: of a barred paper nothing shows but its grade, which whoever decides has to know (I5).
"""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace

from dms.archive import Archive, text_for
from dms.custody.lending.errors import PaperNotNamed
from dms.custody.lending.finding import named_as_wanted
from dms.custody.lending.routing import papers_asked
from dms.domain.actor import Actor, Permission
from dms.domain.item import Item
from dms.domain.lending import Loan, RequestLine, UseRequest
from dms.domain.volume import Volume
from dms.store import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class LineShown:
    """One line of a request, as far as the asker of this page may know of it."""

    line: RequestLine
    title: str
    """Empty for a paper that is barred to him."""
    reference_code: str = ""
    item_id: str | None = None
    """None for a volume, a description, and what is barred."""
    customer: str = ""
    grade: int | None = None
    """None for a description."""
    pages: int | None = None
    is_barred: bool = False
    is_held: bool = False
    loan: Loan | None = None


def wanted_titles(actor: Actor, references: Sequence[str], *, archive: Archive) -> dict[str, str]:
    """The titles of those papers and volumes, named by id or code, that the actor may know of; others are left out."""
    actor.require(Permission.REQUEST_USE)
    titles: dict[str, str] = {}
    with archive.looking() as view:
        for reference in references:
            with suppress(PaperNotNamed):
                wanted = named_as_wanted(actor, reference, work=view)
                title = wanted.title if isinstance(wanted, Item) else _volume_title(wanted)
                titles[reference] = text_for(actor, title)
    return titles


def line_shown(actor: Actor, line: RequestLine, *, work: UnitOfWork) -> LineShown:
    """One line, as far as the actor may know of its paper."""
    if line.item_key is not None:
        return _paper_shown(actor, line, line.item_key, work=work)
    if line.volume_id is not None:
        return _volume_shown(actor, line, line.volume_id, work=work)
    return LineShown(line=line, title=line.described)


def lines_shown(actor: Actor, requests: Sequence[UseRequest], *, work: UnitOfWork) -> dict[int, tuple[LineShown, ...]]:
    """What each request asks for, with where its originals are."""
    ids = [each.id for each in requests]
    loans = {each.line_id: each for of_one in work.loans.of_requests(ids).values() for each in of_one}
    return {
        request_id: tuple(replace(line_shown(actor, line, work=work), loan=loans.get(line.id)) for line in lines)
        for request_id, lines in work.requests.lines_of(ids).items()
    }


def _paper_shown(actor: Actor, line: RequestLine, item_key: int, *, work: UnitOfWork) -> LineShown:
    is_held = bool(work.holds.held_among([item_key]))
    (paper,) = work.items.with_keys([item_key], actor=actor) or (None,)
    if paper is None:
        grade = work.items.get(item_key).classification.grade
        return LineShown(line=line, title="", grade=grade, is_barred=True, is_held=is_held)
    stated = paper.classification
    customer = work.customers.get(stated.customer_id).name if stated.customer_id is not None else ""
    return LineShown(
        line=line,
        title=text_for(actor, paper.title),
        reference_code=paper.placement.reference_code or "" if paper.placement else "",
        item_id=paper.id,
        customer=customer,
        grade=stated.grade,
        pages=paper.pages_total,
        is_held=is_held,
    )


def _volume_shown(actor: Actor, line: RequestLine, volume_id: int, *, work: UnitOfWork) -> LineShown:
    is_held = bool(work.holds.on_volume(volume_id))
    grade = papers_asked([line], work=work).grade
    volume = work.volumes.find(volume_id, actor=actor)
    if volume is None:
        return LineShown(line=line, title="", grade=grade, is_barred=True, is_held=is_held)
    return LineShown(
        line=line,
        title=_volume_title(volume),
        reference_code=volume.reference_code or "",
        customer=volume.name_of_customer,
        grade=grade,
        pages=volume.page_count,
        is_held=is_held,
    )


def _volume_title(volume: Volume) -> str:
    return volume.title or f"{volume.name_of_customer or volume.series_code} {volume.year}"
