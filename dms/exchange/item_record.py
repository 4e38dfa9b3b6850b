"""One paper in a bag: ``metadata.json`` and ``pages.json``, as JSON and back.

What always holds: a record says everything of a paper that its catalogue said, but for keys and for the keyed digest,
which mean nothing outside the archive they were made for.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from dms.domain.actor import LOWEST_GRADE
from dms.domain.correction import PageCorrection
from dms.domain.day import FIRST_YEAR, LAST_YEAR
from dms.domain.destruction import Destroyed
from dms.domain.item import Classification, CopyKind, ItemState, Page, Placement, Problem, Rendition, RenditionRole
from dms.domain.proposal import FieldName, Place, Proposal
from dms.domain.reading import TextSource
from dms.errors import Bilingual
from dms.exchange.layout import MEDIA_TYPES
from dms.exchange.particulars_record import particulars_from, particulars_json
from dms.exchange.place_record import (
    VolumeKey,
    placement_from,
    placement_json,
    volume_key_from,
    volume_key_json,
)
from dms.exchange.untrusted import RecordUnusable, Untrusted

ITEM_ID = re.compile(r"[0-9a-z]{8,64}")


@dataclass(frozen=True, slots=True, kw_only=True)
class ContractKey:
    """A contract as the world names it."""

    customer_code: str
    number: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Described:
    """A classification that names customer and contract by what people call them."""

    customer_code: str | None
    contract: ContractKey | None
    facts: Classification
    """Its `customer_id` and `contract_id` are None."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectRecord:
    """One computer file of a paper: the original, or what was made from it."""

    name: str
    """Inside the paper's folder; one part, or two below ``pages/``."""
    role: RenditionRole
    page: int | None
    media_type: str
    size_bytes: int
    digest: str
    recipe: str
    created_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemRecord:
    """Everything that is known of one paper."""

    id: str
    position: int
    """Its place in the order of arrival, from 1."""
    state: ItemState
    stated: Described
    claim: Described
    claimed_contract_no: str
    volume: VolumeKey | None
    placement: Placement | None
    """Its place in that volume, whose `volume_id` is 0; None for one that lies loose."""
    former_codes: tuple[str, ...]
    original_filename: str
    media_type: str
    size_bytes: int
    received_at: datetime
    received_by: str
    pages_total: int | None
    problem: Problem | None
    doubts: tuple[str, ...]
    proposals: tuple[Proposal, ...]
    objects: tuple[ObjectRecord, ...]
    destroyed: Destroyed | None
    """What remains of a destroyed paper; None for every other."""
    storage_only: bool = False
    """Whether it is kept in store and used for nothing else; that must not end with a move to another archive."""

    @property
    def original(self) -> ObjectRecord | None:
        """The original; None where it was destroyed or had to be left out."""
        return next((each for each in self.objects if each.role is RenditionRole.ORIGINAL), None)


def item_json(record: ItemRecord) -> dict[str, Any]:
    """A paper as JSON."""
    return {
        "id": record.id,
        "position": record.position,
        "state": record.state.value,
        "classification": _described_json(record.stated),
        "claim": _described_json(record.claim),
        "claimed_contract_no": record.claimed_contract_no,
        "volume": volume_key_json(record.volume),
        "placement": placement_json(record.placement),
        "former_codes": list(record.former_codes),
        "original_filename": record.original_filename,
        "media_type": record.media_type,
        "size_bytes": record.size_bytes,
        "received_at": record.received_at.isoformat(),
        "received_by": record.received_by,
        "pages_total": record.pages_total,
        "problem": _problem_json(record.problem),
        "doubts": list(record.doubts),
        "proposals": [_proposal_json(each) for each in record.proposals],
        "objects": [_object_json(each) for each in record.objects],
        "destroyed": _destroyed_json(record.destroyed),
        "storage_only": record.storage_only,
    }


def item_from(stated: Untrusted) -> ItemRecord:
    """A paper; raises `RecordUnusable`."""
    return ItemRecord(
        id=_matching(ITEM_ID, stated, "id"),
        position=stated.whole("position", least=1),
        state=stated.one_of("state", ItemState),
        stated=_described_from(stated.part("classification")),
        claim=_described_from(stated.part("claim")),
        claimed_contract_no=stated.text("claimed_contract_no"),
        volume=volume_key_from(stated),
        placement=placement_from(stated),
        former_codes=stated.maybe(stated.texts, "former_codes") or (),
        original_filename=_one_name(stated, "original_filename"),
        media_type=_media_type(stated),
        size_bytes=stated.whole("size_bytes"),
        received_at=stated.moment("received_at"),
        received_by=stated.text("received_by"),
        pages_total=stated.maybe(lambda name: stated.whole(name, least=1), "pages_total"),
        problem=_problem_from(stated),
        doubts=stated.texts("doubts"),
        proposals=tuple(_proposal_from(each) for each in stated.parts("proposals")),
        objects=tuple(_object_from(each) for each in stated.parts("objects")),
        destroyed=_destroyed_from(stated),
        storage_only=stated.maybe(stated.truth, "storage_only") or False,
    )


def page_json(page: Page) -> dict[str, Any]:
    """A page as JSON."""
    return {name: getattr(page, name) for name in Page.__dataclass_fields__}


def page_from(stated: Untrusted) -> Page:
    """A page; raises `RecordUnusable`."""
    return Page(
        number=stated.whole("number", least=1),
        text=stated.text("text"),
        width_px=stated.whole("width_px"),
        height_px=stated.whole("height_px"),
        turned_degrees=stated.whole("turned_degrees", most=359),
        skew_degrees=stated.number("skew_degrees"),
        blank=stated.truth("blank"),
        confidence=stated.number("confidence"),
        source=stated.one_of("source", TextSource).value,
        engine=stated.text("engine"),
    )


def correction_json(correction: PageCorrection) -> dict[str, Any]:
    """A correction as JSON."""
    return {
        "page": correction.page_number,
        "text": correction.text,
        "corrected_by": correction.corrected_by,
        "corrected_at": correction.corrected_at.isoformat(),
    }


def correction_from(stated: Untrusted) -> PageCorrection:
    """A correction; raises `RecordUnusable`."""
    return PageCorrection(
        page_number=stated.whole("page", least=1),
        text=stated.maybe(stated.text, "text"),
        corrected_by=stated.text("corrected_by"),
        corrected_at=stated.moment("corrected_at"),
    )


def object_record(rendition: Rendition, name: str) -> ObjectRecord:
    """A sealed object as the computer file of this name."""
    return ObjectRecord(
        name=name,
        role=rendition.role,
        page=rendition.page,
        media_type=rendition.media_type,
        size_bytes=rendition.size_bytes,
        digest=rendition.digest,
        recipe=rendition.recipe,
        created_at=rendition.created_at,
    )


def without_names(classification: Classification) -> Classification:
    """The classification without the numbers that only one catalogue knows."""
    return replace(classification, customer_id=None, contract_id=None)


def distinct_pages(pages: Iterable[Page]) -> tuple[Page, ...]:
    """The pages in order; raises `RecordUnusable` where one number stands twice."""
    ordered = tuple(sorted(pages, key=lambda page: page.number))
    if len({page.number for page in ordered}) != len(ordered):
        raise RecordUnusable("number")
    return ordered


def _described_json(described: Described) -> dict[str, Any]:
    facts, contract = described.facts, described.contract
    return {
        "customer": described.customer_code,
        "contract": {"customer": contract.customer_code, "number": contract.number} if contract else None,
        "series": facts.series_code,
        "type": facts.type_code,
        "year": facts.year,
        "title": facts.title,
        "doc_on": facts.doc_on.isoformat() if facts.doc_on else None,
        "amount": None if facts.amount is None else str(facts.amount),
        "copy_kind": facts.copy_kind.value,
        "grade": facts.grade,
        **particulars_json(facts),
    }


def _described_from(stated: Untrusted) -> Described:
    contract = stated.maybe(stated.part, "contract")
    facts = Classification(
        series_code=stated.maybe(stated.text, "series"),
        type_code=stated.maybe(stated.text, "type"),
        year=stated.maybe(lambda name: stated.whole(name, least=FIRST_YEAR, most=LAST_YEAR), "year"),
        title=stated.text("title"),
        doc_on=stated.maybe(stated.day, "doc_on"),
        amount=stated.maybe(stated.amount, "amount"),
        copy_kind=stated.one_of("copy_kind", CopyKind),
        grade=stated.whole("grade", least=1, most=LOWEST_GRADE),
        **particulars_from(stated),
    )
    return Described(
        customer_code=stated.maybe(stated.text, "customer"),
        contract=ContractKey(customer_code=contract.text("customer"), number=contract.text("number"))
        if contract
        else None,
        facts=facts,
    )


def _problem_json(problem: Problem | None) -> dict[str, Any] | None:
    return {"code": problem.code, "zh": problem.message.zh, "en": problem.message.en} if problem else None


def _problem_from(stated: Untrusted) -> Problem | None:
    problem = stated.maybe(stated.part, "problem")
    return Problem(problem.text("code"), Bilingual(problem.text("zh"), problem.text("en"))) if problem else None


def _proposal_json(proposal: Proposal) -> dict[str, Any]:
    place = proposal.place
    return {
        "field": proposal.field.value,
        "value": proposal.value,
        "as_read": proposal.as_read,
        "place": {"page": place.page, "start": place.start, "end": place.end} if place else None,
        "confidence": proposal.confidence,
        "certain": proposal.certain,
        "reason": proposal.reason,
    }


def _proposal_from(stated: Untrusted) -> Proposal:
    place = stated.maybe(stated.part, "place")
    return Proposal(
        field=stated.one_of("field", FieldName),
        value=stated.text("value"),
        as_read=stated.text("as_read"),
        place=Place(place.whole("page"), place.whole("start"), place.whole("end")) if place else None,
        confidence=stated.number("confidence"),
        certain=stated.truth("certain"),
        reason=stated.text("reason"),
    )


def _object_json(each: ObjectRecord) -> dict[str, Any]:
    return {
        "name": each.name,
        "role": each.role.value,
        "page": each.page,
        "media_type": each.media_type,
        "size_bytes": each.size_bytes,
        "sha256": each.digest,
        "recipe": each.recipe,
        "created_at": each.created_at.isoformat(),
    }


def _object_from(stated: Untrusted) -> ObjectRecord:
    role = stated.one_of("role", RenditionRole)
    page = stated.maybe(lambda name: stated.whole(name, least=1), "page")
    if (role is RenditionRole.ORIGINAL) != (page is None):
        raise RecordUnusable("page")
    return ObjectRecord(
        name=stated.text("name"),
        role=role,
        page=page,
        media_type=stated.text("media_type"),
        size_bytes=stated.whole("size_bytes"),
        digest=stated.sha256("sha256"),
        recipe=stated.text("recipe"),
        created_at=stated.moment("created_at"),
    )


def _destroyed_json(destroyed: Destroyed | None) -> dict[str, Any] | None:
    if destroyed is None:
        return None
    return {
        "destroyed_at": destroyed.destroyed_at.isoformat(),
        "destroyed_by": destroyed.destroyed_by,
        "authority": destroyed.authority,
        "original_sha256": destroyed.original_digest,
        "size_bytes": destroyed.size_bytes,
        "pages": destroyed.pages,
    }


def _destroyed_from(stated: Untrusted) -> Destroyed | None:
    destroyed = stated.maybe(stated.part, "destroyed")
    if destroyed is None:
        return None
    return Destroyed(
        item_id=stated.text("id"),
        destroyed_at=destroyed.moment("destroyed_at"),
        destroyed_by=destroyed.text("destroyed_by"),
        authority=destroyed.text("authority"),
        original_digest=destroyed.text("original_sha256"),
        size_bytes=destroyed.whole("size_bytes"),
        pages=destroyed.whole("pages"),
    )


def _matching(form: re.Pattern[str], stated: Untrusted, name: str) -> str:
    value = stated.text(name)
    if not form.fullmatch(value):
        raise RecordUnusable(name)
    return value


def _media_type(stated: Untrusted) -> str:
    """A browser is told it when the original is taken out, so nothing else than papers may be claimed."""
    value = stated.text("media_type")
    if value not in MEDIA_TYPES:
        raise RecordUnusable("media_type")
    return value


def _one_name(stated: Untrusted, name: str) -> str:
    """The last part of a path, which can be shown and offered for keeping."""
    value = stated.text(name)
    if not value or set(value) & set("/\\") or any(unicodedata.category(c) == "Cc" for c in value):
        raise RecordUnusable(name)
    return value
