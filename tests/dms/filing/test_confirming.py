"""A person confirms, corrects, rejects and brings back; the paper, its volume, its contract and the index follow."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from simulators.people import ARCHIVIST, AUDITOR, CLEARED_ARCHIVIST, CLERK, LAWYER
from simulators.scanner import add_customer, file_paper, hand_in, read_everything, scan, statement

from dms.archive import CustomerNotFound, ItemNotFound, SeriesNotFound, TypeNotFound
from dms.domain.actor import OPERATOR, ActionForbidden
from dms.domain.item import ItemState, RenditionRole
from dms.filing import ArrivedAgain, ConfirmationIncomplete, NotInTray, PaperFactInvalid, bring_back, confirm, reject
from dms.search import SearchRequest, search


@pytest.fixture
def customer(archive):
    add_customer(archive)
    add_customer(archive, "C0002", "芜湖近水机械有限公司")


def contracts(archive):
    with archive.looking() as view:
        return view.contracts.all()


def journal_of(archive, item):
    with archive.looking() as view:
        return [(entry.actor, entry.action) for entry in view.journal.entries(subject=item.id)][2:]


def found(archive, query, actor=OPERATOR):
    return [hit.item_id for hit in search(actor, SearchRequest(query=query), archive=archive).hits]


def count_of_volume(archive, item):
    with archive.looking() as view:
        return view.volumes.get(item.volume_id, actor=OPERATOR).item_count


def test_a_confirmed_paper_lies_in_the_volume_of_its_customer_series_and_year(archive, customer):
    item = scan(archive, "采购合同")
    filed = confirm(CLERK, item.id, statement(), archive=archive)
    assert (filed.state, filed.doubts, filed.title) == (ItemState.FILED, (), "钢材采购合同")
    assert (filed.classification.series_code, filed.classification.year) == ("3", 2024)
    with archive.looking() as view:
        volume = view.volumes.get(filed.volume_id, actor=OPERATOR)
    assert (volume.series_code, volume.year, volume.item_count, volume.page_count) == ("3", 2024, 1, 1)
    assert journal_of(archive, item) == [("clerk", "item_filed")]
    assert found(archive, "钢材采购合同") == [item.id]


@pytest.mark.parametrize(
    ("left_out", "named"),
    [
        ({"customer_code": " "}, ("客户", "customer")),
        ({"type_code": ""}, ("资料类型", "type")),
        ({"title": "\u200b \n"}, ("题名", "title")),
        ({"doc_on": None}, ("年度", "year")),
        ({"customer_code": "", "title": ""}, ("客户、题名", "customer, title")),
    ],
)
def test_an_incomplete_statement_names_what_is_missing_and_files_nothing(archive, customer, left_out, named):
    item = scan(archive, "采购合同")
    with pytest.raises(ConfirmationIncomplete) as caught:
        confirm(CLERK, item.id, statement(**left_out), archive=archive)
    assert named[0] in caught.value.message.zh
    assert named[1] in caught.value.message.en
    assert contracts(archive) == []
    assert journal_of(archive, item) == []


@pytest.mark.parametrize(
    "impossible",
    [
        {"year": 1},
        {"year": 10**30},
        {"year": -5},
        {"doc_on": date(1066, 10, 14), "year": 2024},
        {"doc_on": date(9999, 12, 31)},
        {"amount": Decimal("NaN")},
        {"amount": Decimal("sNaN")},
        {"amount": Decimal("Infinity")},
        {"amount": Decimal("1e30")},
        {"amount": Decimal("0.001")},
        {"title": "长" * 201},
        {"contract_no": "H" * 101},
        {"grade": 0},
        {"grade": 4},
        {"grade": -1},
    ],
    ids=str,
)
def test_a_fact_that_cannot_be_right_is_refused_in_both_languages_and_files_nothing(archive, customer, impossible):
    item = scan(archive, "采购合同")
    with pytest.raises(PaperFactInvalid) as caught:
        confirm(CLERK, item.id, statement(**impossible), archive=archive)
    assert caught.value.message.zh and caught.value.message.en
    assert contracts(archive) == []


@pytest.mark.parametrize("amount", ["0", "-1.50", "9999999999999999.99", "438000", "438000.000"])
def test_an_amount_is_kept_to_the_fen(archive, customer, amount):
    filed = file_paper(archive, "采购合同", amount=Decimal(amount))
    assert filed.classification.amount == Decimal(amount)
    assert str(filed.classification.amount).partition(".")[2] in ("00", "50", "99")


@pytest.mark.parametrize(
    ("stated", "refusal"),
    [
        ({"customer_code": "C9999"}, CustomerNotFound),
        ({"type_code": "magazine"}, TypeNotFound),
        ({"series_code": "9"}, SeriesNotFound),
    ],
)
def test_an_unknown_customer_type_or_series_is_named(archive, customer, stated, refusal):
    item = scan(archive, "采购合同")
    with pytest.raises(refusal):
        confirm(CLERK, item.id, statement(**stated), archive=archive)
    assert contracts(archive) == []


def test_a_contract_is_entered_in_the_ledger_once_however_its_number_is_written(archive, customer):
    for text, number in (("甲", "HT-2024-001"), ("乙", "ｈｔ－２０２４－００１"), ("丙", " ht-2024-001 ")):
        file_paper(archive, text, contract_no=number, type_code="receipt")
    (contract,) = contracts(archive)
    assert contract.number == "HT-2024-001"


def test_the_contract_itself_says_what_papers_that_only_mention_it_leave_open(archive, customer):
    file_paper(archive, "交货单", type_code="delivery_voucher", title="交货单", amount=Decimal("1.00"))
    (mentioned,) = contracts(archive)
    assert (mentioned.facts.title, mentioned.facts.amount, mentioned.facts.signed_on) == ("", None, None)
    file_paper(archive, "合同正文")
    (stated,) = contracts(archive)
    assert stated.id == mentioned.id
    assert (stated.facts.title, stated.facts.amount) == ("钢材采购合同", Decimal("438000.00"))
    assert stated.facts.signed_on == date(2024, 5, 18)
    assert [party.name for party in stated.facts.parties] == ["合肥远山商贸有限公司", "安徽皖江重工机械有限公司"]
    file_paper(archive, "收据", type_code="receipt", title="收据")
    assert contracts(archive) == [stated]


def test_every_paper_of_a_contract_is_found_by_the_title_that_the_contract_was_given_later(archive, customer):
    voucher = file_paper(archive, "交货单", type_code="delivery_voucher", title="交货单")
    assert found(archive, "合同:钢材采购") == []
    contract = file_paper(archive, "合同正文")
    assert sorted(found(archive, "合同:钢材采购")) == sorted([voucher.id, contract.id])


def test_two_customers_may_have_contracts_of_the_same_number(archive, customer):
    file_paper(archive, "甲")
    file_paper(archive, "乙", customer_code="C0002")
    assert len(contracts(archive)) == 2


def test_a_paper_without_a_contract_number_belongs_to_no_contract(archive, customer):
    filed = file_paper(archive, "营业执照", contract_no=" ", type_code="licence")
    assert filed.classification.contract_id is None
    assert filed.classification.series_code == "1"
    assert contracts(archive) == []


def test_a_filed_paper_can_be_corrected_and_moves_to_its_volume(archive, customer):
    filed = file_paper(archive, "采购合同", actor=CLERK)
    corrected = confirm(
        ARCHIVIST, filed.id, statement(customer_code="C0002", year=2023, title="设备采购合同"), archive=archive
    )
    assert corrected.volume_id != filed.volume_id
    assert (count_of_volume(archive, filed), count_of_volume(archive, corrected)) == (0, 1)
    assert journal_of(archive, filed) == [("clerk", "item_filed"), ("archivist", "item_corrected")]
    assert found(archive, "设备采购合同") == [filed.id]
    assert found(archive, "客户:近水") == [filed.id]
    assert found(archive, "客户:远山") == []


def test_what_the_machine_and_the_uploader_believed_stands_beside_what_a_person_stated(archive, customer):
    item = scan(archive, "采购合同", customer_code="C0002", year=2020)
    filed = confirm(CLERK, item.id, statement(), archive=archive)
    assert (filed.claim.year, filed.classification.year) == (2020, 2024)


def test_what_nobody_can_see_does_not_enter_a_title(archive, customer):
    filed = file_paper(archive, "采购合同", title="\u202e钢材\x00\n采购\ufeff  合同\udc80")
    assert filed.title == "钢材 采购 合同"


def test_nobody_files_a_paper_that_has_not_been_read(archive, customer):
    item = hand_in(archive, "采购合同")
    with pytest.raises(NotInTray) as caught:
        confirm(CLERK, item.id, statement(), archive=archive)
    assert "已接收" in caught.value.message.zh
    assert "received" in caught.value.message.en


@pytest.mark.parametrize("actor", [LAWYER, AUDITOR])
def test_who_may_not_confirm_decides_nothing(archive, customer, actor):
    item = scan(archive, "采购合同")
    for decide in (
        lambda: confirm(actor, item.id, statement(), archive=archive),
        lambda: reject(actor, item.id, "", archive=archive),
        lambda: bring_back(actor, item.id, archive=archive),
    ):
        with pytest.raises(ActionForbidden):
            decide()


def test_a_secret_paper_is_decided_only_by_those_who_may_know_of_it(archive, customer):
    item = file_paper(archive, "采购合同", grade=1)
    for decide in (
        lambda: confirm(CLERK, item.id, statement(), archive=archive),
        lambda: reject(CLERK, item.id, "", archive=archive),
        lambda: bring_back(CLERK, item.id, archive=archive),
    ):
        with pytest.raises(ItemNotFound):
            decide()
    assert confirm(CLEARED_ARCHIVIST, item.id, statement(grade=2), archive=archive).classification.grade == 2
    assert found(archive, "采购合同", actor=CLERK) == []


def test_a_papers_key_is_wrapped_anew_when_its_grade_changes_and_still_opens_it(archive, customer):
    item = scan(archive, "采购合同")
    graded = confirm(OPERATOR, item.id, statement(grade=1), archive=archive)
    assert graded.wrapped_key != item.wrapped_key
    assert archive.item_key(graded) == archive.item_key(item)
    again = confirm(OPERATOR, item.id, statement(grade=1), archive=archive)
    assert again.wrapped_key == graded.wrapped_key
    with archive.looking() as view:
        original = view.contents.rendition(item.key, RenditionRole.ORIGINAL)
    assert archive.unseal(graded, original) == "采购合同".encode()


def test_a_rejected_paper_leaves_search_and_volume_and_keeps_its_original(archive, customer):
    filed = file_paper(archive, "采购合同")
    rejected = reject(CLERK, filed.id, "  扫描不清，\n请重扫  ", archive=archive)
    assert (rejected.state, rejected.volume_id) == (ItemState.WITHDRAWN, None)
    assert found(archive, "采购合同") == []
    assert count_of_volume(archive, filed) == 0
    with archive.looking() as view:
        entry = next(view.journal.entries(subject=filed.id, newest_first=1))
        original = view.contents.rendition(filed.key, RenditionRole.ORIGINAL)
    assert entry.details == {"reason": "扫描不清， 请重扫", "was": "filed"}
    assert archive.unseal(rejected, original) == "采购合同".encode()


def test_a_reason_without_end_is_kept_at_a_bounded_length(archive):
    item = scan(archive, "采购合同")
    reject(CLERK, item.id, "因" * 100_000, archive=archive)
    with archive.looking() as view:
        entry = next(view.journal.entries(subject=item.id, newest_first=1))
    assert len(entry.details["reason"]) == 500


def test_a_rejected_or_filed_paper_comes_back_to_the_tray(archive, customer):
    filed = file_paper(archive, "采购合同")
    back = bring_back(CLERK, filed.id, archive=archive)
    assert (back.state, back.volume_id) == (ItemState.REVIEW, None)
    assert found(archive, "采购合同") == [filed.id]
    reject(CLERK, filed.id, "", archive=archive)
    assert bring_back(CLERK, filed.id, archive=archive).state is ItemState.REVIEW
    with pytest.raises(NotInTray):
        bring_back(CLERK, filed.id, archive=archive)


def test_a_refused_paper_that_was_rejected_and_is_brought_back_is_read_again(archive):
    item = scan(archive, "!refuse")
    reject(CLERK, item.id, "坏的", archive=archive)
    back = bring_back(CLERK, item.id, archive=archive)
    assert (back.state, back.problem) == (ItemState.RECEIVED, None)
    read_everything(archive)
    with archive.looking() as view:
        assert view.items.get(item.key).state is ItemState.REFUSED


def test_nothing_is_filed_when_the_index_cannot_follow(archive, customer):
    def break_down(work, item_key):
        raise RuntimeError("the index is broken")

    item = scan(archive, "采购合同")
    with pytest.raises(RuntimeError):
        confirm(CLERK, item.id, statement(), archive=replace(archive, index_item=break_down))
    with archive.looking() as view:
        assert view.items.get(item.key).state is ItemState.REVIEW
        assert view.volumes.list(actor=OPERATOR) == []
    assert contracts(archive) == []
    assert journal_of(archive, item) == []


def test_a_decision_that_somebody_made_meanwhile_is_not_overwritten(archive, customer):
    item = scan(archive, "采购合同")
    confirm(CLERK, item.id, statement(), archive=archive, seen=ItemState.REVIEW)
    with pytest.raises(NotInTray):
        confirm(ARCHIVIST, item.id, statement(title="另一个题名"), archive=archive, seen=ItemState.REVIEW)
    assert confirm(ARCHIVIST, item.id, statement(title="更正"), archive=archive, seen=ItemState.FILED).title == "更正"


def test_a_rejected_paper_that_arrived_again_is_not_brought_back_beside_its_double(archive, customer):
    item = scan(archive, "采购合同")
    reject(CLERK, item.id, "扫描歪斜", archive=archive)
    again = scan(archive, "采购合同")
    with pytest.raises(ArrivedAgain) as caught:
        bring_back(CLERK, item.id, archive=archive)
    assert again.id in caught.value.message.zh
