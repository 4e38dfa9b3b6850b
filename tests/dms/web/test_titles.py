"""Title documents in the browser: handed over by three, moved under two, asked for, counted."""

import re
from datetime import timedelta

import pytest
from argon2 import PasswordHasher
from simulators.archives import PASSWORD
from simulators.desk import Desk
from simulators.scanner import add_customer
from simulators.title_documents import DEED, add_safe, in_safe

from dms.domain.actor import LOWEST_GRADE, Role

PEOPLE = {
    "jingban": Role.HANDLER,
    "dangan": Role.ARCHIVIST,
    "quanzheng": Role.CUSTODIAN,
    "jianzheng": Role.CLERK,
    "zongjingli": Role.GENERAL_MANAGER,
}
BOTH = {"own_password": PASSWORD, "second_name": "jianzheng", "second_password": PASSWORD}
LINE = {
    "kind_code": "other_right",
    "name": "不动产登记证明（抵押权）",
    "certificate_no": "皖（2025）合肥市不动产证明第0077号",
    "right_holder": "安徽皖江重工机械有限公司",
    "quantity": "1",
    "value": "360万",
    "issued_on": "2025-11-03",
}


@pytest.fixture
def people(archive):
    """An account for everybody whom a title document needs."""
    quick = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)
    with archive.begin() as work:
        for name, role in PEOPLE.items():
            work.users.add(
                name=name, display_name=name, password_hash=quick, roles=frozenset({role}), clearance=LOWEST_GRADE
            )


@pytest.fixture
def seat(archive, people):
    """A browser for each of them, signed in when it is first used."""
    desks = {}

    def sit(name):
        if name not in desks:
            desks[name] = Desk(archive).sign_in(name)
        return desks[name]

    return sit


@pytest.fixture
def slip(archive, seat):
    """The address of a slip with one line."""
    add_safe(archive)
    add_customer(archive)
    handler = seat("jingban")
    assert "拟制权证移交单" in handler.get("/titles/slips/new").text
    page = handler.post("/titles/slips/new", {"customer": "C0001", "from_department": "销售部"}).location
    assert handler.post(f"{page}/lines", LINE).status_code == 302
    return page


@pytest.fixture
def title(archive, people):
    """A deed of two copies in the safe BX1."""
    return in_safe(archive)[0]


def sent(desk, path, form):
    """What a form answers once its page was looked at, for the token."""
    desk.get("/")
    return desk.post(path, form)


def line_id(desk, slip):
    return re.search(r"check-(\d+)", desk.get(slip).text)[1]


def opened(seat, purpose="办理出入库"):
    answer = sent(seat("quanzheng"), "/titles/safes/BX1/open", BOTH | {"purpose": purpose})
    assert answer.status_code == 302, answer.text


def test_an_archive_without_title_documents_says_how_to_begin(seat):
    keeper = seat("quanzheng")
    assert "台账上还没有权证" in keeper.get("/titles").text
    assert "还没有权证移交单" in keeper.get("/titles/slips").text
    assert "还没有出库申请" in keeper.get("/titles/requests").text
    assert "还没有保险柜" in keeper.get("/titles/safes").text
    assert "还没有盘点" in keeper.get("/titles/stock-takes").text
    assert "移交第一件权证" in seat("jingban").get("/titles").text
    assert "没有符合的权证" in keeper.get("/titles?words=x&state=out").text
    assert "没有符合的移交单" in keeper.get("/titles/slips?state=accepted").text


def test_a_slip_is_handed_over_checked_and_taken_over(seat, slip):
    handler, checker, keeper = seat("jingban"), seat("dangan"), seat("quanzheng")
    assert "¥3,600,000.00" in handler.get(slip).text
    assert "清单共 1 项" in handler.get(f"{slip}/hand-over").text
    assert sent(handler, f"{slip}/hand-over", {"own_password": "wrong password"}).status_code in {401, 403, 422}
    assert sent(handler, f"{slip}/hand-over", {"own_password": PASSWORD}).location == slip
    assert "QZYJ-2026-0001" in handler.get(slip).text
    line = line_id(checker, slip)
    sent(
        checker,
        f"{slip}/check",
        {f"check-{line}": "differs", f"wrong-{line}": "number", f"difference-{line}": "少一位"},
    )
    page = checker.get(slip).text
    assert "少一位" in page
    refused = sent(checker, f"{slip}/confirm", {"own_password": PASSWORD})
    assert refused.status_code == 409 and "不相符 1 项" in refused.text
    sent(checker, f"{slip}/check", {f"check-{line}": "agrees"})
    assert sent(checker, f"{slip}/confirm", {"own_password": PASSWORD}).location == slip
    sent(keeper, f"{slip}/check", {"checks": "all"})
    assert "一号保险柜" in keeper.get(f"{slip}/take-over").text
    assert sent(keeper, f"{slip}/take-over", {"own_password": PASSWORD, "safe": "BX1"}).location == slip
    page = keeper.get(slip).text
    assert "QZ-2026-0001" in page and "已接收" in page and "待入库" in page
    assert "QZYJ-2026-0001" in keeper.get("/titles/slips").text
    assert keeper.get("/titles/forms/slip.pdf?about=QZYJ-2026-0001").data.startswith(b"%PDF")


def test_a_slip_goes_back_and_may_be_given_up(seat, slip):
    handler, checker = seat("jingban"), seat("dangan")
    sent(handler, f"{slip}/hand-over", {"own_password": PASSWORD})
    assert sent(checker, f"{slip}/return", {"reason": ""}).status_code == 422
    assert sent(checker, f"{slip}/return", {"reason": "缺原件"}).location == slip
    assert "已退回改正" in handler.get(slip).text
    number = re.search(r"lines/(\d+)/remove", handler.get(slip).text)[1]
    assert sent(handler, f"{slip}/lines/{number}/remove", {}).status_code == 302
    assert "清单还是空的" in handler.get(slip).text
    assert sent(handler, f"{slip}/withdraw", {"reason": "改期"}).location == slip
    assert "已撤销" in handler.get(slip).text
    assert handler.get(f"{slip}/hand-over").status_code == 409
    assert handler.get(f"{slip}/nonsense").status_code == 404


def test_what_is_refused_comes_back_with_what_was_typed(seat, slip):
    handler = seat("jingban")
    for field, wrong in (("quantity", "两份"), ("value", "很多"), ("issued_on", "昨天")):
        refused = sent(handler, f"{slip}/lines", LINE | {"certificate_no": "1", field: wrong})
        assert refused.status_code == 422
        assert 'value="不动产登记证明（抵押权）"' in refused.text
    assert sent(handler, "/titles/slips/new", {"customer": "C9", "from_department": "销售部"}).status_code == 404
    assert sent(handler, f"{slip}/lines", LINE).status_code == 409


def test_a_title_document_goes_out_with_an_approval_and_comes_back(seat, title):
    handler, keeper, chief = seat("jingban"), seat("quanzheng"), seat("zongjingli")
    form = {"use": "outside", "purpose": "办理变更登记", "quantity": "2", "due_on": "2026-03-06"}
    assert "申请权证出库" in handler.get(f"/titles/{title.id}/request").text
    assert sent(handler, f"/titles/{title.id}/request", form | {"due_on": ""}).status_code == 422
    page = sent(handler, f"/titles/{title.id}/request", form).location
    assert "待您审批" in chief.get("/titles/requests").text
    assert sent(chief, f"{page}/decide", {"decision": "refuse", "own_password": PASSWORD}).status_code == 422
    assert sent(chief, f"{page}/decide", {"decision": "approve", "own_password": PASSWORD}).location == page
    assert "请先由两人签字" in keeper.get(page).text
    assert sent(keeper, f"{page}/take-out", {}).status_code == 409
    opened(seat)
    assert "QZSQ-2026-0001" in keeper.get("/titles/safes/BX1").text
    assert sent(keeper, f"{page}/take-out", {"remark": "原件两份"}).location == page
    assert "出库未还" in handler.get(f"/titles/{title.id}").text
    assert "QZSQ-2026-0001" in handler.get("/titles/requests?which=out").text
    back = {"quantity": "2", "condition": "damaged", "brought_by": "张三"}
    assert sent(keeper, f"{page}/bring-back", back).status_code == 422
    assert sent(keeper, f"{page}/bring-back", back | {"remark": "封面撕裂"}).location == page
    assert sent(keeper, "/titles/safes/BX1/close", BOTH).location == "/titles/safes/BX1"
    page = keeper.get(f"/titles/{title.id}").text
    assert "封面撕裂" in page and "张三" in page and "在库" in page
    assert "KG-2026-0002" in keeper.get("/titles/safes/BX1").text


def test_a_safe_is_opened_by_two_who_each_give_a_password(seat, title):
    keeper = seat("quanzheng")
    refused = sent(keeper, "/titles/safes/BX1/open", BOTH | {"purpose": "盘点", "second_name": "quanzheng"})
    assert refused.status_code == 403 and "不能一人签两处" in refused.text
    wrong = BOTH | {"purpose": "盘点", "second_password": "not the password"}
    assert sent(keeper, "/titles/safes/BX1/open", wrong).status_code in {401, 403, 422}
    wrong = BOTH | {"purpose": "盘点", "own_password": "not the password"}
    assert sent(keeper, "/titles/safes/BX1/open", wrong).status_code in {401, 403, 422}
    assert keeper.get("/titles/safes/BX9").status_code == 404


def test_a_certificate_is_exchanged(seat, title):
    handler, keeper, chief = seat("jingban"), seat("quanzheng"), seat("zongjingli")
    form = {"use": "exchange", "purpose": "更名换证", "quantity": "2", "due_on": "2026-03-20"}
    page = sent(handler, f"/titles/{title.id}/request", form).location
    sent(chief, f"{page}/decide", {"decision": "approve", "own_password": PASSWORD})
    opened(seat)
    sent(keeper, f"{page}/take-out", {})
    assert "换回新证" in keeper.get(page).text
    new = LINE | {"kind_code": "customer_property", "quantity": "1"}
    refused = sent(keeper, f"{page}/exchange", new | {"certificate_no": DEED.certificate_no})
    assert refused.status_code == 409
    shown = keeper.get(sent(keeper, f"{page}/exchange", new).location).text
    assert "QZ-2026-0002" in shown and title.number in shown
    assert "已换证" in keeper.get(f"/titles/{title.id}").text


def test_what_is_lost_or_not_wanted_is_said(seat, title, clock):
    handler, keeper, chief = seat("jingban"), seat("quanzheng"), seat("zongjingli")
    form = {"use": "outside", "purpose": "办理变更登记", "quantity": "1", "due_on": "2026-03-06"}
    first = sent(handler, f"/titles/{title.id}/request", form).location
    assert sent(handler, f"{first}/withdraw", {}).location == first
    page = sent(handler, f"/titles/{title.id}/request", form).location
    sent(chief, f"{page}/decide", {"decision": "approve", "own_password": PASSWORD})
    opened(seat)
    sent(keeper, f"{page}/take-out", {})
    clock.advance(timedelta(days=8))
    assert "逾期" in handler.get("/titles/requests?which=late").text
    assert sent(keeper, f"{page}/lost", BOTH | {"report": "途中遗失，已登报"}).location == page
    assert "在外遗失" in handler.get(page).text
    assert handler.get("/titles/requests?which=mine").text.count("QZSQ-2026-") >= 2
    assert "没有这样的申请" in chief.get("/titles/requests?which=mine").text


def test_a_safe_is_counted_blind_and_signed_for(seat, title):
    keeper = seat("quanzheng")
    assert sent(keeper, "/titles/stock-takes", {"safe": "BX1", "planned_on": "2026-03-01"}).status_code == 422
    page = sent(keeper, "/titles/stock-takes", {"safe": "BX1", "planned_on": "2026-03-02"}).location
    assert "盘点前请先由两人签字" in keeper.get(page).text
    opened(seat, "季度盘点")
    assert sent(keeper, f"{page}/begin", {}).location == page
    shown = keeper.get(page).text
    assert "账面数在比对后显示" in shown and "实有数" in shown
    line = re.search(r'name="counted-(\d+)"', shown)[1]
    assert sent(keeper, f"{page}/count", {f"counted-{line}": "许多"}).status_code == 422
    besides = {"besides-name-1": "旧版房产证", "besides-counted-1": "1"}
    assert sent(keeper, f"{page}/count", {f"counted-{line}": "1"} | besides).location == page
    shown = keeper.get(page).text
    assert "-1" in shown and "账外" in shown
    assert sent(keeper, f"{page}/sign", BOTH).status_code == 409
    said = {f"explanation-{number}": "已查明" for number in re.findall(r'name="explanation-(\d+)"', shown)}
    assert sent(keeper, f"{page}/explain", said).location == page
    assert sent(keeper, f"{page}/sign", BOTH | {"remark": "差异已说明"}).location == page
    assert "已签字" in keeper.get("/titles/stock-takes").text
    assert sent(keeper, f"{page}/cancel", {"reason": "x"}).status_code == 409


@pytest.mark.parametrize("form", ["ledger", "movements", "openings"])
def test_every_register_is_taken_away_on_paper_and_as_a_spreadsheet(seat, title, form):
    keeper = seat("quanzheng")
    assert keeper.get(f"/titles/forms/{form}.pdf?since=2026-03-01&until=2026-03-31").data.startswith(b"%PDF")
    assert keeper.get(f"/titles/forms/{form}.xlsx").data.startswith(b"PK")


def test_forms_that_are_not_there(seat, title):
    keeper = seat("quanzheng")
    assert keeper.get("/titles/forms/nonsense.pdf").status_code == 404
    assert keeper.get("/titles/forms/ledger.docx").status_code == 404
    assert keeper.get("/titles/forms/slip.pdf").status_code == 422


def test_everything_is_said_in_english_too(seat, title):
    keeper = seat("quanzheng")
    for path in ("/titles", f"/titles/{title.id}", "/titles/slips/1", "/titles/requests", "/titles/safes/BX1",
                 "/titles/stock-takes"):  # fmt: skip
        assert keeper.get(f"{path}?lang=en").status_code == 200
    assert "In the safe" in keeper.get("/titles?lang=en").text or "In safe" in keeper.get("/titles?lang=en").text


@pytest.mark.parametrize("path", ["/titles/safes", "/titles/safes/BX1", "/titles/stock-takes"])
def test_safes_are_for_custodians_alone(seat, title, path):
    assert seat("jingban").get(path).status_code == 403
    assert seat("dangan").get(path).status_code == 403


def test_a_customer_leads_to_his_title_documents(seat, title):
    keeper = seat("quanzheng")
    assert "/titles?customer=C0001" in keeper.get("/customers/C0001").text
    assert title.number in keeper.get("/titles?customer=C0001&safe=BX1").text
    assert keeper.get("/titles?customer=C9999").status_code == 404


def test_a_title_document_that_is_not_there(seat):
    assert seat("quanzheng").get("/titles/99").status_code == 404
    assert seat("quanzheng").get("/titles/slips/99").status_code == 404
    assert seat("quanzheng").get("/titles/requests/99").status_code == 404
    assert seat("quanzheng").get("/titles/stock-takes/99").status_code == 404
