"""The list of volumes: what fits, in pages, with what it comes to."""

import pytest
from simulators.bound_volumes import seal
from simulators.people import ADMINISTRATOR, ARCHIVIST
from simulators.scanner import add_customer, file_paper

from dms.archive import CustomerNotFound
from dms.domain.actor import ActionForbidden
from dms.domain.volume import NoteKind, VolumeState
from dms.filing.sealing import VolumeWish, note_on_volume, volume_with_code, volumes_listed


@pytest.fixture
def volumes(archive):
    add_customer(archive)
    add_customer(archive, "C0002", "芜湖近水机械有限公司")
    sealed = seal(archive, file_paper(archive, "甲", title="甲"))
    file_paper(archive, "乙", title="乙", year=2025)
    file_paper(archive, "丙", title="丙", customer_code="C0002")
    return sealed


def listed(archive, **wish):
    found = volumes_listed(ARCHIVIST, VolumeWish(**wish), archive=archive)
    return [(row.customer.code, row.volume.year, row.volume.state) for row in found.rows]


def test_volumes_are_found_by_customer_year_state_and_words(archive, volumes):
    assert listed(archive, customer_code="C0002") == [("C0002", 2024, VolumeState.OPEN)]
    assert listed(archive, year=2025) == [("C0001", 2025, VolumeState.OPEN)]
    assert listed(archive, states=frozenset({VolumeState.SEALED})) == [("C0001", 2024, VolumeState.SEALED)]
    assert listed(archive, words="Q001-KH·C0001") == [("C0001", 2024, VolumeState.SEALED)]
    assert listed(archive, series_code="4") == []
    with pytest.raises(CustomerNotFound):
        listed(archive, customer_code="C9")


def test_a_page_tells_how_many_there_are_in_every_state(archive, volumes):
    wish = VolumeWish(limit=1, offset=1, states=frozenset({VolumeState.OPEN}))
    found = volumes_listed(ARCHIVIST, wish, archive=archive)
    assert len(found.rows) == 1
    assert (found.totals.volumes, found.totals.items) == (2, 2)
    assert found.counts_by_state == {VolumeState.OPEN: 2, VolumeState.SEALED: 1}
    assert found.years == (2025, 2024)


def test_a_row_tells_how_many_lines_its_filing_note_has(archive, volumes):
    found = volumes_listed(ARCHIVIST, VolumeWish(year=2025), archive=archive)
    note_on_volume(ARCHIVIST, found.rows[0].volume.id, NoteKind.DAMAGED, "缺页", archive=archive)
    (row,) = volumes_listed(ARCHIVIST, VolumeWish(year=2025), archive=archive).rows
    assert row.notes == 1


def test_a_volume_is_found_by_its_code(archive, volumes):
    assert volume_with_code(ARCHIVIST, " Q001-KH·C0001·3·2024-001 ", archive=archive) == volumes
    assert volume_with_code(ARCHIVIST, "Q001", archive=archive) is None


def test_who_may_not_consult_lists_nothing(archive):
    with pytest.raises(ActionForbidden):
        volumes_listed(ADMINISTRATOR, VolumeWish(), archive=archive)
