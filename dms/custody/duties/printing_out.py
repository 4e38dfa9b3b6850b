"""Duties on paper and as spreadsheets: a person's own, his department's, everybody's; and who owes what."""

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from dms.archive import Archive
from dms.custody.duties.looking_up import DutyScope, DutyShown, DutyWish, OwnerLine, duty_overview, list_duties
from dms.custody.duties.wording import KIND_NAMES, ROLE_NAMES
from dms.custody.forms import letterhead, printed
from dms.domain.actor import Actor, Permission
from dms.domain.clock import local_day
from dms.domain.printed import PrintAs, Printed
from dms.errors import Bilingual

if TYPE_CHECKING:
    from dms.printing import DutyLine
    from dms.printing import OwnerLine as PrintedOwner

SCOPE_NAMES: Final = {
    DutyScope.MINE: Bilingual("本人", "own"),
    DutyScope.DEPARTMENT: Bilingual("本部门", "department"),
    DutyScope.ALL: Bilingual("全部", "all"),
}


def print_duties(actor: Actor, wish: DutyWish, printed_as: PrintAs, *, archive: Archive) -> Printed:
    """The duties that fit as a document; raises as `list_duties`."""
    from dms.printing import DutyListForm

    found = list_duties(actor, replace(wish, limit=None, offset=0), archive=archive)
    form = DutyListForm(
        letterhead=letterhead(actor, archive=archive),
        subject=SCOPE_NAMES[wish.scope].zh,
        asked_on=found.asked_on,
        lines=tuple(_line(shown) for shown in found.duties),
    )
    return printed(actor, form, "待办事项清单", printed_as, archive=archive)


def print_overview(actor: Actor, printed_as: PrintAs, *, archive: Archive) -> Printed:
    """Who owes what as a document."""
    actor.require(Permission.OVERSEE_DUTIES)
    from dms.printing import DutyOverviewForm

    form = DutyOverviewForm(
        letterhead=letterhead(actor, archive=archive),
        asked_on=local_day(archive.now()),
        lines=tuple(map(_owner_line, duty_overview(actor, archive=archive))),
    )
    return printed(actor, form, "待办督办表", printed_as, archive=archive)


def _line(shown: DutyShown) -> "DutyLine":
    from dms.printing import DutyLine

    duty = shown.duty
    return DutyLine(
        due_on=duty.due_on,
        kind=KIND_NAMES[duty.kind].zh,
        what=duty.what.zh,
        department=duty.department,
        owner=duty.person or (ROLE_NAMES[duty.role].zh if duty.role else ""),
        late_working_days=shown.late_working_days,
    )


def _owner_line(line: OwnerLine) -> "PrintedOwner":
    from dms.printing import OwnerLine as PrintedOwner

    return PrintedOwner(
        department=line.department,
        owner=line.owner or (ROLE_NAMES[line.role].zh if line.role else "（部门）"),
        overdue=line.counts.overdue,
        soon=line.counts.soon,
        later=line.counts.later,
        worst_late_working_days=line.worst_late_working_days,
        kinds="、".join(f"{KIND_NAMES[kind].zh} {count}" for kind, count in line.by_kind),
    )
