"""The awkward cases of arranging and binding, each as an archivist meets it; a test is named after its case."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from simulators.bound_volumes import catalogue, seal, seal_catalogued
from simulators.destroyed import destroy_papers
from simulators.people import ARCHIVIST, CLERK, LAWYER
from simulators.scanner import add_customer, file_paper, scan, statement

from dms.domain.actor import OPERATOR
from dms.domain.contract import ContractState, closing_on
from dms.domain.customer import name_in_year
from dms.domain.item import CopyKind, ItemState, RelationKind, RenditionRole
from dms.domain.volume import NoteKind, VolumeSource, VolumeState
from dms.filing import bring_back, change_customer, confirm, reject, relate
from dms.filing.arranging import SchemeWish, adopt_scheme
from dms.filing.errors import VolumeClosed
from dms.filing.sealing import (
    Amendment,
    Destination,
    LegacyCatalogueUnusable,
    LegacyVolume,
    LineKind,
    NothingToAmend,
    PageReason,
    PaperNotInVolume,
    ReasonMissing,
    SamePersonTwice,
    ScanUnusable,
    Supplement,
    VolumeWish,
    add_page,
    amend,
    give_back_original,
    kept_until,
    move_out,
    note_destruction,
    note_late_paper,
    note_on_volume,
    refer_to,
    retain_volume,
    seal_statement,
    take_over_volumes,
    verify_volume,
    volume_file,
    volumes_listed,
)

CODE = "Q001-KH·C0001·3·2024-001"


@pytest.fixture
def papers(archive):
    add_customer(archive)
    add_customer(archive, "C0002", "芜湖近水机械有限公司")
    return [file_paper(archive, text, title=text) for text in ("甲合同", "乙函", "丙单")]


@pytest.fixture
def volume_id(archive, papers):
    return seal(archive, papers[0])


def lines(archive, volume_id, kind=LineKind.PAPER):
    return [line for line in volume_file(OPERATOR, volume_id, archive=archive).lines if line.kind is kind]


def notes(archive, volume_id):
    shown = volume_file(OPERATOR, volume_id, archive=archive).notes
    return [(note.line.kind, note.line.text) for note in shown]


def holds(archive, volume_id):
    return verify_volume(OPERATOR, volume_id, archive=archive) == ()


def change_contract(archive, number, **changes):
    with archive.begin() as work:
        (contract,) = [each for each in work.contracts.all() if each.number == number]
        work.contracts.change(contract.id, replace(contract.facts, **changes))


def test_late_document_while_the_volume_is_open_just_enters_it(archive, papers):
    late = file_paper(archive, "迟到", title="迟到的函")
    assert late.volume_id == papers[0].volume_id
    assert notes(archive, late.volume_id) == []


def test_late_document_after_sealing_goes_into_a_continuation_and_both_volumes_say_so(archive, volume_id):
    late = file_paper(archive, "迟到", title="迟到的函")
    assert late.volume_id != volume_id
    continuation = catalogue(archive, late.volume_id, continuation_of=volume_id)
    seal_catalogued(archive, continuation)
    opened = volume_file(OPERATOR, volume_id, archive=archive)
    assert [each.reference_code for each in opened.continued_by] == ["Q001-KH·C0001·3·2024-002"]
    assert opened.volume.item_count == 3
    assert (NoteKind.ADDED, "补充 1 件，见续卷 Q001-KH·C0001·3·2024-002") in notes(archive, volume_id)
    assert volume_file(OPERATOR, continuation, archive=archive).continues.id == volume_id
    assert holds(archive, volume_id)
    assert holds(archive, continuation)


def test_document_late_by_more_than_a_year_is_filed_in_the_present_year_and_noted_on_both(archive, papers, volume_id):
    late = file_paper(archive, "补签的回执", title="补签回执", year=2026, doc_on=date(2024, 6, 1))
    told = {"beside_item_id": f"{CODE}-002", "archive": archive}
    with pytest.raises(SamePersonTwice):
        note_late_paper(CLERK, late.id, volume_id, "对方 2026 年才寄回", **told)
    note_late_paper(CLERK, late.id, volume_id, "对方 2026 年才寄回", second=ARCHIVIST, **told)
    (reference,) = lines(archive, volume_id, LineKind.REFERENCE)
    assert (reference.item_id, reference.position, reference.reference_code) == (late.id, None, None)
    assert [kind for kind, _ in notes(archive, volume_id)] == [NoteKind.COMPARED, NoteKind.ADDED]
    assert notes(archive, late.volume_id) == [(NoteKind.ADDED, f"迟到材料，本属 {CODE}：对方 2026 年才寄回")]
    with archive.looking() as view:
        (relation,) = view.relations.of_item(late.key)
    assert (relation.kind, relation.other_key) == (RelationKind.BELONGS_WITH, papers[1].key)
    assert holds(archive, volume_id)


def test_missing_page_found_after_sealing_is_added_under_a_new_seal_and_nothing_is_overwritten(
    archive, papers, volume_id
):
    before = seal_statement(OPERATOR, volume_id, 1, archive=archive)
    found = scan(archive, "漏扫的第二页 保证条款")
    wish = Supplement(scan_item_id=found.id, page_number=2, reason=PageReason.MISSING, remark="装订时发现漏扫")
    added = add_page(ARCHIVIST, CLERK, papers[0].id, wish, archive=archive)
    assert added.version == 2
    assert seal_statement(OPERATOR, volume_id, 1, archive=archive) == before
    with archive.looking() as view:
        item, texts = view.items.get(papers[0].key), [page.text for page in view.contents.pages(papers[0].key)]
        image = view.contents.rendition(papers[0].key, RenditionRole.PAGE_IMAGE, 2)
        assert view.items.get(found.key).state is ItemState.WITHDRAWN
    assert (item.pages_total, texts) == (2, ["甲合同", "漏扫的第二页 保证条款"])
    assert archive.unseal(item, image)
    assert notes(archive, volume_id)[-1] == (
        NoteKind.ADDED,
        "补扫第 2 页，影像列为该件第 2 页：装订时发现漏扫",
    )
    assert holds(archive, volume_id)


def test_bad_scan_is_scanned_again_beside_the_old_image_with_its_reason(archive, papers, volume_id):
    again = scan(archive, "重扫的第一页")
    wish = Supplement(scan_item_id=again.id, page_number=1, reason=PageReason.RESCANNED, remark="原影像裁掉了印章")
    add_page(ARCHIVIST, CLERK, papers[0].id, wish, archive=archive)
    with archive.looking() as view:
        images = view.contents.renditions_of_all([papers[0].key], RenditionRole.PAGE_IMAGE)[papers[0].key]
    assert [image.page for image in images] == [1, 2]
    assert "重扫第 1 页" in notes(archive, volume_id)[-1][1]
    with pytest.raises(ReasonMissing):
        add_page(ARCHIVIST, CLERK, papers[0].id, replace(wish, remark=""), archive=archive)
    with pytest.raises(ScanUnusable):
        add_page(ARCHIVIST, CLERK, papers[0].id, wish, archive=archive)


def test_metadata_error_is_corrected_by_two_persons_and_the_lists_are_issued_anew(archive, papers, volume_id):
    with pytest.raises(SamePersonTwice):
        amend(ARCHIVIST, ARCHIVIST, papers[0].id, Amendment(title="x"), "题名有误", archive=archive)
    with pytest.raises(NothingToAmend):
        amend(ARCHIVIST, CLERK, papers[0].id, Amendment(title="甲合同"), "题名有误", archive=archive)
    again = amend(ARCHIVIST, CLERK, papers[0].id, Amendment(title="甲合同（修订）"), "题名有误", archive=archive)
    assert again.version == 2
    assert notes(archive, volume_id)[-1] == (
        NoteKind.AMENDED,
        "更正版 1：题名“甲合同” → 题名“甲合同（修订）”，题名有误",
    )
    assert lines(archive, volume_id)[0].title == "甲合同（修订）"
    assert "甲合同（修订）" not in seal_statement(OPERATOR, volume_id, 1, archive=archive).facts
    assert holds(archive, volume_id)


def test_nobody_corrects_rejects_or_takes_out_a_sealed_paper_alone(archive, papers, volume_id):
    for act in (
        lambda: confirm(CLERK, papers[0].id, statement(title="x"), archive=archive),
        lambda: reject(CLERK, papers[0].id, "x", archive=archive),
        lambda: bring_back(CLERK, papers[0].id, archive=archive),
    ):
        with pytest.raises(VolumeClosed):
            act()
    assert holds(archive, volume_id)


def test_paper_filed_under_the_wrong_customer_is_struck_through_and_keeps_its_old_code_as_a_former_one(
    archive, papers, volume_id
):
    target = Destination(customer_code="C0002", series_code="3", year=2024)
    moved = move_out(ARCHIVIST, CLERK, papers[1].id, target, "客户归错", archive=archive)
    struck = lines(archive, volume_id, LineKind.STRUCK)
    assert [(line.position, line.title, line.reference_code) for line in struck] == [(2, "乙函", f"{CODE}-002")]
    assert [line.reference_code for line in lines(archive, volume_id)] == [f"{CODE}-001", f"{CODE}-003"]
    assert moved.classification.contract_id is None
    with archive.looking() as view:
        assert view.numbers.spent(f"{CODE}-002").void_reason == "移出至 C0002·3·2024：客户归错"
        assert view.items.with_code(f"{CODE}-002", actor=OPERATOR) == moved.id
    new = seal(archive, moved)
    (line,) = lines(archive, new)
    assert line.reference_code == "Q001-KH·C0002·3·2024-001-001"
    assert "现编 Q001-KH·C0002·3·2024-001-001" in lines(archive, volume_id, LineKind.STRUCK)[0].told
    assert holds(archive, volume_id)
    assert holds(archive, new)


def test_contract_that_spans_years_lets_no_paper_end_before_it(archive, volume_id):
    with archive.looking() as view:
        assert kept_until(volume_id, work=view).running == ("HT-2024-001",)
    change_contract(archive, "HT-2024-001", state=ContractState.PERFORMED, performed_on=date(2027, 5, 1))
    with archive.looking() as view:
        assert kept_until(volume_id, work=view).ends_on == date(2057, 12, 31)


def test_framework_contract_and_its_yearly_orders_keep_to_their_own_years_under_one_relation(archive, papers):
    order = file_paper(archive, "订单", title="2025年订单", type_code="delivery_voucher", doc_on=date(2025, 3, 1))
    relate(CLERK, order.id, RelationKind.UNDER, papers[0].id, archive=archive)
    with archive.looking() as view:
        (relation,) = view.relations.of_item(papers[0].key)
    assert (order.classification.year, relation.kind) == (2025, RelationKind.UNDER)


def test_renewal_moves_the_start_of_the_whole_chain(archive, papers, volume_id):
    renewal = file_paper(
        archive, "续签", title="续签协议", type_code="amendment", contract_no="HT-2024-001-B1", doc_on=date(2026, 1, 5)
    )
    relate(CLERK, renewal.id, RelationKind.AMENDS, papers[0].id, archive=archive)
    change_contract(archive, "HT-2024-001", state=ContractState.PERFORMED, performed_on=date(2025, 1, 1))
    with archive.looking() as view:
        assert kept_until(volume_id, work=view).running == ("HT-2024-001-B1",)
    change_contract(archive, "HT-2024-001-B1", state=ContractState.PERFORMED, performed_on=date(2030, 1, 1))
    with archive.looking() as view:
        assert kept_until(volume_id, work=view).ends_on == date(2060, 12, 31)


def test_one_paper_for_two_customers_lies_in_one_place_and_is_referred_to_from_the_other(archive, papers, volume_id):
    other = seal(archive, file_paper(archive, "丁", title="丁合同", customer_code="C0002"))
    refer_to(CLERK, other, papers[0].id, "三方合同，原件归另一方", archive=archive)
    refer_to(CLERK, other, papers[0].id, "三方合同，原件归另一方", archive=archive)
    (reference,) = lines(archive, other, LineKind.REFERENCE)
    assert reference.told == f"互见 {CODE}-001：三方合同，原件归另一方"
    assert len(lines(archive, other)) == 1
    assert holds(archive, other)


def test_voucher_whose_original_is_with_accounting_is_a_copy_that_says_where_it_lies(archive, papers):
    voucher = file_paper(
        archive, "凭证", title="付款凭证", type_code="receipt", series_code="3", copy_kind=CopyKind.COPY
    )
    volume_id = seal(archive, papers[0])
    amend(
        ARCHIVIST, CLERK, voucher.id, Amendment(remark="原件存财务，凭证号 2024-0518"), "注明原件所在", archive=archive
    )
    line = lines(archive, volume_id)[-1]
    assert (line.copy_kind, line.remark) == (CopyKind.COPY, "原件存财务，凭证号 2024-0518")


def test_customer_renamed_or_merged_leaves_the_volumes_of_its_years_as_they_are(archive, volume_id):
    with archive.looking() as view:
        known = view.customers.with_code("C0001")
        other = view.customers.with_code("C0002")
    renamed = change_customer(ARCHIVIST, "C0001", replace(known.facts, name="合肥远山集团有限公司"), archive=archive)
    with archive.begin() as work:
        work.customers.merge(known.id, into_id=other.id)
    volume = volume_file(OPERATOR, volume_id, archive=archive).volume
    assert (volume.name_of_customer, volume.reference_code) == ("合肥远山商贸有限公司", CODE)
    assert renamed.facts.former_names[0].name == "合肥远山商贸有限公司"
    assert name_in_year(renamed.facts, 2026) == "合肥远山集团有限公司"
    assert holds(archive, volume_id)


def test_retention_extended_at_appraisal_keeps_code_and_seal(archive, volume_id):
    with archive.begin() as work:
        work.volumes.change_state(volume_id, VolumeState.EXPIRED)
    kept = retain_volume(ARCHIVIST, CLERK, volume_id, "Y", "仍有查考价值", archive=archive)
    assert (kept.retention_code, kept.state, kept.reference_code) == ("Y", VolumeState.SHELVED, CODE)
    assert notes(archive, volume_id)[-1] == (NoteKind.APPRAISED, "保管期限由 D30 改为 Y：仍有查考价值")
    assert holds(archive, volume_id)
    with archive.looking() as view:
        assert kept_until(volume_id, work=view).ends_on is None


def test_destroyed_paper_stays_in_the_contents_list_with_the_number_of_its_list(archive, papers, volume_id):
    destroy_papers(archive, [papers[1].id], "XH-2026-01")
    (line,) = lines(archive, volume_id, LineKind.DESTROYED)
    assert (line.title, line.reference_code, line.told) == ("乙函", f"{CODE}-002", "已销毁，销毁清册 XH-2026-01")
    assert holds(archive, volume_id)
    note_destruction(ARCHIVIST, CLERK, papers[1].id, archive=archive)
    assert notes(archive, volume_id)[-1] == (NoteKind.DESTROYED, "已销毁，销毁清册 XH-2026-01")
    assert '"destroyed":"XH-2026-01"' in seal_statement(OPERATOR, volume_id, 2, archive=archive).facts
    assert holds(archive, volume_id)
    with pytest.raises(NothingToAmend):
        note_destruction(ARCHIVIST, CLERK, papers[0].id, archive=archive)


def test_original_taken_back_by_its_owner_leaves_a_copy_and_a_note(archive, papers, volume_id):
    give_back_original(ARCHIVIST, CLERK, papers[0].id, "客户持收条取走，收条 2026-07", archive=archive)
    assert lines(archive, volume_id)[0].copy_kind is CopyKind.COPY
    assert notes(archive, volume_id)[-1][1] == (
        "更正版 1：稿本“原件正本” → 稿本“复印件”，所有人取走原件：客户持收条取走，收条 2026-07"
    )
    assert holds(archive, volume_id)


def test_customer_who_returns_after_years_gets_new_volumes_under_the_same_code(archive, volume_id):
    back = file_paper(archive, "新合同", title="新合同", contract_no="HT-2026-009", doc_on=date(2026, 2, 1))
    new = seal(archive, back)
    codes = [volume_file(OPERATOR, each, archive=archive).volume.reference_code for each in (volume_id, new)]
    assert codes == [CODE, "Q001-KH·C0001·3·2026-001"]


def test_changed_scheme_leaves_old_volumes_in_their_old_series(archive, volume_id):
    wish = SchemeWish(scheme_code="six", approved_by="档案工作会议")
    adopt_scheme(ARCHIVIST, wish, archive=archive)
    opened = volume_file(OPERATOR, volume_id, archive=archive)
    assert (opened.series.code, opened.series.retired) == ("3", True)
    assert holds(archive, volume_id)


def old_row(**changes):
    row = LegacyVolume(
        row=2,
        reference_code="皖重-客-98-07",
        customer_code="C0001",
        series_code="3",
        year=1998,
        title="九八年往来",
        retention_code="LC",
        items=31,
        pages=144,
        sheets=140,
    )
    return replace(row, **changes)


def test_legacy_backlog_comes_in_as_sealed_volumes_under_the_numbers_that_they_bear(archive, papers):
    (made,) = take_over_volumes(ARCHIVIST, [old_row()], archive=archive)
    volume = volume_file(LAWYER, made, archive=archive).volume
    assert (volume.source, volume.state, volume.reference_code) == (
        VolumeSource.LEGACY,
        VolumeState.SEALED,
        "皖重-客-98-07",
    )
    assert (volume.item_count, volume.page_count, volume.spine_mm) == (31, 144, 15)
    assert holds(archive, made)
    with pytest.raises(LegacyCatalogueUnusable) as caught:
        take_over_volumes(ARCHIVIST, [old_row(), old_row(row=3, customer_code="C9", year=1)], archive=archive)
    said = caught.value.message.zh
    assert all(word in said for word in ("第 2 行“档号”", "第 3 行“客户代码”", "第 3 行“年度”", "与第 2 行重复"))
    with archive.looking() as view:
        assert len([each for each in view.volumes.list(actor=OPERATOR) if each.source is VolumeSource.LEGACY]) == 1


def test_a_note_on_a_sealed_volume_is_signed_by_two_persons(archive, volume_id):
    with pytest.raises(SamePersonTwice):
        note_on_volume(ARCHIVIST, volume_id, NoteKind.DAMAGED, "封面破损", archive=archive)
    note_on_volume(ARCHIVIST, volume_id, NoteKind.DAMAGED, "封面破损", archive=archive, second=CLERK)
    assert notes(archive, volume_id)[-1] == (NoteKind.DAMAGED, "封面破损")


def test_what_is_not_sealed_in_is_not_changed_here(archive, papers):
    with pytest.raises(PaperNotInVolume):
        amend(ARCHIVIST, CLERK, papers[0].id, Amendment(title="x"), "x", archive=archive)


def test_nobody_learns_from_a_volume_of_papers_that_he_may_not_see(archive, papers):
    secret = file_paper(archive, "密件甲", title="密件甲", grade=1)
    cleared = replace(ARCHIVIST, clearance=1)
    volume_id = catalogue(archive, papers[0].volume_id, by=cleared)
    seal_catalogued(archive, volume_id, by=cleared, checker=replace(CLERK, clearance=1))
    target = Destination(customer_code="C0002", series_code="3", year=2024)
    move_out(cleared, replace(CLERK, clearance=1), secret.id, target, "密件甲归错", archive=archive)
    shown = volume_file(LAWYER, volume_id, archive=archive)
    assert "密件甲" not in repr(shown)
    assert len(shown.lines) == 3
    assert "密件甲" in repr(volume_file(cleared, volume_id, archive=archive))


def test_a_title_made_up_from_hidden_papers_is_hidden_with_them(archive, papers):
    file_paper(archive, "密件甲", title="密件甲", grade=1, contract_no="MJ-1")
    cleared = replace(ARCHIVIST, clearance=1)
    volume_id = catalogue(archive, papers[0].volume_id, by=cleared)
    for actor, title in ((LAWYER, ""), (cleared, "合肥远山商贸有限公司往来资料")):
        shown = volume_file(actor, volume_id, archive=archive)
        assert (shown.volume.title, "MJ-1" in shown.kept.running) == (title, bool(title))
        (row,) = volumes_listed(actor, VolumeWish(), archive=archive).rows
        assert row.volume.title == title


def test_closing_a_contract_later_is_told_by_the_latest_of_its_ends(archive, papers):
    change_contract(
        archive,
        "HT-2024-001",
        state=ContractState.PERFORMED,
        performed_on=date(2024, 8, 1),
        warranty_ends_on=date(2026, 8, 1),
    )
    with archive.looking() as view:
        (contract,) = [each for each in view.contracts.all() if each.number == "HT-2024-001"]
    assert closing_on(contract.facts) == date(2026, 8, 1)
    assert archive.now() == datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
