"""The pages of holds: placing one, what other pages say of it, releasing it, the register."""

import pytest
from simulators.archives import PASSWORD
from simulators.desk import Desk
from simulators.filed_papers import Filed, add_contract, add_customer, lay_filed

from dms.custody import NewAccount, add_user
from dms.domain.actor import OPERATOR, Role

WHY = {"reason": "客户起诉", "authority": "(2026)皖0104民初77号"}


@pytest.fixture
def paper(archive):
    """The id of a paper of the contract HT-001 of the customer C0001."""
    customer_id = add_customer(archive)
    key = lay_filed(archive, Filed(customer_id=customer_id, contract_id=add_contract(archive, customer_id)))
    with archive.looking() as view:
        return view.items.get(key).id


@pytest.fixture
def lawyer(archive, paper):
    return Desk(archive).sign_in_as(Role.LAWYER)


def test_a_contract_is_held_and_every_page_of_what_it_covers_says_so(lawyer, paper):
    assert "将冻结：" in lawyer.get("/holds/new?target=contract&reference=%231").text
    answer = lawyer.post("/holds/new", {"target": "contract", "reference": "HT-001"} | WHY)
    assert answer.status_code == 302
    assert "现冻结件数" in lawyer.get(answer.location).text
    for path in (f"/items/{paper}", "/contracts/1", "/volumes/1", f"/retention/papers/{paper}"):
        page = lawyer.get(path).text
        assert "已冻结：不得销毁" in page, path
        assert "客户起诉" in page, path
    assert "已冻结：不得销毁" not in lawyer.get("/customers/C0001").text
    assert "HT-001" in lawyer.get("/holds").text


def test_a_hold_without_reason_is_refused_with_what_was_typed(lawyer):
    answer = lawyer.post("/holds/new", {"target": "contract", "reference": "HT-001", "reason": "诉讼"})
    assert answer.status_code == 422
    assert "没有写明理由或依据" in answer.text
    assert 'value="HT-001"' in answer.text


def test_what_is_not_there_cannot_be_held(lawyer):
    for target in ("item", "contract", "customer", "volume", "dispute"):
        assert lawyer.post("/holds/new", {"target": target, "reference": "无此编号"} | WHY).status_code == 404


def test_a_hold_is_released_once_with_a_reason_of_its_own(lawyer):
    lawyer.post("/holds/new", {"target": "customer", "reference": "C0001"} | WHY)
    assert lawyer.post("/holds/1/release", {"reason": "撤诉"}).status_code == 422
    assert lawyer.post("/holds/1/release", {"reason": "撤诉", "authority": "撤诉裁定"}).status_code == 302
    assert lawyer.post("/holds/1/release", {"reason": "撤诉", "authority": "撤诉裁定"}).status_code == 409
    assert "已解除" in lawyer.get("/holds?standing=released").text
    assert "没有冻结的档案" in lawyer.get("/holds").text


@pytest.mark.parametrize("ending", ["pdf", "xlsx"])
def test_the_register_is_taken_away(lawyer, ending):
    lawyer.post("/holds/new", {"target": "volume", "reference": "1"} | WHY)
    assert lawyer.get(f"/holds/register.{ending}?standing=all").status_code == 200
    assert lawyer.get("/holds/register.doc").status_code == 404


def test_who_does_not_work_with_holds_sees_that_a_paper_is_held_and_not_why(archive, lawyer, paper):
    lawyer.post("/holds/new", {"target": "contract", "reference": "HT-001"} | WHY)
    clerk = Desk(archive)
    account = NewAccount(name="clerk", password=PASSWORD, roles=frozenset({Role.CLERK}), clearance=3)
    add_user(OPERATOR, account, archive=archive)
    page = clerk.sign_in("clerk").get(f"/items/{paper}").text
    assert "已冻结：不得销毁" in page
    assert "客户起诉" not in page
    assert clerk.get("/holds").status_code == 403
    assert clerk.post("/holds/new", {"target": "contract", "reference": "HT-001"} | WHY).status_code == 403
