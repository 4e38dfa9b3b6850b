"""Whether register and bearers of reference codes agree, looked at in both directions in one transaction."""

from dataclasses import dataclass

from dms.archive import Archive
from dms.domain.actor import Actor, Permission
from dms.domain.reference_code import CodeKind
from dms.store import NumberDisagreements


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberingAgreement:
    """What one look at all numbers came to."""

    given: int
    """How many numbers were ever given."""
    gaps: int
    """How many were left out, and nobody has said why."""
    disagreements: NumberDisagreements

    @property
    def agrees(self) -> bool:
        """Whether every code is borne by what it was given to, and the other way round; gaps do not count."""
        found = self.disagreements
        return not (found.unrecorded or found.unborne or found.counted_short)


def check_numbering(archive: Archive) -> NumberingAgreement:
    """The agreement as one transaction sees it; for the archive's own work only."""
    with archive.looking() as view:
        register = view.number_register
        return NumberingAgreement(
            given=register.count(), gaps=register.gap_count(), disagreements=register.disagreements()
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberingVerdict:
    """What a person may know of an agreement."""

    given: int
    gaps: int
    """Both of what the person may know of."""
    disagreements: int
    """How many there are in all: whoever keeps the numbers must hear that some are wrong."""
    named: NumberDisagreements
    """Those of papers and volumes that the person may know of."""


def numbering_verdict(actor: Actor, *, archive: Archive) -> NumberingVerdict:
    """Whether all numbers are as they should be, with the disagreements that the actor may know of."""
    actor.require(Permission.MANAGE_CUSTOMERS)
    with archive.looking() as view:
        register = view.number_register
        found = register.disagreements()
        return NumberingVerdict(
            given=sum(register.page(kind, actor=actor, limit=0)[0] for kind in CodeKind),
            gaps=sum(len(register.gaps(kind, actor=actor)) for kind in CodeKind),
            disagreements=len(found.unrecorded) + len(found.unborne) + len(found.counted_short),
            named=register.in_sight(found, actor=actor),
        )
