"""Whether every sealed volume is as it was sealed: signature, root, and what lies in it now.

A volume is judged as one transaction saw it; what looks wrong is judged once more in a later one.
"""

from dms.domain.actor import SYSTEM
from dms.domain.inspection import Finding
from dms.errors import Bilingual
from dms.evidence.findings import FindingCode, finding
from dms.evidence.walk import Stage, Walk
from dms.filing.sealing import SealProblem, SealProblemKind, seal_problems

IMPORT = "archive_imported"
VOLUMES_A_LOOK = 50
MOST_NAMED = 5
"""Of what is wrong with one volume; more of it would say no more."""


def check_volumes(walk: Walk) -> None:
    """Every volume that is sealed bears seals that hold, and holds what the newest of them states."""
    after_id = 0
    while volume_ids := _next_volumes(walk, after_id):
        after_id = volume_ids[-1]
        for volume_id in volume_ids:
            if _problems(walk, volume_id):
                _judge(walk, volume_id)
        walk.counts["volumes"] += len(volume_ids)
        walk.tell(Stage.VOLUMES, walk.counts["volumes"])


def _next_volumes(walk: Walk, after_id: int) -> list[int]:
    with walk.archive.looking() as view:
        return list(view.volumes.sealed_ids(after_id=after_id, limit=VOLUMES_A_LOOK))


def _problems(walk: Walk, volume_id: int) -> tuple[SealProblem, ...]:
    with walk.archive.looking() as view:
        return seal_problems(volume_id, archive=walk.archive, work=view)


def _judge(walk: Walk, volume_id: int) -> None:
    problems = _problems(walk, volume_id)
    with walk.archive.looking() as view:
        volume = view.volumes.get(volume_id, actor=SYSTEM)
        may_be_foreign = view.survey.was_done(IMPORT)
    subject = volume.reference_code or f"volume:{volume_id}"
    # Whoever alters a catalogue can sign with a key of his own; that is normal only where volumes came from elsewhere.
    foreign = [each for each in problems if may_be_foreign and each.kind is SealProblemKind.FOREIGN_KEY]
    broken = [each for each in problems if each not in foreign]
    if foreign:
        walk.keep(_finding(FindingCode.VOLUME_SEAL_FOREIGN, subject, foreign))
    if broken:
        walk.keep(_finding(FindingCode.VOLUME_SEAL_BROKEN, subject, broken))


def _finding(code: FindingCode, subject: str, problems: list[SealProblem]) -> Finding:
    told = [problem.said for problem in problems[:MOST_NAMED]]
    detail = Bilingual("；".join(each.zh for each in told), "; ".join(each.en for each in told))
    return finding(code, subject, detail=detail)
