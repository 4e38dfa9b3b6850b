"""The register of departments: who heads each, which manager in charge it answers to, and closing one."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from dms.custody import list_users
from dms.custody.entitling import (
    DepartmentFactInvalid,
    DepartmentNotFound,
    DepartmentShown,
    DepartmentWish,
    add_department,
    change_department,
    close_department,
    department_register,
)
from dms.domain.actor import Origin, Permission
from dms.domain.day import parse_day
from dms.errors import Bilingual, DmsError
from dms.web.current import actor, archive
from dms.web.declaring import needs
from dms.web.refusals import status_of

blueprint = Blueprint("departments", __name__, url_prefix="/departments")


@blueprint.get("")
@needs(Permission.MANAGE_USERS)
def index() -> str:
    """The register, and the form for one more department."""
    return _index(MultiDict({"name": request.args.get("name", "")}), refusal=None)


@blueprint.post("")
@needs(Permission.MANAGE_USERS)
def add() -> Response | tuple[str, int]:
    """Add a department; the page with the reason where that is refused."""
    try:
        added = add_department(actor(), _wish(request.form.get("name", "")), archive=archive())
    except DmsError as refusal:
        return _index(request.form, refusal=refusal), status_of(refusal)
    flash(_("已登记部门 %(name)s。", name=added.name), "success")
    return redirect(url_for("departments.index"))


@blueprint.get("/<int:department_id>")
@needs(Permission.MANAGE_USERS)
def edit(department_id: int) -> str:
    """The form for changing a department, and for closing it."""
    shown = _shown(department_id)
    return _form(shown, _as_typed(shown), refusal=None)


@blueprint.post("/<int:department_id>")
@needs(Permission.MANAGE_USERS)
def change(department_id: int) -> Response | tuple[str, int]:
    """State everything but the name of a department anew."""
    shown = _shown(department_id)
    try:
        change_department(actor(), _wish(shown.department.name), archive=archive())
    except DmsError as refusal:
        return _form(shown, request.form, refusal=refusal), status_of(refusal)
    flash(_("部门 %(name)s 已保存。", name=shown.department.name), "success")
    return redirect(url_for("departments.index"))


@blueprint.get("/<int:department_id>/close")
@needs(Permission.MANAGE_USERS)
def ask_closing(department_id: int) -> str:
    """Ask before a department is closed, and who takes over."""
    return _closing(_shown(department_id), refusal=None)


@blueprint.post("/<int:department_id>/close")
@needs(Permission.MANAGE_USERS)
def close(department_id: int) -> Response | tuple[str, int]:
    """Close a department; what belongs to it goes to its successor."""
    shown = _shown(department_id)
    successor = request.form.get("successor", "")
    try:
        close_department(actor(), shown.department.name, successor=successor, archive=archive())
    except DmsError as refusal:
        return _closing(shown, refusal=refusal), status_of(refusal)
    flash(_("部门 %(name)s 已撤销。", name=shown.department.name), "success")
    return redirect(url_for("departments.index"))


def _shown(department_id: int) -> DepartmentShown:
    register = department_register(actor(), archive=archive())
    found = next((each for each in register.departments if each.department.id == department_id), None)
    if found is None:
        raise DepartmentNotFound(str(department_id))
    return found


def _wish(name: str) -> DepartmentWish:
    typed = request.form.get("opened_on", "").strip()
    opened_on = parse_day(typed) if typed else None
    if typed and opened_on is None:
        raise DepartmentFactInvalid(
            Bilingual(f"成立日期“{typed}”不是一个日期。", f"“{typed}” is no day."),
            Bilingual("请按 2026-12-31 的样子填写，或留空。", "Write it like 2026-12-31, or leave it empty."),
        )
    return DepartmentWish(
        name=name,
        parent=request.form.get("parent", ""),
        head=request.form.get("head", ""),
        manager_in_charge=request.form.get("manager_in_charge", ""),
        opened_on=opened_on,
    )


def _index(typed: MultiDict[str, str], *, refusal: DmsError | None) -> str:
    register = department_register(actor(), archive=archive())
    return render_template(
        "pages/departments/index.html",
        register=register,
        typed=typed,
        refusal=refusal,
        parents=_names(register.departments),
        deciders=_deciders(),
    )


def _form(shown: DepartmentShown, typed: MultiDict[str, str], *, refusal: DmsError | None) -> str:
    return render_template(
        "pages/departments/edit.html",
        shown=shown,
        typed=typed,
        refusal=refusal,
        parents=_others(shown),
        deciders=_deciders(),
    )


def _closing(shown: DepartmentShown, *, refusal: DmsError | None) -> str:
    return render_template("pages/departments/close.html", shown=shown, refusal=refusal, successors=_others(shown))


def _others(shown: DepartmentShown) -> list[tuple[str, str]]:
    register = department_register(actor(), archive=archive())
    return [each for each in _names(register.departments) if each[0] != shown.department.name]


def _names(departments: tuple[DepartmentShown, ...]) -> list[tuple[str, str]]:
    return [(each.department.name, each.department.name) for each in departments if each.is_open]


def _deciders() -> list[tuple[str, str]]:
    """Who may be named: accounts in use, besides one's own, that decide requests."""
    asking = actor()
    users = (user for user in list_users(asking, archive=archive()) if not user.disabled and user.id != asking.user_id)
    return [
        (user.name, f"{user.display_name} {user.name}" if user.display_name != user.name else user.name)
        for user in users
        if user.actor(Origin.WEB).may(Permission.DECIDE_REQUESTS)
    ]


def _as_typed(shown: DepartmentShown) -> MultiDict[str, str]:
    return MultiDict(
        {
            "parent": shown.parent,
            "head": shown.head,
            "manager_in_charge": shown.manager_in_charge,
            "opened_on": shown.department.opened_on.isoformat() if shown.department.opened_on else "",
        }
    )
