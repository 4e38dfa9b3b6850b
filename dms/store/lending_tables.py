"""The tables of requests for use and of loans.

Invariant: what happened to a request and to a loan is only added to, and no request, line or loan is ever taken away;
an original that is out is out once (an index and triggers hold this).
"""

from sqlalchemy import JSON, Boolean, Column, Date, ForeignKey, Index, Integer, Table, Text, UniqueConstraint, text

from dms.store.tables import Moment, metadata

use_request = Table(
    "use_request",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("number", Text, nullable=False, unique=True),
    Column("user_id", ForeignKey("user.id"), nullable=False, index=True),
    Column("user_name", Text, nullable=False),
    Column("display_name", Text, nullable=False),
    Column("department", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("purpose", Text, nullable=False),
    Column("outside_party", Text, nullable=False),
    Column("days", Integer, nullable=False),
    Column("copies", Integer, nullable=False),
    Column("state", Text, nullable=False, index=True),
    Column("is_veiled", Boolean, nullable=False),
    Column("grade", Integer),
    Column("route", JSON, nullable=False),
    Column("step", Integer, nullable=False),
    Column("asked_at", Moment, nullable=False, index=True),
    Column("decide_by_on", Date, nullable=False),
    Column("decided_at", Moment),
    Column("use_until_on", Date),
    Column("ended_at", Moment),
    Column("effect", Text, nullable=False),
)

request_line = Table(
    "request_line",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("request_id", ForeignKey("use_request.id"), nullable=False),
    Column("position", Integer, nullable=False),
    Column("item_key", ForeignKey("item.key"), index=True),
    Column("volume_id", ForeignKey("volume.id"), index=True),
    Column("described", Text, nullable=False),
    Column("added_by", Text, nullable=False),
    UniqueConstraint("request_id", "position"),
)

request_event = Table(
    "request_event",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("request_id", ForeignKey("use_request.id"), nullable=False, index=True),
    Column("happened_at", Moment, nullable=False),
    Column("kind", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("on_behalf_of", Text, nullable=False),
    Column("step", JSON),
    Column("text", Text, nullable=False),
    Column("count", Integer),
)

request_grant = Table(
    "request_grant",
    metadata,
    Column("request_id", ForeignKey("use_request.id"), primary_key=True),
    Column("grant_id", ForeignKey("access_grant.id"), primary_key=True),
)

deputy = Table(
    "deputy",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("user_id", ForeignKey("user.id"), nullable=False, index=True),
    Column("deputy_id", ForeignKey("user.id"), nullable=False, index=True),
    Column("from_on", Date, nullable=False),
    Column("until_on", Date, nullable=False),
    Column("stated_by", Text, nullable=False),
    Column("stated_at", Moment, nullable=False),
    Column("ended_at", Moment),
)

loan = Table(
    "loan",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("request_id", ForeignKey("use_request.id"), nullable=False, index=True),
    Column("line_id", ForeignKey("request_line.id"), nullable=False),
    Column("item_key", ForeignKey("item.key"), index=True),
    Column("volume_id", ForeignKey("volume.id"), index=True),
    Column("user_id", ForeignKey("user.id"), nullable=False, index=True),
    Column("borrower", Text, nullable=False),
    Column("department", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("handed_out_at", Moment, nullable=False),
    Column("handed_out_by", Text, nullable=False),
    Column("condition_out", Text, nullable=False),
    Column("sheets_out", Integer),
    Column("signed_at", Moment),
    Column("due_on", Date, nullable=False),
    Column("renewals", Integer, nullable=False),
    Column("recalled_at", Moment),
    Column("recall_reason", Text, nullable=False),
    Column("returned_at", Moment),
    Column("returned_to", Text, nullable=False),
    Column("condition_in", Text),
    Column("condition_note", Text, nullable=False),
    Column("lost_at", Moment),
    Column("loss_report", Text, nullable=False),
    Index("ix_loan_state_due_on", "state", "due_on"),
    Index("ix_loan_item_away", "item_key", unique=True, sqlite_where=text("state <> 'returned'")),
    Index("ix_loan_volume_away", "volume_id", unique=True, sqlite_where=text("state <> 'returned'")),
)
