"""Where a duty is done: the address of the page that its subject leads to."""

from typing import Any, Final

from flask import current_app, url_for

_PAGES: Final[dict[str, tuple[str, str]]] = {
    "item": ("items.show", "item_id"),
    "customer": ("reviews.form", "code"),
    "transfer": ("transfers.show", "transfer_id"),
    "request": ("requests.show", "request_id"),
    "loan": ("loans.show", "loan_id"),
    "missing": ("missing_papers.index", "department"),
    "subject_request": ("personal_data.show", "request_id"),
    "report": ("reports.index", ""),
    "title_slip": ("title_slips.show", "slip_id"),
    "title_request": ("title_requests.show", "request_id"),
    "title": ("titles.show", "title_id"),
    "title_return": ("title_requests.show", "request_id"),
    "stock_take": ("stock_takes.index", ""),
    "custody_hand_over": ("leaving.show", "hand_over_id"),
    "appraisal": ("appraisals.index", ""),
    "destruction": ("destructions.index", ""),
}
"""Endpoint and name of its argument, by the first part of a subject; no argument for a page of all of them."""
_NUMBERED: Final = frozenset({"transfer_id", "request_id", "loan_id", "slip_id", "title_id", "hand_over_id"})


def way_of(subject: str) -> str:
    """The address of the page where a duty is done; empty where there is none."""
    kind, _slash, rest = subject.partition("/")
    endpoint, argument = _PAGES.get(kind, ("", ""))
    if not endpoint or endpoint not in current_app.view_functions:
        return ""
    if not argument:
        return url_for(endpoint)
    name = rest.partition("/")[0]
    if argument in _NUMBERED and not name.isdecimal():
        return ""
    values: dict[str, Any] = {argument: int(name) if argument in _NUMBERED else name}
    return url_for(endpoint, **values)
