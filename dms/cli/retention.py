"""``dms retention``: rules and their versions, the schedule, what is due, why, and computing it all anew."""

from datetime import datetime
from pathlib import Path
from typing import Any

import click

from dms.cli.reports import printed_as, require_new, write_report
from dms.cli.session import Session, answer, with_session
from dms.custody.keeping import (
    MOST_LISTED,
    DueShown,
    DueWish,
    due_list,
    due_of,
    print_due,
    print_schedule,
    recompute_due,
    retention_overview,
    state_rule_version,
)
from dms.domain.clock import local_day
from dms.domain.due_day import DueChange, DueDay
from dms.domain.retention import RetentionRule, RetentionTrigger, RetentionVocabulary
from dms.store import DuePaper

DAY = click.DateTime(["%Y-%m-%d"])
_JSON = click.option("--json", "as_json", is_flag=True)
_OUTPUT = click.option("-o", "--output", type=click.Path(path_type=Path), help="Write it, .pdf or .xlsx 输出到.")
_HELD = {"held": True, "free": False, "all": None}


@click.group("retention")
def retention_group() -> None:
    """Terms 保管期限: how long papers are kept, until when, and why."""


@retention_group.command("rules")
@click.option("--versions", is_flag=True, help="Every version there was 历次版本.")
@_JSON
@with_session
def list_rules(session: Session, *, versions: bool, as_json: bool) -> None:
    """List the retention rules in force."""
    with session.archive() as archive:
        found = retention_overview(session.actor(archive), archive=archive)
    rules = found.versions if versions else found.rules
    if as_json:
        answer({"rules": [_rule_facts(rule) for rule in rules]})
        return
    for rule in rules:
        name = session.text(rule.zh, rule.en)
        click.echo(f"{rule.code:5} v{rule.version:<3} {name:24} {rule.trigger.value:16} {rule.mandate_zh}")


@retention_group.command("state")
@click.argument("code")
@click.option("--zh", help="Chinese name; that of the version before if left out 中文名称.")
@click.option("--en", help="English name 英文名称.")
@click.option("--years", type=click.IntRange(1, 100), help="Of a new term; permanent if left out 年数.")
@click.option("--vocabulary", type=click.Choice([each.value for each in RetentionVocabulary]), default="current")
@click.option("--trigger", type=click.Choice([each.value for each in RetentionTrigger]), help="起算条件.")
@click.option("--mandate", help="By what rule 依据.")
@click.option("--criterion", help="For which papers 适用范围.")
@click.option("--equivalent", help="The rule of the other vocabulary 对应的期限.")
@click.option("--approved-by", required=True, help="Who approved it 批准人.")
@click.option("--approved-on", "approved_at", type=DAY, required=True, help="批准日期.")
@_JSON
@with_session
def state_rule(
    session: Session,
    *,
    code: str,
    approved_by: str,
    approved_at: datetime,
    as_json: bool,
    **stated: Any,  # noqa: ANN401 -- what else a rule states, by field
) -> None:
    """State the next version of the rule CODE, or a new rule; all due days are computed from it afterwards."""
    with session.archive() as archive:
        actor = session.actor(archive)
        known = next((each for each in retention_overview(actor, archive=archive).rules if each.code == code), None)
        rule = _stated(code, known, stated, approved_by=approved_by, approved_at=approved_at)
        in_force = state_rule_version(actor, rule, archive=archive)
    if as_json:
        answer(_rule_facts(in_force))
        return
    session.say(f"{code} 第 {in_force.version} 版已生效", f"{code} is in force as version {in_force.version}")


@retention_group.command("schedule")
@click.option("--version", type=click.IntRange(1), help="An approved version; the draft if left out 版本.")
@_OUTPUT
@_JSON
@with_session
def show_schedule(session: Session, *, version: int | None, output: Path | None, as_json: bool) -> None:
    """Show the schedule of classes, terms and grades 分类分级管理目录."""
    require_new(output)
    with session.archive() as archive:
        actor = session.actor(archive)
        if output:
            write_report(output, print_schedule(actor, version, printed_as(output), archive=archive).content)
        found = retention_overview(actor, archive=archive)
    approved = next((each for each in found.schedules if each.version == version), None)
    lines = approved.lines if approved else found.draft
    if as_json:
        told = [{name: getattr(line, name) for name in line.__dataclass_fields__} for line in lines]
        answer({"version": version, "approved_by": approved.approved_by if approved else "", "lines": told})
        return
    for line in lines:
        click.echo(
            f"{line.series_code:4} {line.class_zh}  {line.retention_code}  {line.grade}  {line.department or '-'}"
        )


@retention_group.command("due")
@click.option("--on", "by_at", type=DAY, help="By which day the term has ended, today if left out 截至.")
@click.option("--customer", default="", help="Of one customer, by code 客户代码.")
@click.option("--rule", default="", help="Under one rule, by code 保管期限.")
@click.option("--held", type=click.Choice(sorted(_HELD)), default="all", show_default=True, help="冻结.")
@click.option("--limit", type=click.IntRange(1, MOST_LISTED), default=1000, show_default=True)
@_OUTPUT
@_JSON
@with_session
def list_due(
    session: Session,
    *,
    by_at: datetime | None,
    customer: str,
    rule: str,
    held: str,
    limit: int,
    output: Path | None,
    as_json: bool,
) -> None:
    """List the papers whose term has ended 保管期满清单, the longest due first."""
    require_new(output)
    with session.archive() as archive:
        actor = session.actor(archive)
        by_on = by_at.date() if by_at else local_day(archive.now())
        wish = DueWish(by_on=by_on, customer_code=customer, rule_code=rule, held=_HELD[held], limit=limit)
        if output:
            write_report(output, print_due(actor, wish, printed_as(output), archive=archive).content)
        found = due_list(actor, wish, archive=archive)
    if as_json:
        answer(
            {
                "on": by_on.isoformat(),
                "total": found.total,
                "stale": found.is_stale,
                "papers": [_paper_facts(each) for each in found.papers],
            }
        )
        return
    for paper in found.papers:
        mark = session.text("  已冻结", "  under hold") if paper.held else ""
        click.echo(f"{paper.due_on}  {paper.rule_code:4} {paper.reference_code or paper.item_id}  {paper.title}{mark}")
    session.say(f"共 {found.total} 件", f"{found.total} papers")
    if found.is_stale:
        session.say(
            "有变动尚未核算，可执行 dms retention recompute。",
            "Some changes are not computed; see dms retention recompute.",
        )


@retention_group.command("explain")
@click.argument("item")
@_JSON
@with_session
def explain(session: Session, *, item: str, as_json: bool) -> None:
    """Say until when the paper ITEM is kept, why, and how its day moved."""
    with session.archive() as archive:
        shown = due_of(session.actor(archive), item, archive=archive)
    if as_json:
        answer(_shown_facts(shown))
        return
    if shown.due is None:
        session.say("尚未归档，不计算保管期限", "It is not filed and has no term yet")
        return
    click.echo(session.text(shown.due.sentence.zh, shown.due.sentence.en))
    for each in shown.due.inputs:
        value = session.text(each.value.zh, each.value.en)
        click.echo(f"  {session.text(each.name.zh, each.name.en)}: {value}")
    for change in shown.history:
        click.echo(
            f"  {local_day(change.changed_at)} {change.reason.value}: {_day(change.before)} → {_day(change.after)}"
        )
    for held in shown.holds:
        click.echo(session.text(f"  已冻结 {held.hold.number}", f"  under hold {held.hold.number}"))


@retention_group.command("recompute")
@_JSON
@with_session
def recompute(session: Session, *, as_json: bool) -> None:
    """Compute all due days now, going on where an earlier computation broke off."""
    with session.archive() as archive:
        done = recompute_due(session.actor(archive), archive=archive)
    if as_json:
        answer({"examined": done.examined, "changed": done.changed, "resumed": done.resumed})
        return
    session.say(
        f"已核算 {done.examined} 件，变动 {done.changed} 件", f"{done.examined} papers, {done.changed} other days"
    )


def _stated(
    code: str,
    known: RetentionRule | None,
    stated: dict[str, Any],
    *,
    approved_by: str,
    approved_at: datetime,
) -> RetentionRule:
    """The rule as typed; what is left out is that of the version before."""
    trigger = stated["trigger"] or (known.trigger.value if known else RetentionTrigger.CLOSING.value)
    return RetentionRule(
        code=code,
        vocabulary=known.vocabulary if known else RetentionVocabulary(stated["vocabulary"]),
        zh=stated["zh"] or (known.zh if known else ""),
        en=stated["en"] or (known.en if known else ""),
        years=known.years if known else stated["years"],
        trigger=RetentionTrigger(trigger),
        mandate_zh=stated["mandate"] or (known.mandate_zh if known else ""),
        criterion_zh=stated["criterion"] or (known.criterion_zh if known else ""),
        equivalent_code=stated["equivalent"] or (known.equivalent_code if known else ""),
        approved_by=approved_by,
        approved_on=approved_at.date(),
    )


def _rule_facts(rule: RetentionRule) -> dict[str, Any]:
    return {
        "code": rule.code,
        "version": rule.version,
        "zh": rule.zh,
        "en": rule.en,
        "years": rule.years,
        "vocabulary": rule.vocabulary.value,
        "trigger": rule.trigger.value,
        "mandate": rule.mandate_zh,
        "criterion": rule.criterion_zh,
        "equivalent": rule.equivalent_code,
        "approved_by": rule.approved_by,
        "approved_on": rule.approved_on.isoformat() if rule.approved_on else None,
    }


def _paper_facts(paper: DuePaper) -> dict[str, Any]:
    return {
        "item_id": paper.item_id,
        "reference_code": paper.reference_code,
        "title": paper.title,
        "customer": paper.customer_code,
        "contract": paper.contract_no,
        "volume": paper.volume_code,
        "rule": paper.rule_code,
        "due_on": paper.due_on.isoformat(),
        "held": paper.held,
    }


def _shown_facts(shown: DueShown) -> dict[str, Any]:
    due = shown.due
    return {
        "item_id": shown.item.id,
        "state": due.day.state.value if due else None,
        "due_on": due.on.isoformat() if due and due.on else None,
        "rule": due.day.rule_code if due else None,
        "version": due.day.rule_version if due else None,
        "sentence": {"zh": due.sentence.zh, "en": due.sentence.en} if due else None,
        "inputs": {each.name.en: each.value.en for each in due.inputs} if due else {},
        "history": [_change_facts(change) for change in shown.history],
        "holds": [held.hold.number for held in shown.holds],
    }


def _change_facts(change: DueChange) -> dict[str, Any]:
    return {
        "changed_at": change.changed_at.isoformat(),
        "reason": change.reason.value,
        "before": _day(change.before),
        "after": _day(change.after),
    }


def _day(day: DueDay) -> str:
    return day.due_on.isoformat() if day.due_on else day.state.value
