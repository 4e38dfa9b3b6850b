"""The grammar of queries, put together from the parts of Whoosh's parser.

Adjacent words must all be there. ``OR`` binds its two neighbours closer than adjacency does, ``AND`` closer than
``OR``, and ``NOT`` closest of all. What cannot have the meaning it looks like is settled in `dms.search.settling`.
"""

import re
from dataclasses import dataclass
from typing import Any, TypeAlias

from whoosh.qparser import syntax
from whoosh.qparser.default import QueryParser
from whoosh.qparser.plugins import FieldsPlugin, GroupPlugin, OperatorsPlugin, TaggingPlugin

from dms.search.settling import Quotation, settle

_BEFORE = r"(?:^|(?<=[\s()（）]))"
_AFTER = r"(?=[\s()（）]|$)"
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
_RANGE = (
    r"[\[［【]\s*(?P<start>[^\[\]［］【】]*?)\s*"
    r"(?:(?<![^\s\[［【])(?i:to)(?![^\s\]］】])|至|到|~|～|\.\.)"
    r"\s*(?P<end>[^\[\]［］【】]*?)\s*[\]］】]"
)


@dataclass(frozen=True, slots=True)
class Term:
    """One word, quotation or range, and the field name, as typed, that it was given to; None for none."""

    text: str
    field: str | None

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


Tree: TypeAlias = Term | Both | Either | Without


@dataclass(frozen=True, slots=True)
class Parsed:
    """The tree of a query, and whether some sign in it had to be taken as a plain character."""

    tree: Tree
    settled_literally: bool


class Grammar:
    """A parser for queries with these field names; safe to share between threads."""

    def __init__(self, field_names: frozenset[str]) -> None:
        names = "|".join(sorted(map(re.escape, field_names), key=len, reverse=True))
        # A comparison may stand apart from its value: 金额: >= 10万.
        self._sign_apart = re.compile(rf"(?i)({_BEFORE}(?:{names})\s*[:：]\s*(?:[<>＜＞]\s*[=＝]?|[≥≤=＝]))\s+(?=\S)")
        self._parser = QueryParser(
            None,
            None,
            plugins=[
                FieldsPlugin(expr=rf"(?i:{_BEFORE}(?P<text>{names})\s*[:：]\s*)", remove_unknown=False),
                GroupPlugin(openexpr="[(（]", closeexpr="[)）]"),
                OperatorsPlugin(
                    And=_operator("AND|与|且"), Or=_operator("OR|或"), Not=_operator("NOT|非"),
                    AndNot=None, AndMaybe=None, Require=None,
                ),
                _QuotationsPlugin(),
                _RangesPlugin(),
            ],
        )  # fmt: skip  # the operators read as one table

    def parse(self, text: str) -> Parsed:
        """The tree of any text; never raises."""
        source = self._sign_apart.sub(r"\1", text)
        tagged = list(self._parser.tag(source))
        nodes, settled_literally = settle(tagged, source)
        group = self._parser.filterize(self._parser.group(nodes))
        return Parsed(_tree(group), settled_literally)


def _operator(words: str) -> str:
    return f"{_BEFORE}(?:{words}){_AFTER}"


class _QuotationsPlugin(TaggingPlugin):  # type: ignore[misc]  # Whoosh ships no types
    expr = _QUOTED
    priority = -1

    def create(self, parser: QueryParser, match: re.Match[str]) -> Quotation:
        """The node of one quotation; see `whoosh.qparser.TaggingPlugin.create`."""
        return Quotation(next(text for text in match.groups() if text is not None))


class _RangesPlugin(TaggingPlugin):  # type: ignore[misc]  # Whoosh ships no types
    expr = _RANGE
    priority = -1

    def create(self, parser: QueryParser, match: re.Match[str]) -> syntax.RangeNode:
        """The node of one range; see `whoosh.qparser.TaggingPlugin.create`."""
        return syntax.RangeNode(match["start"].strip(), match["end"].strip(), False, False)  # both ends included


def _tree(node: Any) -> Tree:  # noqa: ANN401  # Whoosh ships no types
    match node:
        case syntax.NotGroup():
            return Without(_tree(node[0]))
        case syntax.OrGroup():
            return Either(tuple(map(_tree, node)))
        case syntax.GroupNode():
            return Both(tuple(map(_tree, node)))
        case syntax.RangeNode():
            return Term(f"{node.start}..{node.end}", node.fieldname)
        case _:
            return Term(str(node.text), node.fieldname)
