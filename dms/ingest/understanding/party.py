"""Who is named on a paper, and in which role."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import islice

from dms.ingest.understanding.cues import Cues, TypeCues
from dms.ingest.understanding.label import Label, alternatives, find_labels, find_misread_labels
from dms.ingest.understanding.organisation import Name, find_companies, name_at
from dms.ingest.understanding.paper import Paper, Passage, View

SIGNED = "落款单位"
"""The company below a letter or an authorization, where no label names it."""
IN_TEXT = "正文单位"
"""A company that the text mentions without a role."""
ADDRESSEE = "收件单位"

_UNPRINTED_ROLES = frozenset({SIGNED, IN_TEXT})


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """A name in a role. `also` is the second role of 乙方（卖方）; empty where there is one only."""

    role: str
    also: str
    name: Name
    role_passage: Passage | None
    """None for a role that is not printed, but follows from where the name stands."""

    @property
    def order(self) -> tuple[int, int]:
        """Sorts parties as they stand on the paper."""
        return self.name.passage.place.page, self.name.passage.place.start


def find_parties(paper: Paper, type_cues: TypeCues, cues: Cues) -> tuple[Party, ...]:
    """Everyone whom the paper names in a role, in the order of the text; the same one may stand there several times."""
    found: list[Party] = []
    for view in paper.views():
        found += _labelled(view, cues)
        found += _named_in_columns(view, cues)
    for view in paper.running_views():
        found += _shortened(view, cues)
    found += _addressees(paper, cues)
    found += _unlabelled(paper, cues, taken=frozenset((p.name.passage.place.page, p.name.end) for p in found))
    named = {party.order for party in found if party.role_passage}
    found += [party for view in paper.views() for party in _misread(view, type_cues, cues) if party.order not in named]
    return tuple(sorted(found, key=lambda party: party.order))


def _labelled(view: View, cues: Cues) -> Iterator[Party]:
    """甲方（买方）：…, 供货单位 …, and with the word 名称 between role and colon."""
    for label in find_labels(view, cues.all_roles):
        if _heads_columns(view, label.start, cues):
            continue
        start, announced = _past_name_label(view, label, cues)
        name = name_at(view, start, cues, announced=announced)
        while name:
            yield _party(view, label, name, cues)
            listed = name.legal and view.text[name.end : name.end + 1] in _AND
            name = name_at(view, name.end + 1, cues, announced=True) if listed else None


_AND = frozenset("、和与及,")
"""What joins the names in 出席单位:甲公司、乙公司."""


def _misread(view: View, type_cues: TypeCues, cues: Cues) -> Iterator[Party]:
    """Roles of four characters and more with one of them misread, before an organisation's name."""
    for word in type_cues.customer_roles:
        for label in find_misread_labels(view, (word,)):
            name = name_at(view, label.value, cues, announced=label.colon)
            if name and name.legal:
                yield Party(role=word, also="", name=name, role_passage=view.passage(label.start, label.end))


def _past_name_label(view: View, label: Label, cues: Cues) -> tuple[int, bool]:
    """Where the name begins after a label that goes on with another: 供方单位名称:, 乙方（全称）:, 购买方 名称:."""
    second = _name_label(cues).match(view.text, label.value)
    if second and (second["colon"] or second.end() in view.gaps):
        return second.end(), True
    return label.value, label.colon


@lru_cache(maxsize=8)
def _name_label(cues: Cues) -> re.Pattern[str]:
    return re.compile(rf"(?:{alternatives(cues.words.name_labels)})(?:\([^()\n]{{0,8}}\))?(?P<colon>[:;]?)")


def _party(view: View, label: Label, name: Name, cues: Cues) -> Party:
    also = label.bracket if label.bracket in cues.all_roles else ""
    end = label.end + len(label.bracket) + 2 if also else label.end
    return Party(role=label.word, also=also, name=name, role_passage=view.passage(label.start, end))


def _named_in_columns(view: View, cues: Cues) -> Iterator[Party]:
    """Signature tables: a row of two roles, and below it rows with two names, each with the same label or with none."""
    companies = find_companies(view, cues)
    for header in re.finditer(rf"[^\n]{{4,{_LONGEST_HEAD}}}", view.text):
        roles = _only_roles(header.group(), cues)
        if len(roles) == 2:
            yield from _columns(view, header, roles, companies, cues)


_LONGEST_HEAD = 40
"""Characters in the head of a signature table."""


def _heads_columns(view: View, index: int, cues: Cues) -> bool:
    """Whether the line is the head of a signature table, so that the names below it stand in columns."""
    start, end = view.line_bounds(index)
    return end - start <= _LONGEST_HEAD and len(_only_roles(view.text[start:end], cues)) > 1


def _only_roles(line: str, cues: Cues) -> list[re.Match[str]]:
    roles = list(_role_words(cues).finditer(line))
    rest = _role_words(cues).sub("", line)
    return roles if not re.sub(r"[():\s]|签章|盖章|公章|章|签字", "", rest) else []


@lru_cache(maxsize=8)
def _role_words(cues: Cues) -> re.Pattern[str]:
    return re.compile(alternatives(role for role in cues.all_roles if len(role) > 1))


def _columns(
    view: View, header: re.Match[str], roles: Sequence[re.Match[str]], companies: Sequence[Name], cues: Cues
) -> Iterator[Party]:
    """The first row with two names among the three below the header."""
    for row in islice(re.finditer(r"[^\n]+", view.text[header.end() : header.end() + 3 * _LONGEST_ROW]), 3):
        names = _names_in_row(view, header.end() + row.start(), header.end() + row.end(), companies, cues)
        if len(names) == 2:
            for role, name in zip(roles, names, strict=True):
                role_passage = view.passage(header.start() + role.start(), header.start() + role.end())
                yield Party(role=role.group(), also="", name=name, role_passage=role_passage)
            return


_LONGEST_ROW = 100
"""Characters in a row of two names."""


def _names_in_row(view: View, start: int, end: int, companies: Sequence[Name], cues: Cues) -> list[Name]:
    """The names behind labels such as 单位名称, or the bare company names, of one row."""
    labels = [m for m in _name_label(cues).finditer(view.text, start, end) if view.begins_cell(m.start())]
    named = [name_at(view, label.end(), cues, announced=True) for label in labels]
    legal = [name for name in named if name and name.legal]
    return legal or [name for name in companies if start <= name.end - 1 < end]


def _shortened(view: View, cues: Cues) -> Iterator[Party]:
    """苏州某某有限公司（以下简称“甲方”）."""
    for name in find_companies(view, cues):
        match = _short_form(cues).match(view.text, name.end)
        if match:
            role_passage = view.passage(match.start("role"), match.end("role"))
            yield Party(role=match["role"], also="", name=name, role_passage=role_passage)


@lru_cache(maxsize=8)
def _short_form(cues: Cues) -> re.Pattern[str]:
    return re.compile(
        rf"\((?:[^()]{{0,12}}?(?:以下|下)?(?:简称|称)为?)?[:\"“”'‘’「]*(?P<role>{alternatives(cues.all_roles)})"
    )


def _addressees(paper: Paper, cues: Cues) -> Iterator[Party]:
    """The company that stands alone before a colon near the top of the first page: who a letter is written to."""
    if paper.first is None:
        return
    view = paper.first.lines
    for name in find_companies(view, cues):
        start, end = view.line_bounds(name.end - 1)
        alone = re.fullmatch(r"(?:致|尊敬的)?:?", view.text[start : _start_of(view, name)])
        if alone and view.text[name.end : end] in {":", ";"} and view.text.count("\n", 0, start) < 8:
            yield Party(role=ADDRESSEE, also="", name=name, role_passage=None)


def _unlabelled(paper: Paper, cues: Cues, *, taken: frozenset[tuple[int, int]]) -> Iterator[Party]:
    """Companies without a role: the signature below the text, and those that the text mentions.

    `taken` are page and end of the names that have a role, so that 致某某公司 is not a signature as well.
    """
    if not paper.sheets:
        return
    last = paper.sheets[-1].lines
    for view in paper.running_views():
        for name in find_companies(view, cues):
            yield Party(role=IN_TEXT, also="", name=name, role_passage=None)
    for line in list(re.finditer(r"[^\n]+", last.text))[1:][-_SIGNATURE_LINES:]:
        signer = name_at(last, line.start(), cues, announced=True)
        if signer is None or not signer.legal or (last.page, signer.end) in taken:
            continue
        if not _DEPARTMENT.fullmatch(signer.value) and _AFTER_SIGNATURE.fullmatch(last.text, signer.end, line.end()):
            yield Party(role=SIGNED, also="", name=signer, role_passage=None)


_SIGNATURE_LINES = 7
_DEPARTMENT = re.compile(r".{1,4}[部处室科组局所院]")
"""A department of ours below its own request, or the rubble of a seal; neither is a counterparty."""
_AFTER_SIGNATURE = re.compile(r"(?:\([^()]{0,8}\))?(?:[12][0-9]{3}[年.\-/].*)?")
"""A seal word or a day may stand beside the signature; anything else makes the line a part of the text."""


def _start_of(view: View, name: Name) -> int:
    return name.end - len(name.passage.text)


def is_printed(role: str) -> bool:
    """Whether the role is a word on the paper rather than a place."""
    return role not in _UNPRINTED_ROLES


def without_repetition(parties: tuple[Party, ...]) -> tuple[Party, ...]:
    """The parties without the unlabelled mentions of a name that stands in a role as well."""
    labelled = {party.name.value for party in parties if party.role != IN_TEXT}
    return tuple(replace(p) for p in parties if p.role != IN_TEXT or p.name.value not in labelled)
