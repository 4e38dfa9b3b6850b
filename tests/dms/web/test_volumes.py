"""The volumes on their pages: found, looked at, checked, sealed, put away."""

import json

import pytest
from simulators.archives import PASSWORD
from simulators.bound_volumes import catalogue
from simulators.laid_papers import Paper, add_customer, lay
from simulators.people import ARCHIVIST

from dms.custody import NewAccount, add_user
from dms.domain.actor import OPERATOR, Role
from dms.domain.customer import CustomerFacts
from dms.domain.item import CopyKind
from dms.domain.location import Location, LocationKind
from dms.filing import Confirmation, confirm, register_customer
from vault import is_signed_by

CODE = "Q001-KH·C0001·3·2024-001"


def test_an_archive_without_volumes_says_how_they_come_about(office):
    page = office.get("/volumes").text
    assert "还没有案卷" in page
    assert "去核对" in page


def test_volumes_are_found_by_year_series_state_and_words_and_lead_to_their_page(office, archive):
    with archive.begin() as work:
        mill = add_customer(work, "C0001", "苏州瑞泰精密机械有限公司")
        port = add_customer(work, "C0002", "上海浦江国际贸易有限公司")
        for customer, year in ((mill, 2023), (mill, 2024), (port, 2024)):
            key = lay(work, Paper(pages=("text",), customer_id=customer, series_code="3", year=year))
            volume_id = work.volumes.open_for(customer_id=customer, series_code="3", year=year)
            work.items.file(key, work.items.get(key).classification, volume_id=volume_id)
    assert "共 3 卷" in office.get("/volumes").text
    assert "共 2 卷" in office.get("/volumes?year=2024").text
    narrowed = office.get("/volumes?year=2024&q=瑞泰").text
    assert "共 1 卷" in narrowed
    assert 'href="/volumes/2"' in narrowed
    assert "共 2 卷" in office.get("/volumes?customer=C0001").text
    assert "共 0 卷" in office.get("/volumes?state=sealed").text
    assert "没有符合的案卷" in office.get("/volumes?q=没有这家").text
    assert office.get("/volumes?customer=C9").status_code == 404
    assert office.get("/volumes?year=x&page=-2&state=x").status_code == 200
    opened = office.get("/volumes/2").text
    assert "苏州瑞泰精密机械有限公司" in opened
    assert office.get("/volumes/99").status_code == 404


def file_paper(desk, text, **changes):
    item_id = desk.send(text)
    stated = {
        "customer_code": "C0001",
        "contract_no": "HT-2024-001",
        "type_code": "contract",
        "series_code": "3",
        "year": 2024,
        "title": text,
        "doc_on": None,
        "amount": None,
        "copy_kind": CopyKind.ORIGINAL,
        "grade": 3,
    }
    return confirm(OPERATOR, item_id, Confirmation(**(stated | changes)), archive=desk.archive)


@pytest.fixture
def volume_id(office, archive):
    """A volume that another archivist has made up, and a clerk who can be its second person."""
    for code, name in (("C0001", "合肥远山商贸有限公司"), ("C0002", "芜湖近水机械有限公司")):
        register_customer(OPERATOR, CustomerFacts(code=code, name=name), archive=archive)
    add_user(OPERATOR, NewAccount(name="wang", password=PASSWORD, roles=frozenset({Role.CLERK})), archive=archive)
    with archive.begin() as work:
        work.locations.add(Location(id=0, parent_id=None, kind=LocationKind.SHELF, code="A-01", name="一架一层"))
    papers = [file_paper(office, text) for text in ("甲合同", "乙函")]
    return catalogue(archive, papers[0].volume_id, by=ARCHIVIST)


@pytest.fixture
def sealed(office, volume_id):
    office.get(f"/volumes/{volume_id}/check")
    ticked = {"compared": ["paper", "catalogue", "images"], "remark": ""}
    assert office.post(f"/volumes/{volume_id}/check", ticked).status_code == 302
    assert "封卷后不能撤销" in office.get(f"/volumes/{volume_id}/seal").text
    assert office.post(f"/volumes/{volume_id}/seal", {}).status_code == 302
    return volume_id


SECOND = {"second_name": "wang", "second_password": PASSWORD}


def papers_of(archive, volume_id):
    with archive.looking() as view:
        return [paper.id for paper in view.volumes.items_of(volume_id)]


def test_the_second_person_ticks_everything_signs_and_the_archivist_seals(office, archive, volume_id):
    assert office.post(f"/volumes/{volume_id}/hand-over", {}).status_code == 302
    page = office.get(f"/volumes/{volume_id}").text
    assert f'href="/volumes/{volume_id}/check"' in page
    refused = office.post(f"/volumes/{volume_id}/check", {"compared": ["paper"]})
    assert refused.status_code == 422
    assert "尚未核对：目录、图像" in refused.text
    office.post(f"/volumes/{volume_id}/check", {"compared": ["paper", "catalogue", "images"]})
    assert "封卷" in office.get(f"/volumes/{volume_id}").text
    office.post(f"/volumes/{volume_id}/seal", {})
    page = office.get(f"/volumes/{volume_id}").text
    assert "已封卷" in page
    assert f"{CODE}-002" in page
    assert "纸质、目录、图像比对一致" in page
    office.post(f"/volumes/{volume_id}/prove", {})
    assert "卷内资料与封印一致" in office.get("/volumes").text


def test_what_does_not_agree_goes_back_and_comes_again(office, archive, volume_id):
    assert "没有写明原因" in office.post(f"/volumes/{volume_id}/send-back", {"reason": ""}).text
    assert office.post(f"/volumes/{volume_id}/send-back", {"reason": "缺页"}).status_code == 302
    page = office.get(f"/volumes/{volume_id}").text
    assert "重新编目" in page
    assert "检查退回：缺页" in page
    assert office.post(f"/volumes/{volume_id}/catalogue", {}).status_code == 302
    assert "您是立卷人" not in office.get(f"/volumes/{volume_id}").text


def test_a_sealed_volume_is_put_away_and_its_seal_can_be_taken(office, sealed):
    assert "没有在用的存放位置" in office.post(f"/volumes/{sealed}/shelve", {"location": "Z"}).text
    office.post(f"/volumes/{sealed}/shelve", {"location": "A-01"})
    assert "一架一层" in office.get(f"/volumes/{sealed}").text
    taken = json.loads(office.get(f"/volumes/{sealed}/seals/1.json").text)
    key, signature = bytes.fromhex(taken["public_key"]), bytes.fromhex(taken["signature"])
    assert is_signed_by(key, taken["facts"].encode(), signature)
    assert office.get(f"/volumes/{sealed}/seals/9.json").status_code == 404


def test_a_sealed_paper_is_corrected_by_two_persons_only(office, archive, sealed):
    item_id = papers_of(archive, sealed)[0]
    place = f"/volumes/{sealed}/papers/{item_id}"
    assert "更正著录" in office.get(place).text
    wish = {"wish": "amend", "title": "甲合同（修订）", "copy_kind": "original", "reason": "题名有误"}
    alone = office.post(f"{place}/amend", wish | {"second_name": "admin", "second_password": PASSWORD})
    assert "不能既是第一人又是第二人" in alone.text
    assert "甲合同（修订）" in alone.text
    wrong = office.post(f"{place}/amend", wish | {"second_name": "wang", "second_password": "x"})
    assert wrong.status_code in (401, 403)
    assert PASSWORD not in wrong.text
    assert office.post(f"{place}/amend", wish | SECOND).status_code == 302
    page = office.get(f"/volumes/{sealed}").text
    assert "更正版 1" in page
    assert "甲合同（修订）" in page


def test_a_paper_is_moved_out_given_back_and_supplemented_from_its_page(office, archive, sealed):
    first, second = papers_of(archive, sealed)
    place = f"/volumes/{sealed}/papers/{first}"
    scan = office.send("漏扫的第二页")
    page = {"wish": "page", "scan": scan, "page": "2", "why": "missing", "reason": "漏扫"}
    assert office.post(f"{place}/add-page", page | SECOND).status_code == 302
    assert office.post(f"{place}/give-back", {"reason": "客户取走"} | SECOND).status_code == 302
    assert office.post(f"{place}/destroyed", {"reason": "x"} | SECOND).status_code == 422
    move = {"wish": "move", "customer": "C0002", "series": "3", "year": "2024", "reason": "归错客户"}
    assert office.post(f"/volumes/{sealed}/papers/{second}/move-out", move | SECOND).status_code == 302
    shown = office.get(f"/volumes/{sealed}").text
    assert "补扫第 2 页" in shown
    assert "复印件" in shown
    assert f"<s>{CODE}-002</s>" in shown
    assert office.get(f"/volumes/{sealed}/papers/{second}").status_code == 409


def test_notes_references_and_terms_are_entered_on_one_page(office, archive, sealed):
    other = file_paper(office, "丙合同", customer_code="C0002")
    assert "登记互见" in office.get(f"/volumes/{sealed}/change").text
    assert "密码" in office.post(f"/volumes/{sealed}/notes", {"kind": "damaged", "text": "破损"}).text
    assert office.post(f"/volumes/{sealed}/notes", {"kind": "damaged", "text": "破损"} | SECOND).status_code == 302
    assert office.post(f"/volumes/{sealed}/references", {"item_id": other.id, "text": "三方"}).status_code == 302
    late = {"late_item": other.id, "beside": f"{CODE}-001", "reason": "迟到"}
    assert office.post(f"/volumes/{sealed}/late-papers", late).status_code == 409
    assert office.post(f"/volumes/{sealed}/late-papers", late | SECOND).status_code == 302
    retained = office.post(f"/volumes/{sealed}/retention", {"retention": "Y", "reason": "查考"} | SECOND)
    assert retained.status_code == 302
    shown = office.get(f"/volumes/{sealed}").text
    assert all(word in shown for word in ("破损", "互见", "永久"))


def test_who_may_only_look_sees_the_volume_and_no_button_that_changes_it(desk, office, archive, sealed):
    reader = type(office)(archive).sign_in_as(Role.LAWYER)
    page = reader.get(f"/volumes/{sealed}").text
    assert "卷内目录" in page
    assert f"/volumes/{sealed}/shelve" not in page
    assert f"/volumes/{sealed}/change" not in page
    assert reader.get(f"/volumes/{sealed}/change").status_code == 403
    assert reader.post(f"/volumes/{sealed}/seal", {}).status_code in (400, 403)


def test_a_sealed_paper_leads_to_its_volume_and_to_what_two_persons_may_change(office, archive, sealed):
    item_id = papers_of(archive, sealed)[0]
    page = office.get(f"/items/{item_id}").text
    assert f'href="/volumes/{sealed}"' in page
    assert f'href="/volumes/{sealed}/papers/{item_id}"' in page
    assert f"/tray/{item_id}/bring-back" not in page


def test_many_volumes_are_handed_over_and_sealed_from_the_list_and_one_refusal_keeps_no_other_back(
    office, archive, volume_id
):
    other = catalogue(archive, file_paper(office, "丙合同", customer_code="C0002").volume_id, by=ARCHIVIST)
    assert "本页 2 卷提交检查" in office.get("/volumes?state=catalogued").text
    assert office.post("/volumes/hand-over", {"volume": [str(volume_id), str(other), "99"]}).status_code == 302
    page = office.get("/volumes?state=checking").text
    assert "已提交检查 2 卷" in page
    assert "没有案卷“99”" in page
    assert "卷封卷" not in page
    office.post(f"/volumes/{volume_id}/check", {"compared": ["paper", "catalogue", "images"]})
    assert "本页已检查的 1 卷封卷" in office.get("/volumes?state=checking").text
    assert "封 1 卷？" in office.get(f"/volumes/seal?volume={volume_id}").text
    office.post("/volumes/seal", {"volume": [str(other), str(volume_id)]})
    page = office.get("/volumes?state=sealed").text
    assert "已封 1 卷" in page
    assert "还没有经第二人检查" in page
