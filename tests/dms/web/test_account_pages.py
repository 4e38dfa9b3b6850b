"""One's own account and those of others on their pages: second factor, sessions, invitation, pause, rules."""

import re
from datetime import timedelta

import pyotp
import pytest
from simulators.archives import PASSWORD
from simulators.desk import Desk

from dms.custody import NewAccount, add_user
from dms.custody.leaving import HandOverWish, draw_up_hand_over
from dms.custody.securing import confirm_factor, offer_factor
from dms.domain.actor import OPERATOR, Origin, Role
from dms.domain.customer import CustomerFacts
from dms.domain.sign_in import FREE_FAILURES, PERIOD_S

OWN = "一把只有我知道的钥匙"


def account(archive, name="li", *roles):
    new = NewAccount(name=name, password=PASSWORD, roles=frozenset(roles) or frozenset({Role.CLERK}))
    return add_user(OPERATOR, new, archive=archive).actor(Origin.WEB)


def code_of(secret, clock):
    return pyotp.TOTP(secret).at(int(clock.now().timestamp()))


def set_up(desk, clock):
    """Set the second factor up on its page; the secret, and the recovery codes that were shown."""
    page = desk.get("/account/second-factor").text
    assert "<svg" in page
    secret = re.search(r'class="factor-secret">([^<]+)<', page)[1].replace(" ", "")
    shown = desk.post("/account/second-factor", {"code": code_of(secret, clock)}).text
    clock.advance(timedelta(seconds=PERIOD_S))
    return secret, re.findall(r"<li><code>([^<]+)</code>", shown)


def first_step(desk, name="li", onward=""):
    desk.get("/sign-in")
    return desk.post(f"/sign-in{onward}", {"name": name, "password": PASSWORD})


def test_a_second_factor_is_set_up_and_asked_for_from_then_on(archive, desk, clock):
    account(archive)
    desk.sign_in("li")
    assert "未启用" in desk.get("/account").text
    desk.get("/account/second-factor")
    wrong = desk.post("/account/second-factor", {"code": "000000"})
    assert wrong.status_code == 403 and "验证码不正确" in wrong.text
    secret, codes = set_up(desk, clock)
    assert len(codes) == 10 and desk.get("/account/second-factor").location == "/account"
    assert "10 个" in desk.get("/account").text
    other = Desk(archive)
    answer = first_step(other, onward="?next=/customers")
    assert answer.location == "/sign-in/code?next=/customers"
    assert other.get("/").status_code == 302
    other.get("/sign-in/code?next=/customers")
    assert other.post("/sign-in/code?next=/customers", {"code": "000000"}).status_code == 403
    assert other.post("/sign-in/code?next=/customers", {"code": code_of(secret, clock)}).location == "/customers"
    assert other.get("/").status_code == 200


def test_a_recovery_code_opens_too(archive, desk, clock):
    account(archive)
    _, codes = set_up(desk.sign_in("li"), clock)
    other = Desk(archive)
    first_step(other)
    other.get("/sign-in/code")
    assert other.post("/sign-in/code", {"code": codes[3]}).location == "/"
    assert "9 个" in other.get("/account").text


def test_the_second_step_waits_five_minutes_and_only_in_the_browser_of_the_first(archive, desk, clock):
    account(archive)
    secret, _ = set_up(desk.sign_in("li"), clock)
    assert Desk(archive).get("/sign-in/code").location.startswith("/sign-in")
    slow = Desk(archive)
    first_step(slow)
    slow.get("/sign-in/code")
    clock.advance(timedelta(minutes=6))
    late = slow.post("/sign-in/code", {"code": code_of(secret, clock)})
    assert late.status_code == 403 and "等待的时间过长" in late.text


def test_the_factor_and_its_codes_are_changed_for_the_password_only(archive, desk, clock):
    account(archive)
    set_up(desk.sign_in("li"), clock)
    desk.get("/account")
    for place in ("/account/recovery-codes", "/account/second-factor/remove"):
        assert desk.post(place, {"password": "wrong"}).status_code == 422
    assert len(re.findall(r"<li><code>", desk.post("/account/recovery-codes", {"password": PASSWORD}).text)) == 10
    desk.get("/account")
    assert desk.post("/account/second-factor/remove", {"password": PASSWORD}).location == "/account"
    assert first_step(Desk(archive)).location == "/"


def test_whose_role_asks_for_a_factor_gets_no_further_than_to_setting_it_up(archive, desk, office, clock):
    account(archive, "li", Role.CLERK)
    office.get("/sign-in-rules")
    rules = {"roles": ["clerk"], "idle_minutes": 600, "session_hours": 24, "invitation_days": 7}
    assert office.post("/sign-in-rules", rules).status_code == 302
    clerk = Desk(archive)
    assert first_step(clerk).location == "/"
    assert clerk.get("/").location == clerk.get("/customers").location == "/account/second-factor"
    assert clerk.get("/customers", script=True).status_code == 403
    assert "必须使用两步验证" in clerk.get("/account/second-factor").text
    set_up(clerk, clock)
    assert clerk.get("/").status_code == 200
    page = clerk.get("/account").text
    assert "停用两步验证" not in page
    assert clerk.post("/account/second-factor/remove", {"password": PASSWORD}).status_code == 403


def test_rules_out_of_bounds_come_back_with_what_was_typed(office):
    office.get("/sign-in-rules")
    answer = office.post("/sign-in-rules", {"idle_minutes": 1, "session_hours": 24, "invitation_days": 7})
    assert answer.status_code == 422 and 'value="1"' in answer.text
    assert office.post("/sign-in-rules/openid-secret", {"secret": "x"}).status_code == 302


def test_one_signs_out_elsewhere(archive, desk):
    account(archive)
    here, there, third = desk.sign_in("li"), Desk(archive).sign_in("li"), Desk(archive).sign_in("li")
    page = here.get("/account").text
    assert page.count("登录中") == 3 and "当前登录" in page
    others = re.findall(r'action="(/account/sessions/\d+/end)"', page)
    assert len(others) == 2
    here.post(others[0], {})
    assert sorted([there.get("/").status_code, third.get("/").status_code]) == [200, 302]
    here.get("/account")
    here.post("/account/sessions/end", {})
    assert [each.get("/").status_code for each in (here, there, third)] == [200, 302, 302]
    assert here.post(others[0], {}).status_code == 404


def test_an_administrator_invites_and_the_person_sets_his_password(archive, office):
    account(archive)
    assert "邀请" in office.get("/users/li/account").text
    shown = office.post("/users/li/invitation", {}).text
    code = re.search(r'class="password-shown">([^<]+)<', shown)[1]
    assert code not in office.get("/users/li/account").text
    visitor = Desk(archive)
    assert visitor.get("/invitation?code=nonsense").status_code == 404
    assert "请输入管理员给您的邀请码" in visitor.get("/invitation").text
    assert 'value="li"' in visitor.post("/invitation", {"code": code}).text
    page = visitor.get(f"/invitation?code={code}")
    assert page.status_code == 200 and 'autocomplete="new-password"' in page.text
    differing = {"code": code, "new_password": OWN, "repeated": "x"}
    assert visitor.post("/invitation", differing).status_code == 422
    weak = {"code": code, "new_password": "password2026!", "repeated": "password2026!"}
    assert "太容易猜到" in visitor.post("/invitation", weak).text
    good = {"code": code, "new_password": OWN, "repeated": OWN}
    assert visitor.post("/invitation", good).location == "/sign-in"
    visitor.sign_in("li", OWN)
    assert Desk(archive).get(f"/invitation?code={code}").status_code == 404


def test_codes_of_invitations_cannot_be_tried_one_after_the_other(desk):
    desk.get("/invitation")
    statuses = [desk.post("/invitation", {"code": f"guess {number}"}).status_code for number in range(12)]
    assert statuses[0] == 404 and statuses[-1] == 429


def test_an_administrator_sees_pauses_and_sessions_and_ends_them(archive, office, clock):
    account(archive)
    clerk = Desk(archive).sign_in("li")
    stranger = Desk(archive)
    stranger.get("/sign-in")
    for _ in range(FREE_FAILURES + 1):
        stranger.post("/sign-in", {"name": "li", "password": "wrong"})
    assert "登录暂停" in office.get("/users/li/account").text
    office.post("/users/li/unpause", {})
    page = office.get("/users/li/account").text
    assert "登录暂停" not in page
    (one,) = re.findall(r'action="(/users/li/sessions/\d+/end)"', page)
    office.post(one, {})
    assert clerk.get("/").status_code == 302
    office.get("/users/li/account")
    assert office.post("/users/li/sessions/end", {}).status_code == 302


def test_a_pause_outlives_the_process(archive, desk, clock):
    account(archive)
    desk.get("/sign-in")
    for _ in range(FREE_FAILURES + 1):
        desk.post("/sign-in", {"name": "li", "password": "wrong"})
    again = Desk(archive)
    again.get("/sign-in")
    answer = again.post("/sign-in", {"name": "li", "password": PASSWORD})
    assert answer.status_code == 429 and int(answer.headers["Retry-After"]) > 60


def test_a_lost_factor_is_reset_after_asking(archive, office, clock):
    li = account(archive)
    offer = offer_factor(li, archive=archive)
    confirm_factor(li, code_of(offer.secret, clock), archive=archive)
    assert "重置 li 的两步验证？" in office.get("/users/li/second-factor/reset").text
    assert office.post("/users/li/second-factor/reset", {}).status_code == 302
    assert first_step(Desk(archive)).location == "/"


def test_an_address_that_cannot_be_used_comes_back(archive, office):
    account(archive)
    office.get("/users/li/account")
    assert office.post("/users/li/email", {"email": "li@example.com"}).status_code == 302
    refused = office.post("/users/li/email", {"email": "no address"})
    assert refused.status_code == 422 and 'value="no address"' in refused.text
    assert office.post("/users/li/identity/untie", {}).status_code == 302
    office.post("/users/li/invitation", {})
    assert office.post("/users/li/invitation/withdraw", {}).status_code == 302


@pytest.mark.parametrize(
    "place", ["/users/admin/account", "/users/admin/leaving", "/sign-in-rules", "/users/admin/close"]
)
def test_these_pages_are_for_administrators(desk, place):
    desk.sign_in_as(Role.ARCHIVIST)
    assert desk.get(place).status_code == 403


def test_the_second_signature_of_an_account_with_a_factor_needs_its_code(archive, office, clock):
    li = account(archive, "li", Role.HANDLER)
    account(archive, "zhao", Role.HANDLER)
    offer = offer_factor(li, archive=archive)
    confirm_factor(li, code_of(offer.secret, clock), archive=archive)
    clock.advance(timedelta(seconds=PERIOD_S))
    with archive.begin() as work:
        work.customers.add(CustomerFacts(code="C0001", name="远山商贸", custodian="li"), at=archive.now())
    wish = HandOverWish(successor="zhao", reason="离职", leaves_on=clock.now().date())
    number = draw_up_hand_over(OPERATOR, "li", wish, archive=archive).id
    place = f"/hand-overs/{number}"
    office.get(place)
    missing = office.post(f"{place}/sign", {"name": "li", "password": PASSWORD})
    assert missing.status_code == 403 and "空一格" in missing.text
    signed = office.post(f"{place}/sign", {"name": "li", "password": f"{PASSWORD} {code_of(offer.secret, clock)}"})
    assert signed.status_code == 302
    assert "移交人：li" in office.get(place).text


def test_a_leaver_is_led_to_the_end_on_his_pages(archive, office):
    account(archive, "li", Role.HANDLER)
    account(archive, "zhao", Role.HANDLER)
    account(archive, "sun", Role.ARCHIVIST)
    with archive.begin() as work:
        work.customers.add(CustomerFacts(code="C0001", name="远山商贸", custodian="li"), at=archive.now())
    assert "没有离职交接" in office.get("/hand-overs").text
    assert "C0001" in office.get("/users/li/leaving").text
    assert "不能注销" in office.get("/users/li/close").text
    refused = office.post("/users/li/close", {})
    assert refused.status_code == 409 and "远山商贸" in refused.text
    wrong = office.post("/users/li/leaving", {"successor": "zhao", "reason": "离职", "leaves_on": "下周"})
    assert wrong.status_code == 422 and "不是一个日期" in wrong.text
    drawn = office.post("/users/li/leaving", {"successor": "zhao", "reason": "离职", "leaves_on": "2026-03-31"})
    place = drawn.location
    assert "待签字" in office.get("/hand-overs").text and "号清单" in office.get("/users/li/leaving").text
    for name in ("li", "zhao"):
        assert office.post(f"{place}/sign", {"name": name, "password": PASSWORD}).status_code == 302
    assert office.post(f"{place}/sign", {"name": "sun", "password": "wrong"}).status_code == 403
    office.post(f"{place}/sign", {"name": "sun", "password": PASSWORD})
    assert "已交接" in office.get(place).text
    for form in ("pdf", "xlsx"):
        assert len(office.get(f"{place}/list.{form}").data) > 1000
    assert "手中没有未了结的事项" in office.get("/users/li/leaving").text
    assert "注销 li 的账号？" in office.get("/users/li/close").text
    assert office.post("/users/li/close", {}).status_code == 302
    assert "已注销" in office.get("/users/li/account").text
    assert Desk(archive).sign_in("zhao").get(place).status_code == 200


def test_a_list_is_withdrawn(archive, office):
    account(archive, "li", Role.HANDLER)
    account(archive, "zhao", Role.HANDLER)
    with archive.begin() as work:
        work.customers.add(CustomerFacts(code="C0001", name="远山商贸", custodian="li"), at=archive.now())
    office.get("/users/li/leaving")
    wish = {"successor": "zhao", "reason": "离职", "leaves_on": "2026-03-31"}
    place = office.post("/users/li/leaving", wish).location
    assert office.post(f"{place}/withdraw", {}).status_code == 302
    assert "已撤销" in office.get(place).text
    assert office.get("/hand-overs/99").status_code == 404


def test_a_new_account_is_invited_at_once_and_the_list_says_how_each_stands(archive, office, clock):
    office.get("/users")
    shown = office.post("/users", {"name": "li", "display_name": "李雷", "roles": ["clerk"], "by": "invitation"}).text
    assert "已邀请 李雷" in shown and 'class="password-shown"' in shown
    assert office.get("/users").text.count("已邀请") == 1
    stranger = Desk(archive)
    stranger.get("/sign-in")
    for _ in range(FREE_FAILURES + 1):
        stranger.post("/sign-in", {"name": "LI", "password": "wrong"})
    assert "登录暂停" in office.get("/users").text
