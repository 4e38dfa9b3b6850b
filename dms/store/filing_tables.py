"""The tables of the year's volumes: schemes, retention, numbers, notes, seals, places, transfers, runs and prints.

Invariant: a number once spent is never forgotten, and notes and seals are only added (triggers hold this).
"""

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    Table,
    Text,
    UniqueConstraint,
)

from dms.store.tables import Moment, metadata

class_scheme = Table(
    "class_scheme",
    metadata,
    Column("code", Text, primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("zh", Text, nullable=False),
    Column("en", Text, nullable=False),
    Column("valid_from_on", Date),
    Column("approved_by", Text, nullable=False),
    Column("series_codes", JSON, nullable=False),
    Column("types", JSON, nullable=False),
    Column("adopted_at", Moment, nullable=False),
)

retention_rule = Table(
    "retention_rule",
    metadata,
    Column("code", Text, primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("vocabulary", Text, nullable=False),
    Column("zh", Text, nullable=False),
    Column("en", Text, nullable=False),
    Column("years", Integer),
    Column("trigger", Text, nullable=False),
    Column("action", Text, nullable=False),
    Column("mandate_zh", Text, nullable=False),
    Column("position", Integer, nullable=False),
    Column("approved_by", Text, nullable=False, server_default=""),
    Column("approved_on", Date),
    Column("criterion_zh", Text, nullable=False, server_default=""),
    Column("equivalent_code", Text, nullable=False, server_default=""),
)

reference_pattern = Table(
    "reference_pattern", metadata, Column("kind", Text, primary_key=True), Column("text", Text, nullable=False)
)

number_counter = Table(
    "number_counter", metadata, Column("scope", Text, primary_key=True), Column("last", Integer, nullable=False)
)

spent_number = Table(
    "spent_number",
    metadata,
    Column("code", Text, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("scope", Text, nullable=False),
    Column("number", Integer),
    Column("subject", Text, nullable=False, index=True),
    Column("spent_at", Moment, nullable=False),
    Column("voided_at", Moment),
    Column("void_reason", Text, nullable=False),
    Index("ix_spent_number_kind_scope_number", "kind", "scope", "number"),
)

item_relation = Table(
    "item_relation",
    metadata,
    Column("item_key", ForeignKey("item.key"), primary_key=True),
    Column("kind", Text, primary_key=True),
    Column("other_key", ForeignKey("item.key"), primary_key=True, index=True),
    Column("by", Text, nullable=False),
    Column("noted_at", Moment, nullable=False),
)

volume_note = Table(
    "volume_note",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("volume_id", ForeignKey("volume.id"), nullable=False, index=True),
    Column("written_at", Moment, nullable=False),
    Column("by", Text, nullable=False),
    Column("second_person", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("item_key", ForeignKey("item.key")),
)

volume_seal = Table(
    "volume_seal",
    metadata,
    Column("volume_id", ForeignKey("volume.id"), primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("root", Text, nullable=False),
    Column("algorithm", Text, nullable=False),
    Column("signature", LargeBinary, nullable=False),
    Column("public_key", LargeBinary, nullable=False),
    Column("sealed_at", Moment, nullable=False),
    Column("sealed_by", Text, nullable=False),
    Column("facts", Text, nullable=False),
)

cross_reference = Table(
    "cross_reference",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("volume_id", ForeignKey("volume.id"), nullable=False, index=True),
    Column("item_key", ForeignKey("item.key"), nullable=False, index=True),
    Column("text", Text, nullable=False),
    Column("noted_at", Moment, nullable=False),
    Column("by", Text, nullable=False),
)

location = Table(
    "location",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("parent_id", ForeignKey("location.id"), index=True),
    Column("kind", Text, nullable=False),
    Column("code", Text, nullable=False, index=True),
    Column("name", Text, nullable=False),
    Column("barcode", Text, nullable=False, index=True),
    Column("retired", Boolean, nullable=False),
)

transfer_batch = Table(
    "transfer_batch",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("number", Text, nullable=False, index=True),
    Column("from_department", Text, nullable=False),
    Column("year", Integer, nullable=False, index=True),
    Column("from_person", Text, nullable=False),
    Column("rule_code", Text, nullable=False),
    Column("begun_on", Date, nullable=False),
    Column("due_on", Date),
    Column("extended_to_on", Date),
    Column("extension_reason", Text, nullable=False),
    Column("state", Text, nullable=False, index=True),
    Column("signatures", JSON, nullable=False),
    Column("list_digest", Text, nullable=False),
    Column("remark", Text, nullable=False),
)

transfer_line = Table(
    "transfer_line",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("batch_id", ForeignKey("transfer_batch.id"), nullable=False),
    Column("position", Integer, nullable=False),
    Column("item_key", ForeignKey("item.key"), index=True),
    Column("title", Text, nullable=False),
    Column("contract_no", Text, nullable=False),
    Column("copy_kind", Text, nullable=False),
    Column("pages", Integer),
    Column("sheets", Integer),
    Column("medium", Text, nullable=False),
    Column("ticked", Boolean),
    Column("difference", Text, nullable=False),
    UniqueConstraint("batch_id", "position"),
)

binding_run = Table(
    "binding_run",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("year", Integer, nullable=False, index=True),
    Column("cut_off_on", Date, nullable=False),
    Column("state", Text, nullable=False),
    Column("begun_at", Moment, nullable=False),
    Column("begun_by", Text, nullable=False),
    Column("ended_at", Moment),
    Column("facts", JSON, nullable=False),
)

binding_line = Table(
    "binding_line",
    metadata,
    Column("run_id", ForeignKey("binding_run.id"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("customer_id", ForeignKey("customer.id")),
    Column("series_code", ForeignKey("series.code"), nullable=False),
    Column("state", Text, nullable=False),
    Column("facts", JSON, nullable=False),
)

print_job = Table(
    "print_job",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("form", Text, nullable=False),
    Column("wish", JSON, nullable=False),
    Column("state", Text, nullable=False, index=True),
    Column("asked_by", Text, nullable=False),
    Column("asked_at", Moment, nullable=False),
    Column("done", Integer, nullable=False),
    Column("total", Integer),
    Column("problem_zh", Text, nullable=False),
    Column("problem_en", Text, nullable=False),
)

print_result = Table(
    "print_result",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("job_id", ForeignKey("print_job.id"), nullable=False, index=True),
    Column("name", Text, nullable=False),
    Column("object_id", Text, nullable=False, unique=True),
    Column("wrapped_key", LargeBinary, nullable=False),
    Column("media_type", Text, nullable=False),
    Column("size_bytes", Integer, nullable=False),
    Column("digest", Text, nullable=False),
)

setting = Table("setting", metadata, Column("name", Text, primary_key=True), Column("value", JSON, nullable=False))
