"""The order of papers in a volume: licences and authority first, then by signing date, annexes behind their paper."""

from datetime import UTC, date, datetime

import pytest

from dms.domain.contract import Contract, ContractFacts
from dms.domain.item import CopyKind, ItemMedium, ItemState, PartySide
from dms.filing.binding.ordering import in_order
from dms.store import FiledPaper


def paper(key: int, type_code: str = "delivery_voucher", doc_on: date | None = date(2025, 5, 1), **facts) -> FiledPaper:
    stated = {
        "id": str(key),
        "state": ItemState.FILED,
        "customer_id": 1,
        "contract_id": None,
        "series_code": "3",
        "year": 2025,
        "title": str(key),
        "doc_no": "",
        "author": "",
        "received_at": datetime(2026, 1, 1, tzinfo=UTC),
        "copy_kind": CopyKind.ORIGINAL,
        "grade": 3,
        "medium": ItemMedium.PAPER,
        "side": PartySide.UNKNOWN,
        "pages_written": 1,
        "pages_total": 1,
        "sheets": None,
        "is_annex": False,
        "year_note": "",
        "retention_code": None,
        "remark": "",
        "valid_to_on": None,
        "volume_id": 1,
        "position": None,
        "reference_code": None,
        "former_codes": (),
        "first_page": None,
        "last_page": None,
    }
    return FiledPaper(key=key, type_code=type_code, doc_on=doc_on, **stated | facts)


def contract(id_: int, signed_on: date | None) -> Contract:
    return Contract(id=id_, facts=ContractFacts(number=str(id_), title="", customer_id=1, signed_on=signed_on))


def order(papers, contracts=(), main_of=None):
    groups = in_order(papers, {each.id: each for each in contracts}, main_of or {})
    return [[each.key for each in group] for group in groups]


def test_papers_lie_by_their_dates_undated_ones_last():
    papers = [paper(1, doc_on=None), paper(2, doc_on=date(2025, 6, 1)), paper(3, doc_on=date(2025, 1, 1))]
    assert order(papers) == [[3], [2], [1]]


def test_licences_lie_before_every_matter():
    papers = [paper(1, doc_on=date(2025, 1, 1)), paper(2, "licence", doc_on=date(2025, 12, 1))]
    assert order(papers) == [[2], [1]]


def test_papers_of_one_contract_lie_together_by_its_signing_date():
    papers = [
        paper(1, contract_id=8, doc_on=date(2025, 3, 1)),
        paper(2, contract_id=7, doc_on=date(2025, 4, 1)),
        paper(3, contract_id=8, doc_on=date(2025, 5, 1)),
    ]
    contracts = [contract(7, date(2025, 1, 1)), contract(8, date(2025, 2, 1))]
    assert order(papers, contracts) == [[2], [1], [3]]


def test_a_contract_without_a_signing_date_goes_by_its_earliest_paper():
    papers = [paper(1, contract_id=7, doc_on=date(2025, 3, 1)), paper(2, doc_on=date(2025, 2, 1))]
    assert order(papers, [contract(7, None)]) == [[2], [1]]


def test_the_authority_lies_first_in_its_matter():
    papers = [
        paper(1, "contract", contract_id=7, doc_on=date(2025, 1, 1)),
        paper(2, "authorization", contract_id=7, doc_on=date(2025, 1, 3)),
    ]
    assert order(papers, [contract(7, date(2025, 1, 1))]) == [[2], [1]]


@pytest.mark.parametrize("later", [CopyKind.COUNTERPART, CopyKind.COPY, CopyKind.UNKNOWN])
def test_the_original_lies_before_its_copies(later):
    assert order([paper(1, copy_kind=later), paper(2)]) == [[2], [1]]


def test_an_annex_lies_behind_its_paper_whatever_its_date():
    papers = [paper(1, doc_on=date(2025, 1, 1)), paper(2, doc_on=date(2025, 2, 1)), paper(3, doc_on=date(2025, 3, 1))]
    assert order(papers, main_of={1: 3}) == [[2], [3, 1]]


def test_an_annex_of_an_annex_lies_behind_the_paper_of_both():
    assert order([paper(1), paper(2), paper(3)], main_of={2: 1, 3: 2}) == [[1, 2, 3]]


def test_an_annex_whose_paper_lies_elsewhere_goes_by_itself():
    assert order([paper(1), paper(2)], main_of={2: 99}) == [[1], [2]]


def test_papers_that_are_said_to_be_annexes_of_each_other_are_not_lost():
    assert order([paper(1), paper(2), paper(3)], main_of={1: 2, 2: 1}) == [[1, 2], [3]]


def test_an_annex_without_a_paper_lies_at_the_end_of_its_matter():
    papers = [
        paper(1, contract_id=7, doc_on=date(2025, 1, 1), is_annex=True),
        paper(2, contract_id=7, doc_on=date(2025, 6, 1)),
    ]
    assert order(papers, [contract(7, date(2025, 1, 1))]) == [[2], [1]]
