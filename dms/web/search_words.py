"""A search in a few words, for lists of searches."""

from collections.abc import Iterator

from flask_babel import gettext as _

from dms.domain.item import ItemState
from dms.filing import Frame
from dms.search import SearchRequest
from dms.web.formatting import localized_name
from dms.web.labels import grade_label, label

BETWEEN = " · "


def in_words(search: SearchRequest, scheme: Frame) -> str:
    """The query, then the earlier ones, the filters and the switches, in the language of the person who reads."""
    return BETWEEN.join(_parts(search, scheme))


def _parts(search: SearchRequest, scheme: Frame) -> Iterator[str]:
    yield from (query for query in (search.query, *reversed(search.within)) if query)
    if search.like_item_id:
        yield _("与一件资料相似")
    yield from _filters(search, scheme)
    if search.tolerant:
        yield _("容错")
    if search.synonyms:
        yield _("同义词")


def _filters(search: SearchRequest, scheme: Frame) -> Iterator[str]:
    types = {kind.code: localized_name(kind) for kind in scheme.types}
    series = {one.code: localized_name(one) for one in scheme.series}
    stated = (search.customer_code, search.contract_no, search.year and str(search.year))
    yield from (text for text in stated if text)
    if search.type_code:
        yield types.get(search.type_code, search.type_code)
    if search.series_code:
        yield series.get(search.series_code, search.series_code)
    if search.grade:
        yield grade_label(search.grade) if search.grade in (1, 2, 3) else str(search.grade)
    if search.state in set(ItemState):
        yield label(ItemState(search.state))
