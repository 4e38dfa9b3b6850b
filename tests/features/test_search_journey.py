"""Searching in a browser as a lawyer does on a bad day: by form, by facets, from hit to hit, and again next week."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from browsing import DESKTOP, PHONE, Person, launched, person_at
from drawn import encoded, picture
from playwright.sync_api import Browser, ViewportSize, sync_playwright
from program import Program

QUERY = "违约金"
CUSTOMER = "C0001"
CONTRACT = "HT-2023-00871"
PAGES = (
    "/search",
    f"/search?q={QUERY}&tolerant=1&synonyms=1&group=contract",
    f"/search?q={QUERY}&year=2024&within=付款",
    "/search?q=火星登陆",
    "/search/saved",
    "/synonyms",
    f"/customers/{CUSTOMER}/timeline?contract={CONTRACT}",
)
IN_SIGHT = """
() => { const mark = document.querySelector('[data-focus-here] .hit-now').getBoundingClientRect();
  const stage = document.querySelector('[data-stage]').getBoundingClientRect();
  return mark.top >= stage.top && mark.bottom <= stage.bottom && mark.top >= 0 && mark.bottom <= innerHeight }
"""

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@dataclass(frozen=True, slots=True)
class Desk:
    """The sample archive, served, and the password of its administrator."""

    url: str
    password: str


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = launched(playwright)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def desk(sample_archive: Program, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    program = sample_archive.copied_to(tmp_path_factory.mktemp("desk"))
    with program.serving() as service:
        yield Desk(service.url, program.password)


def test_the_form_writes_the_query_and_shows_it(browser, desk):
    with person_at(browser, desk.url, language="zh") as person:
        person.signs_in("admin", desk.password)
        opens(person, "/search")
        person.tabs_to(".advanced summary")
        person.presses("Enter")
        person.sees("[name=form_all_words]:focus")
        person.page.keyboard.type("验收")
        person.tabs_to("[name=form_near_first]")
        person.page.keyboard.type("逾期")
        person.presses("Tab")
        person.page.keyboard.type(QUERY)
        person.page.get_by_text(f"验收 逾期 NEAR {QUERY}").wait_for()
        person.looks_around("search-form")
        person.presses("Enter")
        person.page.wait_for_url("**q=**")
        assert person.page.input_value("#search-field") == f"验收 逾期 NEAR {QUERY}"
        assert count(person) > 0
        person.sees(".advanced summary").click()
        assert person.page.input_value("[name=form_near_second]") == QUERY
        assert person.complaints == []


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_facets_narrow_the_result_to_as_many_as_they_said(browser, desk, viewport: ViewportSize):
    with person_at(browser, desk.url, language="zh", viewport=viewport) as person:
        person.signs_in("admin", desk.password)
        opens(person, f"/search?q={QUERY}")
        before = count(person)
        if viewport is PHONE:
            person.sees("[data-facets-open]").click()
            person.looks_around("search-facets")
        value = person.sees(".facet-value")
        promised = int(value.locator(".facet-count").inner_text())
        value.click()
        person.sees(".chip")
        assert 0 < count(person) == promised < before
        assert not person.page.locator(".facets-head").is_visible()
        person.sees(".chip").click()
        person.page.locator(".chip").first.wait_for(state="detached")
        assert count(person) == before
        assert person.complaints == []


def test_what_is_suggested_can_be_taken_with_the_keyboard(browser, desk):
    with person_at(browser, desk.url, language="zh") as person:
        person.signs_in("admin", desk.password)
        opens(person, "/search")
        person.page.keyboard.type("恒拓")
        person.sees("#search-field[aria-expanded=true]")
        person.sees("[role=option]")
        person.looks_around("search-suggestions")
        person.presses("ArrowDown")
        chosen = person.page.get_attribute("#search-field", "aria-activedescendant")
        assert person.sees(f"#{chosen}[aria-selected=true]").inner_text().startswith("客户")
        person.presses("Enter")
        person.page.wait_for_url("**q=**")
        assert count(person) > 0
        assert person.complaints == []


def test_a_switch_that_is_pressed_with_the_keyboard_keeps_the_focus(browser, desk):
    with person_at(browser, desk.url, language="zh") as person:
        person.signs_in("admin", desk.password)
        opens(person, f"/search?q={QUERY}")
        person.tabs_to("button.switch[value=tolerant]")
        person.presses("Enter")
        person.page.wait_for_url("**tolerant=1**")
        person.sees("button.switch[value=tolerant][aria-checked=true]:focus")
        assert person.complaints == []


def test_the_next_paper_is_one_key_away_after_coming_back(browser, desk):
    with person_at(browser, desk.url, language="zh") as person:
        person.signs_in("admin", desk.password)
        opens(person, f"/search?q={QUERY}")
        person.presses("j")
        person.presses("j")
        person.presses("Enter")
        person.page.wait_for_url("**at=2**")
        person.page.wait_for_load_state("networkidle")
        person.presses("b")
        person.page.wait_for_url("**#hit-2")
        person.presses("j")
        person.sees("#hit-3 [data-list-entry]:focus")
        assert person.complaints == []


def test_one_searches_within_the_results_and_out_again(browser, desk):
    with person_at(browser, desk.url, language="zh") as person:
        person.signs_in("admin", desk.password)
        opens(person, f"/search?q={QUERY}")
        before = count(person)
        person.sees("[data-in-results]").check()
        person.page.keyboard.type("验收")
        person.presses("Enter")
        person.sees(".chip")
        assert 0 < count(person) < before
        person.sees(".chip").click()
        person.page.locator(".chip").first.wait_for(state="detached")
        assert person.page.input_value("#search-field") == "验收"
        assert person.complaints == []


def test_the_keyboard_steps_through_every_hit_of_every_paper(browser, desk):
    with person_at(browser, desk.url, language="zh") as person:
        person.signs_in("admin", desk.password)
        opens(person, "/search?q=交货&sort=date")
        papers = count(person)
        person.tabs_to(".hit-title a")
        person.presses("Enter")
        seen = [announced(person)]
        while len({place for place, _ in seen}) < 4:
            assert person.page.evaluate(IN_SIGHT), "the hit is not in sight"
            seen.append(steps(person, "n", seen[-1]))
        person.looks_around("item-stepping")
        assert [place for place, _ in seen] == sorted(place for place, _ in seen)
        assert seen[0][0] == f"第 1 / {papers} 件"
        assert seen[-1][0] == f"第 4 / {papers} 件"
        assert any(not hit.endswith("共 1 处") for _, hit in seen[:-1]), "no paper of several hits is on the way"
        back = [seen[-1]]
        while len(back) < len(seen):
            back.append(steps(person, "p", back[-1]))
        assert back == seen[::-1], "the way back leads to the last hit of the paper before"
        while announced(person) != seen[-2]:
            steps(person, "n", announced(person))
        person.presses("]")
        person.page.wait_for_url("**at=4**")
        person.page.wait_for_load_state("networkidle")
        person.presses("[")
        person.page.wait_for_url("**at=3**")
        person.page.wait_for_load_state("networkidle")
        person.presses("b")
        person.page.wait_for_url("**/search?**#hit-3")
        assert person.complaints == []


def test_a_saved_search_tells_what_is_new_since_last_time(browser, desk):
    word = "深海采矿"
    with person_at(browser, desk.url, language="zh") as person:
        person.signs_in("admin", desk.password)
        person.uploads("旧.png", encoded(picture(("产品购销合同", f"标的：{word}机械臂一台"), font_px=40), "PNG"))
        opens(person, f"/search?q={word}")
        person.sees("[data-dialog=save-search]").click()
        person.sees("dialog[open] [name=name]").fill("海底")
        person.looks_around("search-saving")
        person.presses("Enter")
        person.sees(".notice-success")
        person.uploads("新.png", encoded(picture(("补充协议", f"增加{word}机器人两台"), font_px=40), "PNG"))
        opens(person, "/search/saved")
        assert person.sees(".badge-new").inner_text() == "新增 1 件"
        person.looks_around("saved-searches")
        person.sees(".kept-what h2 a").click()
        person.sees(".badge-fresh")
        assert person.page.locator(".badge-fresh").count() == 1
        assert person.page.locator(".hit").count() == 2
        person.looks_around("saved-search")
        person.page.get_by_text("只看新增").click()
        person.page.wait_for_url("**only=new**")
        assert person.page.locator(".hit").count() == 1
        opens(person, "/search/saved")
        assert person.page.locator(".badge-new").count() == 0
        person.sees('[data-dialog^="remove-"]').click()
        person.sees("dialog[open] .btn-grave").click()
        person.sees(".empty-state")
        assert person.complaints == []


def test_a_misread_word_is_corrected_and_found(browser, desk):
    with person_at(browser, desk.url, language="zh") as person:
        person.signs_in("admin", desk.password)
        opens(person, f"/search?q={QUERY}")
        person.sees(".hit-title a").click()
        person.sees("[data-correct]").click()
        person.looks_around("correcting")
        person.sees("#field-text").fill("手写批注：同意火星登陆方案")
        person.page.get_by_role("button", name="保存更正").click()
        person.sees(".page-corrected")
        opens(person, "/search?q=火星登陆方案")
        assert person.sees(".snippet mark").inner_text() == "火星登陆方案"
        person.sees(".hit-title a").click()
        assert person.sees(".page-corrected mark").inner_text() == "火星登陆方案"
        person.looks_around("item-corrected")
        assert person.complaints == []


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_the_pages_of_searching_speak_the_language_and_fit_the_window(browser, desk, language, viewport: ViewportSize):
    with person_at(browser, desk.url, language=language, viewport=viewport) as person:
        person.signs_in("admin", desk.password)
        for number, path in enumerate(PAGES):
            opens(person, path)
            person.looks_around(f"searching-{number}")
        opens(person, f"/search?q={QUERY}")
        person.sees(".hit-title a").click()
        person.sees("[data-focus-here] .hit-now")
        person.looks_around("item-from-search")
        assert person.complaints == []


def opens(person: Person, path: str) -> None:
    """An address, until its scripts have come."""
    person.goes_to(path)
    person.page.wait_for_load_state("networkidle")


def count(person: Person) -> int:
    """How many papers the page says it has found."""
    return int(person.sees(".results-count strong").inner_text().replace(",", ""))


def announced(person: Person) -> tuple[str, str]:
    """Which paper of how many, and which hit of how many, is shown."""
    person.sees("[data-focus-here] .hit-now")
    person.page.wait_for_function("() => document.querySelector('[data-hit-count]').textContent.startsWith('第')")
    person.page.wait_for_timeout(400)  # the image glides to the hit
    return person.sees(".way-place").inner_text(), person.sees("[data-hit-count]").inner_text()


def steps(person: Person, key: str, before: tuple[str, str]) -> tuple[str, str]:
    """What is announced after the key."""
    person.presses(key)
    for _ in range(50):
        after = announced(person)
        if after != before:
            return after
    raise AssertionError(f"{key} leads nowhere from {before}")
