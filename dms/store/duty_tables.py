"""The tables of reviews, duties and reminders.

Invariant: reviews and what was done are only added; of a reminder nothing changes but when it was read (triggers hold
this).
"""

from sqlalchemy import JSON, Boolean, Column, Date, ForeignKey, Index, Integer, Table, Text, UniqueConstraint

from dms.store.tables import Moment, item, metadata

Index(
    "ix_item_validity",
    item.c.customer_id,
    item.c.type_code,
    item.c.contract_id,
    item.c.valid_to_on,
    item.c.state,
    sqlite_where=item.c.valid_to_on.is_not(None),
)

customer_review = Table(
    "customer_review",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("customer_id", ForeignKey("customer.id"), nullable=False),
    Column("reviewed_on", Date, nullable=False, index=True),
    Column("reviewed_at", Moment, nullable=False),
    Column("by", Text, nullable=False),
    Column("grade", Text, nullable=False),
    Column("former_grade", Text, nullable=False),
    Column("outlook", Text, nullable=False),
    Column("risks", JSON, nullable=False),
    Column("is_watched", Boolean, nullable=False),
    Column("opinion", Text, nullable=False),
    Index("ix_customer_review_customer_id_id", "customer_id", "id"),
)

reminder = Table(
    "reminder",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("user_id", ForeignKey("user.id"), nullable=False),
    Column("kind", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("owner", Text, nullable=False),
    Column("due_on", Date, nullable=False),
    Column("step", Text, nullable=False),
    Column("told_on", Date, nullable=False, index=True),
    Column("told_at", Moment, nullable=False),
    Column("what_zh", Text, nullable=False),
    Column("what_en", Text, nullable=False),
    Column("read_at", Moment),
    UniqueConstraint("user_id", "kind", "subject", "owner", "due_on", "step"),
    Index("ix_reminder_kind_subject", "kind", "subject"),
    Index("ix_reminder_user_id_read_at", "user_id", "read_at"),
)

mail = Table(
    "mail",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("user_id", ForeignKey("user.id"), nullable=False),
    Column("address", Text, nullable=False),
    Column("occasion", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("queued_at", Moment, nullable=False),
    Column("state", Text, nullable=False),
    Column("tries", Integer, nullable=False),
    Column("next_try_at", Moment, index=True),
    Column("sent_at", Moment),
    Column("problem_zh", Text, nullable=False),
    Column("problem_en", Text, nullable=False),
    UniqueConstraint("user_id", "occasion"),
)

mail_server = Table(
    "mail_server",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("host", Text, nullable=False),
    Column("port", Integer, nullable=False),
    Column("security", Text, nullable=False),
    Column("sender", Text, nullable=False),
    Column("user_name", Text, nullable=False),
    Column("password", Text, nullable=False),
    Column("page_address", Text, nullable=False),
)

duty_done = Table(
    "duty_done",
    metadata,
    Column("subject", Text, primary_key=True),
    Column("by", Text, nullable=False),
    Column("done_at", Moment, nullable=False),
    Column("note", Text, nullable=False),
)

notice_wish = Table(
    "notice_wish",
    metadata,
    Column("user_id", ForeignKey("user.id"), primary_key=True),
    Column("by_mail", Boolean, nullable=False),
    Column("feed_digest", Text, unique=True),
    Column("feed_made_at", Moment),
    Column("feed_read_on", Date),
)

missing_owed = Table(
    "missing_owed",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("customer_id", ForeignKey("customer.id"), nullable=False),
    Column("contract_id", ForeignKey("contract.id")),
    Column("department", Text, nullable=False),
    Column("requirements", JSON, nullable=False),
    Column("found_on", Date, nullable=False),
    Index("ix_missing_owed_customer_id_contract_id", "customer_id", "contract_id"),
    Index("ix_missing_owed_department_found_on", "department", "found_on"),
)
