"""People see the places they may go to, and links never lead away."""

import pytest

from dms.domain.actor import Role
from dms.web.navigation import same_site_path

PLACES = {
    Role.ADMINISTRATOR: {"home", "gauge", "users", "journal", "shield", "key", "help"},
    Role.ARCHIVIST: {
        "home",
        "transfer",
        "alert",
        "copies",
        "print",
        "place",
        "bookmark",
        "alike",
        "scheme",
        "search",
        "upload",
        "tray",
        "customers",
        "contract",
        "volume",
        "key",
        "help",
    },
    Role.CLERK: {
        "home",
        "transfer",
        "alert",
        "print",
        "place",
        "bookmark",
        "search",
        "upload",
        "tray",
        "customers",
        "contract",
        "volume",
        "key",
        "help",
    },
    Role.LAWYER: {
        "home",
        "transfer",
        "alert",
        "print",
        "place",
        "bookmark",
        "search",
        "customers",
        "contract",
        "volume",
        "key",
        "help",
    },
    Role.AUDITOR: {"home", "journal", "shield", "key", "help"},
}


@pytest.mark.parametrize("role", list(Role))
def test_each_role_is_offered_exactly_the_places_it_may_go_to_and_none_refuses_it(desk, role):
    page = desk.sign_in_as(role).get("/").text
    offered = {part.split('"')[0] for part in page.split('data-place="')[1:]}
    assert offered == PLACES[role]
    for address in {part.split('href="')[1].split('"')[0] for part in page.split('data-place="')[1:]}:
        assert desk.get(address).status_code == 200, address


def test_the_other_language_is_the_same_page_with_the_same_question(office):
    page = office.get("/search?q=%E9%AA%8C%E6%94%B6&year=2023").text
    assert 'href="/search?q=%E9%AA%8C%E6%94%B6&amp;year=2023&amp;lang=en"' in page


@pytest.mark.parametrize("path", ["/", "/search?q=a%20b", "/items/0123?page=2#hit"])
def test_paths_of_this_site_are_kept(path):
    assert same_site_path(path) == path


@pytest.mark.parametrize(
    "path",
    [None, "", "search", "//host/", "/\\host", "http://host/", "https:host", "/a\nb", "/a b", "\t//host", "/a\\b"],
)
def test_anything_that_a_browser_could_take_for_another_site_is_dropped(path):
    assert same_site_path(path) is None
