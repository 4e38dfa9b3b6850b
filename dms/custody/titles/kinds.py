"""The kinds of title documents; the six of C7-01 are shipped, a company may add to them."""

import re

from dms.archive import Archive
from dms.custody.titles.errors import TitleFactInvalid
from dms.custody.titles.reaching import MAX_NAME_CHARACTERS, within
from dms.domain.actor import Actor, Permission
from dms.domain.one_line import one_line
from dms.domain.title_document import TitleKind
from dms.errors import Bilingual

_CODE = re.compile(r"[a-z][a-z0-9_]{0,39}")


def title_kinds(actor: Actor, *, archive: Archive) -> list[TitleKind]:
    """The kinds of title documents in use, in order."""
    actor.require(Permission.CONSULT)
    with archive.looking() as view:
        return view.titles.kinds()


def state_title_kind(actor: Actor, kind: TitleKind, *, archive: Archive) -> TitleKind:
    """The kind, new or in the place of the one with its code. Raises `TitleFactInvalid`."""
    actor.require(Permission.KEEP_TITLES)
    zh = within(one_line(kind.zh), MAX_NAME_CHARACTERS, "种类名称", "name of the kind")
    if not _CODE.fullmatch(kind.code) or not zh:
        raise TitleFactInvalid(
            Bilingual("种类的代码或名称不对。", "The code or name of the kind cannot be kept."),
            Bilingual("代码用小写英文字母、数字和下划线，名称不能为空。", "A code is of small letters, digits and _."),
        )
    kept = TitleKind(code=kind.code, zh=zh, en=one_line(kind.en)[:MAX_NAME_CHARACTERS] or zh)
    with archive.begin() as work:
        work.titles.state_kind(kept)
        archive.record(work, actor, "title_kind_stated", kept.code, title=zh)
    return kept
