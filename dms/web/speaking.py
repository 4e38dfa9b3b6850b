"""The language of a page: what the person chose, Chinese until then.

Templates ask two hundred times for one page, so what was translated once is kept.
"""

from functools import lru_cache
from typing import cast

from babel.support import NullTranslations
from flask import Flask, g, request, session
from flask_babel import Babel, get_translations
from markupsafe import Markup

from dms.web.current import LANGUAGE_KEY, LANGUAGES, forget_language, language, settle_language

_TEXTS_KEPT = 10_000


def speak(app: Flask) -> None:
    """Let the application speak the language that a person chose, Chinese until then."""
    app.before_request(_choose_language)
    app.context_processor(_say_language)
    app.teardown_request(_forget_language)
    Babel(app, default_locale=LANGUAGES[0], locale_selector=language)
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]  # given by the extension for translations
        lambda text: _translations().ugettext(text),
        lambda one, many, count: _translations().ungettext(one, many, count),
        newstyle=True,
    )
    app.jinja_env.globals.update(_=_in_words, gettext=_in_words)


def _in_words(text: str, **variables: object) -> Markup:
    """A text of a template in the language of this request; all templates are HTML, so it is escaped like them."""
    spoken = language()
    if not variables:
        return _finished(spoken, text)
    if all(type(value) is int for value in variables.values()):
        return _finished(spoken, text, **variables)
    return _marked(spoken, text) % variables


@lru_cache(maxsize=_TEXTS_KEPT)
def _finished(spoken: str, text: str, **numbers: object) -> Markup:
    """A text with nothing but numbers put in; what else is put in may be anybody's secret and is not kept."""
    return _marked(spoken, text) % numbers


@lru_cache(maxsize=_TEXTS_KEPT)
def _marked(_spoken: str, text: str) -> Markup:
    """The words of the language of this request, which is the one given."""
    return Markup(_translations().ugettext(text))  # noqa: S704  # our own words


def _translations() -> NullTranslations:
    """The words of the language of this request."""
    if "translations" not in g:
        g.translations = get_translations()
    return cast(NullTranslations, g.translations)


def _say_language() -> dict[str, object]:
    settle_language()
    return {}


def _forget_language(_error: BaseException | None) -> None:
    forget_language()


def _choose_language() -> None:
    """Keep the language that a link of the top bar asks for."""
    asked = request.args.get("lang")
    if asked in LANGUAGES:
        session[LANGUAGE_KEY] = asked
