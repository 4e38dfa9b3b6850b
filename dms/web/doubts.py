"""What made the machine doubt, in words a person can act on; the codes are those that `dms.ingest` leaves behind."""

from flask_babel import LazyString, lazy_gettext

from dms.domain.item import Item
from dms.domain.proposal import FieldName

TYPE_UNKNOWN = "type_unknown"
CUSTOMER_UNKNOWN = "customer_unknown"
_UNCERTAIN = "uncertain_"

_DOUBTS: dict[str, LazyString] = {
    "nothing_read": lazy_gettext("这件资料没有读出任何文字，请对照图像手工著录。"),
    TYPE_UNKNOWN: lazy_gettext("没能判断资料类型，请选择。"),
    "type_differs_from_claim": lazy_gettext("读到的资料类型与上传时填写的不一致，请核对。"),
    "customer_differs_from_claim": lazy_gettext("纸面上的客户与上传时填写的不一致，请核对这件资料属于谁。"),
    "contract_differs_from_claim": lazy_gettext("纸面上的合同号与上传时填写的不一致，请核对。"),
    "credit_code_and_name_differ": lazy_gettext("信用代码与单位名称指向不同的客户，请对照证照核对。"),
    "several_contract_numbers": lazy_gettext("纸面上有多个合同号，请确认这件资料属于哪一份合同。"),
    "figures_and_capitals_differ": lazy_gettext("金额的大写与小写不一致，请对照原件确认。"),
    "check_digit_fails": lazy_gettext("统一社会信用代码的校验位不对，可能有字符识别错误，请逐位核对。"),
    CUSTOMER_UNKNOWN: lazy_gettext("没有匹配到已登记的客户，请选择，或登记为新客户。"),
}

_FIELDS: dict[str, LazyString] = {
    FieldName.TYPE: lazy_gettext("资料类型"),
    FieldName.TITLE: lazy_gettext("题名"),
    FieldName.CONTRACT_NO: lazy_gettext("合同号"),
    FieldName.CUSTOMER_NAME: lazy_gettext("客户名称"),
    FieldName.CUSTOMER_ROLE: lazy_gettext("客户称谓"),
    FieldName.USCC: lazy_gettext("信用代码"),
    FieldName.DOC_DATE: lazy_gettext("日期"),
    FieldName.AMOUNT: lazy_gettext("金额"),
}

_REASONS: dict[str, LazyString] = {
    "low_confidence": lazy_gettext("字迹不够清楚"),
    "title_misread": lazy_gettext("标题可能有误读"),
    "by_wording": lazy_gettext("根据正文措辞推断，没有找到标题"),
    "as_claimed": lazy_gettext("按上传时填写的内容"),
    "check_digit_fails": lazy_gettext("校验位不对，请逐位核对"),
    "check_digit_repaired": lazy_gettext("按校验位修正了易混字符"),
    "impossible_letters_replaced": lazy_gettext("替换了代码中不可能出现的字母"),
    "wrong_length": lazy_gettext("位数不对"),
    "by_position": lazy_gettext("根据位置推断，附近没有标签"),
    "other_party_by_role": lazy_gettext("根据甲方、乙方等称谓推断为对方"),
    "name_as_known": lazy_gettext("按已登记的名称补正"),
    "name_completed": lazy_gettext("名称不完整，已补全"),
    "several_readings": lazy_gettext("纸面上有多处，说法不一"),
    "look_alikes_replaced": lazy_gettext("替换了形近字符"),
    "derived_from_agreement_number": lazy_gettext("由补充协议的编号推出"),
    "figures_and_capitals_differ": lazy_gettext("大写与小写不一致"),
    "one_form_only": lazy_gettext("只有一种写法，无法互相印证"),
    "last_day_on_paper": lazy_gettext("取纸面上最后一个日期"),
}

_SOMETHING_TO_CHECK = lazy_gettext("有一处需要人工核对，请对照图像检查。")
_NOT_CERTAIN = lazy_gettext("没有十足把握，请核对")


def is_uncertain(item: Item, field: FieldName) -> bool:
    """Whether the machine read this field of an unconfirmed paper without being certain of it."""
    return f"{_UNCERTAIN}{field.value}" in item.doubts


def doubts_in_words(item: Item) -> dict[str, str]:
    """What to look at about the paper as a whole, a sentence for each code; one without words asks to compare."""
    codes = (code for code in item.doubts if not code.startswith(_UNCERTAIN))
    return {code: str(_DOUBTS.get(code, _SOMETHING_TO_CHECK)) for code in codes}


def uncertain_fields(item: Item) -> list[str]:
    """The names of the fields that were read without certainty."""
    codes = (code.removeprefix(_UNCERTAIN) for code in item.doubts if code.startswith(_UNCERTAIN))
    return [field_in_words(code) for code in codes]


def field_in_words(field: str) -> str:
    """What a fact that is read off a paper is called."""
    return str(_FIELDS.get(field, field))


def reason_in_words(code: str) -> str:
    """Why a proposal is uncertain, as a short phrase; a code without one says so in general."""
    return str(_REASONS.get(code, _NOT_CERTAIN))
