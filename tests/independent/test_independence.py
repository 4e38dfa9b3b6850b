"""The other implementation stands alone: a mistake in the first cannot be its own."""

import ast
from pathlib import Path

import pytest

HERE = Path(__file__).parent
SOURCES = [path for path in sorted(HERE.glob("*.py")) if not path.name.startswith("test_")]
OUTSIDE = {"argon2", "numpy", "sqlcipher3"}
"""Argon2id, arrays of words, and the catalogue's own program; no cipher, no hash, no AEAD."""
STANDARD = {
    "collections",
    "contextlib",
    "dataclasses",
    "datetime",
    "hashlib",
    "hmac",
    "json",
    "pathlib",
    "re",
    "typing",
}


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: path.stem)
def test_it_imports_nothing_of_the_first(source):
    allowed = OUTSIDE | STANDARD | {"independent", "unicodedata"}
    assert _imported(ast.parse(source.read_text(encoding="utf-8"))) <= allowed


def _imported(tree: ast.Module) -> set[str]:
    """The packages whose names a module uses."""
    whole = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    parts = {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    return {name.partition(".")[0] for name in whole | parts}
