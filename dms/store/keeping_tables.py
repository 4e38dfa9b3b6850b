"""The tables of keeping: holds, disputes, the day on which each paper's term ends, and the approved schedules.

Invariant: holds, changes of due days, extensions and schedules are added and never altered, but for the one release
that ends a hold (triggers hold this).
"""

from sqlalchemy import (
    JSON,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    Table,
    Text,
    text,
)

from dms.store.tables import Moment, metadata

hold = Table(
    "hold",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("target", Text, nullable=False),
    Column("subject_id", Integer, nullable=False),
    Column("reason", Text, nullable=False),
    Column("authority", Text, nullable=False),
    Column("placed_by", Text, nullable=False),
    Column("placed_at", Moment, nullable=False),
    Column("released_by", Text),
    Column("released_at", Moment),
    Column("release_reason", Text),
    Column("release_authority", Text),
    Index("ix_hold_target_subject_id", "target", "subject_id"),
)

hold_kept = Table(
    "hold_kept",
    metadata,
    Column("hold_id", ForeignKey("hold.id"), primary_key=True),
    Column("item_key", ForeignKey("item.key"), primary_key=True, index=True),
)
"""Papers that lay under a hold and were filed elsewhere since; a trigger adds them."""

dispute = Table(
    "dispute",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("number", Text, nullable=False, unique=True),
    Column("title", Text, nullable=False),
    Column("parties", JSON, nullable=False),
    Column("opened_on", Date, nullable=False),
    Column("closed_on", Date),
    Column("outcome", Text, nullable=False),
    Column("remark", Text, nullable=False),
)

dispute_subject = Table(
    "dispute_subject",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("dispute_id", ForeignKey("dispute.id"), nullable=False, index=True),
    Column("contract_id", ForeignKey("contract.id"), index=True),
    Column("item_key", ForeignKey("item.key"), index=True),
    Column("added_by", Text, nullable=False),
    Column("added_at", Moment, nullable=False),
    Column("removed_by", Text, nullable=False),
    Column("removed_at", Moment),
    CheckConstraint("(contract_id IS NULL) <> (item_key IS NULL)", name="one_thing_is_in_it"),
)

due_date = Table(
    "due_date",
    metadata,
    Column("item_key", ForeignKey("item.key"), primary_key=True),
    Column("state", Text, nullable=False),
    Column("due_on", Date),
    Column("rule_code", Text, nullable=False),
    Column("rule_version", Integer, nullable=False),
    Column("basis", Text, nullable=False),
    Column("basis_on", Date),
)
Index("ix_due_date_due_on", due_date.c.due_on, sqlite_where=text("due_on IS NOT NULL"))

due_change = Table(
    "due_change",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("item_key", ForeignKey("item.key"), nullable=False, index=True),
    Column("changed_at", Moment, nullable=False),
    Column("reason", Text, nullable=False),
    Column("before", JSON, nullable=False),
    Column("after", JSON, nullable=False),
)

due_stale = Table(
    "due_stale",
    metadata,
    Column("kind", Text, primary_key=True),
    Column("subject_id", Integer, primary_key=True),
)
"""What has changed since the due days were computed; triggers fill it, the computation empties it."""

due_run = Table(
    "due_run",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("begun_at", Moment, nullable=False),
    Column("ended_at", Moment),
    Column("after_volume_id", Integer, nullable=False),
    Column("after_item_key", Integer, nullable=False),
    Column("examined", Integer, nullable=False),
    Column("changed", Integer, nullable=False),
)

term_extension = Table(
    "term_extension",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("item_key", ForeignKey("item.key"), nullable=False, index=True),
    Column("until_on", Date),
    Column("for_ever", Boolean, nullable=False),
    Column("authority", Text, nullable=False),
    Column("decided_by", Text, nullable=False),
    Column("decided_at", Moment, nullable=False),
    CheckConstraint("(until_on IS NULL) = for_ever", name="it_ends_or_it_does_not"),
)

retention_schedule = Table(
    "retention_schedule",
    metadata,
    Column("version", Integer, primary_key=True),
    Column("approved_by", Text, nullable=False),
    Column("approved_on", Date, nullable=False),
    Column("valid_from_on", Date, nullable=False),
    Column("remark", Text, nullable=False),
    Column("lines", JSON, nullable=False),
    Column("stated_by", Text, nullable=False),
    Column("stated_at", Moment, nullable=False),
)
