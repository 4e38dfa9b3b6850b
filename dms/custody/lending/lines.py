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
from dms.domain.actor import SYSTEM, Actor, Permission
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
    return _shown(actor, line, _Papers(actor, [line], work=work), work=work)


def lines_shown(actor: Actor, requests: Sequence[UseRequest], *, work: UnitOfWork) -> dict[int, tuple[LineShown, ...]]:
    """What each request asks for, with where its originals are."""
    ids = [each.id for each in requests]
    loans = {each.line_id: each for of_one in work.loans.of_requests(ids).values() for each in of_one}
    lines_of = work.requests.lines_of(ids)
    papers = _Papers(actor, [line for lines in lines_of.values() for line in lines], work=work)
    return {
        request_id: tuple(replace(_shown(actor, line, papers, work=work), loan=loans.get(line.id)) for line in lines)
        for request_id, lines in lines_of.items()
    }


class _Papers:
    """The papers of many lines, looked up at once."""

    def __init__(self, actor: Actor, lines: Sequence[RequestLine], *, work: UnitOfWork) -> None:
        keys = {line.item_key for line in lines if line.item_key is not None}
        self.known = {each.key: each for each in work.items.with_keys(keys, actor=actor)} if keys else {}
        barred = keys - set(self.known)
        self.barred = {each.key: each for each in work.items.with_keys(barred, actor=SYSTEM)} if barred else {}
        self.held = work.holds.held_among(keys) if keys else frozenset[int]()
        owners = {each.classification.customer_id for each in self.known.values()}
        self.customers = work.customers.with_ids({each for each in owners if each is not None})


def _shown(actor: Actor, line: RequestLine, papers: _Papers, *, work: UnitOfWork) -> LineShown:
    if line.item_key is not None:
        return _paper_shown(actor, line, line.item_key, papers)
    if line.volume_id is not None:
        return _volume_shown(actor, line, line.volume_id, work=work)
    return LineShown(line=line, title=line.described)


def _paper_shown(actor: Actor, line: RequestLine, item_key: int, papers: _Papers) -> LineShown:
    is_held, paper = item_key in papers.held, papers.known.get(item_key)
    if paper is None:
        grade = papers.barred[item_key].classification.grade
        return LineShown(line=line, title="", grade=grade, is_barred=True, is_held=is_held)
    stated = paper.classification
    customer = papers.customers.get(stated.customer_id) if stated.customer_id is not None else None
    return LineShown(
        line=line,
        title=text_for(actor, paper.title),
        reference_code=paper.reference_code or "",
        item_id=paper.id,
        customer=customer.name if customer else "",
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
