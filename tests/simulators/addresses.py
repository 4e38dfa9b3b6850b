"""Addresses compiled once for all applications of a test run.

Werkzeug compiles two functions for each of some four hundred addresses whenever an application is made, which takes a
third of the time of the tests of its pages. What they do depends on the address and its defaults alone, so the
applications share them.
"""

from collections.abc import Callable
from typing import Any

from werkzeug.routing import Rule

_compile = Rule._compile_builder
_compiled: dict[tuple[Any, ...], Callable[..., tuple[str, str]]] = {}


def _compile_once(rule: Rule, append_unknown: bool = True) -> Callable[..., tuple[str, str]]:
    defaults = repr(sorted((rule.defaults or {}).items()))
    stated = rule.rule, rule.subdomain, rule.host, defaults, append_unknown
    if stated not in _compiled:
        _compiled[stated] = _compile(rule, append_unknown)
    return _compiled[stated]


def share_addresses() -> None:
    """From now on, an address that was compiled is not compiled again."""
    Rule._compile_builder = _compile_once  # type: ignore[method-assign]
