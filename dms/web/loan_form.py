"""The forms of a loan: in what condition an original leaves and comes back."""

from werkzeug.datastructures import MultiDict

from dms.custody.lending import HandOut, TakenBack
from dms.domain.lending import Condition
from dms.web.request_form import number_typed


def hand_out_typed(form: MultiDict[str, str]) -> HandOut:
    """In what condition an original leaves; raises `RequestFactInvalid`."""
    sheets = form.get("sheets", "").strip()
    return HandOut(condition=_condition(form), sheets=number_typed(sheets) if sheets else None)


def taken_back_typed(form: MultiDict[str, str]) -> TakenBack:
    """In what condition it came back."""
    return TakenBack(condition=_condition(form), note=form.get("note", ""))


def _condition(form: MultiDict[str, str]) -> Condition:
    stated = form.get("condition", "")
    return Condition(stated) if stated in set(Condition) else Condition.SOUND
