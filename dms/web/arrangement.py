"""The arrangement (立卷方案): class schemes, the rules of each series, and the retention rules.

What always holds: nothing typed is lost where it is refused, and a scheme is adopted only after everything that it
changes was shown.
"""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from dms.archive import SeriesNotFound
from dms.domain.actor import GRADES, Permission
from dms.domain.clock import local_day
from dms.domain.day import parse_day
from dms.domain.document_type import Series
from dms.domain.retention import RetentionRule, RetentionTrigger, RetentionVocabulary
from dms.domain.scheme import CATALOGUE_COLUMNS, YearRule
from dms.errors import DmsError
from dms.filing.arranging import (
    LEAST_SHEETS,
    MOST_SHEETS,
    NEEDED_COLUMNS,
    AdoptedRules,
    Arrangement,
    SchemeWish,
    VolumeRules,
    adopt_scheme,
    arrangement,
    scheme_change,
    state_retention_rule,
    state_series_rules,
    state_type_filings,
    state_volume_rules,
    volume_rules,
)
from dms.web.arrangement_labels import COLUMN_NAMES
from dms.web.current import actor, archive
from dms.web.declaring import needs
from dms.web.formatting import localized_name
from dms.web.labels import grade_label, label
from dms.web.refusals import status_of
from dms.web.series_form import TypedSeries, as_typed, filings_typed, rules_typed, typed_in

blueprint = Blueprint("arrangement", __name__, url_prefix="/arrangement")


@blueprint.get("")
@needs(Permission.CONSULT)
def index() -> str:
    """The scheme in force with the rules of its series, the ready-made ones, and every version that was adopted."""
    return _index_page(refusal=None)


@blueprint.post("/volume-rules")
@needs(Permission.MANAGE_CUSTOMERS)
def change_volume_rules() -> Response | tuple[str, int]:
    """Put the rules for volumes in force; the page again with the reason where that is refused."""
    rules = VolumeRules(
        most_sheets=request.form.get("most_sheets", default=0, type=int),
        collective=request.form.get("collective") is not None,
    )
    try:
        state_volume_rules(actor(), rules, archive=archive())
    except DmsError as refusal:
        return _index_page(refusal=refusal), status_of(refusal)
    flash(_("装订规则已保存，从下一次装订起生效。"), "success")
    return redirect(url_for(".index"))


@blueprint.get("/adopt/<code>")
@needs(Permission.MANAGE_CUSTOMERS)
def ask_adopting(code: str) -> str:
    """Everything that adopting a scheme would change, and the question whether to do it."""
    actor().require(Permission.MANAGE_CUSTOMERS)
    return _adoption_page(code, refusal=None)


@blueprint.post("/adopt/<code>")
@needs(Permission.MANAGE_CUSTOMERS)
def adopt(code: str) -> Response | tuple[str, int]:
    """Adopt a scheme; the question again with the reason where that is refused."""
    wish = SchemeWish(
        scheme_code=code,
        approved_by=request.form.get("approved_by", ""),
        valid_from_on=parse_day(request.form.get("valid_from_on", "")),
        rules=_rules_asked(),
    )
    try:
        change = adopt_scheme(actor(), wish, archive=archive())
    except DmsError as refusal:
        return _adoption_page(code, refusal=refusal), status_of(refusal)
    name = localized_name(change.scheme)
    flash(
        _("已采用“%(name)s”第 %(version)s 版，从现在起按新类目归档。", name=name, version=change.scheme.version),
        "success",
    )
    return redirect(url_for(".index"))


@blueprint.get("/series/<code>")
@needs(Permission.CONSULT)
def series(code: str) -> str:
    """The rules of one series; as a form for those who may change them."""
    found = arrangement(actor(), archive=archive())
    return _series_page(found, code, typed=None, refusal=None)


@blueprint.post("/series/<code>")
@needs(Permission.MANAGE_CUSTOMERS)
def change_series(code: str) -> Response | tuple[str, int]:
    """Put the rules of the form in force; the form again with the reason where that is refused."""
    found = arrangement(actor(), archive=archive())
    typed = typed_in(request.form)
    try:
        rules = rules_typed(typed, found.types)
        changed = state_series_rules(actor(), code, rules, approved_by=typed.approved_by, archive=archive())
    except DmsError as refusal:
        return _series_page(found, code, typed=typed, refusal=refusal), status_of(refusal)
    flash(_("类目 %(code)s %(name)s 的规则已保存。", code=changed.code, name=localized_name(changed)), "success")
    return redirect(url_for(".index"))


@blueprint.post("/series/<code>/types")
@needs(Permission.MANAGE_CUSTOMERS)
def change_types(code: str) -> Response:
    """File the document types of a series as the form says."""
    changed = state_type_filings(actor(), filings_typed(request.form), archive=archive())
    names = "、".join(localized_name(kind) for kind in changed)
    flash(_("已保存：%(names)s。", names=names) if changed else _("没有改动。"), "success")
    return redirect(url_for(".series", code=code))


@blueprint.get("/retention")
@needs(Permission.CONSULT)
def retention() -> str:
    """The retention rules in force; with a form for those who may state others."""
    return _retention_page(refusal=None)


@blueprint.post("/retention")
@needs(Permission.MANAGE_CUSTOMERS)
def state_retention() -> Response | tuple[str, int]:
    """Put a rule in force; the form again with the reason where that is refused."""
    try:
        rule = state_retention_rule(actor(), _rule_typed(), archive=archive())
    except DmsError as refusal:
        return _retention_page(refusal=refusal), status_of(refusal)
    flash(_("保管期限 %(code)s %(name)s 已保存。", code=rule.code, name=localized_name(rule)), "success")
    return redirect(url_for(".retention"))


def _index_page(*, refusal: DmsError | None) -> str:
    return render_template(
        "pages/arrangement/index.html",
        found=arrangement(actor(), archive=archive()),
        volume_rules=volume_rules(actor(), archive=archive()),
        sheets_between=(LEAST_SHEETS, MOST_SHEETS),
        refusal=refusal,
    )


def _adoption_page(code: str, *, refusal: DmsError | None) -> str:
    change = scheme_change(actor(), SchemeWish(scheme_code=code, rules=_rules_asked()), archive=archive())
    found = arrangement(actor(), archive=archive())
    return render_template(
        "pages/arrangement/adopt.html",
        change=change,
        found=found,
        was_adopted=any(each.code == code for each in found.adopted) or found.scheme.code == code,
        series_names={each.code: each for each in (*found.series, *change.scheme.series)},
        rules=_rules_asked(),
        today=local_day(archive().now()),
        refusal=refusal,
    )


def _rules_asked() -> AdoptedRules:
    shipped = request.values.get("rules") == AdoptedRules.SHIPPED.value
    return AdoptedRules.SHIPPED if shipped else AdoptedRules.KEPT


def _series_page(found: Arrangement, code: str, *, typed: TypedSeries | None, refusal: DmsError | None) -> str:
    chosen = next((each for each in found.series if each.code == code), None)
    if chosen is None:
        raise SeriesNotFound(code, [each.code for each in found.series])
    current = (rule for rule in found.retention_rules if rule.vocabulary is RetentionVocabulary.CURRENT)
    return render_template(
        "pages/arrangement/series.html",
        series=chosen,
        types=found.types_of(code),
        all_types=found.types,
        places=[(each.code, f"{each.code} {localized_name(each)}") for each in found.series if _takes(each, code)],
        typed=typed or as_typed(chosen, {kind.code: localized_name(kind) for kind in found.types}),
        year_rules=[(rule.value, label(rule)) for rule in YearRule],
        terms=[(rule.code, f"{rule.code} {localized_name(rule)}") for rule in current],
        grades=[(grade, grade_label(grade)) for grade in GRADES],
        columns=[(name, COLUMN_NAMES[name], name in NEEDED_COLUMNS) for name in CATALOGUE_COLUMNS],
        column_names=COLUMN_NAMES,
        refusal=refusal,
    )


def _takes(each: Series, code: str) -> bool:
    """Whether papers may be filed in it, or are filed in it already."""
    return not each.retired or each.code == code


def _retention_page(*, refusal: DmsError | None) -> str:
    found = arrangement(actor(), archive=archive())
    rules = found.retention_rules
    groups = [(kind, [rule for rule in rules if rule.vocabulary is kind]) for kind in RetentionVocabulary]
    return render_template(
        "pages/arrangement/retention.html",
        groups=groups,
        users={rule.code: [each for each in found.series if each.retention_code == rule.code] for rule in rules},
        triggers=[(trigger.value, label(trigger)) for trigger in reversed(RetentionTrigger)],
        refusal=refusal,
    )


def _rule_typed() -> RetentionRule:
    """The rule of the form; years that are no number are as good as a nought, which no rule has."""
    form = request.form
    permanent = form.get("permanent") is not None
    trigger = next((each for each in RetentionTrigger if each.value == form.get("trigger")), RetentionTrigger.CLOSING)
    code = form.get("code", "").strip().upper()
    known = next((each for each in arrangement(actor(), archive=archive()).retention_rules if each.code == code), None)
    return RetentionRule(
        code=code,
        vocabulary=known.vocabulary if known else RetentionVocabulary.CURRENT,
        zh=form.get("zh", ""),
        en=form.get("en", ""),
        years=None if permanent else form.get("years", default=0, type=int),
        trigger=trigger,
        mandate_zh=form.get("mandate", ""),
    )
