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


def filter_in_words(argument: str, stated: str, names: CodeNames) -> str:
    """What an argument of an address chooses, by name where it has one that everybody may know, else as stated."""
    match argument:
        case "type":
            return _called(stated, names.types)
        case "series":
            return _called(stated, names.series)
        case "grade":
            return grade_label(int(stated)) if stated in ("1", "2", "3") else stated
        case "state":
            return label(ItemState(stated)) if stated in set(ItemState) else stated
        case _:
            return stated


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
    chosen = {"type": search.type_code, "series": search.series_code, "grade": search.grade and str(search.grade)}
    yield from (filter_in_words(name, stated, names) for name, stated in chosen.items() if stated)
    if search.state in set(ItemState):
        yield filter_in_words("state", search.state, names)


def _called(code: str, names: Mapping[str, Bilingual]) -> str:
    return localized(names[code]) if code in names else code
