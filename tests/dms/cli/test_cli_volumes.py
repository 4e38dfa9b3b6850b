"""The life of a bound volume at the command line."""

import json
from io import BytesIO

import pytest
from openpyxl import Workbook
from simulators.archives import PASSWORD
from simulators.bound_volumes import catalogue
from simulators.command_line import run
from simulators.people import ARCHIVIST
from simulators.scanner import add_customer, file_paper

from dms.custody import NewAccount, add_user
from dms.domain.actor import OPERATOR, Role
from dms.domain.location import Location, LocationKind
from vault import is_signed_by

CODE = "Q001-KH·C0001·3·2024-001"


@pytest.fixture
def volume_id(archive):
    add_customer(archive)
    for name, role in (("li", Role.ARCHIVIST), ("wang", Role.CLERK)):
        add_user(OPERATOR, NewAccount(name=name, password=PASSWORD, roles=frozenset({role})), archive=archive)
    with archive.begin() as work:
        place = Location(id=0, parent_id=None, kind=LocationKind.SHELF, code="A-01", name="一架一层")
        work.locations.add(place)
    papers = [file_paper(archive, text, title=text) for text in ("甲合同", "乙函")]
    return catalogue(archive, papers[0].volume_id, by=ARCHIVIST)


def sealed():
    assert run("volume", "check", CODE, "--paper", "--catalogue", "--images", "--as", "wang").exit_code == 0
    return run("volume", "seal", CODE, "--yes", "--json", "--as", "li")


def test_a_volume_goes_from_the_catalogue_to_its_shelf(archive, volume_id, tmp_path):
    assert run("volume", "hand-over", CODE, "--as", "li").exit_code == 0
    done = sealed()
    assert done.answer["sealed"][0]["version"] == 1
    assert run("volume", "shelve", CODE, "A-01").exit_code == 0
    shown = run("volume", "show", CODE, "--json").answer
    assert (shown["state"], shown["location"], shown["checked_by"]) == ("shelved", ["A-01"], "wang")
    assert [line["reference_code"] for line in shown["contents"]] == [f"{CODE}-001", f"{CODE}-002"]
    assert shown["seals"][0]["root"] == done.answer["sealed"][0]["root"]
    text = run("volume", "show", str(volume_id)).text
    assert "甲合同" in text
    assert "比对一致" in text


def test_a_seal_taken_away_can_be_checked_with_the_public_key(archive, volume_id, tmp_path):
    sealed()
    assert run("volume", "statement", CODE, "-o", tmp_path / "seal.json").exit_code == 0
    taken = json.loads((tmp_path / "seal.json").read_text("utf-8"))
    key, signature = bytes.fromhex(taken["public_key"]), bytes.fromhex(taken["signature"])
    assert is_signed_by(key, taken["facts"].encode(), signature)
    assert "BEGIN PUBLIC KEY" in run("volume", "public-key").text


def test_a_sealed_volume_proves_itself_until_somebody_alters_it(archive, volume_id):
    sealed()
    assert run("volume", "prove", CODE).exit_code == 0
    with archive.begin() as work:
        work.connection.exec_driver_sql("UPDATE item SET title = '另一题名' WHERE position = 1")
    done = run("volume", "prove", CODE, "--json")
    assert (done.exit_code, done.answer["problems"][0]["kind"]) == (7, "item_facts")


def test_what_does_not_agree_goes_back_and_is_catalogued_again(archive, volume_id):
    assert run("volume", "check", CODE, "--send-back", "缺页", "--as", "wang").exit_code == 0
    assert run("volume", "show", CODE, "--json").answer["state"] == "cleaning"
    assert run("volume", "catalogue", CODE, "--as", "li").exit_code == 0
    assert run("volume", "check", CODE, "--paper", "--as", "wang").exit_code == 3
    assert run("volume", "seal", CODE, "--yes").exit_code == 6
    assert run("volume", "seal", CODE).exit_code == 2


def test_a_note_on_a_sealed_volume_names_two_persons(archive, volume_id):
    sealed()
    assert run("volume", "note", CODE, "封面破损", "--kind", "damaged", "--as", "li").exit_code == 6
    assert run("volume", "note", CODE, "封面破损", "--kind", "damaged", "--as", "li", "--second", "x").exit_code == 4
    done = run("volume", "note", CODE, "封面破损", "--kind", "damaged", "--as", "li", "--second", "wang")
    assert done.exit_code == 0
    note = run("volume", "show", CODE, "--json").answer["notes"][-1]
    assert (note["text"], note["by"], note["second_person"]) == ("封面破损", "li", "wang")


def test_a_volume_that_is_not_there_is_named(archive):
    assert run("volume", "show", "Q001-X").exit_code == 4


def workbook(*rows):
    made = Workbook()
    for row in rows:
        made.active.append(row)
    out = BytesIO()
    made.save(out)
    return out.getvalue()


HEAD = ("档号", "客户代码", "类目", "年度", "题名", "保管期限", "件数", "起始日期")


def test_an_older_catalogue_is_taken_over_whole_or_not_at_all(archive, volume_id, tmp_path):
    good = ("皖重-98-07", "C0001", "3", 1998, "九八年往来", "LC", 31, "1998-01-05")
    bad = ("皖重-98-08", "C0009", "3", "九九", "=1+1", "LC", "x", "去年")
    (tmp_path / "bad.xlsx").write_bytes(workbook(HEAD, good, bad))
    done = run("volume", "take-over", tmp_path / "bad.xlsx", "--json")
    assert done.exit_code == 3
    told = done.answer["error"]["message_zh"]
    assert all(word in told for word in ("第 3 行“年度”", "第 3 行“题名”是公式", "第 3 行“件数”", "第 3 行“起始日期”"))
    (tmp_path / "few.xlsx").write_bytes(workbook(("档号", "年度"), ("x", 1998)))
    assert "缺少列" in run("volume", "take-over", tmp_path / "few.xlsx", "--json").answer["error"]["message_zh"]
    (tmp_path / "good.xlsx").write_bytes(workbook(HEAD, good))
    (made,) = run("volume", "take-over", tmp_path / "good.xlsx", "--json").answer["volumes"]
    shown = run("volume", "show", "皖重-98-07", "--json").answer
    assert (shown["id"], shown["item_count"], shown["state"]) == (made, 31, "sealed")
    assert run("volume", "prove", "皖重-98-07").exit_code == 0
