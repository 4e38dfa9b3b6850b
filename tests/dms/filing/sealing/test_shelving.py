"""Where a sealed volume stands and how long it is kept may change; nothing else."""

from dataclasses import replace

import pytest
from simulators.bound_volumes import seal
from simulators.people import ARCHIVIST, CLERK
from simulators.scanner import add_customer, file_paper

from dms.domain.actor import ActionForbidden
from dms.domain.location import Location, LocationKind
from dms.domain.volume import VolumeState
from dms.filing.places import BoxMixed
from dms.filing.sealing import (
    LocationNotFound,
    ReasonMissing,
    RetentionUnknown,
    SamePersonTwice,
    VolumeStateUnfit,
    retain_volume,
    shelve,
    verify_volume,
    volume_file,
)


@pytest.fixture
def paper(archive):
    add_customer(archive)
    with archive.begin() as work:
        room = work.locations.add(Location(id=0, parent_id=None, kind=LocationKind.ROOM, code="K1", name="一号库"))
        for code in ("K1-01", "K1-02"):
            shelf = Location(id=0, parent_id=room.id, kind=LocationKind.SHELF, code=code, name=code, barcode=f"*{code}")
            work.locations.add(shelf)
    return file_paper(archive, "甲", title="甲")


def test_a_sealed_volume_is_put_on_a_shelf_and_moved_to_another(archive, paper):
    volume_id = seal(archive, paper)
    assert shelve(ARCHIVIST, volume_id, "K1-01", archive=archive).state is VolumeState.SHELVED
    shelve(ARCHIVIST, volume_id, "*K1-02", archive=archive)
    place = volume_file(ARCHIVIST, volume_id, archive=archive).place
    assert [each.code for each in place] == ["K1", "K1-02"]
    assert verify_volume(ARCHIVIST, volume_id, archive=archive) == ()


def test_a_volume_is_put_away_by_an_archivist_sealed_and_where_there_is_a_place(archive, paper):
    with pytest.raises(VolumeStateUnfit):
        shelve(ARCHIVIST, paper.volume_id, "K1-01", archive=archive)
    volume_id = seal(archive, paper)
    with pytest.raises(LocationNotFound):
        shelve(ARCHIVIST, volume_id, "K9", archive=archive)
    with pytest.raises(ActionForbidden):
        shelve(CLERK, volume_id, "K1-01", archive=archive)


def test_years_never_share_a_box_and_nothing_is_put_where_no_place_is_in_use(archive, paper):
    with archive.begin() as work:
        box = work.locations.add(Location(id=0, parent_id=None, kind=LocationKind.BOX, code="H7", name="七号盒"))
    first = seal(archive, paper)
    later = seal(archive, file_paper(archive, "乙", title="乙", year=2025))
    shelve(ARCHIVIST, first, "H7", archive=archive)
    with pytest.raises(BoxMixed):
        shelve(ARCHIVIST, later, "H7", archive=archive)
    with archive.begin() as work:
        work.locations.change(replace(box, retired=True))
    with pytest.raises(LocationNotFound):
        shelve(ARCHIVIST, later, "H7", archive=archive)


def test_a_term_is_changed_by_two_persons_with_a_reason_to_one_that_there_is(archive, paper):
    volume_id = seal(archive, paper)
    for second, code, reason, refusal in (
        (ARCHIVIST, "Y", "查考", SamePersonTwice),
        (CLERK, "X9", "查考", RetentionUnknown),
        (CLERK, "Y", " ", ReasonMissing),
    ):
        with pytest.raises(refusal):
            retain_volume(ARCHIVIST, second, volume_id, code, reason, archive=archive)
    assert retain_volume(ARCHIVIST, CLERK, volume_id, "Y", "查考", archive=archive).retention_code == "Y"
