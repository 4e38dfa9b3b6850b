"""The grammar of queries, put together from the parts of Whoosh's parser.

Adjacent words must all be there. ``OR`` binds its two neighbours closer than adjacency does, ``AND`` closer than
``OR``, ``NOT`` closer than ``AND``, and ``NEAR`` and ``BEFORE`` closest of all. What cannot have the meaning it looks
like is settled in `dms.search.settling`.

Invariant: no expression here runs over the same characters more than twice, so no text takes long to read.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, TypeAlias

from whoosh.qparser import syntax
from whoosh.qparser.default import QueryParser
from whoosh.qparser.plugins import FieldsPlugin, GroupPlugin, OperatorsPlugin, TaggingPlugin

from dms.search.settling import Nearness, Quotation, settle

DEFAULT_DISTANCE = 20
"""Characters between two words that are to stand near each other, where no number is given."""
GREATEST_DISTANCE = 1000
"""Characters; what stands further apart stands on another page. A larger number is taken as this."""

_BEFORE = r"(?:^|(?<=[\s()（）]))"
_AFTER = r"(?=[\s()（）]|$)"
_TILDE = rf"(?P<tilde>[~～]{_AFTER})?"
_QUOTED = "|".join(
    [
        r'"([^"]*)"',
        r"[“”„]([^“”„]*)[“”„]",
        r"「([^」]*)」",
        r"『([^』]*)』",
        r"＂([^＂]*)＂",
        # People mix the straight mark and the round ones; inside a proper pair the other kind is a plain character.
        r"[\"“”„＂]([^\"“”„＂]*)[\"“”„＂]",
    ]
)
_RANGE = r"[\[［【](?P<ends>[^\[\]［］【】]*)[\]］】]"
_RANGE_SEPARATOR = re.compile(r"(?<!\S)(?:(?i:to)|[-–—])(?!\S)|至|到|~|～|\.\.")
_NEAR = r"(?:NEAR|BEFORE|近|先)(?:[/／][0-9０-９]+)?"
_IN_ORDER = ("BEFORE", "先")
_SIGN = r"(?:[<>＜＞]\s*[=＝]?|[≥≤≧≦=＝])"
_WITH_MEANING = re.compile(r"\A[+＋\-－!！]|[\s()（）\[\]［］【】\"“”„＂「」『』*?~～:：<>＜＞≥≤=＝]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """One word, quotation or range, and the field name, as typed, that it was given to; None for none."""

    text: str
    field: str | None = None
    is_quotation: bool = False
    """Whether it stood between quotation marks, so that nothing in it is a sign."""
    has_tilde: bool = False
    """Whether a tilde follows the quotation; the tilde of a word is part of its text."""

    @property
    def written(self) -> str:
        """The term with its field name, for reading it literally."""
        return self.text if self.field is None else f"{self.field}:{self.text}"


@dataclass(frozen=True, slots=True)
class Both:
    """All of these."""

    parts: tuple["Tree", ...]


@dataclass(frozen=True, slots=True)
class Either:
    """At least one of these."""

    parts: tuple["Tree", ...]


@dataclass(frozen=True, slots=True)
class Without:
    """Not this."""

    part: "Tree"


@dataclass(frozen=True, slots=True)
class Joint:
    """How the part before and the part behind are to stand to each other."""

    written: str
    """The operator as typed, for reading it literally."""
    distance: int
    """Characters that may stand between them at most."""
    in_order: bool
    is_bounded: bool
    """Whether a greater distance was asked for than is looked at."""


@dataclass(frozen=True, slots=True)
class Near:
    """Each part near the one before it."""

    parts: tuple["Tree", ...]
    joints: tuple[Joint, ...]
    """One fewer than parts."""


Tree: TypeAlias = Term | Both | Either | Without | Near


@dataclass(frozen=True, slots=True)
class Parsed:
    """The tree of a query, and whether some sign in it had to be taken as a plain character."""

    tree: Tree
    settled_literally: bool


class Grammar:
    """A parser for queries with these field names; safe to share between threads."""

    def __init__(self, field_names: frozenset[str], compared_names: frozenset[str] = frozenset()) -> None:
        names = _any_of(field_names)
        # Fields of values need no colon before a comparison: 金额>=10万.
        self._without_colon = re.compile(
            rf"(?i)({_BEFORE}(?:{_any_of(compared_names)}))\s*(?={_SIGN}\s*[^\s<>＜＞≥≤=＝])"
        )
        # A comparison may stand apart from its value: 金额: >= 10万.
        self._sign_apart = re.compile(rf"(?i)({_BEFORE}(?:{names})\s*[:：]\s*{_SIGN})\s+(?=\S)")
        self._parser = QueryParser(
            None,
            None,
            plugins=[
                FieldsPlugin(expr=rf"(?i:{_BEFORE}(?P<text>{names})\s*[:：]\s*)", remove_unknown=False),
                GroupPlugin(openexpr="[(（]", closeexpr="[)）]"),
                OperatorsPlugin(
                    [(_NearTagger(f"{_BEFORE}{_NEAR}{_AFTER}", _NearGroup, memo="near"), 0)],
                    And=_operator("AND|与|且|并且|而且|&&"), Or=_operator(r"OR|或|或者|[|｜]{1,2}"),
                    Not=_operator("NOT|非"), AndNot=None, AndMaybe=None, Require=None,
                ),
                _QuotationsPlugin(),
                _RangesPlugin(),
            ],
        )  # fmt: skip  # the operators read as one table

    def parse(self, text: str) -> Parsed:
        """The tree of any text; never raises."""
        source = self._sign_apart.sub(r"\1", self._without_colon.sub(r"\1:", text))
        tagged = list(self._parser.tag(source))
        nodes, settled_literally = settle(tagged, source)
        group = self._parser.filterize(self._parser.group(nodes))
        return Parsed(_tree(group), settled_literally)

    def is_plain_word(self, text: str) -> bool:
        """Whether the text is one word in any surroundings: without space, sign, field name, and no operator."""
        nodes = list(self._parser.tag(text))
        return len(nodes) == 1 and type(nodes[0]) is syntax.WordNode and not _WITH_MEANING.search(text)


def _any_of(names: Iterable[str]) -> str:
    return "|".join(sorted(map(re.escape, names), key=len, reverse=True)) or "(?!)"


def _operator(words: str) -> str:
    return f"{_BEFORE}(?:{words}){_AFTER}"


class _NearGroup(syntax.GroupNode):  # type: ignore[misc]  # Whoosh ships no types
    """Nodes near each other, with the operators that stood between them."""

    merging = False

    def __init__(self, nodes: list[Any] | None = None, **options: Any) -> None:  # noqa: ANN401  # Whoosh's own
        super().__init__(nodes, **options)
        self.joints: list[Joint] = []


class _NearOperator(Nearness):
    """Puts its neighbours into one group; the group grows with every further operator."""

    def replace_self(self, parser: QueryParser, group: Any, position: int) -> int:  # noqa: ANN401  # untyped nodes
        """Where to go on; see `whoosh.qparser.syntax.Operator.replace_self`."""
        left, right = group[position - 1], group[position + 1]
        if isinstance(left, _NearGroup):
            left.append(right)
            left.joints.append(_joint(self.text))
            del group[position : position + 2]
            return position
        near = _NearGroup([left, right])
        near.joints.append(_joint(self.text))
        group[position - 1 : position + 2] = [near]
        return position


class _NearTagger(OperatorsPlugin.OpTagger):  # type: ignore[misc]  # Whoosh ships no types
    def create(self, parser: QueryParser, match: re.Match[str]) -> _NearOperator:
        """The node of one operator; see `whoosh.qparser.taggers.RegexTagger.create`."""
        return _NearOperator(match[0], self.grouptype)


def _joint(written: str) -> Joint:
    digits = re.sub(r"[^0-9０-９]", "", written)
    # Nine digits are beyond the greatest distance already; a number of a thousand would only take time.
    distance = int(digits) if 0 < len(digits) <= 9 else GREATEST_DISTANCE if digits else DEFAULT_DISTANCE
    is_bounded = len(digits) > 9 or distance > GREATEST_DISTANCE
    return Joint(written, min(distance, GREATEST_DISTANCE), written.startswith(_IN_ORDER), is_bounded)


class _QuotationsPlugin(TaggingPlugin):  # type: ignore[misc]  # Whoosh ships no types
    expr = rf"(?:{_QUOTED}){_TILDE}"
    priority = -1

    def create(self, parser: QueryParser, match: re.Match[str]) -> Quotation:
        """The node of one quotation; see `whoosh.qparser.TaggingPlugin.create`."""
        *quoted, tilde = match.groups()
        return Quotation(next(text for text in quoted if text is not None), has_tilde=tilde is not None)


class _RangesPlugin(TaggingPlugin):  # type: ignore[misc]  # Whoosh ships no types
    expr = _RANGE
    priority = -1

    def create(self, parser: QueryParser, match: re.Match[str]) -> syntax.RangeNode | None:
        """The node of one range, None without a separator; see `whoosh.qparser.TaggingPlugin.create`."""
        ends = match["ends"].strip()
        separator = _RANGE_SEPARATOR.search(ends)
        if separator is None:
            return None
        low, high = ends[: separator.start()].strip(), ends[separator.end() :].strip()
        return syntax.RangeNode(low, high, False, False)  # both ends included


def _tree(node: Any) -> Tree:  # noqa: ANN401  # Whoosh ships no types
    match node:
        case _NearGroup():
            return Near(tuple(map(_tree, node)), tuple(node.joints))
        case syntax.NotGroup():
            return Without(_tree(node[0]))
        case syntax.OrGroup():
            return Either(tuple(map(_tree, node)))
        case syntax.GroupNode():
            return Both(tuple(map(_tree, node)))
        case syntax.RangeNode():
            return Term(text=f"{node.start}..{node.end}", field=node.fieldname)
        case Quotation():
            return Term(text=node.text, field=node.fieldname, is_quotation=True, has_tilde=node.has_tilde)
        case _:
            return Term(text=str(node.text), field=node.fieldname)
