"""The application factory: what the web is made of, on one screen."""

from flask import Flask, request, session
from flask_babel import Babel
from flask_bootstrap import Bootstrap5
from flask_login import current_user
from jinja2 import StrictUndefined

from dms.archive import Archive
from dms.domain.actor import Permission
from dms.ingest import ReceivingLimits
from dms.web import (
    customers,
    formatting,
    guide,
    health,
    home,
    items,
    journal,
    labels,
    navigation,
    own_password,
    searching,
    signing_in,
    tray,
    uploading,
    users,
    volumes,
)
from dms.web.attempts import SignInGuard
from dms.web.current import EXTENSION, LANGUAGE_KEY, LANGUAGES, Surroundings, actor, language
from dms.web.refusals import show_refusals
from dms.web.request import ArchiveRequest
from dms.web.security import secure
from dms.web.sessions import keep_sessions

_SUBJECTS = (
    customers, guide, health, home, items, journal, own_password, searching, signing_in, tray, uploading, users, volumes
)  # fmt: skip


def create_app(archive: Archive, *, limits: ReceivingLimits, secret_key: bytes, secure_cookies: bool = False) -> Flask:
    """The web application over an open archive; `secure_cookies` where it is reached through HTTPS."""
    app = Flask("dms.web")
    app.request_class = ArchiveRequest
    app.extensions[EXTENSION] = Surroundings(archive=archive, limits=limits, guard=SignInGuard(archive.clock))
    _speak(app)
    _furnish_templates(app)
    secure(app, secret_key=secret_key, secure_cookies=secure_cookies)
    keep_sessions(app)
    show_refusals(app)
    for subject in _SUBJECTS:
        app.register_blueprint(subject.blueprint)
    return app


def _speak(app: Flask) -> None:
    app.before_request(_choose_language)
    Babel(app, default_locale=LANGUAGES[0], locale_selector=language)


def _choose_language() -> None:
    """Keep the language that a link of the top bar asks for."""
    asked = request.args.get("lang")
    if asked in LANGUAGES:
        session[LANGUAGE_KEY] = asked


def _furnish_templates(app: Flask) -> None:
    app.config["BOOTSTRAP_SERVE_LOCAL"] = True  # the intranet has no way to a content delivery network
    Bootstrap5(app)
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters.update(
        action=labels.action_label,
        count=formatting.count,
        day=formatting.day,
        grade=labels.grade_label,
        label=labels.label,
        localized=formatting.localized_name,
        machine_moment=formatting.machine_moment,
        moment=formatting.moment,
        size=formatting.size,
        yuan=formatting.yuan,
    )
    app.jinja_env.globals.update(
        Permission=Permission,
        here_with=navigation.here_with,
        in_language_address=navigation.in_language_address,
    )
    app.context_processor(_who_and_how)


def _who_and_how() -> dict[str, object]:
    """What every page knows: the language, and who asks (None before signing in)."""
    account = current_user.user if current_user.is_authenticated else None
    if account is None:
        return {"language": language(), "account": None, "actor": None, "main_places": [], "personal_places": []}
    asking = actor()
    return {
        "language": language(),
        "account": account,
        "actor": asking,
        "main_places": navigation.main_destinations(asking),
        "personal_places": navigation.personal_destinations(asking),
    }
