"""Every refusal says what happened and what to do, in both languages, under a code of its own."""

import importlib
import inspect
import re
import types
from collections import Counter
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum
from pathlib import Path
from typing import Any, Union, get_args, get_origin, get_type_hints

import pytest
from house import modules

from dms.domain.report import ReportPeriod, whole_year
from dms.errors import Bilingual, DmsError, Kind
from dms.filing.ledger import FactProblem, LedgerField, RowProblem

HAN = re.compile(r"[一-鿿]")
LATIN_WORD = re.compile(r"[A-Za-z]{2,}")
SAMPLES: dict[Any, Any] = {
    str: "SAMPLE-1",
    int: 7,
    float: 7.5,
    bool: True,
    bytes: b"sample",
    Path: Path("sample.png"),
    date: date(2023, 5, 18),
    datetime: datetime(2023, 5, 18, 9, 30, tzinfo=UTC),
    Decimal: Decimal("438000.00"),
    Bilingual: Bilingual("样本。", "A sample."),
    FactProblem: FactProblem(field=LedgerField.TITLE, what=Bilingual("样本。", "A sample.")),
    ReportPeriod: whole_year(2025),
    RowProblem: RowProblem(row=7, column="B", field=LedgerField.TITLE, what=Bilingual("样本。", "A sample.")),
}


def _classes() -> list[type[DmsError]]:
    names = [m.name for m in modules() if m.name.startswith("dms.") and ("DmsError" in m.text or "errors" in m.name)]
    loaded = [importlib.import_module(name) for name in names if ".keyless" not in name and ".migrations" not in name]
    found = {
        value
        for module in loaded
        for value in vars(module).values()
        if inspect.isclass(value) and issubclass(value, DmsError) and value.__module__ == module.__name__
    }
    return sorted(found, key=lambda kind: (kind.__module__, kind.__name__))


def _said_aloud() -> list[type[DmsError]]:
    """Those that are raised: a class with subclasses is a family, not a situation."""
    return [kind for kind in _classes() if not kind.__subclasses__() and kind is not DmsError]


def _sample(wanted: Any) -> Any:
    """A value of the annotated type."""
    if wanted in SAMPLES:
        return SAMPLES[wanted]
    origin, arguments = get_origin(wanted), get_args(wanted)
    if origin in (Union, types.UnionType):
        return _sample(arguments[0])
    if origin is not None:
        return _collection(origin, arguments)
    if isinstance(wanted, type) and issubclass(wanted, Enum):
        return next(iter(wanted))
    raise LookupError(f"no sample of {wanted}; add one to SAMPLES")


def _collection(origin: type, arguments: tuple[Any, ...]) -> Any:
    inner = [_sample(argument) for argument in arguments if argument is not Ellipsis]
    if issubclass(origin, dict) or "Mapping" in origin.__name__:
        return dict([inner])
    return inner if "abc" in origin.__module__ else origin(inner)


def _raised(kind: type[DmsError]) -> DmsError:
    hints = get_type_hints(kind.__init__)
    parameters = list(inspect.signature(kind).parameters.values())
    needed = [p for p in parameters if p.kind not in (p.VAR_POSITIONAL, p.VAR_KEYWORD)]
    named = {p.name: _sample(hints[p.name]) for p in needed if p.kind is p.KEYWORD_ONLY}
    return kind(*[_sample(hints[p.name]) for p in needed if p.kind is not p.KEYWORD_ONLY], **named)


def test_no_two_situations_share_a_code():
    codes = Counter(kind.code for kind in _said_aloud())
    assert [code for code, count in codes.items() if count > 1] == []


@pytest.mark.parametrize("kind", _said_aloud(), ids=lambda kind: kind.__name__)
def test_a_refusal_says_what_happened_and_what_to_do_in_both_languages(kind):
    refusal = _raised(kind)
    assert re.fullmatch(r"[a-z][a-z0-9_]*", refusal.code)
    assert isinstance(refusal.kind, Kind)
    assert inspect.getdoc(kind), "a refusal describes its situation"
    for sentence in (refusal.what, refusal.remedy):
        assert HAN.search(sentence.zh), sentence.zh
        assert LATIN_WORD.search(sentence.en), sentence.en
        assert not HAN.search(sentence.en.replace("样本", "")), sentence.en
        assert sentence.zh.rstrip("”）").endswith(("。", "？", "！")), sentence.zh
        assert sentence.en.rstrip("”)").endswith((".", "?", "!")), sentence.en


def test_every_kind_of_refusal_has_one_exit_code_and_one_status():
    from dms.cli import EXIT_CODES
    from dms.web.refusals import STATUS

    assert set(EXIT_CODES) == set(Kind)
    assert set(Kind) <= set(STATUS)
    assert len(set(EXIT_CODES.values())) == len(Kind)
