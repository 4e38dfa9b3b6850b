"""Why the arrangement cannot be changed as it was stated."""

from datetime import date
from typing import ClassVar

from dms.errors import Bilingual, DmsError, Kind

_TRY_AGAIN = Bilingual("请改正后再保存。", "Put it right, then save again.")


class SchemeUnknown(DmsError):
    """There is no ready-made class scheme of this code."""

    code: ClassVar[str] = "class_scheme_unknown"
    kind: ClassVar[Kind] = Kind.NOT_FOUND

    def __init__(self, scheme_code: str, known: list[str]) -> None:
        super().__init__(
            Bilingual(zh=f"没有代码为“{scheme_code}”的分类方案。", en=f"There is no class scheme “{scheme_code}”."),
            Bilingual(zh=f"可选的方案：{'、'.join(known)}。", en=f"Choose one of: {', '.join(known)}."),
        )


class SchemeNotYetValid(DmsError):
    """A scheme is in force from the moment of its adoption, so its first day cannot lie ahead."""

    code: ClassVar[str] = "class_scheme_not_yet_valid"
    kind: ClassVar[Kind] = Kind.REFUSED_INPUT

    def __init__(self, valid_from_on: date) -> None:
        super().__init__(
            Bilingual(
                zh=f"施行日期 {valid_from_on} 还没有到；方案一经采用，立即按新类目归档。",
                en=f"{valid_from_on} lies ahead; a scheme is filed by from the moment it is adopted.",
            ),
            Bilingual(zh="请到施行当天再采用，或改填今天。", en="Adopt it on that day, or state today."),
        )


class ApprovalNotStated(DmsError):
    """Scheme and rules are the company's decision; somebody approved them."""

    code: ClassVar[str] = "arrangement_approval_not_stated"
    kind: ClassVar[Kind] = Kind.REFUSED_INPUT

    def __init__(self, most: int) -> None:
        super().__init__(
            Bilingual(zh="没有写明由谁批准，或写得太长。", en="It does not say who approved it, or says it at length."),
            Bilingual(
                zh=f"请填写批准人或批准文号，不超过 {most} 字。",
                en=f"Name the person or the decision, in at most {most} characters.",
            ),
        )


class SeriesRuleUnfit(DmsError):
    """A rule of a series cannot be as stated."""

    code: ClassVar[str] = "series_rule_unfit"
    kind: ClassVar[Kind] = Kind.REFUSED_INPUT

    def __init__(self, what: Bilingual) -> None:
        super().__init__(
            Bilingual(zh=f"类目规则不能这样设置：{what.zh}。", en=f"The rules cannot be so: {what.en}."), _TRY_AGAIN
        )


class RetentionRuleUnfit(DmsError):
    """A retention rule cannot be as stated."""

    code: ClassVar[str] = "retention_rule_unfit"
    kind: ClassVar[Kind] = Kind.REFUSED_INPUT

    def __init__(self, what: Bilingual) -> None:
        super().__init__(
            Bilingual(zh=f"保管期限不能这样设置：{what.zh}。", en=f"The rule cannot be so: {what.en}."), _TRY_AGAIN
        )


class RetentionTermFixed(DmsError):
    """A code stands on volumes and in reference codes; what it means stays."""

    code: ClassVar[str] = "retention_term_fixed"
    kind: ClassVar[Kind] = Kind.CONFLICT

    def __init__(self, rule_code: str) -> None:
        super().__init__(
            Bilingual(
                zh=f"期限代码“{rule_code}”已在使用，它的年数不能再改。",
                en=f"The term “{rule_code}” is in use; its years cannot change.",
            ),
            Bilingual(zh="请用新的代码另设一种期限。", en="State another term under a code of its own."),
        )


class NumberingStyleUnknown(DmsError):
    """There is no ready-made numbering style of this code."""

    code: ClassVar[str] = "numbering_style_unknown"
    kind: ClassVar[Kind] = Kind.NOT_FOUND

    def __init__(self, style_code: str, known: list[str]) -> None:
        super().__init__(
            Bilingual(zh=f"没有代码为“{style_code}”的编号方式。", en=f"There is no numbering style “{style_code}”."),
            Bilingual(zh=f"可选的方式：{'、'.join(known)}。", en=f"Choose one of: {', '.join(known)}."),
        )


class PatternsClash(DmsError):
    """Codes by these patterns could not be told apart, or could not be formed."""

    code: ClassVar[str] = "reference_patterns_clash"
    kind: ClassVar[Kind] = Kind.CONFLICT

    def __init__(self, what: Bilingual) -> None:
        super().__init__(
            Bilingual(zh=f"这些编号格式不能同时使用：{what.zh}。", en=f"The patterns do not go together: {what.en}."),
            Bilingual(
                zh="已给出的档号不受影响；请修改格式后再试。", en="Codes given stay as they are; change the patterns."
            ),
        )


class CodeWordUnfit(DmsError):
    """A code for the category or a department cannot stand in reference codes."""

    code: ClassVar[str] = "code_word_unfit"
    kind: ClassVar[Kind] = Kind.REFUSED_INPUT

    def __init__(self, stated: str) -> None:
        super().__init__(
            Bilingual(
                zh=f"“{stated}”不能作门类或部门代码。", en=f"“{stated}” cannot be a category or department code."
            ),
            Bilingual(
                zh="请用 1 至 8 位半角字母或数字，每个部门各用一个；门类代码不能用 KU、WS、KJ、RS、ZP。",
                en="Use 1 to 8 letters or digits, one code for each department; KU, WS, KJ, RS and ZP are no category.",
            ),
        )


class NumberGapNotFound(DmsError):
    """There is no such gap, or somebody has explained it already."""

    code: ClassVar[str] = "number_gap_not_found"
    kind: ClassVar[Kind] = Kind.NOT_FOUND

    def __init__(self, scope: str, number: int) -> None:
        super().__init__(
            Bilingual(
                zh=f"“{scope}”中没有待说明的空号 {number}。", en=f"There is no unexplained gap {number} in “{scope}”."
            ),
            Bilingual(zh="它可能刚被说明；请刷新空号清单。", en="Somebody may have been first; list the gaps again."),
        )


class GapReasonUnfit(DmsError):
    """A number that was left out for good needs a reason that an inspector can read."""

    code: ClassVar[str] = "number_gap_reason_unfit"
    kind: ClassVar[Kind] = Kind.REFUSED_INPUT

    def __init__(self, most: int) -> None:
        super().__init__(
            Bilingual(zh="没有写明空号的原因，或写得太长。", en="The reason is missing or too long."),
            Bilingual(
                zh=f"请用不超过 {most} 字写明原因，例如“误编作废”。",
                en=f"Say why in at most {most} characters, for example “given by mistake”.",
            ),
        )
