"""What ``--json`` tells of requests and loans."""

from datetime import date, datetime
from typing import Any

from dms.custody.lending import LineShown, LoanShown, RequestRow, RequestShown
from dms.domain.lending import Deputy, LendingRules, Loan, RouteStep, UseRequest


def request_facts(request: UseRequest) -> dict[str, Any]:
    """One request."""
    return {
        "id": request.id,
        "number": request.number,
        "state": request.state.value,
        "kind": request.kind.value,
        "person": request.user_name,
        "department": request.department,
        "purpose": request.purpose,
        "outside_party": request.outside_party,
        "days": request.days,
        "copies": request.copies,
        "grade": request.grade,
        "route": [_step_facts(step) for step in request.route],
        "steps_decided": request.step,
        "asked_at": request.asked_at.isoformat(),
        "decide_by_on": request.decide_by_on.isoformat(),
        "use_until_on": _day(request.use_until_on),
        "effect": request.effect,
    }


def row_facts(row: RequestRow) -> dict[str, Any]:
    """One request of a list, with its papers."""
    return request_facts(row.request) | {"papers": [line_facts(line) for line in row.lines], "reminders": row.reminders}


def shown_facts(shown: RequestShown) -> dict[str, Any]:
    """One request with its papers, who decides, and what happened."""
    return request_facts(shown.request) | {
        "papers": [line_facts(line) for line in shown.lines],
        "deciding": [_step_facts(each.step) | {"persons": list(each.names)} for each in shown.steps],
        "events": [
            {
                "kind": each.kind.value,
                "by": each.by,
                "on_behalf_of": each.on_behalf_of,
                "text": each.text,
                "count": each.count,
                "happened_at": each.happened_at.isoformat(),
            }
            for each in shown.events
        ],
    }


def line_facts(line: LineShown) -> dict[str, Any]:
    """One paper of a request; without its title where it is barred."""
    return {
        "line": line.line.id,
        "item_id": line.item_id,
        "volume_id": None if line.is_barred else line.line.volume_id,
        "title": line.title,
        "reference_code": line.reference_code,
        "grade": line.grade,
        "held": line.is_held,
        "loan": line.loan.id if line.loan else None,
    }


def loan_facts(loan: Loan) -> dict[str, Any]:
    """One loan."""
    return {
        "id": loan.id,
        "state": loan.state.value,
        "borrower": loan.borrower,
        "department": loan.department,
        "handed_out_at": loan.handed_out_at.isoformat(),
        "handed_out_by": loan.handed_out_by,
        "signed_at": _moment(loan.signed_at),
        "due_on": loan.due_on.isoformat(),
        "renewals": loan.renewals,
        "recalled_at": _moment(loan.recalled_at),
        "returned_at": _moment(loan.returned_at),
        "condition": loan.condition_in.value if loan.condition_in else None,
        "note": loan.condition_note,
        "loss": loan.loss_report,
    }


def loan_shown_facts(shown: LoanShown) -> dict[str, Any]:
    """One loan of a list."""
    paper = {"request": shown.request.number, "title": shown.line.title, "reference_code": shown.line.reference_code}
    return loan_facts(shown.loan) | paper | {"late_working_days": shown.late_working_days}


def deputy_facts(entry: Deputy, name: str) -> dict[str, Any]:
    """Who decides in one's place."""
    return {
        "id": entry.id,
        "deputy": name,
        "from_on": entry.from_on.isoformat(),
        "until_on": entry.until_on.isoformat(),
        "ended_at": _moment(entry.ended_at),
    }


def rules_facts(rules: LendingRules) -> dict[str, Any]:
    """The rules of lending."""
    return {
        "by_grade": {str(grade): approver.value for grade, approver in sorted(rules.by_grade.items())},
        "other_department": rules.other_department.value,
        "standing_roles": sorted(rules.standing_roles),
        "standing_users": sorted(rules.standing_users),
        "decide_within_working_days": rules.decide_within_working_days,
        "lapse_after_working_days": rules.lapse_after_working_days,
        "look_days_most": rules.look_days_most,
        "loan_working_days": rules.loan_working_days,
        "renewals_most": rules.renewals_most,
        "renewal_working_days": rules.renewal_working_days,
        "recall_working_days": rules.recall_working_days,
    }


def _step_facts(step: RouteStep) -> dict[str, Any]:
    return {"approver": step.approver.value, "department": step.department}


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _moment(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
