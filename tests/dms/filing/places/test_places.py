"""Places stand in one another, volumes stand in places, and moving them changes no number."""

from dataclasses import replace

import pytest
from simulators.people import ARCHIVIST, CLERK, LAWYER
from simulators.scanner import add_customer, file_paper

from dms.domain.actor import OPERATOR, ActionForbidden
from dms.domain.location import LocationKind
from dms.filing.places import (
    BoxMixed,
    PlaceCannotStandThere,
    PlaceCodeTaken,
    PlaceFactInvalid,
    PlaceInUse,
    PlaceNotFound,
    PlaceStated,
    VolumesUnknown,
    add_place,
    change_place,
    move_volumes,
    path_of_place,
    place_tree,
    retire_place,
    show_place,
)

ROOM = PlaceStated(kind=LocationKind.ROOM, code="K1", name="一号库")
RACK = PlaceStated(kind=LocationKind.RACK, code="K1-3", name="三号架", parent_code="K1")
SHELF = PlaceStated(kind=LocationKind.SHELF, code="K1-3-2", name="二层", parent_code="K1-3", barcode="6901234")
BOX = PlaceStated(kind=LocationKind.BOX, code="H7", name="七号盒", parent_code="6901234")


@pytest.fixture
def room(archive):
    return [add_place(ARCHIVIST, stated, archive=archive) for stated in (ROOM, RACK, SHELF, BOX)]


def filed_volume(archive, year=2024, **stated):
    paper = file_paper(archive, f"合同 {year} {stated}", year=year, doc_on=None, **stated)
    return str(paper.volume_id)


def test_places_form_a_tree_with_what_lies_in_them(archive, room):
    add_customer(archive)
    assert move_volumes(ARCHIVIST, [filed_volume(archive)], "h7".upper(), archive=archive) == 1
    tree = place_tree(LAWYER, archive=archive)
    told = [(each.place.code, each.depth, each.volumes_here, each.volumes_inside) for each in tree]
    assert told == [("K1", 0, 0, 1), ("K1-3", 1, 0, 1), ("K1-3-2", 2, 0, 1), ("H7", 3, 1, 1)]
    shelf = show_place(LAWYER, "6901234", archive=archive)
    assert ([place.code for place in shelf.path], [each.place.code for each in shelf.inside]) == (
        ["K1", "K1-3", "K1-3-2"],
        ["H7"],
    )
    box = show_place(LAWYER, "H7", archive=archive)
    assert (box.volume_count, [volume.year for volume in box.volumes], list(box.customers.values())) == (
        1,
        [2024],
        ["合肥远山商贸有限公司"],
    )
    assert path_of_place(LAWYER, room[3].id, archive=archive) == "一号库 / 三号架 / 二层 / 七号盒"


def test_a_moved_volume_is_journaled_with_where_from_and_where_to(archive, room):
    add_customer(archive)
    volume = filed_volume(archive)
    for code in ("H7", "K1-3-2", ""):
        move_volumes(ARCHIVIST, [volume, volume], code, archive=archive)
    with archive.looking() as view:
        moves = [entry.details for entry in view.journal.entries(subject=f"volume:{volume}")]
    whole = "一号库 / 三号架 / 二层"
    assert sorted((told["before"], told["after"]) for told in moves) == sorted(
        [("", f"{whole} / 七号盒"), (f"{whole} / 七号盒", whole), (whole, "")]
    )


def test_years_do_not_share_a_box_but_a_shelf(archive, room):
    add_customer(archive)
    volumes = [filed_volume(archive, 2023), filed_volume(archive, 2024)]
    with pytest.raises(BoxMixed):
        move_volumes(ARCHIVIST, volumes, "H7", archive=archive)
    assert move_volumes(ARCHIVIST, volumes, "K1-3-2", archive=archive) == 2
    move_volumes(ARCHIVIST, volumes[:1], "H7", archive=archive)
    with pytest.raises(BoxMixed):
        move_volumes(ARCHIVIST, volumes[1:], "H7", archive=archive)


def test_one_unknown_volume_keeps_all_where_they_are(archive, room):
    add_customer(archive)
    volume = filed_volume(archive)
    for unknown in ("99", "Q001-KH·1", "9" * 30, "²"):
        with pytest.raises(VolumesUnknown):
            move_volumes(ARCHIVIST, [volume, unknown], "H7", archive=archive)
    with pytest.raises(VolumesUnknown):
        move_volumes(ARCHIVIST, [" "], "H7", archive=archive)
    assert show_place(ARCHIVIST, "H7", archive=archive).volume_count == 0


def test_a_place_does_not_tell_of_volumes_that_one_may_not_know_of(archive, room):
    add_customer(archive)
    volume = filed_volume(archive, grade=1)
    move_volumes(OPERATOR, [volume], "H7", archive=archive)
    assert show_place(LAWYER, "H7", archive=archive).volume_count == 0
    assert [each.volumes_inside for each in place_tree(LAWYER, archive=archive)] == [0, 0, 0, 0]
    with pytest.raises(VolumesUnknown):
        move_volumes(ARCHIVIST, [volume], "K1", archive=archive)


@pytest.mark.parametrize(
    "wrong",
    [
        {"code": ""},
        {"code": "一号"},
        {"code": "K" * 41},
        {"code": "K/1"},
        {"name": " "},
        {"name": "长" * 61},
        {"barcode": "一"},
    ],
    ids=str,
)
def test_a_place_that_cannot_be_right_is_refused(archive, wrong):
    with pytest.raises(PlaceFactInvalid):
        add_place(ARCHIVIST, replace(ROOM, **wrong), archive=archive)


def test_a_code_or_barcode_leads_to_one_place(archive, room):
    for taken in (replace(ROOM, code="K1"), replace(ROOM, code="6901234"), replace(ROOM, code="K2", barcode="H7")):
        with pytest.raises(PlaceCodeTaken):
            add_place(ARCHIVIST, taken, archive=archive)
    assert change_place(ARCHIVIST, "H7", replace(BOX, barcode="H7"), archive=archive).barcode == "H7"


def test_nothing_stands_where_it_cannot(archive, room):
    for wrong in (replace(RACK, code="J", parent_code="H7"), replace(ROOM, code="J", parent_code="K1")):
        with pytest.raises(PlaceCannotStandThere):
            add_place(ARCHIVIST, wrong, archive=archive)
    with pytest.raises(PlaceCannotStandThere):
        change_place(ARCHIVIST, "K1-3", replace(RACK, parent_code="K1-3-2"), archive=archive)
    with pytest.raises(PlaceCannotStandThere):
        change_place(ARCHIVIST, "K1-3", replace(RACK, kind=LocationKind.BOX), archive=archive)
    with pytest.raises(PlaceNotFound):
        add_place(ARCHIVIST, replace(RACK, code="J", parent_code="nowhere"), archive=archive)


def test_a_box_is_moved_with_everything_in_it(archive, room):
    add_customer(archive)
    move_volumes(ARCHIVIST, [filed_volume(archive)], "H7", archive=archive)
    change_place(ARCHIVIST, "H7", replace(BOX, parent_code="K1"), archive=archive)
    assert path_of_place(LAWYER, room[3].id, archive=archive) == "一号库 / 七号盒"
    assert show_place(LAWYER, "H7", archive=archive).volume_count == 1


def test_only_an_empty_place_is_retired_and_its_code_is_free_again(archive, room):
    add_customer(archive)
    move_volumes(ARCHIVIST, [filed_volume(archive)], "H7", archive=archive)
    for used in ("H7", "K1-3-2"):
        with pytest.raises(PlaceInUse):
            retire_place(ARCHIVIST, used, archive=archive)
    move_volumes(ARCHIVIST, [filed_volume(archive)], "", archive=archive)
    retire_place(ARCHIVIST, "H7", archive=archive)
    with pytest.raises(PlaceNotFound):
        show_place(LAWYER, "H7", archive=archive)
    assert add_place(ARCHIVIST, BOX, archive=archive).id != room[3].id
    with pytest.raises(PlaceNotFound):
        path_of_place(LAWYER, 999, archive=archive)


def test_only_the_archivist_states_places_and_moves_volumes(archive, room):
    for act in (
        lambda: add_place(CLERK, ROOM, archive=archive),
        lambda: change_place(CLERK, "H7", BOX, archive=archive),
        lambda: retire_place(CLERK, "H7", archive=archive),
        lambda: move_volumes(CLERK, ["1"], "H7", archive=archive),
    ):
        with pytest.raises(ActionForbidden):
            act()
