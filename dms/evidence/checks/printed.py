"""Whether the printed documents that await their readers open; a lost one is a notice, for it can be printed again."""

import hashlib
from collections.abc import Iterable

from dms.archive import Archive, print_key_id, print_owner
from dms.domain.inspection import Finding
from dms.domain.print_job import PrintResult
from dms.errors import Bilingual
from dms.evidence.findings import FindingCode, finding
from dms.evidence.walk import Stage, Walk
from dms.evidence.wording import reason_words
from vault import VaultError

RESULTS_A_LOOK = 250
_OTHER_CONTENT = Bilingual("内容与记录的摘要不符", "its content is not the recorded one")


def check_printed(walk: Walk) -> None:
    """Every printed document opens, and has its digest where this inspection reads content."""
    after_id = done = 0
    while results := _results(walk.archive, after_id):
        after_id = results[-1].id
        for result in results:
            suspicion = _suspicion(result, walk)
            if suspicion is not None and _still_stands(result, walk.archive):
                walk.keep(suspicion)
        done += len(results)
        walk.tell(Stage.PRINTS, done)


def _suspicion(result: PrintResult, walk: Walk) -> Finding | None:
    archive = walk.archive
    try:
        key = archive.keyring.unwrap_item_key(result.wrapped_key, item_id=print_key_id(result.object_id))
        with archive.vault.open(result.object_id, key=key, owner=print_owner(result)) as reader:
            fits = not walk.reads_content_of(result.object_id) or _digest_of(reader) == result.digest
    except VaultError as error:
        return _lost(result, reason_words(error.code))
    return None if fits else _lost(result, _OTHER_CONTENT)


def _lost(result: PrintResult, reason: Bilingual) -> Finding:
    return finding(FindingCode.PRINT_LOST, result.object_id, job=result.job_id, name=result.name, reason=reason)


def _digest_of(chunks: Iterable[bytes]) -> str:
    digest = hashlib.sha256()
    for chunk in chunks:
        digest.update(chunk)
    return digest.hexdigest()


def _results(archive: Archive, after_id: int) -> list[PrintResult]:
    with archive.looking() as view:
        return view.print_jobs.sealed(after_id=after_id, limit=RESULTS_A_LOOK)


def _still_stands(result: PrintResult, archive: Archive) -> bool:
    """Whether the row is there unchanged after the look; a rotation wraps keys anew, a person removes prints."""
    with archive.looking() as view:
        return view.print_jobs.result(result.id) == result
