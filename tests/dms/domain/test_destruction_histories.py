"""Ten thousand histories of lists, persons, holds and days at random: an onlooker's book never contradicts L1–L7.

The onlooker keeps his own book of who did what, and knows nothing of states: whenever a paper goes, he checks in it.
"""

import random
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta

from dms.domain.clock import local_day
from dms.domain.destruction_line import SpareReason, Standing, spare_reason
from dms.domain.destruction_list import (
    Appointed,
    DestructionList,
    ListState,
    Office,
    StepProblem,
    StepRefused,
    approved,
    attested,
    begun,
    checked,
    executed,
    returned,
    shortcomings,
    signed,
    stopped,
    submitted,
    unapproved,
    withdrawn,
)

HISTORIES = 10_000
STEPS = 50
PEOPLE = ("总", "馆", "业", "档", "办", "法", "监甲", "监乙", "闲人")
USUAL = Appointed(signers=tuple(zip(Office, PEOPLE[:5], strict=True)), approver="法", supervisors=("监甲", "监乙"))


@dataclass
class Paper:
    """One paper as the world has it; the list knows nothing of this."""

    due_on: date
    held: bool = False
    settled: bool = True
    lent: bool = False
    pending: bool = True
    destroyed_at: datetime | None = None

    @property
    def standing(self) -> Standing:
        return Standing(
            due_on=self.due_on,
            is_held=self.held,
            is_unsettled=not self.settled,
            is_lent=self.lent,
            is_destroyed=self.destroyed_at is not None,
        )


@dataclass
class History:
    """One list among its people, and the onlooker's book."""

    chance: random.Random
    listed: DestructionList
    papers: list[Paper]
    text: int = 0
    """What the list says; whoever alters the catalogue behind everyone's back raises it."""
    now: datetime = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)
    book: list[tuple[str, str, int]] = field(default_factory=list)
    """What was done, by whom, over which text; a return or a new submission begins it anew."""
    spared: set[SpareReason] = field(default_factory=set)

    @property
    def digest(self) -> str:
        return f"{self.listed.turn}/{self.text}"

    def live(self) -> None:
        for _ in range(STEPS):
            self.now += timedelta(hours=self.chance.randint(1, 40))
            self.disturb()
            with suppress(StepRefused):
                self.step()

    def disturb(self) -> None:
        paper, happening = self.chance.choice(self.papers), self.chance.random()
        if happening < 0.10:
            paper.held = not paper.held
        elif happening < 0.18:
            paper.due_on += timedelta(days=self.chance.choice((-400, -30, 30, 400)))
        elif happening < 0.24:
            paper.settled = not paper.settled
        elif happening < 0.28:
            paper.lent = not paper.lent
        elif happening < 0.281:
            self.text += 1

    def step(self) -> None:
        likely = self.chance.random() < 0.95
        kind = self.likely_step() if likely else self.chance.choice(tuple(_STEPS))
        names = self.likely_names(kind) if likely else PEOPLE
        _STEPS[kind](self, self.chance.choice(names or PEOPLE))

    def likely_step(self) -> str:
        ways = {
            ListState.DRAFT: ("submit",), ListState.RETURNED: ("submit", "submit", "submit", "give_up"),
            ListState.SIGNING: ("sign",) * 40 + ("return",), ListState.SIGNED: ("approve",) * 15 + ("return",),
            ListState.APPROVED: ("check",) * 15 + ("unapprove",), ListState.CHECKED: ("begin",) * 12 + ("unapprove",),
            ListState.EXECUTING: ("carry",) * 9 + ("stop",), ListState.EXECUTED: ("attest",),
        }  # fmt: skip
        return self.chance.choice(ways.get(self.listed.state, tuple(_STEPS)))

    def likely_names(self, kind: str) -> tuple[str, ...]:
        named = self.listed.appointed
        return {
            "sign": tuple(name for _, name in named.signers), "return": tuple(name for _, name in named.signers),
            "approve": (named.approver,), "unapprove": (named.approver,), "stop": (named.approver,),
            "check": named.supervisors, "attest": named.supervisors, "begin": ("档",), "carry": ("档",),
        }.get(kind, PEOPLE)  # fmt: skip

    def require_text(self) -> None:
        """What every use case does first: nobody signs or carries out another text than the one that was submitted."""
        if self.listed.digest and self.listed.digest != self.digest:
            raise StepRefused(StepProblem.DIGEST)

    def keep(self, listed: DestructionList, what: str, name: str) -> None:
        self.listed = listed
        self.book.append((what, name, self.text))

    def submit(self, name: str) -> None:
        self.listed = submitted(replace(self.listed, appointed=self.appointed()), self.digest)
        self.book = []

    def appointed(self) -> Appointed:
        if self.chance.random() < 0.93:
            return USUAL
        names = [self.chance.choice(PEOPLE) for _ in range(8)]
        return Appointed(
            signers=tuple(zip(Office, names[:5], strict=True)), approver=names[5], supervisors=tuple(names[6:])
        )

    def carry(self, name: str) -> None:
        self.require_text()
        if self.listed.state is not ListState.EXECUTING or shortcomings(self.listed):
            return
        if name in {self.listed.appointed.approver, *self.listed.appointed.supervisors}:
            return
        for paper in [paper for paper in self.papers if paper.pending][: self.chance.randint(1, 3)]:
            paper.pending = False
            reason = spare_reason(paper.standing, local_day(self.now))
            if reason is None:
                self.onlooker_agrees(paper, name)
                paper.destroyed_at = self.now
            else:
                self.spared.add(reason)
        if not any(paper.pending for paper in self.papers):
            self.listed = executed(self.listed, self.now)

    def onlooker_agrees(self, paper: Paper, name: str) -> None:
        """Only the book, the paper and the day are looked at."""
        assert paper.due_on < local_day(self.now), "destroyed before its term ended"
        assert not paper.held, "destroyed under a hold"
        assert paper.settled and not paper.lent and paper.destroyed_at is None
        did = {what: [who for done, who, _ in self.book if done == what] for what in _STEPS}
        assert len(set(did["sign"])) == 5, "destroyed without five persons' signatures"
        assert len(did["approve"]) == 1, "destroyed without the approval"
        assert len(set(did["check"])) == 2, "destroyed without two supervisors"
        assert not did["unapprove"] and not did["stop"] and not did["return"], "destroyed after a withdrawal"
        assert not set(did["approve"]) & {*did["sign"], *did["check"], name}, "the approver did something else, too"
        assert name not in did["check"], "a supervisor carried it out"
        assert {text for _, _, text in self.book} == {self.text}, "another text than the one that was signed"
        acts = [what for what, _, _ in self.book]
        assert acts.index("approve") > max(place for place, what in enumerate(acts) if what == "sign")
        assert acts.index("approve") < min(place for place, what in enumerate(acts) if what == "check")


def by_person(what, transition):
    def act(history: History, name: str) -> None:
        history.require_text()
        history.keep(transition(history.listed, name, "", history.now), what, name)

    return act


def begin(history: History, name: str) -> None:
    history.require_text()
    history.keep(begun(history.listed, name, history.now), "begin", name)


def stop(history: History, name: str) -> None:
    history.require_text()
    history.keep(stopped(history.listed, name, "", history.now), "stop", name)
    for paper in history.papers:
        paper.pending = False


def give_up(history: History, name: str) -> None:
    history.listed = withdrawn(history.listed)


_STEPS = {
    "submit": History.submit,
    "sign": by_person("sign", signed),
    "return": by_person("return", returned),
    "approve": by_person("approve", approved),
    "unapprove": by_person("unapprove", unapproved),
    "check": by_person("check", checked),
    "begin": begin,
    "carry": History.carry,
    "stop": stop,
    "attest": by_person("attest", attested),
    "give_up": give_up,
}


def history(seed: int) -> History:
    chance = random.Random(seed)
    papers = [Paper(due_on=date(2025, 12, 31) - timedelta(days=chance.randint(-500, 900))) for _ in range(6)]
    listed = DestructionList(
        id=1, number="XH2026-001", title="", state=ListState.DRAFT, method="碎纸", place="库房", appointed=USUAL,
        begun_by="档", begun_at=datetime(2026, 3, 1, tzinfo=UTC),
    )  # fmt: skip
    lived = History(chance=chance, listed=listed, papers=papers)
    lived.live()
    return lived


def test_ten_thousand_histories_destroy_nothing_that_might_not_go():
    lived = [history(seed) for seed in range(HISTORIES)]
    destroyed = sum(paper.destroyed_at is not None for each in lived for paper in each.papers)
    ends = {state: sum(each.listed.state is state for each in lived) for state in ListState}
    assert destroyed > HISTORIES, "hardly anything was destroyed: the histories prove nothing"
    assert min(ends[state] for state in (ListState.CLOSED, ListState.WITHDRAWN, ListState.RETURNED)) > 0, ends
    assert {SpareReason.HELD, SpareReason.NOT_DUE, SpareReason.UNSETTLED, SpareReason.LENT} <= {
        reason for each in lived for reason in each.spared
    }
