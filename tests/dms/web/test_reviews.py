"""The pages of reviews: who is due, the form of one customer, its history, the report."""

from datetime import date

import pytest
from simulators.desk import Desk
from simulators.filed_papers import Filed, add_customer, lay_filed

from dms.domain.actor import Role


@pytest.fixture
def customer(archive):
    customer_id = add_customer(archive, department="销售部")
    lay_filed(archive, Filed(customer_id=customer_id, type_code="licence", facts={"valid_to_on": date(2026, 2, 1)}))


@pytest.fixture
def clerk(archive, customer):
    return Desk(archive).sign_in_as(Role.CLERK)


def test_a_customer_is_reviewed_and_its_page_shows_last_and_next(clerk):
    assert "从未" in clerk.get("/reviews").text
    page = clerk.get("/customers/C0001/review").text
    assert "请核对下列资料的有效期" in page
    assert "已过期" in page
    typed = {"grade": "important", "outlook": "growing", "risks": ["papers_expired"], "is_watched": "1"}
    refused = clerk.post("/customers/C0001/review", typed)
    assert refused.status_code == 422
    assert "须写明原因" in refused.text
    assert clerk.post("/customers/C0001/review", typed | {"opinion": "新增两条产线"}).status_code == 302
    page = clerk.get("/customers/C0001/review").text
    assert "新增两条产线" in page
    assert "证照、授权过期" in page
    shown = clerk.get("/customers/C0001").text
    assert "上次复核" in shown
    assert "2026-04-02" in shown


def test_the_list_is_filtered(clerk):
    assert "C0001" in clerk.get("/reviews?q=远山&grade=ordinary&within=14&department=销售部").text
    assert "没有符合的客户" in clerk.get("/reviews?watched=1").text
    assert "没有符合的客户" in clerk.get("/reviews?within=0").text


@pytest.mark.parametrize("ending", ["pdf", "xlsx"])
def test_the_report_is_taken_away(clerk, ending):
    clerk.get("/customers/C0001/review")
    clerk.post("/customers/C0001/review", {"grade": "ordinary"})
    assert clerk.get(f"/reviews/report.{ending}?from=2026-03-01&to=2026-03-31").status_code == 200
    assert clerk.get(f"/reviews/report.{ending}?customer=C0001&from=nonsense").status_code == 200
    assert clerk.get("/reviews/report.doc").status_code == 404


def test_who_does_not_review_reads_but_writes_nothing(archive, customer):
    lawyer = Desk(archive).sign_in_as(Role.LAWYER)
    assert "本次复核结果" not in lawyer.get("/customers/C0001/review").text
    assert lawyer.post("/customers/C0001/review", {"grade": "ordinary"}).status_code == 403
    assert lawyer.get("/reviews").status_code == 403


def test_an_unknown_customer_is_not_found(clerk):
    assert clerk.get("/customers/C0999/review").status_code == 404
