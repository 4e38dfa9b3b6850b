"""Places at the command line."""

from simulators.command_line import run
from simulators.scanner import add_customer, file_paper


def test_places_are_registered_filled_moved_and_given_up(archive):
    add_customer(archive)
    volume = str(file_paper(archive, "钢材采购合同").volume_id)
    assert run("location", "add", "K1", "--kind", "room", "--name", "一号库").exit_code == 0
    box = ("location", "add", "H7", "--kind", "box", "--name", "七号盒", "--in", "K1", "--barcode", "6901234", "--json")
    assert run(*box).answer == {"code": "H7", "name": "七号盒", "kind": "box", "barcode": "6901234"}
    assert run(*box).exit_code == 6
    assert run("location", "move", "6901234", volume).exit_code == 0
    assert run("location", "show", "H7", "--json").answer["path"] == "一号库 / 七号盒"
    assert "一号库 / 七号盒" in run("location", "show", "H7").text
    assert [each["volumes"] for each in run("location", "list", "--json").answer["locations"]] == [0, 1]
    assert "  H7 七号盒 (box) 1" in run("location", "list").text
    assert run("location", "retire", "H7", "--yes").exit_code == 6
    assert run("location", "move", "", volume).exit_code == 0
    changed = run("location", "change", "H7", "--name", "旧盒", "--in", "", "--json").answer
    assert (changed["name"], changed["barcode"]) == ("旧盒", "6901234")
    assert run("location", "show", "H7", "--json").answer["path"] == "旧盒"
    assert run("location", "retire", "H7", "--yes").exit_code == 0
    assert run("location", "show", "H7").exit_code == 4
    assert run("location", "move", "K1", "99").exit_code == 4
