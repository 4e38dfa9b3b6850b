"""An original is borrowed with approval, and a secret paper looked at for a while, by four persons in a browser."""

import re
from collections.abc import Iterator
from threading import Thread

import pytest
from browsing import DESKTOP, PHONE, Person, fills, follows, launched, person_at
from playwright.sync_api import Browser, ViewportSize, sync_playwright
from simulators.archives import PASSWORD
from simulators.offices import Company, found_company
from simulators.scanner import LIMITS
from werkzeug.serving import make_server

from dms.custody.lending import RequestStated, Verdict, ask_for_use, decide_request, hand_out, show_request
from dms.domain.lending import UseKind
from dms.web import create_app

LATER_PAGES = {
    "xiao-li": ("/requests", "/requests/new", "/requests/1", "/loans/mine", "/loans/1", "/lending/rules"),
    "sales-head": ("/requests/to-decide", "/lending/deputies"),
    "keeper": ("/requests/desk", "/requests/register", "/loans", "/loans/overdue", "/requests/1"),
    "admin": ("/lending/rules",),
}

DARKEST = """
async (address) => { const image = await createImageBitmap(await (await fetch(address)).blob());
  const canvas = new OffscreenCanvas(image.width, image.height), drawing = canvas.getContext('2d');
  drawing.drawImage(image, 0, 0);
  return drawing.getImageData(0, 0, image.width, image.height).data.reduce((a, b) => Math.min(a, b), 255) }
"""
"""The darkest value on a picture that is blank but for what was laid over it."""

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = launched(playwright)
        yield browser
        browser.close()


@pytest.fixture
def company(archive) -> Company:
    return found_company(archive)


@pytest.fixture
def url(company: Company) -> Iterator[str]:
    """The pages of the archive, served to real browsers by threads of this process."""
    app = create_app(company.archive, limits=LIMITS, secret_key=bytes(32))
    server = make_server("127.0.0.1", 0, app, threaded=True)
    serving = Thread(target=server.serve_forever, daemon=True)
    serving.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    serving.join()
    server.server_close()


class _At:
    """Opens a window for one person."""

    def __init__(self, browser: Browser, url: str) -> None:
        self._browser, self._url = browser, url

    def __call__(self, name: str, *, language: str = "zh", viewport: ViewportSize = DESKTOP):
        return _SignedIn(person_at(self._browser, self._url, language=language, viewport=viewport), name)


class _SignedIn:
    def __init__(self, window, name: str) -> None:
        self._window, self._name = window, name

    def __enter__(self) -> Person:
        person = self._window.__enter__()
        person.signs_in(self._name, PASSWORD)
        return person

    def __exit__(self, *error: object) -> None:
        self._window.__exit__(*error)


def test_an_original_is_asked_for_approved_lent_and_brought_back(browser, url, company):
    at = _At(browser, url)
    with at("xiao-li") as asker:
        asker.goes_to(f"/items/{company.ordinary.id}")
        follows(asker, 'a[href^="/requests/new?paper="]')
        asker.sees("input[name=kind][value=original]").check()
        asker.looks_around("request-form")
        fills(asker, purpose="与承运方核对运费结算条款", days="14")
        asker.looks_around("request-pending")
        assert "待审批" in asker.sees("main").inner_text()
        assert asker.complaints == []
    with at("sales-head") as head:
        head.goes_to("/requests/to-decide")
        head.looks_around("requests-to-decide")
        follows(head, 'main td a[href="/requests/1"]')
        follows(head, 'a[href="/requests/1/approve"]')
        head.looks_around("request-approve")
        fills(head, opinion="同意，用后即还")
        assert "已批准" in head.sees("main").inner_text()
        assert head.complaints == []
    with at("keeper") as keeper:
        keeper.goes_to("/requests/1")
        follows(keeper, 'a[href$="/hand-out"]')
        keeper.looks_around("loan-hand-out")
        fills(keeper, sheets="3", second_name="xiao-li", second_password=PASSWORD)
        assert "2026-03-16" in keeper.sees("main").inner_text()
        keeper.goes_to("/loans")
        keeper.looks_around("loans")
        keeper.goes_to(f"/items/{company.ordinary.id}")
        assert "已借给 xiao-li" in keeper.sees("main").inner_text()
    with at("xiao-li") as asker:
        asker.goes_to("/loans/mine")
        asker.sees('main td a[href="/loans/1"]').click()
        asker.sees('form[action$="/renew"] button').click()
        asker.page.wait_for_load_state()
        assert "2026-03-30" in asker.sees("main").inner_text()
        asker.looks_around("loan-renewed")
    with at("keeper") as keeper:
        keeper.goes_to("/loans/1/return")
        keeper.looks_around("loan-return")
        fills(keeper, condition="incomplete", note="缺第 2 页")
        assert "缺页" in keeper.sees("main").inner_text()
        keeper.goes_to("/requests/register")
        keeper.looks_around("use-register")
        register = keeper.sees("main").inner_text()
        assert "采购合同" in register and "2026-03-30" in register
        with keeper.page.expect_download() as printed:
            keeper.sees('a[href*="register.pdf"]').click()
        assert printed.value.suggested_filename == "借阅登记.pdf"
        assert keeper.complaints == []


def test_a_secret_paper_is_described_found_approved_and_seen_with_a_mark_over_it(browser, url, company):
    at = _At(browser, url)
    with at("xiao-li") as asker:
        asker.goes_to("/customers/C0001")
        asker.sees('a[href^="/requests/new?described="]').click()
        asker.sees("[name=described]").fill("C0001 股权质押合同，2025 年")
        fills(asker, purpose="应诉举证", days="3")
        assert "办理中" in asker.sees("main").inner_text()
        asker.looks_around("request-veiled")
    with at("keeper") as keeper:
        keeper.goes_to("/requests/desk")
        keeper.looks_around("requests-desk")
        keeper.goes_to("/requests/1/find")
        fills(keeper, papers=company.secret.id)
        assert "总经理" in keeper.sees("main").inner_text()
    with at("xiao-li") as asker:
        asker.goes_to("/requests/1")
        told = asker.sees("main").inner_text()
        assert "总经理" not in told and company.secret.id not in asker.page.content()
    with at("general") as boss:
        boss.goes_to("/requests/1/approve")
        fills(boss, opinion="同意查阅")
    with at("xiao-li") as asker:
        asker.goes_to("/requests/1")
        asker.sees(f'main a[href="/items/{company.secret.id}"]').click()
        shown = asker.sees("image[data-image]").get_attribute("href")
        darkest = asker.page.evaluate(DARKEST, shown)
        assert darkest < 245
        asker.looks_around("item-marked")
        assert asker.page.locator('a[href$="/original"], a[href$="/searchable.pdf"]').count() == 0
        assert asker.complaints == []


@pytest.mark.parametrize(("language", "viewport"), [("en", DESKTOP), ("zh", PHONE), ("en", PHONE)])
def test_every_page_of_lending_speaks_both_languages_and_fits_a_phone(browser, url, company, language, viewport):
    _one_loan(company)
    at = _At(browser, url)
    for name, pages in LATER_PAGES.items():
        with at(name, language=language, viewport=viewport) as person:
            for page in pages:
                person.goes_to(page)
                person.looks_around(f"lending{re.sub(r'[^a-z0-9]+', '-', page)}-{name}")
            assert person.complaints == []


def _one_loan(company: Company) -> None:
    stated = RequestStated(kind=UseKind.ORIGINAL, purpose="办理展期", papers=[company.ordinary.id])
    asked = ask_for_use(company.actor("xiao-li"), stated, archive=company.archive)
    decide_request(company.actor("sales-head"), asked.id, Verdict.APPROVE, archive=company.archive)
    (line,) = show_request(company.actor("keeper"), asked.id, archive=company.archive).lines
    hand_out(company.actor("keeper"), line.line.id, archive=company.archive)
