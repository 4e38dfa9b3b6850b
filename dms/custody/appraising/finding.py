"""Finding the appraisal or the list that a person named, in a state that takes what he asks."""

from dms.custody.appraising.errors import AppraisalFactInvalid, AppraisalNotFound, AppraisalStateUnfit
from dms.custody.appraising.list_errors import DestructionListNotFound
from dms.domain.actor import Actor
from dms.domain.appraisal import AppraisalCase, AppraisalState
from dms.domain.destruction_list import DestructionList
from dms.domain.one_line import one_line
from dms.errors import Bilingual
from dms.store import UnitOfWork

LARGEST_ID = 2**63 - 1
MAX_TITLE_CHARACTERS = 120
MAX_REASON_CHARACTERS = 400
MAX_REPORT_CHARACTERS = 4000


def case_for(actor: Actor, case_id: int, *states: AppraisalState, work: UnitOfWork) -> AppraisalCase:
    """The case, which must be in one of the states where any are given.

    Raises `AppraisalNotFound`, alike for missing and for barred ones, or `AppraisalStateUnfit`.
    """
    case = work.appraisals.known(case_id, actor=actor) if 0 < case_id <= LARGEST_ID else None
    if case is None:
        raise AppraisalNotFound(str(case_id))
    if states and case.state not in states:
        raise AppraisalStateUnfit(case.state)
    return case


def list_for(actor: Actor, list_id: int, *, work: UnitOfWork) -> DestructionList:
    """The list; raises `DestructionListNotFound`, alike for missing and for barred ones."""
    listed = work.destruction_lists.known(list_id, actor=actor) if 0 < list_id <= LARGEST_ID else None
    if listed is None:
        raise DestructionListNotFound(str(list_id))
    return listed


def case_subject(case: AppraisalCase) -> str:
    """What the journal calls an appraisal: ``appraisal:3``."""
    return f"appraisal:{case.id}"


def list_subject(listed: DestructionList) -> str:
    """What the journal calls a destruction list: ``destruction_list:3``."""
    return f"destruction_list:{listed.id}"


def stated_text(text: str, most: int, zh: str, en: str, *, required: bool = True) -> str:
    """The text on one line; raises `AppraisalFactInvalid` where it is missing or longer than `most` characters."""
    tidy = one_line(text)
    if required and not tidy:
        raise AppraisalFactInvalid(
            Bilingual(f"没有填写{zh}。", f"The {en} is missing."), Bilingual("请填写。", "State it.")
        )
    if len(tidy) > most:
        raise AppraisalFactInvalid(
            Bilingual(f"{zh}过长。", f"The {en} is too long."),
            Bilingual(f"请写在 {most} 字以内。", f"Write it in {most} characters at most."),
        )
    return tidy
