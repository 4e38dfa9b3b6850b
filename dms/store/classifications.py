"""What is stated about an item, as columns of its row and as the JSON of a claim."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import Row

from dms.domain.item import Classification, CopyKind, ItemMedium, PartySide
from dms.domain.personal_data import masked


def classification_columns(classification: Classification) -> dict[str, Any]:
    """The columns of the item table that hold a classification."""
    stated = {name: getattr(classification, name) for name in Classification.__dataclass_fields__}
    kinds = {name: stated[name].value for name in ("copy_kind", "medium", "side")}
    return stated | kinds


def stated_columns(classification: Classification) -> dict[str, Any]:
    """The columns of what is stated now; title and remark, shown in every list, bear no whole identity number."""
    stated = replace(classification, title=masked(classification.title), remark=masked(classification.remark))
    return classification_columns(stated)


def classification_in(row: Row[Any]) -> Classification:
    """What a row of the item table states."""
    stated = {name: getattr(row, name) for name in Classification.__dataclass_fields__}
    return Classification(**stated | _kinds(stated))


def as_json(columns: Mapping[str, Any]) -> dict[str, Any]:
    """The columns as a claim keeps them: plain JSON, without what nobody stated."""
    plain = {name: value for name, value in columns.items() if value is not None}
    return {name: str(value) if isinstance(value, date | Decimal) else value for name, value in plain.items()}


def claim_in(claim: Mapping[str, Any]) -> Classification:
    """What a claim states; one written by an earlier program leaves out what that did not know of."""
    stated = {name: claim[name] for name in Classification.__dataclass_fields__ if name in claim}
    days = {name: date.fromisoformat(stated[name]) for name in _DAYS if name in stated}
    amount = {"amount": Decimal(stated["amount"])} if "amount" in stated else {}
    return Classification(**stated | _kinds(stated) | days | amount)


_DAYS = ("doc_on", "valid_from_on", "valid_to_on")
_Stated = CopyKind | ItemMedium | PartySide
_KINDS: dict[str, type[_Stated]] = {"copy_kind": CopyKind, "medium": ItemMedium, "side": PartySide}


def _kinds(stated: Mapping[str, Any]) -> dict[str, _Stated]:
    return {name: kind(stated[name]) for name, kind in _KINDS.items() if name in stated}
