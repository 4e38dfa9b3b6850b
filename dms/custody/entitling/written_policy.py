"""The written policy: what the roles may do, and what each use of a paper asks for, as tables for people to read."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dms.domain.access import GrantedUse
from dms.domain.actor import Actor, Origin, Permission, Role
from dms.domain.item import STATE_NAMES, ItemState
from dms.domain.policy import RULES, Use, UseRule
from dms.domain.policy_words import PERMISSION_NAMES, ROLE_NAMES, USE_NAMES
from dms.errors import Bilingual

_YES = Bilingual("✓", "✓")
_NO = Bilingual("", "")
_GRANT_NAMES = {
    GrantedUse.LOOK: Bilingual("查阅授权", "a grant to look"),
    GrantedUse.TAKE: Bilingual("复制授权", "a grant to take copies"),
    None: Bilingual("授权不适用", "no grant helps"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyTable:
    """One table of the policy."""

    title: Bilingual
    heads: tuple[Bilingual, ...]
    rows: tuple[tuple[Bilingual, ...], ...]
    """As long as the heads, each."""


def written_policy() -> tuple[PolicyTable, ...]:
    """The policy that the archive keeps to, made from the very data that it decides by."""
    return (_uses(), _roles())


def as_markdown(table: PolicyTable) -> str:
    """The table in Markdown, Chinese and English in one cell."""
    lines = [_line(table.heads), "|" + " --- |" * len(table.heads), *map(_line, table.rows)]
    return "\n".join(lines) + "\n"


def _uses() -> PolicyTable:
    heads = (
        Bilingual("利用", "use"),
        Bilingual("所需权限", "permission"),
        Bilingual("可替代的授权", "grant that stands for it"),
        Bilingual("资料状态", "state of the paper"),
        Bilingual("“仅存储”的件", "papers kept in store only"),
        Bilingual("冻结的件", "papers on hold"),
    )
    return PolicyTable(
        title=Bilingual("每种利用的条件", "What each use asks for"),
        heads=heads,
        rows=tuple(_use(use, RULES[use]) for use in Use),
    )


def _use(use: Use, rule: UseRule) -> tuple[Bilingual, ...]:
    only = PERMISSION_NAMES[rule.storage_only_by] if rule.storage_only_by else Bilingual("任何人不得", "nobody")
    return (
        USE_NAMES[use],
        PERMISSION_NAMES[rule.permission],
        _GRANT_NAMES[rule.grant],
        _states(rule.states),
        only,
        Bilingual("允许", "allowed") if rule.despite_hold else Bilingual("不得", "refused"),
    )


def _roles() -> PolicyTable:
    return PolicyTable(
        title=Bilingual("各角色的权限", "What the roles may do"),
        heads=(Bilingual("权限", "permission"), *ROLE_NAMES.values()),
        rows=tuple(
            (name, *(_mark(role, permission) for role in ROLE_NAMES)) for permission, name in PERMISSION_NAMES.items()
        ),
    )


def _mark(role: Role, permission: Permission) -> Bilingual:
    someone = Actor(user_id=None, name=role.value, roles=frozenset({role}), clearance=3, origin=Origin.SYSTEM)
    return _YES if someone.may(permission) else _NO


def _states(allowed: frozenset[ItemState]) -> Bilingual:
    barred = [STATE_NAMES[state] for state in ItemState if state not in allowed]
    if not barred:
        return Bilingual("全部", "any")
    if len(allowed) < len(barred):
        return _joined([STATE_NAMES[state] for state in ItemState if state in allowed])
    left_out = _joined(barred)
    return Bilingual(f"除{left_out.zh}", f"any but {left_out.en}")


def _joined(names: Sequence[Bilingual]) -> Bilingual:
    return Bilingual("、".join(name.zh for name in names), ", ".join(name.en for name in names))


def _line(cells: Sequence[Bilingual]) -> str:
    return "| " + " | ".join(_both(cells)) + " |"


def _both(cells: Sequence[Bilingual]) -> Iterator[str]:
    for cell in cells:
        yield cell.zh if cell.zh == cell.en else f"{cell.zh} {cell.en}"
