"""A title document in a browser: handed over by three, into the safe under two, out with an approval, back, counted."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import pytest
from browsing import DESKTOP, PHONE, Person, launched, person_at
from playwright.sync_api import Browser, sync_playwright
from program import Program

PEOPLE = {
    "jingban": ("handler", "Wang Xiao"),
    "dangan": ("archivist", "Li Min"),
    "quanzheng": ("custodian", "Zhao Qiang"),
    "jianzheng": ("clerk", "Chen Fang"),
    "zongjingli": ("general_manager", "Zhou Yuan"),
}
CERTIFICATE = {
    "name": "不动产权证书",
    "certificate_no": "皖（2024）合肥市不动产权第0012345号",
    "right_holder": "合肥远山商贸有限公司",
    "quantity": "2",
    "value": "360万",
    "issuer": "合肥市自然资源和规划局",
    "issued_on": "2024-03-18",
}
SOON = (date.today() + timedelta(days=5)).isoformat()
LATER_PAGES = ("/titles", "/titles/1", "/titles/slips", "/titles/slips/1", "/titles/requests", "/titles/requests/1",
               "/titles/safes", "/titles/safes/BX1", "/titles/stock-takes", "/titles/stock-takes/1",
               "/titles/slips/new")  # fmt: skip

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@dataclass(frozen=True, slots=True)
class Company:
    """A service over an archive with a safe, a customer and an account for everybody."""

    url: str
    password: str
    browser: Browser

    @contextmanager
    def seat(self, name: str, language: str = "zh", viewport=DESKTOP) -> Iterator[Person]:
        """One of the people at a browser of his own; whoever ends without a complaint of the browser."""
        with person_at(self.browser, self.url, language=language, viewport=viewport) as person:
            person.signs_in(name, self.password)
            yield person
            assert person.complaints == []


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Company]:
    program = Program(tmp_path_factory.mktemp("titles"))
    program.found()
    secret = Path(program.folder / "their-password")
    secret.write_text("四海之内皆兄弟也 千里之行")
    for name, (role, called) in PEOPLE.items():
        program.run("user", "add", name, "--display-name", called, "--role", role, "--password-file", secret)
    program.run("customer", "add", "--code", "C0001", "--name", CERTIFICATE["right_holder"])
    program.run("location", "add", "BX1", "--kind", "safe", "--name", "一号保险柜")
    with program.serving() as service, sync_playwright() as playwright:
        browser = launched(playwright)
        yield Company(service.url, secret.read_text(), browser)
        browser.close()


def presses(person: Person, name: str | re.Pattern[str]) -> None:
    """Press the button or link of this name."""
    person.page.get_by_role("button", name=name).or_(person.page.get_by_role("link", name=name)).first.click()


def signs(person: Person, company: Company, *, witness: str = "") -> None:
    """Give one's own password, and the witness his."""
    person.sees("input[name=own_password]").fill(company.password)
    if witness:
        person.page.locator("input[name=second_name]").first.fill(witness)
        person.page.locator("input[name=second_password]").first.fill(company.password)


def opens_safe(person: Person, company: Company, purpose: str, button: str) -> None:
    person.goes_to("/titles/safes/BX1")
    person.page.locator("input[name=purpose]").fill(purpose)
    signs(person, company, witness="jianzheng")
    presses(person, button)
    person.sees(".notice-warning")


def test_a_title_document_is_handed_over_by_three_and_put_in_under_two(company):
    with company.seat("jingban") as handler:
        handler.goes_to("/titles")
        handler.looks_around("titles-empty")
        presses(handler, "移交第一件权证")
        handler.sees("#field-customer").fill("C0001")
        handler.page.locator("#slip-department").fill("销售部")
        presses(handler, "下一步：列入权证")
        handler.sees("#field-certificate_no")
        for field, value in CERTIFICATE.items():
            handler.page.locator(f"#field-{field}").fill(value)
        presses(handler, "列入清单")
        handler.sees("text=¥3,600,000.00")
        handler.looks_around("title-slip-draft")
        presses(handler, "签字移交…")
        signs(handler, company)
        handler.looks_around("title-slip-signing")
        presses(handler, "签字移交")
        handler.sees("text=QZYJ-")
        slip = handler.page.url.removeprefix(company.url)
    with company.seat("dangan") as checker:
        checker.goes_to(slip)
        checker.page.get_by_label("三项相符").check()
        presses(checker, "保存核对结果")
        checker.looks_around("title-slip-checking")
        presses(checker, "复核签字…")
        signs(checker, company)
        presses(checker, "签字")
        checker.sees("text=已复核签字")
    with company.seat("quanzheng") as keeper:
        keeper.goes_to(slip)
        presses(keeper, "其余各项都相符")
        presses(keeper, "签字接收…")
        signs(keeper, company)
        presses(keeper, "签字接收")
        keeper.sees("text=已记入台账")
        keeper.looks_around("title-slip-accepted")
        opens_safe(keeper, company, "存入新收权证", "两人签字开柜")
        keeper.looks_around("safe-open")
        presses(keeper, re.compile("登记 QZ-.* 入库"))
        keeper.sees("text=首次入库")
        keeper.looks_around("title-put-in")
        keeper.goes_to("/titles/safes/BX1")
        signs(keeper, company, witness="jianzheng")
        presses(keeper, "两人签字关柜")
        keeper.sees("text=已登记关柜")


def test_it_goes_out_with_an_approval_and_comes_back_in(company):
    with company.seat("jingban", "en") as handler:
        handler.goes_to("/titles/1")
        presses(handler, "Ask for it…")
        handler.sees("#field-purpose").fill("Change of registration")
        handler.page.locator("#field-due_on").fill(SOON)
        handler.looks_around("title-request-form")
        presses(handler, "Send the request")
        handler.sees("text=QZSQ-")
        request = handler.page.url.removeprefix(company.url)
    with company.seat("zongjingli", "en") as chief:
        chief.goes_to("/titles/requests")
        chief.sees("text=Yours to decide")
        chief.goes_to(request)
        signs(chief, company)
        chief.looks_around("title-request-deciding")
        presses(chief, "Approve")
        chief.sees("text=Approved")
    with company.seat("quanzheng", "en") as keeper:
        opens_safe(keeper, company, "Out for registration", "Both sign: open")
        keeper.goes_to(request)
        presses(keeper, "Record as taken out")
        keeper.sees("text=Record as brought back")
        keeper.looks_around("title-out")
        keeper.page.locator("select[name=condition]").select_option("damaged")
        keeper.page.locator("#back-remark").fill("Cover torn")
        presses(keeper, "Record as brought back")
        keeper.sees("text=Done")
        keeper.goes_to("/titles/1")
        assert re.search(r"Cover torn", keeper.page.inner_text("main"))
        keeper.looks_around("title-back")


def test_the_safe_is_counted_blind_and_signed_for(company):
    with company.seat("quanzheng") as keeper:
        keeper.goes_to("/titles/stock-takes")
        keeper.page.locator("main").get_by_role("button", name="计划盘点").click()
        presses(keeper, "开始盘点")
        keeper.sees("text=账面数在比对后显示")
        assert "账面数" not in keeper.page.locator("thead").inner_text()
        keeper.looks_around("stock-take-counting")
        keeper.page.locator("input[name^=counted-]").first.fill("1")
        presses(keeper, "提交并与账面比对")
        keeper.sees("input[name^=explanation-]").fill("一份在登记机关，已补办出库申请")
        presses(keeper, "保存说明")
        signs(keeper, company, witness="jianzheng")
        keeper.looks_around("stock-take-signing")
        presses(keeper, "两人签字")
        keeper.sees("text=盘点已签字")


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desk", "phone"])
def test_every_page_of_title_documents_is_fit_to_be_read(company, language, viewport):
    with company.seat("quanzheng", language, viewport) as keeper:
        for path in LATER_PAGES[:-1]:
            keeper.goes_to(path)
            keeper.looks_around(f"titles{path.replace('/', '-').removeprefix('-titles')}")
    with company.seat("jingban", language, viewport) as handler:
        handler.goes_to(LATER_PAGES[-1])
        handler.looks_around("title-slip-new")
