"""Turning the tree of a query into a criterion, and saying in words what it means.

Invariants:
- Under NOT nothing is widened: no synonyms, no tolerance, no other spelling, no mention beside the recorded value.
- What cannot have the meaning it looks like is read literally, and `Understanding.read_literally` says so.
- A criterion looks for no more words than `MAX_TERMS`, those that synonyms add included.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from dms.domain.criterion import AllOf, AnyOf, Criterion, Fact, FactIs, Not, Phrase, TextPart
from dms.domain.likeness import SHORTEST_BORNE
from dms.errors import Bilingual
from dms.search import wording
from dms.search.analysis import folded
from dms.search.fields import (
    NAME_FIELDS,
    TEXT_FIELDS,
    VALUE_FIELDS,
    Named,
    ValueField,
    named_states,
    named_types,
    read_values,
    recorded_alone,
    valued,
    with_name,
)
from dms.search.grammar import Both, Either, Joint, Near, Term, Tree, Without
from dms.search.nearing import MAX_ALTERNATIVES, Succession, chain, in_order, near, of_one_kind
from dms.search.words import Frame, Generosity, Word, literal_word, mentions_of, read_word, synonyms_of

MAX_TERMS = 64
"""Words of a query at most, those that synonyms add included."""

_MEANT_AS_NOT = re.compile(r"[-－!！](?=[^\W\d_])")
_WITH_SYNONYMS = frozenset({TextPart.ANYWHERE, TextPart.BODY, TextPart.TITLE})
_WITH_MENTIONS = frozenset({TextPart.ANYWHERE, TextPart.BODY})


@dataclass(frozen=True, slots=True)
class Understood:
    """A part of a query with its meaning in words and the single conditions in it."""

    criterion: Criterion
    meaning: Bilingual
    terms: tuple[Bilingual, ...]
    group: type[AllOf] | type[AnyOf] | None = None
    """How several conditions are joined; None for a single one."""


@dataclass(frozen=True, slots=True)
class _Operand:
    """What is to stand near something else."""

    succession: Succession
    parts: frozenset[TextPart]
    meaning: Bilingual


class Understanding:
    """Turns a tree into a criterion, and gathers what the person should know about it."""

    def __init__(self, frame: Frame, *, typed_terms: int) -> None:
        self._frame = frame
        self._room = MAX_TERMS - typed_terms
        self._notes: dict[Bilingual, None] = {}
        self._synonyms_known: dict[Bilingual, None] = {}
        self.read_literally = False

    @property
    def notes(self) -> list[Bilingual]:
        """What the person should know, each once."""
        return list(self._notes)

    @property
    def synonyms_known(self) -> tuple[Bilingual, ...]:
        """The words that have synonyms which were not used, with them."""
        return tuple(self._synonyms_known)

    def of(self, tree: Tree, generosity: Generosity) -> Understood | None:
        """The meaning of a tree; None where nothing in it can be looked for."""
        match tree:
            case Term():
                return self._term(tree, generosity)
            case Without(part):
                return self._without(part, generosity)
            case Both(parts):
                return _combined(self._each(parts, generosity), AllOf)
            case Either(parts):
                return _combined(self._each(parts, generosity), AnyOf)
            case Near():
                return self._near(tree, generosity)

    def exactly(self, written: str, generosity: Generosity) -> Understood | None:
        """The text as it stands, in which nothing is a sign."""
        return self._text(literal_word(written), TextPart.ANYWHERE, generosity)

    def _each(self, parts: Sequence[Tree], generosity: Generosity) -> list[Understood]:
        return [understood for part in parts if (understood := self.of(part, generosity))]

    def _without(self, part: Tree, generosity: Generosity) -> Understood | None:
        understood = self.of(part, replace(generosity, is_exact=True))
        if understood is None:
            return None
        if generosity.is_tolerant and not generosity.is_exact:
            self._note(wording.NOT_IS_EXACT)
        meaning = wording.without(_grouped(understood))
        terms = (meaning,) if len(understood.terms) == 1 else tuple(map(wording.without, understood.terms))
        return Understood(Not(understood.criterion), meaning, terms)

    def _term(self, term: Term, generosity: Generosity) -> Understood | None:
        name = (term.field or "").lower()
        if name in NAME_FIELDS:
            return self._named(term, NAME_FIELDS[name], generosity)
        if name in VALUE_FIELDS:
            return self._valued(term, VALUE_FIELDS[name], generosity)
        return self._text(read_word(term), _part(term), generosity)

    def _named(self, term: Term, fact: Fact, generosity: Generosity) -> Understood | None:
        chosen = with_name(term.text, self._names(fact))
        if not chosen:
            return self._literally(term, generosity)
        meaning = wording.fact(fact, [one.name for one in chosen])
        return Understood(FactIs(fact, tuple(one.code for one in chosen)), meaning, (meaning,))

    def _names(self, fact: Fact) -> tuple[Named, ...]:
        match fact:
            case Fact.TYPE:
                return named_types(self._frame.types)
            case Fact.SERIES:
                return named_types(self._frame.series)
            case _:
                return named_states()

    def _valued(self, term: Term, field: ValueField, generosity: Generosity) -> Understood | None:
        values = read_values(field, term.text)
        if values is None:
            if folded(term.text):
                self._note(wording.no_value(field.label, term.text))
            return self._literally(term, generosity)
        asked = recorded_alone(field) if generosity.is_exact else field
        if asked is not field:
            self._note(wording.NOT_RECORDED_ALONE)
        between = wording.grades_between if asked.fact is Fact.GRADE else wording.between
        meaning = between(asked.label, values.low, values.high)
        return Understood(valued(asked, values), meaning, (meaning,))

    def _literally(self, term: Term, generosity: Generosity) -> Understood | None:
        self.read_literally = True
        return self.exactly(term.written if folded(term.text) else term.text, generosity)

    def _text(self, word: Word, part: TextPart, generosity: Generosity) -> Understood | None:
        if not self._is_anything(word):
            return None
        if word.is_plain and _MEANT_AS_NOT.match(word.written):
            self._note(wording.sign_is_no_not(word.written))
        if not word.pattern.gaps:
            return self._phrase(word, part, generosity)
        pattern = chain(Succession(word.pattern.links, word.pattern.gaps), part)
        if pattern is None:
            self._note(wording.wildcards_too_many(word.written))
            return self._phrase(literal_word(word.written), part, generosity)
        self._note_exactness(word, generosity)
        meaning = wording.pattern(word.written, part)
        return Understood(pattern, meaning, (meaning,))

    def _is_anything(self, word: Word) -> bool:
        if not word.pattern.links:
            self._note(wording.passed_over(word.written))
        elif word.pattern.is_trimmed:
            self._note(wording.wildcards_trimmed(word.written))
        return bool(word.pattern.links)

    def _phrase(self, word: Word, part: TextPart, generosity: Generosity) -> Understood:
        """The word, or what else it stands for."""
        is_tolerant = (word.has_tilde or generosity.is_tolerant) and not generosity.is_exact
        synonyms = self._synonyms(word, part, generosity)
        choices: list[Criterion] = [Phrase(run, part, is_tolerant) for run in (word.run, *synonyms)]
        meaning = wording.phrase(word.written, part)
        if synonyms:
            meaning = wording.with_synonyms(meaning, list(synonyms.values()))
        if word.has_tilde and is_tolerant:
            meaning = wording.tolerant(meaning)
        if is_tolerant and len(word.run) < SHORTEST_BORNE:
            self._note(wording.SHORT_BEARS_LOOK_ALIKES)
        if word.has_tilde and not is_tolerant:
            self._note(wording.NOT_IS_EXACT)
        asked = mentions_of(word) if part in _WITH_MENTIONS and not generosity.is_exact else ()
        if asked:
            choices += asked
            meaning = wording.however_written(meaning, asked)
        return Understood(choices[0] if len(choices) == 1 else AnyOf(tuple(choices)), meaning, (meaning,))

    def _synonyms(self, word: Word, part: TextPart, generosity: Generosity) -> dict[str, str]:
        """The words that are looked for besides, folded to as written."""
        others = {} if generosity.is_exact or part not in _WITH_SYNONYMS else synonyms_of(word, self._frame)
        if others and not generosity.with_synonyms:
            self._synonyms_known[wording.synonyms_of(word.written, list(others.values()))] = None
            return {}
        if len(others) > min(self._room, MAX_ALTERNATIVES - 1):
            self._note(wording.synonyms_left_out(word.written))
            return {}
        self._room -= len(others)
        return others

    def _near(self, tree: Near, generosity: Generosity) -> Understood | None:
        found = [self._operand(part, generosity) for part in tree.parts]
        operands = [one for one in found if one is not None]
        part = _common_part(operands)
        if part is None or len(operands) < len(found):
            return self._near_literally(tree, wording.NEAR_OPERANDS, generosity)
        stretches = [_stretch(operands, tree.joints, kind, part) for kind in of_one_kind(tree.joints)]
        understood = [one for one in stretches if one is not None]
        if len(understood) < len(stretches) and generosity.with_synonyms:
            return self._near(tree, replace(generosity, with_synonyms=False))
        if len(understood) < len(stretches):
            return self._near_literally(tree, wording.NEAR_TOO_LONG, generosity)
        if any(joint.is_bounded for joint in tree.joints):
            self._note(wording.NEAR_IS_BOUNDED)
        return _combined(understood, AllOf)

    def _near_literally(self, tree: Near, reason: Bilingual, generosity: Generosity) -> Understood | None:
        """All parts, with the operators between them as words."""
        self.read_literally = True
        self._note(reason)
        parts: list[Tree] = [tree.parts[0]]
        for joint, part in zip(tree.joints, tree.parts[1:], strict=True):
            parts += [Term(text=joint.written, is_quotation=True), part]
        return self.of(Both(tuple(parts)), generosity)

    def _operand(self, tree: Tree, generosity: Generosity) -> _Operand | None:
        """What can stand near something else; None for what cannot."""
        match tree:
            case Term() if (tree.field or "").lower() not in {*NAME_FIELDS, *VALUE_FIELDS}:
                return self._word_operand(tree, generosity)
            case Both((single,)):
                return self._operand(single, generosity)
            case Either(parts):
                return self._choice_operand(parts, generosity)
            case Near(_, joints) if all(joint.in_order for joint in joints):
                return self._ordered_operand(tree, generosity)
            case _:
                return None

    def _word_operand(self, term: Term, generosity: Generosity) -> _Operand | None:
        word, part = read_word(term), _part(term)
        if not self._is_anything(word):
            return None
        self._note_exactness(word, generosity)
        parts = frozenset({part})
        if word.pattern.gaps:
            succession = Succession(word.pattern.links, word.pattern.gaps)
            return _Operand(succession, parts, wording.pattern_alone(word.written))
        if mentions_of(word) and not generosity.is_exact:
            self._note(wording.NEAR_AS_WRITTEN)
        synonyms = self._synonyms(word, part, generosity)
        meaning = wording.quoted(word.written)
        if synonyms:
            meaning = wording.with_synonyms(meaning, list(synonyms.values()))
        links = (tuple(dict.fromkeys([*word.pattern.links[0], *synonyms])),)
        return _Operand(Succession(links, ()), parts, meaning)

    def _choice_operand(self, parts: Sequence[Tree], generosity: Generosity) -> _Operand | None:
        choices = list(self._operands(parts, generosity))
        if len(choices) < len(parts) or any(len(one.succession.links) > 1 for one in choices):
            return None
        alternatives = dict.fromkeys(run for one in choices for run in one.succession.links[0])
        return _Operand(
            Succession((tuple(alternatives),), ()),
            frozenset[TextPart]().union(*(one.parts for one in choices)),
            wording.choice([one.meaning for one in choices]),
        )

    def _ordered_operand(self, tree: Near, generosity: Generosity) -> _Operand | None:
        operands = list(self._operands(tree.parts, generosity))
        if len(operands) < len(tree.parts):
            return None
        return _Operand(
            in_order([one.succession for one in operands], tree.joints),
            frozenset[TextPart]().union(*(one.parts for one in operands)),
            wording.succession([one.meaning for one in operands], tree.joints),
        )

    def _operands(self, parts: Sequence[Tree], generosity: Generosity) -> Iterator[_Operand]:
        for part in parts:
            operand = self._operand(part, generosity)
            if operand is not None:
                yield operand

    def _note_exactness(self, word: Word, generosity: Generosity) -> None:
        if word.has_tilde or (generosity.is_tolerant and not generosity.is_exact):
            self._note(wording.CHAINS_ARE_EXACT)

    def _note(self, note: Bilingual) -> None:
        self._notes[note] = None


def _part(term: Term) -> TextPart:
    return TEXT_FIELDS.get((term.field or "").lower(), TextPart.ANYWHERE)


def _common_part(operands: Sequence[_Operand]) -> TextPart | None:
    """The one part of an item in which all of them can stand; None if there is none."""
    parts = frozenset[TextPart]().union(*(one.parts for one in operands)) - {TextPart.ANYWHERE}
    if len(parts) > 1:
        return None
    return next(iter(parts), TextPart.ANYWHERE)


def _stretch(operands: Sequence[_Operand], joints: Sequence[Joint], kind: slice, part: TextPart) -> Understood | None:
    """The operands that the joints of one kind join."""
    joined = operands[kind.start : kind.stop + 1]
    criterion = near([one.succession for one in joined], joints[kind], part)
    if criterion is None:
        return None
    meaning = wording.near([one.meaning for one in joined], joints[kind], part)
    return Understood(criterion, meaning, (meaning,))


def _combined(parts: list[Understood], group: type[AllOf] | type[AnyOf]) -> Understood | None:
    if len(parts) < 2:
        return parts[0] if parts else None
    flat = tuple(inner for part in parts for inner in _unwrapped(part.criterion, group))
    words = wording.all_of if group is AllOf else wording.any_of
    meanings = [part.meaning if part.group is group else _grouped(part) for part in parts]
    return Understood(group(flat), words(meanings), tuple(term for part in parts for term in part.terms), group)


def _unwrapped(criterion: Criterion, group: type[AllOf] | type[AnyOf]) -> tuple[Criterion, ...]:
    return criterion.parts if isinstance(criterion, AllOf | AnyOf) and isinstance(criterion, group) else (criterion,)


def _grouped(understood: Understood) -> Bilingual:
    return wording.bracketed(understood.meaning) if understood.group else understood.meaning
