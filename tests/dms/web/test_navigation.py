"""People see the places they may go to, and links never lead away."""

import pytest
from flask import url_for
from simulators.people import person

from dms.domain.actor import Role
from dms.web.navigation import (
    custody_destinations,
    filing_destinations,
    main_destinations,
    personal_destinations,
    same_site_path,
)

MENUS = (main_destinations, filing_destinations, custody_destinations, personal_destinations)


@pytest.mark.parametrize("role", list(Role))
def test_each_role_is_offered_exactly_the_places_it_may_go_to_and_none_refuses_it(desk, role):
    page = desk.sign_in_as(role).get("/").text
    offered = {part.split('href="')[1].split('"')[0] for part in page.split('data-place="')[1:]}
    with desk.app.test_request_context():
        expected = {url_for(place.endpoint) for menu in MENUS for place in menu(person(role))}
    assert offered == expected
    for address in offered:
        assert desk.get(address).status_code == 200, address


def test_nobody_is_left_without_a_place_and_managers_find_what_waits_for_them():
    for role in Role:
        actor = person(role)
        offered = {place.endpoint for menu in MENUS for place in menu(actor)}
        assert {"home.page", "guide.page"} <= offered
    managed = {place.endpoint for place in custody_destinations(person(Role.GENERAL_MANAGER))}
    assert {"duties.index", "requests.index", "retention.index", "holds.index", "reports.index"} <= managed


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
