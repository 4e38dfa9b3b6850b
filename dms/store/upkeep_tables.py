"""The tables of upkeep: inspections, backup places and runs, restore drills."""

from sqlalchemy import JSON, Boolean, Column, ForeignKey, Integer, Table, Text

from dms.store.tables import Moment, metadata

inspection = Table(
    "inspection",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("scope", Text, nullable=False, index=True),
    Column("part", Integer),
    Column("parts", Integer),
    Column("began_at", Moment, nullable=False),
    Column("ended_at", Moment, nullable=False),
    Column("actor", Text, nullable=False),
    Column("sound", Boolean, nullable=False),
    Column("counts", JSON, nullable=False),
    Column("facts", JSON, nullable=False),
    Column("findings", JSON, nullable=False),
    Column("report_digest", Text, nullable=False),
)

backup_place = Table(
    "backup_place",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("address", Text, nullable=False),
    Column("medium", Text, nullable=False),
    Column("offsite", Boolean, nullable=False),
    Column("retention", JSON, nullable=False),
    Column("added_at", Moment, nullable=False),
    Column("removed_at", Moment),
    Column("options", JSON, nullable=False),
)

backup_run = Table(
    "backup_run",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("place_id", ForeignKey("backup_place.id"), nullable=False, index=True),
    Column("snapshot_id", Text, nullable=False),
    Column("began_at", Moment, nullable=False),
    Column("ended_at", Moment, nullable=False),
    Column("state", Text, nullable=False),
    Column("objects_total", Integer, nullable=False),
    Column("bytes_total", Integer, nullable=False),
    Column("objects_copied", Integer, nullable=False),
    Column("bytes_copied", Integer, nullable=False),
    Column("journal_seq", Integer, nullable=False),
    Column("journal_digest", Text, nullable=False),
    Column("problem_code", Text, nullable=False),
)

restore_drill = Table(
    "restore_drill",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("place_id", ForeignKey("backup_place.id"), nullable=False),
    Column("snapshot_id", Text, nullable=False),
    Column("began_at", Moment, nullable=False),
    Column("ended_at", Moment, nullable=False),
    Column("passed", Boolean, nullable=False),
    Column("facts", JSON, nullable=False),
)
