"""A search in a few words, for lists of searches."""

from collections.abc import Iterator, Mapping

from flask_babel import gettext as _

from dms.domain.item import ItemState
from dms.errors import Bilingual
from dms.filing import frame
from dms.search import CodeNames, SearchRequest
from dms.web.current import actor, archive, localized
from dms.web.labels import grade_label, label

BETWEEN = " · "


def present_names() -> CodeNames:
    """What codes are called today, for lists of searches that were not asked."""
    scheme = frame(actor(), archive=archive())
    return CodeNames.of(scheme.types, scheme.series)


def in_words(search: SearchRequest, names: CodeNames) -> str:
    """The query, then the earlier ones, the filters and the switches, in the language of the person who reads."""
    return BETWEEN.join(_parts(search, names))


def _parts(search: SearchRequest, names: CodeNames) -> Iterator[str]:
    yield from (query for query in (search.query, *reversed(search.within)) if query)
    if search.like_item_id:
        yield _("与一件资料相似")
    yield from _filters(search, names)
    if search.tolerant:
        yield _("容错")
    if search.synonyms:
        yield _("同义词")


def _filters(search: SearchRequest, names: CodeNames) -> Iterator[str]:
    stated = (search.customer_code, search.contract_no, search.year and str(search.year))
    yield from (text for text in stated if text)
    if search.type_code:
        yield _called(search.type_code, names.types)
    if search.series_code:
        yield _called(search.series_code, names.series)
    if search.grade:
        yield grade_label(search.grade) if search.grade in (1, 2, 3) else str(search.grade)
    if search.state in set(ItemState):
        yield label(ItemState(search.state))


def _called(code: str, names: Mapping[str, Bilingual]) -> str:
    return localized(names[code]) if code in names else code
