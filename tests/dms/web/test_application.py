"""The application as a whole: its languages, and that it needs nothing from outside."""

import re

import pytest


def test_the_pages_speak_chinese_until_somebody_asks_for_english_and_then_keep_to_it(desk):
    assert 'lang="zh-CN"' in desk.get("/sign-in").text
    assert 'lang="en"' in desk.get("/sign-in?lang=en").text
    assert 'lang="en"' in desk.get("/sign-in").text
    assert 'lang="zh-CN"' in desk.get("/sign-in?lang=zh").text


@pytest.mark.parametrize("language", ["fr", "", "zh'><script>", "en\x00"])
def test_a_language_that_we_do_not_speak_changes_nothing(desk, language):
    assert 'lang="zh-CN"' in desk.get(f"/sign-in?lang={language}").text


def test_everything_a_page_loads_comes_from_the_archive_itself(office):
    page = office.get("/").text
    loaded = re.findall(r'(?:src|href)="([^"]+\.(?:css|js|svg|woff2)[^"]*)"', page)
    assert len(loaded) > 5
    for address in {address.split("#")[0] for address in loaded}:
        assert address.startswith("/"), address
        with office.get(address) as answer:
            assert answer.status_code == 200, address


def test_every_icon_that_a_template_names_is_drawn(office):
    with office.get("/static/icons.svg") as answer:
        drawn = set(re.findall(r'<symbol id="([\w-]+)"', answer.text))
    sources = [
        office.app.jinja_env.loader.get_source(office.app.jinja_env, name)[0]
        for name in office.app.jinja_env.list_templates()
        if "bootstrap" not in name
    ]
    named = {name for source in sources for name in re.findall(r'(?:icon|empty_state)\("([\w-]+)"', source)}
    assert len(named) > 10
    assert named <= drawn


def test_the_english_pages_are_english(desk):
    desk.get("/sign-in?lang=en")
    desk.sign_in()
    for path in ("/", "/customers", "/volumes", "/users", "/password"):
        words = re.sub(r"<[^>]+>", " ", desk.get(path).text.split("<main")[1].split("</main>")[0])
        assert not re.search(r"[\u4e00-\u9fff]", words), (path, words)
