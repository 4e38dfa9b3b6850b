"""Drawing up a destruction list: what decided appraisals put up to go, and who is to sign, approve and watch.

What always holds:
- Only papers that a committee agreed to destroy, and each on one list.
- Whoever is named for a part may see every paper of the list, and has the right that the part takes.
- What is laid before the signers is fixed: its digest is kept, every signature stands under it.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from datetime import date

from dms.archive import Archive
from dms.custody.appraising.errors import VERDICT_NAMES
from dms.custody.appraising.finding import (
    MAX_REASON_CHARACTERS,
    MAX_TITLE_CHARACTERS,
    list_for,
    list_subject,
    stated_text,
)
from dms.custody.appraising.list_errors import DestructionListEmpty, DestructionStepRefused
from dms.custody.appraising.persons import approver, fit_person, fit_signer
from dms.domain.actor import SYSTEM, Actor, Permission
from dms.domain.appraisal import AppraisalCase, AppraisalLine
from dms.domain.destruction_line import DestructionLine
from dms.domain.destruction_list import (
    CHANGEABLE_STATES,
    Appointed,
    DestructionList,
    ListState,
    Office,
    StepProblem,
    StepRefused,
    submitted,
    withdrawn,
)
from dms.domain.item import Item
from dms.errors import Bilingual
from dms.store import UnitOfWork

MAX_PLACE_CHARACTERS = 60
MOST_LINES = 5000
_APPROVER = Bilingual("批准人", "the approver")
_SUPERVISOR = Bilingual("监销人", "a supervisor")
_NOT_SIGNED = frozenset({"id", "list_id", "item_key", "outcome", "spared", "settled_at"})


@dataclass(frozen=True, slots=True, kw_only=True)
class ListStated:
    """What a person states about a list."""

    title: str
    method: str = ""
    place: str = ""
    signers: tuple[tuple[Office, str], ...] = ()
    """Office and sign-in name; an office may be left out until the list is submitted."""
    supervisors: tuple[str, ...] = ()
    remark: str = ""


def draw_up_list(
    actor: Actor, stated: ListStated, *, case_ids: Sequence[int] = (), archive: Archive
) -> DestructionList:
    """A draft of everything that these appraisals put up to go, or all of them; what stands on a list is left out.

    Raises `DestructionListEmpty`, `AppraisalFactInvalid` or `PersonUnfit`.
    """
    actor.require(Permission.MANAGE_RETENTION)
    with archive.begin() as work:
        put_up = _put_up(actor, case_ids, work=work)
        if not put_up:
            raise DestructionListEmpty
        draft = DestructionList(
            id=0, number="", title="", state=ListState.DRAFT, begun_by=actor.name, begun_at=archive.now()
        )
        listed = work.destruction_lists.add(replace(draft, title=_title(stated)))
        work.destruction_lists.put_on(_line(listed, *each, work=work) for each in put_up)
        listed = _as_stated(listed, stated, work=work)
        work.destruction_lists.change(listed)
        archive.record(
            work, actor, "destruction_list_drawn_up", list_subject(listed), number=listed.number, items=len(put_up)
        )
    return listed


def change_list(actor: Actor, list_id: int, stated: ListStated, *, archive: Archive) -> DestructionList:
    """The list with title, persons, method and place replaced, while it is a draft or was returned.

    Raises `DestructionListNotFound`, `DestructionStepRefused`, `AppraisalFactInvalid` or `PersonUnfit`.
    """
    actor.require(Permission.MANAGE_RETENTION)
    with archive.begin() as work:
        listed = _changeable(actor, list_id, work=work)
        changed = _as_stated(listed, stated, work=work)
        work.destruction_lists.change(changed)
        archive.record(work, actor, "destruction_list_changed", list_subject(listed), number=listed.number)
    return changed


def take_off_list(actor: Actor, list_id: int, line_id: int, reason: str, *, archive: Archive) -> None:
    """Take a paper off a list that is a draft or was returned; it may be put on another, or be appraised anew.

    Raises `DestructionListNotFound`, `DestructionStepRefused` or `AppraisalFactInvalid`; a line that is not there
    changes nothing.
    """
    actor.require(Permission.MANAGE_RETENTION)
    told = stated_text(reason, MAX_REASON_CHARACTERS, "移出原因", "reason")
    with archive.begin() as work:
        listed = _changeable(actor, list_id, work=work)
        line = next((line for line in work.destruction_lists.lines(listed.id) if line.id == line_id), None)
        if line is not None:
            work.destruction_lists.take_off(line.id)
            item = work.items.get(line.item_key)
            archive.record(work, actor, "destruction_line_taken_off", list_subject(listed), item=item.id, reason=told)


def submit_list(actor: Actor, list_id: int, *, archive: Archive) -> DestructionList:
    """The list, fixed and laid before its signers; after a return, for another round.

    Raises `DestructionListNotFound`, `DestructionStepRefused`, `DestructionListEmpty`, `ApproverUnknown` or
    `PersonUnfit`.
    """
    actor.require(Permission.MANAGE_RETENTION)
    with archive.begin() as work:
        listed = _changeable(actor, list_id, work=work)
        named = replace(listed, appointed=replace(listed.appointed, approver=approver(work)))
        work.destruction_lists.change(named)
        lines = work.destruction_lists.lines(listed.id)
        if not lines:
            raise DestructionListEmpty
        fit = replace(named, appointed=_fit(named, named.appointed, work=work))
        try:
            laid = submitted(fit, list_digest(fit, lines))
        except StepRefused as refused:
            raise DestructionStepRefused(refused.problem, listed.state) from refused
        work.destruction_lists.change(laid)
        told = {"number": laid.number, "sha256": laid.digest}
        archive.record(
            work, actor, "destruction_list_submitted", list_subject(laid), items=len(lines), turn=laid.turn, **told
        )
    return laid


def withdraw_list(actor: Actor, list_id: int, reason: str, *, archive: Archive) -> DestructionList:
    """The list, given up before it was approved; its papers are free for another list or another committee.

    Raises `DestructionListNotFound`, `DestructionStepRefused` or `AppraisalFactInvalid`.
    """
    actor.require(Permission.MANAGE_RETENTION)
    told = stated_text(reason, MAX_REASON_CHARACTERS, "撤销原因", "reason")
    with archive.begin() as work:
        listed = list_for(actor, list_id, work=work)
        try:
            given_up = replace(withdrawn(listed), remark=f"{listed.remark} 撤销：{told}".strip())
        except StepRefused as refused:
            raise DestructionStepRefused(refused.problem, listed.state) from refused
        work.destruction_lists.change(given_up)
        told_all = {"number": listed.number, "reason": told}
        archive.record(work, actor, "destruction_list_withdrawn", list_subject(listed), **told_all)
    return given_up


def list_digest(listed: DestructionList, lines: Sequence[DestructionLine]) -> str:
    """SHA-256 (hex) of the list as it is signed: canonical JSON of its head, its persons and what each line says.

    What became of a line is no part of it: that comes after the signatures.
    """
    said = [name for name in (field.name for field in fields(DestructionLine)) if name not in _NOT_SIGNED]
    head = {name: getattr(listed, name) for name in ("number", "turn", "title", "method", "place")}
    persons = {
        "signers": sorted([office.value, name] for office, name in listed.appointed.signers),
        "approver": listed.appointed.approver,
        "supervisors": sorted(listed.appointed.supervisors),
    }
    rows = [{name: _plain(getattr(line, name)) for name in said} | {"item_key": line.item_key} for line in lines]
    text = json.dumps(head | persons | {"lines": rows}, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _changeable(actor: Actor, list_id: int, *, work: UnitOfWork) -> DestructionList:
    listed = list_for(actor, list_id, work=work)
    if listed.state not in CHANGEABLE_STATES:
        raise DestructionStepRefused(StepProblem.STATE, listed.state)
    return listed


def _put_up(
    actor: Actor, case_ids: Sequence[int], *, work: UnitOfWork
) -> list[tuple[AppraisalCase, AppraisalLine, Item]]:
    """What may stand on a new list, with its appraisal; the later verdict of several has been chosen already."""
    put_up = [
        each
        for case_id in (dict.fromkeys(case_ids) if case_ids else (None,))
        for each in work.appraisals.to_destroy(case_id)
    ]
    keys = [line.item_key for _, line in put_up]
    listed = work.destruction_lists.on_lists(keys)
    items = {item.key: item for item in work.items.with_keys(keys, actor=actor)}
    free = [
        (case, line, items[line.item_key])
        for case, line in put_up
        if line.item_key in items and line.item_key not in listed
    ]
    return free[:MOST_LINES]


def _line(
    listed: DestructionList, case: AppraisalCase, line: AppraisalLine, item: Item, *, work: UnitOfWork
) -> DestructionLine:
    stated = item.classification
    started_on = stated.doc_on
    volume = work.volumes.get(item.volume_id, actor=SYSTEM) if item.volume_id is not None else None
    return DestructionLine(
        id=0,
        list_id=listed.id,
        position=0,
        item_key=item.key,
        case_number=case.number,
        reference_code=item.reference_code or "",
        title=item.title,
        volume_code=volume.reference_code or "" if volume else "",
        pages=item.pages_total,
        sheets=stated.sheets,
        year=stated.year,
        term=_term(line.term_code, work=work),
        due_on=line.due_on,
        kept_years=listed.begun_at.year - started_on.year if started_on else None,
        grade=stated.grade,
        medium=stated.medium.value,
        reason=line.reason or VERDICT_NAMES[line.verdict].zh if line.verdict else "",
    )


def _term(code: str, *, work: UnitOfWork) -> str:
    rule = work.retention.with_code(code) if code else None
    return rule.zh if rule else code


def _title(stated: ListStated) -> str:
    return stated_text(stated.title, MAX_TITLE_CHARACTERS, "清册名称", "title")


def _as_stated(listed: DestructionList, stated: ListStated, *, work: UnitOfWork) -> DestructionList:
    signers = tuple((office, name.strip()) for office, name in stated.signers if name.strip())
    supervisors = tuple(name.strip() for name in stated.supervisors if name.strip())
    named = replace(listed.appointed, signers=signers, supervisors=supervisors)
    return replace(
        listed,
        title=_title(stated),
        method=stated_text(stated.method, MAX_PLACE_CHARACTERS, "销毁方式", "method", required=False),
        place=stated_text(stated.place, MAX_PLACE_CHARACTERS, "销毁地点", "place", required=False),
        remark=stated_text(stated.remark, MAX_REASON_CHARACTERS, "备注", "remark", required=False),
        appointed=_fit(listed, named, work=work),
    )


def _fit(listed: DestructionList, named: Appointed, *, work: UnitOfWork) -> Appointed:
    """Those who are named, spelled as their accounts; raises `PersonUnfit`."""

    def knows(acting: Actor) -> bool:
        return work.destruction_lists.known(listed.id, actor=acting) is not None

    signers = tuple((office, fit_signer(office, name, knows=knows, work=work).name) for office, name in named.signers)
    watching = tuple(
        fit_person(name, _SUPERVISOR, Permission.SIGN_DESTRUCTION, knows=knows, work=work).name
        for name in named.supervisors
    )
    approving = named.approver
    if approving:
        approving = fit_person(approving, _APPROVER, Permission.APPROVE_DESTRUCTION, knows=knows, work=work).name
    return Appointed(signers=signers, approver=approving, supervisors=watching)


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value
