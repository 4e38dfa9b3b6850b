"""Every person before every paper and every address: the archive answers as the written policy says, cell by cell.

What is expected comes from `dms.domain.policy` and from the declarations of the views alone; what is compared with it
is what pages, downloads, commands, searches and lists give out.
"""

from collections.abc import Callable, Iterator
from enum import StrEnum

import pytest
from flask import Flask
from flask.testing import FlaskClient
from simulators.archives import PASSWORD, founded_archive
from simulators.desk import AS_SCRIPT, LIMITS
from simulators.matrix import CUSTOMERS, WORD, Paper, World, peopled
from werkzeug.routing import AnyConverter, IntegerConverter, Rule

from dms.archive import Archive, ItemNotFound, UseForbidden
from dms.custody import (
    ItemDestroyed,
    item_facts,
    original,
    page_image,
    page_reading,
    page_thumbnail,
    searchable_copy,
)
from dms.domain.actor import ActionForbidden, Actor, Origin, Permission, Role
from dms.domain.item import READABLE_STATES, ItemState
from dms.domain.policy import Use, may
from dms.errors import DmsError
from dms.filing import ItemWish, NotCorrectable, correct_page, corrections_of, list_items, relations_of, tray
from dms.search import SearchRequest, search
from dms.web import create_app
from dms.web.admitting import declaration_of, is_admitted
from dms.web.declaring import Openness

KINDS = ("every", "own", "granted")
PEOPLE = tuple(f"{kind}-{role.value.replace('_', '-')}" for role in Role for kind in KINDS)
NOBODY_LIKE_IT = "0" * 20
"""An id that no paper bears, a name that nobody bears."""
MANY = 1000


class Answer(StrEnum):
    """What came of asking."""

    GIVEN = "given"
    UNKNOWN = "unknown"
    REFUSED = "refused"
    GONE = "gone"
    UNFIT = "unfit"


Door = Callable[[Actor, str, Archive], object]
COMMANDS: dict[str, tuple[Permission, Use, Door]] = {
    "dms item show": (
        Permission.CONSULT,
        Use.KNOW,
        lambda actor, item_id, archive: item_facts(actor, item_id, archive=archive),
    ),
    "dms item show, relations": (
        Permission.CONSULT,
        Use.KNOW,
        lambda actor, item_id, archive: relations_of(actor, item_id, archive=archive),
    ),
    "dms item text": (
        Permission.CONSULT,
        Use.KNOW,
        lambda actor, item_id, archive: corrections_of(actor, item_id, archive=archive),
    ),
    "page image": (
        Permission.CONSULT,
        Use.LOOK,
        lambda actor, item_id, archive: page_image(actor, item_id, 1, archive=archive),
    ),
    "thumbnail": (
        Permission.CONSULT,
        Use.LOOK,
        lambda actor, item_id, archive: page_thumbnail(actor, item_id, 1, archive=archive),
    ),
    "characters": (
        Permission.CONSULT,
        Use.LOOK,
        lambda actor, item_id, archive: page_reading(actor, item_id, 1, archive=archive),
    ),
    "dms item original": (
        Permission.CONSULT,
        Use.TAKE,
        lambda actor, item_id, archive: original(actor, item_id, archive=archive),
    ),
    "dms item pdf": (
        Permission.CONSULT,
        Use.TAKE,
        lambda actor, item_id, archive: searchable_copy(actor, item_id, archive=archive),
    ),
    "dms item correct": (
        Permission.CONFIRM,
        Use.CHANGE,
        lambda actor, item_id, archive: correct_page(actor, item_id, 1, None, archive=archive),
    ),
}
ADDRESSES: dict[str, tuple[Permission, Use, str, str]] = {
    "thumbnail": (Permission.CONSULT, Use.LOOK, "GET", "/items/{}/thumbnails/1.jpg"),
    "original": (Permission.CONSULT, Use.TAKE, "GET", "/items/{}/original"),
    "take a correction back": (Permission.CONFIRM, Use.CHANGE, "POST", "/items/{}/pages/1/correct/take-back"),
}
LISTS = ("search", "list of papers", "tray", "papers of customers")
PAPERS = 45
"""Three grades, three customers, and five kinds of each."""


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    archive = founded_archive(tmp_path_factory.mktemp("matrix") / "archive")
    yield peopled(archive)
    archive.close()


@pytest.fixture(scope="module")
def app(world: World) -> Flask:
    made = create_app(world.archive, limits=LIMITS, secret_key=bytes(32))
    made.testing = True
    made.config["WTF_CSRF_ENABLED"] = False  # it would refuse before anybody is asked who he is
    return made


def signed_in(app: Flask, name: str) -> FlaskClient:
    browser = app.test_client()
    assert browser.post("/sign-in", data={"name": name, "password": PASSWORD}).status_code == 302
    return browser


def expected(actor: Actor, permission: Permission, use: Use, paper: Paper) -> Answer:
    if not actor.may(permission):
        return Answer.REFUSED
    if not may(actor, Use.KNOW, paper.facts):
        return Answer.UNKNOWN
    if paper.facts.state is ItemState.DESTROYED and use in {Use.LOOK, Use.TAKE}:
        return Answer.GONE
    if use is Use.CHANGE and paper.facts.state not in READABLE_STATES:
        return Answer.UNFIT
    return Answer.GIVEN if may(actor, use, paper.facts) else Answer.REFUSED


def answered(door: Door, actor: Actor, paper: Paper, archive: Archive) -> Answer:
    try:
        door(actor, paper.id, archive)
    except ItemNotFound:
        return Answer.UNKNOWN
    except ItemDestroyed:
        return Answer.GONE
    except NotCorrectable:
        return Answer.UNFIT
    except (ActionForbidden, UseForbidden):
        return Answer.REFUSED
    return Answer.GIVEN


def test_the_matrix_is_as_large_as_it_says(world, app):
    endpoints = [rule.endpoint for rule in app.url_map.iter_rules()]
    assert (len(world.papers), world.people) == (PAPERS, PEOPLE)
    of_papers = len(PEOPLE) * PAPERS * (len(COMMANDS) + len(ADDRESSES) + len(LISTS))
    assert of_papers + len(endpoints) * (len(Role) + 1) >= 20_000


@pytest.mark.parametrize("name", PEOPLE)
def test_commands_and_downloads_answer_as_the_policy_does(world, name):
    actor = world.actor(name, Origin.COMMAND_LINE)
    wrong = []
    for paper in world.papers:
        for title, (permission, use, door) in COMMANDS.items():
            wanted, got = expected(actor, permission, use, paper), answered(door, actor, paper, world.archive)
            if wanted is not got:
                wrong.append((title, paper.name, wanted, got))
    assert wrong == []


@pytest.mark.parametrize("name", PEOPLE)
def test_pages_answer_as_the_policy_does(world, app, name):
    browser, actor = signed_in(app, name), world.actor(name)
    statuses = {Answer.GIVEN: {200, 302}, Answer.UNKNOWN: {404}, Answer.REFUSED: {403}, Answer.GONE: {404}}
    wrong = []
    for paper in world.papers:
        for title, (permission, use, method, path) in ADDRESSES.items():
            wanted = expected(actor, permission, use, paper)
            got = browser.open(path.format(paper.id), method=method, headers=AS_SCRIPT).status_code
            if got not in statuses.get(wanted, {409}):
                wrong.append((title, paper.name, wanted, got))
    assert wrong == []


@pytest.mark.parametrize("name", PEOPLE)
def test_lists_searches_and_counts_hold_what_may_be_known_and_nothing_else(world, name):
    actor = world.actor(name)
    known = {paper.id for paper in world.papers if may(actor, Use.KNOW, paper.facts)}
    readable = {paper.id for paper in world.papers if paper.facts.state in READABLE_STATES}
    waiting = {paper.id for paper in world.papers if paper.facts.state is ItemState.REVIEW}
    assert listed(world, actor, every_paper) == (known if actor.may(Permission.CONSULT) else None)
    assert listed(world, actor, found) == (known & readable if actor.may(Permission.CONSULT) else None)
    assert listed(world, actor, in_tray) == (known & waiting if actor.may(Permission.CONFIRM) else None)
    assert listed(world, actor, of_customers) == (known if actor.may(Permission.CONSULT) else None)


def listed(world: World, actor: Actor, asked: Callable[[Actor, Archive], set[str]]) -> set[str] | None:
    """The ids that came, or None where asking is refused; counts must tell the same."""
    try:
        return asked(actor, world.archive)
    except ActionForbidden:
        return None


def every_paper(actor: Actor, archive: Archive) -> set[str]:
    shown = list_items(actor, ItemWish(states=frozenset(ItemState), limit=MANY), archive=archive)
    assert shown.total == len(shown.items)
    return {item.id for item in shown.items}


def found(actor: Actor, archive: Archive) -> set[str]:
    result = search(actor, SearchRequest(query=WORD, limit=100), archive=archive)
    assert result.total == len(result.hits) == sum(value.count for value in result.facets.grades)
    return {hit.item_id for hit in result.hits}


def in_tray(actor: Actor, archive: Archive) -> set[str]:
    shown = tray(actor, archive=archive, limit=MANY)
    assert shown.waiting_count == len(shown.waiting)
    return {item.id for item in shown.waiting}


def of_customers(actor: Actor, archive: Archive) -> set[str]:
    ids: set[str] = set()
    for code in CUSTOMERS.values():
        try:
            wish = ItemWish(customer_code=code, states=frozenset(ItemState), limit=MANY)
            ids |= {item.id for item in list_items(actor, wish, archive=archive).items}
        except ActionForbidden:
            raise
        except DmsError:
            continue  # a customer that he may not know of
    return ids


@pytest.mark.parametrize("role", Role)
def test_every_address_is_open_to_whom_it_declares(world, app, role):
    """Refusals by every method; what is open is looked at, not sent to, for sending changes things."""
    name = f"own-{role.value.replace('_', '-')}"
    browser, actor = signed_in(app, name), world.actor(name)
    wrong = []
    for rule, method in asked_addresses(app):
        declaration = declaration_of(rule.endpoint, app=app)
        assert declaration is not None, rule.endpoint
        admitted = declaration.openness is Openness.STRANGERS or is_admitted(actor, declaration)
        if admitted and (method != "GET" or declaration.openness is Openness.STRANGERS):
            continue
        answer = browser.open(address(app, rule), method=method, headers=AS_SCRIPT)
        barred = answer.status_code == 403 and (answer.json or {}).get("error", {}).get("code") == "action_forbidden"
        if barred is admitted or answer.status_code >= 500:
            wrong.append((method, rule.rule, "open" if admitted else "closed", answer.status_code))
    assert wrong == []


def test_a_stranger_comes_to_the_sign_in_and_no_further(world, app):
    browser = app.test_client()
    wrong = []
    for rule, method in asked_addresses(app):
        declaration = declaration_of(rule.endpoint, app=app)
        if declaration is None or declaration.openness is Openness.STRANGERS:
            continue
        answer = browser.open(address(app, rule), method=method, headers=AS_SCRIPT)
        if answer.status_code != 401:
            wrong.append((method, rule.rule, answer.status_code))
    assert wrong == []


def asked_addresses(app: Flask) -> Iterator[tuple[Rule, str]]:
    for rule in app.url_map.iter_rules():
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            yield rule, method


def address(app: Flask, rule: Rule) -> str:
    """The address with something in the place of every argument that belongs to nothing."""
    values = {name: stand_in(rule, name) for name in rule.arguments}
    return app.url_map.bind("localhost").build(rule.endpoint, values)


def stand_in(rule: Rule, name: str) -> str | int:
    converter = rule._converters[name]
    if isinstance(converter, IntegerConverter):
        return 999_999
    if isinstance(converter, AnyConverter):
        return next(iter(converter.items))
    return NOBODY_LIKE_IT
