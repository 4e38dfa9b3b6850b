"""The pages of terms: rules and versions, the approved schedule, what is due, and why a paper is kept until its day."""

from datetime import date

import pytest
from simulators.desk import Desk
from simulators.filed_papers import Filed, add_contract, add_customer, close_contract, lay_filed

from dms.custody.keeping import recompute_due, settle_due
from dms.domain.actor import SYSTEM, Role

NEXT = {
    "known": "1", "code": "D30", "zh": "30年", "years": "30", "vocabulary": "current", "trigger": "document_date",
    "mandate_zh": "公司档案管理办法第12条", "approved_by": "分管领导 王某", "approved_on": "2026-02-01",
}  # fmt: skip


@pytest.fixture
def papers(archive):
    """A paper of 1990, long due, and one of a contract that runs."""
    customer_id = add_customer(archive)
    contract_id = add_contract(archive, customer_id)
    lay_filed(archive, Filed(customer_id=customer_id, title="旧送货单", doc_on=date(1990, 2, 28)))
    lay_filed(archive, Filed(customer_id=customer_id, title="验收单", contract_id=contract_id))
    with archive.looking() as view:
        return [view.items.get(key).id for key in (1, 2)]


@pytest.fixture
def archivist(archive, papers):
    return Desk(archive).sign_in_as(Role.ARCHIVIST)


def test_why_a_paper_is_kept_and_how_its_day_moved(archivist, archive, papers):
    recompute_due(SYSTEM, archive=archive)
    assert "至 2020-12-31 期满。" in archivist.get(f"/retention/papers/{papers[0]}").text
    assert "合同 HT-001 尚未办结" in archivist.get(f"/retention/papers/{papers[1]}").text
    close_contract(archive, 1, date(2026, 1, 20))
    page = archivist.get(f"/retention/papers/{papers[1]}").text
    assert "至 2056-12-31 期满。" in page
    assert "刚有变动" in page
    settle_due(archive)
    page = archivist.get(f"/retention/papers/{papers[1]}").text
    assert "刚有变动" not in page
    assert "合同办结情况变动" in page


def test_what_is_due_is_listed_and_filtered(archivist, archive):
    assert "期满日尚未核算" in archivist.get("/retention/due").text
    recompute_due(SYSTEM, archive=archive)
    page = archivist.get("/retention/due").text
    assert "旧送货单" in page and "验收单" not in page
    assert "没有保管期满的资料" in archivist.get("/retention/due?on=2020-12-31").text
    assert "旧送货单" in archivist.get("/retention/due?on=2021-01-01&customer=C0001&rule=D30&held=free").text
    assert "没有保管期满的资料" in archivist.get("/retention/due?held=held").text
    assert 'role="alert"' in archivist.get("/retention/due?customer=C0999").text


@pytest.mark.parametrize("ending", ["pdf", "xlsx"])
def test_the_lists_are_taken_away(archivist, archive, ending):
    recompute_due(SYSTEM, archive=archive)
    assert archivist.get(f"/retention/due.{ending}").status_code == 200
    assert archivist.get(f"/retention/schedule.{ending}").status_code == 200
    assert archivist.get(f"/retention/schedule.{ending}?version=9").status_code == 422
    assert archivist.get("/retention/due.doc").status_code == 404


def test_a_new_version_of_a_rule_moves_the_days_and_says_who_approved_it(archivist, archive, papers):
    recompute_due(SYSTEM, archive=archive)
    assert "D30 的新版本" in archivist.get("/retention/rule?code=D30").text
    assert archivist.post("/retention/rule", NEXT | {"approved_by": ""}).status_code == 422
    assert archivist.post("/retention/rule", NEXT | {"years": "20"}).status_code == 422
    assert archivist.post("/retention/rule", NEXT).status_code == 302
    assert "分管领导 王某" in archivist.get("/retention").text
    recompute_due(SYSTEM, archive=archive)
    page = archivist.get(f"/retention/papers/{papers[1]}").text
    assert "第 2 版" in page
    assert "保管期限规则变动" in page


def test_the_schedule_is_a_draft_until_it_is_approved_as_a_whole(archivist):
    assert "草案，未经批准" in archivist.get("/retention/schedule").text
    approval = {"approved_by": "分管领导 王某", "approved_on": "2026-02-01", "valid_from_on": "2026-03-01"}
    departments = {f"department-{code}": "销售部" for code in "1234"}
    assert archivist.post("/retention/schedule/new", approval).status_code == 422
    assert archivist.post("/retention/schedule/new", approval | departments | {"approved_on": "?"}).status_code == 422
    assert archivist.post("/retention/schedule/new", approval | departments).status_code == 302
    page = archivist.get("/retention/schedule").text
    assert "第 1 版" in page and "销售部" in page and "未经批准" not in page
    assert archivist.get("/retention/schedule.pdf?version=1").status_code == 200


def test_who_does_not_keep_the_terms_reads_them_only(archive, papers):
    clerk = Desk(archive).sign_in_as(Role.CLERK)
    assert "新版本" not in clerk.get("/retention").text
    assert clerk.post("/retention/rule", NEXT).status_code == 403
    assert clerk.get("/retention/due").status_code == 403
    assert clerk.get(f"/retention/papers/{papers[0]}").status_code == 200
    assert clerk.get("/retention/papers/nothing").status_code == 404
