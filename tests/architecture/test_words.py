"""The words of the code are the words of the glossary, and a word means one thing."""

import ast
import re

import pytest
from house import ROOT, modules

GLOSSARY = ROOT / "docs" / "glossary.md"
ROW = re.compile(r"^\| (?P<chinese>[^|]+) \| (?P<identifiers>[^|]+) \| (?P<meaning>[^|]+) \|$")
HAN = re.compile(r"[一-鿿]")

DESIGNED = frozenset(
    re.findall(
        r"\w+",
        """Fonds Customer Contract Series Volume Item Page ReferenceCode ContentsList VolumeCatalogue FilingNote Dispute
        RetentionPeriod RetentionRule Appraisal Hold DestructionList Loan Consultation TransferList TitleDocument Grade
        CopyKind Rendition Journal EvidencePackage""",
    )
)
"""The words that were chosen before there was any code."""

EMPTY_WORDS = frozenset({"util", "utils", "helper", "helpers", "common", "core", "manager", "service", "misc"})
"""A word that fits everything describes nothing."""

TERMS = ("KeyService", "key_service")
"""A key service is a thing that is sold under this name: an HSM, or what a cloud offers in its place."""

REFUSALS = {"ActionForbidden", "CodeFieldUnfit", "PatternUnusable"}


def _rows() -> list[re.Match[str]]:
    lines = GLOSSARY.read_text(encoding="utf-8").splitlines()
    table = [line for line in lines if line.startswith("|")]
    return [match for line in table[2:] if (match := ROW.match(line))]


def _listed() -> frozenset[str]:
    return frozenset(word for row in _rows() for word in re.findall(r"`(\w+)`", row["identifiers"]))


def _fields(annotation: str) -> list[tuple[str, str]]:
    """Module and name of every field of a class that is annotated so, or optionally so."""
    return [
        (module.name, node.target.id)
        for module in modules()
        for holder in module.classes()
        for node in holder.body
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name)
        if ast.unparse(node.annotation) in {annotation, f"{annotation} | None"}
    ]


def test_every_row_of_the_glossary_gives_the_chinese_word_the_identifier_and_the_meaning():
    table = [line for line in GLOSSARY.read_text(encoding="utf-8").splitlines() if line.startswith("|")]
    assert len(_rows()) == len(table) - 2
    assert all(HAN.search(row["chinese"]) and row["meaning"].strip() for row in _rows())


def test_no_identifier_stands_for_two_words():
    words = [word for row in _rows() for word in re.findall(r"`(\w+)`", row["identifiers"])]
    assert sorted(words) == sorted(set(words))


def test_every_value_of_the_domain_is_in_the_glossary():
    classes = {
        node.name
        for module in modules()
        if module.name.startswith("dms.domain")
        for node in module.classes()
        if not node.name.startswith("_")
    }
    assert classes - _listed() - REFUSALS == set()


def test_the_words_of_the_design_are_in_the_glossary():
    assert DESIGNED - _listed() == set()


@pytest.mark.parametrize("kind", ["module", "class"])
def test_no_name_is_a_word_that_fits_everything(kind):
    if kind == "module":
        names = [part for module in modules() for part in module.name.split(".")]
    else:
        names = [node.name for module in modules() for node in module.classes()]
    rest = re.sub("|".join(TERMS), " ", " ".join(names))
    words = {word.lower() for word in re.findall(r"[A-Z]?[a-z]+", rest)}
    assert words & EMPTY_WORDS == set()


def test_a_computer_file_is_never_called_file():
    bound = [
        f"{module.name}:{node.lineno}"
        for module in modules()
        for node in ast.walk(module.tree)
        if (isinstance(node, ast.arg) and node.arg in {"file", "filename"})
        or (isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store) and node.id in {"file", "filename"})
    ]
    assert [place for place in bound if not place.startswith("dms.web.request:")] == []  # Werkzeug's own parameter name


def test_moments_end_in_at_and_days_in_on():
    assert [field for field in _fields("datetime") if not re.search(r"(^|_)(at|since)$", field[1])] == []
    assert [field for field in _fields("date") if not re.search(r"(_on|(^|_)day)$", field[1])] == []
