"""Arriving: what came out of one archive stands in another as it stood there."""

import json
import random
import shutil
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from simulators.archives import founded_archive
from simulators.bag_spoiling import made_to_fit, rewritten
from simulators.lived_in import (
    CONTRACT_TEXT,
    CUSTOMERS,
    destroy,
    everything,
    file_paper,
    hand_in,
    read_waiting,
    sealed_contents,
)

from dms.custody import searchable_copy
from dms.domain.actor import OPERATOR, ActionForbidden, Role
from dms.domain.customer import CustomerFacts
from dms.domain.document_type import DocumentType
from dms.domain.inspection import InspectionScope
from dms.domain.item import ItemState, RenditionRole
from dms.domain.journal import first_broken
from dms.evidence import FindingCode, InspectionRequest, verify
from dms.exchange import ClearanceTooLow, ExportWish, Fate, ImportConflicts, export_archive, import_bag
from dms.exchange.catalogue_record import CustomerRecord, customer_from, customer_json
from dms.exchange.untrusted import Untrusted
from dms.filing import register_customer, state_document_type
from dms.search import SearchRequest, check_index, search, set_synonym_groups, synonym_groups
from dms.store import ItemFilter


def known_papers(archive):
    return {paper["facts"].id: paper for paper in everything(archive)["papers"]}


def entries(archive, action):
    with archive.looking() as view:
        return [entry for entry in view.journal.entries() if entry.action == action]


def hits(archive, query):
    found = search(OPERATOR, SearchRequest(query=query, limit=50), archive=archive)
    return {hit.item_id for hit in found.hits}


def random_phrases(archive, count):
    with archive.looking() as view:
        texts = [page.text for key in view.items.keys(ItemFilter()) for page in view.contents.pages(key) if page.text]
    chance = random.Random(7)
    for _ in range(count):
        text = chance.choice(texts)
        start = chance.randrange(max(1, len(text) - 1))
        yield f'"{text[start : start + chance.randint(1, 8)]}"'.replace("\n", "")


def test_every_fact_is_the_same_in_the_new_archive(house, new_archive):
    import_bag(OPERATOR, house.exported.path, archive=new_archive)
    old, new = everything(house.archive), everything(new_archive)
    settled = {"received", "reading", "failed"}
    assert [p for p in new.pop("papers") if p["facts"].state not in settled] == [
        p for p in old.pop("papers") if p["facts"].state not in settled
    ]
    assert new == old


def test_an_archive_that_has_stated_its_synonyms_keeps_them(house, new_archive):
    own = (("定作物", "工作成果"),)
    set_synonym_groups(OPERATOR, own, archive=new_archive)
    import_bag(OPERATOR, house.exported.path, archive=new_archive)
    assert synonym_groups(OPERATOR, archive=new_archive) == own


def test_every_original_and_every_page_image_is_the_same_bit_for_bit(house, new_archive):
    import_bag(OPERATOR, house.exported.path, archive=new_archive)
    old, new = sealed_contents(house.archive), sealed_contents(new_archive)
    originals = {where for where in old if where[1] is RenditionRole.ORIGINAL}
    assert {where: old[where] for where in originals} == {where: new[where] for where in originals}
    assert all(old[where] == content for where, content in new.items())


def test_fifty_phrases_find_the_same_papers(house, new_archive):
    import_bag(OPERATOR, house.exported.path, archive=new_archive)
    phrases = list(random_phrases(house.archive, 50))
    assert [hits(new_archive, phrase) for phrase in phrases] == [hits(house.archive, phrase) for phrase in phrases]
    assert any(hits(new_archive, phrase) for phrase in phrases)
    assert check_index(new_archive).agrees


def test_everything_is_sealed_under_keys_of_the_new_archive(house, new_archive):
    import_bag(OPERATOR, house.exported.path, archive=new_archive)
    with house.archive.looking() as old, new_archive.looking() as new:
        assert not old.contents.object_ids() & new.contents.object_ids()
        item = new.items.with_id(house.papers["secret"], actor=OPERATOR)
    assert new_archive.item_key(item)
    assert item.classification.grade == 1


def test_a_page_opens_and_the_searchable_copy_is_made_from_what_came(house, new_archive):
    import_bag(OPERATOR, house.exported.path, archive=new_archive)
    copy = searchable_copy(OPERATOR, house.papers["filed"], archive=new_archive)
    assert copy.content.startswith(b"%PDF")


def test_what_waited_to_be_read_is_read_in_the_new_archive(house, new_archive):
    imported = import_bag(OPERATOR, house.exported.path, archive=new_archive)
    assert imported.queued_count == 1
    read_waiting(new_archive)
    paper = known_papers(new_archive)[house.papers["unread"]]
    assert paper["facts"].state is ItemState.REVIEW
    assert paper["pages"][0].text == "还没有识别的函件，催告付款"


def test_a_paper_whose_reading_failed_can_be_read_from_its_first_page(house, new_archive):
    import_bag(OPERATOR, house.exported.path, archive=new_archive)
    paper = known_papers(new_archive)[house.papers["failed"]]
    assert paper["facts"].state is ItemState.FAILED
    assert paper["facts"].problem.code == "reader_died"
    assert paper["pages"] == []


def test_a_destroyed_paper_stays_destroyed(house, new_archive):
    import_bag(OPERATOR, house.exported.path, archive=new_archive)
    paper = known_papers(new_archive)[house.papers["destroyed"]]
    assert paper["facts"].state is ItemState.DESTROYED
    assert paper["destroyed"].authority == "XH-2026-01"
    assert paper["renditions"] == []


def test_what_was_destroyed_here_does_not_come_back_from_an_older_bag(archive, tmp_path):
    item_id = hand_in(archive, "到期合同", "a.pdf")
    export_archive(OPERATOR, ExportWish(target=tmp_path / "bag"), archive=archive)
    destroy(archive, item_id)
    imported = import_bag(OPERATOR, tmp_path / "bag", archive=archive)
    assert imported.imported_count == 0
    assert known_papers(archive)[item_id]["facts"].state is ItemState.DESTROYED


def test_the_journal_tells_of_every_paper_and_keeps_the_digest_of_the_old_journal(house, new_archive):
    imported = import_bag(OPERATOR, house.exported.path, archive=new_archive)
    assert {entry.subject for entry in entries(new_archive, "item_imported")} == set(house.papers.values())
    (entry,) = entries(new_archive, "archive_imported")
    old = json.loads((house.exported.path / "data/catalogue/archive.json").read_text("utf-8"))
    assert entry.details["journal_head"] == old["journal_head"] == imported.journal.head
    assert entry.details["journal_entries"] == old["journal_entries"]
    assert imported.journal.is_intact
    with new_archive.looking() as view:
        assert first_broken(view.journal.entries()) is None


def test_a_second_run_adds_nothing(house, new_archive):
    import_bag(OPERATOR, house.exported.path, archive=new_archive)
    before = everything(new_archive)
    again = import_bag(OPERATOR, house.exported.path, archive=new_archive)
    assert (again.imported_count, again.already_count) == (0, len(house.papers))
    assert everything(new_archive) == before


def test_a_bag_of_a_bag_is_the_same_archive(house, new_archive, tmp_path):
    import_bag(OPERATOR, house.exported.path, archive=new_archive)
    export_archive(OPERATOR, ExportWish(target=tmp_path / "second", with_images=True), archive=new_archive)
    third = founded_archive(tmp_path / "third")
    import_bag(OPERATOR, tmp_path / "second", archive=third)
    assert everything(third)["papers"] == everything(new_archive)["papers"]
    third.close()


def test_the_same_bytes_under_another_number_are_not_taken_twice(house, new_archive):
    here = hand_in(new_archive, CONTRACT_TEXT, "已有.pdf")
    imported = import_bag(OPERATOR, house.exported.path, archive=new_archive)
    (duplicate,) = imported.duplicates
    assert (duplicate.item_id, duplicate.fate, duplicate.same_as) == (house.papers["filed"], Fate.DUPLICATE, here)
    assert house.papers["filed"] not in known_papers(new_archive)


def test_a_rejected_paper_comes_in_beside_its_double(house, new_archive):
    import_bag(OPERATOR, house.exported.path, archive=new_archive)
    papers = known_papers(new_archive)
    assert papers[house.papers["rejected"]]["facts"].state is ItemState.WITHDRAWN
    assert papers[house.papers["again"]]["facts"].state is ItemState.REVIEW


def test_a_bag_without_images_brings_facts_and_texts(house, new_archive, tmp_path):
    export_archive(OPERATOR, ExportWish(target=tmp_path / "plain"), archive=house.archive)
    import_bag(OPERATOR, tmp_path / "plain", archive=new_archive)
    paper = known_papers(new_archive)[house.papers["filed"]]
    assert paper["facts"].state is ItemState.FILED
    assert [page.text for page in paper["pages"]] == CONTRACT_TEXT.replace("!blank", "").split("\f")
    assert [each.role for each in paper["renditions"]] == [RenditionRole.ORIGINAL]
    told = [entry.details["images"] for entry in entries(new_archive, "item_imported")]
    assert set(told) == {"no"}


@pytest.mark.parametrize("with_images", [True, False])
def test_the_new_archive_verifies(house, new_archive, tmp_path, with_images):
    wish = ExportWish(target=tmp_path / "out", with_images=with_images)
    export_archive(OPERATOR, wish, archive=house.archive)
    import_bag(OPERATOR, wish.target, archive=new_archive)
    inspection = verify(OPERATOR, InspectionRequest(scope=InspectionScope.FULL), archive=new_archive)
    assert inspection.findings == ()


def test_a_page_image_that_got_lost_after_the_import_is_found(house, new_archive):
    import_bag(OPERATOR, house.exported.path, archive=new_archive)
    with new_archive.begin() as work:
        item = work.items.with_id(house.papers["filed"], actor=OPERATOR)
        original = work.contents.rendition(item.key, RenditionRole.ORIGINAL)
        pages = work.contents.pages(item.key)
        work.contents.strip(item.key)
        work.contents.add_rendition(item.key, original)
        for page in pages:
            work.contents.add_page(item.key, page)
    inspection = verify(OPERATOR, InspectionRequest(), archive=new_archive)
    assert FindingCode.PAGE_PARTS_INCOMPLETE in {found.code for found in inspection.findings}


def test_a_paper_whose_original_was_left_out_is_named(house, new_archive, tmp_path):
    bag = shutil.copytree(house.exported.path, tmp_path / "bag")
    _leave_out_original(bag, house.papers["review"])
    imported = import_bag(OPERATOR, bag, archive=new_archive)
    assert imported.without_original == (house.papers["review"],)
    assert house.papers["review"] not in known_papers(new_archive)


CONFLICTS = {
    "a code that another customer bears": CustomerFacts(code="C0002", name="另一家公司"),
    "a customer under another code": CustomerFacts(code="C0099", name=CUSTOMERS[1].name),
    "a credit code under another code": CustomerFacts(code="C0098", name="改了名的公司", uscc=CUSTOMERS[0].uscc),
    "the same customer with other facts": replace(CUSTOMERS[0], former_names=()),
}


@pytest.mark.parametrize("facts", CONFLICTS.values(), ids=CONFLICTS)
def test_a_customer_that_contradicts_is_named_and_nothing_is_written(house, new_archive, facts):
    register_customer(OPERATOR, facts, archive=new_archive)
    before = everything(new_archive)
    with pytest.raises(ImportConflicts, match=facts.code):
        import_bag(OPERATOR, house.exported.path, archive=new_archive)
    assert everything(new_archive) == before
    assert entries(new_archive, "archive_import_begun") == []


def test_a_contract_that_contradicts_is_named(house, new_archive):
    register_customer(OPERATOR, CUSTOMERS[0], archive=new_archive)
    file_paper(new_archive, hand_in(new_archive, "另一份合同", "b.pdf"), grade=3)
    with pytest.raises(ImportConflicts, match="HT-2023-00871"):
        import_bag(OPERATOR, house.exported.path, archive=new_archive)


def test_a_type_of_another_name_is_named_where_papers_are_filed_by_it(house, new_archive):
    hand_in(new_archive, "已有资料", "b.pdf")
    state_document_type(OPERATOR, DocumentType(code="sample", zh="小样", en="Swatch", series="3"), archive=new_archive)
    with pytest.raises(ImportConflicts, match="sample"):
        import_bag(OPERATOR, house.exported.path, archive=new_archive)


def test_a_number_that_is_another_paper_here_is_named(house, new_archive, bag):
    import_bag(OPERATOR, house.exported.path, archive=new_archive)
    item_id = house.papers["review"]
    with new_archive.begin() as work:
        item = work.items.with_id(item_id, actor=OPERATOR)
        original = work.contents.rendition(item.key, RenditionRole.ORIGINAL)
        work.contents.strip(item.key)
        work.contents.add_rendition(item.key, replace(original, digest="0" * 64))
    with pytest.raises(ImportConflicts, match=item_id):
        import_bag(OPERATOR, bag, archive=new_archive)


@pytest.mark.parametrize("right", [{"clearance": 3}, {"departments": frozenset({"设备部"})}])
def test_whoever_may_not_see_every_paper_cannot_bring_them_in(house, new_archive, right):
    with pytest.raises(ClearanceTooLow):
        import_bag(replace(OPERATOR, **right), house.exported.path, archive=new_archive)


def test_an_archive_that_knows_a_customer_goes_by_its_own_word_about_the_department(house, new_archive):
    register_customer(OPERATOR, replace(CUSTOMERS[0], department="法务部"), archive=new_archive)
    import_bag(OPERATOR, house.exported.path, archive=new_archive)
    with new_archive.looking() as view:
        assert view.customers.with_code(CUSTOMERS[0].code).facts.department == "法务部"


def test_a_customer_of_which_no_department_is_told_is_one_of_the_whole_company():
    record = CustomerRecord(facts=CUSTOMERS[0], created_at=datetime(2026, 3, 2, tzinfo=UTC))
    told = customer_json(record)
    assert customer_from(Untrusted(told)) == record
    del told["department"]
    assert customer_from(Untrusted(told)).facts == replace(CUSTOMERS[0], department="")


def test_a_clerk_cannot_import(house, new_archive):
    clerk = replace(OPERATOR, roles=frozenset({Role.CLERK}))
    with pytest.raises(ActionForbidden):
        import_bag(clerk, house.exported.path, archive=new_archive)


def _leave_out_original(bag, item_id):
    folder = bag / "data/items" / item_id
    (original,) = folder.glob("original.*")
    original.unlink()

    def without(record):
        record["objects"] = [each for each in record["objects"] if each["role"] != "original"]

    rewritten(folder / "metadata.json", without)
    (bag / "data/catalogue/left-out.jsonl").write_text(
        json.dumps({"id": item_id, "name": original.name, "reason": "chunk_not_authentic"}) + "\n"
    )
    made_to_fit(bag)


def test_a_paper_that_is_kept_in_store_only_is_kept_so_in_the_new_archive(archive, new_archive, tmp_path):
    kept, used = (hand_in(archive, f"{CONTRACT_TEXT} {n}", f"{n}.png") for n in (1, 2))
    with archive.begin() as work:
        work.items.keep_only(work.items.with_id(kept, actor=OPERATOR).key, storage_only=True)
    exported = export_archive(OPERATOR, ExportWish(target=tmp_path / "taken"), archive=archive)
    import_bag(OPERATOR, exported.path, archive=new_archive)
    with new_archive.looking() as view:
        found = {item_id: view.items.with_id(item_id, actor=OPERATOR).storage_only for item_id in (kept, used)}
    assert found == {kept: True, used: False}
    clerk = replace(OPERATOR, roles=frozenset({Role.CLERK}))
    assert search(clerk, SearchRequest(), archive=new_archive).total == 1
