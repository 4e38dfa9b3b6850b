"""What was done to the rights of people and to the register of departments is called in the journal."""

from flask_babel import LazyString, lazy_gettext

RIGHTS_ACTIONS: dict[str, LazyString] = {
    "roles_set": lazy_gettext("更改角色"),
    "clearance_set": lazy_gettext("更改最高密级"),
    "home_department_set": lazy_gettext("更改所属部门"),
    "department_added": lazy_gettext("登记部门"),
    "department_changed": lazy_gettext("修改部门"),
    "department_closed": lazy_gettext("撤销部门"),
}

RIGHTS_DETAILS: dict[str, LazyString] = {
    "uses": lazy_gettext("授权方式"),
    "parent": lazy_gettext("上级部门"),
    "head": lazy_gettext("部门经理"),
    "manager_in_charge": lazy_gettext("分管领导"),
    "taken_over_by": lazy_gettext("接管部门"),
}
