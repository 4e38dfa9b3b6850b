"""Lists of keeping on their way out: as paper or as a spreadsheet, journaled with the digest of the very bytes."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from dms.archive import Archive
from dms.custody.forms import letterhead
from dms.custody.keeping.errors import ScheduleUnfit
from dms.custody.keeping.holding import HoldShown, list_holds
from dms.custody.keeping.listing import MOST_LISTED, DueWish, due_list
from dms.custody.keeping.scheduling import retention_overview
from dms.domain.actor import Actor
from dms.domain.clock import local_day
from dms.domain.hold import HoldTarget
from dms.domain.printed import MEDIA_TYPES, PrintAs, Printed
from dms.errors import Bilingual
from dms.store import DuePaper, HoldFilter

if TYPE_CHECKING:
    from dms.printing import ExpiredLine, HoldLine, KeepingForm

TARGET_NAMES: Mapping[HoldTarget, Bilingual] = MappingProxyType(
    {
        HoldTarget.ITEM: Bilingual("件", "paper"),
        HoldTarget.CONTRACT: Bilingual("合同", "contract"),
        HoldTarget.CUSTOMER: Bilingual("客户", "customer"),
        HoldTarget.VOLUME: Bilingual("案卷", "volume"),
        HoldTarget.DISPUTE: Bilingual("争议", "dispute"),
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    """What is printed, as the journal and the name of the download tell it."""

    form: str
    name: str


def print_due(actor: Actor, wish: DueWish, printed_as: PrintAs, *, archive: Archive) -> Printed:
    """保管期满清单, all of it as far as the actor may see it; raises `CustomerNotFound`."""
    found = due_list(actor, replace(wish, limit=MOST_LISTED, offset=0), archive=archive)
    from dms.printing import ExpiredList

    terms = {rule.code: rule.zh for rule in retention_overview(actor, archive=archive).rules}
    form = ExpiredList(
        letterhead=letterhead(actor, archive=archive),
        by_on=wish.by_on,
        subject=wish.customer_code or "全部",
        lines=tuple(_expired(paper, terms) for paper in found.papers),
    )
    return _printed(actor, form, _Asked(form="due-list", name="保管期满档案清单"), printed_as, archive=archive)


def print_schedule(actor: Actor, version: int | None, printed_as: PrintAs, *, archive: Archive) -> Printed:
    """《档案分类分级管理目录》 in an approved version, None for the draft; `ScheduleUnfit` for an unknown one."""
    found = retention_overview(actor, archive=archive)
    from dms.printing import GRADE_MARKS, ScheduleClass, ScheduleForm

    approved = next((each for each in found.schedules if each.version == version), None)
    if version is not None and approved is None:
        raise ScheduleUnfit(Bilingual(f"没有第 {version} 版目录。", f"There is no version {version} of the schedule."))
    terms = {rule.code: rule.zh for rule in found.versions}
    form = ScheduleForm(
        letterhead=letterhead(actor, archive=archive),
        version=version,
        approved_by=approved.approved_by if approved else "",
        approved_on=approved.approved_on if approved else None,
        valid_from_on=approved.valid_from_on if approved else None,
        remark=approved.remark if approved else "",
        classes=tuple(
            ScheduleClass(
                code=line.series_code,
                name=line.class_zh,
                custody_form=line.custody_form,
                term=f"{terms.get(line.retention_code, '')}（{line.retention_code}）",
                department=line.department,
                grade=GRADE_MARKS[line.grade],
                remark=line.remark,
            )
            for line in (approved.lines if approved else found.draft)
        ),
    )
    return _printed(actor, form, _Asked(form="schedule", name="档案分类分级管理目录"), printed_as, archive=archive)


def print_holds(actor: Actor, wanted: HoldFilter, printed_as: PrintAs, *, archive: Archive) -> Printed:
    """档案冻结登记簿 as far as the actor may know of it, the oldest hold first."""
    found = list_holds(actor, wanted, archive=archive, limit=MOST_LISTED)
    from dms.printing import HoldRegister

    form = HoldRegister(
        letterhead=letterhead(actor, archive=archive),
        subject={True: "现行有效", False: "已解除", None: "全部"}[wanted.in_force],
        lines=tuple(_held(shown) for shown in reversed(found.holds)),
    )
    return _printed(actor, form, _Asked(form="hold-register", name="档案冻结登记簿"), printed_as, archive=archive)


def _printed(actor: Actor, form: "KeepingForm", asked: _Asked, printed_as: PrintAs, *, archive: Archive) -> Printed:
    from dms.printing import keeping_form_pdf, keeping_form_xlsx

    content = keeping_form_pdf(form) if printed_as is PrintAs.PDF else keeping_form_xlsx(form)
    with archive.begin() as work:
        digest = hashlib.sha256(content).hexdigest()
        archive.record(work, actor, "keeping_list_printed", asked.form, form=printed_as.value, sha256=digest)
    suggested = f"{asked.name}-{local_day(archive.now()).isoformat()}.{printed_as.value}"
    return Printed(suggested_name=suggested, media_type=MEDIA_TYPES[printed_as], content=content)


def _expired(paper: DuePaper, terms: Mapping[str, str]) -> "ExpiredLine":
    from dms.printing import GRADE_MARKS, ExpiredLine

    return ExpiredLine(
        reference_code=paper.reference_code or "",
        volume_code=paper.volume_code,
        title=paper.title,
        customer=paper.customer_name,
        contract_no=paper.contract_no,
        year=paper.year,
        doc_on=paper.doc_on,
        pages=paper.pages,
        term=f"{terms.get(paper.rule_code, '')}（{paper.rule_code}）",
        counted_from_on=paper.basis_on,
        due_on=paper.due_on,
        grade=GRADE_MARKS[paper.grade],
        medium=paper.medium,
        remark="已冻结" if paper.held else "",
    )


def _held(shown: HoldShown) -> "HoldLine":
    from dms.printing import HoldLine

    hold, release = shown.hold, shown.hold.release
    return HoldLine(
        number=hold.number,
        target=TARGET_NAMES[hold.target].zh,
        subject=shown.subject.label if shown.subject else "",
        reason=hold.reason,
        authority=hold.authority,
        placed_by=hold.placed_by,
        placed_on=local_day(hold.placed_at),
        released_on=local_day(release.released_at) if release else None,
        released_by=release.released_by if release else "",
        release_reason=release.reason if release else "",
        release_authority=release.authority if release else "",
    )
