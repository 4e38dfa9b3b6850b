from typing import Any

import pytest

from dms.domain.proposal import FieldName
from dms.ingest.understanding import understand

TITLES = [
    (
        "name, title and number",
        "采购合同\n合同编号：CG-2020-1\n甲方：江苏甲机械有限公司\n乙方：苏州乙电子有限公司",
        "苏州乙电子有限公司 采购合同 CG-2020-1",
    ),
    (
        "name within the title is not repeated",
        "苏州乙电子有限公司授权委托书\n委托单位：苏州乙电子有限公司",
        "苏州乙电子有限公司授权委托书",
    ),
    ("no number", "营 业 执 照\n名称：苏州乙电子有限公司", "苏州乙电子有限公司 营业执照"),
    ("traditional as printed", "營業執照\n名稱：廈門鷺島電子有限公司", "廈門鷺島電子有限公司 營業執照"),
    (
        "misread title put right",
        "授权委托节\n委托单位：苏州乙电子有限公司\n受托人：王五",
        "苏州乙电子有限公司 授权委托书",
    ),
    (
        "no title: the type's name",
        "供货单位：苏州乙电子有限公司\n验收数量：2\n验收结论：合格",
        "苏州乙电子有限公司 验收记录",
    ),
]


@pytest.mark.parametrize(("what", "text", "title"), TITLES, ids=[case[0] for case in TITLES])
def test_the_catalogue_title_says_who_what_and_which(what: str, text: str, title: str, read: Any) -> None:
    assert understand(read(text)).value(FieldName.TITLE) == title
