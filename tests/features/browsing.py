"""A person at a real browser: Chromium without a window, and an eye on everything that a person would not forgive."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, ConsoleMessage, Locator, Page, Playwright, Request, Response, ViewportSize

CHROMIUM = "/usr/bin/chromium"
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PATIENCE_MS = 20_000
READING_PATIENCE_MS = 90_000
HAN = re.compile(r"[一-鿿]")
ARTEFACTS = Path(__file__).parents[2] / "artefacts" / "browser"

BROWSER_OWN = ("chrome-extension:", "chrome:")
"""Where Chromium keeps the viewer in which it shows a PDF; nothing of it comes from outside."""

DESKTOP = ViewportSize(width=1280, height=800)
PHONE = ViewportSize(width=390, height=844)

UNLABELLED = """
() => [...document.querySelectorAll('input, select, textarea, button, a[href]')]
  .filter((e) => e.type !== 'hidden' && e.getClientRects().length && !e.closest('[aria-hidden=true], [hidden]'))
  .filter((e) => !(e.labels?.length || e.getAttribute('aria-label') || e.getAttribute('aria-labelledby') || e.title
    || e.textContent.trim() || e.value && e.type === 'submit' || e.querySelector('img[alt]:not([alt=""])')))
  .map((e) => e.outerHTML.slice(0, 120))
"""
SPOKEN = """
() => [...document.querySelectorAll('nav a, button, label, th, summary, [aria-label], [title], [placeholder]')]
  .filter((e) => !e.closest('[lang]:not(html)') && !e.closest('.brand') && e.getClientRects().length)
  .flatMap((e) => [e.matches('nav a, button, label, th, summary') ? e.textContent : '', e.getAttribute('aria-label'),
    e.title, e.placeholder])
  .filter((text) => typeof text === 'string' && text.trim())
"""
OVERFLOW = "() => document.documentElement.scrollWidth - window.innerWidth"
FOCUS = """
() => { const e = document.activeElement, s = getComputedStyle(e);
  return { tag: e.tagName, href: e.getAttribute('href') || '', name: e.name || '', type: e.type || '',
    ring: s.outlineStyle !== 'none' || s.boxShadow !== 'none', text: e.textContent.trim() } }
"""


@dataclass(slots=True)
class Person:
    """One person in one browser window, speaking one language; `complaints` is what went wrong unseen."""

    page: Page
    url: str
    language: str
    complaints: list[str]

    def goes_to(self, path: str) -> None:
        """Open an address of the service."""
        self.page.goto(f"{self.url}{path}")

    def sees(self, selector: str, *, within_ms: float = PATIENCE_MS) -> Locator:
        """The first element that fits, once it is visible, on a page that is there with its style and its scripts."""
        found = self.page.locator(selector).first
        found.wait_for(state="visible", timeout=within_ms)
        self.page.wait_for_load_state(timeout=within_ms)  # before its style has come, what is hidden is visible
        return found

    def signs_in(self, name: str, password: str) -> None:
        """Fill in the form and send it."""
        self.goes_to(f"/sign-in?lang={self.language}")
        self.sees("#field-name").fill(name)
        self.page.locator("#field-password").fill(password)
        self.page.get_by_role("button", name="登录" if self.language == "zh" else "Sign in").click()
        self.page.wait_for_url(lambda address: "sign-in" not in address)

    def uploads(self, original_filename: str, content: bytes) -> None:
        """Choose one paper on the upload page and wait until it was read."""
        self.goes_to("/upload")
        chosen = {"name": original_filename, "mimeType": "application/octet-stream", "buffer": content}
        self.page.locator("input[name=papers]").set_input_files([chosen])
        self.sees("[data-go-on]", within_ms=READING_PATIENCE_MS)

    def presses(self, key: str) -> None:
        """One key, wherever the focus is."""
        self.page.keyboard.press(key)

    def tabs_to(self, selector: str, *, at_most: int = 80) -> None:
        """Walk with the Tab key until the focus is on an element that fits; each stop must show where it is."""
        for _ in range(at_most):
            if self.page.evaluate("(s) => document.activeElement.matches(s)", selector):
                assert self.page.evaluate(FOCUS)["ring"], f"nobody can see the focus on {selector}"
                return
            self.presses("Tab")
        raise AssertionError(f"the Tab key does not lead to {selector}")

    def looks_around(self, name: str) -> None:
        """Hold the present page to what every page owes, and keep a picture of it."""
        tag = "zh" if self.language == "zh" else "en"
        self.page.wait_for_load_state()
        assert (self.page.get_attribute("html", "lang") or "").startswith(tag)
        assert self.page.evaluate(OVERFLOW) <= 0, f"{name} is wider than the window"
        assert self.page.evaluate(UNLABELLED) == [], f"{name} has controls without a name"
        if self.language == "en":
            assert [text for text in self.page.evaluate(SPOKEN) if HAN.search(text)] == [], f"{name} speaks Chinese"
        self.keeps_picture(name)

    def keeps_picture(self, name: str) -> None:
        """A picture of the window for whoever wants to see what the test saw."""
        ARTEFACTS.mkdir(parents=True, exist_ok=True)
        width = (self.page.viewport_size or DESKTOP)["width"]
        self.page.screenshot(path=ARTEFACTS / f"{name}-{self.language}-{width}.png")


def launched(playwright: Playwright) -> Browser:
    """Debian's Chromium, without a window."""
    return playwright.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))


@contextmanager
def person_at(browser: Browser, url: str, *, language: str, viewport: ViewportSize = DESKTOP) -> Iterator[Person]:
    """A person with a fresh browser window, until the block ends."""
    context = browser.new_context(viewport=viewport, locale="zh-CN" if language == "zh" else "en-GB")
    page = context.new_page()
    page.set_default_timeout(PATIENCE_MS)
    person = Person(page, url, language, [])
    page.on("console", lambda message: _note_message(person, message))
    page.on("pageerror", lambda error: person.complaints.append(f"script error: {error}"))
    page.on("request", lambda request: _note_request(person, request))
    page.on("response", lambda response: _note_response(person, response))
    try:
        yield person
    finally:
        context.close()


def _note_message(person: Person, message: ConsoleMessage) -> None:
    if message.type in {"error", "warning"}:
        person.complaints.append(f"console: {message.text}")


def _note_request(person: Person, request: Request) -> None:
    if not request.url.startswith((person.url, "data:", "blob:", *BROWSER_OWN)):
        person.complaints.append(f"asks a stranger: {request.url}")


def _note_response(person: Person, response: Response) -> None:
    if response.status >= 400:
        person.complaints.append(f"{response.status} for {response.url}")


def follows(person: Person, selector: str) -> None:
    """Come to a link with the Tab key and follow it."""
    person.page.wait_for_load_state("networkidle")
    person.tabs_to(selector, at_most=200)
    left = person.page.url
    person.presses("Enter")
    person.page.wait_for_url(lambda address: address != left)


def fills(person: Person, **typed: str) -> None:
    """Fill in what a form asks for, and send it."""
    for name, text in typed.items():
        field = person.sees(f"main form [name={name}]")
        if field.evaluate("e => e.tagName") == "SELECT":
            field.select_option(text)
        else:
            field.fill(text)
    asking = person.page.url
    person.page.locator("main form button[type=submit]").last.click()
    person.page.wait_for_url(lambda address: address != asking)
