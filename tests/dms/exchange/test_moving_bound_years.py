"""Bound years move with an archive: volumes, seals, notes, numbers, relations, rules are there what they were."""

import json
import shutil
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from simulators.archives import founded_archive
from simulators.bag_spoiling import made_to_fit, rewritten
from simulators.bound_volumes import catalogue, seal
from simulators.scanner import add_customer, file_paper

from dms.domain.actor import OPERATOR, SYSTEM
from dms.domain.contract import ContractState
from dms.domain.customer import Contact, CustomerStatus
from dms.domain.item import ItemMedium, PartySide, RelationKind
from dms.domain.reference_code import NUMBERING_STYLES, CodeKind
from dms.domain.scheme import YearRule
from dms.domain.volume import CrossReference, FilingNoteLine, NoteKind, VolumeState
from dms.exchange import (
    BagNamesTwice,
    BagRecordUnusable,
    ExportWish,
    ImportConflicts,
    ImportWatch,
    export_archive,
    import_bag,
)
from dms.filing import Particulars, change_customer, relate
from dms.filing.sealing import SealProblemKind, verify_volume
from dms.store import WholeVolumes

CATALOGUE = "data/catalogue"
STATED = Particulars(
    doc_no="皖江〔2024〕1号",
    author="合肥远山商贸有限公司",
    medium=ItemMedium.ELECTRONIC,
    side=PartySide.CUSTOMER,
    sheets=3,
    is_annex=True,
    retention_code="D30",
    remark="缺第3页",
    valid_from_on=date(2024, 1, 1),
    valid_to_on=date(2026, 12, 31),
)


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    """An archive with a sealed volume, one that continues it and is catalogued, and loose papers."""
    folder = tmp_path_factory.mktemp("bound")
    archive = founded_archive(folder / "archive")
    live_in(archive)
    export_archive(OPERATOR, ExportWish(target=folder / "bag", with_images=True), archive=archive)
    yield archive, folder / "bag"
    archive.close()


def live_in(archive):
    add_customer(archive)
    add_customer(archive, "C0002", "芜湖近水机械有限公司")
    with archive.looking() as view:
        known = view.customers.with_code("C0002").facts
    facts = replace(
        known,
        status=CustomerStatus.OLD,
        address="芜湖市镜湖区1号",
        contacts=(Contact(name="李雷", phone="0553-1", role="采购"),),
    )
    change_customer(OPERATOR, "C0002", facts, archive=archive)
    voucher = {"type_code": "delivery_voucher", "title": "交货单"}
    contract = file_paper(archive, "采购合同")
    file_paper(archive, "交货单", **voucher, particulars=STATED)
    sealed_id = seal(archive, contract)
    late = file_paper(archive, "迟到的交货单", **voucher)
    catalogue(archive, late.volume_id, continuation_of=sealed_id)
    other = file_paper(archive, "另一份", customer_code="C0002", contract_no="HT-2024-002", title="另一份")
    relate(OPERATOR, late.id, RelationKind.BELONGS_WITH, contract.id, archive=archive)
    with archive.begin() as work:
        at = archive.now()
        note = FilingNoteLine(
            volume_id=sealed_id,
            written_at=at,
            by="甲",
            second_person="乙",
            kind=NoteKind.ADDED,
            text="补充一件",
            item_key=late.key,
        )
        work.volume_notes.add(note)
        text = f"互见 {other.id}"
        work.volume_notes.refer(
            CrossReference(volume_id=sealed_id, item_key=other.key, text=text, noted_at=at, by="甲")
        )
        (ledger,) = work.contracts.with_number("HT-2024-002")
        closed = replace(
            ledger.facts, state=ContractState.PERFORMED, performed_on=date(2025, 1, 2), department="销售部"
        )
        work.contracts.change(ledger.id, closed)
        work.scheme.state_series_rules(replace(work.scheme.series("4"), year_rule=YearRule.FILING_YEAR, grade=2))
        work.retention.state(replace(work.retention.with_code("D10"), years=12))
        work.numbers.state_pattern(NUMBERING_STYLES["da13"].patterns[CodeKind.BOX])
        pattern = work.numbers.pattern(CodeKind.VOLUME)
        fields = {"fonds": "Q001", "category": "KH", "customer": "C0002", "series": "3", "year": 2024}
        work.numbers.skip(pattern, fields, 1, "误编", at)


def bound(archive):
    """What is known of bound years, in words that mean the same in any archive."""
    with archive.looking() as view:
        volumes = {each.id: each for each in view.volumes.list(actor=SYSTEM)}
        codes = {each.id: each.reference_code or f"open {each.year}" for each in volumes.values()}
        items = {each.key: each for each in view.items.with_keys(range(1, 99), actor=SYSTEM)}
        customers = {each.id: each.facts.code for each in view.customers.all()}
        return {
            "volumes": [
                replace(
                    each, id=0, customer_id=customers[each.customer_id], continuation_of=codes.get(each.continuation_of)
                )
                for each in volumes.values()
            ],
            "notes": {
                codes[key]: [
                    replace(line, volume_id=0, item_key=items[line.item_key].id if line.item_key else None)
                    for line in view.volume_notes.of_volume(key)
                ]
                for key in volumes
            },
            "references": {
                codes[key]: [
                    replace(line, volume_id=0, item_key=items[line.item_key].id)
                    for line in view.volume_notes.references(key)
                ]
                for key in volumes
            },
            "seals": {
                codes[key]: [replace(each, volume_id=0) for each in view.seals.of_volume(key)] for key in volumes
            },
            "numbers": [
                replace(each, subject=codes[int(each.subject[7:])] if each.subject[:7] == "volume:" else each.subject)
                for each in WholeVolumes(view.connection).numbers(limit=99)
            ],
            "relations": {
                (items[each.item_key].id, each.kind, items[each.other_key].id, each.by, each.noted_at)
                for each in view.relations.among_items(list(items))
            },
            "places": {
                each.id: (
                    replace(each.placement, volume_id=0) if each.placement else None,
                    each.former_codes,
                    codes[each.volume_id],
                )
                for each in items.values()
            },
            "papers": {each.id: replace(each.classification, customer_id=0, contract_id=0) for each in items.values()},
            "customers": [each.facts for each in view.customers.all()],
            "contracts": [replace(each.facts, customer_id=0) for each in view.contracts.all()],
            "series": view.scheme.all_series(),
            "types": view.scheme.all_types(),
            "retention": [replace(each, version=0) for each in view.retention.all()],
            "patterns": [view.numbers.pattern(kind) for kind in CodeKind],
        }


def sealed_volume(archive):
    with archive.looking() as view:
        return next(each.id for each in view.volumes.list(actor=SYSTEM) if each.state is VolumeState.SEALED)


def test_everything_about_bound_years_is_the_same_in_the_new_archive(house, new_archive):
    old, bag = house
    import_bag(OPERATOR, bag, archive=new_archive)
    there = bound(new_archive)
    for name, here in bound(old).items():
        assert there[name] == here, name


def test_a_seal_holds_in_the_new_archive_though_its_key_is_a_foreign_one(house, new_archive):
    import_bag(OPERATOR, house[1], archive=new_archive)
    problems = verify_volume(OPERATOR, sealed_volume(new_archive), archive=new_archive)
    assert {problem.kind for problem in problems} == {SealProblemKind.FOREIGN_KEY}


def test_numbering_goes_on_where_it_was(house, new_archive):
    import_bag(OPERATOR, house[1], archive=new_archive)
    fields = {"fonds": "Q001", "category": "KH", "customer": "C0001", "series": "3", "year": 2024}
    with house[0].looking() as old, new_archive.looking() as new:
        pattern = old.numbers.pattern(CodeKind.VOLUME)
        assert new.numbers.peek(pattern, fields) == old.numbers.peek(pattern, fields)


def test_register_and_bearers_agree_in_the_new_archive(house, new_archive):
    import_bag(OPERATOR, house[1], archive=new_archive)
    with house[0].looking() as old, new_archive.looking() as new:
        assert new.number_register.disagreements() == old.number_register.disagreements()
        assert new.number_register.disagreements().unborne == ()


def test_a_run_that_was_cut_off_is_run_again_and_a_third_one_changes_nothing(house, new_archive):
    def break_off(done, total):
        if done == 2:
            raise KeyboardInterrupt

    old, bag = house
    with pytest.raises(KeyboardInterrupt):
        import_bag(OPERATOR, bag, archive=new_archive, watch=ImportWatch(entering=break_off))
    for _ in range(2):
        import_bag(OPERATOR, bag, archive=new_archive)
        assert bound(new_archive) == bound(old)


def test_a_code_that_was_given_to_something_else_keeps_the_bag_out(house, new_archive):
    code = "Q001-KH·C0001·3·2024-001"
    with new_archive.begin() as work:
        work.numbers.register(work.numbers.pattern(CodeKind.VOLUME), code, "volume:7", datetime(2020, 1, 1, tzinfo=UTC))
    with pytest.raises(ImportConflicts, match="Q001-KH·C0001·3·2024-001"):
        import_bag(OPERATOR, house[1], archive=new_archive)


def test_the_number_of_a_paper_that_did_not_come_in_is_void_and_says_why(house, new_archive, tmp_path):
    add_customer(new_archive)
    add_customer(new_archive, "C0002", "芜湖近水机械有限公司")
    with house[0].looking() as view:
        ours = [each.facts for each in view.customers.all()]
    for facts in ours:
        change_customer(OPERATOR, facts.code, facts, archive=new_archive)
    file_paper(new_archive, "采购合同", contract_no="", title="先到的同一份")
    import_bag(OPERATOR, house[1], archive=new_archive)
    with new_archive.looking() as view:
        spent = view.numbers.spent("Q001-KH·C0001·3·2024-001-001")
        assert view.number_register.disagreements().unborne == ()
    assert (spent.subject, spent.void_reason) == ("", "迁移时原件未导入")


def spoiled(bag, target, name, change):
    copy = shutil.copytree(bag, target / "spoiled")
    path = copy / CATALOGUE / name
    lines = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    changed = change(lines)
    path.write_text("".join(json.dumps(line) + "\n" for line in changed), "utf-8")
    made_to_fit(copy)
    return copy


NONSENSE = {
    "a volume twice": ("volumes.jsonl", lambda lines: [*lines, lines[0]], BagNamesTwice),
    "a code of two volumes": (
        "volumes.jsonl",
        lambda lines: [line | {"reference_code": "Q001-001"} for line in lines],
        BagNamesTwice,
    ),
    "a volume of nobody": ("volumes.jsonl", lambda lines: [lines[0] | {"customer": "C9999"}], BagRecordUnusable),
    "a volume in no series": ("volumes.jsonl", lambda lines: [lines[0] | {"series": "99"}], BagRecordUnusable),
    "a volume that continues none": ("volumes.jsonl", lambda lines: [lines[0] | {"continues": 99}], BagRecordUnusable),
    "a state that is none": ("volumes.jsonl", lambda lines: [lines[0] | {"state": "lost"}], BagRecordUnusable),
    "a seal left out": (
        "volumes.jsonl",
        lambda lines: [line | {"seals": [seal | {"version": 2} for seal in line["seals"]]} for line in lines],
        BagRecordUnusable,
    ),
    "a signature that is none": (
        "volumes.jsonl",
        lambda lines: [line | {"seals": [seal | {"signature": "x"} for seal in line["seals"]]} for line in lines],
        BagRecordUnusable,
    ),
    "a number twice": ("numbers.jsonl", lambda lines: [*lines, lines[0]], BagNamesTwice),
    "a number of no kind": ("numbers.jsonl", lambda lines: [lines[0] | {"kind": "plate"}], BagRecordUnusable),
    "a relation to nothing": ("relations.jsonl", lambda lines: [lines[0] | {"other": "0" * 20}], BagRecordUnusable),
    "a relation to itself": (
        "relations.jsonl",
        lambda lines: [lines[0] | {"other": lines[0]["item"]}],
        BagRecordUnusable,
    ),
    "a term without end": ("retention.jsonl", lambda lines: [lines[0] | {"years": 10**9}], BagRecordUnusable),
    "a column that is none": (
        "series.jsonl",
        lambda lines: [line | {"columns": ["price"]} for line in lines],
        BagRecordUnusable,
    ),
    "a customer merged into nobody": (
        "customers.jsonl",
        lambda lines: [line | {"merged_into": "C9999"} for line in lines],
        BagRecordUnusable,
    ),
}


@pytest.mark.parametrize(("name", "change", "refusal"), NONSENSE.values(), ids=NONSENSE)
def test_a_bag_that_says_what_cannot_be_is_refused(house, new_archive, tmp_path, name, change, refusal):
    bag = spoiled(house[1], tmp_path, name, change)
    with pytest.raises(refusal):
        import_bag(OPERATOR, bag, archive=new_archive)
    with new_archive.looking() as view:
        assert view.customers.all() == []


def test_two_papers_of_one_code_are_refused(house, new_archive, tmp_path):
    bag = shutil.copytree(house[1], tmp_path / "spoiled")
    for path in (bag / "data/items").glob("*/metadata.json"):
        rewritten(
            path, lambda r: r | ({"placement": r["placement"] | {"reference_code": "Q-1"}} if r["placement"] else {})
        )
    made_to_fit(bag)
    with pytest.raises(BagRecordUnusable, match="placement"):
        import_bag(OPERATOR, bag, archive=new_archive)


OF_TODAY = {
    "doc_no", "author", "year_note", "remark", "valid_from_on", "valid_to_on", "sheets", "is_annex", "retention_code",
    "medium", "side", "placement", "former_codes", "number_in_bag", "merged_into", "status", "nature", "volume_axis",
    "contacts", "state_of_contract", "year_rule", "checklist", "columns", "retired", "retention", "scheme",
    "storage_only",
}  # fmt: skip


def of_the_first_form(value):
    if isinstance(value, dict):
        return {name: of_the_first_form(each) for name, each in value.items() if name not in OF_TODAY}
    return [of_the_first_form(each) for each in value] if isinstance(value, list) else value


def test_a_bag_of_the_first_form_still_comes_in_with_every_paper_in_an_open_volume(house, new_archive, tmp_path):
    bag = shutil.copytree(house[1], tmp_path / "first")
    for name in ("schemes", "retention", "numbers", "relations"):
        (bag / CATALOGUE / f"{name}.jsonl").unlink()
    for name in ("series", "types", "customers"):
        path = bag / CATALOGUE / f"{name}.jsonl"
        lines = [json.dumps(of_the_first_form(json.loads(line))) for line in path.read_text("utf-8").splitlines()]
        path.write_text("\n".join(lines) + "\n", "utf-8")
    for path in (bag / "data/items").glob("*/metadata.json"):
        rewritten(path, of_the_first_form)
    rewritten(bag / CATALOGUE / "archive.json", lambda a: a | {"version": 1})
    made_to_fit(bag)
    assert import_bag(OPERATOR, bag, archive=new_archive).imported_count == 4
    with new_archive.looking() as view:
        assert {each.state for each in view.volumes.list(actor=SYSTEM)} == {VolumeState.OPEN}
        assert view.retention.with_code("D10").years == 10
