"""Whether every reference code is borne by what it was given to, and the other way round; gaps are only told."""

from dms.evidence.findings import FindingCode
from dms.evidence.walk import Stage, Walk
from dms.filing.arranging import check_numbering

REGISTER = "numbers"


def check_numbers(walk: Walk) -> None:
    """Volumes, items and the register of numbers agree in both directions, as one transaction sees them."""
    walk.tell(Stage.NUMBERS, 0, 1)
    agreement = check_numbering(walk.archive)
    walk.counts["numbers"] += agreement.given
    found = agreement.disagreements
    for subject, reference_code in found.unrecorded:
        walk.found(FindingCode.NUMBER_UNRECORDED, subject, reference_code=reference_code)
    for reference_code in found.unborne:
        walk.found(FindingCode.NUMBER_UNBORNE, reference_code)
    for scope in found.counted_short:
        walk.found(FindingCode.NUMBER_COUNTER_BEHIND, scope)
    if agreement.gaps:
        walk.found(FindingCode.NUMBERS_LEFT_OUT, REGISTER, count=agreement.gaps)
    walk.tell(Stage.NUMBERS, 1, 1)
