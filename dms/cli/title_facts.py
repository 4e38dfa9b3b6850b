"""What ``dms title … --json`` tells of title documents, slips, requests, openings and stock-takes."""

from datetime import date, datetime
from typing import Any

from dms.custody.titles import SafeShown, StockTakeShown
from dms.domain.safe import SafeOpening
from dms.domain.title_document import TitleDocument, TitleMovement
from dms.domain.title_request import TitleRequest
from dms.domain.title_slip import SlipLine, TitleSlip


def title_told(title: TitleDocument) -> dict[str, Any]:
    """One title document."""
    facts = title.facts
    return {
        "id": title.id,
        "number": title.number,
        "kind": facts.kind_code,
        "name": facts.name,
        "certificate_no": facts.certificate_no,
        "right_holder": facts.right_holder,
        "quantity": facts.quantity,
        "balance": title.balance,
        "value": None if facts.value is None else str(facts.value),
        "issued_on": _day(facts.issued_on),
        "state": title.state.value,
    }


def movement_told(line: TitleMovement) -> dict[str, Any]:
    """One line of the ledger."""
    return {
        "moved_at": _moment(line.moved_at),
        "kind": line.kind.value,
        "change": line.change,
        "balance": line.balance,
        "custodian": line.custodian,
        "witness": line.witness,
        "other_party": line.other_party,
        "condition": line.condition.value if line.condition else None,
        "remark": line.remark,
    }


def slip_told(slip: TitleSlip) -> dict[str, Any]:
    """One slip without its list."""
    return {
        "id": slip.id,
        "number": slip.number,
        "department": slip.from_department,
        "state": slip.state.value,
        "begun_on": _day(slip.begun_on),
        "due_on": _day(slip.due_on),
        "list_sha256": slip.list_digest,
        "signatures": [
            {"role": each.role.value, "name": each.user_name, "signed_at": _moment(each.signed_at)}
            for each in slip.signatures
        ],
    }


def line_told(line: SlipLine) -> dict[str, Any]:
    """One line of a slip."""
    facts = line.facts
    return {
        "position": line.position,
        "kind": facts.kind_code,
        "name": facts.name,
        "certificate_no": facts.certificate_no,
        "right_holder": facts.right_holder,
        "quantity": facts.quantity,
        "checked": line.checker.agrees if line.checker else None,
        "taken_over": line.custodian.agrees if line.custodian else None,
    }


def request_told(request: TitleRequest, title: TitleDocument | None = None) -> dict[str, Any]:
    """One request."""
    return {
        "id": request.id,
        "number": request.number,
        "title": title.number if title else None,
        "use": request.use.value,
        "quantity": request.quantity,
        "purpose": request.purpose,
        "recipient": request.recipient,
        "asked_by": request.asked_by,
        "decides": request.decides.value,
        "decided_by": request.decided_by,
        "opinion": request.opinion,
        "due_on": _day(request.due_on),
        "state": request.state.value,
    }


def opening_told(opening: SafeOpening) -> dict[str, Any]:
    """One opening of a safe."""
    return {
        "number": opening.number,
        "purpose": opening.purpose,
        "opened_at": _moment(opening.opened_at),
        "custodian": opening.custodian,
        "witness": opening.witness,
        "closed_at": _moment(opening.closed_at),
        "closed_by": opening.closed_by,
        "closing_witness": opening.closing_witness,
    }


def safe_told(shown: SafeShown) -> dict[str, Any]:
    """One safe as it stands."""
    return {
        "code": shown.safe.code,
        "name": shown.safe.name,
        "titles": shown.titles,
        "pieces": shown.pieces,
        "open": opening_told(shown.opening) if shown.opening else None,
        "keeper": shown.keeper,
        "counted_on": _day(shown.counted_on),
    }


def stock_take_told(shown: StockTakeShown) -> dict[str, Any]:
    """One stock-take; what is expected is left out while it is counted."""
    take = shown.take
    return {
        "id": take.id,
        "number": take.number,
        "safe": shown.safe.code,
        "planned_on": _day(take.planned_on),
        "state": take.state.value,
        "counter": take.counter,
        "witness": take.witness,
        "lines": [
            {
                "position": line.position,
                "name": line.name,
                "certificate_no": line.certificate_no,
                "expected": None if shown.is_blind else line.expected,
                "counted": line.counted,
                "explanation": line.explanation,
            }
            for line in shown.lines
        ],
    }


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _moment(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
