"""The company's schedule 《档案分类分级管理目录》 (C9-05, C9-06, C9-07): approved as a whole, version by version.

Invariant: an approved version never changes; what the company decides later is the next version.
"""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ScheduleLine:
    """One class with its five columns."""

    series_code: str
    class_zh: str
    """档案类别"""
    custody_form: str
    """保管方式: original and scan, scan only, register."""
    retention_code: str
    department: str
    """移交责任部门"""
    grade: int
    """密级"""
    remark: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RetentionSchedule:
    """One approved version."""

    version: int
    """From 1."""
    approved_by: str
    """Who approved it: name and office, as on the paper."""
    approved_on: date
    valid_from_on: date
    remark: str
    lines: tuple[ScheduleLine, ...]
    stated_by: str
    stated_at: datetime
