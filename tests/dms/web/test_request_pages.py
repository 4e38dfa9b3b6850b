"""Requests and loans go their way through the pages: asked, decided, handed out, brought back."""

import re

import pytest
from simulators.archives import PASSWORD
from simulators.desk import Desk
from simulators.offices import found_company

from dms.domain.lending import RequestState


@pytest.fixture
def company(archive):
    return found_company(archive)


@pytest.fixture
def desk_of(company):
    desks = {}

    def signed_in(name):
        if name not in desks:
            desks[name] = Desk(company.archive).sign_in(name, PASSWORD)
        return desks[name]

    return signed_in


def asked(desk, **changes) -> int:
    """The number of a request that was asked for through the form."""
    desk.get("/requests/new")
    answer = desk.post(
        "/requests/new", {"kind": "original", "purpose": "办理展期", "days": "14", "copies": "1"} | changes
    )
    assert answer.status_code == 302, answer.text
    return int(answer.headers["Location"].rsplit("/", 1)[1])


def step(desk, address, form=None):
    page = desk.get(address)
    assert page.status_code == 200, page.text
    answer = desk.post(address, form or {})
    assert answer.status_code == 302, answer.text
    return desk.get(answer.headers["Location"]).text


def test_an_original_is_asked_for_approved_lent_signed_for_and_brought_back(company, desk_of):
    asker, head, keeper = desk_of("xiao-li"), desk_of("sales-head"), desk_of("keeper")
    form = asker.get(f"/requests/new?paper={company.ordinary.id}").text
    assert "采购合同" in form
    number = asked(asker, paper=company.ordinary.id)
    assert "待审批" in asker.get(f"/requests/{number}").text
    assert "采购合同" in head.get("/requests/to-decide").text
    assert "已批准" in step(head, f"/requests/{number}/approve", {"opinion": "同意借出"})
    shown = keeper.get(f"/requests/{number}").text
    address = re.search(r'href="(/requests/\d+/lines/\d+/hand-out)"', shown)[1]
    lent = step(
        keeper, address, {"condition": "sound", "sheets": "1", "second_name": "xiao-li", "second_password": PASSWORD}
    )
    loan = re.search(r'href="(/loans/\d+)"', lent)[1]
    assert "采购合同" in asker.get("/loans").text and "未签收" not in asker.get("/loans").text
    assert "续借" in asker.get(loan).text
    assert asker.post(f"{loan}/renew", {}).status_code == 302
    back = step(keeper, f"{loan}/return", {"condition": "incomplete", "note": "缺第 1 页"})
    assert "已归还" in back and "缺页" in back
    register = keeper.get("/requests/register").text
    for said in ("采购合同", "办理展期", "sales-head", "缺页"):
        assert said in register
    for kind, start in (("pdf", b"%PDF"), ("xlsx", b"PK")):
        assert keeper.get(f"/requests/register.{kind}").data.startswith(start)
        assert asker.get(f"/requests/{number}/slip.{kind}").data.startswith(start)
        assert keeper.get(f"/loans/list.{kind}").data.startswith(start)
    assert keeper.get("/requests/register.exe").status_code == 404


def test_a_description_goes_over_the_desk_and_tells_the_asker_nothing(company, desk_of):
    asker, keeper, boss = desk_of("xiao-li"), desk_of("keeper"), desk_of("general")
    number = asked(asker, kind="look", described="股权质押合同")
    assert "待查找" in keeper.get("/requests/desk").text
    step(keeper, f"/requests/{number}/find", {"papers": company.secret.id})
    mine = asker.get(f"/requests/{number}").text
    assert "办理中" in mine and "总经理" not in mine and company.secret.id not in mine
    step(boss, f"/requests/{number}/approve")
    assert company.secret.id in asker.get(f"/requests/{number}").text
    assert asker.get(f"/items/{company.secret.id}").status_code == 200
    assert step(boss, f"/requests/{number}/revoke", {"reason": "误批"})
    assert asker.get(f"/items/{company.secret.id}").status_code == 404


def test_a_form_that_is_refused_comes_back_with_what_was_typed(company, desk_of):
    asker = desk_of("xiao-li")
    asker.get("/requests/new")
    answer = asker.post(
        "/requests/new", {"kind": "look", "purpose": "核对", "days": "many", "papers": company.secret.id, "copies": "1"}
    )
    assert answer.status_code == 422
    assert "不是整数" in answer.text and company.secret.id in answer.text
    answer = asker.post(
        "/requests/new", {"kind": "look", "purpose": "核对", "days": "3", "papers": company.secret.id, "copies": "1"}
    )
    assert answer.status_code == 404 and "资料说明" in answer.text


def test_steps_that_are_not_ones_own_are_refused(company, desk_of):
    number = asked(desk_of("xiao-li"), paper=company.ordinary.id)
    assert desk_of("xiao-chen").get(f"/requests/{number}").status_code == 404
    assert desk_of("xiao-li").get(f"/requests/{number}/approve").status_code == 409
    assert desk_of("works-head").get(f"/requests/{number}/approve").status_code == 404
    assert desk_of("xiao-li").get("/requests/desk").status_code == 403
    assert desk_of("xiao-li").get("/requests/to-decide").status_code == 403
    assert desk_of("xiao-li").get(f"/requests/{number}/no-such-step").status_code == 404
    assert desk_of("xiao-li").post(f"/requests/{number}/remind", {}).status_code == 302
    assert desk_of("xiao-li").post(f"/requests/{number}/remind", {}).status_code == 409


def test_copies_are_counted_and_what_came_of_them_is_told(company, desk_of):
    asker, head, keeper = desk_of("xiao-li"), desk_of("sales-head"), desk_of("keeper")
    number = asked(asker, kind="copy", paper=company.ordinary.id, copies="2")
    step(head, f"/requests/{number}/approve")
    assert "已办结" in step(keeper, f"/requests/{number}/copies", {"copies": "2", "pages": "6"})
    assert "用于投标" in step(asker, f"/requests/{number}/effect", {"effect": "用于投标"})
    with company.archive.looking() as view:
        assert view.requests.get(number).state is RequestState.CLOSED


def test_a_loan_is_called_back_and_reported_lost(company, desk_of):
    asker, head, keeper = desk_of("xiao-li"), desk_of("sales-head"), desk_of("keeper")
    number = asked(asker, paper=company.ordinary.id)
    step(head, f"/requests/{number}/approve")
    address = re.search(r'href="(/requests/\d+/lines/\d+/hand-out)"', keeper.get(f"/requests/{number}").text)[1]
    loan = re.search(r'href="(/loans/\d+)"', step(keeper, address, {"condition": "sound"}))[1]
    assert "未签收" in keeper.get("/loans").text
    assert asker.post(f"{loan}/sign", {}).status_code == 302
    assert "审计调阅" in step(keeper, f"{loan}/recall", {"note": "审计调阅"})
    assert asker.post(f"{loan}/renew", {}).status_code == 409
    assert "已报遗失" in step(keeper, f"{loan}/lose", {"note": "出差途中遗失"})
    assert asker.get(f"{loan}/return").status_code == 403
    assert "没有逾期" in keeper.get("/loans/overdue").text and "采购合同" in asker.get("/loans/mine").text


def test_deputies_and_rules_are_stated_on_their_pages(company, desk_of):
    head, administrator = desk_of("sales-head"), desk_of("admin")
    head.get("/lending/deputies")
    assert (
        head.post(
            "/lending/deputies", {"deputy": "xiao-li", "from_on": "2026-03-02", "until_on": "2026-03-05"}
        ).status_code
        == 422
    )
    assert (
        head.post(
            "/lending/deputies", {"deputy": "in-charge", "from_on": "2026-03-02", "until_on": "2026-03-05"}
        ).status_code
        == 302
    )
    page = head.get("/lending/deputies").text
    assert "代理中" in page
    assert head.post(re.search(r'action="(/lending/deputies/\d+/end)"', page)[1], {}).status_code == 302
    assert "总经理" in head.get("/lending/rules").text
    assert head.post("/lending/rules", {"loan_working_days": "3"}).status_code == 403
    administrator.get("/lending/rules")
    assert administrator.post("/lending/rules", {"loan_working_days": "0"}).status_code == 422
    assert (
        administrator.post("/lending/rules", {"loan_working_days": "5", "grade-3": "general_manager"}).status_code
        == 302
    )
    assert 'value="5"' in administrator.get("/lending/rules").text
