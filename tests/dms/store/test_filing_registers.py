"""What the yearly work keeps: rules, settings, places, hand-overs, runs, prints and relations come back as stated."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from store_parts import EVERY_GRADE, NOW, ORDINARY_GRADE, add_customer, add_filed_item, add_item, state_frame

from dms.domain.binding import BindingLine, BindingState
from dms.domain.contract import ContractFacts, ContractState
from dms.domain.customer import Contact, CustomerFacts, CustomerNature, CustomerStatus, VolumeAxis
from dms.domain.item import (
    Classification,
    CopyKind,
    ItemMedium,
    ItemRelation,
    PartySide,
    Placement,
    RelationKind,
)
from dms.domain.location import Location, LocationKind
from dms.domain.print_job import PrintResult, PrintState
from dms.domain.retention import DEFAULT_RETENTION_RULES, RetentionRule, RetentionVocabulary
from dms.domain.transfer import Signature, SignatureRole, TransferBatch, TransferLine, TransferState
from dms.domain.volume import VolumeState
from dms.errors import Bilingual

ON = date(2026, 3, 2)


@pytest.fixture
def work(store):
    with store.begin() as begun:
        state_frame(begun)
        yield begun


def test_retention_rules_are_as_shipped_until_the_company_states_its_own(work):
    assert tuple(work.retention.all()) == DEFAULT_RETENTION_RULES
    stated = work.retention.state(replace(work.retention.with_code("D10"), years=12))
    assert (stated.version, work.retention.with_code("D10").years) == (2, 12)
    assert work.retention.with_code("D10", version=1).years == 10
    own = RetentionRule(code="D20", vocabulary=RetentionVocabulary.CURRENT, zh="20年", en="20 years", years=20)
    assert work.retention.state(own) == own
    assert [rule.code for rule in work.retention.all()] == ["Y", "D30", "D10", "LY", "LC", "LD", "D20"]
    assert work.retention.with_code("D99") is None


def test_a_setting_that_nobody_stated_has_the_value_taken_for_granted(work):
    assert work.settings.number("most_sheets_a_volume", 200) == 200
    for value in (150, 120):
        work.settings.state("most_sheets_a_volume", value)
    work.settings.state("departments", ["销售部"])
    work.settings.state("nothing", None)
    assert work.settings.number("most_sheets_a_volume", 200) == 120
    assert work.settings.text("style", "volume") == "volume"
    assert work.settings.get("nothing", "something") is None
    assert work.settings.all() == {"departments": ["销售部"], "most_sheets_a_volume": 120, "nothing": None}


def test_places_stand_in_one_another(work):
    room = work.locations.add(Location(id=0, parent_id=None, kind=LocationKind.ROOM, code="K1", name="一号库"))
    rack = work.locations.add(Location(id=0, parent_id=room.id, kind=LocationKind.RACK, code="K1-3", name="三号架"))
    box = work.locations.add(
        Location(id=0, parent_id=rack.id, kind=LocationKind.BOX, code="H7", name="七号盒", barcode="690001")
    )
    assert [place.code for place in work.locations.path(box.id)] == ["K1", "K1-3", "H7"]
    assert work.locations.with_code("690001") == box
    work.locations.change(replace(box, retired=True))
    assert work.locations.with_code("H7") is None
    assert [place.retired for place in work.locations.all()] == [True, False, False]


def batch_of(**facts) -> TransferBatch:
    stated = {"number": "", "from_department": "销售部", "year": 2026, "from_person": "甲", "rule_code": "month"}
    return TransferBatch(id=0, begun_on=ON, **stated | {"due_on": ON + timedelta(days=30)} | facts)


def test_a_hand_over_keeps_its_list_its_ticks_and_its_signatures(work):
    batch = work.transfers.add(batch_of())
    item = add_filed_item(work, customer_id=add_customer(work))
    lines = [
        TransferLine(id=0, batch_id=batch.id, position=0, item_key=None, title=title, copy_kind=CopyKind.ORIGINAL)
        for title in ("合同", "授权委托书")
    ]
    work.transfers.state_lines(batch.id, lines)
    line_id = work.transfers.add_line(replace(lines[0], title="营业执照", medium=ItemMedium.ELECTRONIC))
    work.transfers.tick(line_id, False, difference="缺第2页")
    work.transfers.tie(line_id, item.key)
    kept = work.transfers.lines(batch.id)
    assert [(line.position, line.title, line.ticked) for line in kept] == [
        (1, "合同", None),
        (2, "授权委托书", None),
        (3, "营业执照", False),
    ]
    assert (kept[2].difference, kept[2].item_key, kept[2].medium) == ("缺第2页", item.key, ItemMedium.ELECTRONIC)
    assert work.transfers.of_item(item.key) == [batch]
    signed = replace(
        batch,
        number="Q001-YJ·2026-0001",
        state=TransferState.ACCEPTED,
        signatures=(Signature(role=SignatureRole.A, name="甲", signed_at=NOW),),
        list_digest="ab",
    )
    work.transfers.change(signed)
    assert work.transfers.get(batch.id) == work.transfers.with_number(signed.number) == signed
    assert work.transfers.find(99) is None


def test_hand_overs_are_listed_and_the_late_ones_named(work):
    late = work.transfers.add(batch_of(due_on=ON - timedelta(days=2)))
    extended = work.transfers.add(batch_of(due_on=ON - timedelta(days=9), extended_to_on=ON, extension_reason="出差"))
    done = work.transfers.add(batch_of(due_on=ON - timedelta(days=9), state=TransferState.ACCEPTED))
    work.transfers.add(batch_of(due_on=None, from_department="财务部", year=2025))
    assert work.transfers.overdue(ON) == [late]
    assert work.transfers.overdue(ON + timedelta(days=1)) == [late, extended]
    assert extended.last_day == ON
    assert work.transfers.page(states={TransferState.ACCEPTED}, limit=9) == (1, [done])
    total, newest = work.transfers.page(department="销售部", year=2026, limit=2)
    assert (total, [batch.id for batch in newest]) == (3, [done.id, extended.id])


def test_a_binding_run_can_be_gone_on_with(work):
    customer_id = add_customer(work)
    run = work.binding_runs.begin(year=2025, cut_off_on=ON, at=NOW, by="甲")
    lines = [
        BindingLine(run_id=run.id, position=place, customer_id=customer_id, series_code="3", state=BindingState.WAITING)
        for place in (1, 2)
    ]
    work.binding_runs.add_lines(lines)
    work.binding_runs.change_line(replace(lines[0], state=BindingState.DONE, facts={"volumes": [7]}))
    assert work.binding_runs.under_way() == run
    assert work.binding_runs.lines(run.id, state=BindingState.WAITING) == lines[1:]
    assert work.binding_runs.line_counts(run.id) == {BindingState.DONE: 1, BindingState.WAITING: 1}
    work.binding_runs.note(run.id, {"so far": 1})
    work.binding_runs.end(run.id, BindingState.DONE, at=NOW, facts={"volumes": 1})
    assert work.binding_runs.under_way() is None
    assert (work.binding_runs.get(run.id).ended_at, work.binding_runs.get(run.id).facts) == (NOW, {"volumes": 1})
    assert work.binding_runs.all(year=2024) == []
    assert [known.id for known in work.binding_runs.all()] == [run.id]


def test_a_print_job_waits_runs_and_leaves_its_results(work):
    first, second = (work.print_jobs.add("catalogue", {"year": year}, asked_by="甲", at=NOW) for year in (2024, 2025))
    taken = work.print_jobs.take()
    assert (taken.id, taken.state, taken.wish) == (first.id, PrintState.RUNNING, {"year": 2024})
    work.print_jobs.progress(first.id, done=3, total=9)
    assert work.print_jobs.waiting_again_after_a_stop() == 1
    assert work.print_jobs.take().id == first.id
    result = PrintResult(
        id=0, job_id=first.id, name="案卷目录.pdf", object_id="o1", wrapped_key=b"k", media_type="application/pdf",
        size_bytes=1, digest="00",
    )  # fmt: skip
    kept = work.print_jobs.add_result(result)
    work.print_jobs.finish(first.id)
    assert work.print_jobs.results(first.id) == [kept]
    assert (work.print_jobs.result(kept.id), work.print_jobs.result(99)) == (kept, None)
    work.print_jobs.take()
    work.print_jobs.fail(second.id, Bilingual("缺字体", "no font"))
    assert work.print_jobs.get(second.id).problem == Bilingual("缺字体", "no font")
    work.print_jobs.wait_again(second.id)
    assert work.print_jobs.get(second.id).problem is None
    assert work.print_jobs.page(asked_by="乙", limit=9) == (0, [])
    assert work.print_jobs.object_ids() == {"o1"}
    assert work.survey.known_objects(["o1", "o2"]) == {"o1"}  # or it would be swept out of the vault as a stranger
    assert work.print_jobs.forget(first.id) == ["o1"]
    total, jobs = work.print_jobs.page(limit=9)
    assert (total, [job.id for job in jobs], work.print_jobs.find(first.id)) == (1, [second.id], None)


def test_a_relation_is_stated_once_and_seen_from_both_sides(work):
    customer_id = add_customer(work)
    order, frame = (add_filed_item(work, customer_id=customer_id) for _ in range(2))
    relation = ItemRelation(item_key=order.key, kind=RelationKind.UNDER, other_key=frame.key, by="甲", noted_at=NOW)
    work.relations.add(relation)
    work.relations.add(replace(relation, by="乙"))
    assert work.relations.of_item(order.key) == work.relations.of_item(frame.key) == [relation]
    work.relations.remove(order.key, RelationKind.UNDER, frame.key)
    assert work.relations.among_items([order.key, frame.key]) == []


STATED = Classification(
    title="补充协议", doc_no="皖江〔2024〕7号", author="法务部", medium=ItemMedium.ELECTRONIC, side=PartySide.GUARANTOR,
    sheets=4, is_annex=True, year_note="日期不详", retention_code="Y", remark="复印件", valid_from_on=ON,
    valid_to_on=ON,
)  # fmt: skip


def test_what_is_stated_about_a_paper_comes_back_also_as_a_claim(work):
    claimed = {name: getattr(STATED, name) for name in Classification.__dataclass_fields__}
    item = add_item(work, **claimed)
    assert item.claim == item.classification == STATED
    work.items.classify(item.key, Classification())
    assert work.items.get(item.key).classification == Classification()


def test_a_customer_card_and_a_contract_come_back_as_stated(work):
    facts = CustomerFacts(
        code="C9", name="甲公司", status=CustomerStatus.PROSPECT, nature=CustomerNature.GOVERNMENT,
        volume_axis=VolumeAxis.SCATTERED, legal_representative="张三", registered_capital="500万元人民币",
        contacts=(Contact(name="李四", phone="0551", role="采购"),), risk_reason="欠款",
    )  # fmt: skip
    customer = work.customers.add(facts, at=NOW)
    other = add_customer(work)
    work.customers.merge(other, into_id=customer.id)
    assert work.customers.get(customer.id) == customer
    assert (work.customers.get(other).merged_into_id, work.customers.with_code("C0001").id) == (customer.id, other)
    stated = ContractFacts(
        number="HT-1", title="采购", customer_id=customer.id, department="销售部", handler="王五",
        state=ContractState.PERFORMED, performed_on=ON, settled_on=ON, warranty_ends_on=ON, framework_no="KJ-1",
        remark="已结清",
    )  # fmt: skip
    contract = work.contracts.add(stated, number_folded="HT1")
    assert work.contracts.with_ids([contract.id, 99]) == {contract.id: contract}


def test_loose_papers_are_those_filed_in_open_volumes_by_date(work):
    near, far = add_customer(work), add_customer(work, "C2", "乙公司")
    late = add_filed_item(work, customer_id=near, doc_on=date(2024, 6, 1), pages=2, blank_pages=1)
    early = add_filed_item(work, customer_id=near, doc_on=date(2024, 1, 1))
    undated = add_filed_item(work, customer_id=near)
    elsewhere = add_filed_item(work, customer_id=far)
    bound = add_filed_item(work, customer_id=near, year=2020)
    work.volumes.change_state(bound.volume_id, VolumeState.CLEANING)
    waiting = add_filed_item(work, customer_id=near)
    work.items.return_to_tray(waiting.key)
    loose = work.items.loose(customer_id=near, series_code="3")
    assert [paper.key for paper in loose] == [early.key, late.key, undated.key]
    assert (loose[1].pages_written, loose[1].copy_kind) == (2, CopyKind.UNKNOWN)
    assert [paper.key for paper in work.items.loose()][-1] == elsewhere.key
    assert work.items.loose(arrived_before_at=NOW) == work.items.loose(year=2020) == []


def test_papers_are_put_into_order_by_the_hundred(work):
    customer_id = add_customer(work)
    items = [add_filed_item(work, customer_id=customer_id) for _ in range(5)]
    volume_id = items[0].volume_id
    places = {
        item.key: Placement(volume_id=volume_id, position=place, first_page=place, last_page=place)
        for place, item in enumerate(reversed(items), start=1)
    }
    work.items.place_all(places)
    work.items.place_all({})
    work.items.state_years({items[0].key: 2023})
    work.items.state_sheets(items[0].key, 3)
    papers = work.volumes.items_of(volume_id)
    assert [paper.key for paper in papers] == [item.key for item in reversed(items)]
    assert (papers[-1].year, papers[-1].sheets_at_most, papers[-1].last_page) == (2023, 3, 5)
    shown = work.items.of_volume(volume_id, actor=ORDINARY_GRADE, limit=2, offset=1)
    assert [item.placement.position for item in shown] == [2, 3]
    other = work.volumes.open_for(customer_id=customer_id, series_code="1", year=2024)
    work.items.move_all([items[0].key], to_volume_id=other)
    assert [item.placement for item in work.items.of_volume(other, actor=EVERY_GRADE)] == [None]
