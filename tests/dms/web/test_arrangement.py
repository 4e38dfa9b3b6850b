"""The arrangement in the browser: schemes are adopted after a look, rules stay typed where they are refused."""

from dataclasses import replace

import pytest

from dms.domain.actor import OPERATOR, Role
from dms.domain.scheme import YearRule
from dms.filing.arranging import VolumeRules, arrangement, volume_rules

SERIES = {
    "year_rule": "closing_year",
    "retention": "Y",
    "grade": "2",
    "columns": ["position", "title", "doc_on", "pages"],
    "rows": "2",
    "code-0": "contract",
    "zh-0": "合同正本",
    "en-0": "the contract",
    "types-0": "合同、amendment",
    "scope-0": "contract",
    "zh-1": "保密协议",
    "types-1": "审批文件",
    "when-1": "合同",
    "scope-1": "customer",
    "expires-1": "on",
    "approved_by": "档案科",
}


def found(archive):
    return arrangement(OPERATOR, archive=archive)


def test_the_page_shows_the_scheme_in_force_with_its_rules(office):
    page = office.get("/arrangement").text
    assert "四大类（客户档案）" in page
    assert "按文件日期" in page
    assert "有效的营业执照" in page
    assert "六大类（客户档案）" in page


def test_everything_is_shown_before_a_scheme_is_adopted(office, archive):
    question = office.get("/arrangement/adopt/six").text
    assert "停用的类目" in question
    assert "A6 往来函件、退赔与争议" in question
    assert found(archive).scheme.code == "four"
    answer = office.post("/arrangement/adopt/six", {"approved_by": "总经理办公会"})
    assert answer.status_code == 302
    page = office.get("/arrangement").text
    assert "总经理办公会 批准" in page
    assert "已停用的类目（4 个）" in page
    assert found(archive).scheme.code == "six"


def test_a_scheme_without_approval_is_asked_for_again(office, archive):
    answer = office.post("/arrangement/adopt/six", {"approved_by": " ", "valid_from_on": "2026-02-01"})
    assert answer.status_code == 422
    assert 'value="2026-02-01"' in answer.text
    assert found(archive).scheme.code == "four"


def test_a_scheme_that_does_not_exist_is_a_page_that_says_so(office):
    assert office.get("/arrangement/adopt/nine").status_code == 404


def test_the_rules_of_a_series_are_put_in_force(office, archive):
    assert office.get("/arrangement/series/3").status_code == 200
    assert office.post("/arrangement/series/3", dict(SERIES)).status_code == 302
    changed = next(each for each in found(archive).series if each.code == "3")
    assert (changed.year_rule, changed.retention_code, changed.grade) == (YearRule.CLOSING_YEAR, "Y", 2)
    assert changed.columns == ("position", "title", "doc_on", "pages")
    contract, secrecy = changed.checklist
    assert contract.types == {"contract", "amendment"}
    assert (secrecy.code, secrecy.when, secrecy.expires) == ("approval", {"contract"}, True)
    assert found(archive).scheme.version == 1


def test_rules_that_are_refused_stay_in_the_form(office, archive):
    before = found(archive).series
    answer = office.post("/arrangement/series/3", SERIES | {"types-1": "情书"})
    assert answer.status_code == 422
    assert "情书" in answer.text.split("notice-danger")[1]
    assert 'value="保密协议"' in answer.text
    assert found(archive).series == before
    assert office.get("/arrangement/series/99").status_code == 404


def test_a_retention_rule_is_stated_and_its_years_stay(office, archive):
    assert "30年" in office.get("/arrangement/retention").text
    form = {"code": "d15", "zh": "15年", "years": "15", "trigger": "closing", "mandate": "公司档案制度"}
    assert office.post("/arrangement/retention", form).status_code == 302
    rule = found(archive).retention("D15")
    assert (rule.years, rule.version, rule.mandate_zh) == (15, 1, "公司档案制度")
    refused = office.post("/arrangement/retention", form | {"years": "20"})
    assert refused.status_code == 409
    assert 'value="公司档案制度"' in refused.text
    assert office.post("/arrangement/retention", form | {"zh": "十五年"}).status_code == 302
    assert replace(rule, zh="十五年", en="十五年", version=2) == found(archive).retention("D15")


@pytest.mark.parametrize("years", ["", "abc", "0", "101"])
def test_years_that_are_no_term_are_refused(office, years):
    form = {"code": "X1", "zh": "某期限", "years": years}
    assert office.post("/arrangement/retention", form).status_code == 422


def test_a_type_is_filed_elsewhere_and_by_another_year(office, archive):
    page = office.get("/arrangement/series/3").text
    assert 'name="series-approval"' in page
    form = {
        "types": ["approval", "contract"],
        "series-approval": "1",
        "series-contract": "3",
        "year-contract": "sign_year",
    }
    assert office.post("/arrangement/series/3/types", form).status_code == 302
    types = {kind.code: kind for kind in found(archive).types}
    assert types["approval"].series == "1"
    assert types["contract"].year_rule is YearRule.SIGN_YEAR
    assert "没有改动" in office.get(office.post("/arrangement/series/3/types", form).location).text
    assert office.post("/arrangement/series/3/types", {"types": "poem"}).status_code == 404


def test_how_thick_volumes_may_become_is_a_rule(office, archive):
    assert office.post("/arrangement/volume-rules", {"most_sheets": "150"}).status_code == 302
    assert volume_rules(OPERATOR, archive=archive) == VolumeRules(most_sheets=150, collective=False)
    refused = office.post("/arrangement/volume-rules", {"most_sheets": "5000"})
    assert refused.status_code == 422
    assert 'value="5000"' in refused.text
    assert volume_rules(OPERATOR, archive=archive).most_sheets == 150


def test_who_may_only_look_sees_rules_without_a_way_to_change_them(desk):
    desk.sign_in_as(Role.LAWYER)
    page = desk.get("/arrangement").text
    assert "查看变化" not in page
    assert "保存规则" not in desk.get("/arrangement/series/1").text
    assert desk.get("/arrangement/adopt/six").status_code == 403
    assert desk.post("/arrangement/adopt/six", {"approved_by": "甲"}).status_code == 403
    assert desk.post("/arrangement/series/3", dict(SERIES)).status_code == 403
    assert desk.post("/arrangement/series/3/types", {}).status_code == 403
    assert desk.post("/arrangement/volume-rules", {"most_sheets": "150"}).status_code == 403
    assert "每卷最多 200 张" in page
    assert desk.post("/arrangement/retention", {"code": "X1", "zh": "甲", "years": "5"}).status_code == 403
