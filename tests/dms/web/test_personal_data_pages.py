"""The pages about personal data: finding a person, a request from its receipt to its answer, papers in store only."""

from dms.domain.actor import Role

NUMBER = "11010519491231002X"


def test_a_person_is_looked_for_and_a_request_is_answered(office):
    item_id = office.send(f"授权委托书\n受托人王小明，身份证号{NUMBER}。", "委托书.pdf")
    found = office.post("/personal-data/search", {"name": "王小明"})
    assert f'href="/items/{item_id}"' in found.text
    entered = office.post(
        "/personal-data/requests/new",
        {"kind": "access", "person": "王小明", "identity_number": NUMBER, "received_on": "2026-03-01"},
    )
    assert entered.status_code == 302
    page = office.get("/personal-data/requests/1").text
    assert f'value="{item_id}"' in page
    assert NUMBER not in page
    office.post("/personal-data/requests/1/answer", {"answer": "查到一件。", "papers": item_id})
    assert "查到一件。" in office.get("/personal-data/requests/1").text
    assert office.get("/personal-data/requests/1/answer.pdf").data.startswith(b"%PDF")


def test_what_is_wrong_is_said_on_the_form(office):
    refused = office.post("/personal-data/search", {"name": ""})
    assert refused.status_code == 400 or "至少填写" in refused.text
    wrong = office.post("/personal-data/requests/new", {"person": "王", "identity_number": "123", "kind": "access"})
    assert "身份证号不正确" in wrong.text


def test_a_paper_is_put_into_store_only_and_taken_out(office):
    item_id = office.send("一份合同", "合同.pdf")
    assert "转为仅存储" in office.get(f"/items/{item_id}").text
    office.post(f"/personal-data/items/{item_id}/restrict", {"reason": "应本人请求"})
    assert "解除仅存储" in office.get(f"/items/{item_id}").text
    assert "应本人请求" in office.get("/personal-data").text
    office.post(f"/personal-data/items/{item_id}/lift", {"reason": "请求已撤回"})
    assert "没有仅存储的资料" in office.get("/personal-data").text


def test_nobody_else_comes_near(desk):
    desk.sign_in_as(Role.CLERK)
    assert desk.get("/personal-data").status_code == 403


def test_numbers_are_masked_on_the_page_of_a_paper(desk, archive):
    desk.sign_in_as(Role.CLERK)
    item_id = desk.send(f"身份证明\n王小明，身份证号{NUMBER}。", "证明.pdf")
    page = desk.get(f"/items/{item_id}").text
    assert NUMBER not in page
    assert "110***********002X" in page
