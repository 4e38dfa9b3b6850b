"""Reading the inspections that were made: they are part of what an auditor asks for."""

from dataclasses import dataclass

from dms.archive import Archive
from dms.domain.actor import Actor
from dms.domain.inspection import Inspection
from dms.evidence.errors import InspectionNotFound
from dms.evidence.verifying import require_inspector


@dataclass(frozen=True, slots=True, kw_only=True)
class InspectionPage:
    """One page of the inspections, the newest first, and how many there are in all."""

    total: int
    inspections: tuple[Inspection, ...]


def inspection_page(actor: Actor, *, archive: Archive, limit: int, offset: int = 0) -> InspectionPage:
    """The inspections after the `offset` newest ones."""
    require_inspector(actor)
    with archive.looking() as view:
        found = view.inspections.list(limit=limit, offset=offset)
        return InspectionPage(total=view.inspections.count(), inspections=tuple(found))


def inspection_numbered(actor: Actor, inspection_id: int, *, archive: Archive) -> Inspection:
    """The inspection with this number; raises `InspectionNotFound`."""
    require_inspector(actor)
    with archive.looking() as view:
        found = view.inspections.get(inspection_id)
    if found is None:
        raise InspectionNotFound(inspection_id)
    return found


def note_report_taken(actor: Actor, inspection: Inspection, form: str, *, archive: Archive) -> None:
    """Journal that the actor takes the report of an inspection away, as ``pdf`` or ``json``."""
    require_inspector(actor)
    with archive.begin() as work:
        archive.record(work, actor, "inspection_report_taken", f"inspection-{inspection.id}", form=form)
