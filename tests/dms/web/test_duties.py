"""The pages of duties, reminders and rules: what stands there, for whom, and what they do."""

from datetime import date, timedelta

import pytest
from simulators.desk import Desk
from simulators.filed_papers import Filed, add_customer, lay_filed

from dms.custody.duties import remind
from dms.domain.actor import Role

SALES = "销售部"
ENDS_ON = date(2026, 3, 6)


@pytest.fixture
def licence(archive):
    customer_id = add_customer(archive, department=SALES)
    lay_filed(archive, Filed(customer_id=customer_id, type_code="licence", facts={"valid_to_on": ENDS_ON}))


@pytest.fixture
def clerk(archive, licence):
    desk = Desk(archive).sign_in_as(Role.CLERK)
    with archive.begin() as work:
        user = work.users.with_name("somebody")
        work.users.set_departments(user.id, frozenset({SALES}))
        work.users.set_email(user.id, "somebody@example.com")
    return desk


def test_a_clerk_sees_what_his_department_owes_and_where_it_is_done(clerk):
    page = clerk.get("/duties").text
    assert "更新营业执照：C0001" in page
    assert "/items/filed" in page
    assert "一周内 1 项" in page
    assert 'value="all"' not in page


def test_a_clerk_may_not_look_at_everybodys(clerk):
    assert clerk.get("/duties?scope=all").status_code == 403
    assert clerk.get("/duties/overview").status_code == 403
    assert clerk.get("/duties/mail").status_code == 403


def test_without_duties_the_page_says_so(archive):
    desk = Desk(archive).sign_in_as(Role.HANDLER)
    assert "没有待办事项" in desk.get("/duties").text
    assert "没有提醒" in desk.get("/duties/inbox").text


def test_a_filter_without_hits_says_so(clerk):
    assert "没有符合筛选条件的待办" in clerk.get("/duties?timing=overdue").text


@pytest.mark.parametrize("ending", ["pdf", "xlsx"])
def test_the_list_is_taken_away(clerk, ending):
    answer = clerk.get(f"/duties/list.{ending}")
    assert answer.status_code == 200
    assert f".{ending}" in answer.headers["Content-Disposition"]
    assert clerk.get("/duties/list.doc").status_code == 404


def test_a_month_shows_its_duties_and_the_way_to_the_next(clerk):
    page = clerk.get("/duties/month?month=2026-03").text
    assert "更新营业执照" in page
    assert "month=2026-04" in page
    assert "这个月没有到期的待办" in clerk.get("/duties/month?month=2026-02").text
    for nonsense in ("x", "9999-99", "0001-01", "9999-12"):
        assert clerk.get(f"/duties/month?month={nonsense}").status_code == 200


def test_a_manager_sees_who_owes_what(archive, licence):
    desk = Desk(archive).sign_in_as(Role.MANAGER_IN_CHARGE)
    page = desk.get("/duties/overview").text
    assert SALES in page
    assert "有效期将满" in page
    assert desk.get("/duties/overview.pdf").data.startswith(b"%PDF")
    assert desk.get("/duties/overview.xlsx").status_code == 200


def test_the_bell_counts_what_is_unread_until_it_is_read(archive, clock, clerk):
    clock.advance(timedelta(days=4))
    assert remind(archive) == 2
    page = clerk.get("/duties/inbox").text
    assert "提醒：2 条未读" in page
    assert "当天" in page
    assert clerk.post("/duties/inbox/read", {"all": "1"}).status_code == 302
    assert "提醒：0 条未读" in clerk.get("/duties/inbox").text


def test_one_reminder_is_read_by_itself(archive, clock, clerk):
    clock.advance(timedelta(days=4))
    remind(archive)
    clerk.get("/duties/inbox")
    clerk.post("/duties/inbox/read", {"reminder": "1"})
    assert "提醒：1 条未读" in clerk.get("/duties/inbox?unread=1").text


def test_a_calendar_is_made_shown_once_read_without_signing_in_and_revoked(archive, clerk):
    clerk.get("/duties/notice")
    clerk.post("/duties/notice/feed", {})
    page = clerk.get("/duties/notice").text
    address = page.partition('value="http://localhost/duties/feed/')[2].partition('"')[0].replace("&amp;", "&")
    assert address
    assert "/duties/feed/" not in clerk.get("/duties/notice").text
    stranger = Desk(archive)
    answer = stranger.get(f"/duties/feed/{address}")
    assert answer.content_type == "text/calendar; charset=utf-8"
    assert "营业执照" in answer.data.decode().replace("\r\n ", "")
    clerk.post("/duties/notice/feed", {"revoke": "1"})
    assert stranger.get(f"/duties/feed/{address}").status_code == 404


def test_letters_are_wished_for(archive, clerk):
    assert "somebody@example.com" in clerk.get("/duties/notice").text
    clerk.post("/duties/notice", {"by_mail": "1"})
    with archive.looking() as view:
        assert view.notice_wishes.by_mail() == [view.users.with_name("somebody").id]


def test_an_archivist_states_the_rules(archive, office):
    office.get("/duties/rules")
    typed = {
        "kind": "expiry",
        "before_days": "60，30、7",
        "every_working_days": "3",
        "escalate_after_working_days": "0",
    }
    assert office.post("/duties/rules/reminder", typed).status_code == 302
    office.post("/duties/rules/rhythm", {"months-important": "1", "months-special": "2", "months-ordinary": "3"})
    supply = {"code": "sales_sheet", "zh": "客户销售统计表", "day": "5", "department": SALES}
    office.post("/duties/rules/recurring", supply)
    office.post("/duties/rules/notice", {"days-licence": "45", "missing_months": "2"})
    page = office.get("/duties/rules").text
    assert all(word in page for word in ("60、30、7", ">sales_sheet<", 'value="45"'))
    office.post("/duties/rules/drop", {"code": "sales_sheet"})
    assert "还没有定期报送事项" in office.get("/duties/rules").text
    with archive.looking() as view:
        assert view.settings.get("reminder_rules")["expiry"]["before_days"] == [60, 30, 7]


@pytest.mark.parametrize(
    ("address", "typed"),
    [
        ("reminder", {"kind": "expiry", "before_days": "soon"}),
        ("reminder", {"kind": "expiry", "before_days": "9999"}),
        ("rhythm", {"months-important": "99"}),
        ("recurring", {"code": "销售", "zh": "表", "day": "5", "department": SALES}),
        ("notice", {"days-licence": "9999"}),
        ("notice", {"days-nothing": "3"}),
    ],
    ids=str,
)
def test_rules_that_cannot_be_right_are_refused_with_the_reason(office, address, typed):
    office.get("/duties/rules")
    answer = office.post(f"/duties/rules/{address}", typed)
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text


def test_a_clerk_reads_the_rules_but_states_none(clerk):
    assert "修改一类提醒" not in clerk.get("/duties/rules").text
    assert clerk.post("/duties/rules/rhythm", {}).status_code == 403


def test_what_is_handed_in_each_month_is_ticked_off(archive, office, clerk):
    office.get("/duties/rules")
    supply = {"code": "sales_sheet", "zh": "客户销售统计表", "day": "5", "department": SALES}
    office.post("/duties/rules/recurring", supply)
    assert "客户销售统计表" in clerk.get("/duties").text
    clerk.post("/duties/settle", {"subject": "supply/sales_sheet/2026-03", "note": "交信息部"})
    assert "supply/sales_sheet/2026-03" not in clerk.get("/duties").text
    assert clerk.post("/duties/settle", {"subject": "supply/sales_sheet/2026-03"}).status_code == 409


def test_the_mail_server_is_stated_and_its_password_not_shown(office):
    office.get("/duties/mail")
    typed = {
        "do": "state",
        "host": "smtp.example.com",
        "port": "587",
        "security": "starttls",
        "sender": "dangan@example.com",
        "user_name": "dangan",
        "password": "very-secret-9",
    }
    assert office.post("/duties/mail", typed).status_code == 302
    page = office.get("/duties/mail").text
    assert "smtp.example.com" in page
    assert "very-secret-9" not in page
    refused = office.post("/duties/mail", typed | {"sender": "nobody"})
    assert refused.status_code == 422
    assert "very-secret-9" not in refused.text
    assert office.post("/duties/mail", {"do": "drop"}).status_code == 302


def test_the_pages_speak_english_too(clerk):
    for address in ("/duties", "/duties/month", "/duties/inbox", "/duties/notice", "/duties/rules"):
        page = clerk.get(f"{address}?lang=en")
        assert page.status_code == 200
    assert "Overdue" in clerk.get("/duties?lang=en").text or "overdue" in clerk.get("/duties?lang=en").text
