"""The tables of appraisals and destruction lists.

Invariant: opinions and signatures are only added, and nothing of a list is forgotten (triggers hold this).
"""

from sqlalchemy import JSON, Column, Date, ForeignKey, Integer, Table, Text, UniqueConstraint

from dms.store.tables import Moment, metadata

appraisal_case = Table(
    "appraisal_case",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("number", Text, nullable=False, unique=True),
    Column("title", Text, nullable=False),
    Column("state", Text, nullable=False, index=True),
    Column("chair", Text, nullable=False),
    Column("members", JSON, nullable=False),
    Column("begun_by", Text, nullable=False),
    Column("begun_at", Moment, nullable=False),
    Column("decided_at", Moment),
    Column("report", Text, nullable=False),
)

appraisal_line = Table(
    "appraisal_line",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("case_id", ForeignKey("appraisal_case.id"), nullable=False),
    Column("position", Integer, nullable=False),
    Column("item_key", ForeignKey("item.key"), nullable=False, index=True),
    Column("due_on", Date, nullable=False),
    Column("term_code", Text, nullable=False),
    Column("verdict", Text),
    Column("years", Integer),
    Column("reason", Text, nullable=False),
    UniqueConstraint("case_id", "item_key"),
)

appraisal_opinion = Table(
    "appraisal_opinion",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("case_id", ForeignKey("appraisal_case.id"), nullable=False, index=True),
    Column("line_id", Integer),
    Column("member", Text, nullable=False),
    Column("verdict", Text, nullable=False),
    Column("years", Integer),
    Column("reason", Text, nullable=False),
    Column("given_at", Moment, nullable=False),
)

destruction_list = Table(
    "destruction_list",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("number", Text, nullable=False, unique=True),
    Column("title", Text, nullable=False),
    Column("state", Text, nullable=False, index=True),
    Column("turn", Integer, nullable=False),
    Column("method", Text, nullable=False),
    Column("place", Text, nullable=False),
    Column("appointed", JSON, nullable=False),
    Column("digest", Text, nullable=False),
    Column("begun_by", Text, nullable=False),
    Column("begun_at", Moment, nullable=False),
    Column("executed_at", Moment),
    Column("paper_destroyed_on", Date),
    Column("remark", Text, nullable=False),
)

destruction_line = Table(
    "destruction_line",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("list_id", ForeignKey("destruction_list.id"), nullable=False, index=True),
    Column("position", Integer, nullable=False),
    Column("item_key", ForeignKey("item.key"), nullable=False, index=True),
    Column("case_number", Text, nullable=False),
    Column("reference_code", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("volume_code", Text, nullable=False),
    Column("pages", Integer),
    Column("sheets", Integer),
    Column("year", Integer),
    Column("term", Text, nullable=False),
    Column("due_on", Date, nullable=False),
    Column("kept_years", Integer),
    Column("grade", Integer, nullable=False),
    Column("medium", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("outcome", Text, nullable=False),
    Column("spared", Text),
    Column("settled_at", Moment),
    UniqueConstraint("list_id", "item_key"),
)

destruction_act = Table(
    "destruction_act",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("list_id", ForeignKey("destruction_list.id"), nullable=False, index=True),
    Column("turn", Integer, nullable=False),
    Column("kind", Text, nullable=False),
    Column("office", Text),
    Column("name", Text, nullable=False),
    Column("digest", Text, nullable=False),
    Column("remark", Text, nullable=False),
    Column("acted_at", Moment, nullable=False),
)
