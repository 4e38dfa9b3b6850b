"""Histories at random on a real archive: what the journal tells of each destruction is all that the rules ask for.

The journal is read as an auditor reads it, without the tables of lists: who signed what, who approved, who watched.
"""

import random
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, timedelta

import pytest
from simulators.committee import COMMITTEE, GO, SIGNERS, STATED, SUPERVISORS, Committee, found_committee
from simulators.filed_papers import Filed, lay_filed

from dms.archive import Archive
from dms.custody.appraising import (
    AppraisalStated,
    Said,
    approve_list,
    attest_list,
    begin_appraisal,
    begin_destruction,
    carry_out_list,
    check_list,
    decide_appraisal,
    draw_up_list,
    give_opinion,
    put_before,
    return_list,
    sign_list,
    submit_appraisal,
    submit_list,
    withdraw_appraisal,
    withdraw_approval,
    withdraw_list,
)
from dms.custody.keeping import HoldWish, place_hold, release_hold
from dms.domain.actor import SYSTEM, Actor
from dms.domain.appraisal import AppraisalState, Verdict
from dms.domain.clock import local_day
from dms.domain.hold import HoldTarget
from dms.domain.item import ItemState
from dms.domain.journal import JournalEntry
from dms.errors import DmsError

PEOPLE = ("boss", "vice", "sales-head", "archive-head", "keeper", "handler", "clerk", "second-clerk", "lawyer", "root")
PAPERS_EACH = 3
STEPS = 24


@dataclass
class World:
    """One archive in which all the histories happen, one after the other."""

    committee: Committee
    clock: object
    chance: random.Random
    people: dict[str, Actor]
    pool: list[str] = field(default_factory=list)
    """Ids of the papers that no history has taken up."""
    taken: list[str] = field(default_factory=list)
    holds: list[int] = field(default_factory=list)

    @property
    def archive(self) -> Archive:
        return self.committee.archive

    def somebody(self, *likely: str) -> Actor:
        usual = likely and self.chance.random() < 0.9
        return self.people[self.chance.choice(likely if usual else PEOPLE)]

    def live_one(self) -> None:
        """One appraisal and its list, with whatever comes between."""
        ids = [self.pool.pop() for _ in range(PAPERS_EACH)]
        self.taken += ids
        case_id, list_id = None, None
        for _ in range(STEPS):
            self.clock.advance(timedelta(minutes=self.chance.randint(1, 90)))
            self.disturb(ids)
            with suppress(DmsError):
                case_id = case_id or self.convene(ids)
                if case_id and list_id is None:
                    list_id = self.appraise(case_id)
                elif list_id:
                    self.go_on(list_id)

    def disturb(self, ids: list[str]) -> None:
        happening = self.chance.random()
        with suppress(DmsError):
            if happening < 0.04:
                wish = HoldWish(
                    target=HoldTarget.ITEM, reference=self.chance.choice(ids), reason="诉讼", authority="通知"
                )
                self.holds.append(place_hold(self.people["lawyer"], wish, archive=self.archive).id)
            elif happening < 0.06 and self.holds:
                hold_id = self.holds.pop()
                lawyer = self.people["lawyer"]
                release_hold(lawyer, hold_id, reason="结案", authority="裁定", archive=self.archive)

    def convene(self, ids: list[str]) -> int:
        stated = AppraisalStated(title="鉴定", chair=COMMITTEE[0], members=COMMITTEE)
        case = begin_appraisal(self.somebody("keeper"), stated, archive=self.archive)
        put_before(self.people["keeper"], case.id, ids, archive=self.archive)
        submit_appraisal(self.people["keeper"], case.id, archive=self.archive)
        return case.id

    def appraise(self, case_id: int) -> int | None:
        """Somebody speaks, decides, gives up, or draws up the list; its id where there is one."""
        keeper = self.people["keeper"]
        with self.archive.looking() as view:
            case = view.appraisals.get(case_id)
            silent = [
                name for name in case.members if name not in {o.member for o in view.appraisals.opinions(case_id)}
            ]
        if case.state is AppraisalState.DECIDED:
            listed = draw_up_list(keeper, STATED, case_ids=[case_id], archive=self.archive)
            return listed.id
        if self.chance.random() < 0.02:
            withdraw_appraisal(keeper, case_id, "重来", archive=self.archive)
        elif silent:
            verdicts = (GO,) * 12 + (Said(verdict=Verdict.EXTEND, years=10, reason="再存"),)
            said = self.chance.choice(verdicts)
            give_opinion(self.somebody(*silent), case_id, said, archive=self.archive)
        else:
            decide_appraisal(self.somebody(COMMITTEE[0]), case_id, decisions={}, archive=self.archive)
        return None

    def go_on(self, list_id: int) -> None:
        """A step that the list may be ready for, or any other, by somebody who may be the right one."""
        with self.archive.looking() as view:
            state = view.destruction_lists.get(list_id).state.value
        signers = [name for _, name in SIGNERS]
        likely = {
            "draft": "submit", "returned": "submit", "signing": "sign", "signed": "approve", "approved": "check",
            "checked": "begin", "executing": "carry", "executed": "attest",
        }.get(state, "sign")  # fmt: skip
        step = likely if self.chance.random() < 0.93 else self.chance.choice(("return", "unapprove", "give_up", "sign"))
        kept = {"archive": self.archive}
        steps = {
            "submit": lambda: submit_list(self.somebody("keeper"), list_id, **kept),
            "sign": lambda: [sign_list(self.somebody(*signers), list_id, **kept) for _ in range(3)],
            "approve": lambda: approve_list(self.somebody("boss"), list_id, **kept),
            "check": lambda: check_list(self.somebody(*SUPERVISORS), list_id, **kept),
            "begin": lambda: begin_destruction(self.somebody("keeper"), list_id, **kept),
            "carry": lambda: carry_out_list(self.somebody("keeper"), list_id, most_lines=1, **kept),
            "attest": lambda: attest_list(self.somebody(*SUPERVISORS), list_id, **kept),
            "return": lambda: return_list(self.somebody(*signers, "boss"), list_id, "不同意", **kept),
            "unapprove": lambda: withdraw_approval(self.somebody("boss"), list_id, "暂缓", **kept),
            "give_up": lambda: withdraw_list(self.somebody("keeper"), list_id, "撤销", **kept),
        }
        steps[step]()


def founded(archive: Archive, clock: object, histories: int, seed: int) -> World:
    committee = found_committee(archive)
    chance = random.Random(seed)
    with archive.looking() as view:
        customer = view.customers.with_code("C0001")
    assert customer is not None
    years = (1980, 1990, 1995, 1994, 1985, 2010)
    keys = [
        lay_filed(archive, Filed(customer_id=customer.id, doc_on=date(chance.choice(years), 5, 18)))
        for _ in range(histories * PAPERS_EACH)
    ]
    committee.recompute()
    with archive.looking() as view:
        pool = [view.items.get(key).id for key in keys]
    people = {name: committee.person(name) for name in PEOPLE}
    return World(committee=committee, clock=clock, chance=chance, people=people, pool=pool)


def live(archive: Archive, clock: object, histories: int, seed: int) -> World:
    world = founded(archive, clock, histories, seed)
    for _ in range(histories):
        world.live_one()
    return world


def judge(world: World, least_destroyed: int) -> None:
    """Judge every destruction by the journal, and what is left by the due days and holds."""
    with world.archive.looking() as view:
        entries = list(view.journal.entries())
        proofs = view.destructions.all()
    assert len(proofs) >= least_destroyed, "hardly anything was destroyed: the histories prove nothing"
    for proof in proofs:
        judge_destruction(proof.item_id, proof.authority, entries)
    judge_what_is_left(world)


def judge_destruction(item_id: str, number: str, entries: list[JournalEntry]) -> None:
    at = next(
        place for place, each in enumerate(entries) if each.action == "item_destroyed" and each.subject == item_id
    )
    before = entries[:at]
    told = [each for each in before if each.details.get("number") == number]
    start = max(place for place, each in enumerate(told) if each.action == "destruction_list_submitted")
    turn = told[start:]
    digests = {each.details.get("sha256") for each in turn if each.action in SIGNING} | {turn[0].details.get("sha256")}
    by = {action: [each.actor for each in turn if each.action == action] for action in {each.action for each in turn}}
    assert len(digests) == 1, f"{item_id}: another text was signed"
    assert len(set(by["destruction_list_signed"])) == len(SIGNERS), f"{item_id}: signatures are missing"
    assert by["destruction_list_approved"] == ["boss"]
    assert set(by["destruction_list_checked"]) == set(SUPERVISORS)
    assert by["destruction_begun"] == ["keeper"]
    assert "destruction_list_returned" not in by and "destruction_approval_withdrawn" not in by
    order = [each.action for each in turn]
    assert order.index("destruction_list_approved") > max(
        place for place, action in enumerate(order) if action == "destruction_list_signed"
    )
    placed = sum(each.action == "hold_placed" and item_id in str(each.details) + each.subject for each in before)
    ended = sum(each.action == "hold_released" and item_id in str(each.details) + each.subject for each in before)
    assert placed == ended, f"{item_id} was destroyed under a hold"


SIGNING = {"destruction_list_signed", "destruction_list_approved", "destruction_list_checked", "destruction_begun"}


def judge_what_is_left(world: World) -> None:
    today = local_day(world.archive.now())
    later = today + timedelta(days=400)
    with world.archive.looking() as view:
        everything = [view.items.with_id(item_id, actor=SYSTEM) for item_id in (*world.taken, *world.pool)]
        left = [item.key for item in everything if item is not None and item.state is not ItemState.DESTROYED]
        gone = [item.key for item in everything if item is not None and item.state is ItemState.DESTROYED]
        days = view.due_dates.of_items([*left, *gone])
        assert all(days[key].due_on < today for key in gone if key in days), "destroyed before its day"
        due = {key for key in left if key in days and days[key].due_on is not None and days[key].due_on < later}
        free = due - view.holds.held_among(list(due))
        busy = set(view.appraisals.under_way(list(free))) | listed(view, free)
        forgotten = view.appraisals.count_forgotten(later, at_most=10_000)
    assert forgotten == len(free - busy), "something due is nowhere"


def listed(view, keys: set[int]) -> set[int]:
    """Those that stand on a list that has not ended, spared or not."""
    return {
        line.item_key for each in view.destruction_lists.running() for line in view.destruction_lists.lines(each.id)
    } & keys


def test_histories_on_a_real_archive_keep_every_rule(archive, clock):
    judge(live(archive, clock, 12, seed=7), least_destroyed=5)


@pytest.mark.slow
def test_hundreds_of_histories_on_a_real_archive_keep_every_rule(archive, clock):
    judge(live(archive, clock, 300, seed=20_261), least_destroyed=150)
