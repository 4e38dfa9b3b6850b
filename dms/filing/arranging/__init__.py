"""方案与编号: class schemes and the rules of their series, retention rules, how codes are written, numbers given."""

from dms.filing.arranging.adopting import AdoptedRules, SchemeChange, SchemeWish, adopt_scheme, scheme_change
from dms.filing.arranging.checking import NumberingAgreement, NumberingVerdict, check_numbering, numbering_verdict
from dms.filing.arranging.code_fields import COLLECTIVE_CUSTOMER, NO_DEPARTMENT, code_fields
from dms.filing.arranging.errors import (
    ApprovalNotStated,
    CodeWordUnfit,
    GapReasonUnfit,
    NumberGapNotFound,
    NumberingStyleUnknown,
    PatternsClash,
    RetentionRuleUnfit,
    RetentionTermFixed,
    SchemeNotYetValid,
    SchemeUnknown,
    SeriesRuleUnfit,
)
from dms.filing.arranging.fitting import FIELDS_OF, KIND_NAMES
from dms.filing.arranging.given_numbers import GapPage, NumberPage, explain_gap, number_gaps, numbers_given
from dms.filing.arranging.numbering import Numbering, NumberingWish, numbering, state_numbering, style_texts
from dms.filing.arranging.overview import Arrangement, arrangement
from dms.filing.arranging.previewing import NumberingPreview, PatternPreview, preview_numbering
from dms.filing.arranging.retaining import state_retention_rule
from dms.filing.arranging.series_rules import NEEDED_COLUMNS, SeriesRules, state_series_rules
from dms.filing.arranging.type_filing import TypeFiling, state_type_filings
from dms.filing.arranging.volume_rules import (
    LEAST_SHEETS,
    MOST_SHEETS,
    VolumeRules,
    state_volume_rules,
    volume_rules,
    volume_rules_in_force,
)

__all__ = [
    "COLLECTIVE_CUSTOMER",
    "FIELDS_OF",
    "KIND_NAMES",
    "LEAST_SHEETS",
    "MOST_SHEETS",
    "NEEDED_COLUMNS",
    "NO_DEPARTMENT",
    "AdoptedRules",
    "ApprovalNotStated",
    "Arrangement",
    "CodeWordUnfit",
    "GapPage",
    "GapReasonUnfit",
    "NumberGapNotFound",
    "NumberPage",
    "Numbering",
    "NumberingAgreement",
    "NumberingPreview",
    "NumberingStyleUnknown",
    "NumberingVerdict",
    "NumberingWish",
    "PatternPreview",
    "PatternsClash",
    "RetentionRuleUnfit",
    "RetentionTermFixed",
    "SchemeChange",
    "SchemeNotYetValid",
    "SchemeUnknown",
    "SchemeWish",
    "SeriesRuleUnfit",
    "SeriesRules",
    "TypeFiling",
    "VolumeRules",
    "adopt_scheme",
    "arrangement",
    "check_numbering",
    "code_fields",
    "explain_gap",
    "number_gaps",
    "numbering",
    "numbering_verdict",
    "numbers_given",
    "preview_numbering",
    "scheme_change",
    "state_numbering",
    "state_retention_rule",
    "state_series_rules",
    "state_type_filings",
    "state_volume_rules",
    "style_texts",
    "volume_rules",
    "volume_rules_in_force",
]
