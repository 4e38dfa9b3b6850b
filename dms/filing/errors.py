"""Why something cannot be filed as it was stated."""

from collections.abc import Iterable
from typing import ClassVar

from dms.domain.item import STATE_NAMES, ItemState
from dms.domain.volume import SEALED_STATES, VolumeState
from dms.errors import Bilingual, DmsError, Kind

_ANOTHER = Bilingual("另一家客户", "another customer")


class CustomerCodeTaken(DmsError):
    """Customer codes are unique and never reused."""

    code: ClassVar[str] = "customer_code_taken"
    kind: ClassVar[Kind] = Kind.CONFLICT

    def __init__(self, customer_code: str, name: str | None) -> None:
        """`name` is None where the actor may not know of the customer that bears the code."""
        bearer = Bilingual(f"“{name}”", f"“{name}”") if name else _ANOTHER
        super().__init__(
            Bilingual(
                zh=f"客户代码“{customer_code}”已属于{bearer.zh}。",
                en=f"The code “{customer_code}” belongs to {bearer.en}.",
            ),
            Bilingual(zh="请换一个代码；客户代码从不重复使用。", en="Choose another code; codes are never reused."),
        )


class CustomerAlreadyKnown(DmsError):
    """One customer, one file: the name or the credit code is registered already."""

    code: ClassVar[str] = "customer_already_known"
    kind: ClassVar[Kind] = Kind.CONFLICT

    def __init__(self, customer_code: str, name: str | None) -> None:
        """`name` is None where the actor may not know of the customer; its code is not told then either."""
        known = Bilingual(f"：{customer_code}“{name}”", f": {customer_code} “{name}”")
        told = known if name else Bilingual("，但不在您的查阅范围内", ", but outside of what you may see")
        super().__init__(
            Bilingual(zh=f"该客户已经登记{told.zh}。", en=f"It is registered already{told.en}."),
            Bilingual(
                zh="请直接使用已有的客户档案；看不到的，请联系档案员。",
                en="Use the file that exists; where you cannot see it, ask the archivist.",
            ),
        )


class DepartmentOutOfReach(DmsError):
    """Whoever sees the customers of some departments only cannot move customers between the others."""

    code: ClassVar[str] = "department_out_of_reach"
    kind: ClassVar[Kind] = Kind.FORBIDDEN

    def __init__(self, department: str) -> None:
        named = (
            Bilingual(f"“{department}”", f"“{department}”") if department else Bilingual("全公司", "the whole company")
        )
        super().__init__(
            Bilingual(
                zh=f"您不能把该客户划归{named.zh}：只能在自己可查阅的部门之间调整。",
                en=f"You cannot put this customer under {named.en}: only among the departments that you may see.",
            ),
            Bilingual(
                zh="请选择您可查阅的部门，或由可查阅全公司资料的档案员修改。",
                en="Choose one of your departments, or ask an archivist who may see all of them.",
            ),
        )


class CustomerFactInvalid(DmsError):
    """A stated fact about a customer cannot be right."""

    code: ClassVar[str] = "customer_fact_invalid"
    kind: ClassVar[Kind] = Kind.REFUSED_INPUT

    def __init__(self, what: Bilingual, remedy: Bilingual) -> None:
        super().__init__(what, remedy)


class CustomersNotMergeable(DmsError):
    """A customer is merged once, into another one that stands for itself."""

    code: ClassVar[str] = "customers_not_mergeable"
    kind: ClassVar[Kind] = Kind.CONFLICT

    def __init__(self, customer_code: str, into_code: str) -> None:
        super().__init__(
            Bilingual(
                zh=f"客户“{customer_code}”不能并入“{into_code}”：两者已是同一客户，或前者已并入其他客户。",
                en=f"“{customer_code}” cannot be merged into “{into_code}”: they are one, or it was merged before.",
            ),
            Bilingual(zh="请核对两个客户代码。", en="Check both customer codes."),
        )


class FrameFactInvalid(DmsError):
    """A code or a name of the company's frame cannot be used."""

    code: ClassVar[str] = "frame_fact_invalid"
    kind: ClassVar[Kind] = Kind.REFUSED_INPUT

    def __init__(self, stated: str) -> None:
        super().__init__(
            Bilingual(zh=f"“{stated}”不能用作代码或名称。", en=f"“{stated}” cannot be used as a code or a name."),
            Bilingual(
                zh="代码用字母、数字和连字符，名称不能为空或过长。",
                en="A code has letters, digits and dashes; a name is neither empty nor too long.",
            ),
        )


class ConfirmationIncomplete(DmsError):
    """A paper cannot be filed without these facts."""

    code: ClassVar[str] = "confirmation_incomplete"
    kind: ClassVar[Kind] = Kind.REFUSED_INPUT

    def __init__(self, missing: list[Bilingual]) -> None:
        super().__init__(
            Bilingual(
                zh=f"还不能归档，缺少：{'、'.join(field.zh for field in missing)}。",
                en=f"It cannot be filed yet; missing: {', '.join(field.en for field in missing)}.",
            ),
            Bilingual(zh="请补全后再确认。", en="Fill them in, then confirm."),
        )


class PaperFactInvalid(DmsError):
    """A stated fact about a paper cannot be right."""

    code: ClassVar[str] = "paper_fact_invalid"
    kind: ClassVar[Kind] = Kind.REFUSED_INPUT

    def __init__(self, what: Bilingual, remedy: Bilingual) -> None:
        super().__init__(what, remedy)


class TermHeld(DmsError):
    """What lies under a hold keeps its term (I9)."""

    code: ClassVar[str] = "term_held"
    kind: ClassVar[Kind] = Kind.CONFLICT

    def __init__(self, numbers: Iterable[str]) -> None:
        told = "、".join(numbers)
        super().__init__(
            Bilingual(
                zh=f"已被冻结（{told}），不能改变保管期限。", en=f"It lies under hold ({told}) and keeps its term."
            ),
            Bilingual(zh="须先解除冻结，再改变保管期限。", en="The hold has to be released first."),
        )


class NotInTray(DmsError):
    """Someone else has decided about this paper in the meantime, or it has not been read yet."""

    code: ClassVar[str] = "not_in_tray"
    kind: ClassVar[Kind] = Kind.CONFLICT

    def __init__(self, state: ItemState) -> None:
        name = STATE_NAMES[state]
        super().__init__(
            Bilingual(
                zh=f"这件资料当前的状态是“{name.zh}”，不能这样处理，可能已有人先处理了。",
                en=f"This cannot be done to a paper in its present state ({name.en}); somebody may have been first.",
            ),
            Bilingual(zh="请刷新页面，查看当前状态。", en="Reload the page to see its present state."),
        )


class VolumeClosed(DmsError):
    """Nothing enters, changes in, or leaves a volume that is catalogued, being checked, or sealed."""

    code: ClassVar[str] = "volume_closed"
    kind: ClassVar[Kind] = Kind.CONFLICT

    def __init__(self, state: VolumeState, reference_code: str | None) -> None:
        """`reference_code` is None for a volume that bears none yet."""
        name = f" {reference_code} " if reference_code else ""
        sealed = state in SEALED_STATES
        why = Bilingual("已封卷", "sealed") if sealed else Bilingual("已编目，正等待检查封卷", "catalogued")
        super().__init__(
            Bilingual(
                zh=f"这件资料所在的案卷{name}{why.zh}，卷内不能再变动。",
                en=f"The paper lies in a volume{name or ' '}that is {why.en}; nothing in it may change.",
            ),
            _INTO_SEALED if sealed else _BACK_TO_CLEANING,
        )


_INTO_SEALED = Bilingual(
    zh="请在案卷页面用“更正”“移出”或“补充”办理，须由第二人确认并记入备考表。",
    en="Correct it, move it out or add to it on the volume's page, with a second person, into the filing note.",
)
_BACK_TO_CLEANING = Bilingual(
    zh="请先在案卷页面把案卷退回清理，再修改。", en="Send the volume back to cleaning first, on the volume's page."
)


class RelationContradicts(DmsError):
    """A paper cannot stand so to itself, to a rejected one, or to one that stands so to it."""

    code: ClassVar[str] = "relation_contradicts"
    kind: ClassVar[Kind] = Kind.CONFLICT

    def __init__(self, title: str, other_title: str) -> None:
        super().__init__(
            Bilingual(
                zh=f"“{title}”与“{other_title}”之间不能登记这种关系。",
                en=f"“{title}” and “{other_title}” cannot be related in this way.",
            ),
            Bilingual(
                zh="两件须是不同的、未被退回的资料，且没有登记过方向相反的同类关系；登记反了的请先删除原关系。",
                en="Name two different papers, neither rejected nor so related the other way round; remove that first.",
            ),
        )


class RelationNotThere(DmsError):
    """The relation was taken back already."""

    code: ClassVar[str] = "relation_not_there"
    kind: ClassVar[Kind] = Kind.NOT_FOUND

    def __init__(self) -> None:
        super().__init__(
            Bilingual("没有这条关系，可能已经删除。", "There is no such relation; it may have been removed."),
            Bilingual("请刷新页面，查看现有关系。", "Reload the page to see the present ones."),
        )


class ArrivedAgain(DmsError):
    """The same bytes came in once more after this paper had been rejected, so bringing it back would double it."""

    code: ClassVar[str] = "arrived_again"
    kind: ClassVar[Kind] = Kind.CONFLICT

    def __init__(self, item_id: str | None) -> None:
        """`item_id` is None where the actor may not know of the later one."""
        named = (f"（{item_id}）", f" ({item_id})") if item_id else ("", "")
        super().__init__(
            Bilingual(
                zh=f"退回之后，同样的文件又收取了一次{named[0]}。",
                en=f"After it was rejected, exactly this file was taken in again{named[1]}.",
            ),
            Bilingual(
                zh="请直接处理新收取的那一件；看不到的，请联系档案员。",
                en="Go on with the one that came in later; where you cannot see it, ask the archivist.",
            ),
        )


class NotCorrectable(DmsError):
    """Only the text of a paper that was read to its end can be corrected."""

    code: ClassVar[str] = "not_correctable"
    kind: ClassVar[Kind] = Kind.CONFLICT

    def __init__(self, state: ItemState) -> None:
        name = STATE_NAMES[state]
        super().__init__(
            Bilingual(
                zh=f"这件资料当前的状态是“{name.zh}”，不能更正文字。",
                en=f"The text of a paper cannot be corrected in its present state ({name.en}).",
            ),
            Bilingual(
                zh="待核对和已归档的资料可以更正；已退回的请先退回待核对。",
                en="Papers in the tray and filed ones can be corrected; bring a rejected one back first.",
            ),
        )


class PageNotThere(DmsError):
    """The paper has no page of this number."""

    code: ClassVar[str] = "page_not_there"
    kind: ClassVar[Kind] = Kind.NOT_FOUND

    def __init__(self, number: int, pages: int) -> None:
        super().__init__(
            Bilingual(zh=f"这件资料没有第 {number} 页。", en=f"The paper has no page {number}."),
            Bilingual(zh=f"它共有 {pages} 页，请给出其中的页号。", en=f"It has {pages} pages; give one of them."),
        )


class CorrectionTooLong(DmsError):
    """No page holds so much writing."""

    code: ClassVar[str] = "correction_too_long"
    kind: ClassVar[Kind] = Kind.REFUSED_INPUT

    def __init__(self, length: int, most: int) -> None:
        super().__init__(
            Bilingual(
                zh=f"更正的文字有 {length} 个字符，一页最多 {most} 个。",
                en=f"The corrected text has {length} characters; a page has at most {most}.",
            ),
            Bilingual(zh="请只提交这一页上的文字。", en="Give the text of this one page only."),
        )
