"""From a sealed start to a sealed end, in a browser: unlock page, sign-in, operations page, sealing again."""

import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from browsing import DESKTOP, PHONE, Person, launched, person_at
from playwright.sync_api import Browser, ViewportSize, sync_playwright
from program import Program

pytestmark = [pytest.mark.browser, pytest.mark.slow]

NOT_EXPECTED = ("403 for", "console: Failed to load resource: the server responded with a status of 403")
"""What a browser complains of where a wrong secret is refused, which is as it should be."""


class SealedProgram(Program):
    """An archive whose service is told no passphrase."""

    def environment(self) -> dict[str, str]:
        return {name: value for name, value in super().environment().items() if name != "DMS_PASSPHRASE_FILE"}

    def found_and_keep_recovery_key(self) -> str:
        """Found the archive; its recovery key."""
        told = self.run(
            "init", "--passphrase-file", self.passphrase_file, "--admin-password-file", self.password_file, "--json"
        )
        return str(told.answer["recovery_key"])


@dataclass(frozen=True, slots=True)
class Sealed:
    """A sealed service and its secrets."""

    url: str
    password: str
    passphrase: str
    recovery_key: str


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = launched(playwright)
        yield browser
        browser.close()


@pytest.fixture
def sealed(tmp_path) -> Iterator[Sealed]:
    program = SealedProgram(tmp_path)
    recovery_key = program.found_and_keep_recovery_key()
    with program.serving() as service:
        yield Sealed(service.url, program.password, program.passphrase, recovery_key)
        said = service.log.read_text()
    for secret in (program.password, program.passphrase, recovery_key, "not the passphrase"):
        assert secret not in said


@pytest.mark.parametrize(
    ("language", "viewport"),
    [("zh", DESKTOP), ("en", DESKTOP), ("zh", PHONE)],
    ids=["Chinese", "English", "on a phone"],
)
def test_a_sealed_service_is_unlocked_used_and_sealed_again(browser, sealed, language, viewport: ViewportSize):
    with person_at(browser, sealed.url, language=language, viewport=viewport) as person:
        person.goes_to(f"/customers?lang={language}")
        assert "/unlock" in person.page.url
        person.looks_around("unlock")
        gives(person, "not the passphrase")
        person.sees(".notice-danger")
        person.looks_around("unlock-refused")
        assert health(sealed) == '{"status": "sealed"}'
        gives(person, sealed.recovery_key.lower().replace("-", " "))
        person.page.wait_for_url("**/sign-in*")
        assert health(sealed) == '{"status": "open"}'
        person.signs_in("admin", sealed.password)
        person.goes_to("/operations")
        person.looks_around("operations")
        person.sees('form[action="/operations/verify"] button').click()
        sees_verdict(person)
        person.looks_around("operations-verified")
        seals_again(person)
        person.looks_around("unlock-again")
        assert health(sealed) == '{"status": "sealed"}'
        gives(person, sealed.passphrase)
        person.page.wait_for_url("**/sign-in*")
        person.goes_to("/operations")
        assert "/sign-in" in person.page.url, "the session has outlived the sealing"
        assert [each for each in person.complaints if not each.startswith(NOT_EXPECTED)] == []


def test_the_service_is_unlocked_and_sealed_with_the_keyboard_alone(browser, sealed):
    with person_at(browser, sealed.url, language="zh") as person:
        person.goes_to("/")
        assert person.page.evaluate("() => document.activeElement.name") == "secret"
        person.page.keyboard.type(sealed.passphrase)
        person.tabs_to("[data-reveal]")
        person.presses("Space")
        assert person.page.input_value("#field-secret") == sealed.passphrase
        assert person.page.get_attribute("#field-secret", "type") == "text"
        person.tabs_to("button[type=submit]")
        person.presses("Enter")
        person.page.wait_for_url("**/sign-in*")
        person.signs_in("admin", sealed.password)
        person.goes_to("/operations")
        person.tabs_to('[data-dialog="seal"]')
        person.presses("Enter")
        person.sees("dialog#seal[open]")
        person.tabs_to("dialog#seal button[type=submit]")
        person.presses("Enter")
        person.page.wait_for_url("**/unlock*")
        assert person.complaints == []


def gives(person: Person, secret: str) -> None:
    """Type a secret and send it."""
    person.sees("#field-secret").fill(secret)
    person.page.get_by_role("button", name="解锁" if person.language == "zh" else "Unlock").click()


def sees_verdict(person: Person) -> None:
    """Wait until the verification asked for is on the page."""
    for _ in range(40):
        person.goes_to("/operations")
        if person.page.locator(".verdict-good", has_text="完好" if person.language == "zh" else "Sound").count():
            return
        person.page.wait_for_timeout(500)
    raise AssertionError("the verification has not ended")


def seals_again(person: Person) -> None:
    """Ask for it, be asked, and mean it."""
    person.sees('[data-dialog="seal"]').click()
    person.sees("dialog#seal[open]")
    person.keeps_picture("operations-seal")
    person.page.locator("dialog#seal button[type=submit]").click()
    person.page.wait_for_url("**/unlock*")


def health(sealed: Sealed) -> str:
    """What a monitor is told."""
    with urllib.request.urlopen(f"{sealed.url}/healthz", timeout=5) as answer:
        return str(answer.read().decode().strip())
