"""What a checked bag says of bound years: volumes, numbers, relations, and the rules by which they were made.

What always holds: as C1 of `dms.exchange.contents`; a bag of the first form says nothing of any of it.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from dms.domain.numbering import SpentNumber
from dms.domain.reference_code import ReferencePattern
from dms.domain.retention import RetentionRule
from dms.exchange import layout
from dms.exchange.checking import CheckedBag
from dms.exchange.errors import BagNamesTwice, BagRecordUnusable
from dms.exchange.reading_records import listed, records_of, understood
from dms.exchange.rules_record import SchemeRecord, patterns_from, retention_from, scheme_from
from dms.exchange.untrusted import Untrusted
from dms.exchange.volume_record import RelationRecord, VolumeRecord, number_from, relation_from, volume_from


@dataclass(frozen=True, slots=True, kw_only=True)
class BoundContents:
    """Everything that a bag says beside papers, customers, contracts and the frame; numbers and relations are read
    again each time, for there may be as many as papers.
    """

    bag: CheckedBag
    is_stated: bool
    """Whether the bag says any of it; one of the first form does not."""
    volumes: tuple[VolumeRecord, ...] = ()
    schemes: tuple[SchemeRecord, ...] = ()
    retention: tuple[RetentionRule, ...] = ()
    patterns: tuple[ReferencePattern, ...] = ()
    settings: Mapping[str, str | int | None]
    """Those that are a text or a number."""

    def numbers(self) -> Iterator[SpentNumber]:
        """Every number that was ever given, by code; a volume is named by its number in the bag."""
        return records_of(self.bag, layout.NUMBERS, number_from) if self.is_stated else iter(())

    def relations(self) -> Iterator[RelationRecord]:
        """How papers stand to one another."""
        return records_of(self.bag, layout.RELATIONS, relation_from) if self.is_stated else iter(())


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """The names that records may refer to."""

    series: Collection[str]
    types: Collection[str]
    customers: Collection[str]
    papers: Collection[str]


def bound_contents(bag: CheckedBag, stated: Untrusted, named: Named) -> BoundContents:
    """What a bag of the second form says; `stated` is its ``archive.json``.

    Raises `BagIncomplete`, `BagRecordUnusable` or `BagNamesTwice`.
    """
    contents = BoundContents(
        bag=bag,
        is_stated=True,
        volumes=listed(bag, layout.VOLUMES, volume_from, name_of=lambda each: each.number_in_bag),
        schemes=tuple(records_of(bag, layout.SCHEMES, scheme_from)),
        retention=listed(bag, layout.RETENTION, retention_from, name_of=lambda each: each.code),
        patterns=understood(layout.ARCHIVE, lambda: patterns_from(stated, "patterns")),
        settings=understood(layout.ARCHIVE, lambda: stated.plain("settings")),
    )
    _check_volumes(contents.volumes, named)
    _check_schemes(contents.schemes, named)
    _check_numbers(contents.numbers())
    for relation in contents.relations():
        if not {relation.item_id, relation.other_id} <= set(named.papers):
            raise BagRecordUnusable(layout.RELATIONS, relation.item_id)
    return contents


def _check_volumes(volumes: Iterable[VolumeRecord], named: Named) -> None:
    listed_volumes = tuple(volumes)
    numbers = {each.number_in_bag for each in listed_volumes}
    codes: set[str] = set()
    for each in listed_volumes:
        code = each.facts.reference_code
        papers = {note.item_id for note in each.notes if note.item_id} | {line.item_id for line in each.references}
        known = (not each.customer_code or each.customer_code in named.customers) and papers <= set(named.papers)
        if not known or each.facts.series_code not in named.series or each.continues not in {None, *numbers}:
            raise BagRecordUnusable(layout.VOLUMES, str(each.number_in_bag))
        if code in codes:
            raise BagNamesTwice(layout.VOLUMES, str(code))
        codes |= {code} if code else set()


def _check_schemes(schemes: Iterable[SchemeRecord], named: Named) -> None:
    for scheme in schemes:
        if not {*scheme.series_codes, *scheme.types.values()} <= set(named.series):
            raise BagRecordUnusable(layout.SCHEMES, scheme.code)


def _check_numbers(numbers: Iterable[SpentNumber]) -> None:
    codes: set[str] = set()
    for number in numbers:
        if number.code in codes:
            raise BagNamesTwice(layout.NUMBERS, number.code)
        codes.add(number.code)
