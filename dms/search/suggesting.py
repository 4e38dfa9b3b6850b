"""Suggestions while a person types: customers, contracts, titles, fields and their values, and one's own searches.

What always holds: customers, contracts and titles come out of answers of the index, which hold only what the person may
see (I5). One is suggested only where a visible paper belongs to it, and what is invisible costs no time either.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from dms.archive import Archive
from dms.domain.actor import Actor, Permission
from dms.domain.criterion import Fact, Phrase, TextPart
from dms.errors import Bilingual
from dms.search.analysis import folded
from dms.search.fields import FIELD_NAMES, NAME_FIELDS, TEXT_FIELDS, Named, named_states, named_types
from dms.search.request import SearchRequest
from dms.search.request_json import from_json
from dms.store import Facet, FoundOrder, Inquiry, UnitOfWork

MAX_SUGGESTIONS = 10
MAX_OF_A_KIND = 4
MAX_TYPED_CHARACTERS = 200
MAX_CANDIDATES = 100
"""Of the customers or contracts that fit, only so many are looked at, those with the most papers first."""
TITLES_LOOKED_AT = 40

_QUOTATION_MARKS = '"“”„「」『』＂'
_AS_STRAIGHT = str.maketrans(_QUOTATION_MARKS, '"' * len(_QUOTATION_MARKS))
_WITHOUT_QUOTATION_MARKS = dict.fromkeys(map(ord, _QUOTATION_MARKS))
_ONE_WORD = re.compile(r"[\w-]+")
_LAST_WORD = re.compile(r'[^\s()（）":：]*$')
_FIELD_BEFORE = re.compile(r"(?:^|(?<=[\s()（）]))([^\s()（）:：]+)\s*[:：]\s*$")


class SuggestionKind(StrEnum):
    """What is suggested, in the order in which kinds follow each other."""

    RECENT = "recent"
    SAVED = "saved"
    FIELD = "field"
    VALUE = "value"
    CUSTOMER = "customer"
    CONTRACT = "contract"
    TITLE = "title"


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """One line below the search box."""

    kind: SuggestionKind
    text: str
    """What stands in the box once it is chosen."""
    label: Bilingual
    """What the line says."""
    request: SearchRequest | None = None
    """The whole search, for recent and saved ones."""
    saved_id: int | None = None
    """For saved ones."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Typed:
    """What a person has typed, taken apart at the word that is being typed."""

    whole: str
    before: str
    """What stays in the box whatever is chosen."""
    field: str
    """The field to which the last word is given, in lower case; empty for none."""
    word: str
    is_quoting: bool
    """Whether the word stands behind a quotation mark that is still open."""

    @property
    def run(self) -> str:
        """The last word in the form in which texts are compared."""
        return folded(self.word)


def suggest(actor: Actor, typed: str, *, archive: Archive) -> tuple[Suggestion, ...]:
    """At most `MAX_SUGGESTIONS`, those that begin as typed first; the person's recent searches where nothing is typed.

    Raises `ActionForbidden` without the permission to consult; not journaled, for nothing of a paper is shown.
    """
    actor.require(Permission.CONSULT)
    taken_apart = _taken_apart(typed[:MAX_TYPED_CHARACTERS])
    with archive.looking() as view:
        found = tuple(_suggestions(view, actor, taken_apart))
    order = {kind: place for place, kind in enumerate(SuggestionKind)}
    ranked = sorted(found, key=lambda pair: (not pair[0], order[pair[1].kind]))
    return tuple(suggestion for _, suggestion in ranked)[:MAX_SUGGESTIONS]


_Ranked = tuple[bool, Suggestion]
"""A suggestion, and before it whether it begins as was typed."""


def _suggestions(view: UnitOfWork, actor: Actor, typed: _Typed) -> Iterator[_Ranked]:
    if not typed.whole.strip():
        yield from _recent(view, actor, "")
        return
    if sought := folded(typed.whole):
        yield from _best(_recent(view, actor, sought))
        yield from _best(_saved(view, actor, sought))
    yield from _best(_fields(typed))
    yield from _best(_values(view, typed))
    if typed.run:
        yield from _of_papers(view, actor, typed)


def _of_papers(view: UnitOfWork, actor: Actor, typed: _Typed) -> Iterator[_Ranked]:
    sources = {TextPart.CUSTOMER: _customers, TextPart.CONTRACT: _contracts, TextPart.TITLE: _titles}
    for part, source in sources.items():
        if not typed.field or TEXT_FIELDS.get(typed.field) is part:
            yield from _best(source(view, actor, typed))


def _taken_apart(typed: str) -> _Typed:
    straight = typed.translate(_AS_STRAIGHT)
    is_quoting = straight.count('"') % 2 == 1
    start = straight.rindex('"') if is_quoting else _start_of_last_word(straight)
    field = _FIELD_BEFORE.search(typed[:start])
    known = field is not None and field[1].lower() in FIELD_NAMES
    return _Typed(
        whole=typed,
        before=typed[: field.start(1)] if field and known else _apart(typed[:start]),
        field=field[1].lower() if field and known else "",
        word=typed[start + is_quoting :],
        is_quoting=is_quoting,
    )


def _apart(before: str) -> str:
    """With a space behind a quotation, for a field begins a word of its own."""
    return f"{before} " if before.endswith(tuple(_QUOTATION_MARKS)) else before


def _start_of_last_word(straight: str) -> int:
    match = _LAST_WORD.search(straight)
    return match.start() if match else len(straight)


def _best(suggestions: Iterable[_Ranked]) -> list[_Ranked]:
    """The first of one kind, those that begin as typed before the others."""
    return sorted(suggestions, key=lambda pair: not pair[0])[:MAX_OF_A_KIND]


def _recent(view: UnitOfWork, actor: Actor, sought: str) -> Iterator[_Ranked]:
    for request in map(from_json, view.recent_searches.of(actor)):
        if request.query and sought in folded(request.query):
            yield _ranked(SuggestionKind.RECENT, [request.query], sought, text=request.query, request=request)


def _saved(view: UnitOfWork, actor: Actor, sought: str) -> Iterator[_Ranked]:
    for saved in view.saved_searches.of(actor):
        request = from_json(saved.request)
        if any(sought in folded(text) for text in (saved.name, request.query)):
            names = [saved.name, request.query]
            yield _ranked(SuggestionKind.SAVED, names, sought, text=request.query, request=request, saved_id=saved.id)


def _fields(typed: _Typed) -> Iterator[_Ranked]:
    word = typed.word.lower()
    if typed.field or typed.is_quoting or not word:
        return
    for name in sorted(FIELD_NAMES):
        if name.startswith(word):
            yield _ranked(SuggestionKind.FIELD, [f"{name}:"], typed.run, text=f"{typed.before}{name}:")


def _values(view: UnitOfWork, typed: _Typed) -> Iterator[_Ranked]:
    """What a field of names can be given."""
    for one in _names_of(view, NAME_FIELDS.get(typed.field)):
        if any(typed.run in folded(text) for text in (one.code, one.name.zh, one.name.en)):
            text = f"{typed.before}{typed.field}:{_quoted(one.name.zh if _is_chinese(typed.field) else one.code)}"
            begins = any(folded(text).startswith(typed.run) for text in (one.name.zh, one.name.en))
            yield begins, Suggestion(kind=SuggestionKind.VALUE, text=text, label=one.name)


def _names_of(view: UnitOfWork, fact: Fact | None) -> tuple[Named, ...]:
    match fact:
        case Fact.TYPE:
            return named_types(view.scheme.all_types())
        case Fact.SERIES:
            return named_types(view.scheme.all_series())
        case Fact.STATE:
            return named_states()
        case _:
            return ()


def _customers(view: UnitOfWork, actor: Actor, typed: _Typed) -> Iterator[_Ranked]:
    ids = _foremost(view, actor, Phrase(typed.run, TextPart.CUSTOMER), Facet.CUSTOMER)
    named = view.fulltext.customer_names(ids)
    for code, name in _foremost_names((named[customer_id] for customer_id in ids), typed.run):
        label = f"{name} {code}"
        yield _ranked(SuggestionKind.CUSTOMER, [name, code], typed.run, text=_given(typed, "客户", name), label=label)


def _contracts(view: UnitOfWork, actor: Actor, typed: _Typed) -> Iterator[_Ranked]:
    ids = _foremost(view, actor, Phrase(typed.run, TextPart.CONTRACT), Facet.CONTRACT)
    named = view.contracts.names(ids)
    # A paper is found by the number claimed at its arrival as well, which may be another one.
    fitting = (named[contract_id] for contract_id in ids if typed.run in "\n".join(map(folded, named[contract_id])))
    for number, title in _foremost_names(fitting, typed.run):
        label = f"{number} {title}".strip()
        text = _given(typed, "合同", number)
        yield _ranked(SuggestionKind.CONTRACT, [number, title], typed.run, text=text, label=label)


def _titles(view: UnitOfWork, actor: Actor, typed: _Typed) -> Iterator[_Ranked]:
    phrase = Phrase(typed.run, TextPart.TITLE)
    latest = view.fulltext.find(_inquiry(phrase, actor, limit=TITLES_LOOKED_AT)).ranks
    items = view.fulltext.items(latest, actor=actor)
    titles = [items[key].title for key in latest if key in items]
    for title in {folded(title): title for title in titles if typed.run in folded(title)}.values():
        yield _ranked(SuggestionKind.TITLE, [title], typed.run, text=_given(typed, "题名", title))


def _foremost(view: UnitOfWork, actor: Actor, phrase: Phrase, facet: Facet) -> list[int]:
    """The values of a facet under which a visible paper has the phrase, those with the most papers first."""
    inquiry = replace(_inquiry(phrase, actor, limit=0), facets=True, counted=(facet,))
    counts = view.fulltext.find(inquiry).counts[facet]
    ordered = sorted(counts, key=lambda value: (-counts[value], value))
    return [int(value) for value in ordered[:MAX_CANDIDATES]]


def _foremost_names(named: Iterable[tuple[str, str]], sought: str) -> list[tuple[str, str]]:
    return sorted(named, key=lambda names: not _begins(names, sought))[:MAX_OF_A_KIND]


def _inquiry(phrase: Phrase, actor: Actor, *, limit: int) -> Inquiry:
    return Inquiry(
        criterion=phrase,
        chosen={},
        actor=actor,
        order=FoundOrder.ARRIVAL,
        limit=limit,
        offset=0,
        facets=False,
    )


def _ranked(
    kind: SuggestionKind,
    names: Sequence[str],
    sought: str,
    *,
    text: str,
    label: str = "",
    request: SearchRequest | None = None,
    saved_id: int | None = None,
) -> _Ranked:
    shown = label or names[0]
    suggestion = Suggestion(kind=kind, text=text, label=Bilingual(shown, shown), request=request, saved_id=saved_id)
    return _begins(names, sought), suggestion


def _begins(names: Iterable[str], sought: str) -> bool:
    return any(folded(name).startswith(sought) for name in names)


def _given(typed: _Typed, field: str, value: str) -> str:
    """The text of the box with the last word replaced by a field and its value."""
    return f"{typed.before}{typed.field or field}:{_quoted(value)}"


def _quoted(value: str) -> str:
    plain = value.translate(_WITHOUT_QUOTATION_MARKS)
    return plain if _ONE_WORD.fullmatch(plain) else f'"{plain}"'


def _is_chinese(field: str) -> bool:
    return not field.isascii()
