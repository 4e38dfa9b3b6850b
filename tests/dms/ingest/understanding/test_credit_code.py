from typing import Any

import pytest

from dms.domain.proposal import Proposal
from dms.ingest.understanding.counterparty import choose_counterparty
from dms.ingest.understanding.credit_code import find_credit_codes, propose_credit_code
from dms.ingest.understanding.cues import Cues
from dms.ingest.understanding.directory import Directory, KnownCustomer
from dms.ingest.understanding.known import NOTHING_KNOWN, Known
from dms.ingest.understanding.outcome import Reason
from dms.ingest.understanding.paper import prepare
from dms.ingest.understanding.party import find_parties

OURS, THEIRS = "91110000101623741K", "914403001922038216"
A, B = "江苏甲机械有限公司", "苏州乙电子有限公司"


def proposed(read: Any, cues: Cues, pages: Any, known: Known = NOTHING_KNOWN) -> Proposal | None:
    paper = prepare(pages)
    parties = find_parties(paper, cues.of("contract"), cues)
    chosen = choose_counterparty(paper, parties, known, cues.of("contract"), cues)
    return propose_credit_code(find_credit_codes(paper, cues), parties, chosen, known)


READINGS = [
    ("clear", f"统一社会信用代码：{THEIRS}", THEIRS, ""),
    ("grouped", "统一社会信用代码：9144 0300 1922 038216", THEIRS, ""),
    ("lower case", "信用代码：91110000101623741k", OURS, ""),
    ("on the next line", f"统一社会信用代码\n{THEIRS}", THEIRS, ""),
    ("as taxpayer number", f"纳税人识别号:{THEIRS}", THEIRS, ""),
    ("letters where digits must stand", "统一社会信用代码：9144O3OO1922038216", THEIRS, Reason.CHECK_DIGIT_REPAIRED),
    (
        "invented but clearly read",
        "统一社会信用代码：91521854MAJT29XA50",
        "91521854MAJT29XA50",
        Reason.CHECK_DIGIT_FAILS,
    ),
    (
        "invented with impossible letters",
        "统一社会信用代码：9152I8S4MAJT29XA50",
        "91521854MAJT29XA50",
        Reason.IMPOSSIBLE_LETTERS_REPLACED,
    ),
    ("too short", "统一社会信用代码：9144030019220382", "9144030019220382", Reason.WRONG_LENGTH),
    ("without a label", f"{B} {THEIRS}", THEIRS, Reason.LOW_CONFIDENCE),
]


@pytest.mark.parametrize(("what", "text", "value", "reason"), READINGS, ids=[case[0] for case in READINGS])
def test_a_code_is_proposed_as_it_was_read_or_as_it_must_have_been(
    what: str, text: str, value: str, reason: str, read: Any, cues: Cues
) -> None:
    proposal = proposed(read, cues, read(text))
    assert proposal is not None
    assert (proposal.value, proposal.reason, proposal.certain) == (value, reason, reason == "")


def test_a_code_without_a_label_and_without_a_right_check_character_is_no_code(read: Any, cues: Cues) -> None:
    assert proposed(read, cues, read("流水 91521854MAJT29XA50")) is None


def test_a_doubtful_character_is_repaired_where_one_code_alone_is_valid(read: Any, cues: Cues) -> None:
    pages = read("统一社会信用代码：91440300192203B216", doubtful={"B": 0.6})
    proposal = proposed(read, cues, pages)
    assert proposal is not None
    assert (proposal.value, proposal.as_read) == (THEIRS, "91440300192203B216")
    assert proposal.reason == Reason.CHECK_DIGIT_REPAIRED


def test_a_clear_character_is_never_changed(read: Any, cues: Cues) -> None:
    proposal = proposed(read, cues, read("统一社会信用代码：91440300192203B216"))
    assert proposal is not None
    assert (proposal.value, proposal.reason) == ("91440300192203B216", Reason.CHECK_DIGIT_FAILS)


LAYOUTS = [
    ("each below its party", f"甲方：{A}\n税号：{OURS}\n乙方：{B}\n税号：{THEIRS}"),
    ("in two columns", f"甲方：{A} 乙方：{B}\n税号：{OURS} 税号：{THEIRS}"),
    ("ours last", f"乙方：{B}\n税号：{THEIRS}\n甲方：{A}\n税号：{OURS}"),
]


@pytest.mark.parametrize(("layout", "text"), LAYOUTS, ids=[case[0] for case in LAYOUTS])
def test_of_two_codes_the_other_partys_is_chosen(layout: str, text: str, read: Any, cues: Cues) -> None:
    proposal = proposed(read, cues, read(text), Known(own_names=(A,)))
    assert proposal is not None
    assert (proposal.value, proposal.certain) == (THEIRS, True)


def test_our_own_code_is_not_proposed(read: Any, cues: Cues) -> None:
    text = f"甲方：{A}\n税号：{OURS}\n乙方：{B}\n甲方（盖章）：{A}"
    assert proposed(read, cues, read(text), Known(own_names=(A,))) is None


def test_the_registered_code_of_the_customer_is_recognised_wherever_it_stands(read: Any, cues: Cues) -> None:
    known = Known(directory=Directory([KnownCustomer(code="b", name=B, uscc=THEIRS)]))
    proposal = proposed(read, cues, read(f"税号：{THEIRS} 税号：{OURS}\n甲方：{A}\n乙方：{B}"), known)
    assert proposal is not None
    assert (proposal.value, proposal.certain) == (THEIRS, True)
