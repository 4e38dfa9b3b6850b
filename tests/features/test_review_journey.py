"""The review of a customer in a browser, by keyboard, and what the department owes besides: list, month, calendar."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from browsing import DESKTOP, PHONE, Person, launched, person_at
from playwright.sync_api import Browser, sync_playwright
from program import Program

SALES = "销售部"
PEOPLE = {
    "xiaowang": ("clerk", "资料员 王晓", SALES),
    "zhangjingli": ("department_manager", "张经理", SALES),
    "laozhou": ("archivist", "档案员 老周", ""),
}
OPINION = "新增两条产线，采购量翻番，回款稍慢"
LATER_PAGES = (
    "/duties", "/duties?scope=department", "/duties/month", "/duties/inbox", "/duties/notice", "/duties/rules",
    "/reviews", "/customers/C0001/review", "/customers/C0001",
)  # fmt: skip

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@dataclass(frozen=True, slots=True)
class Company:
    """A service over an archive with a customer, and an account for everybody."""

    url: str
    password: str
    administrator_password: str
    browser: Browser

    @contextmanager
    def seat(self, name: str, language: str = "zh", viewport=DESKTOP) -> Iterator[Person]:
        """One of the people at a browser of his own; whoever ends without a complaint of the browser."""
        with person_at(self.browser, self.url, language=language, viewport=viewport) as person:
            person.signs_in(name, self.administrator_password if name == "admin" else self.password)
            yield person
            assert person.complaints == []


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Company]:
    program = Program(tmp_path_factory.mktemp("reviews"))
    program.found()
    secret = Path(program.folder / "their-password")
    secret.write_text("四海之内皆兄弟也 千里之行")
    for name, (role, called, department) in PEOPLE.items():
        within = ("--department", department) if department else ()
        program.run("user", "add", name, "--display-name", called, "--role", role, *within, "--password-file", secret)
    for code, called in (("C0001", "合肥远山商贸有限公司"), ("C0002", "芜湖江南物流有限公司")):
        program.run("customer", "add", "--code", code, "--name", called, "--department", SALES)
    program.run("duty", "recurring", "sales_sheet", "--name", "客户销售统计表", "--day", "28", "--department", SALES)
    program.run("duty", "round")
    with program.serving() as service, sync_playwright() as playwright:
        browser = launched(playwright)
        yield Company(service.url, secret.read_text(), program.password, browser)
        browser.close()


def presses_button(person: Person, selector: str) -> None:
    """Come to a button or link with the Tab key and press it."""
    person.tabs_to(selector, at_most=200)
    person.presses("Enter")


def test_a_customer_is_reviewed_by_keyboard_and_its_page_shows_last_and_next(company):
    with company.seat("xiaowang") as clerk:
        clerk.goes_to("/customers/C0001")
        assert "从未" in clerk.sees("section:has(#review-title)").inner_text()
        presses_button(clerk, 'a[href="/customers/C0001/review"]')
        clerk.page.wait_for_url("**/review")
        clerk.looks_around("review-form")
        clerk.page.locator("#field-grade").select_option("important")
        clerk.page.locator("#field-outlook").select_option("growing")
        clerk.tabs_to("[name=risks][value=arrears]", at_most=200)
        clerk.presses("Space")
        clerk.tabs_to("#field-opinion")
        clerk.page.keyboard.type(OPINION)
        clerk.tabs_to("[name=is_watched]")
        clerk.presses("Space")
        presses_button(clerk, 'form[action$="/review"] button[type=submit]')
        clerk.sees(".notice-success")
        assert OPINION in clerk.sees("section:has(#history-title)").inner_text()
        clerk.looks_around("reviewed")
        clerk.goes_to("/customers/C0001")
        shown = clerk.sees("section:has(#review-title)").inner_text()
        assert "重要" in shown
        assert "另作观察" in shown
        clerk.looks_around("customer-with-review")


def test_what_was_reviewed_cannot_be_changed_and_is_reported_to_the_manager(company):
    with company.seat("zhangjingli") as manager:
        manager.goes_to("/reviews?watched=1")
        assert "合肥远山商贸有限公司" in manager.sees("main table").inner_text()
        manager.looks_around("reviews")
        with manager.page.expect_download() as coming:
            manager.page.locator('button:has-text("复核报告")').click()
        assert Path(coming.value.path()).read_bytes().startswith(b"%PDF-")
        manager.goes_to("/duties/overview")
        assert SALES in manager.sees("main table").inner_text()
        manager.looks_around("duty-overview")


def test_what_the_department_owes_is_listed_seen_in_the_month_and_settled(company):
    with company.seat("xiaowang") as clerk:
        clerk.goes_to("/duties")
        clerk.looks_around("duties")
        rows = clerk.sees("main table").inner_text()
        assert "客户销售统计表" in rows
        before = clerk.page.locator('form[action="/duties/settle"]').count()
        clerk.page.locator('form[action="/duties/settle"] [name=note]').first.fill("已交信息部")
        clerk.page.locator('form[action="/duties/settle"] button').first.click()
        clerk.sees(".notice-success")
        assert clerk.page.locator('form[action="/duties/settle"]').count() == before - 1
        clerk.goes_to("/duties/month")
        clerk.looks_around("duty-month")


def test_a_calendar_is_made_and_read_by_a_program_that_signs_in_nowhere(company):
    with company.seat("xiaowang") as clerk:
        clerk.goes_to("/duties/notice")
        presses_button(clerk, 'form[action="/duties/notice/feed"] button')
        address = clerk.sees("#feed-address").input_value()
        clerk.looks_around("duty-notice")
        read = clerk.page.context.request.get(re.sub(r"^https?://[^/]+", company.url, address))
        assert read.text().startswith("BEGIN:VCALENDAR")
        clerk.goes_to("/duties/notice")
        assert clerk.page.locator("#feed-address").count() == 0


def test_the_archivist_states_when_people_are_reminded(company):
    with company.seat("laozhou") as archivist:
        archivist.goes_to("/duties/rules")
        archivist.looks_around("duty-rules")
        archivist.page.locator("#reminder details summary").click()
        archivist.page.locator("#reminder #field-kind").select_option("expiry")
        archivist.page.locator("#reminder #field-before_days").fill("60,30,7")
        archivist.page.locator("#reminder details button").click()
        archivist.sees(".notice-success")
        assert "60、30、7" in archivist.sees("#reminder table").inner_text()


def test_the_administrator_states_the_mail_server(company):
    with company.seat("admin") as administrator:
        administrator.goes_to("/duties/mail")
        administrator.page.locator("#field-host").fill("smtp.example.com")
        administrator.page.locator("#field-sender").fill("dangan@example.com")
        administrator.page.locator("#field-password").fill("very-secret-9")
        administrator.page.locator("button[value=state]").click()
        administrator.sees(".notice-success")
        administrator.looks_around("mail-server")
        assert "very-secret-9" not in administrator.page.content()


@pytest.mark.parametrize(
    ("name", "language", "viewport"),
    [("admin", "en", DESKTOP), ("xiaowang", "zh", PHONE)],
    ids=["English", "on a phone"],
)
def test_every_page_of_duties_speaks_one_language_and_fits_the_window(company, name, language, viewport):
    with company.seat(name, language, viewport) as person:
        for path in LATER_PAGES:
            person.goes_to(path)
            person.looks_around(re.sub(r"\W+", "-", path.strip("/")))
