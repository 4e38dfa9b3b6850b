import pytest

from dms.search.amount_mention import amount_written, amounts_in

NAMED = [
    ("columns of a table", "1 减速机 ZQ-500 台 12 3,090.00 37,080.00", ["3090.00", "37080.00"]),
    ("cells one below the other", "液压缸\n164\n2270\n372280", ["2270.00", "372280.00"]),
    ("two columns without a gap", "9,200.001,242,000.00", ["9200.00", "1242000.00"]),
    ("a product and its result", "262×3,090.00=809,580.00", ["3090.00", "809580.00"]),
    ("a list", "438,000、500,000", ["438000.00", "500000.00"]),
    ("a range with one unit", "10-50万元", ["100000.00", "500000.00"]),
    ("a range whose first end is greater than the number before 万", "5000至1万元", ["5000.00", "10000.00"]),
    ("a range of grouped numbers", "￥438,000.00-500,000.00", ["438000.00", "500000.00"]),
    ("a price for one", "438,000.00/台", ["438000.00"]),
    ("brackets", "（¥438,000.00）", ["438000.00"]),
    ("a unit between brackets", "438000（元）", ["438000.00"]),
    ("blanks for thousands behind the sign", "¥ 1 234 567.89", ["1234567.89"]),
    ("a broken line", "RMB 438,\n000.00", ["438000.00"]),
    ("a cell that ends in a numeral before one in words", "三\n四十万元", ["400000.00"]),
    ("letters for digits where the shape is that of an amount", "43B,0O0.00", ["438000.00"]),
    ("dollars, as the number", "USD 10,000", ["10000.00"]),
    ("a table in 万元, in both units", "单位：万元\n设备 438.50", ["438.50", "4385000.00"]),
    ("a table in 万元 with one decimal", "金额（万元）\n43.8", ["438000.00"]),
    ("printed places of a voucher", "肆万零仟零佰零拾零元零角零分", ["40000.00"]),
    ("a line to write on", "人民币_438,000_元", ["438000.00"]),
    ("a line in words", "人民币____肆拾叁万捌仟_____元整", ["438000.00"]),
    ("brackets of a pattern", "人民币【43.8】万元", ["438000.00"]),
    ("a line behind the sign", "¥____438000____", ["438000.00"]),
    ("cells with the unit, one below the other", "数量 5\n3,000.00元\n15,000.00元", ["3000.00", "15000.00"]),
    ("blanks for thousands", "共12 000元", ["0.00", "12000.00"]),
    ("a blank behind the point", "总价43. 8万元", ["80000.00", "438000.00"]),
    ("a clause before an amount", "3. 50万元以上", ["500000.00", "35000.00"]),
    ("a small integer in a table in 万元", "单位：万元\n设备款 438", ["4380000.00"]),
    ("numbers of lines in a table in 万元", "单位：万元\n1 设备 43.8\n2 安装 50", ["438000.00", "500000.00"]),
    ("a traditional head of a table", "單位：萬元\n设备 43.8", ["438000.00"]),
    ("a head with blanks", "单 位：万 元\n设备 438", ["4380000.00"]),
    ("a head with more in its brackets", "总价（含税，万元）\n43.8", ["438000.00"]),
    ("a head with a slash", "金额/万元\n43.8", ["438000.00"]),
    ("an amount in brackets, which is no head", "（共计43.8万元）\n第 12 条", ["438000.00"]),
    ("euros without a blank", "EUR43,800.00", ["43800.00"]),
    ("small letters before the number", "usd43,800", ["43800.00"]),
    ("the currency behind", "43,800.00EUR", ["43800.00"]),
    ("units below units", "4亿3千8百万元", ["438000000.00"]),
    ("formal units behind figures", "43万8仟元", ["438000.00"]),
    ("formal numerals behind figures", "43万捌仟元整", ["438000.00"]),
    ("figures behind formal numerals", "肆拾叁万8000元", ["438000.00"]),
    ("a nought between", "10万零500元", ["100500.00"]),
    ("less than one in words", "零点五元", ["0.50"]),
    ("廿", "廿万元", ["200000.00"]),
    ("a range in 万 alone", "10～50万", ["100000.00", "500000.00"]),
    ("a range with a unit at each end", "1.5万-2万元", ["15000.00", "20000.00"]),
    ("more than any money", "12,345,678,901,234,567.00", []),
    ("the most", "9,999,999,999,999,999.99元", ["9999999999999999.99"]),
]
NO_AMOUNT = [
    "3.20 付款方式", "电话:0512-6688 1234", "传真:+86 512 66881234", "客服400-800-1234", "账号 6222 0212 3456 7890",
    "星湖街1328 号楼", "(2023)皖0199民初327号", "共3,000台", "1,200 mm", "2023,2024", "约43.8万余元", "20000多元",
    "三百多万", "三元公司", "百分之五", "十万分之一", "-438,000元", "¥-438,000", "A-1234", "1234-A", "1e50000",
    "A股2亿股", "10～50万台", "A_438,000_B", "二十一世纪", "第三十五条", "50元件", "2023元旦",
]  # fmt: skip


@pytest.mark.parametrize(("where", "text", "yuan"), NAMED, ids=[row[0] for row in NAMED])
def test_amounts_are_found_in(where: str, text: str, yuan: list[str]) -> None:
    assert [f"{one.fen // 100}.{one.fen % 100:02}" for one in amounts_in(text)] == yuan


@pytest.mark.parametrize("text", NO_AMOUNT)
def test_numbers_of_other_things_are_no_amounts(text: str) -> None:
    assert list(amounts_in(text)) == []


def test_the_sign_and_the_unit_belong_to_the_amount() -> None:
    text = "价款人民币（大写）：肆拾叁万捌仟元整，小写：RMB 438,000.00 元整。"
    assert [text[one.start : one.end] for one in amounts_in(text)] == [
        "RMB 438,000.00 元整",
        "人民币（大写）：肆拾叁万捌仟元整",
    ]


@pytest.mark.parametrize(
    ("written", "fen"),
    [
        ("99", 9900),
        ("12.5", 1250),
        ("1.5亿", 15_000_000_000),
        ("三百", 30_000),
        ("5千", 500_000),
        ("rmb438000", 43_800_000),
    ],
)
def test_a_person_may_leave_out_the_unit(written: str, fen: int) -> None:
    assert amount_written(written) == fen


@pytest.mark.parametrize("written", ["", "12.345", "元", "二〇二三", "1e5", "12元13元", "9" * 5000])
def test_what_is_not_whole_fen_or_no_number_is_no_amount(written: str) -> None:
    assert amount_written(written) is None
