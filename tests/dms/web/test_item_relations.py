"""The page of a paper shows its number, its particulars and its relations, and lets who files papers state them."""

import re

import pytest
from simulators.desk import Desk

from dms.archive import Archive
from dms.custody import item_facts
from dms.domain.actor import OPERATOR, Role
from dms.domain.customer import CustomerFacts
from dms.domain.item import Placement, RelationKind
from dms.filing import register_customer, relate

CODE = "Q001-KH·C0007·3·2023-001-004"
FORM = {
    "customer": "C0007",
    "type_code": "contract",
    "contract_no": "HT-2023-00871",
    "doc_on": "2023-05-18",
    "title": "水泵购销合同",
    "copy_kind": "original",
    "grade": "3",
}


@pytest.fixture
def desk(archive: Archive) -> Desk:
    register_customer(OPERATOR, CustomerFacts(code="C0007", name="芜湖长江泵业有限公司"), archive=archive)
    return Desk(archive).sign_in()


def _filed(desk: Desk, text: str = "购销合同", **changes: str) -> str:
    item_id = desk.send(text)
    assert desk.post(f"/tray/{item_id}/confirm", FORM | changes).status_code == 302
    return item_id


def _amendment(desk: Desk) -> str:
    return _filed(desk, "补充协议", type_code="amendment", title="补充协议一")


def _number(archive: Archive, item_id: str, code: str = CODE) -> None:
    item = item_facts(OPERATOR, item_id, archive=archive)
    assert item.volume_id
    place = Placement(volume_id=item.volume_id, position=4, reference_code=code, first_page=12, last_page=15)
    with archive.begin() as work:
        work.items.place(item.key, place)


def _facts(page: str) -> dict[str, str]:
    pairs = re.findall(r"<dt>([^<]*)</dt><dd>(.*?)</dd>", page, re.DOTALL)
    return {name: " ".join(re.sub(r"<[^>]*>", " ", value).split()) for name, value in pairs}


def test_the_page_bears_the_number_and_those_it_bore_before(desk: Desk, archive: Archive) -> None:
    item_id = _filed(desk)
    assert "档号" not in _facts(desk.get(f"/items/{item_id}").text)
    _number(archive, item_id, "Q001-KH·C0007·3·2023-001-002")
    with archive.begin() as work:
        key = item_facts(OPERATOR, item_id, archive=archive).key
        work.items.unplace(key, to_volume_id=work.items.get(key).volume_id)
    assert _facts(desk.get(f"/items/{item_id}").text)["原档号"] == "Q001-KH·C0007·3·2023-001-002"
    _number(archive, item_id)
    facts = _facts(desk.get(f"/items/{item_id}").text)
    assert (facts["档号"], facts["卷内页号"]) == (CODE, "12–15")


def test_what_was_stated_of_the_paper_is_shown_and_nothing_else(desk: Desk) -> None:
    item_id = _filed(desk, particulars="1", doc_no="皖江〔2023〕1号", sheets="3", valid_to_on="2026-01-01", side="own")
    facts = _facts(desk.get(f"/items/{item_id}").text)
    assert (facts["文号"], facts["张数"], facts["有效期"]) == ("皖江〔2023〕1号", "3 张", "至 2026-01-01")
    assert facts["哪一方的资料"] == "我方"
    assert {"责任者", "载体", "备注", "附件"} & set(facts) == set()


def test_a_paper_of_a_running_contract_says_that_it_waits(desk: Desk) -> None:
    assert "待结转" in _facts(desk.get(f"/items/{_filed(desk)}").text)["案卷"]
    voucher = _filed(desk, "送货单", type_code="delivery_voucher")
    assert "待结转" not in _facts(desk.get(f"/items/{voucher}").text)["案卷"]


def test_an_undated_paper_says_so(desk: Desk) -> None:
    item_id = _filed(desk, doc_on="", year="2024", type_code="correspondence")
    assert _facts(desk.get(f"/items/{item_id}").text)["日期"] == "[日期不详]"


def test_a_relation_is_stated_by_number_shown_on_both_pages_and_taken_back(desk: Desk, archive: Archive) -> None:
    contract, amendment = _filed(desk), _amendment(desk)
    _number(archive, contract)
    desk.get(f"/items/{amendment}")
    answer = desk.post(f"/items/{amendment}/relations", {"kind": "amends", "other": CODE})
    assert answer.location == f"/items/{amendment}#relations"
    page = desk.get(f"/items/{amendment}").text
    assert "变更或补充" in page and f"/items/{contract}" in page and CODE in page
    other = desk.get(f"/items/{contract}").text
    assert "被其变更或补充" in other and f"/items/{amendment}" in other
    desk.post(f"/items/{contract}/relations/remove", {"kind": "amends", "other": amendment})
    assert f"/items/{amendment}" not in desk.get(f"/items/{contract}").text


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({"kind": "amends", "other": " "}, "没有登记"),
        ({"kind": "marries", "other": "x"}, "没有登记"),
        ({"kind": "amends", "other": "Q001-999"}, "没有"),
        ({"kind": "amends", "other": "itself"}, "不能登记"),
    ],
)
def test_what_cannot_be_related_is_said_on_the_page(desk: Desk, form: dict[str, str], said: str) -> None:
    item_id = _filed(desk)
    desk.get(f"/items/{item_id}")
    named = {"other": item_id} if form["other"] == "itself" else {}
    answer = desk.post(f"/items/{item_id}/relations", form | named)
    assert answer.status_code == 302
    assert said in desk.get(f"/items/{item_id}").text


def test_a_lawyer_sees_relations_and_states_none(desk: Desk, archive: Archive) -> None:
    contract, amendment = _filed(desk), _amendment(desk)
    relate(OPERATOR, amendment, RelationKind.AMENDS, contract, archive=archive)
    lawyer = Desk(archive).sign_in_as(Role.LAWYER)
    page = lawyer.get(f"/items/{contract}").text
    assert "被其变更或补充" in page
    assert "relation-form" not in page
    assert lawyer.post(f"/items/{contract}/relations", {"kind": "see_also", "other": amendment}).status_code == 403
