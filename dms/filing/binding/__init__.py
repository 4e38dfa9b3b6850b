"""年度清理装订: the yearly binding run, planned, confirmed, carried out line by line, stopped and gone on with."""

from dms.filing.binding.errors import (
    BindingEnded,
    BindingPeriodInvalid,
    BindingPlanChanged,
    BindingRunNotFound,
    BindingUnderWay,
    NothingToBind,
)
from dms.filing.binding.plan import (
    CARRIED_BECAUSE,
    BindingPlan,
    CarriedContract,
    CarriedReason,
    LineKey,
    MissingFromFile,
    PlannedPaper,
    PlannedVolume,
    PlanWarning,
    WarningKind,
)
from dms.filing.binding.planning import plan_binding
from dms.filing.binding.progress import BindingProgress, LineLeftLoose
from dms.filing.binding.running import (
    binding_progress,
    binding_runs,
    binding_under_way,
    carry_on,
    give_up_binding,
    resume_binding,
    start_binding,
    stop_binding,
    volumes_of_run,
)

__all__ = [
    "CARRIED_BECAUSE",
    "BindingEnded",
    "BindingPeriodInvalid",
    "BindingPlan",
    "BindingPlanChanged",
    "BindingProgress",
    "BindingRunNotFound",
    "BindingUnderWay",
    "CarriedContract",
    "CarriedReason",
    "LineKey",
    "LineLeftLoose",
    "MissingFromFile",
    "NothingToBind",
    "PlanWarning",
    "PlannedPaper",
    "PlannedVolume",
    "WarningKind",
    "binding_progress",
    "binding_runs",
    "binding_under_way",
    "carry_on",
    "give_up_binding",
    "plan_binding",
    "resume_binding",
    "start_binding",
    "stop_binding",
    "volumes_of_run",
]
