"""The company's synonyms: what is in force, and stating others.

What always holds: every group has at least two different words, every word something to search for, and no word stands
in two groups; words that fold to the same text (`dms.search.analysis`) are one word.
"""

from collections.abc import Sequence

from dms.archive import Archive
from dms.domain.actor import Actor, Permission
from dms.domain.one_line import one_line
from dms.domain.synonym import SynonymGroups, default_synonyms
from dms.search.analysis import folded
from dms.search.errors import SynonymAlone, SynonymsTooMany, SynonymTwice, SynonymUnusable

MAX_GROUPS = 1000
MAX_WORDS = 20
"""In one group: each of them is searched for wherever one is asked for."""
MAX_WORD_CHARACTERS = 40


def synonym_groups(actor: Actor, *, archive: Archive) -> SynonymGroups:
    """The groups of words that mean the same, in their order."""
    actor.require(Permission.CONSULT)
    with archive.looking() as view:
        return view.synonyms.groups()


def set_synonym_groups(actor: Actor, groups: Sequence[Sequence[str]], *, archive: Archive) -> SynonymGroups:
    """The groups that are in force now, in the place of all that were before; journaled.

    None at all is a table too. Raises `SynonymsTooMany`, `SynonymUnusable`, `SynonymAlone` or `SynonymTwice`.
    """
    actor.require(Permission.MANAGE_CUSTOMERS)
    stated = checked_synonyms(groups)
    with archive.begin() as work:
        before = work.synonyms.groups()
        work.synonyms.state(stated)
        archive.record(work, actor, "synonyms_stated", "synonyms", **_counts(before, stated))
    return stated


def restore_default_synonyms(actor: Actor, *, archive: Archive) -> SynonymGroups:
    """The groups that the program ships, in force again; journaled."""
    actor.require(Permission.MANAGE_CUSTOMERS)
    with archive.begin() as work:
        before = work.synonyms.groups()
        work.synonyms.give_up()
        archive.record(work, actor, "synonyms_restored", "synonyms", **_counts(before, default_synonyms()))
    return default_synonyms()


def checked_synonyms(untrusted_groups: Sequence[Sequence[str]]) -> SynonymGroups:
    """The groups with every word on one line and once; raises as `set_synonym_groups` does."""
    if len(untrusted_groups) > MAX_GROUPS:
        raise SynonymsTooMany(MAX_GROUPS, MAX_WORDS)
    groups = tuple(map(_checked_group, untrusted_groups))
    seen: set[str] = set()
    for word in (word for group in groups for word in group):
        if folded(word) in seen:
            raise SynonymTwice(word)
        seen.add(folded(word))
    return groups


def _checked_group(untrusted_words: Sequence[str]) -> tuple[str, ...]:
    words: dict[str, str] = {}
    for word in map(_checked_word, untrusted_words):
        words.setdefault(folded(word), word)
    if len(words) < 2:
        raise SynonymAlone("".join(words.values()))
    if len(words) > MAX_WORDS:
        raise SynonymsTooMany(MAX_GROUPS, MAX_WORDS)
    return tuple(words.values())


def _checked_word(untrusted_word: str) -> str:
    word = one_line(untrusted_word)
    if len(word) > MAX_WORD_CHARACTERS or not folded(word):
        raise SynonymUnusable(word[:MAX_WORD_CHARACTERS], MAX_WORD_CHARACTERS)
    return word


def _counts(before: SynonymGroups, after: SynonymGroups) -> dict[str, int]:
    return {
        "groups_before": len(before),
        "words_before": sum(map(len, before)),
        "groups": len(after),
        "words": sum(map(len, after)),
    }
