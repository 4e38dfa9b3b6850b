"""What counts of many words: the last of each member about a paper, else his last about all."""

from datetime import UTC, date, datetime

import pytest

from dms.domain.appraisal import Opinion, Verdict, agreed_on, extended_to, opinions_on

NOW = datetime(2026, 3, 2, tzinfo=UTC)


def said(member: str, verdict: Verdict, line_id: int | None = None, years: int | None = None) -> Opinion:
    return Opinion(member=member, line_id=line_id, verdict=verdict, years=years, reason="理由", given_at=NOW)


def verdicts(line_id: int, *opinions: Opinion) -> dict[str, Verdict]:
    return {name: opinion.verdict for name, opinion in opinions_on([line_id], opinions)[line_id].items()}


def test_the_last_word_about_a_paper_counts_before_any_about_all():
    words = (
        said("甲", Verdict.DESTROY),
        said("甲", Verdict.PERMANENT, 1),
        said("甲", Verdict.EXTEND, years=10),
        said("乙", Verdict.DESTROY, 2),
        said("乙", Verdict.PERMANENT, 2),
    )
    assert verdicts(1, *words) == {"甲": Verdict.PERMANENT}
    assert verdicts(2, *words) == {"甲": Verdict.EXTEND, "乙": Verdict.PERMANENT}
    assert verdicts(3, *words) == {"甲": Verdict.EXTEND}


def test_members_agree_when_all_have_spoken_and_say_the_same():
    ten, twenty = said("甲", Verdict.EXTEND, years=10), said("乙", Verdict.EXTEND, years=20)
    assert agreed_on(["甲", "乙"], {"甲": ten, "乙": twenty}) is None
    assert agreed_on(["甲", "乙"], {"甲": ten}) is None
    assert agreed_on(["甲", "乙"], {"甲": ten, "乙": said("乙", Verdict.EXTEND, years=10)}) == ten
    assert agreed_on([], {}) is None


@pytest.mark.parametrize(
    ("due_on", "years", "until_on"),
    [
        (date(2020, 12, 31), 10, date(2030, 12, 31)),
        (date(2024, 2, 29), 1, date(2025, 12, 31)),
        (date(9990, 12, 31), 100, date(9999, 12, 31)),
    ],
)
def test_an_extension_goes_on_from_the_end_of_the_term_to_the_end_of_a_year(due_on, years, until_on):
    assert extended_to(due_on, years) == until_on
