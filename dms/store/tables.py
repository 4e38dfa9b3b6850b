"""The tables of the catalogue, as SQLAlchemy knows them; migrations make them, nothing else does.

Invariants: moments are aware UTC stored as ISO text, amounts are whole fen, the journal takes inserts only, and an
item is never deleted (both enforced by triggers in the first migration).
"""

from datetime import UTC, datetime
from decimal import Decimal

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    Dialect,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
    text,
)

FEN_DIGITS = 2


class Moment(TypeDecorator[datetime]):
    """An aware moment, stored as UTC ISO text of fixed width so that text order is time order."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:
        """ISO text in UTC; a naive moment is a programming error."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment must know its time zone")
        return value.astimezone(UTC).isoformat(timespec="microseconds")

    def process_result_value(self, value: str | None, dialect: Dialect) -> datetime | None:
        """The aware moment."""
        return datetime.fromisoformat(value) if value else None


class Yuan(TypeDecorator[Decimal]):
    """An amount in yuan, stored as whole fen so that ranges compare as numbers; exact up to `LARGEST_AMOUNT`."""

    impl = Integer
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> int | None:
        """Fen, rounded to the nearest whole one."""
        return None if value is None else int(value.scaleb(FEN_DIGITS).to_integral_value())

    def process_result_value(self, value: int | None, dialect: Dialect) -> Decimal | None:
        """The amount with two decimals."""
        return None if value is None else Decimal(value).scaleb(-FEN_DIGITS)


metadata = MetaData()

fonds = Table(
    "fonds",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("code", Text, nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("former_names", JSON, nullable=False),
)

series = Table(
    "series",
    metadata,
    Column("code", Text, primary_key=True),
    Column("zh", Text, nullable=False),
    Column("en", Text, nullable=False),
    Column("position", Integer, nullable=False),
    Column("scheme_code", Text, nullable=False, server_default=""),
    Column("year_rule", Text, nullable=False, server_default="doc_date"),
    Column("retention_code", Text, nullable=False, server_default="D10"),
    Column("grade", Integer, nullable=False, server_default="3"),
    Column("checklist", JSON, nullable=False, server_default="[]"),
    Column("columns", JSON(none_as_null=True)),
    Column("retired", Boolean, nullable=False, server_default="0"),
)

document_type = Table(
    "document_type",
    metadata,
    Column("code", Text, primary_key=True),
    Column("zh", Text, nullable=False),
    Column("en", Text, nullable=False),
    Column("series_code", ForeignKey("series.code"), nullable=False),
    Column("position", Integer, nullable=False),
    Column("year_rule", Text),
)

customer = Table(
    "customer",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("code", Text, nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("former_names", JSON, nullable=False),
    Column("uscc", Text, unique=True),
    Column("sides", JSON, nullable=False),
    Column("grade", Text, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("department", Text, nullable=False, server_default=""),
    Column("status", Text, nullable=False, server_default="new"),
    Column("nature", Text, nullable=False, server_default="ordinary"),
    Column("volume_axis", Text, nullable=False, server_default="general"),
    Column("particulars", JSON, nullable=False, server_default="{}"),
    Column("merged_into_id", ForeignKey("customer.id")),
)

contract = Table(
    "contract",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("number", Text, nullable=False),
    Column("number_folded", Text, nullable=False, index=True),
    Column("title", Text, nullable=False),
    Column("customer_id", ForeignKey("customer.id"), nullable=False, index=True),
    Column("parties", JSON, nullable=False),
    Column("signed_on", Date),
    Column("effective_on", Date),
    Column("ends_on", Date),
    Column("amount", Yuan),
    Column("department", Text, nullable=False, server_default=""),
    Column("handler", Text, nullable=False, server_default=""),
    Column("state", Text, nullable=False, server_default="running"),
    Column("performed_on", Date),
    Column("settled_on", Date),
    Column("warranty_ends_on", Date),
    Column("terminated_on", Date),
    Column("framework_no", Text, nullable=False, server_default=""),
    Column("remark", Text, nullable=False, server_default=""),
    UniqueConstraint("customer_id", "number_folded"),
)

volume = Table(
    "volume",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("customer_id", ForeignKey("customer.id")),
    Column("series_code", ForeignKey("series.code"), nullable=False),
    Column("year", Integer, nullable=False, index=True),
    Column("state", Text, nullable=False),
    Column("number", Integer),
    Column("reference_code", Text, unique=True),
    Column("retention_code", Text),
    Column("title", Text, nullable=False),
    Column("first_on", Date),
    Column("last_on", Date),
    Column("item_count", Integer, nullable=False),
    Column("page_count", Integer, nullable=False),
    Column("sheet_count", Integer, nullable=False),
    Column("spine_mm", Integer),
    Column("location_id", ForeignKey("location.id")),
    Column("compiled_by", Text, nullable=False),
    Column("compiled_at", Moment),
    Column("checked_by", Text, nullable=False),
    Column("checked_at", Moment),
    Column("sealed_at", Moment),
    Column("seal_version", Integer, nullable=False),
    Column("continuation_of", ForeignKey("volume.id")),
    Column("source", Text, nullable=False),
    Column("scope", Text, nullable=False),
    Column("name_of_customer", Text, nullable=False),
    Index("ix_volume_customer_id_series_code_year", "customer_id", "series_code", "year"),
)
Index(
    "ix_volume_open", volume.c.customer_id, volume.c.series_code, volume.c.year,
    unique=True, sqlite_where=text("state = 'open'"),
)  # fmt: skip  # one line for what is unique, one for when

item = Table(
    "item",
    metadata,
    Column("key", Integer, primary_key=True),
    Column("id", Text, nullable=False, unique=True),
    Column("state", Text, nullable=False, index=True),
    Column("customer_id", ForeignKey("customer.id"), index=True),
    Column("contract_id", ForeignKey("contract.id"), index=True),
    Column("series_code", ForeignKey("series.code")),
    Column("volume_id", ForeignKey("volume.id"), index=True),
    Column("year", Integer, index=True),
    Column("type_code", ForeignKey("document_type.code")),
    Column("title", Text, nullable=False),
    Column("doc_on", Date),
    Column("amount", Yuan),
    Column("copy_kind", Text, nullable=False),
    Column("grade", Integer, nullable=False),
    Column("claim", JSON, nullable=False),
    Column("claimed_contract_no", Text, nullable=False),
    Column("original_filename", Text, nullable=False),
    Column("media_type", Text, nullable=False),
    Column("size_bytes", Integer, nullable=False),
    Column("digest", Text, nullable=False, index=True),
    Column("wrapped_key", LargeBinary, nullable=False),
    Column("received_at", Moment, nullable=False, index=True),
    Column("received_by", Text, nullable=False),
    Column("pages_total", Integer),
    Column("problem_code", Text),
    Column("problem_zh", Text),
    Column("problem_en", Text),
    Column("doubts", JSON, nullable=False),
    Column("doc_no", Text, nullable=False, server_default=""),
    Column("author", Text, nullable=False, server_default=""),
    Column("medium", Text, nullable=False, server_default="paper"),
    Column("side", Text, nullable=False, server_default="unknown"),
    Column("sheets", Integer),
    Column("is_annex", Boolean, nullable=False, server_default="0"),
    Column("year_note", Text, nullable=False, server_default=""),
    Column("retention_code", Text),
    Column("remark", Text, nullable=False, server_default=""),
    Column("valid_from_on", Date),
    Column("valid_to_on", Date, index=True),
    Column("position", Integer),
    Column("reference_code", Text),
    Column("former_codes", JSON, nullable=False, server_default="[]"),
    Column("first_page", Integer),
    Column("last_page", Integer),
    Column("storage_only", Boolean, nullable=False, server_default="0"),
    Index("ix_item_reference_code", "reference_code", unique=True),
    Index("ix_item_state_grade_customer", "state", "grade", "customer_id", "storage_only"),
)

page = Table(
    "page",
    metadata,
    Column("item_key", ForeignKey("item.key"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("text", Text, nullable=False),
    Column("width_px", Integer, nullable=False),
    Column("height_px", Integer, nullable=False),
    Column("turned_degrees", Integer, nullable=False),
    Column("skew_degrees", Float, nullable=False),
    Column("blank", Boolean, nullable=False),
    Column("confidence", Float, nullable=False),
    Column("source", Text, nullable=False),
    Column("engine", Text, nullable=False),
    # A count of written pages must not have to step over their texts.
    Index("ix_page_item_key_blank", "item_key", "blank"),
)

rendition = Table(
    "rendition",
    metadata,
    Column("object_id", Text, primary_key=True),
    Column("item_key", ForeignKey("item.key"), nullable=False, index=True),
    Column("role", Text, nullable=False),
    Column("page", Integer),
    Column("media_type", Text, nullable=False),
    Column("size_bytes", Integer, nullable=False),
    Column("digest", Text, nullable=False),
    Column("recipe", Text, nullable=False),
    Column("created_at", Moment, nullable=False),
    UniqueConstraint("item_key", "role", "page"),
)

proposal = Table(
    "proposal",
    metadata,
    Column("item_key", ForeignKey("item.key"), primary_key=True),
    Column("field", Text, primary_key=True),
    Column("value", Text, nullable=False),
    Column("as_read", Text, nullable=False),
    Column("page", Integer),
    Column("start", Integer),
    Column("end", Integer),
    Column("confidence", Float, nullable=False),
    Column("certain", Boolean, nullable=False),
    Column("reason", Text, nullable=False),
)

user = Table(
    "user",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", Text, nullable=False, unique=True),
    Column("display_name", Text, nullable=False),
    Column("password_hash", Text, nullable=False),
    Column("roles", JSON, nullable=False),
    Column("clearance", Integer, nullable=False),
    Column("disabled", Boolean, nullable=False),
    Column("session_epoch", Integer, nullable=False),
    Column("departments", JSON(none_as_null=True)),
    Column("home_department", Text, nullable=False, server_default=""),
    Column("email", Text, nullable=False, server_default=""),
    Column("closed_at", Moment),
)

task = Table(
    "task",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("subject", Integer, nullable=False),
    Column("state", Text, nullable=False, index=True),
    Column("attempts", Integer, nullable=False),
    Column("not_before_at", Moment, nullable=False),
    UniqueConstraint("kind", "subject"),
)

journal = Table(
    "journal",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("at", Moment, nullable=False),
    Column("actor", Text, nullable=False),
    Column("origin", Text, nullable=False),
    Column("action", Text, nullable=False, index=True),
    Column("subject", Text, nullable=False, index=True),
    Column("details", JSON, nullable=False),
    Column("previous_digest", Text, nullable=False),
    Column("digest", Text, nullable=False),
)

destruction = Table(
    "destruction",
    metadata,
    Column("item_id", Text, primary_key=True),
    Column("destroyed_at", Moment, nullable=False),
    Column("destroyed_by", Text, nullable=False),
    Column("authority", Text, nullable=False),
    Column("original_digest", Text, nullable=False),
    Column("size_bytes", Integer, nullable=False),
    Column("pages", Integer, nullable=False),
)

condemned_object = Table(
    "condemned_object",
    metadata,
    Column("object_id", Text, primary_key=True),
    Column("condemned_at", Moment, nullable=False),
)

wrapping_epoch = Table(
    "wrapping_epoch",
    metadata,
    Column("grade", Integer, primary_key=True),
    Column("oldest", Integer, nullable=False),
)

index_segment = Table(
    "index_segment",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("generation", Integer, nullable=False),
    Column("documents", Integer, nullable=False),
    Column("units", Integer, nullable=False),
    Column("object_id", Text, nullable=False),
    Column("key", LargeBinary, nullable=False),
)

index_document = Table(
    "index_document",
    metadata,
    Column("item_key", Integer, primary_key=True),
    Column("segment", Integer, nullable=False, index=True),
)

index_state = Table(
    "index_state",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("generation", Integer, nullable=False),
    Column("last_segment", Integer, nullable=False),
    Column("complete", Boolean, nullable=False),
    Column("building", Integer),
    Column("built", Integer, nullable=False),
    Column("built_since", Integer, nullable=False),
    Column("made_of", Integer, nullable=False),
)

index_text = Table(
    "index_text",
    metadata,
    Column("item_key", Integer, primary_key=True),
    Column("packed", LargeBinary, nullable=False),
)
item_change = Table(
    "item_change",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("item_key", Integer, nullable=False, unique=True),
)
