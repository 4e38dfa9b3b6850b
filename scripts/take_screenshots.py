r"""Take the pictures of docs/screenshots from a served sample archive, with Debian's Chromium.

    make run                                   # in one terminal; stop it again
    DMS_HOME=archive .venv/bin/dms serve       # sealed, for the picture of the unlock page
    .venv/bin/python scripts/take_screenshots.py \
        --password-file archive.secrets/password --passphrase-file archive.secrets/passphrase

Without `--passphrase-file` the service is taken as it is, open, and the unlock page is left out. Backups, inspections
and drills are on the pictures when the archive has them.
Run it again after a change of the pages; each picture stays below `MAX_BYTES`.
"""

import argparse
import io
from dataclasses import dataclass
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = ("--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-sync")
TARGET = Path(__file__).parents[1] / "docs" / "screenshots"
MAX_BYTES = 150_000
COLOURS = (256, 128, 64, 32)
DESKTOP = ViewportSize(width=1280, height=800)
PHONE = ViewportSize(width=390, height=844)
QUERY = "违约金"
CUSTOMER = "C0001"
ADMINISTRATION = (
    ("operations", "/operations"),
    ("backups", "/backups"),
    ("inspections", "/inspections"),
    ("inspection", "/inspections/1"),
)
"""What an administrator sees; on a phone only the first two are taken."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """Who takes the pictures, and of which service."""

    url: str
    name: str
    password: str
    language: str
    viewport: ViewportSize
    suffix: str


def main() -> None:
    """Take every picture in both languages, and some at the width of a phone."""
    asked = _arguments()
    password = asked.password_file.read_text(encoding="utf-8").strip()
    visits = [
        Visit(url=asked.url, name=asked.user, password=password, language=language, viewport=viewport, suffix=suffix)
        for language, viewport, suffix in (
            ("zh", DESKTOP, "zh"),
            ("en", DESKTOP, "en"),
            ("zh", PHONE, "zh-phone"),
        )
    ]
    TARGET.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(ARGUMENTS))
        if asked.passphrase_file:
            _unlock(browser, visits, asked.passphrase_file.read_text(encoding="utf-8").strip())
        for visit in visits:
            _take(browser, visit)
        browser.close()


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--url", default="http://127.0.0.1:8000")
    parser.add_argument("--user", default="admin")
    parser.add_argument("--password-file", type=Path, required=True)
    parser.add_argument("--passphrase-file", type=Path, help="of a service that is sealed")
    return parser.parse_args()


def _unlock(browser: Browser, visits: list[Visit], passphrase: str) -> None:
    """Take the unlock page for every visit, then unlock the service on the last one."""
    for visit in visits:
        page = _new_page(browser, visit)
        _open(page, visit, f"/unlock?lang={visit.language}")
        _keep(page, visit, "unlock")
        if visit is visits[-1]:
            page.locator("#field-secret").fill(passphrase)
            page.keyboard.press("Enter")
            page.wait_for_url(lambda address: "unlock" not in address)
        page.context.close()


def _new_page(browser: Browser, visit: Visit) -> Page:
    locale = "zh-CN" if visit.language == "zh" else "en-GB"
    return browser.new_context(viewport=visit.viewport, locale=locale).new_page()


def _take(browser: Browser, visit: Visit) -> None:
    page = _new_page(browser, visit)
    _open(page, visit, f"/sign-in?lang={visit.language}")
    _keep(page, visit, "sign-in")
    _sign_in(page, visit)
    for name, path in (
        ("home", "/"),
        ("upload", "/upload"),
        ("customer", f"/customers/{CUSTOMER}"),
        ("search", f"/search?q={QUERY}"),
        ("volumes", "/volumes"),
        ("contracts", "/contracts"),
        ("requests", "/requests/register"),
        ("holds", "/holds"),
        ("reports", "/reports/archive"),
        *(ADMINISTRATION if visit.viewport is DESKTOP else ADMINISTRATION[:2]),
    ):
        _open(page, visit, path)
        _keep(page, visit, name)
    _open(page, visit, f"/search?q={QUERY}")
    page.locator(".hit-title a").first.click()
    page.locator("[data-hits-here] rect.hit").first.wait_for()
    _keep(page, visit, "item")
    _open(page, visit, "/tray/next")
    _keep(page, visit, "tray")
    page.context.close()


def _sign_in(page: Page, visit: Visit) -> None:
    page.locator("#field-name").fill(visit.name)
    page.locator("#field-password").fill(visit.password)
    page.keyboard.press("Enter")
    page.wait_for_url(lambda address: "sign-in" not in address)


def _open(page: Page, visit: Visit, path: str) -> None:
    page.goto(f"{visit.url}{path}", wait_until="networkidle")


def _keep(page: Page, visit: Visit, name: str) -> None:
    """Write the picture of the window in as many colours as fit into `MAX_BYTES`."""
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(400)  # images fade in and the viewer scrolls to the first hit
    picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    content = min((_packed(picture, colours) for colours in COLOURS), key=lambda packed: len(packed) > MAX_BYTES)
    (TARGET / f"{name}-{visit.suffix}.png").write_bytes(content)
    print(f"{name}-{visit.suffix}.png  {len(content) // 1024} KB")


def _packed(picture: Image.Image, colours: int) -> bytes:
    buffer = io.BytesIO()
    # Median cut would spend the palette on the greys of the scan and lose the marks; maximum coverage keeps them.
    reduced = picture.quantize(colours, method=Image.Quantize.MAXCOVERAGE, kmeans=3, dither=Image.Dither.NONE)
    reduced.save(buffer, "PNG", optimize=True)
    return buffer.getvalue()


if __name__ == "__main__":
    main()
