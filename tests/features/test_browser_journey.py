"""From a scan to the marked word on the page, in a browser: sign in, upload, confirm in the tray, search, see it."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from browsing import DESKTOP, PHONE, Person, launched, person_at
from drawn import LEADING, MARGIN_PX, encoded, picture
from playwright.sync_api import Browser, FileChooser, TimeoutError, ViewportSize, sync_playwright
from program import Program

FONT_PX = 40
PHRASE = "逾期交货每日按千分之二支付违约金"
MOST_OFF_PX = 14
"""How far a highlight may lie beside the characters as drawn."""
EVERY_PAGE = (
    "/", "/search", "/search?q=违约金", "/upload", "/tray", "/customers", "/customers/C0001", "/volumes", "/users",
    "/journal", "/help", "/password", "/operations", "/search/saved", "/synonyms",
)  # fmt: skip

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@dataclass(frozen=True, slots=True)
class Desk:
    """A service with one customer, and the password of its administrator."""

    url: str
    password: str


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = launched(playwright)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    program = Program(tmp_path_factory.mktemp("desk"))
    program.found()
    program.run("customer", "add", "--code", "C0001", "--name", "苏州瑞泰精密机械有限公司")
    with program.serving() as service:
        yield Desk(service.url, program.password)


def contract_lines(number: str) -> tuple[str, ...]:
    """One page of a sales contract; no two journeys upload the same one."""
    return (
        "产品购销合同",
        f"合同编号：{number}",
        "甲方（买方）：安徽皖江重工机械有限公司",
        "乙方（卖方）：苏州瑞泰精密机械有限公司",
        "签订日期：2024年5月18日",
        "标的：液压缸总成，数量一百二十台",
        "总价款：人民币肆拾叁万捌仟元整（¥438,000.00）",
        f"违约责任：{PHRASE}",
    )


@pytest.mark.parametrize(
    ("language", "viewport", "number"),
    [("zh", DESKTOP, "HT-2024-00871"), ("en", DESKTOP, "HT-2024-00872"), ("zh", PHONE, "HT-2024-00873")],
    ids=["Chinese", "English", "on a phone"],
)
def test_a_scan_becomes_a_marked_word_on_its_page(browser, desk, language, viewport: ViewportSize, number):
    with person_at(browser, desk.url, language=language, viewport=viewport) as person:
        person.goes_to(f"/sign-in?lang={language}")
        person.looks_around("sign-in")
        person.signs_in("admin", desk.password)
        person.uploads(f"扫描 {number}.png", encoded(picture(contract_lines(number), font_px=FONT_PX), "PNG"))
        person.looks_around("upload")
        person.sees("[data-go-on]").click()
        confirms_in_tray(person, number)
        person.goes_to(f'/search?q="{PHRASE}" 合同:{number}')
        assert PHRASE in person.sees(".hit .snippet mark").inner_text()
        person.looks_around("search")
        person.sees(".hit-title a").click()
        sees_the_phrase_marked(person, number)
        assert person.complaints == []


def test_the_whole_way_can_be_gone_with_the_keyboard(browser, desk):
    number = "HT-2024-00874"
    scan = {
        "name": f"{number}.png",
        "mimeType": "image/png",
        "buffer": encoded(picture(contract_lines(number), font_px=FONT_PX), "PNG"),
    }
    with person_at(browser, desk.url, language="zh") as person:
        keyboard = person.page.keyboard
        person.goes_to("/sign-in")
        person.tabs_to("#field-name")
        keyboard.type("admin")
        person.tabs_to("#field-password")
        keyboard.type(desk.password)
        person.presses("Enter")
        person.page.wait_for_url(lambda address: "sign-in" not in address)
        person.tabs_to('a[href="/upload"]')
        person.presses("Enter")
        person.page.wait_for_url("**/upload")
        person.page.wait_for_load_state("networkidle")
        person.tabs_to("input[name=papers]")
        chooser = chosen_by_keyboard(person)
        chooser.set_files([scan])
        person.sees("[data-go-on]", within_ms=90_000)
        person.tabs_to("[data-go-on]")
        person.presses("Enter")
        person.sees("[data-confirmation]")
        assert person.page.input_value("[name=contract_no]") == number
        waiting = person.page.url
        person.page.wait_for_load_state("networkidle")  # the keys are ours once the page's scripts have come
        person.presses("Control+Enter")
        person.page.wait_for_url(lambda address: address != waiting)
        person.goes_to("/")
        person.presses("/")
        keyboard.type(f'"{PHRASE}" 合同:{number}')
        person.presses("Enter")
        person.sees(".hit-title a")
        person.tabs_to(".hit-title a")
        person.presses("Enter")
        sees_the_phrase_marked(person, number)
        person.presses("?")
        person.sees("dialog.key-help[open]")
        person.presses("Escape")
        assert person.complaints == []


def test_a_paper_that_cannot_be_read_is_explained_where_it_was_uploaded(browser, desk):
    with person_at(browser, desk.url, language="zh") as person:
        person.signs_in("admin", desk.password)
        person.goes_to("/upload")
        text = {"name": "文本.pdf", "mimeType": "application/pdf", "buffer": "这只是一个文本文件。\n".encode()}
        person.page.locator("input[name=papers]").set_input_files([text])
        person.page.get_by_text("纯文本").first.wait_for(timeout=60_000)
        person.looks_around("upload-refused")
        assert person.complaints == []


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_every_page_speaks_the_language_and_fits_the_window(browser, desk, language, viewport: ViewportSize):
    with person_at(browser, desk.url, language=language, viewport=viewport) as person:
        person.signs_in("admin", desk.password)
        for path in EVERY_PAGE:
            person.goes_to(path)
            person.looks_around("page" + path.partition("?")[0].replace("/", "-").rstrip("-"))
        assert person.complaints == []


def test_nothing_is_shown_to_whoever_has_not_signed_in(browser, desk):
    with person_at(browser, desk.url, language="zh") as person:
        for path in EVERY_PAGE:
            person.goes_to(path)
            assert "/sign-in" in person.page.url


def confirms_in_tray(person: Person, number: str) -> None:
    """What was read is in the form and marked on the page; the person confirms it and the tray is done with it."""
    person.sees("[data-confirmation]")
    person.sees("svg.viewer-sheet rect.mark")
    assert person.page.input_value("[name=contract_no]") == number
    assert "苏州瑞泰精密机械有限公司" in person.page.input_value("[name=customer]")
    assert person.page.input_value("[name=doc_on]") == "2024-05-18"
    assert person.page.input_value("[name=type_code]") == "contract"
    assert "438" in person.page.input_value("[name=amount]")
    person.looks_around("tray")
    waiting = person.page.url
    person.sees("[data-confirm]").click()
    person.page.wait_for_url(lambda address: address != waiting)


def chosen_by_keyboard(person: Person) -> FileChooser:
    """The chooser that the space bar opens; a key pressed while a busy browser still draws the page may be lost."""
    for _ in range(3):
        try:
            with person.page.expect_file_chooser(timeout=10_000) as opening:
                person.presses("Space")
        except TimeoutError:
            continue
        return opening.value
    raise AssertionError("the space bar opens no chooser")


def sees_the_phrase_marked(person: Person, number: str) -> None:
    """The highlight lies on the very characters, in the image that is on the screen."""
    hit = person.sees("svg.viewer-sheet [data-hits-here] rect.hit")
    person.sees("svg.viewer-sheet image")
    width = float((person.sees("svg.viewer-sheet").get_attribute("viewBox") or "").split()[2])
    image = picture(contract_lines(number), font_px=FONT_PX)
    scale = image.width / width
    left, top, right, bottom = expected_place(number)
    drawn = {name: float(hit.get_attribute(name) or "nan") * scale for name in ("x", "y", "width", "height")}
    assert abs(drawn["x"] - left) <= MOST_OFF_PX, (drawn, left)
    assert abs(drawn["x"] + drawn["width"] - right) <= MOST_OFF_PX, (drawn, right)
    assert top - MOST_OFF_PX <= drawn["y"] < bottom
    person.page.wait_for_load_state("networkidle")  # the marks are drawn anew until image and text have come
    assert person.sees("svg.viewer-sheet [data-hits-here] rect.hit").bounding_box(), (
        "the highlight is not on the screen"
    )
    assert PHRASE in person.sees(".page-text mark, #page-text mark").inner_text()
    person.looks_around("item")


def expected_place(number: str) -> tuple[float, float, float, float]:
    """Where the phrase was drawn: left, top, right and bottom in pixels of the picture."""
    lines = contract_lines(number)
    row = next(index for index, line in enumerate(lines) if PHRASE in line)
    before = len(lines[row]) - len(PHRASE)
    top = MARGIN_PX + row * int(FONT_PX * LEADING)
    # Every character of this line is as wide as it is high.
    return MARGIN_PX + before * FONT_PX, top, MARGIN_PX + len(lines[row]) * FONT_PX, top + FONT_PX * LEADING
