from time import perf_counter

import pytest

from dms.search.grammar import Both, Either, Grammar, Term, Without

GRAMMAR = Grammar(frozenset({"客户", "年度", "year"}))


def _shown(tree):
    match tree:
        case Term():
            return tree.written
        case Both(parts):
            return f"({' & '.join(map(_shown, parts))})"
        case Either(parts):
            return f"({' | '.join(map(_shown, parts))})"
        case Without(part):
            return f"!{_shown(part)}"


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("a b", "(a & b)"),
        ("客户：(a OR b) c", "(((客户:a | 客户:b)) & c)"),
        ("Year:[2021 TO 2023]", "(Year:2021..2023)"),
        ('客户:"a (b"', "(客户:a (b)"),
        ("（2024）苏买 x", "(（2024）苏买 & x)"),
        ("其他:x", "(其他:x)"),
        ("这是客户:x", "(这是客户:x)"),
        ("a(b OR c)d", "((a(b | c)d))"),
        ("NOT (a OR b) c", "(!((a | b)) & c)"),
        ("", "()"),
    ],
)
def test_a_query_has_this_tree(query, shown):
    assert _shown(GRAMMAR.parse(query).tree) == shown


@pytest.mark.parametrize(
    "unit", ["[", "[a", "[ to", "(", ")", '"', "“", "客户:", "NOT ", "a OR ", "年度:[~", " ", "( ", "a AND ", "「"]
)
def test_a_thousand_characters_of_anything_are_parsed_at_once(unit):
    started = perf_counter()
    GRAMMAR.parse((unit * 1000)[:1000])
    assert perf_counter() - started < 1
