"""What every template may use: filters for values, addresses, and who asks."""

from typing import cast

from flask import Flask, g
from flask_bootstrap import Bootstrap5
from flask_login import current_user
from jinja2 import StrictUndefined

from dms.custody import Awaiting, awaiting
from dms.domain.actor import Actor, Permission
from dms.domain.space import SpaceOutlook, SpaceState
from dms.errors import Bilingual
from dms.web import current, formatting, labels, navigation
from dms.web.drawn_once import drawn_icon, nav_entries
from dms.web.duty_labels import step_label
from dms.web.duty_ways import way_of
from dms.web.keeping_ways import holds_on
from dms.web.known_addresses import KnownAddresses

PRODUCT = Bilingual("案卷", "Anjuan")
MOST_WAITING_SHOWN = 999


def furnish_templates(app: Flask) -> None:
    """Give the templates their filters, their names and the Bootstrap style sheet, and say who asks."""
    _furnish(app)
    app.context_processor(_who_and_how)


def furnish_sealed_templates(app: Flask) -> None:
    """The same for the application that knows nobody, since the archive is sealed."""
    _furnish(app)
    app.context_processor(_nobody)


def _furnish(app: Flask) -> None:
    app.config["BOOTSTRAP_SERVE_LOCAL"] = True  # the intranet has no way to a content delivery network
    Bootstrap5(app)
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters.update(
        action=labels.action_label,
        age=formatting.age,
        count=formatting.count,
        day=formatting.day,
        detail=labels.detail_label,
        grade=labels.grade_label,
        in_marks=formatting.in_marks,
        label=labels.label,
        localized=formatting.localized_name,
        machine_moment=formatting.machine_moment,
        moment=formatting.moment,
        origin=labels.origin_label,
        page_words=formatting.page_words,
        reminder_step=step_label,
        size=formatting.size,
        slot_kind=labels.slot_kind_label,
        yuan=formatting.yuan,
    )
    app.jinja_env.globals.update(
        Permission=Permission,
        arguments_written=navigation.arguments_written,
        duty_way=way_of,
        here_before=navigation.here_before,
        here_with=navigation.here_with,
        holds_on=holds_on,
        in_language_address=navigation.in_language_address,
        nav_entries=nav_entries,
        drawn_icon=drawn_icon,
        paper_address=navigation.paper_address,
        paper_address_before=navigation.paper_address_before,
        url_for=KnownAddresses(app),
    )


def _who_and_how() -> dict[str, object]:
    """What every page knows: the language, and who asks (None before signing in)."""
    account = current_user.user if current_user.is_authenticated else None
    asking = current.actor() if account else None
    return {
        "language": current.language(),
        "product": PRODUCT.in_language(current.language()),
        "account": account,
        "actor": asking,
        "main_places": navigation.main_destinations(asking) if asking else [],
        "filing_places": navigation.filing_destinations(asking) if asking else [],
        "custody_places": navigation.custody_destinations(asking) if asking else [],
        "personal_places": navigation.personal_destinations(asking) if asking else [],
        "waiting_in_tray": _waiting_in_tray,
        "unread_reminders": _unread_reminders,
        "space_to_warn_of": _space_to_warn_of(asking),
    }


def _nobody() -> dict[str, object]:
    """What a page knows while nobody can be known."""
    return {
        "language": current.language(),
        "product": PRODUCT.in_language(current.language()),
        "account": None,
        "actor": None,
        "main_places": [],
        "filing_places": [],
        "personal_places": [],
        "waiting_in_tray": lambda: "",
        "space_to_warn_of": None,
    }


def _waiting_in_tray() -> str:
    """Papers to be confirmed, for the badge in the navigation, or ``999+``; empty where there are none."""
    waiting = _awaiting().to_confirm_count
    return f"{MOST_WAITING_SHOWN}+" if waiting > MOST_WAITING_SHOWN else str(waiting or "")


def _unread_reminders() -> int:
    """What the person was told and has not read, for the bell."""
    return _awaiting().unread_count


def _awaiting() -> Awaiting:
    """What waits for the person; counted once for a page, when it is drawn."""
    if "awaiting" not in g:
        g.awaiting = awaiting(current.actor(), archive=current.archive(), count_up_to=MOST_WAITING_SHOWN + 1)
    return cast(Awaiting, g.awaiting)


def _space_to_warn_of(asking: Actor | None) -> SpaceOutlook | None:
    """How the disk stands, for those who can do something about it and only while they should."""
    if asking is None or not (asking.may(Permission.OPERATE) or asking.may(Permission.MANAGE_CUSTOMERS)):
        return None
    outlook = current.surroundings().space.outlook()
    return None if outlook.state is SpaceState.AMPLE else outlook
