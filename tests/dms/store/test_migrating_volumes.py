"""An archive of the first programs opens with everything in it, and can be taken back to where it came from."""

from datetime import date

import pytest
from sqlalchemy import text
from store_parts import EVERY_GRADE, KEY, NOW, add_customer, add_filed_item, state_frame

from dms.domain.contract import ContractState
from dms.domain.customer import CustomerStatus
from dms.domain.document_type import DEFAULT_DOCUMENT_TYPES, DEFAULT_SERIES
from dms.domain.volume import FilingNoteLine, NoteKind, VolumeScope, VolumeSource, VolumeState
from dms.store import NewVolume, Store
from dms.store.engine import WRITES, open_engine
from dms.store.migrating import migrate

BEFORE = "0007"
FRAME = (
    "INSERT INTO fonds (id, code, name, former_names) VALUES (1, 'Q001', '皖江重工', '[]')",
    "INSERT INTO customer (id, code, name, former_names, sides, grade, created_at) "
    "VALUES (4, 'C0004', '甲公司', '[]', '[\"customer\"]', 'ordinary', '2024-01-01T00:00:00.000000+00:00')",
    "INSERT INTO contract (id, number, number_folded, title, customer_id, parties, amount) "
    "VALUES (2, 'HT-1', 'HT1', '采购合同', 4, '[]', 4380000)",
    "INSERT INTO series (code, zh, en, position) VALUES ('5', '自设', 'Own', 9)",
)
ITEM = (
    "INSERT INTO item (key, id, state, customer_id, contract_id, series_code, volume_id, year, type_code, title, "
    "doc_on, copy_kind, grade, claim, claimed_contract_no, original_filename, media_type, size_bytes, digest, "
    "wrapped_key, received_at, received_by, doubts) VALUES (:key, :id, :state, 4, 2, '3', :volume, 2024, 'contract', "
    "'采购合同', '2024-05-01', 'original', 3, :claim, '', 'a.png', '', 1, :id, x'00', "
    "'2024-05-02T00:00:00.000000+00:00', '甲', '[]')"
)
CLAIM = '{"title": "采购合同", "copy_kind": "original", "grade": 3, "doc_on": "2024-05-01", "amount": "43800.00"}'


@pytest.fixture
def engine(catalogue):
    opened = open_engine(catalogue, KEY)
    yield opened
    opened.dispose()


def old_archive(engine) -> None:
    """A catalogue as the program before left it: two volumes, three papers, one of them destroyed."""
    migrate(engine, BEFORE)
    with engine.connect().execution_options(**{WRITES: True}) as connection, connection.begin():
        for place, each in enumerate(DEFAULT_SERIES, start=1):
            values = {"code": each.code, "zh": each.zh, "en": each.en, "place": place}
            connection.execute(text("INSERT INTO series VALUES (:code, :zh, :en, :place)"), values)
        for place, kind in enumerate(DEFAULT_DOCUMENT_TYPES, start=1):
            values = {"code": kind.code, "zh": kind.zh, "en": kind.en, "series": kind.series, "place": place}
            connection.execute(text("INSERT INTO document_type VALUES (:code, :zh, :en, :series, :place)"), values)
        for statement in FRAME:
            connection.execute(text(statement))
        for volume_id, year in ((11, 2024), (12, 2025)):
            connection.execute(text(f"INSERT INTO volume VALUES ({volume_id}, 4, '3', {year}, 'open')"))
        for key, state, volume in ((21, "filed", 11), (22, "filed", 12), (23, "destroyed", 11)):
            row = {"key": key, "id": f"id{key}", "state": state, "volume": volume, "claim": CLAIM}
            connection.execute(text(ITEM), row)


def asked(engine, question: str) -> list[tuple]:
    with engine.connect() as connection:
        return [tuple(row) for row in connection.execute(text(question))]


def test_everything_in_an_old_archive_is_still_there(engine, catalogue):
    old_archive(engine)
    noted = asked(engine, "SELECT * FROM item_change")
    opened = Store.open(catalogue, KEY)
    with opened.looking() as view:
        volumes = view.volumes.list(actor=EVERY_GRADE)
        item = view.items.get(21)
        assert [(volume.id, volume.year, volume.item_count, volume.state) for volume in volumes] == [
            (11, 2024, 1, VolumeState.OPEN),
            (12, 2025, 1, VolumeState.OPEN),
        ]
        assert {(volume.source, volume.scope) for volume in volumes} == {(VolumeSource.OWN, VolumeScope.CUSTOMER)}
        assert (item.volume_id, item.placement, item.claim.doc_on) == (11, None, date(2024, 5, 1))
        assert view.contracts.get(2).facts.state is ContractState.RUNNING
        assert view.customers.get(4).facts.status is CustomerStatus.NEW
        assert tuple(view.scheme.all_series())[:4] == DEFAULT_SERIES
        assert view.scheme.series("5").year_rule.value == "doc_date"
        assert tuple(view.scheme.all_types()) == DEFAULT_DOCUMENT_TYPES
    assert opened.damage() == ()
    opened.close()
    assert asked(engine, "SELECT * FROM item_change") == noted  # nothing has to be indexed anew


def test_an_old_archive_goes_on_filing_into_its_open_volumes(engine, catalogue):
    old_archive(engine)
    opened = Store.open(catalogue, KEY)
    with opened.begin() as work:
        assert work.volumes.open_for(customer_id=4, series_code="3", year=2024) == 11
        assert work.volumes.open_for(customer_id=4, series_code="3", year=2026) > 12
    opened.close()


def test_the_triggers_of_items_outlive_the_migration(engine, catalogue):
    old_archive(engine)
    migrate(engine, "head")
    before = asked(engine, "SELECT max(seq) FROM item_change")
    opened = Store.open(catalogue, KEY)
    with opened.begin() as work:
        work.connection.exec_driver_sql("UPDATE item SET remark = '复印件' WHERE key = 21")
    for forbidden in ("DELETE FROM item", "UPDATE item SET remark = 'x' WHERE key = 23"):
        with (
            pytest.raises(Exception, match=r"items_are_never_deleted|destroyed_items_stay_destroyed"),
            opened.begin() as work,
        ):
            work.connection.exec_driver_sql(forbidden)
    opened.close()
    assert asked(engine, "SELECT max(seq) FROM item_change") > before


def test_an_archive_with_bound_volumes_can_be_taken_back_to_the_program_before(engine, store):
    with store.begin() as work:
        state_frame(work)
        near, far = add_customer(work), add_customer(work, "C2", "乙公司")
        first = add_filed_item(work, customer_id=near)
        work.volumes.change_state(first.volume_id, VolumeState.CLEANING)
        second = add_filed_item(work, customer_id=near)
        collective = NewVolume(customer_id=None, series_code="3", year=2024, scope=VolumeScope.COLLECTIVE)
        shared = work.volumes.new(collective)
        third = add_filed_item(work, customer_id=far)
        work.items.move_all([third.key], to_volume_id=shared)
        gone = add_filed_item(work, customer_id=near)
        work.items.destroy(gone.key)
        line = FilingNoteLine(volume_id=shared, written_at=NOW, by="甲", kind=NoteKind.ADDED, text="补充")
        work.volume_notes.add(line)
        assert second.volume_id != first.volume_id
    store.close()
    migrate(engine, BEFORE)
    volumes = dict(asked(engine, "SELECT id, customer_id FROM volume WHERE state = 'open'"))
    lies_in = dict(asked(engine, "SELECT key, volume_id FROM item"))
    assert lies_in[first.key] == lies_in[second.key] == lies_in[gone.key] == first.volume_id
    assert volumes[lies_in[third.key]] == far
    assert asked(engine, "PRAGMA foreign_key_check") == []
    migrate(engine, "head")
    assert dict(asked(engine, "SELECT key, volume_id FROM item")) == lies_in
