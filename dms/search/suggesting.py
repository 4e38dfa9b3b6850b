"""Suggestions while a person types: customers, contracts, titles, fields and their values, and one's own searches.

What always holds: a customer, a contract or a title is suggested only where a visible paper belongs to it, and what is
invisible decides neither the order nor the number of suggestions (I5).
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from dms.archive import Archive
from dms.domain.actor import Actor, Permission
from dms.domain.criterion import Fact, TextPart
from dms.errors import Bilingual
from dms.search.analysis import folded
from dms.search.fields import FIELD_NAMES, NAME_FIELDS, TEXT_FIELDS, Named, named_states, named_types
from dms.search.name_book import NameBook, name_book
from dms.search.request import SearchRequest
from dms.search.request_json import from_json
from dms.store import UnitOfWork

MAX_SUGGESTIONS = 10
MAX_OF_A_KIND = 4
MAX_TYPED_CHARACTERS = 200

_PARTS = (TextPart.CUSTOMER, TextPart.CONTRACT, TextPart.TITLE)
_SUGGESTED: Mapping[TextPart | None, tuple[TextPart, ...]] = {
    **{part: (part,) for part in _PARTS},
    TextPart.ANYWHERE: (TextPart.CONTRACT,),  # behind the label of a contract's number
}
"""Parts of papers by the part that a field looks in."""
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
        found = tuple(_suggestions(view, actor, taken_apart, book=name_book(archive.store)))
    order = {kind: place for place, kind in enumerate(SuggestionKind)}
    ranked = sorted(found, key=lambda pair: (not pair[0], order[pair[1].kind]))
    return tuple(suggestion for _, suggestion in ranked)[:MAX_SUGGESTIONS]


def take_in_changes(archive: Archive) -> None:
    """Take in what has changed since, so that nobody who types or searches waits for it; for a thread of the service.

    Raises `IndexUnreadable`.
    """
    with archive.looking() as view:
        name_book(archive.store).follow(view)
        view.fulltext.take_in()


_Ranked = tuple[bool, Suggestion]
"""A suggestion, and before it whether it begins as was typed."""


def _suggestions(view: UnitOfWork, actor: Actor, typed: _Typed, *, book: NameBook) -> Iterator[_Ranked]:
    if not typed.whole.strip():
        yield from _recent(view, actor, "")
        return
    if sought := folded(typed.whole):
        yield from _best(_recent(view, actor, sought))
        yield from _best(_saved(view, actor, sought))
    yield from _best(_fields(typed))
    yield from _best(_values(view, typed))
    if typed.run or typed.field:
        yield from _of_papers(actor, typed, book=book, view=view)


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


def _of_papers(actor: Actor, typed: _Typed, *, book: NameBook, view: UnitOfWork) -> Iterator[_Ranked]:
    """Customers, contracts and titles, as far as the field lets them through."""
    book.follow(view)
    sight = view.fulltext.sight(actor)
    wanted = _PARTS if not typed.field else _SUGGESTED.get(TEXT_FIELDS.get(typed.field), ())
    if TextPart.CUSTOMER in wanted:
        for customer in book.customers(typed.run, sight, most=MAX_OF_A_KIND):
            names = [customer.name, customer.code, *customer.others]
            text = _given(typed, "客户", customer.name)
            label = f"{customer.name} {customer.code}"
            yield _ranked(SuggestionKind.CUSTOMER, names, typed.run, text=text, label=label)
    if TextPart.CONTRACT in wanted:
        for contract in book.contracts(typed.run, sight, most=MAX_OF_A_KIND):
            names = [contract.number, contract.title]
            text = _given(typed, "合同", contract.number)
            yield _ranked(SuggestionKind.CONTRACT, names, typed.run, text=text, label=" ".join(names).strip())
    if TextPart.TITLE in wanted:
        for title in book.titles(typed.run, sight, most=MAX_OF_A_KIND):
            yield _ranked(SuggestionKind.TITLE, [title], typed.run, text=_given(typed, "题名", title))


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
