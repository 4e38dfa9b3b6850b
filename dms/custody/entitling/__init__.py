"""Rights: what people are in the company, the departments it has, and the written policy."""

from dms.custody.entitling.departments import (
    DepartmentRegister,
    DepartmentShown,
    DepartmentWish,
    add_department,
    change_department,
    close_department,
    department_register,
)
from dms.custody.entitling.errors import (
    DepartmentClosed,
    DepartmentFactInvalid,
    DepartmentNameTaken,
    DepartmentNotFound,
    DepartmentStillNeeded,
)
from dms.custody.entitling.positions import Position, set_clearance, set_home_department, set_roles, state_position
from dms.custody.entitling.written_policy import PolicyTable, as_markdown, written_policy

__all__ = [
    "DepartmentClosed",
    "DepartmentFactInvalid",
    "DepartmentNameTaken",
    "DepartmentNotFound",
    "DepartmentRegister",
    "DepartmentShown",
    "DepartmentStillNeeded",
    "DepartmentWish",
    "PolicyTable",
    "Position",
    "add_department",
    "as_markdown",
    "change_department",
    "close_department",
    "department_register",
    "set_clearance",
    "set_home_department",
    "set_roles",
    "state_position",
    "written_policy",
]
