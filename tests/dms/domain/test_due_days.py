"""Until when a paper is kept, case by case, and why, in one sentence."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dms.domain.contract import ContractFacts, ContractState
from dms.domain.due import DisputeSpan, PaperFacts
from dms.domain.due_day import DueState, TermExtension
from dms.domain.due_sentence import DueDate, RetentionFacts, due
from dms.domain.retention import DEFAULT_RETENTION_RULES, RetentionRule, RetentionTrigger

RULES = {rule.code: rule for rule in DEFAULT_RETENTION_RULES}
ARRIVED_ON = date(2026, 1, 10)
HAN = re.compile(r"[一-鿿]")
CASES = [
    tuple(part.strip() for part in line.split("|"))
    for line in Path(__file__).with_name("due_cases.txt").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]
DAYS = st.dates(date(1980, 1, 1), date(2090, 12, 31))


def rule_in(text: str) -> RetentionRule | None:
    """The rule that a case names, ``D10/settlement@2``; None for ``?``."""
    code, _, rest = text.partition("/")
    trigger, _, version = rest.partition("@")
    rule = RULES.get(code)
    if rule is None or not trigger:
        return rule
    return replace(rule, trigger=RetentionTrigger(trigger), version=int(version or 1))


def facts_in(text: str) -> RetentionFacts:
    own, *others = [paper_in(part) for part in text.split("&")]
    extensions = [part.split()[1] for part in parts_of(text) if part.startswith("ext ")]
    return RetentionFacts(own=own, together=tuple(others), extensions=tuple(map(extension_in, extensions)))


def paper_in(text: str) -> PaperFacts:
    stated = [part.split() for part in parts_of(text)]
    days = {words[0]: words[1] for words in stated if words[0] in ("doc", "arr", "year")}
    return PaperFacts(
        doc_on=date.fromisoformat(days["doc"]) if "doc" in days else None,
        received_on=date.fromisoformat(days["arr"]) if "arr" in days else ARRIVED_ON,
        filed_year=int(days["year"]) if "year" in days else None,
        contracts=tuple(contract_in(words[1:]) for words in stated if words[0] == "c"),
        disputes=tuple(dispute_in(words[1:]) for words in stated if words[0] == "d"),
    )


def contract_in(words: list[str]) -> ContractFacts:
    number, state, *days = words
    stated = {name: date.fromisoformat(day) for name, _, day in (each.partition("=") for each in days)}
    return ContractFacts(number=number, title="", customer_id=1, state=ContractState(state), **stated)


def dispute_in(words: list[str]) -> DisputeSpan:
    closed = [date.fromisoformat(word.removeprefix("closed=")) for word in words[1:]]
    return DisputeSpan(number=words[0], closed_on=closed[0] if closed else None)


def extension_in(text: str) -> TermExtension:
    return TermExtension(
        item_key=1,
        until_on=None if text == "ever" else date.fromisoformat(text),
        authority="JD2026-001",
        decided_by="鉴定小组",
        decided_at=datetime(2026, 3, 1, tzinfo=UTC),
    )


def parts_of(text: str) -> list[str]:
    return [part.strip() for part in re.split("[;&]", text) if part.strip()]


def outcome(found: DueDate) -> str:
    return found.on.isoformat() if found.on else found.day.state.value


def test_there_are_at_least_a_hundred_and_fifty_cases_and_no_two_are_alike():
    assert len(CASES) >= 150
    assert len({case[:2] for case in CASES}) == len(CASES)


@pytest.mark.parametrize(("rule", "facts", "expected", "said"), CASES, ids=[f"{c[0]} {c[1]}" for c in CASES])
def test_the_last_day_and_the_sentence(rule, facts, expected, said):
    found = due(rule_in(rule), facts_in(facts))
    assert outcome(found) == expected
    assert said in found.sentence.zh


@pytest.mark.parametrize(("rule", "facts", "expected", "said"), CASES, ids=[f"{c[0]} {c[1]}" for c in CASES])
def test_every_sentence_is_one_sentence_in_both_languages_and_names_its_day(rule, facts, expected, said):
    found = due(rule_in(rule), facts_in(facts))
    zh, en = found.sentence.zh, found.sentence.en
    assert zh.endswith("。") and zh.count("。") == 1
    assert en.endswith(".") and not HAN.search(en)
    if found.on is not None:
        assert found.on.isoformat() in zh and found.on.isoformat() in en
        assert found.inputs[-1].value.zh == found.on.isoformat()


@given(DAYS, st.sampled_from(sorted(RULES)), st.lists(DAYS, max_size=4), st.booleans())
def test_no_term_ends_before_its_years_are_over_and_more_papers_never_end_it_sooner(doc_on, code, others, disputed):
    rule = RULES[code]
    own = PaperFacts(doc_on=doc_on, received_on=ARRIVED_ON)
    alone = due(rule, RetentionFacts(own=own))
    spans = (DisputeSpan(number="ZY", closed_on=None),) if disputed else ()
    bound = tuple(PaperFacts(doc_on=day, received_on=ARRIVED_ON, disputes=spans) for day in others)
    with_others = due(rule, RetentionFacts(own=own, together=bound))
    if rule.permanent:
        assert alone.day.state is with_others.day.state is DueState.PERMANENT
        return
    assert alone.on == date(doc_on.year + (rule.years or 0), 12, 31)
    if disputed and others:
        assert with_others.day.state is DueState.WAITING
    else:
        assert with_others.on == max(date(day.year + (rule.years or 0), 12, 31) for day in (doc_on, *others))


def test_a_term_that_reaches_beyond_the_calendar_never_ends_within_it():
    far = replace(RULES["D30"], years=9000)
    assert due(far, RetentionFacts(own=PaperFacts(doc_on=date(2020, 1, 1), received_on=ARRIVED_ON))).on == date.max
