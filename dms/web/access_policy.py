"""The written policy of who may do what, for those who manage accounts or read the journal."""

from collections.abc import Iterator
from dataclasses import dataclass

from flask import Blueprint, Flask, current_app, render_template

from dms.custody.entitling import written_policy
from dms.domain.actor import Permission
from dms.domain.policy_words import PERMISSION_NAMES
from dms.errors import Bilingual
from dms.web.admitting import declaration_of
from dms.web.declaring import Declaration, Openness, needs

blueprint = Blueprint("access_policy", __name__, url_prefix="/access-policy")


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """One address of the web and whom it is for."""

    rule: str
    methods: str
    whom: Bilingual


@blueprint.get("")
@needs(Permission.MANAGE_USERS, Permission.READ_JOURNAL)
def index() -> str:
    """The tables of the policy, and what every address asks for."""
    addresses = sorted(_addresses(current_app), key=lambda each: (each.rule, each.methods))
    return render_template("pages/access_policy/index.html", tables=written_policy(), addresses=addresses)


def _addresses(app: Flask) -> Iterator[Address]:
    for rule in app.url_map.iter_rules():
        declaration = declaration_of(rule.endpoint, app=app)
        methods = sorted((rule.methods or set()) - {"HEAD", "OPTIONS"})
        if declaration is not None:
            yield Address(rule=rule.rule, methods=" ".join(methods), whom=_whom(declaration))


def _whom(declaration: Declaration) -> Bilingual:
    if declaration.openness is Openness.STRANGERS:
        return Bilingual("所有人", "everyone")
    if not declaration.any_of:
        return Bilingual("所有登录用户", "everyone who is signed in")
    names = [PERMISSION_NAMES[permission] for permission in sorted(declaration.any_of)]
    return Bilingual(" / ".join(name.zh for name in names), " / ".join(name.en for name in names))
