"""What the request that is being served may lean on: the archive, who asks, the limits, the language."""

from contextvars import ContextVar
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from flask import current_app, request, session
from flask_login import current_user

from dms.archive import Archive
from dms.bootstrap import Opened, Serving
from dms.domain.actor import Actor, Origin
from dms.domain.user import User
from dms.errors import Bilingual
from dms.ingest import ReceivingLimits
from dms.web.attempts import SignInGuard
from dms.web.errors import SignInRequired
from dms.web.space import SpaceWatch

if TYPE_CHECKING:
    from dms.web.openid_provider import OpenIdAddress

EXTENSION = "anjuan"
LANGUAGES = ("zh", "en")
LANGUAGE_KEY = "language"
_SPOKEN: ContextVar[str | None] = ContextVar("_SPOKEN", default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """What works beside the pages, from one unlocking to the next sealing."""

    serving: Serving
    opened: Opened


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What one application was made with."""

    archive: Archive
    limits: ReceivingLimits
    guard: SignInGuard
    space: SpaceWatch
    beside: Beside | None
    """None for an application that stands alone, without readers, upkeep or a gate."""
    openid_address: "OpenIdAddress | None" = None
    """Where people may sign in beside here; None where nowhere."""


def surroundings() -> Surroundings:
    """What the application of this request was made with."""
    return cast(Surroundings, current_app.extensions[EXTENSION])


def archive() -> Archive:
    """The archive that is being served."""
    return surroundings().archive


def limits() -> ReceivingLimits:
    """What may be received at all."""
    return surroundings().limits


def user() -> User:
    """The account that is signed in; raises `SignInRequired`."""
    if not current_user.is_authenticated:
        raise SignInRequired
    return cast(User, current_user.user)


def actor() -> Actor:
    """The person who asks, as use cases want it; raises `SignInRequired`."""
    return user().actor(Origin.WEB)


def language() -> str:
    """``zh`` or ``en``: what the person chose, Chinese until then."""
    return _SPOKEN.get() or _language_chosen()


def settle_language() -> None:
    """Find out the language once for a page that is drawn; its pieces ask two hundred times."""
    _SPOKEN.set(_language_chosen())


def forget_language() -> None:
    """Let the next request find out its own."""
    _SPOKEN.set(None)


def _language_chosen() -> str:
    chosen = session.get(LANGUAGE_KEY)
    return chosen if chosen in LANGUAGES else LANGUAGES[0]


def localized(text: Bilingual) -> str:
    """The text in the language of the person who asks."""
    return text.in_language(language())


def wants_json() -> bool:
    """Whether a script asks rather than a person: it accepts JSON and not HTML, or sends the header of our scripts."""
    accepted = request.accept_mimetypes
    prefers_json = accepted.accept_json and not accepted.accept_html
    return prefers_json or request.headers.get("X-Requested-With") == "fetch"
