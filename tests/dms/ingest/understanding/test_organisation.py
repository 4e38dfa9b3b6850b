from typing import Any

import pytest

from dms.ingest.understanding.cues import Cues
from dms.ingest.understanding.organisation import NameForm, find_companies, name_at
from dms.ingest.understanding.paper import prepare

ORGANISATIONS = [
    ("limited company", "苏州瑞泰精密机械有限公司"),
    ("company limited by shares", "江苏新纪元装备制造股份有限公司"),
    ("limited liability company", "安徽皖江发电有限责任公司"),
    ("group", "浙江舟山远洋渔业集团有限公司"),
    ("branch", "中联起重设备租赁有限公司西安分公司"),
    ("place in brackets", "西门子传动（昆山）有限公司"),
    ("factory", "山东鲁北橡塑制品厂"),
    ("partnership", "河南中原会计师事务所（普通合伙）"),
    ("limited partnership", "宁波梅山启航股权投资合伙企业（有限合伙）"),
    ("shop", "启东市汇龙镇老张五金经营部"),
    ("hospital", "绍兴柯桥人民医院"),
    ("university", "南京农业大学"),
    ("authority", "西宁湟水灌区管理处"),
    ("cooperative", "沭阳县丰收农机专业合作社"),
    ("a place that looks like a label", "致远由由食品集团有限公司"),
    ("letters in the name", "深圳ABC电子有限公司"),
    ("a place that begins like a sentence", "自贡彩灯文化有限公司"),
]
ENDS = [
    ("the next cell", "苏州甲有限公司 收货单位：江苏乙有限公司", "苏州甲有限公司"),
    ("the next cell without a gap", "苏州甲有限公司收货单位：江苏乙有限公司", "苏州甲有限公司"),
    ("a seal word", "苏州甲有限公司（盖章）", "苏州甲有限公司"),
    ("a seal", "苏州甲有限公司合同专用章", "苏州甲有限公司"),
    ("a statement", "苏州甲有限公司，住所地苏州", "苏州甲有限公司"),
    ("the next line", "苏州甲有限公司\n货物名称 液压缸公司货", "苏州甲有限公司"),
    (
        "a full line that breaks 经营部",
        "启东市汇龙镇和平恒源医疗器械以及日用百货五金交电经\n营部\n地址：启东",
        "启东市汇龙镇和平恒源医疗器械以及日用百货五金交电经营部",
    ),
    (
        "a full line before the branch",
        "长江三角洲双方包装材料以及新型建筑材料有限公司\n苏州分公司",
        "长江三角洲双方包装材料以及新型建筑材料有限公司苏州分公司",
    ),
    ("a broken line", "内蒙古草原红牛羊肉食品\n股份有限公司", "内蒙古草原红牛羊肉食品股份有限公司"),
]
COMPLETED = [
    ("可 for 司", "苏州瑞泰精密机械有限公可"),
    ("同 for 司", "苏州瑞泰精密机械有限公同"),
    ("司 lost", "苏州瑞泰精密机械有限公"),
    ("公 lost", "苏州瑞泰精密机械有限司"),
    ("限 misread", "苏州瑞泰精密机械有服公司"),
]
NOBODY = [
    ("a signature line", "（签字）"),
    ("the other party's label", "乙方：苏州甲有限公司"),
    ("an empty cell", ""),
    ("a remark", "详见附件"),
    ("a day", "2020年1月1日"),
]


def view_of(read: Any, text: str) -> Any:
    return prepare(read(f"甲方：{text}")).sheets[0].lines


@pytest.mark.parametrize(("what", "name"), ORGANISATIONS, ids=[case[0] for case in ORGANISATIONS])
def test_a_name_is_recognised_by_its_form(what: str, name: str, read: Any, cues: Cues) -> None:
    found = name_at(view_of(read, name), 3, cues, announced=True)
    assert found is not None
    assert (found.value, found.form, found.completed) == (name, NameForm.ORGANISATION, False)


@pytest.mark.parametrize(("what", "text", "name"), ENDS, ids=[case[0] for case in ENDS])
def test_a_name_ends_where_something_else_begins(what: str, text: str, name: str, read: Any, cues: Cues) -> None:
    found = name_at(view_of(read, text), 3, cues, announced=True)
    assert found is not None
    assert found.value == name


@pytest.mark.parametrize(("what", "text"), COMPLETED, ids=[case[0] for case in COMPLETED])
def test_a_misread_legal_form_is_completed_and_said(what: str, text: str, read: Any, cues: Cues) -> None:
    found = name_at(view_of(read, text), 3, cues, announced=True)
    assert found is not None
    assert (found.value, found.completed, found.passage.as_read) == ("苏州瑞泰精密机械有限公司", True, text)


def test_a_company_whose_name_only_looks_misread_keeps_it(read: Any, cues: Cues) -> None:
    found = name_at(view_of(read, "铜陵有色公司"), 3, cues, announced=True)
    assert found is not None
    assert (found.value, found.completed) == ("铜陵有色公司", False)


@pytest.mark.parametrize(("what", "text"), NOBODY, ids=[case[0] for case in NOBODY])
def test_what_is_no_name_is_nobody(what: str, text: str, read: Any, cues: Cues) -> None:
    assert name_at(view_of(read, text), 3, cues, announced=True) is None


def test_a_person_is_taken_only_behind_a_colon_or_a_cell_border(read: Any, cues: Cues) -> None:
    view = view_of(read, "欧阳振华")
    found = name_at(view, 3, cues, announced=True)
    assert found is not None
    assert found.form is NameForm.PERSON
    assert name_at(view, 3, cues, announced=False) is None


def test_the_beginning_of_a_sentence_is_no_name(read: Any, cues: Cues) -> None:
    view = prepare(read("乙方向甲方供应由苏州甲有限公司生产的液压缸")).sheets[0].lines
    assert name_at(view, 2, cues, announced=False) is None


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("鉴于供货事宜与江苏乙股份有限公司洽谈", ["江苏乙股份有限公司"]),
        ("江苏甲机械有限公司和苏州乙电子有限公司", ["江苏甲机械有限公司", "苏州乙电子有限公司"]),
        ("我公司与贵公司、本公司", []),
        ("关于签订合同的请示\n公司领导：", []),
        ("（以下简称甲方）苏州乙电子有限公司", ["苏州乙电子有限公司"]),
    ],
)
def test_companies_are_found_in_running_text(text: str, names: list[str], read: Any, cues: Cues) -> None:
    view = prepare(read(text)).sheets[0].running
    assert [name.value for name in find_companies(view, cues)] == names
