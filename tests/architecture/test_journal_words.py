"""Every act that the program journals has a word for the people who read the journal."""

import ast
from pathlib import Path

from dms.web import labels

DMS = Path(__file__).parents[2] / "dms"


def acts_in_source():
    for path in DMS.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "record":
                yield from (
                    argument.value
                    for argument in node.args[2:3]
                    if isinstance(argument, ast.Constant) and isinstance(argument.value, str)
                )


def test_every_journaled_act_has_a_word():
    acts = set(acts_in_source())
    assert len(acts) > 15
    assert acts - set(labels._ACTIONS) == set()
