"""Small by measurement: the bar of the house for files and functions."""

import ast
from pathlib import Path
from statistics import median

import pytest
from house import ROOT, Function, modules

MAX_FILE_LINES = 400
MAX_FUNCTION_LINES = 60
MEDIAN_FUNCTION_LINES = 8
MAX_NESTING = 3
"""Blocks inside blocks; a ``with`` or ``try`` around a loop with a condition is the most."""

BLOCKS = (ast.If, ast.For, ast.While, ast.With, ast.Try, ast.Match)
SOURCES = ("dms/**/*.py", "vault/**/*.py", "tests/**/*.py", "scripts/**/*.py", "dms/web/**/*.js", "dms/web/**/*.html")
FUNCTIONS = [
    function
    for module in modules()
    if not module.name.startswith("dms.store.migrations")  # numbered once, run once: each is a long list of tables
    for function in module.functions()
]


def test_no_file_is_longer_than_a_person_reads():
    paths = [path for pattern in SOURCES for path in ROOT.glob(pattern)]
    long = {str(path.relative_to(ROOT)): lines for path in paths if (lines := _line_count(path)) > MAX_FILE_LINES}
    assert long == {}


def test_no_function_is_longer_than_a_screen():
    assert {f.place: f.line_count for f in FUNCTIONS if f.line_count > MAX_FUNCTION_LINES} == {}


def test_the_median_function_is_short():
    assert median(f.line_count for f in FUNCTIONS) <= MEDIAN_FUNCTION_LINES


def test_no_function_is_nested_deeply():
    depths = {f.place: _depth(f.node.body) for f in FUNCTIONS}
    assert {place: depth for place, depth in depths.items() if depth > MAX_NESTING} == {}


@pytest.mark.parametrize("package", ["dms", "vault"])
def test_every_function_is_fully_annotated(package):
    lacking = [f.place for f in FUNCTIONS if f.place.startswith(package) and not _is_annotated(f)]
    assert lacking == []


def test_every_public_function_says_what_it_returns():
    silent = [f.place for f in FUNCTIONS if f.public and not _is_setter(f) and not _speaks(f)]
    assert silent == []


def test_every_module_says_what_it_is_for():
    assert [m.name for m in modules() if not ast.get_docstring(m.tree) and "migrations" not in m.name] == []


def test_no_yes_or_no_is_passed_by_position():
    places = [f.place for f in FUNCTIONS if not f.node.name.startswith("__") and any(map(_is_bool, _positional(f)))]
    assert places == []


def _line_count(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def _depth(statements: list[ast.stmt]) -> int:
    return max((_depth_of(statement) for statement in statements), default=0)


def _depth_of(statement: ast.AST) -> int:
    own = int(isinstance(statement, BLOCKS))
    return own + max(map(_depth_of, _bodies(statement)), default=0)


def _bodies(statement: ast.AST) -> list[ast.stmt]:
    """The statements inside; an ``elif`` stands beside its ``if``, not inside it."""
    inner: list[ast.stmt] = []
    for name in ("body", "handlers", "finalbody", "cases"):
        for child in getattr(statement, name, []):
            inner.extend(child.body if isinstance(child, ast.ExceptHandler | ast.match_case) else [child])
    otherwise = getattr(statement, "orelse", [])
    is_elif = isinstance(statement, ast.If) and len(otherwise) == 1 and isinstance(otherwise[0], ast.If)
    inner.extend(_bodies(otherwise[0]) if is_elif else otherwise)
    return [child for child in inner if not isinstance(child, ast.FunctionDef | ast.ClassDef)]


def _is_annotated(function: Function) -> bool:
    arguments = function.node.args
    every = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs]
    named = [a for i, a in enumerate(every) if not (i == 0 and a.arg in {"self", "cls"})]
    optional = [a for a in (arguments.vararg, arguments.kwarg) if a]
    return function.node.returns is not None and all(a.annotation for a in [*named, *optional])


def _speaks(function: Function) -> bool:
    return bool(ast.get_docstring(function.node))


def _is_setter(function: Function) -> bool:
    """A setter has no words of its own: the property speaks for it."""
    return any(isinstance(d, ast.Attribute) and d.attr == "setter" for d in function.node.decorator_list)


def _positional(function: Function) -> list[ast.arg]:
    return [*function.node.args.posonlyargs, *function.node.args.args]


def _is_bool(argument: ast.arg) -> bool:
    return isinstance(argument.annotation, ast.Name) and argument.annotation.id == "bool"
