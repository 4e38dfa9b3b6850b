"""docs/vault-format.md, the errors and the code say the same."""

import inspect
import re
from pathlib import Path

import vault
from vault import VaultError, errors

PAGE = Path(__file__).parents[2] / "docs" / "vault-format.md"
FAMILIES = {errors.VaultError, errors.ObjectDamaged, errors.UnlockRefused}


def situations():
    classes = {value for _, value in inspect.getmembers(errors, inspect.isclass) if issubclass(value, VaultError)}
    return classes - FAMILIES


def test_the_page_lists_every_situation_and_no_other():
    table = PAGE.read_text("utf-8").split("## 8. Errors")[1]
    listed = re.findall(r"^\| `(\w+)` \|", table, flags=re.MULTILINE)
    assert sorted(listed) == sorted(situation.code for situation in situations())


def test_no_two_situations_share_a_code():
    codes = [situation.code for situation in situations() | FAMILIES]
    assert len(codes) == len(set(codes))


def test_every_obligation_of_the_page_stands_beside_the_code_that_keeps_it():
    numbers = set(re.findall(r"^- \*\*(V\d+)\*\*", PAGE.read_text("utf-8"), flags=re.MULTILINE))
    sources = "".join(path.read_text("utf-8") for path in Path(vault.__file__).parent.glob("*.py"))
    assert numbers == {f"V{number}" for number in range(1, 32)}
    assert numbers == set(re.findall(r"\bV\d+\b", sources))


def test_everything_at_the_door_exists():
    assert all(hasattr(vault, name) for name in vault.__all__)
