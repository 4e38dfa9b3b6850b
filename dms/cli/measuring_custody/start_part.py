"""What the start page costs every role: the use case by itself, and the whole page as the browser gets it.

Processor time stands beside the time on the clock, which whatever else the machine does lengthens.
"""

import re
import secrets
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

from dms.archive import Archive
from dms.cli.measuring_custody.filling import DEPARTMENTS, Holdings
from dms.custody import NewAccount, add_user, generated_password
from dms.custody.keeping import recompute_due
from dms.custody.starting import start_page
from dms.domain.actor import OPERATOR, SYSTEM, Actor, Origin, Role
from dms.domain.clock import local_day
from dms.domain.item import ItemState
from dms.ingest import ReceivingLimits
from dms.store import ItemFilter

ROUNDS = 5
WAITING_PAPERS = 2000
EXPIRING_PAPERS = 500
_TOKEN = re.compile(r'name="csrf-token" content="([^"]+)"')
_WITHIN_DEPARTMENTS = frozenset({Role.CLERK, Role.HANDLER, Role.DEPARTMENT_MANAGER})
MILLISECONDS = 1000


def start_figures(archive: Archive, holdings: Holdings) -> dict[str, Any]:
    """By role the milliseconds of the first opening and the slowest of the following ones."""
    _make_work(archive)
    recompute_due(SYSTEM, archive=archive)
    password = generated_password()
    figures: dict[str, Any] = {"items": holdings.items, "customers": holdings.customers}
    for role in Role:
        actor = _person(role, password, archive=archive)
        figures[f"{role.value}_ms"] = _timed(partial(start_page, actor, archive=archive))
        figures[f"{role.value}_page_ms"] = _timed(_browser(role.value, password, archive=archive))
    return figures


def _make_work(archive: Archive) -> None:
    """Some papers wait to be confirmed, and some licences end within the year."""
    today = local_day(archive.now())
    filed = ItemFilter(states=frozenset({ItemState.FILED}))
    with archive.begin() as work:
        for each in work.items.list(filed, actor=OPERATOR, limit=WAITING_PAPERS):
            work.items.return_to_tray(each.key)
        licences = replace(filed, type_code="licence")
        for each in work.items.list(licences, actor=OPERATOR, limit=EXPIRING_PAPERS, offset=WAITING_PAPERS):
            work.items.classify(each.key, replace(each.classification, valid_to_on=today))


def _person(role: Role, password: str, *, archive: Archive) -> Actor:
    departments = frozenset({DEPARTMENTS[0]}) if role in _WITHIN_DEPARTMENTS else None
    account = NewAccount(name=role.value, password=password, roles=frozenset({role}), departments=departments)
    return add_user(OPERATOR, account, archive=archive).actor(Origin.WEB)


def _browser(name: str, password: str, *, archive: Archive) -> Callable[[], object]:
    from dms.web import create_app  # loaded when it is measured: every command reads this module

    app = create_app(
        archive,
        limits=ReceivingLimits(max_upload_bytes=1_000_000, min_free_disk_bytes=0),
        secret_key=secrets.token_bytes(),
    )
    client = app.test_client()
    token = _TOKEN.search(client.get("/sign-in").get_data(as_text=True))
    client.post("/sign-in", data={"name": name, "password": password, "csrf_token": token[1] if token else ""})
    app.jinja_env.get_template("pages/home/page.html")

    def opened() -> object:
        answer = client.get("/")
        if answer.status_code != 200:  # what a browser is sent elsewhere for is not the page
            raise RuntimeError(f"the start page answers {answer.status_code}")
        return answer.get_data()

    return opened


def _timed(act: Callable[[], object]) -> str:
    """The milliseconds of the first time, and of the slowest of those after it."""
    took, worked = [], []
    for _ in range(ROUNDS + 1):
        began, began_cpu = time.perf_counter(), time.process_time()
        act()
        took.append((time.perf_counter() - began) * MILLISECONDS)
        worked.append((time.process_time() - began_cpu) * MILLISECONDS)
    return (
        f"{took[0]:.0f} first, {max(took[1:]):.0f} slowest of {ROUNDS}; "
        f"processor {worked[0]:.0f} first, {max(worked[1:]):.0f} slowest"
    )
