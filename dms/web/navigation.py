"""Addresses: the places of the navigation, the present page with one thing changed, and safe ways back."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import cast
from urllib.parse import urlencode, urlsplit

from flask import g, request, url_for
from flask_babel import LazyString, lazy_gettext
from markupsafe import Markup, escape

from dms.domain.actor import Actor, Permission


@dataclass(frozen=True, slots=True, kw_only=True)
class Destination:
    """One entry of the navigation, shown to those who may go there."""

    endpoint: str
    label: LazyString
    icon: str
    permission: Permission | None
    """None: for everyone who is signed in."""
    subject: str
    """The blueprint whose pages count as being there."""


_MAIN = (
    Destination(endpoint="home.page", label=lazy_gettext("首页"), icon="home", permission=None, subject="home"),
    Destination(
        endpoint="searching.page",
        label=lazy_gettext("检索"),
        icon="search",
        permission=Permission.CONSULT,
        subject="searching",
    ),
    Destination(
        endpoint="uploading.page",
        label=lazy_gettext("上传资料"),
        icon="upload",
        permission=Permission.RECEIVE,
        subject="uploading",
    ),
    Destination(
        endpoint="tray.index",
        label=lazy_gettext("待核对"),
        icon="tray",
        permission=Permission.CONFIRM,
        subject="tray",
    ),
    Destination(
        endpoint="customers.index",
        label=lazy_gettext("客户档案"),
        icon="customers",
        permission=Permission.CONSULT,
        subject="customers",
    ),
    Destination(
        endpoint="contracts.index",
        label=lazy_gettext("合同台账"),
        icon="contract",
        permission=Permission.CONSULT,
        subject="contracts",
    ),
    Destination(
        endpoint="volumes.index",
        label=lazy_gettext("案卷目录"),
        icon="volume",
        permission=Permission.CONSULT,
        subject="volumes",
    ),
)

_FILING = (
    Destination(
        endpoint="transfers.index",
        label=lazy_gettext("资料移交"),
        icon="transfer",
        permission=Permission.CONSULT,
        subject="transfers",
    ),
    Destination(
        endpoint="missing_papers.index",
        label=lazy_gettext("补充资料清单"),
        icon="alert",
        permission=Permission.CONSULT,
        subject="missing_papers",
    ),
    Destination(
        endpoint="binding.index",
        label=lazy_gettext("年度装订"),
        icon="copies",
        permission=Permission.MANAGE_CUSTOMERS,
        subject="binding",
    ),
    Destination(
        endpoint="printing.index",
        label=lazy_gettext("打印"),
        icon="print",
        permission=Permission.CONSULT,
        subject="printing",
    ),
    Destination(
        endpoint="locations.index",
        label=lazy_gettext("库位"),
        icon="place",
        permission=Permission.CONSULT,
        subject="locations",
    ),
    Destination(
        endpoint="arrangement.index",
        label=lazy_gettext("立卷方案"),
        icon="scheme",
        permission=Permission.MANAGE_CUSTOMERS,
        subject="arrangement",
    ),
)
"""What the archivist does all year and in January; one menu of the bar."""

_CUSTODY: tuple[Destination, ...] = (
    Destination(
        endpoint="duties.index",
        label=lazy_gettext("待办"),
        icon="clock",
        permission=None,
        subject="duties",
    ),
    Destination(
        endpoint="reviews.index",
        label=lazy_gettext("客户复核"),
        icon="customers",
        permission=Permission.REVIEW_CUSTOMERS,
        subject="reviews",
    ),
    Destination(
        endpoint="requests.index",
        label=lazy_gettext("利用申请"),
        icon="form",
        permission=Permission.REQUEST_USE,
        subject="requests",
    ),
    Destination(
        endpoint="loans.index",
        label=lazy_gettext("借出的原件"),
        icon="transfer",
        permission=Permission.REQUEST_USE,
        subject="loans",
    ),
    Destination(
        endpoint="reports.index",
        label=lazy_gettext("统计报表"),
        icon="gauge",
        permission=Permission.READ_REPORTS,
        subject="reports",
    ),
    Destination(
        endpoint="titles.index",
        label=lazy_gettext("权证"),
        icon="key",
        permission=Permission.CONSULT,
        subject="titles",
    ),
    Destination(
        endpoint="retention.index",
        label=lazy_gettext("保管期限"),
        icon="calendar",
        permission=Permission.CONSULT,
        subject="retention",
    ),
    Destination(
        endpoint="holds.index",
        label=lazy_gettext("冻结与争议"),
        icon="lock",
        permission=Permission.APPRAISE,
        subject="holds",
    ),
    Destination(
        endpoint="appraisals.index",
        label=lazy_gettext("鉴定"),
        icon="check",
        permission=Permission.APPRAISE,
        subject="appraisals",
    ),
    Destination(
        endpoint="destructions.index",
        label=lazy_gettext("销毁清册"),
        icon="trash",
        permission=Permission.SIGN_DESTRUCTION,
        subject="destructions",
    ),
    Destination(
        endpoint="personal_data.index",
        label=lazy_gettext("个人信息"),
        icon="user",
        permission=Permission.MANAGE_PERSONAL_DATA,
        subject="personal_data",
    ),
)
"""Who uses the papers and how long they are kept; one menu of the bar, 保管利用."""

_PERSONAL = (
    Destination(
        endpoint="saved_searches.index",
        label=lazy_gettext("已存检索"),
        icon="bookmark",
        permission=Permission.CONSULT,
        subject="saved_searches",
    ),
    Destination(
        endpoint="synonyms.page",
        label=lazy_gettext("同义词"),
        icon="alike",
        permission=Permission.MANAGE_CUSTOMERS,
        subject="synonyms",
    ),
    Destination(
        endpoint="operations.index",
        label=lazy_gettext("运行维护"),
        icon="gauge",
        permission=Permission.OPERATE,
        subject="operations",
    ),
    Destination(
        endpoint="users.index",
        label=lazy_gettext("用户管理"),
        icon="users",
        permission=Permission.MANAGE_USERS,
        subject="users",
    ),
    Destination(
        endpoint="departments.index",
        label=lazy_gettext("部门"),
        icon="users",
        permission=Permission.MANAGE_USERS,
        subject="departments",
    ),
    Destination(
        endpoint="access_policy.index",
        label=lazy_gettext("权限规则"),
        icon="key",
        permission=Permission.MANAGE_USERS,
        subject="access_policy",
    ),
    Destination(
        endpoint="journal.index",
        label=lazy_gettext("操作日志"),
        icon="journal",
        permission=Permission.READ_JOURNAL,
        subject="journal",
    ),
    Destination(
        endpoint="inspections.index",
        label=lazy_gettext("完整性检查"),
        icon="shield",
        permission=Permission.READ_JOURNAL,
        subject="inspections",
    ),
    Destination(
        endpoint="own_account.page",
        label=lazy_gettext("账号安全"),
        icon="key",
        permission=None,
        subject="own_account",
    ),
    Destination(endpoint="guide.page", label=lazy_gettext("使用帮助"), icon="help", permission=None, subject="guide"),
)

_BY_ENDPOINT = {place.endpoint: place for place in (*_MAIN, *_FILING, *_CUSTODY, *_PERSONAL)}


def destination(endpoint: str) -> Destination:
    """The place of the navigation with this endpoint."""
    return _BY_ENDPOINT[endpoint]


def main_destinations(actor: Actor) -> list[Destination]:
    """The main places that the actor may go to."""
    return [place for place in _MAIN if place.permission is None or actor.may(place.permission)]


def filing_destinations(actor: Actor) -> list[Destination]:
    """The places of the menu of filing."""
    return [place for place in _FILING if place.permission is None or actor.may(place.permission)]


def custody_destinations(actor: Actor) -> list[Destination]:
    """The places of the menu of custody."""
    return [place for place in _CUSTODY if place.permission is None or actor.may(place.permission)]


def personal_destinations(actor: Actor) -> list[Destination]:
    """The places of the menu under the actor's name."""
    return [place for place in _PERSONAL if place.permission is None or actor.may(place.permission)]


def here_with(**changes: str | int | None) -> str:
    """The address of the present page with some of its arguments changed; None takes one away."""
    path, present = _here()
    kept = present | {name: "" if value is None else _argument(name, str(value)) for name, value in changes.items()}
    return _address(path, kept.values())


def here_before(name: str) -> str:
    """The address of the first page of what is shown here, up to where the value of this argument is to follow."""
    without = here_with(**{name: None, "page": None})
    return f"{without}{'&' if '?' in without else '?'}{name}="


def paper_address(item_id: str, page: int | None, way: str) -> str:
    """A page of a paper, and the way that led there: arguments of an address as `arguments_written` gives them."""
    return _address(_paper_path(item_id, request.root_path), [way, f"page={page}" if page else ""])


def paper_address_before(item_id: str, way: str) -> Markup:
    """The same, escaped, up to where the number of the page is to follow: a result leads to a hundred pages."""
    return escape(_address(_paper_path(item_id, request.root_path), [way, "page="]))


@lru_cache(maxsize=1000)
def _paper_path(item_id: str, _root: str) -> str:
    """Found out once for a paper, for a page of results leads to each by many ways."""
    return url_for("items.show", item_id=item_id)


@lru_cache(maxsize=10_000)
def _argument(name: str, value: str) -> str:
    return arguments_written({name: value})


def arguments_written(arguments: Mapping[str, object]) -> str:
    """The arguments as they stand in an address; those without a value are left out, a list's come one by one."""
    return urlencode({name: value for name, value in arguments.items() if value not in (None, "")}, doseq=True)


def _here() -> tuple[str, dict[str, str]]:
    """The path of the present page and its arguments as they are written; found out once, pages ask a hundred times."""
    if "here" not in g:
        path = url_for(request.endpoint or "home.page", **(request.view_args or {}))
        present = request.args.to_dict(flat=False)  # the same name may stand there more than once
        g.here = (path, {name: arguments_written({name: values}) for name, values in present.items()})
    return cast(tuple[str, dict[str, str]], g.here)


def _address(path: str, written: Iterable[str]) -> str:
    query = "&".join(filter(None, written))
    return f"{path}?{query}" if query else path


def in_language_address(language: str) -> str:
    """The present page in the other language; the home page where the present one only takes what is sent."""
    if request.method == "GET" and request.endpoint and request.url_rule:
        return here_with(lang=language)
    return url_for("home.page", lang=language)


def same_site_path(untrusted: str | None) -> str | None:
    """The path to go on to, or None for anything that a browser could take for another site."""
    if not untrusted or not untrusted.startswith("/") or untrusted.startswith(("//", "/\\")):
        return None
    if any(ord(character) <= 0x20 or character == "\\" for character in untrusted):
        return None
    parts = urlsplit(untrusted)
    return untrusted if not parts.scheme and not parts.netloc else None
