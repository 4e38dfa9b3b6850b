"""How thick a volume may become, and whether customers with few papers share volumes."""

from dataclasses import dataclass

from dms.archive import Archive
from dms.domain.actor import Actor, Permission
from dms.domain.volume import MOST_SHEETS_A_VOLUME
from dms.errors import Bilingual
from dms.filing.arranging.errors import SeriesRuleUnfit
from dms.store import UnitOfWork

LEAST_SHEETS, MOST_SHEETS = 10, 500
"""The thickest spine holds 500 sheets; fewer than 10 are no volume."""
_SHEETS_SETTING = "most_sheets_a_volume"
_COLLECTIVE_SETTING = "collective_volumes"


@dataclass(frozen=True, slots=True, kw_only=True)
class VolumeRules:
    """What decides how the papers of a year become volumes, besides the rules of their series."""

    most_sheets: int = MOST_SHEETS_A_VOLUME
    collective: bool = True
    """Whether scattered customers 零散客户 share volumes."""


def volume_rules_in_force(work: UnitOfWork) -> VolumeRules:
    """The rules as they are today."""
    return VolumeRules(
        most_sheets=max(1, work.settings.number(_SHEETS_SETTING, MOST_SHEETS_A_VOLUME)),
        collective=bool(work.settings.get(_COLLECTIVE_SETTING, default=True)),
    )


def volume_rules(actor: Actor, *, archive: Archive) -> VolumeRules:
    """The rules as they are today, for a person."""
    actor.require(Permission.CONSULT)
    with archive.looking() as view:
        return volume_rules_in_force(view)


def state_volume_rules(actor: Actor, rules: VolumeRules, *, archive: Archive) -> VolumeRules:
    """The rules by which volumes are bound from now on; raises `SeriesRuleUnfit`."""
    actor.require(Permission.MANAGE_CUSTOMERS)
    if not LEAST_SHEETS <= rules.most_sheets <= MOST_SHEETS:
        raise SeriesRuleUnfit(
            Bilingual(
                f"每卷张数须在 {LEAST_SHEETS} 到 {MOST_SHEETS} 之间",
                f"a volume has between {LEAST_SHEETS} and {MOST_SHEETS} sheets",
            )
        )
    with archive.begin() as work:
        work.settings.state(_SHEETS_SETTING, rules.most_sheets)
        work.settings.state(_COLLECTIVE_SETTING, rules.collective)
        told = {"sheets": rules.most_sheets, "collective": "yes" if rules.collective else "no"}
        archive.record(work, actor, "volume_rules_stated", "volumes", **told)
    return rules
