"""Volumes on their way from loose leaves to the shelf, and what the catalogue refuses once they are sealed."""

from datetime import date

import pytest
from sqlalchemy.exc import DBAPIError
from store_parts import EVERY_GRADE, NOW, ORDINARY_GRADE, add_customer, add_filed_item, state_frame

from dms.domain.item import Placement
from dms.domain.location import Location, LocationKind
from dms.domain.reference_code import CodeKind
from dms.domain.volume import (
    CrossReference,
    FilingNoteLine,
    NoteKind,
    VolumeScope,
    VolumeSeal,
    VolumeSource,
    VolumeState,
)
from dms.store import NewVolume, VolumeFilter

CODE = "Q001-KH·C0001·3·2024-001"
COVER = {
    "title": "合肥远山商贸有限公司 2024年 交易状况",
    "retention_code": "D30",
    "first_on": date(2024, 1, 5),
    "last_on": date(2024, 11, 30),
    "item_count": 1,
    "page_count": 2,
    "sheet_count": 1,
    "spine_mm": 10,
    "name_of_customer": "合肥远山商贸有限公司",
}
SEAL = {"root": "00", "algorithm": "RFC6962-SHA256", "signature": b"s", "public_key": b"k", "sealed_at": NOW}


@pytest.fixture
def work(store):
    with store.begin() as begun:
        state_frame(begun)
        yield begun


def make_up(work, *, state: VolumeState = VolumeState.SEALED, **facts) -> int:
    """A volume of one filed item, brought as far as `state`."""
    known = work.customers.with_code("C0001")
    item = add_filed_item(work, customer_id=known.id if known else add_customer(work), **facts)
    volume_id = item.volume_id
    work.volumes.change_state(volume_id, VolumeState.CLEANING)
    code = CODE if work.volumes.with_code(CODE, actor=EVERY_GRADE) is None else f"{CODE}{volume_id}"
    work.items.place(item.key, Placement(volume_id=volume_id, position=1, reference_code=f"{code}-001"))
    work.volumes.number(volume_id, number=1, reference_code=code)
    work.volumes.describe(volume_id, **COVER)
    for wanted in (VolumeState.CATALOGUED, VolumeState.CHECKING):
        work.volumes.change_state(volume_id, wanted)
    work.volumes.compiled(volume_id, by="甲", at=NOW)
    work.volumes.checked(volume_id, by="乙", at=NOW)
    if state is VolumeState.SEALED:
        work.volumes.sealed(volume_id, at=NOW)
    return volume_id


def test_a_sealed_volume_says_all_that_was_stated(work):
    volume_id = make_up(work, pages=2)
    volume = work.volumes.with_code(CODE, actor=EVERY_GRADE)
    assert (volume.id, volume.state, volume.number, volume.seal_version) == (volume_id, VolumeState.SEALED, 1, 1)
    assert (volume.compiled_by, volume.checked_by, volume.sealed_at) == ("甲", "乙", NOW)
    assert {name: getattr(volume, name) for name in COVER if not name.endswith("_count")} == {
        name: value for name, value in COVER.items() if not name.endswith("_count")
    }
    assert (volume.item_count, volume.page_count) == (1, 2)


def test_what_comes_after_binding_opens_a_new_volume_of_the_same_year(work):
    bound = make_up(work)
    late = add_filed_item(work, customer_id=work.customers.with_code("C0001").id)
    assert late.volume_id != bound
    assert work.volumes.get(late.volume_id, actor=EVERY_GRADE).state is VolumeState.OPEN


def test_a_key_has_one_open_volume_at_most(work):
    customer_id = add_customer(work)
    key = {"customer_id": customer_id, "series_code": "3", "year": 2024}
    work.volumes.open_for(**key)
    with pytest.raises(DBAPIError):
        work.volumes.new(NewVolume(**key, state=VolumeState.OPEN))


def test_a_state_cannot_be_jumped_over(work):
    volume_id = add_filed_item(work, customer_id=add_customer(work)).volume_id
    with pytest.raises(ValueError, match="cannot become sealed"):
        work.volumes.change_state(volume_id, VolumeState.SEALED)


@pytest.mark.parametrize(
    "change",
    [
        lambda work, id_: work.volumes.describe(id_, **COVER | {"title": "改过的题名"}),
        lambda work, id_: work.volumes.number(id_, number=2, reference_code="Q001-X-002"),
        lambda work, id_: work.volumes.compiled(id_, by="丙", at=NOW),
        lambda work, id_: work.volumes._change(id_, state="open"),
        lambda work, id_: work.connection.exec_driver_sql(f"UPDATE volume SET seal_version = 0 WHERE id = {id_}"),
        lambda work, id_: work.connection.exec_driver_sql(f"DELETE FROM volume WHERE id = {id_}"),
        lambda work, id_: work.connection.exec_driver_sql(f"UPDATE item SET position = 9 WHERE volume_id = {id_}"),
        lambda work, id_: work.connection.exec_driver_sql(
            f"UPDATE item SET reference_code = NULL WHERE volume_id = {id_}"
        ),
    ],
)
def test_the_catalogue_itself_refuses_to_change_a_sealed_volume(work, change):
    volume_id = make_up(work)
    with pytest.raises(DBAPIError):
        change(work, volume_id)


def test_a_sealed_volume_takes_no_further_paper(work):
    sealed = make_up(work)
    loose = add_filed_item(work, customer_id=work.customers.with_code("C0001").id)
    with pytest.raises(DBAPIError):
        work.items.place(loose.key, Placement(volume_id=sealed, position=2))


def test_location_retention_state_and_a_further_seal_go_on_after_sealing(work):
    volume_id = make_up(work)
    place = work.locations.add(Location(id=0, parent_id=None, kind=LocationKind.ROOM, code="K1", name="一号库"))
    work.volumes.relocate(volume_id, place.id)
    work.volumes.retain(volume_id, "Y")
    work.volumes.resealed(volume_id, version=2)
    for wanted in (VolumeState.SHELVED, VolumeState.EXPIRED, VolumeState.DESTROYED):
        work.volumes.change_state(volume_id, wanted)
    volume = work.volumes.get(volume_id, actor=EVERY_GRADE)
    assert (volume.location_id, volume.retention_code, volume.seal_version) == (place.id, "Y", 2)
    assert work.locations.volume_counts() == {place.id: 1}


def test_a_paper_moved_out_keeps_its_code_as_a_former_one_and_is_found_by_it(work):
    sealed = make_up(work)
    (paper,) = work.volumes.items_of(sealed)
    other = work.volumes.open_for(customer_id=paper.customer_id, series_code="1", year=2024)
    work.items.unplace(paper.key, to_volume_id=other)
    item = work.items.get(paper.key)
    assert (item.volume_id, item.placement, item.former_codes) == (other, None, (f"{CODE}-001",))
    work.numbers.register(work.numbers.pattern(CodeKind.ITEM), f"{CODE}-001", item.id, NOW)
    assert work.items.with_code(f"{CODE}-001", actor=EVERY_GRADE) == item.id
    work.items.place(item.key, Placement(volume_id=other, position=1, former_codes=(f"{CODE}-001",)))
    assert work.items.get(item.key).placement.former_codes == (f"{CODE}-001",)


def test_no_two_papers_bear_one_code(work):
    make_up(work)
    other = add_filed_item(work, customer_id=work.customers.with_code("C0001").id)
    with pytest.raises(DBAPIError):
        work.items.place(other.key, Placement(volume_id=other.volume_id, position=1, reference_code=f"{CODE}-001"))


def test_notes_and_seals_are_added_and_never_altered(work):
    volume_id = make_up(work)
    line = FilingNoteLine(
        volume_id=volume_id, written_at=NOW, by="甲", second_person="乙", kind=NoteKind.ADDED, text="补扫第3页"
    )
    seals = [VolumeSeal(volume_id=volume_id, version=n, sealed_by="甲", facts="{}", **SEAL) for n in (1, 2)]
    work.volume_notes.add(line)
    for seal in seals:
        work.seals.add(seal)
    assert work.volume_notes.of_volume(volume_id) == [line]
    assert work.volume_notes.counts([volume_id, 99]) == {volume_id: 1}
    assert (work.seals.of_volume(volume_id), work.seals.latest(volume_id)) == (seals, seals[1])
    assert work.seals.volume_ids(limit=9) == [volume_id]
    for table in ("volume_note", "volume_seal"):
        for statement in (f"DELETE FROM {table}", f"UPDATE {table} SET volume_id = volume_id"):
            with pytest.raises(DBAPIError):
                work.connection.exec_driver_sql(statement)


def test_a_paper_that_lies_elsewhere_is_referred_to(work):
    volume_id = make_up(work)
    other = add_filed_item(work, customer_id=work.customers.with_code("C0001").id)
    reference = CrossReference(volume_id=volume_id, item_key=other.key, text="另见 2025 年卷", noted_at=NOW, by="甲")
    work.volume_notes.refer(reference)
    assert work.volume_notes.references(volume_id) == [reference]
    assert work.volume_notes.references_to(other.key) == [reference]


def test_volumes_are_found_by_what_is_asked_and_summed_up(work):
    sealed = make_up(work, pages=3)
    open_id = add_filed_item(work, customer_id=work.customers.with_code("C0001").id, year=2025).volume_id

    def found(**wanted) -> list[int]:
        return [volume.id for volume in work.volumes.page(VolumeFilter(**wanted), actor=EVERY_GRADE, limit=9)]

    assert found() == [sealed, open_id]
    assert found(states=frozenset({VolumeState.SEALED})) == [sealed]
    assert found(words="远山 2024年") == [sealed]
    assert found(words="·3·2024-001") == found(sealed_year=2026) == found(retention_code="D30") == [sealed]
    assert found(words="C0001") == found(series_code="3") == [sealed, open_id]
    assert found(words="%") == found(year=1999) == []
    totals = work.volumes.totals(VolumeFilter(), actor=EVERY_GRADE)
    assert (totals.volumes, totals.items, totals.pages) == (2, 2, 4)
    assert work.volumes.counts_by_state(VolumeFilter(), actor=EVERY_GRADE) == {
        VolumeState.SEALED: 1,
        VolumeState.OPEN: 1,
    }
    assert work.volumes.years(actor=EVERY_GRADE) == [2025, 2024]


def test_a_volume_of_secret_papers_is_not_there_for_others(work):
    secret = make_up(work, grade=1)
    assert work.volumes.find(secret, actor=EVERY_GRADE) is not None
    assert work.volumes.find(secret, actor=ORDINARY_GRADE) is None
    assert work.volumes.with_code(CODE, actor=ORDINARY_GRADE) is None
    assert work.volumes.totals(VolumeFilter(), actor=ORDINARY_GRADE).volumes == 0
    assert work.volumes.with_ids([secret], actor=ORDINARY_GRADE) == {}


def test_a_sealed_volume_stays_on_the_list_when_its_papers_are_destroyed(work):
    sealed = make_up(work)
    (paper,) = work.volumes.items_of(sealed)
    work.items.destroy(paper.key)
    volume = work.volumes.find(sealed, actor=ORDINARY_GRADE)
    assert (volume.id, volume.item_count) == (sealed, 0)
    assert [stub.reference_code for stub in work.volumes.items_of(sealed)] == [f"{CODE}-001"]


def test_a_volume_of_an_older_catalogue_counts_what_that_says(work):
    legacy = work.volumes.new(
        NewVolume(customer_id=add_customer(work), series_code="3", year=1998, source=VolumeSource.LEGACY)
    )
    work.volumes.describe(legacy, **COVER | {"item_count": 31, "page_count": 140})
    work.volumes.number(legacy, number=None, reference_code="旧档 1998 卷 7")
    work.volumes.sealed(legacy, at=NOW)
    volume = work.volumes.with_code("旧档 1998 卷 7", actor=ORDINARY_GRADE)
    assert (volume.item_count, volume.page_count, volume.source) == (31, 140, VolumeSource.LEGACY)


def test_a_collective_volume_has_no_customer_and_a_continuation_names_what_it_continues(work):
    first = work.volumes.new(NewVolume(customer_id=None, series_code="3", year=2024, scope=VolumeScope.COLLECTIVE))
    second = work.volumes.new(
        NewVolume(customer_id=None, series_code="3", year=2024, scope=VolumeScope.COLLECTIVE, continuation_of=first)
    )
    volume = work.volumes.get(second, actor=EVERY_GRADE)
    assert (volume.customer_id, volume.scope, volume.continuation_of) == (None, VolumeScope.COLLECTIVE, first)
    assert work.volumes.continuations(first) == [second]
