"""What a seal states: everything in a volume, as JSON text that is the same wherever it is written.

What always holds:
- S1 The text is written in one way only: sorted keys, no spaces, UTF-8. What is signed is that text, byte for byte.
- S2 The root is that of a Merkle tree (RFC 6962 §2.1) whose leaves are the volume, then every item, each followed by
  its pages, in the order of the volume. Whoever has the text can compute it.
- S3 Location, retention and holds are no part of it: they may change on a sealed volume.
- S4 Of a destroyed item the text of the seal before goes on: its digests prove what it was, its content is gone.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from dms.domain.actor import SYSTEM
from dms.domain.item import ItemState, Page, Rendition, RenditionRole
from dms.domain.merkle import MERKLE_ALGORITHM, merkle_root
from dms.domain.volume import Volume
from dms.store import FiledPaper, UnitOfWork

FORMAT = "anjuan-volume-seal-1"
Json = dict[str, Any]
_TEXTS = ("title", "doc_no", "author", "type_code", "remark", "reference_code")
_NUMBERS = ("position", "sheets", "first_page", "last_page")
_KINDS = ("copy_kind", "medium", "side")


def canonical(value: object) -> str:
    """JSON text with sorted keys and without spaces (S1)."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def root_of(stated: Mapping[str, Any]) -> str:
    """The Merkle root (hex) over the leaves of a statement (S2)."""
    return merkle_root([leaf.encode() for leaf in _leaves(stated)]).hex()


def items_stated(stated: Mapping[str, Any]) -> dict[str, Json]:
    """What a statement says of each item, by its id, in the order of the volume."""
    return {item["id"]: item for item in stated["items"]}


def volume_stated(volume: Volume, *, work: UnitOfWork) -> Json:
    """What is stated of the volume itself."""
    before = work.volumes.get(volume.continuation_of, actor=SYSTEM) if volume.continuation_of else None
    customer = work.customers.get(volume.customer_id).code if volume.customer_id is not None else None
    texts = ("reference_code", "series_code", "year", "number", "title", "name_of_customer", "compiled_by")
    return {
        **{name: getattr(volume, name) for name in texts},
        "checked_by": volume.checked_by,
        "compiled_at": _moment(volume.compiled_at),
        "checked_at": _moment(volume.checked_at),
        "continuation_of": before.reference_code if before else None,
        "customer": customer,
        "first_on": _day(volume.first_on),
        "last_on": _day(volume.last_on),
        "scope": volume.scope.value,
        "source": volume.source.value,
    }


def papers_stated(papers: Iterable[FiledPaper], *, work: UnitOfWork, before: Mapping[str, Json]) -> list[Json]:
    """What is stated of the papers of a volume, in their order; `before` is what the last seal said, by item id."""
    listed = list(papers)
    keys = [paper.key for paper in listed]
    pages = work.contents.pages_of_all(keys)
    images = work.contents.renditions_of_all(keys, RenditionRole.PAGE_IMAGE)
    originals = work.contents.renditions_of_all(keys, RenditionRole.ORIGINAL)
    return [
        {
            **paper_facts(paper),
            **_content_stated(pages.get(paper.key, []), images.get(paper.key, []), originals.get(paper.key, [])),
            **_destruction_stated(paper, work=work, before=before),
        }
        for paper in listed
    ]


def paper_facts(paper: FiledPaper) -> Json:
    """What is stated of a paper beside its content."""
    return {
        "id": paper.id,
        **{name: getattr(paper, name) for name in (*_TEXTS, *_NUMBERS)},
        **{name: getattr(paper, name).value for name in _KINDS},
        "doc_on": _day(paper.doc_on),
        "is_annex": paper.is_annex,
    }


def _content_stated(pages: list[Page], images: list[Rendition], originals: list[Rendition]) -> Json:
    digests = {image.page: image.digest for image in images}
    listed = [
        [page.number, page.blank, digests.get(page.number, ""), hashlib.sha256(page.text.encode()).hexdigest()]
        for page in pages
    ]
    return {"original": originals[0].digest if originals else "", "pages": listed}


def _destruction_stated(paper: FiledPaper, *, work: UnitOfWork, before: Mapping[str, Json]) -> Json:
    if paper.state is not ItemState.DESTROYED:
        return {}
    proof = work.destructions.of_item(paper.id)
    known = before.get(paper.id, {})
    kept = {name: known[name] for name in ("original", "pages") if name in known}  # S4
    return kept | {"destroyed": proof.authority if proof else ""}


def _leaves(stated: Mapping[str, Any]) -> Iterable[str]:
    yield canonical(stated["volume"])
    for item in stated["items"]:
        yield canonical({name: value for name, value in item.items() if name != "pages"})
        yield from (canonical([item["id"], *page]) for page in item["pages"])


def new_statement(volume: Json, items: list[Json], **circumstances: object) -> Json:
    """The whole statement, with its root; `circumstances` say when, by whom and why it was sealed."""
    stated: Json = {"format": FORMAT, "merkle": MERKLE_ALGORITHM, "volume": volume, "items": items, **circumstances}
    return stated | {"root": root_of(stated)}


def _day(on: date | None) -> str | None:
    return on.isoformat() if on else None


def _moment(at: datetime | None) -> str | None:
    return at.isoformat(timespec="seconds") if at else None
