"""The tables of reports handed in, the guide to the fonds, the care for personal data, and counts that keep themselves.

Invariant: rows are only added, but for the answer to a request, which is given once (triggers hold this).
"""

from sqlalchemy import JSON, Boolean, Column, Date, ForeignKey, Index, Integer, LargeBinary, Table, Text

from dms.store.tables import Moment, metadata

handed_in_report = Table(
    "handed_in_report",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", Text, nullable=False),
    Column("first_on", Date, nullable=False),
    Column("last_on", Date, nullable=False),
    Column("title", Text, nullable=False),
    Column("recipient", Text, nullable=False),
    Column("figures", JSON, nullable=False),
    Column("pdf", LargeBinary, nullable=False),
    Column("digest", Text, nullable=False),
    Column("size_bytes", Integer, nullable=False),
    Column("handed_in_at", Moment, nullable=False),
    Column("handed_in_by", Text, nullable=False),
    Column("clearance", Integer, nullable=False),
    Column("departments", JSON(none_as_null=True)),
)

fonds_guide = Table(
    "fonds_guide",
    metadata,
    Column("version", Integer, primary_key=True),
    Column("creator_history", Text, nullable=False),
    Column("custody_history", Text, nullable=False),
    Column("contents", Text, nullable=False),
    Column("use", Text, nullable=False),
    Column("written_by", Text, nullable=False),
    Column("written_at", Moment, nullable=False),
)

subject_request = Table(
    "subject_request",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("person", Text, nullable=False),
    Column("identity_number", Text, nullable=False),
    Column("contact", Text, nullable=False),
    Column("received_on", Date, nullable=False),
    Column("identity_checked", Text, nullable=False),
    Column("remark", Text, nullable=False),
    Column("entered_by", Text, nullable=False),
    Column("entered_at", Moment, nullable=False),
    Column("answer", Text, nullable=False),
    Column("answered_at", Moment),
    Column("answered_by", Text, nullable=False),
    Column("papers", JSON, nullable=False),
)

restriction = Table(
    "restriction",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("item_key", ForeignKey("item.key"), nullable=False, index=True),
    Column("restricted", Boolean, nullable=False),
    Column("reason", Text, nullable=False),
    Column("request_id", ForeignKey("subject_request.id")),
    Column("by", Text, nullable=False),
    Column("at", Moment, nullable=False),
)

held_count = Table(
    "held_count",
    metadata,
    Column("customer_id", Integer, primary_key=True),
    Column("state", Text, primary_key=True),
    Column("grade", Integer, primary_key=True),
    Column("storage_only", Boolean, primary_key=True),
    Column("items", Integer, nullable=False),
    Column("pages", Integer, nullable=False),
    Index("held_count_by_state", "state", "grade", "storage_only", "customer_id", "items", "pages"),
)
"""How many papers, and pages that bear writing, are alike; 0 for a paper of no customer. Triggers keep it."""
