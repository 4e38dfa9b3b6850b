"""The year of an archivist in a browser: a stack is filed, a gap filled, the year bound, checked, sealed, printed."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from browsing import PHONE, Person, launched, person_at
from drawn import encoded, picture
from playwright.sync_api import Browser, sync_playwright
from program import Program

FONT_PX = 40
CHECKER = "li"
YEAR = "2024"
LATER_PAGES = (
    "/volumes", "/volumes/bind", f"/volumes/bind/plan?year={YEAR}", "/contracts", "/contracts/1", "/contracts/missing",
    "/contracts/import", "/transfers", "/transfers/register", "/locations", "/arrangement", "/arrangement/numbers",
    "/arrangement/retention", "/print", "/print/volume-catalogue?year=2023", "/customers/C0001/edit",
)  # fmt: skip

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@dataclass(frozen=True, slots=True)
class Office:
    """A service over the sample archive, with the passwords of its administrator and of a second person."""

    url: str
    password: str
    second_password: str


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = launched(playwright)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def office(sample_archive: Program, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    program = sample_archive.copied_to(tmp_path_factory.mktemp("year") / "office")
    secret = Path(program.folder / "second-password")
    secret.write_text("a second person's long pass phrase")
    program.run(
        "user", "add", CHECKER, "--role", "clerk", "--role", "archivist", "--clearance", "1", "--password-file", secret
    )
    with program.serving() as service:
        yield Office(service.url, program.password, secret.read_text())


def presses_button(person: Person, selector: str) -> None:
    """Come to a button or link with the Tab key and press it."""
    person.tabs_to(selector, at_most=200)
    person.presses("Enter")


def lacks_an_authorization(person: Person, contract_no: str) -> bool:
    """Whether the list of missing papers says so of a contract."""
    person.goes_to("/contracts/missing")
    rows = person.page.locator("main tbody tr").all_inner_texts()
    return any(contract_no in row and "授权委托书" in row for row in rows)


def test_a_stack_is_filed_and_a_gap_in_a_contract_filled(browser, office):
    scan = picture(
        (
            "授权委托书",
            "合同编号：WL-2022/036",
            "委托人：成都川驿联运物流有限公司",
            "受托人：周建国，职务：业务经理",
            "委托事项：代表本公司签订货物运输服务合同",
            "日期：2022年3月20日",
        ),
        font_px=FONT_PX,
    )
    with person_at(browser, office.url, language="zh") as person:
        person.signs_in("admin", office.password)
        assert lacks_an_authorization(person, "WL-2022/036")
        person.looks_around("missing-papers")
        person.uploads("授权委托书.png", encoded(scan, "PNG"))
        person.sees("[data-go-on]").click()
        form = person.sees("[data-confirmation]")
        form.locator("[name=customer]").fill("C0003")
        form.locator("[name=type_code]").select_option("authorization")
        form.locator("[name=contract_no]").fill("WL-2022/036")
        form.locator("[name=year]").fill("2022")
        waiting = person.page.url
        person.page.wait_for_load_state("networkidle")
        person.presses("Control+Enter")
        person.page.wait_for_url(lambda address: address != waiting)
        assert not lacks_an_authorization(person, "WL-2022/036")
        assert person.complaints == []


def test_a_year_is_bound_checked_by_a_second_person_sealed_and_printed_by_keyboard(browser, office):
    with person_at(browser, office.url, language="zh") as archivist:
        archivist.signs_in("admin", office.password)
        archivist.goes_to("/volumes/bind")
        archivist.tabs_to("#field-year")
        archivist.page.keyboard.type(YEAR)
        presses_button(archivist, "main form button[type=submit]")
        archivist.page.wait_for_url("**/volumes/bind/plan*")
        archivist.looks_around("binding-plan")
        assert "尚未占用任何编号" in archivist.sees("main").inner_text()
        archivist.page.wait_for_load_state("networkidle")
        presses_button(archivist, "[data-dialog=start-binding]")
        archivist.sees("#start-binding button[type=submit]")
        presses_button(archivist, "#start-binding button[type=submit]")
        archivist.page.wait_for_url(re.compile(r"/volumes/bind/runs/\d+"))
        volume = archivist.sees('main a[href^="/volumes/"] code', within_ms=60_000)
        archivist.looks_around("binding-run")
        code = volume.inner_text()
        volume.click()
        archivist.page.wait_for_url(re.compile(r"/volumes/\d+"))
        address = archivist.page.url.removeprefix(office.url)
        presses_button(archivist, 'form[action$="/hand-over"] button, form[action$="/hand-to-check"] button')
        archivist.page.wait_for_load_state("networkidle")
        is_checked_by_the_second_person(browser, office, address)
        archivist.goes_to(address)
        presses_button(archivist, 'a[href$="/seal"]')
        archivist.page.wait_for_url("**/seal")
        archivist.looks_around("seal")
        presses_button(archivist, "main form button[type=submit]")
        archivist.page.wait_for_url(f"**{address}")
        assert "已封卷" in archivist.sees("main").inner_text()
        archivist.looks_around("sealed-volume")
        is_printed(archivist, code)
        assert archivist.complaints == []


def is_checked_by_the_second_person(browser: Browser, office: Office, address: str) -> None:
    with person_at(browser, office.url, language="zh") as checker:
        checker.signs_in(CHECKER, office.second_password)
        checker.goes_to(address)
        presses_button(checker, 'a[href$="/check"]')
        checker.page.wait_for_url("**/check")
        for compared in ("paper", "catalogue", "images"):
            checker.tabs_to(f"[name=compared][value={compared}]", at_most=200)
            checker.presses("Space")
        checker.looks_around("check")
        presses_button(checker, 'form[action$="/check"] button[type=submit]')
        checker.page.wait_for_url(f"**{address}")
        assert checker.complaints == []


def is_printed(person: Person, code: str) -> None:
    """The sheets of the volume in a preview, and as bytes to keep."""
    presses_button(person, 'a[href^="/print/volume-sheets"]')
    person.page.wait_for_url("**/print/volume-sheets*")
    assert person.page.input_value("[name=volume]") == code
    person.looks_around("print-preview")
    with person.page.expect_download() as coming:
        presses_button(person, 'main a[href*=".pdf"]')
    assert Path(coming.value.path()).read_bytes().startswith(b"%PDF-")


@pytest.mark.parametrize(("language", "viewport"), [("en", None), ("zh", PHONE)], ids=["English", "on a phone"])
def test_every_page_of_filing_speaks_one_language_and_fits_the_window(browser, office, language, viewport):
    with person_at(browser, office.url, language=language, **({"viewport": viewport} if viewport else {})) as person:
        person.signs_in("admin", office.password)
        for path in LATER_PAGES:
            person.goes_to(path)
            person.looks_around(re.sub(r"\W+", "-", path.strip("/")))
        assert person.complaints == []
