"""What the rules of the arrangement are called on a page, and what was done to them in the journal."""

from enum import Enum

from flask_babel import LazyString, lazy_gettext

from dms.domain.checklist import RequirementScope
from dms.domain.reference_code import CodeKind
from dms.domain.retention import RetentionTrigger, RetentionVocabulary
from dms.domain.scheme import YearRule

ARRANGEMENT_LABELS: dict[type[Enum], dict[Enum, LazyString]] = {
    YearRule: {
        YearRule.DOC_DATE: lazy_gettext("按文件日期"),
        YearRule.CLOSING_YEAR: lazy_gettext("按办结年度"),
        YearRule.SIGN_YEAR: lazy_gettext("按签订年度"),
        YearRule.FILING_YEAR: lazy_gettext("按收到年度"),
    },
    RetentionTrigger: {
        RetentionTrigger.DOCUMENT_DATE: lazy_gettext("文件日期"),
        RetentionTrigger.CLOSING: lazy_gettext("合同办结"),
        RetentionTrigger.END: lazy_gettext("合同终止或期满"),
        RetentionTrigger.PERFORMANCE: lazy_gettext("履行完毕"),
        RetentionTrigger.SETTLEMENT: lazy_gettext("结清"),
        RetentionTrigger.WARRANTY: lazy_gettext("质保期满"),
        RetentionTrigger.DISPUTE_CLOSED: lazy_gettext("争议了结"),
        RetentionTrigger.ACCOUNTING_YEAR: lazy_gettext("会计年度终了"),
    },
    RetentionVocabulary: {
        RetentionVocabulary.CURRENT: lazy_gettext("现行期限"),
        RetentionVocabulary.LEGACY: lazy_gettext("旧期限"),
    },
    RequirementScope: {
        RequirementScope.CUSTOMER: lazy_gettext("每个客户"),
        RequirementScope.CONTRACT: lazy_gettext("每份合同"),
    },
    CodeKind: {
        CodeKind.VOLUME: lazy_gettext("案卷"),
        CodeKind.ITEM: lazy_gettext("件"),
        CodeKind.PAGE: lazy_gettext("页"),
        CodeKind.BOX: lazy_gettext("档案盒"),
        CodeKind.TRANSFER: lazy_gettext("移交批次"),
        CodeKind.ACCESSION: lazy_gettext("接收登记"),
    },
}

ARRANGEMENT_ACTIONS: dict[str, LazyString] = {
    "class_scheme_adopted": lazy_gettext("采用分类方案"),
    "series_rules_stated": lazy_gettext("设置类目规则"),
    "type_filing_stated": lazy_gettext("设置资料类型的归档规则"),
    "volume_rules_stated": lazy_gettext("设置装订规则"),
    "retention_rule_stated": lazy_gettext("设置保管期限"),
    "reference_pattern_stated": lazy_gettext("设置档号格式"),
    "code_words_stated": lazy_gettext("设置门类与部门代码"),
    "number_gap_explained": lazy_gettext("说明空号原因"),
}

ARRANGEMENT_DETAILS: dict[str, LazyString] = {
    "version": lazy_gettext("版本"),
    "approved_by": lazy_gettext("批准人"),
    "valid_from_on": lazy_gettext("施行日期"),
    "retired": lazy_gettext("停用的类目"),
    "years": lazy_gettext("年数"),
    "sheets": lazy_gettext("张数"),
    "collective": lazy_gettext("零散客户合编"),
    "year_rule": lazy_gettext("归入年度"),
    "trigger": lazy_gettext("起算"),
    "mandate": lazy_gettext("制定依据"),
}

COLUMN_NAMES: dict[str, LazyString] = {
    "position": lazy_gettext("序号"),
    "doc_no": lazy_gettext("文号"),
    "author": lazy_gettext("责任者"),
    "title": lazy_gettext("题名"),
    "doc_on": lazy_gettext("日期"),
    "pages": lazy_gettext("页数"),
    "sheets": lazy_gettext("张数"),
    "copy_kind": lazy_gettext("原件情况"),
    "remark": lazy_gettext("备注"),
}
"""The columns of a contents list 卷内目录."""

FIELD_NAMES: dict[str, LazyString] = {
    "fonds": lazy_gettext("全宗号"),
    "category": lazy_gettext("门类代码"),
    "customer": lazy_gettext("客户代码"),
    "series": lazy_gettext("类目"),
    "year": lazy_gettext("年度"),
    "term": lazy_gettext("保管期限代码"),
    "department": lazy_gettext("部门代码"),
    "volume": lazy_gettext("案卷号"),
    "item": lazy_gettext("件号"),
    "page": lazy_gettext("页号"),
    "box": lazy_gettext("盒号"),
    "batch": lazy_gettext("批次号"),
}
"""The fields that a pattern for reference codes may name."""
