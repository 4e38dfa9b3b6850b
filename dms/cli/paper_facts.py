"""What the command line says of one paper: particulars and relations, and papers named by their reference code."""

from typing import Any

from dms.archive import Archive
from dms.domain.actor import Actor
from dms.domain.item import Item
from dms.filing import RelatedPaper, bearer_of_code, particulars_of, relations_of


def named_item(actor: Actor, named: str, *, archive: Archive) -> str:
    """The id of the item that a person named by its reference code; what is no code is taken for an id."""
    bearer = bearer_of_code(actor, named, archive=archive)
    return bearer.item_id if bearer and bearer.item_id else named


def told_particulars(item: Item) -> dict[str, Any]:
    """What JSON says of the particulars of a paper."""
    known = particulars_of(item.classification)
    return {
        "doc_no": known.doc_no,
        "author": known.author,
        "side": known.side.value,
        "medium": known.medium.value,
        "copy_kind": item.classification.copy_kind.value,
        "sheets": known.sheets,
        "annex": known.is_annex,
        "retention": known.retention_code,
        "valid_from": known.valid_from_on.isoformat() if known.valid_from_on else None,
        "valid_to": known.valid_to_on.isoformat() if known.valid_to_on else None,
        "year_note": known.year_note,
        "remark": known.remark,
    }


def told_relations(actor: Actor, item_id: str, *, archive: Archive) -> list[dict[str, Any]]:
    """What JSON says of the relations of a paper."""
    return [told_relation(related) for related in relations_of(actor, item_id, archive=archive)]


def told_relation(related: RelatedPaper) -> dict[str, Any]:
    """What JSON says of one relation."""
    return {
        "kind": related.kind.value,
        "forward": related.forward,
        "item_id": related.other.id,
        "reference_code": related.other.reference_code,
        "title": related.other.title,
        "by": related.by,
    }
