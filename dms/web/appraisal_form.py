"""What people type about appraisals and destruction lists, and what it means."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from werkzeug.datastructures import MultiDict

from dms.custody.appraising import AppraisalStated, ListStated, Said
from dms.domain.appraisal import AppraisalCase, Verdict
from dms.domain.destruction_list import DestructionList, Office

Form = MultiDict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedAppraisal:
    """The form of a committee, as text."""

    title: str = ""
    chair: str = ""
    members: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedList:
    """The form of a list, as text."""

    title: str = ""
    method: str = ""
    place: str = ""
    remark: str = ""
    signers: Mapping[str, str] = field(default_factory=dict)
    """Sign-in name by the value of each office."""
    supervisors: Sequence[str] = ("", "")


def appraisal_typed_in(form: Form) -> TypedAppraisal:
    """The form as it was sent."""
    return TypedAppraisal(
        title=form.get("title", ""), chair=form.get("chair", ""), members=tuple(form.getlist("members"))
    )


def appraisal_as_typed(case: AppraisalCase) -> TypedAppraisal:
    """The form of a case that is there."""
    return TypedAppraisal(title=case.title, chair=case.chair, members=case.members)


def appraisal_meant(typed: TypedAppraisal) -> AppraisalStated:
    """What the form means."""
    return AppraisalStated(title=typed.title, chair=typed.chair, members=typed.members)


def list_typed_in(form: Form) -> TypedList:
    """The form as it was sent."""
    return TypedList(
        title=form.get("title", ""),
        method=form.get("method", ""),
        place=form.get("place", ""),
        remark=form.get("remark", ""),
        signers={office.value: form.get(f"signer-{office.value}", "") for office in Office},
        supervisors=(form.get("supervisor-1", ""), form.get("supervisor-2", "")),
    )


def list_as_typed(listed: DestructionList) -> TypedList:
    """The form of a list that is there."""
    return TypedList(
        title=listed.title,
        method=listed.method,
        place=listed.place,
        remark=listed.remark,
        signers={office.value: name for office, name in listed.appointed.signers},
        supervisors=(*listed.appointed.supervisors, "", "")[:2],
    )


def list_meant(typed: TypedList) -> ListStated:
    """What the form means."""
    return ListStated(
        title=typed.title,
        method=typed.method,
        place=typed.place,
        remark=typed.remark,
        signers=tuple((Office(office), name) for office, name in typed.signers.items() if name),
        supervisors=tuple(name for name in typed.supervisors if name),
    )


def said_in(form: Mapping[str, str], suffix: str = "") -> Said | None:
    """The verdict that stands in a form, under names with this ending; None where none was chosen."""
    verdict = next((each for each in Verdict if each.value == form.get(f"verdict{suffix}")), None)
    if verdict is None:
        return None
    years = form.get(f"years{suffix}", "").strip()
    return Said(
        verdict=verdict,
        years=int(years) if years.isascii() and years.isdecimal() else None,
        reason=form.get(f"reason{suffix}", ""),
    )
