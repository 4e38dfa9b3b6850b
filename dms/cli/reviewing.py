"""``dms review``: which customers are due, what was found of one, a new review, the report."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import click

from dms.cli.reports import printed_as, require_new, write_report
from dms.cli.session import Session, answer, with_session
from dms.custody.reviewing import (
    GRADE_NAMES,
    OUTLOOK_NAMES,
    ReviewDue,
    ReviewReportWish,
    ReviewStated,
    ReviewWish,
    list_reviews_due,
    print_reviews,
    record_review,
    review_rhythm,
    review_standing,
    risks_told,
    state_review_rhythm,
)
from dms.domain.clock import local_day
from dms.domain.customer import CustomerGrade
from dms.domain.review import Outlook, Review, ReviewRhythm, RiskReason

_GRADES = click.Choice([grade.value for grade in CustomerGrade])
_EVERY = 1_000_000
DAY = click.DateTime(["%Y-%m-%d"])


@click.group("review")
def review_group() -> None:
    """Reviews of customers 客户复核."""


@review_group.command("list")
@click.option("--within", "due_within_days", type=click.IntRange(0), help="Due in so many days, or overdue 几天内到期.")
@click.option("--watched", is_flag=True, help="Only those under watch 观察名单.")
@click.option("--department", help="部门.")
@click.option("--grade", "grades", multiple=True, type=_GRADES, help="等级.")
@click.option("--json", "as_json", is_flag=True)
@with_session
def show_due(
    session: Session,
    *,
    due_within_days: int | None,
    watched: bool,
    department: str | None,
    grades: tuple[str, ...],
    as_json: bool,
) -> None:
    """List the customers by the day of their next review."""
    wish = ReviewWish(
        due_within_days=due_within_days,
        watched_only=watched,
        department=department,
        grades=frozenset(map(CustomerGrade, grades)),
        limit=None,
    )
    with session.archive() as archive:
        found = list_reviews_due(session.actor(archive), wish, archive=archive)
    if as_json:
        customers = [_due(each) for each in found.due]
        answer({"total": found.total, "overdue": found.overdue_count, "customers": customers})
        return
    for each in found.due:
        late = f" +{each.days_late}" if each.days_late else ""
        click.echo(f"{each.due_on}{late} {each.customer.code} {each.customer.name}")


@review_group.command("show")
@click.argument("customer")
@click.option("--json", "as_json", is_flag=True)
@with_session
def show_history(session: Session, *, customer: str, as_json: bool) -> None:
    """Show what was found of a CUSTOMER, the newest first, and when the next review is due."""
    with session.archive() as archive:
        shown = review_standing(session.actor(archive), customer, archive=archive, limit=_EVERY)
    due_on = shown.due_on.isoformat() if shown.due_on else None
    if as_json:
        reviews = [_review(review) for review in shown.history]
        answer({"customer": shown.customer.code, "next_on": due_on, "late_days": shown.days_late, "reviews": reviews})
        return
    for review in shown.history:
        grade, outlook = GRADE_NAMES[review.grade], OUTLOOK_NAMES[review.outlook]
        language = session.settings.language
        told = f"{review.reviewed_on} {review.by} {grade.in_language(language)} {outlook.in_language(language)}"
        click.echo(f"{told} {risks_told(review.risks)} {review.opinion}".rstrip())
    session.say(f"下次复核：{due_on or '无'}", f"Next review: {due_on or 'none'}")


@review_group.command("record")
@click.argument("customer")
@click.option("--grade", type=_GRADES, required=True, help="Result 复核结果.")
@click.option("--outlook", type=click.Choice([each.value for each in Outlook]), default="steady", help="动态.")
@click.option(
    "--risk", "risks", multiple=True, type=click.Choice([each.value for each in RiskReason]), help="风险原因."
)
@click.option("--watch", "is_watched", is_flag=True, help="Put it on the watch list 另作观察.")
@click.option("--opinion", default="", help="意见.")
@click.option("--json", "as_json", is_flag=True)
@with_session
def record(
    session: Session,
    *,
    customer: str,
    grade: str,
    outlook: str,
    risks: tuple[str, ...],
    is_watched: bool,
    opinion: str,
    as_json: bool,
) -> None:
    """Record what a person found of a CUSTOMER; needs ``--as``."""
    stated = ReviewStated(
        grade=CustomerGrade(grade),
        outlook=Outlook(outlook),
        risks=tuple(map(RiskReason, risks)),
        is_watched=is_watched,
        opinion=opinion,
    )
    with session.archive() as archive:
        review = record_review(session.actor(archive), customer, stated, archive=archive)
    if as_json:
        answer(_review(review))
        return
    session.say(f"已复核 {customer}：{GRADE_NAMES[review.grade].zh}", f"Reviewed {customer}: {review.grade.value}")


@review_group.command("report")
@click.option("--from", "first_at", type=DAY, help="First day 起; two months ago if left out.")
@click.option("--to", "last_at", type=DAY, help="Last day 止; today if left out.")
@click.option("--customer", "customer_code", default="", help="Of one customer 客户代码.")
@click.option("-o", "--output", type=click.Path(path_type=Path), required=True, help="Write it, .pdf or .xlsx 输出到.")
@with_session
def report(
    session: Session, *, first_at: datetime | None, last_at: datetime | None, customer_code: str, output: Path
) -> None:
    """Write the report of reviews 复核报告."""
    require_new(output)
    form = printed_as(output)
    with session.archive() as archive:
        today = local_day(archive.now())
        wish = ReviewReportWish(
            first_on=first_at.date() if first_at else today - timedelta(days=62),
            last_on=last_at.date() if last_at else today,
            customer_code=customer_code,
        )
        write_report(output, print_reviews(session.actor(archive), wish, form, archive=archive).content)
    session.say(f"已写出 {output}", f"Written: {output}")


@review_group.command("rhythm")
@click.option("--months", nargs=2, type=(_GRADES, int), multiple=True, help="Months by grade 各等级的周期.")
@click.option("--watched", "watched_months", type=int, help="Months for those under watch 观察名单的周期.")
@click.option("--json", "as_json", is_flag=True)
@with_session
def rhythm(session: Session, *, months: tuple[tuple[str, int], ...], watched_months: int | None, as_json: bool) -> None:
    """Show or state after how many months customers are reviewed; 0 for never."""
    with session.archive() as archive:
        actor = session.actor(archive)
        known = review_rhythm(actor, archive=archive)
        if months or watched_months is not None:
            stated = {**known.months, **{CustomerGrade(grade): count for grade, count in months}}
            watched = known.watched_months if watched_months is None else watched_months
            known = state_review_rhythm(actor, ReviewRhythm(months=stated, watched_months=watched), archive=archive)
    told = {grade.value: known.months.get(grade, 0) for grade in CustomerGrade} | {"watched": known.watched_months}
    if as_json:
        answer({"months": told})
        return
    for name, count in told.items():
        click.echo(f"{name:10} {count}")


def _due(each: ReviewDue) -> dict[str, Any]:
    return {
        "code": each.customer.code,
        "name": each.customer.name,
        "grade": each.customer.facts.grade.value,
        "last_on": each.last.reviewed_on.isoformat() if each.last else None,
        "due_on": each.due_on.isoformat(),
        "days_late": each.days_late,
        "watched": bool(each.last and each.last.is_watched),
    }


def _review(review: Review) -> dict[str, Any]:
    return {
        "reviewed_on": review.reviewed_on.isoformat(),
        "by": review.by,
        "grade": review.grade.value,
        "former_grade": review.former_grade.value,
        "outlook": review.outlook.value,
        "risks": [risk.value for risk in review.risks],
        "watched": review.is_watched,
        "opinion": review.opinion,
    }
