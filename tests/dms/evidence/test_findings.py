"""What can be found is written down, in both languages, and every finding is planted by some test."""

import re
from pathlib import Path

import pytest

from dms.domain.inspection import Severity
from dms.evidence import FindingCode
from dms.evidence.findings import WORDS

ROOT = Path(__file__).parents[3]
HAN = re.compile(r"[一-鿿]")
ROW = re.compile(r"^\| `(?P<code>\w+)` \| (?P<severity>\w+) \|", re.MULTILINE)


def documented():
    page = (ROOT / "docs" / "verification.md").read_text(encoding="utf-8")
    return {row["code"]: row["severity"] for row in ROW.finditer(page)}


def test_every_finding_is_explained_with_its_severity_and_nothing_else_is():
    assert documented() == {code.value: words.severity.value for code, words in WORDS.items()}


@pytest.mark.parametrize("code", list(FindingCode))
def test_a_finding_says_what_it_is_and_what_to_do_in_both_languages(code):
    words = WORDS[code]
    for sentence in (words.what, words.remedy):
        assert HAN.search(sentence.zh)
        assert not HAN.search(sentence.en)
        assert sentence.zh.rstrip("”）").endswith(("。", "？"))
        assert sentence.en.rstrip(")").endswith((".", "BACKUP_FOLDER", "objects"))
        assert set(re.findall(r"\{(\w+)\}", sentence.zh)) == set(re.findall(r"\{(\w+)\}", sentence.en))


@pytest.mark.parametrize("code", [code for code, words in WORDS.items() if words.severity is Severity.DAMAGE])
def test_every_damage_is_planted_by_a_test(code):
    tests = [path.read_text(encoding="utf-8") for path in Path(__file__).parent.rglob("test_*.py")]
    cli = (ROOT / "tests/dms/cli/test_cli_verifying.py").read_text(encoding="utf-8")
    assert any(f'"{code.value}"' in text for text in [*tests, cli])
