"""The facets and the groups of an answer: counts of the store with the names that people know."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence

from dms.domain.actor import GRADES
from dms.domain.contract_number import folded_number
from dms.domain.item import STATE_NAMES
from dms.errors import Bilingual
from dms.search.request import Grouping, SearchRequest
from dms.search.result import CodeNames, Facets, FacetValue
from dms.store import Facet, Found, UnitOfWork

MAX_FACET_VALUES = 50
"""Customers, and contracts, that a facet offers."""
GRADE_NAMES = {grade: Bilingual(f"{name}级", f"Grade {grade}") for grade, name in zip(GRADES, "一二三", strict=True)}

Counts = Mapping[str | int, int]


def facets(view: UnitOfWork, found: Found, names: CodeNames, request: SearchRequest) -> Facets:
    """How the whole result is spread; every count is the store's, under the asker's visibility (I5)."""
    counts = {facet: found.counts.get(facet, {}) for facet in Facet}
    return Facets(
        customers=_customers(view, counts[Facet.CUSTOMER], request.customer_code),
        years=_years(counts[Facet.YEAR], request.year),
        types=_types(counts[Facet.TYPE], names, request.type_code),
        series=_in_order(names.series.items(), counts[Facet.SERIES], request.series_code),
        contracts=_contracts(view, counts[Facet.CONTRACT], request.contract_no),
        grades=_in_order(GRADE_NAMES.items(), counts[Facet.GRADE], str(request.grade)),
        states=_in_order(STATE_NAMES.items(), counts[Facet.STATE], request.state),
    )


def groups(view: UnitOfWork, found: Found, request: SearchRequest) -> tuple[FacetValue, ...]:
    """The groups of the hits in their order, with how many items of the whole result each holds."""
    counts: Counts = dict(found.groups.items())
    if request.grouping is Grouping.CUSTOMER:
        return tuple(_customer_values(view, counts, counts, request.customer_code))
    if request.grouping is Grouping.CONTRACT:
        return tuple(_contract_values(view, counts, counts, request.contract_no))
    return ()


def _customers(view: UnitOfWork, counts: Counts, chosen: str | None) -> tuple[FacetValue, ...]:
    shown = _most_frequent(counts, lambda: _ids_with_code(view, chosen) if chosen else [])
    return _frequent_first(_customer_values(view, shown, counts, chosen))


def _customer_values(
    view: UnitOfWork, ids: Iterable[str | int], counts: Counts, chosen: str | None
) -> list[FacetValue]:
    wanted = list(map(int, ids))
    names = view.fulltext.customer_names(wanted)
    known = ((customer_id, *names[customer_id]) for customer_id in wanted if customer_id in names)
    return [_value(code, Bilingual(name, name), counts[customer_id], chosen) for customer_id, code, name in known]


def _contracts(view: UnitOfWork, counts: Counts, chosen: str | None) -> tuple[FacetValue, ...]:
    shown = _most_frequent(counts, lambda: _ids_with_number(view, chosen) if chosen else [])
    return _frequent_first(_contract_values(view, shown, counts, chosen))


def _contract_values(
    view: UnitOfWork, ids: Iterable[str | int], counts: Counts, chosen: str | None
) -> list[FacetValue]:
    """One value for each number: contracts of two customers may bear the same, and the filter takes both."""
    wanted = list(map(int, ids))
    names = view.contracts.names(wanted)
    totals: Counter[str] = Counter()
    labels: dict[str, Bilingual] = {}
    for contract_id in wanted:
        if contract_id in names:
            number, title = names[contract_id]
            totals[number] += counts[contract_id]
            label = f"{number} {title}".strip()
            labels.setdefault(number, Bilingual(label, label))
    return [_value(number, labels[number], count, chosen) for number, count in totals.items()]


def _years(counts: Counts, chosen: int | None) -> tuple[FacetValue, ...]:
    latest_first = sorted(map(int, counts), reverse=True)
    return tuple(_value(str(year), Bilingual(str(year), str(year)), counts[year], str(chosen)) for year in latest_first)


def _types(counts: Counts, names: CodeNames, chosen: str | None) -> tuple[FacetValue, ...]:
    types = names.types
    return _frequent_first([_value(str(code), types[str(code)], count, chosen) for code, count in counts.items()])


def _in_order(
    names: Iterable[tuple[str | int, Bilingual]], counts: Counts, chosen: str | None
) -> tuple[FacetValue, ...]:
    named = ((value, label, counts.get(value, 0)) for value, label in names)
    return tuple(_value(str(value), label, count, chosen) for value, label, count in named if count)


def _most_frequent(counts: Counts, chosen_ids: Callable[[], Sequence[int]]) -> list[str | int]:
    """The values with the most items, and those that are chosen, however few they have."""
    ordered = sorted(counts, key=lambda value: (-counts[value], value))
    rare = ordered[MAX_FACET_VALUES:]
    return ordered[:MAX_FACET_VALUES] + ([one for one in chosen_ids() if one in rare] if rare else [])


def _ids_with_code(view: UnitOfWork, code: str) -> list[int]:
    customer = view.customers.with_code(code)
    return [customer.id] if customer else []


def _ids_with_number(view: UnitOfWork, number: str) -> list[int]:
    return [contract.id for contract in view.contracts.with_number(folded_number(number))]


def _frequent_first(values: Iterable[FacetValue]) -> tuple[FacetValue, ...]:
    return tuple(sorted(values, key=lambda value: (-value.count, value.value)))


def _value(value: str, label: Bilingual, count: int, chosen: str | None) -> FacetValue:
    is_chosen = chosen is not None and value.upper() == chosen.upper()
    return FacetValue(value=value, label=label, count=count, chosen=is_chosen)
