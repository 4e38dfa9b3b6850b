"""What stands around a number in running text and says that it is no amount: labels, measure words, units.

Invariant: every question looks at a few characters beside the number only, so that a long text stays cheap.
"""

import re

_LOOK_BACK = 12
"""Characters before a number in which its label stands."""
_LOOK_BACK_OVER_GROUPS = 30
"""Characters before a group of digits in which the groups before it stand, and their label."""

_LABEL = re.compile(
    r"(?:[编單单票证證账賬帐卡工批序订訂货貨案件字文同图圖型版册冊档檔房门門]号|号码|號碼|[编代邮郵验驗]码|[编編]号?|[邮郵]编"
    r"|电话|電話|手机|手機|热线|座机|传真|傳真|规格|[账帐]户|身份证|房间|QQ|微信|第"
    r"|(?<![A-Za-z])(?:No|NO|no|N[º°]|Nr|Tel|TEL|tel|Fax|FAX|fax|ID|Id|Ref|REF|P/O|PO|SN|S/N|GB(?:/?T)?|JB(?:/?T)?|HG(?:/?T)?"
    r"|QB(?:/?T)?|DL(?:/?T)?|YY(?:/?T)?|SH(?:/?T)?|ISO|IEC|DIN|ASTM|EN|Ver|V|v|Rev|Page|page|[Pp])|№|＃|#)"
    r"[\s:：.．,，(（)）]*\Z"
)
_GROUPS_BEFORE = re.compile(
    r"(?:(?:电话|電話|手机|手機|热线|座机|传真|傳真|[账帐卡]号|[账帐]户|Tel|TEL|tel|Fax|FAX|fax)[.:：]?"
    r"|(?<![0-9])0[0-9]{2,3}(?=[-\s)）])|\+[0-9]{1,3}(?=[-\s])|(?<![0-9])[48]00-)[-+0-9()（）\s转]*\Z"
)
_GROUPED_BY_SPACES = re.compile(
    r"(?<![0-9])(?:[0-9]{4}(?: [0-9]{4}){2,}|(?:1[3-9][0-9]|0[0-9]{2,3}) [0-9]{4} [0-9]{4}"
    r"|[48]00 [0-9]{3,4} [0-9]{3,4})(?![0-9.,])"
)

_MEASURES = (
    "个台件份条页号年月日只支根吨克斤米升人名次股户辆架艘块张本册箱包袋瓶桶盒层栋幢亩顷伏安瓦赫兆转度像字卷倍步天时分秒种项套批组对双副把片枚粒"
    "座间处家位周岁楼室期级款幅列行届例孔节段個號條頁張輛間層塊項組對雙"
)
_LONG_MEASURES = (
    "公[斤里分顷吨尺升]|千[克米瓦伏帕卡牛升]|毫[米升克安]|[厘微纳]米|平方|平米|立方|工作日|小时|分钟|工时|人次|像素|兆"
)
_UNIT = (
    r"(?:[a-zμ]{1,4}|k[A-Z][A-Za-z]{0,2}|M[PWHVB][a-z]{0,2}|[VWALKTNΩ]|dB|Hz|Pa|Nm|PCS|SET|pcs)[²³23]?(?![A-Za-z0-9])"
)
_MEASURED = re.compile(
    rf"[{_MEASURES}]|[ \u3000]?(?:{_LONG_MEASURES}|[{_MEASURES}](?![\u4e00-\u9fff])|{_UNIT})"
    r"|\s?[%‰℃℉°′″㎡㎥㎜㎝㎞㎏²³]|[A-Za-z_@]|[0-9](?![0-9]{0,2},[0-9]{3})|[余多餘几幾]|分之"
)
_GOING_ON = re.compile(r"\s?(?:[×*]|/[0-9])|[.,，:：][0-9]|[-–—](?![0-9]{1,3},[0-9]{3})[0-9A-Za-z]")
_COUNTED = re.compile(rf"[\u4e00-\u9fff](?<![整正含及和与以])|[ \u3000][{_MEASURES}]")


def is_labelled(text: str, start: int) -> bool:
    """Whether a label before `start` announces a number of something: 电话, 编号, 邮编, No., GB/T."""
    return _LABEL.search(text, max(0, start - _LOOK_BACK), start) is not None


def follows_other_groups(text: str, start: int) -> bool:
    """Whether the digits at `start` go on a telephone or an account, its area code or label and other groups before."""
    return _GROUPS_BEFORE.search(text, max(0, start - _LOOK_BACK_OVER_GROUPS), start) is not None


def is_part_of_spaced_number(text: str, start: int, end: int) -> bool:
    """Whether the digits belong to an account or telephone that is written in groups, ``6222 0212 3456 7890``."""
    window = range(max(0, start - 15), min(len(text), end + 15))
    found = _GROUPED_BY_SPACES.finditer(text, window.start, window.stop)
    return any(match.start() <= start < match.end() for match in found)


def is_measured(text: str, end: int) -> bool:
    """Whether what follows makes the number a quantity or a share: 台, mm, %."""
    return _MEASURED.match(text, end) is not None


def goes_on(text: str, end: int) -> bool:
    """Whether the number is the first part of a longer one, a date or measurements: ``-01``, ``:30``, ``×800``."""
    return _GOING_ON.match(text, end) is not None


def is_count(text: str, end: int) -> bool:
    """Whether a Chinese word follows without a gap, or a measure word, which makes a bare integer a count of it."""
    return _COUNTED.match(text, end) is not None
