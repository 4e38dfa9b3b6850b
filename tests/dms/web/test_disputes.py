"""The pages of disputes: registering one, what is in it, holding it, closing it and opening it again."""

import pytest
from simulators.desk import Desk
from simulators.filed_papers import Filed, add_contract, add_customer, lay_filed

from dms.domain.actor import Role

STATED = {
    "number": "ZY-2026-1",
    "title": "货款纠纷",
    "parties": "我司\n合肥远山商贸有限公司",
    "opened_on": "2026-01-15",
}


@pytest.fixture
def lawyer(archive):
    customer_id = add_customer(archive)
    lay_filed(archive, Filed(customer_id=customer_id, contract_id=add_contract(archive, customer_id)))
    return Desk(archive).sign_in_as(Role.LAWYER)


def test_a_dispute_is_registered_with_its_contract_and_paper(lawyer, archive):
    assert "还没有登记争议" in lawyer.get("/disputes").text
    assert lawyer.post("/disputes/new", STATED).status_code == 302
    with archive.looking() as view:
        paper = view.items.get(1).id
    assert lawyer.post("/disputes/1/subjects", {"contract": "HT-001"}).status_code == 302
    assert lawyer.post("/disputes/1/subjects", {"paper": paper}).status_code == 302
    page = lawyer.get("/disputes/1").text
    assert "HT-001" in page and "送货单" in page and "合肥远山商贸有限公司" in page
    assert "争议 ZY-2026-1 尚未了结" in lawyer.get(f"/retention/papers/{paper}").text
    assert lawyer.post("/disputes/1/subjects/remove", {"paper": paper}).status_code == 302
    assert lawyer.post("/disputes/1/subjects", {"contract": "HT-001", "paper": paper}).status_code == 422


def test_nothing_leaves_a_dispute_that_is_held(lawyer):
    lawyer.post("/disputes/new", STATED)
    lawyer.post("/disputes/1/subjects", {"contract": "HT-001"})
    why = {"reason": "诉讼保全", "authority": "裁定书"}
    assert lawyer.post("/holds/new", {"target": "dispute", "reference": "ZY-2026-1"} | why).status_code == 302
    refused = lawyer.post("/disputes/1/subjects/remove", {"contract": "HT-001"})
    assert refused.status_code == 409
    assert "不能移出其中的合同或资料" in refused.text
    assert "已冻结" in lawyer.get("/contracts/1").text


def test_a_dispute_is_closed_on_a_day_that_can_be_and_opened_again(lawyer):
    lawyer.post("/disputes/new", STATED)
    assert lawyer.post("/disputes/1/close", {"closed_on": "2025-12-31", "outcome": "判决"}).status_code == 422
    assert lawyer.post("/disputes/1/close", {"closed_on": "明天", "outcome": "判决"}).status_code == 422
    assert lawyer.post("/disputes/1/close", {"closed_on": "2026-02-20", "outcome": "调解结案"}).status_code == 302
    assert "调解结案" in lawyer.get("/disputes?standing=closed").text
    assert "没有符合的争议" in lawyer.get("/disputes?standing=open").text
    assert lawyer.post("/disputes/1/close", {"closed_on": "2026-02-20", "outcome": "x"}).status_code == 409
    assert lawyer.post("/disputes/1/reopen", {"reason": ""}).status_code == 422
    assert lawyer.post("/disputes/1/reopen", {"reason": "上诉"}).status_code == 302
    assert "未了结" in lawyer.get("/disputes/1").text


def test_a_number_names_one_dispute_and_facts_are_changed(lawyer):
    lawyer.post("/disputes/new", STATED)
    taken = lawyer.post("/disputes/new", STATED)
    assert taken.status_code == 409
    assert "货款纠纷" in lawyer.get("/disputes/1/edit").text
    assert lawyer.post("/disputes/1/edit", STATED | {"title": "质量纠纷"}).status_code == 302
    assert "质量纠纷" in lawyer.get("/disputes/1").text
    assert lawyer.post("/disputes/1/edit", STATED | {"opened_on": "?"}).status_code == 422
    assert lawyer.get("/disputes/99").status_code == 404
