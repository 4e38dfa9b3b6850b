"""The help on the query language: examples of queries, and what each finds.

Invariant: every example is a query that the language understands as it is meant.
"""

from dataclasses import dataclass

from dms.errors import Bilingual


@dataclass(frozen=True, slots=True, kw_only=True)
class HelpExample:
    """A query that a person can try, and what it finds."""

    query: str
    finds: Bilingual


@dataclass(frozen=True, slots=True, kw_only=True)
class HelpSubject:
    """Examples that belong together."""

    title: Bilingual
    examples: tuple[HelpExample, ...]


def _subject(zh: str, en: str, *examples: tuple[str, str, str]) -> HelpSubject:
    return HelpSubject(
        title=Bilingual(zh, en),
        examples=tuple(HelpExample(query=query, finds=Bilingual(*finds)) for query, *finds in examples),
    )


QUERY_HELP: tuple[HelpSubject, ...] = (
    _subject(
        "词语与原文",
        "Words and phrases",
        (
            "违约金 定金",
            "同时含“违约金”和“定金”的资料；词语之间用空格隔开",
            "papers with both words; put a space between words",
        ),
        (
            '"逾期交货的违约金"',
            "这一整句原文；换行、空格、标点、全角半角、繁体简体都不影响",
            "exactly this passage; line breaks, spaces, punctuation, width and traditional characters do not matter",
        ),
        (
            "HT-2023-00871",
            "合同编号，写不写横线、括号和空格都能找到",
            "a contract number, with or without dashes, brackets and spaces",
        ),
        (
            '"与会 AND 合同"',
            "引号内的一切都按原文查找，不作符号理解",
            "inside quotation marks everything stands for itself",
        ),
    ),
    _subject(
        "与、或、非",
        "AND, OR, NOT",
        ("违约金 或 滞纳金", "含其中任意一个；也可写 或者、|、OR", "papers with either word; also OR and |"),
        (
            "买方 与 （违约金 或 定金）",
            "用括号组合；“与”可省略，也可写 AND",
            "brackets group; 与 may be left out and may be written AND",
        ),
        (
            "违约金 非 发票",
            "含“违约金”而不含“发票”；也可写 NOT",
            "papers with the first word and without the second; also NOT",
        ),
    ),
    _subject(
        "相距",
        "Near each other",
        (
            "违约 近/10 赔偿",
            "两个词相距不超过 10 字，先后不论；也可写 NEAR/10",
            "within 10 characters of each other, in either order; also NEAR/10",
        ),
        (
            "甲方 先/30 付款",
            "“甲方”在前，30 字以内有“付款”；也可写 BEFORE/30",
            "the first word followed within 30 characters by the second; also BEFORE/30",
        ),
        (
            "（甲方 或 需方） 近 （逾期 或 延期） 近/15 违约金",
            "可用括号列出几个词，也可连续使用；不写数字时为 20 字",
            "groups of words and chains are possible; without a number 20 characters",
        ),
    ),
    _subject(
        "通配与容错",
        "Wildcards and misread characters",
        ("第?条", "? 代表恰好一个字", "? stands for exactly one character"),
        ("交货*违约金", "* 代表不超过 30 字的任意文字", "* stands for any text of up to 30 characters"),
        (
            "己方逾期未付~",
            "词尾加 ~ 表示容错：识别时认错的字（如“己”“已”）、多一字或少一字也能找到",
            "~ at the end bears with what was misread: look-alike, wrong, missing or extra characters",
        ),
        ('"逾期交货的违约金"~', "引号内的原文也可以容错", "a quoted passage can bear with misreading too"),
    ),
    _subject(
        "金额与日期",
        "Amounts and dates",
        (
            "43.8万元",
            "这一金额，不论写成 438,000.00、438000元还是大写",
            "this amount, written 438,000.00, 438000元 or in capital numerals",
        ),
        (
            "2023年5月18日",
            "这一天，不论写成 2023-5-18、二〇二三年五月十八日还是 May 18, 2023",
            "this day, written 2023-5-18, in Chinese numerals or in English",
        ),
        (
            "金额:10万..50万",
            "登记的金额或文中提到的金额在此范围内",
            "the recorded amount or one that the text mentions lies in this range",
        ),
        (
            "金额>=100万",
            "比较大小时可省略冒号；也可写 金额:100万以上、不超过、超过、不满；单写“100万以上”只看文中提到的",
            "a comparison needs no colon; also 以上, 不超过, 超过, 不满; without the field in the text alone",
        ),
        ("登记金额:>=100万", "只看登记的金额", "the recorded amount alone"),
        ("文中金额:438000", "只看文中提到的金额", "an amount that the text mentions alone"),
        (
            "日期:2023-05..2023-08",
            "登记的日期或文中提到的日期在此期间；也可写 [2023-05 TO 2023-08]、2023-05 至 2023-08、2023-05 以后",
            "the recorded date or one that the text mentions lies in these months; also date:[2023-05 TO 2023-08]",
        ),
        (
            "日期:2023年第二季度",
            "也可写 2023Q2、2023年上半年、2023年5月中旬",
            "a quarter of a year; also 2023Q2, half a year or a third of a month",
        ),
        ("登记日期:2023", "只看登记的日期", "the recorded date alone"),
        ("文中日期:2023年5月", "只看文中提到的日期", "a date that the text mentions alone"),
    ),
    _subject(
        "字段",
        "Fields",
        (
            "客户:江苏 合同:HT-2023",
            "客户名称或编号、合同编号或名称",
            "in the customer's name or code, in the contract's number or title; also customer: and contract:",
        ),
        (
            "合同编号:HT-2023-00871",
            "这一合同编号，登记的或文中写到的；也可写 合同号:",
            "a contract's number, recorded or written in the text; also 合同号:",
        ),
        (
            "信用代码:91320594",
            "统一社会信用代码，登记的或文中写到的，可只写一段",
            "the credit code or a piece of it; also uscc:",
        ),
        (
            "题名:补充协议 正文:违约金",
            "只在题名中、只在正文中",
            "in the title alone, in the text alone; also title: and text:",
        ),
        ("类型:发票 年度:2021..2023", "资料类型与年度；也可写 年度:>=2021", "type and year; also type: and year:"),
        ("类目:交易状况", "四大类目之一，可写编号或名称", "one of the four series, by code or name"),
        ("密级:一级 状态:待核对", "密级与状态", "grade and state; also grade: and state:"),
        ("页数:>100", "一百页以上的资料", "papers of more than a hundred pages"),
        (
            "客户:(江苏 或 安徽) 非 类型:发票",
            "字段后可用括号列出几个词，也可排除",
            "a field may hold a group of words, and may be excluded",
        ),
    ),
)
