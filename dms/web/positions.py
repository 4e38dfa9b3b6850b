"""What a person is in the company: roles, highest grade, department; stated on the page of his rights."""

from flask import Blueprint, flash, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from dms.custody.entitling import Position, state_position
from dms.domain.actor import Permission, Role
from dms.web.current import actor, archive
from dms.web.declaring import needs

blueprint = Blueprint("positions", __name__, url_prefix="/users")


@blueprint.post("/<name>/position")
@needs(Permission.MANAGE_USERS)
def state(name: str) -> Response:
    """State roles, highest grade and department of an account anew."""
    stated = Position(
        roles=frozenset(role for role in Role if role.value in request.form.getlist("roles")),
        clearance=request.form.get("clearance", 0, type=int),
        home_department=request.form.get("home_department", ""),
    )
    user = state_position(actor(), name, stated, archive=archive())
    flash(_("已保存 %(name)s 的角色、密级和部门，立即生效。", name=user.name), "success")
    return redirect(url_for("users.rights", name=user.name))
