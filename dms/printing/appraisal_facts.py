"""What stands on the forms of appraisal and destruction (A2.11 of the rules: 鉴定意见书, 销毁清册, 监销, 销毁证明).

Everything is a plain value, worded as it is to be printed; empty text and None leave their place empty.
"""

from dataclasses import dataclass
from datetime import date

from dms.printing.letterhead import Letterhead, Signed


@dataclass(frozen=True, slots=True, kw_only=True)
class AppraisedLine:
    """One paper before a committee."""

    reference_code: str
    title: str
    year: int | None
    pages: int | None
    term: str
    """应保管期限"""
    due_on: date
    opinions: str
    """``王：销毁；李：续存10年（仍有查考价值）``"""
    verdict: str
    """鉴定结论 with its new term; empty before the decision."""
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AppraisalForm:
    """鉴定意见书: what the committee thinks and decided of every paper."""

    letterhead: Letterhead
    number: str
    title: str
    committee: str
    """Who is on it, the chair first."""
    decided_on: date | None
    counts: str
    """``共 12 件：销毁 9 件，续存 2 件，暂存 1 件``"""
    report: str
    lines: tuple[AppraisedLine, ...]
    signatures: tuple[Signed, ...]
    extended_only: bool = False
    """续存清单: the papers whose term goes on, and nothing else."""


@dataclass(frozen=True, slots=True, kw_only=True)
class YearlyAppraisal:
    """One appraisal in the report of a year."""

    number: str
    title: str
    chair: str
    decided_on: date | None
    papers: int
    destroyed: int
    """Put up to go."""
    extended: int
    permanent: int
    set_aside: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AppraisalReport:
    """鉴定工作报告 of a year (实施条例 §24)."""

    letterhead: Letterhead
    year: int
    lines: tuple[YearlyAppraisal, ...]
    still_due: int
    """Papers that are due and that no committee has looked at."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DoomedLine:
    """One paper on a destruction list."""

    reference_code: str
    title: str
    volume_code: str
    items: int
    pages: int | None
    sheets: int | None
    year: int | None
    term: str
    kept_years: int | None
    grade: str
    medium: str
    reason: str
    destroyed_on: date | None
    outcome: str
    """``已销毁``, or why not; empty before it was carried out."""
    appraisal: str
    """The number of the appraisal."""
    digest: str = ""
    """SHA-256 (hex) of the original, from the proof of its destruction."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DestructionForm:
    """销毁清册 with everyone's signatures."""

    letterhead: Letterhead
    number: str
    title: str
    state: str
    method: str
    place: str
    digest: str
    lines: tuple[DoomedLine, ...]
    signatures: tuple[Signed, ...]
    remark: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchedStep:
    """One act under a list."""

    turn: int
    what: str
    office: str
    name: str
    acted_at: str
    """``2026-03-02 17:00``, local."""
    remark: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SupervisionForm:
    """监销记录: who signed, approved, checked, carried out and attested, and when."""

    letterhead: Letterhead
    number: str
    title: str
    method: str
    place: str
    counts: str
    digest: str
    steps: tuple[WatchedStep, ...]
    signatures: tuple[Signed, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DestructionCertificate:
    """销毁证明: what is gone, by whose leave, before whose eyes, and how to prove it."""

    letterhead: Letterhead
    number: str
    title: str
    approved_by: str
    approved_on: date | None
    carried_out_by: str
    carried_out_on: date | None
    method: str
    place: str
    paper_destroyed_on: date | None
    destroyed: int
    spared: int
    pages: int
    size: str
    digest: str
    lines: tuple[DoomedLine, ...]
    """What was destroyed, with the digest of each original."""
    signatures: tuple[Signed, ...]
