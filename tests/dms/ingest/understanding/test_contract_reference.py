from typing import Any

import pytest

from dms.domain.proposal import Proposal
from dms.ingest.understanding.contract_reference import find_contract_number
from dms.ingest.understanding.cues import Cues
from dms.ingest.understanding.directory import Directory, KnownContract
from dms.ingest.understanding.known import NOTHING_KNOWN, Known
from dms.ingest.understanding.outcome import Reason
from dms.ingest.understanding.paper import prepare


def number(read: Any, cues: Cues, text: str, code: str, known: Known = NOTHING_KNOWN) -> Proposal | None:
    found = find_contract_number(prepare(read(text)), cues.of(code), known, cues)
    return found.proposal if found else None


CASES = [
    ("label and colon", "contract", "合同编号：CG-2016-4121", "CG-2016-4121"),
    ("label and gap", "contract", "合同编号 CG-2016-4121 2016-11-16", "CG-2016-4121"),
    ("value on the next line", "contract", "合同编号\nCG-2016-4121", "CG-2016-4121"),
    ("bare 编号 at the top of a contract", "contract", "编号：HT-2020-1", "HT-2020-1"),
    ("协议编号 of a contract", "contract", "协议编号：KJ-2023-005", "KJ-2023-005"),
    ("label misread", "contract", "合同编亏：CG-2016-4121", "CG-2016-4121"),
    ("year in brackets after a gap", "acceptance_record", "合同编号 （2024）苏买第5983号", "（2024）苏买第5983号"),
    ("in brackets after the label", "contract", "合同编号（XS-2024-1）", "XS-2024-1"),
    ("label spaced out", "contract", "合 同 编 号 ： CG - 2016 - 4121", "CG-2016-4121"),
    ("number alone at the top", "contract", "采购合同\n（2024）苏买第12号\n甲方", "（2024）苏买第12号"),
    ("in a sentence", "authorization", "签订编号为XS-2024-4238的合同，并办理", "XS-2024-4238"),
    ("before the word", "receipt", "交来：XS-2024-7851号合同预付款", "XS-2024-7851"),
    ("in brackets after the title", "amendment", "签订的《买卖合同》（合同编号：GY-1-0117）", "GY-1-0117"),
    ("broken at the line end", "authorization", "就供货事宜签订编号为XS-20\n24-4238的合同", "XS-2024-4238"),
    ("not the voucher's own number", "delivery_voucher", "单号：SH-2018-7 合同编号：XS-2018-1681", "XS-2018-1681"),
    ("not the serial number", "receipt", "NO.9362112\n合同编号：XS-2018-1681", "XS-2018-1681"),
    ("not the certificate's", "capability_proof", "证书编号：D-2021-0012", None),
    ("not the model", "acceptance_record", "规格型号 K39-9702021", None),
    ("not the case number", "judgment", "（2022）苏0115民初4567号", None),
    ("amendment: the original's label", "amendment", "原合同编号：A-2020-01\n协议编号：A-2020-01-B1", "A-2020-01"),
    (
        "amendment: the original in a sentence",
        "amendment",
        "合同编号：B-2021-02\n鉴于已签订编号为A-2020-01的合同",
        "A-2020-01",
    ),
    ("amendment: derived from its own", "amendment", "协议编号：XS-2024-0551-B1", "XS-2024-0551"),
    ("amendment: derived from 补1", "amendment", "补充协议编号：XS-2024-0551-补1", "XS-2024-0551"),
    (
        "guarantee: the principal contract",
        "guarantee",
        "保证合同编号：BZ-2020-7\n主合同编号：XS-2020-0315",
        "XS-2020-0315",
    ),
    ("look-alikes in plain digit groups", "contract", "合同编号：XS-2O24-O551", "XS-2024-0551"),
    ("order number for want of another", "acceptance_record", "订单号：PO-2021-10087", "PO-2021-10087"),
    ("nothing there", "receipt", "收款收据\n日期：2020-01-02", None),
]


@pytest.mark.parametrize(("what", "code", "text", "want"), CASES, ids=[case[0] for case in CASES])
def test_the_number_of_the_contract_is_found(
    what: str, code: str, text: str, want: str | None, read: Any, cues: Cues
) -> None:
    proposal = number(read, cues, text, code)
    assert (proposal.value if proposal else None) == want


def test_two_contracts_with_equal_right_leave_the_choice_to_a_person(read: Any, cues: Cues) -> None:
    found = find_contract_number(
        prepare(read("验收单\n合同编号：A-2020-01\n合同编号：A-2020-02")),
        cues.of("acceptance_record"),
        NOTHING_KNOWN,
        cues,
    )
    assert found is not None
    assert found.several
    assert (found.proposal.certain, found.proposal.reason) == (False, Reason.SEVERAL_READINGS)


def test_the_claimed_number_is_chosen_among_several(read: Any, cues: Cues) -> None:
    text, known = "验收单\n合同编号：A-2020-01\n合同编号：A-2020-02", Known(claimed_contract_no="a-2020-02")
    proposal = number(read, cues, text, "acceptance_record", known)
    assert proposal is not None
    assert proposal.value == "A-2020-02"


def test_a_look_alike_becomes_the_number_of_the_ledger(read: Any, cues: Cues) -> None:
    known = Known(directory=Directory((), [KnownContract(number="CGB-2021-B007", title="", customer_code="1")]))
    proposal = number(read, cues, "合同编号：CG8-2021-8007", "contract", known)
    assert proposal is not None
    assert (proposal.value, proposal.certain) == ("CGB-2021-B007", False)


def test_another_digit_is_another_contract(read: Any, cues: Cues) -> None:
    known = Known(directory=Directory((), [KnownContract(number="XS-2024-0551", title="", customer_code="1")]))
    proposal = number(read, cues, "合同编号：XS-2024-0557", "contract", known)
    assert proposal is not None
    assert (proposal.value, proposal.certain) == ("XS-2024-0557", True)


@pytest.mark.parametrize(
    ("what", "text", "certain"),
    [
        ("a clear label", "合同编号：CG-2016-4121", True),
        ("repaired", "合同编号：XS-2O24-O551", False),
        ("by its shape alone", "CG-2016-4121", False),
        ("derived", "协议编号：XS-2024-0551-B1", False),
    ],
)
def test_only_a_clear_labelled_number_is_certain(what: str, text: str, certain: bool, read: Any, cues: Cues) -> None:
    proposal = number(read, cues, text, "amendment" if what == "derived" else "contract")
    assert proposal is not None
    assert proposal.certain is certain
