"""Handing papers in with a browser, with and without a script."""

import pytest
from simulators.desk import Desk, part

from dms.archive import Archive
from dms.domain.actor import OPERATOR, Role
from dms.domain.customer import CustomerFacts
from dms.domain.item import ItemState
from dms.filing import list_items, register_customer, tray
from dms.filing.overview import ItemWish


@pytest.fixture
def desk(archive: Archive) -> Desk:
    return Desk(archive).sign_in()


def _waiting_to_be_read(archive: Archive) -> list[str]:
    return [item.original_filename for item in tray(OPERATOR, archive=archive).under_way]


def test_a_script_hands_in_one_paper_and_learns_where_it_is(desk: Desk, archive: Archive) -> None:
    answer = desk.post("/upload", {"papers": part("第一份", "甲.pdf")}, script=True)
    assert answer.status_code == 201
    assert answer.json["duplicate"] is False
    item = answer.json["item"]
    assert (item["state"], item["title"], item["url"]) == ("received", "甲.pdf", f"/items/{item['id']}")
    assert _waiting_to_be_read(archive) == ["甲.pdf"]


def test_the_same_bytes_again_are_reported_with_a_link(desk: Desk) -> None:
    first = desk.post("/upload", {"papers": part("同一份")}, script=True).json["item"]
    again = desk.post("/upload", {"papers": part("同一份", "别名.pdf")}, script=True)
    assert again.status_code == 200
    assert again.json == {"duplicate": True, "item": first}


def test_a_duplicate_of_a_paper_one_may_not_see_has_no_link(archive: Archive) -> None:
    archivist = Desk(archive).sign_in()
    item_id = archivist.send("机密")
    archivist.post(
        f"/tray/{item_id}/confirm",
        {"customer": _customer(archive), "title": "机密", "type_code": "other", "year": "2023", "grade": "1"},
    )
    clerk = Desk(archive).sign_in_as(Role.CLERK)
    answer = clerk.post("/upload", {"papers": part("机密")}, script=True)
    assert answer.json == {"duplicate": True, "item": None}


def _customer(archive: Archive) -> str:
    return register_customer(OPERATOR, CustomerFacts(code="C0007", name="芜湖长江泵业有限公司"), archive=archive).code


def test_what_is_stated_of_the_batch_is_kept_with_every_paper(desk: Desk, archive: Archive) -> None:
    _customer(archive)
    claim = {
        "customer": "C0007 芜湖长江泵业有限公司",
        "contract_no": "HT-1",
        "type_code": "contract",
        "year": "２０２３年",
    }
    desk.post("/upload", {"papers": part("一份合同")} | claim, script=True)
    (item,) = tray(OPERATOR, archive=archive).under_way
    assert item.claim.type_code == "contract"
    assert item.claim.year == 2023
    assert item.claimed_contract_no == "HT-1"
    assert item.claim.customer_id is not None


def test_a_customer_that_is_not_registered_is_named_in_the_refusal(desk: Desk, archive: Archive) -> None:
    answer = desk.post("/upload", {"papers": part("一份"), "customer": "没有这家"}, script=True)
    assert answer.status_code == 404
    assert "没有这家" in answer.json["error"]["message"]
    assert _waiting_to_be_read(archive) == []


def test_nothing_sent_is_refused_in_words(desk: Desk) -> None:
    answer = desk.post("/upload", {}, script=True)
    assert answer.status_code == 422
    assert answer.json["error"]["code"] == "empty"


def test_without_a_script_a_whole_form_is_accepted_and_every_paper_has_its_outcome(
    desk: Desk, archive: Archive
) -> None:
    answer = desk.post("/upload", {"papers": [part("一", "甲.pdf"), part("", "空.pdf"), part("一", "甲二.pdf")]})
    assert answer.status_code == 200
    for words in ("甲.pdf", "已接收", "空.pdf", "这个文件是空的", "甲二.pdf", "已经收过"):
        assert words in answer.text
    assert _waiting_to_be_read(archive) == ["甲.pdf"]


def test_a_form_without_any_paper_says_so(desk: Desk) -> None:
    assert "没有选择文件" in desk.post("/upload", {}).text


def test_progress_tells_the_pages_and_then_where_to_go_on(desk: Desk) -> None:
    item_id = desk.post("/upload", {"papers": part("一\f二")}, script=True).json["item"]["id"]
    asked = f"/upload/progress?ids={item_id},unknown"
    (before,) = desk.get(asked, script=True).json["items"]
    assert (before["state"], before["pages_total"]) == ("received", None)
    desk.read()
    (after,) = desk.get(asked, script=True).json["items"]
    assert (after["state"], after["pages_read"], after["pages_total"]) == ("review", 2, 2)
    assert after["url"] == f"/tray/{item_id}"


def test_progress_of_a_refused_paper_carries_the_reason_in_the_persons_language(desk: Desk) -> None:
    item_id = desk.post("/upload", {"papers": part("!refuse")}, script=True).json["item"]["id"]
    desk.read()
    (in_chinese,) = desk.get(f"/upload/progress?ids={item_id}", script=True).json["items"]
    (in_english,) = desk.get(f"/upload/progress?ids={item_id}&lang=en", script=True).json["items"]
    assert in_chinese["state"] == ItemState.REFUSED
    assert in_chinese["problem"]
    assert in_english["problem"].isascii()


def test_the_upload_page_works_without_a_script(desk: Desk) -> None:
    page = desk.get("/upload").text
    assert 'enctype="multipart/form-data"' in page
    assert 'name="papers" multiple' in page
    assert "4 MB" in page


def test_who_may_not_hand_in_papers_is_told_so(archive: Archive) -> None:
    lawyer = Desk(archive).sign_in_as(Role.LAWYER)
    assert lawyer.get("/upload").status_code == 403
    assert lawyer.post("/upload", {"papers": part("一份")}, script=True).status_code == 403
    assert list_items(OPERATOR, ItemWish(states=frozenset(ItemState)), archive=archive).total == 0


def test_an_upload_without_the_sessions_token_is_refused(desk: Desk, archive: Archive) -> None:
    desk.token = "forged"
    assert desk.post("/upload", {"papers": part("一份")}, script=True).status_code == 400
    assert _waiting_to_be_read(archive) == []
