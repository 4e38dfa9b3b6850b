"""The yearly binding on the page: looked at first, started after consent, stopped, gone on with, looked back at."""

import re
from dataclasses import replace
from datetime import date

import pytest
from simulators.scanner import add_customer, file_paper

from dms.domain.actor import OPERATOR, Role
from dms.domain.contract import ContractState
from dms.filing.binding import plan_binding, start_binding, stop_binding


@pytest.fixture
def archivist(desk):
    return desk.sign_in_as(Role.ARCHIVIST)


@pytest.fixture
def year_of_papers(archive):
    add_customer(archive)
    file_paper(archive, "营业执照", type_code="licence", title="营业执照副本", contract_no="")
    file_paper(archive, "送货单", type_code="delivery_voucher", title="送货单第一批")
    file_paper(archive, "合同", type_code="contract", title="钢材采购合同")


def seen_in(text: str) -> str:
    return re.search(r'name="seen" value="([0-9a-f]{64})"', text)[1]


def begun_by(archivist) -> str:
    plan = archivist.get("/volumes/bind/plan?year=2024&cut_off=2026-03-02")
    started = archivist.post("/volumes/bind/start", {"year": 2024, "cut_off": "2026-03-02", "seen": seen_in(plan.text)})
    assert started.status_code == 302
    return started.location


def test_the_start_page_offers_the_years_that_are_over(archivist):
    page = archivist.get("/volumes/bind")
    assert '<option value="2025" selected>' in page.text
    assert "还没有装订过" in page.text


def test_the_dry_run_shows_volumes_titles_and_numbers_and_spends_none(archive, archivist, year_of_papers):
    page = archivist.get("/volumes/bind/plan?year=2024&cut_off=2026-03-02")
    assert "Q001-KH·C0001·1·2024-001" in page.text
    assert "合肥远山商贸有限公司 2024年 客户基础资料" in page.text
    assert "Q001-KH·C0001·3·2024-001-001" in page.text
    with archive.looking() as view:
        assert view.numbers.spent("Q001-KH·C0001·1·2024-001") is None


@pytest.mark.parametrize(
    ("part", "says"),
    [("carried", "合同履行中"), ("missing", "签约授权委托书"), ("warnings", "没有")],
)
def test_the_dry_run_tells_what_is_carried_forward_and_what_is_missing(archivist, year_of_papers, part, says):
    page = archivist.get(f"/volumes/bind/plan?year=2024&cut_off=2026-03-02&part={part}")
    assert says in page.text


def test_a_confirmed_run_goes_to_its_end_and_shows_its_volumes(archive, archivist, year_of_papers):
    address = begun_by(archivist)
    assert "继续装订" in archivist.get(address).text
    archivist.post(f"{address}/go-on", {})
    page = archivist.get(address)
    assert "已完成" in page.text
    assert "Q001-KH·C0001·3·2024-001" in page.text
    assert "2024" in archivist.get("/volumes/bind").text
    assert plan_binding(OPERATOR, 2024, archive=archive).volumes == ()


def test_a_stopped_run_waits_until_somebody_resumes_it(archivist, year_of_papers):
    address = begun_by(archivist)
    archivist.post(f"{address}/stop", {})
    assert "已暂停" in archivist.get(address).text
    archivist.post(f"{address}/go-on", {})
    assert "已暂停" in archivist.get(address).text
    archivist.post(f"{address}/resume", {})
    archivist.post(f"{address}/go-on", {})
    assert "已完成" in archivist.get(address).text


def test_a_stopped_run_can_be_given_up(archive, archivist, year_of_papers):
    address = begun_by(archivist)
    archivist.post(f"{address}/stop", {})
    archivist.post(f"{address}/give-up", {})
    assert "已终止" in archivist.get(address).text
    assert len(plan_binding(OPERATOR, 2024, archive=archive).volumes) == 2


def test_consent_to_a_plan_that_has_changed_begins_nothing(archive, archivist, year_of_papers):
    plan = archivist.get("/volumes/bind/plan?year=2024&cut_off=2026-03-02")
    file_paper(archive, "又一张送货单", type_code="delivery_voucher", title="送货单第二批")
    form = {"year": 2024, "cut_off": "2026-03-02", "seen": seen_in(plan.text)}
    refused = archivist.post("/volumes/bind/start", form)
    assert refused.status_code == 409
    assert "预览之后资料有了变动" in refused.text


@pytest.mark.parametrize(
    "asked", ["year=2031", "year=x", "year=2024&cut_off=yesterday", "year=2024&cut_off=2020-01-01"]
)
def test_a_period_that_cannot_be_is_refused_in_words(archivist, asked):
    refused = archivist.get(f"/volumes/bind/plan?{asked}")
    assert refused.status_code == 422
    assert "装订年度或截止日期不合常理" in refused.text


def test_an_empty_year_says_so_and_offers_no_start(archivist):
    page = archivist.get("/volumes/bind/plan?year=2024")
    assert "没有可装订的活页" in page.text
    assert "start-binding" not in page.text


def test_another_run_that_has_not_ended_is_told_of(archive, archivist, year_of_papers):
    run = start_binding(OPERATOR, 2024, archive=archive)
    stop_binding(OPERATOR, run.id, archive=archive)
    assert "另一次装订尚未结束" in archivist.get("/volumes/bind/plan?year=2024").text
    assert "2024 年度的装订尚未结束" in archivist.get("/volumes/bind").text


def test_a_run_that_does_not_exist_is_not_found(archivist):
    assert archivist.get("/volumes/bind/runs/99").status_code == 404


def test_who_may_not_keep_the_registers_binds_nothing(desk):
    desk.sign_in_as(Role.CLERK)
    assert desk.get("/volumes/bind").status_code == 403
    assert desk.get("/volumes/bind/plan?year=2024").status_code == 403
    assert desk.post("/volumes/bind/start", {"year": 2024}).status_code == 403


def test_a_contract_that_was_closed_lets_its_papers_follow_into_the_closing_year(archive, archivist, year_of_papers):
    close(archive)
    page = archivist.get("/volumes/bind/plan?year=2025&cut_off=2026-03-02")
    assert "原列 2024 年度" in page.text


def close(archive) -> None:
    with archive.begin() as work:
        contract = work.contracts.all()[0]
        facts = replace(contract.facts, state=ContractState.PERFORMED, performed_on=date(2025, 9, 30))
        work.contracts.change(contract.id, facts)
