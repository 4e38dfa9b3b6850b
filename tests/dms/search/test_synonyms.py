"""A company's synonyms are checked before they widen anybody's search."""

import pytest
from simulators.people import ARCHIVIST, AUDITOR, CLERK, LAWYER

from dms.domain.actor import ActionForbidden
from dms.domain.synonym import default_synonyms
from dms.search.errors import SynonymAlone, SynonymsTooMany, SynonymTwice, SynonymUnusable
from dms.search.synonyms import (
    MAX_GROUPS,
    MAX_WORD_CHARACTERS,
    MAX_WORDS,
    checked_synonyms,
    restore_default_synonyms,
    set_synonym_groups,
    synonym_groups,
)

OWN = (("违约金", "滞纳金"), ("甲方", "需方", "买方"))

REFUSED = {
    "one word": ([["违约金"]], SynonymAlone),
    "no word": ([[]], SynonymAlone),
    "the same word in two ways of writing": ([["违约金", "違約金"]], SynonymAlone),
    "the same word in full width": ([["NDA", "ｎｄａ"]], SynonymAlone),
    "a word in two groups": ([["违约金", "滞纳金"], ["滞纳金", "罚金"]], SynonymTwice),
    "a word in two groups, written in two ways": ([["账户", "账号"], ["賬戶", "户头"]], SynonymTwice),
    "punctuation": ([["违约金", "——"]], SynonymUnusable),
    "nothing": ([["违约金", " "]], SynonymUnusable),
    "half a character": ([["违约金", "\udcff"]], SynonymUnusable),
    "a passage": ([["违约金", "违" * (MAX_WORD_CHARACTERS + 1)]], SynonymUnusable),
    "too many words": ([[f"词{number}" for number in range(MAX_WORDS + 1)]], SynonymsTooMany),
    "too many groups": ([[f"甲{number}", f"乙{number}"] for number in range(MAX_GROUPS + 1)], SynonymsTooMany),
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_table_that_would_mislead_is_refused_and_the_old_one_stays(archive, case):
    groups, refusal = REFUSED[case]
    with pytest.raises(refusal):
        set_synonym_groups(ARCHIVIST, groups, archive=archive)
    assert synonym_groups(LAWYER, archive=archive) == default_synonyms()


def test_stated_groups_are_in_force_for_everybody_and_journaled_with_both_counts(archive):
    assert set_synonym_groups(ARCHIVIST, OWN, archive=archive) == OWN
    assert synonym_groups(LAWYER, archive=archive) == OWN
    set_synonym_groups(ARCHIVIST, (), archive=archive)
    assert synonym_groups(LAWYER, archive=archive) == ()
    with archive.looking() as view:
        last, first = view.journal.entries(newest_first=2)
    shipped = {"groups_before": len(default_synonyms()), "words_before": sum(map(len, default_synonyms()))}
    assert (first.action, first.details) == ("synonyms_stated", {**shipped, "groups": 2, "words": 5})
    assert last.details == {"groups_before": 2, "words_before": 5, "groups": 0, "words": 0}


def test_the_shipped_table_can_be_had_back(archive):
    set_synonym_groups(ARCHIVIST, OWN, archive=archive)
    assert restore_default_synonyms(ARCHIVIST, archive=archive) == default_synonyms()
    assert synonym_groups(LAWYER, archive=archive) == default_synonyms()


def test_words_are_tidied_and_each_is_kept_once():
    assert checked_synonyms([[" 违约金 ", "滞纳金\n", "違約金", "force   majeure"]]) == (
        ("违约金", "滞纳金", "force majeure"),
    )


def test_the_shipped_table_passes_the_checks_itself():
    assert checked_synonyms(default_synonyms()) == default_synonyms()


def test_who_keeps_the_customers_keeps_the_synonyms(archive):
    for person in (CLERK, LAWYER, AUDITOR):
        for refused in (lambda who: set_synonym_groups(who, OWN, archive=archive),
                        lambda who: restore_default_synonyms(who, archive=archive)):  # fmt: skip
            with pytest.raises(ActionForbidden):
                refused(person)
    with pytest.raises(ActionForbidden):
        synonym_groups(AUDITOR, archive=archive)
