"""Whether a sealed volume is as it was sealed.

What always holds:
- P1 Every seal is judged, not only the newest: signature, root, and the link to the one before.
- P2 The newest seal is compared with the catalogue, item by item, page by page.
- P3 An item that was destroyed under an approved list still has its facts and the digest of its original; its pages are
  gone, and the seal goes on saying which they were.
- P4 Who could alter the catalogue cannot sign: a signature by another key than the archive's is told apart.
- P5 Images may be made anew from the original; a paper that has none at all holds by its original and its texts. That
  images are missing which should be there is found by the check of the papers, see `dms.evidence`.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from dms.archive import Archive
from dms.domain.actor import SYSTEM, Actor, Permission
from dms.domain.volume import SEALED_STATES, VolumeSeal
from dms.errors import Bilingual
from dms.filing.sealing.binding_up import signing_key
from dms.filing.sealing.reaching import require_whole, volume_for
from dms.filing.sealing.statement import Json, items_stated, papers_stated, root_of, volume_stated
from dms.store import UnitOfWork
from vault import is_signed_by


class SealProblemKind(StrEnum):
    """What contradicts a seal."""

    MISSING = "missing"
    UNSIGNED = "unsigned"
    FOREIGN_KEY = "foreign_key"
    ROOT = "root"
    CHAIN = "chain"
    VOLUME = "volume"
    ITEM_GONE = "item_gone"
    ITEM_STRANGE = "item_strange"
    ITEM_FACTS = "item_facts"
    ITEM_CONTENT = "item_content"


PROBLEM_NAMES: dict[SealProblemKind, Bilingual] = {
    SealProblemKind.MISSING: Bilingual("没有封印", "there is no seal"),
    SealProblemKind.UNSIGNED: Bilingual("签名与所签内容不符", "the signature is not that of what was signed"),
    SealProblemKind.FOREIGN_KEY: Bilingual(
        "签名不是本档案库的密钥所签", "it was not signed by the key of this archive"
    ),
    SealProblemKind.ROOT: Bilingual("根摘要与所签内容不符", "the root is not that of what was signed"),
    SealProblemKind.CHAIN: Bilingual("与前一版封印不衔接", "it does not follow the seal before"),
    SealProblemKind.VOLUME: Bilingual("案卷信息与封印不符", "the facts of the volume are not those that were sealed"),
    SealProblemKind.ITEM_GONE: Bilingual("封入的资料不在卷内", "a paper that was sealed in does not lie there"),
    SealProblemKind.ITEM_STRANGE: Bilingual("卷内有未封入的资料", "a paper lies there that was not sealed in"),
    SealProblemKind.ITEM_FACTS: Bilingual(
        "资料的著录与封印不符", "the facts of a paper are not those that were sealed"
    ),
    SealProblemKind.ITEM_CONTENT: Bilingual("资料的内容与封印不符", "the content of a paper is not what was sealed"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class SealProblem:
    """One thing that contradicts a seal."""

    kind: SealProblemKind
    version: int
    """Of the seal; 0 where there is none."""
    item_id: str = ""
    """Empty where it is about the volume or the seal."""

    @property
    def said(self) -> Bilingual:
        """The problem in words, with the version and the item."""
        name, item = PROBLEM_NAMES[self.kind], f"（{self.item_id}）" if self.item_id else ""
        item_en = f" ({self.item_id})" if self.item_id else ""
        return Bilingual(f"第 {self.version} 版封印：{name.zh}{item}", f"seal {self.version}: {name.en}{item_en}")


def verify_volume(actor: Actor, volume_id: int, *, archive: Archive) -> tuple[SealProblem, ...]:
    """What contradicts the seals of a volume; empty where it is as it was sealed, or is not sealed yet.

    Raises `VolumeNotFound` or `VolumePartlyHidden`.
    """
    actor.require(Permission.CONSULT)
    with archive.looking() as view:
        volume_for(actor, volume_id, work=view)
        require_whole(actor, volume_id, work=view)
        return seal_problems(volume_id, archive=archive, work=view)


def seal_problems(volume_id: int, *, archive: Archive, work: UnitOfWork) -> tuple[SealProblem, ...]:
    """What contradicts the seals of a volume, as one transaction sees it; for the archive's own work."""
    volume = work.volumes.get(volume_id, actor=SYSTEM)
    seals = work.seals.of_volume(volume_id)
    if volume.state not in SEALED_STATES and not seals:
        return ()
    if not seals or [seal.version for seal in seals] != list(range(1, volume.seal_version + 1)):
        return (SealProblem(kind=SealProblemKind.MISSING, version=volume.seal_version),)
    own_key = signing_key(archive).public_key
    problems = [problem for at, seal in enumerate(seals) for problem in _judged(seal, seals[:at], own_key)]  # P1
    unsound = {SealProblemKind.UNSIGNED, SealProblemKind.ROOT}
    if not unsound & {problem.kind for problem in problems}:
        problems += _compared(volume_id, seals[-1], work=work)  # P2
    return tuple(problems)


def _judged(seal: VolumeSeal, before: list[VolumeSeal], own_key: bytes) -> Iterator[SealProblem]:
    def found(kind: SealProblemKind) -> SealProblem:
        return SealProblem(kind=kind, version=seal.version)

    if not is_signed_by(seal.public_key, seal.facts.encode(), seal.signature):
        yield found(SealProblemKind.UNSIGNED)
        return
    if seal.public_key != own_key:
        yield found(SealProblemKind.FOREIGN_KEY)  # P4
    stated = json.loads(seal.facts)
    if not seal.root == stated["root"] == root_of(stated):
        yield found(SealProblemKind.ROOT)
    if stated["previous_root"] != (before[-1].root if before else None) or stated["version"] != seal.version:
        yield found(SealProblemKind.CHAIN)


def _compared(volume_id: int, seal: VolumeSeal, *, work: UnitOfWork) -> Iterator[SealProblem]:
    def found(kind: SealProblemKind, item_id: str = "") -> SealProblem:
        return SealProblem(kind=kind, version=seal.version, item_id=item_id)

    stated = json.loads(seal.facts)
    if volume_stated(work.volumes.get(volume_id, actor=SYSTEM), work=work) != stated["volume"]:
        yield found(SealProblemKind.VOLUME)
    sealed = items_stated(stated)
    present = _present(volume_id, sealed, work=work)
    yield from (found(SealProblemKind.ITEM_GONE, item_id) for item_id in sealed if item_id not in present)
    yield from (found(SealProblemKind.ITEM_STRANGE, item_id) for item_id in present if item_id not in sealed)
    for item_id in sealed.keys() & present.keys():
        kind = _difference(sealed[item_id], present[item_id], work=work)
        if kind is not None:
            yield found(kind, item_id)


def _present(volume_id: int, sealed: Mapping[str, Json], *, work: UnitOfWork) -> dict[str, Json]:
    papers = papers_stated(work.volumes.items_of(volume_id), work=work, before=sealed)
    return {paper["id"]: paper for paper in papers}


def _difference(sealed: Json, present: Json, *, work: UnitOfWork) -> SealProblemKind | None:
    if _facts(sealed) != _facts(present):
        return SealProblemKind.ITEM_FACTS
    if "destroyed" in present:  # P3
        proof = work.destructions.of_item(sealed["id"])
        return None if proof and proof.original_digest == sealed["original"] else SealProblemKind.ITEM_CONTENT
    same = sealed["original"] == present["original"] and _same_pages(sealed["pages"], present["pages"])
    return None if same else SealProblemKind.ITEM_CONTENT


def _same_pages(sealed: list[list[Any]], present: list[list[Any]]) -> bool:
    """Whether the pages agree; of a paper that came from elsewhere without images, the images are left out (P5)."""
    if any(image for _, _, image, _ in present):
        return sealed == present
    return [[number, blank, text] for number, blank, _, text in sealed] == [
        [number, blank, text] for number, blank, _, text in present
    ]


def _facts(stated: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in stated.items() if name not in {"original", "pages", "destroyed"}}
