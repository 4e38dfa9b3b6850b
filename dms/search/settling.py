"""Settling the signs of a query: those that cannot have the meaning they look like become plain characters.

Invariant: nothing a person types is an error. After settling,
- brackets come in pairs, open at the beginning of a word and close at the end of one, so that the brackets of
  ``（2024）苏买第12号`` or ``安徽（苏州）公司`` belong to their words;
- a field name has a value right behind it, and a range belongs to a field;
- an infix operator has something on both sides, a prefix operator something behind it (one negation, not two); what
  is to be near something else is not negated.
"""

import re
from collections.abc import Callable
from typing import Any, TypeAlias

from whoosh.qparser import syntax
from whoosh.qparser.plugins import GroupPlugin

DEEPEST_BRACKETS = 20
"""Deeper ones are plain characters; nobody means them."""

QUOTATION_MARKS = '"“”„＂「」『』'

Node: TypeAlias = Any
"""A node of Whoosh's syntax tree, which ships no types."""


class Quotation(syntax.WordNode):  # type: ignore[misc]  # Whoosh ships no types
    """Words between quotation marks: one phrase, in which nothing is a sign."""

    def __init__(self, text: str, *, has_tilde: bool) -> None:
        super().__init__(text)
        self.has_tilde = has_tilde


class Nearness(syntax.InfixOperator):  # type: ignore[misc]  # Whoosh ships no types
    """An operator that asks for its neighbours to stand near each other."""


def settle(tagged: list[Node], source: str) -> tuple[list[Node], bool]:
    """The flat nodes of `source` with every stray sign made a word, and whether a sign was stray.

    A bracket that belongs to a word is nothing unusual and does not count as stray if its partner is there.
    """
    nodes = list(tagged)
    inner, stray_brackets = _unusable_brackets(nodes)
    for index in inner | stray_brackets:
        nodes[index] = _plain(nodes[index], source)
    strays = len(stray_brackets) + sum(_has_stray_quotation_mark(node) for node in nodes)
    # Fields and ranges from the end, because a field needs to know what became of the node behind it; operators
    # last, and again until all stand, because one made a word is something that its neighbour can work on.
    strays += _settle(nodes, source, _is_stray_field)
    strays += _spread_stray_ranges(nodes, source)
    while made_plain := _settle(nodes, source, _is_stray_operator):
        strays += made_plain
    return _with_words_merged(nodes, source), strays > 0


def _settle(nodes: list[Node], source: str, is_stray: Callable[[list[Node], int], bool]) -> int:
    count = 0
    for index in range(len(nodes) - 1, -1, -1):
        if is_stray(nodes, index):
            nodes[index] = _plain(nodes[index], source)
            count += 1
    return count


def _plain(node: Node, source: str) -> syntax.WordNode:
    return syntax.WordNode(source[node.startchar : node.endchar]).set_range(node.startchar, node.endchar)


def _has_stray_quotation_mark(node: Node) -> bool:
    return type(node) is syntax.WordNode and any(mark in node.text for mark in QUOTATION_MARKS)


def _unusable_brackets(nodes: list[Node]) -> tuple[set[int], set[int]]:
    """The brackets that belong to a word, and those that have no partner or stand too deep."""
    inner: set[int] = set()
    stray: set[int] = set()
    open_at: list[int] = []
    for index, node in enumerate(nodes):
        if isinstance(node, GroupPlugin.OpenBracket):
            open_at.append(index)
        elif isinstance(node, GroupPlugin.CloseBracket) and not open_at:
            stray.add(index)
        elif isinstance(node, GroupPlugin.CloseBracket):
            opened = open_at.pop()
            if len(open_at) >= DEEPEST_BRACKETS:
                stray |= {opened, index}
            elif not _surrounds_words(nodes, opened, index):
                inner |= {opened, index}
    return inner, stray | set(open_at)


def _surrounds_words(nodes: list[Node], opened: int, closed: int) -> bool:
    before = nodes[opened - 1] if opened else None
    after = nodes[closed + 1] if closed + 1 < len(nodes) else None
    starts_word = not isinstance(before, syntax.WordNode | GroupPlugin.CloseBracket)
    ends_word = not isinstance(after, syntax.WordNode | GroupPlugin.OpenBracket)
    return starts_word and ends_word and any(not node.is_ws() for node in nodes[opened + 1 : closed])


def _is_stray_field(nodes: list[Node], index: int) -> bool:
    behind = nodes[index + 1] if index + 1 < len(nodes) else None
    is_value = isinstance(behind, syntax.WordNode | syntax.RangeNode | GroupPlugin.OpenBracket)
    return isinstance(nodes[index], syntax.FieldnameNode) and not is_value


def _spread_stray_ranges(nodes: list[Node], source: str) -> int:
    """Put the single words of every range that belongs to no field in its place; how many there were."""
    count = 0
    for index in range(len(nodes) - 1, -1, -1):
        before = nodes[index - 1] if index else None
        if isinstance(nodes[index], syntax.RangeNode) and not isinstance(before, syntax.FieldnameNode):
            nodes[index : index + 1] = _words_and_spaces(nodes[index], source)
            count += 1
    return count


def _words_and_spaces(node: Node, source: str) -> list[Node]:
    runs = re.finditer(r"\s+|\S+", source[node.startchar : node.endchar])
    return [
        (syntax.Whitespace() if run[0].isspace() else syntax.WordNode(run[0])).set_range(
            node.startchar + run.start(), node.startchar + run.end()
        )
        for run in runs
    ]


def _is_stray_operator(nodes: list[Node], index: int) -> bool:
    node = nodes[index]
    if not isinstance(node, syntax.Operator):
        return False
    behind = _significant(nodes, index, step=1)
    if isinstance(node, syntax.PrefixOperator):
        return not _starts_operand(behind)
    negated = isinstance(behind, syntax.PrefixOperator) and not isinstance(node, Nearness)
    return not (_ends_operand(_significant(nodes, index, step=-1)) and (negated or _starts_operand(behind)))


def _significant(nodes: list[Node], index: int, *, step: int) -> Node | None:
    """The nearest node that is not white space, before (step -1) or behind (step 1)."""
    index += step
    while 0 <= index < len(nodes) and nodes[index].is_ws():
        index += step
    return nodes[index] if 0 <= index < len(nodes) else None


def _starts_operand(node: Node | None) -> bool:
    return isinstance(node, syntax.WordNode | syntax.FieldnameNode | GroupPlugin.OpenBracket)


def _ends_operand(node: Node | None) -> bool:
    return isinstance(node, syntax.WordNode | syntax.RangeNode | GroupPlugin.CloseBracket)


def _with_words_merged(nodes: list[Node], source: str) -> list[Node]:
    """The nodes with words that touch each other made one."""
    merged: list[Node] = []
    for node in nodes:
        last = merged[-1] if merged else None
        if last is not None and type(node) is type(last) is syntax.WordNode and last.endchar == node.startchar:
            whole = source[last.startchar : node.endchar]
            merged[-1] = syntax.WordNode(whole).set_range(last.startchar, node.endchar)
        else:
            merged.append(node)
    return merged
