"""Places in the browser: the tree, what stands where, and moving volumes by scanning their codes."""

import pytest
from simulators.scanner import add_customer, file_paper

from dms.domain.actor import Role

ROOM = {"kind": "room", "code": "K1", "name": "一号库"}
SHELF = {"kind": "box", "code": "H7", "name": "七号盒", "parent": "K1", "barcode": "6901234"}


@pytest.fixture
def stocked(office, archive):
    """A room with a box in it, and the number of a volume."""
    add_customer(archive)
    volume = file_paper(archive, "钢材采购合同").volume_id
    office.get("/locations")
    for place in (ROOM, SHELF):
        assert office.post("/locations", place).location == "/locations"
    return str(volume)


def test_an_archive_without_places_invites_to_the_first(office):
    assert "还没有库位" in office.get("/locations").text


def test_places_form_a_tree_and_a_barcode_leads_to_its_place(office, stocked):
    page = office.get("/locations").text
    assert page.index("一号库") < page.index("七号盒")
    assert office.get("/locations?q=6901234").location == "/locations/H7"
    assert office.get("/locations?q=nowhere").status_code == 404


def test_volumes_are_put_there_and_moved_on(office, stocked):
    office.post("/locations/H7/volumes", {"references": f"{stocked}\n"})
    page = office.get("/locations/H7").text
    assert "合肥远山商贸有限公司" in page and f'value="{stocked}"' in page
    office.post("/locations/H7/volumes", {"volumes": [stocked], "target": "K1"})
    assert "此处没有案卷" in office.get("/locations/H7").text
    assert f'value="{stocked}"' in office.get("/locations/K1").text
    refused = office.post("/locations/H7/volumes", {"references": "99"})
    assert refused.status_code == 404
    assert "没有移动任何案卷" in refused.text


def test_what_is_refused_comes_back_with_what_was_typed(office, stocked):
    refused = office.post("/locations", ROOM | {"name": "另一库"})
    assert refused.status_code == 409
    assert 'value="另一库"' in refused.text
    refused = office.post("/locations/K1/edit", ROOM | {"kind": "box"})
    assert refused.status_code == 422


def test_a_place_is_changed_and_retired_when_empty(office, stocked):
    assert 'value="七号盒"' in office.get("/locations/H7/edit").text
    assert office.post("/locations/H7/edit", SHELF | {"name": "新盒", "parent": ""}).location == "/locations/H7"
    assert "新盒" in office.get("/locations/H7").text
    office.post("/locations/H7/volumes", {"references": stocked})
    assert office.post("/locations/H7/retire", {}).status_code == 409
    office.post("/locations/H7/volumes", {"volumes": [stocked], "target": ""})
    assert "停用库位" in office.get("/locations/H7/retire").text
    assert office.post("/locations/H7/retire", {}).location == "/locations"
    assert office.get("/locations/H7").status_code == 404


def test_a_lawyer_looks_on_only(desk):
    desk.sign_in_as(Role.LAWYER)
    assert "登记库位" not in desk.get("/locations").text
    assert desk.post("/locations", ROOM).status_code == 403
