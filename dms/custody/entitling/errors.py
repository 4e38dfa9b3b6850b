"""Why a department, or what a person is in the company, cannot be stated so."""

from typing import ClassVar

from dms.errors import Bilingual, DmsError, Kind


class DepartmentNotFound(DmsError):
    """No department of the register has this name or number."""

    code: ClassVar[str] = "department_not_found"
    kind: ClassVar[Kind] = Kind.NOT_FOUND

    def __init__(self, named: str) -> None:
        super().__init__(
            Bilingual(zh=f"部门登记簿里没有“{named}”。", en=f"The register has no department “{named}”."),
            Bilingual(zh="请核对部门名称，或先登记该部门。", en="Check the name, or enter the department first."),
        )


class DepartmentNameTaken(DmsError):
    """A department of this name stands in the register, working or closed."""

    code: ClassVar[str] = "department_name_taken"
    kind: ClassVar[Kind] = Kind.CONFLICT

    def __init__(self, name: str) -> None:
        super().__init__(
            Bilingual(zh=f"部门“{name}”已经登记过。", en=f"The department “{name}” is in the register already."),
            Bilingual(
                zh="部门名称只用一次，撤销的部门也保留名称；请换一个名称。",
                en="A name is given once, closed departments keep theirs; choose another.",
            ),
        )


class DepartmentFactInvalid(DmsError):
    """A stated fact about a department cannot be used."""

    code: ClassVar[str] = "department_fact_invalid"
    kind: ClassVar[Kind] = Kind.REFUSED_INPUT

    def __init__(self, what: Bilingual, remedy: Bilingual) -> None:
        super().__init__(what, remedy)


class DepartmentStillNeeded(DmsError):
    """Customers, people or departments belong to it, and nobody said where they are to go."""

    code: ClassVar[str] = "department_still_needed"
    kind: ClassVar[Kind] = Kind.CONFLICT

    def __init__(self, name: str, *, customers: int, people: int, parts: int) -> None:
        super().__init__(
            Bilingual(
                zh=f"部门“{name}”还有客户 {customers} 个、人员 {people} 名、下属部门 {parts} 个，不能撤销。",
                en=f"{customers} customers, {people} people and {parts} departments still belong to “{name}”.",
            ),
            Bilingual(
                zh="请写明由哪个部门接管；有下属部门的，先调整其上级。",
                en="Say which department takes over; give departments below it another parent first.",
            ),
        )


class DepartmentClosed(DmsError):
    """The department works no more."""

    code: ClassVar[str] = "department_closed"
    kind: ClassVar[Kind] = Kind.CONFLICT

    def __init__(self, name: str) -> None:
        super().__init__(
            Bilingual(zh=f"部门“{name}”已经撤销。", en=f"The department “{name}” is closed."),
            Bilingual(zh="请选择在用的部门。", en="Choose one that works."),
        )
