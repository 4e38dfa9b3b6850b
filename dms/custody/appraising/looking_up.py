"""Looking up: what is due, appraisals with their papers and opinions, and what became of a single paper."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from dms.archive import Archive, item_for, text_for
from dms.custody.appraising.errors import AppraisalNotFound
from dms.custody.appraising.finding import case_for
from dms.custody.appraising.persons import display_names
from dms.custody.appraising.standing import standings
from dms.domain.actor import Actor, Permission
from dms.domain.appraisal import (
    AppraisalCase,
    AppraisalLine,
    AppraisalState,
    Opinion,
    Verdict,
    agreed_on,
    opinions_on,
)
from dms.domain.clock import local_day
from dms.domain.destruction import Destroyed
from dms.domain.destruction_line import SpareReason, spare_reason
from dms.domain.item import Item
from dms.store import DueFilter, DuePaper, UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class DuePapers:
    """One page of what is due, and where it stands already."""

    total: int
    papers: tuple[DuePaper, ...]
    under_way: Mapping[int, str]
    """The number of the appraisal, by the key of each paper that lies before a committee."""
    listed: Mapping[int, str]
    """The number of the destruction list, by key."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AppraisalSummary:
    """One appraisal on the list of them."""

    case: AppraisalCase
    papers: int
    counts: Mapping[Verdict | None, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class AppraisalLineShown:
    """One paper before a committee, as its members see it."""

    line: AppraisalLine
    item: Item
    said: Mapping[str, Opinion]
    """What counts of every member who spoke of it, by sign-in name."""
    agreed: Opinion | None
    """The opinion that all share; None where they differ or one has not spoken."""
    in_the_way: SpareReason | None
    """What sets it aside as it stands today, whatever is said; None where nothing does, and after the decision."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AppraisalShown:
    """One appraisal with one page of its papers."""

    case: AppraisalCase
    papers: int
    counts: Mapping[Verdict | None, int]
    lines: tuple[AppraisalLineShown, ...]
    opinions: tuple[Opinion, ...]
    """Everything that was said, in order."""
    silent: tuple[str, ...]
    """Members who have said nothing yet."""
    names: Mapping[str, str] = field(default_factory=dict)
    """What every account is called, by sign-in name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemDisposal:
    """What appraisals and lists made of one paper."""

    appraisals: tuple[tuple[AppraisalCase, AppraisalLine], ...]
    list_number: str
    """The list on which it stands or by which it was destroyed; empty where there is none."""
    list_id: int | None
    """None also where the list is not known here any more, as after a restore."""
    destroyed: Destroyed | None


def due_papers(
    actor: Actor, *, archive: Archive, wanted: DueFilter | None = None, on: date | None = None, limit: int,
    offset: int = 0,
) -> DuePapers:  # fmt: skip
    """What is due on a day, today unless said otherwise, the longest due first."""
    actor.require(Permission.CONSULT)
    with archive.looking() as view:
        day = on or local_day(archive.now())
        total, papers = view.due_dates.due_by(day, actor=actor, wanted=wanted, limit=limit, offset=offset)
        keys = [paper.item_key for paper in papers]
        return DuePapers(
            total=total,
            papers=tuple(replace(paper, title=text_for(actor, paper.title)) for paper in papers),
            under_way=view.appraisals.under_way(keys),
            listed=view.destruction_lists.on_lists(keys),
        )


def list_appraisals(
    actor: Actor, *, archive: Archive, states: Collection[AppraisalState] = (), limit: int, offset: int = 0
) -> tuple[int, tuple[AppraisalSummary, ...]]:
    """How many appraisals fit, and one page of them, the newest first."""
    actor.require(Permission.CONSULT)
    with archive.looking() as view:
        total, cases = view.appraisals.page(actor=actor, states=states, limit=limit, offset=offset)
        return total, _summaries(cases, work=view)


def appraisals_decided_in(actor: Actor, year: int, *, archive: Archive) -> tuple[AppraisalSummary, ...]:
    """The appraisals that were decided in a year, for the yearly report."""
    actor.require(Permission.CONSULT)
    with archive.looking() as view:
        return _summaries(view.appraisals.decided_in(year, actor=actor), work=view)


def show_appraisal(
    actor: Actor, case_id: int, *, archive: Archive, limit: int | None = None, offset: int = 0
) -> AppraisalShown:
    """One appraisal, with one page of its papers. Raises `AppraisalNotFound`."""
    actor.require(Permission.CONSULT)
    with archive.looking() as view:
        case = case_for(actor, case_id, work=view)
        opinions = view.appraisals.opinions(case.id)
        lines = view.appraisals.lines(case.id, limit=limit, offset=offset)
        spoken = {opinion.member for opinion in opinions}
        return AppraisalShown(
            case=case,
            papers=view.appraisals.count(case.id),
            counts=view.appraisals.verdict_counts([case.id]).get(case.id, {}),
            lines=_lines(actor, case, lines, opinions, archive, work=view),
            opinions=tuple(opinions),
            silent=tuple(name for name in case.members if name not in spoken),
            names=display_names(view),
        )


def appraisal_id_of(actor: Actor, reference: str, *, archive: Archive) -> int:
    """The id of the appraisal of this number or id; raises `AppraisalNotFound`."""
    actor.require(Permission.CONSULT)
    with archive.looking() as view:
        named = view.appraisals.id_of(reference.strip())
        case_id = named or (int(reference) if reference.isascii() and reference.isdecimal() else 0)
        try:
            return case_for(actor, case_id, work=view).id
        except AppraisalNotFound as absent:
            raise AppraisalNotFound(reference) from absent


def disposal_of(actor: Actor, item_id: str, *, archive: Archive) -> ItemDisposal:
    """What appraisals and lists made of a paper. Raises `ItemNotFound`."""
    actor.require(Permission.CONSULT)
    with archive.looking() as view:
        item = item_for(actor, item_id, work=view)
        proof = view.destructions.of_item(item.id)
        standing = view.destruction_lists.on_lists([item.key]).get(item.key, "")
        number = proof.authority if proof else standing
        list_id = view.destruction_lists.id_of(number) if number else None
        known = view.destruction_lists.known(list_id, actor=actor) if list_id else None
        cases = [
            (case, line)
            for case, line in view.appraisals.of_item(item.key)
            if view.appraisals.known(case.id, actor=actor)
        ]
        return ItemDisposal(
            appraisals=tuple(cases),
            list_number=number,
            list_id=known.id if known else None,
            destroyed=proof,
        )


def committee_candidates(actor: Actor, *, archive: Archive) -> tuple[tuple[str, str], ...]:
    """Sign-in and display name of those who may sit on a committee, by name."""
    return candidates(actor, Permission.APPRAISE, archive=archive)


def candidates(actor: Actor, permission: Permission, *, archive: Archive) -> tuple[tuple[str, str], ...]:
    """Sign-in and display name of everyone who has this right and whose account is open, by name."""
    actor.require(Permission.MANAGE_RETENTION)
    with archive.looking() as view:
        return tuple(
            (user.name, user.display_name or user.name)
            for user in view.users.all()
            if not user.disabled and user.actor(actor.origin).may(permission)
        )


def _summaries(cases: Sequence[AppraisalCase], *, work: UnitOfWork) -> tuple[AppraisalSummary, ...]:
    counts = work.appraisals.verdict_counts([case.id for case in cases])
    return tuple(
        AppraisalSummary(case=case, papers=sum(counts.get(case.id, {}).values()), counts=counts.get(case.id, {}))
        for case in cases
    )


def _lines(
    actor: Actor,
    case: AppraisalCase,
    lines: Sequence[AppraisalLine],
    opinions: Sequence[Opinion],
    archive: Archive,
    *,
    work: UnitOfWork,
) -> tuple[AppraisalLineShown, ...]:
    keys = [line.item_key for line in lines]
    items = {item.key: item for item in work.items.with_keys(keys, actor=actor)}
    today = local_day(archive.now())
    running = case.state in {AppraisalState.OPEN, AppraisalState.CONSIDERING}
    standing = standings(keys, today, work=work) if running else {}
    counted = opinions_on((line.id for line in lines), opinions)
    shown = []
    for line in lines:
        said = counted[line.id]
        barred = spare_reason(standing[line.item_key], today) if line.item_key in standing else None
        shown.append(
            AppraisalLineShown(
                line=line,
                item=_as_read(actor, items[line.item_key]),
                said=said,
                agreed=agreed_on(case.members, said),
                in_the_way=barred,
            )
        )
    return tuple(shown)


def _as_read(actor: Actor, item: Item) -> Item:
    """The item with its title as the actor may read it."""
    title = text_for(actor, item.title)
    return item if title == item.title else replace(item, classification=replace(item.classification, title=title))
