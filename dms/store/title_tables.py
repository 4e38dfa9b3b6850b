"""The tables of title documents: the ledger, its movements, slips, requests, openings of safes and stock-takes.

Invariants, held by triggers: movements are only added, each with the balance that follows from the one before and is
never below nought; a slip once accepted, a decision once taken, an opening once closed and a stock-take once signed
stay as they are.
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
    UniqueConstraint,
    text,
)

from dms.store.tables import Moment, Yuan, metadata

title_kind = Table(
    "title_kind",
    metadata,
    Column("code", Text, primary_key=True),
    Column("zh", Text, nullable=False),
    Column("en", Text, nullable=False),
    Column("position", Integer, nullable=False),
    Column("retired", Boolean, nullable=False),
)

title_slip = Table(
    "title_slip",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("number", Text, nullable=False, index=True),
    Column("customer_id", ForeignKey("customer.id"), nullable=False, index=True),
    Column("contract_id", ForeignKey("contract.id")),
    Column("from_department", Text, nullable=False),
    Column("begun_on", Date, nullable=False),
    Column("begun_by", Text, nullable=False),
    Column("due_on", Date, nullable=False),
    Column("state", Text, nullable=False, index=True),
    Column("signatures", JSON, nullable=False),
    Column("list_digest", Text, nullable=False),
    Column("remark", Text, nullable=False),
)

title_slip_line = Table(
    "title_slip_line",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("slip_id", ForeignKey("title_slip.id"), nullable=False),
    Column("position", Integer, nullable=False),
    Column("kind_code", ForeignKey("title_kind.code"), nullable=False),
    Column("name", Text, nullable=False),
    Column("certificate_no", Text, nullable=False),
    Column("right_holder", Text, nullable=False),
    Column("quantity", Integer, nullable=False),
    Column("value", Yuan),
    Column("issuer", Text, nullable=False),
    Column("issued_on", Date),
    Column("remark", Text, nullable=False),
    Column("item_key", ForeignKey("item.key")),
    Column("checker", JSON(none_as_null=True)),
    Column("custodian", JSON(none_as_null=True)),
    UniqueConstraint("slip_id", "position"),
)

title_document = Table(
    "title_document",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("number", Text, nullable=False, unique=True),
    Column("kind_code", ForeignKey("title_kind.code"), nullable=False),
    Column("name", Text, nullable=False),
    Column("certificate_no", Text, nullable=False, index=True),
    Column("right_holder", Text, nullable=False),
    Column("quantity", Integer, nullable=False),
    Column("value", Yuan),
    Column("issuer", Text, nullable=False),
    Column("issued_on", Date),
    Column("remark", Text, nullable=False),
    Column("customer_id", ForeignKey("customer.id"), nullable=False, index=True),
    Column("contract_id", ForeignKey("contract.id"), index=True),
    Column("item_key", ForeignKey("item.key"), index=True),
    Column("slip_id", ForeignKey("title_slip.id"), index=True),
    Column("location_id", ForeignKey("location.id"), nullable=False, index=True),
    Column("balance", Integer, nullable=False),
    Column("state", Text, nullable=False, index=True),
    Column("replaces_id", ForeignKey("title_document.id")),
)

safe_opening = Table(
    "safe_opening",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("number", Text, nullable=False, unique=True),
    Column("location_id", ForeignKey("location.id"), nullable=False, index=True),
    Column("purpose", Text, nullable=False),
    Column("opened_at", Moment, nullable=False),
    Column("custodian", Text, nullable=False),
    Column("witness", Text, nullable=False),
    Column("closed_at", Moment),
    Column("closed_by", Text, nullable=False),
    Column("closing_witness", Text, nullable=False),
    Column("remark", Text, nullable=False),
    CheckConstraint("custodian <> witness", name="two_persons_open_a_safe"),
    Index("one_opening_a_safe", "location_id", unique=True, sqlite_where=text("closed_at IS NULL")),
)

title_request = Table(
    "title_request",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("number", Text, nullable=False, unique=True),
    Column("title_id", ForeignKey("title_document.id"), nullable=False, index=True),
    Column("use", Text, nullable=False),
    Column("quantity", Integer, nullable=False),
    Column("purpose", Text, nullable=False),
    Column("recipient", Text, nullable=False),
    Column("due_on", Date),
    Column("asked_by", Text, nullable=False, index=True),
    Column("asked_at", Moment, nullable=False),
    Column("decides", Text, nullable=False),
    Column("state", Text, nullable=False, index=True),
    Column("decided_by", Text, nullable=False),
    Column("decided_at", Moment),
    Column("opinion", Text, nullable=False),
    Column("valid_to_on", Date),
    CheckConstraint("decided_by <> asked_by", name="nobody_decides_for_himself"),
)

title_movement = Table(
    "title_movement",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("title_id", ForeignKey("title_document.id"), nullable=False, index=True),
    Column("moved_at", Moment, nullable=False, index=True),
    Column("kind", Text, nullable=False),
    Column("change", Integer, nullable=False),
    Column("balance", Integer, nullable=False),
    Column("opening_id", ForeignKey("safe_opening.id"), index=True),
    Column("location_id", ForeignKey("location.id"), nullable=False),
    Column("custodian", Text, nullable=False),
    Column("witness", Text, nullable=False),
    Column("other_party", Text, nullable=False),
    Column("request_id", ForeignKey("title_request.id"), index=True),
    Column("condition", Text),
    Column("remark", Text, nullable=False),
    CheckConstraint("balance >= 0", name="a_balance_is_never_negative"),
    CheckConstraint("custodian <> witness", name="two_persons_move_a_title"),
)

stock_take = Table(
    "stock_take",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("number", Text, nullable=False, unique=True),
    Column("location_id", ForeignKey("location.id"), nullable=False, index=True),
    Column("planned_on", Date, nullable=False),
    Column("planned_by", Text, nullable=False),
    Column("state", Text, nullable=False, index=True),
    Column("opening_id", ForeignKey("safe_opening.id")),
    Column("counted_at", Moment),
    Column("counter", Text, nullable=False),
    Column("witness", Text, nullable=False),
    Column("closed_at", Moment),
    Column("remark", Text, nullable=False),
)

stock_take_line = Table(
    "stock_take_line",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("take_id", ForeignKey("stock_take.id"), nullable=False),
    Column("position", Integer, nullable=False),
    Column("title_id", ForeignKey("title_document.id")),
    Column("name", Text, nullable=False),
    Column("certificate_no", Text, nullable=False),
    Column("expected", Integer, nullable=False),
    Column("counted", Integer),
    Column("explanation", Text, nullable=False),
    UniqueConstraint("take_id", "position"),
)
