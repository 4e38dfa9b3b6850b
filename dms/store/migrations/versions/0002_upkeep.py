"""What upkeep needs: inspections, backups, drills, destructions, condemned objects, and the oldest epochs."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

# Byte 8 of a wrapped item key is its grade, bytes 9 to 12 are its epoch (docs/vault-format.md §4). A process that has
# not noticed a rotation yet must not store a key under an epoch that is about to be retired: nobody could open it.
RETIRED = """
length(NEW.wrapped_key) = 124 AND hex(substr(NEW.wrapped_key, 9, 4)) < (
    SELECT printf('%08X', oldest) FROM wrapping_epoch
    WHERE grade = CAST(hex(substr(NEW.wrapped_key, 8, 1)) AS INTEGER)
)
"""
OF_THE_DESTROYED = "WHEN (SELECT state FROM item WHERE key = NEW.item_key) = 'destroyed'"
TRIGGERS = {
    "no_new_item_under_a_retired_epoch": f"BEFORE INSERT ON item WHEN {RETIRED}",
    "no_item_back_under_a_retired_epoch": f"BEFORE UPDATE OF wrapped_key ON item WHEN {RETIRED}",
    "destroyed_items_stay_destroyed": "BEFORE UPDATE ON item WHEN OLD.state = 'destroyed'",
    "no_page_of_a_destroyed_item": f"BEFORE INSERT ON page {OF_THE_DESTROYED}",
    "no_rendition_of_a_destroyed_item": f"BEFORE INSERT ON rendition {OF_THE_DESTROYED}",
    "no_proposal_of_a_destroyed_item": f"BEFORE INSERT ON proposal {OF_THE_DESTROYED}",
    "destructions_are_never_changed": "BEFORE UPDATE ON destruction",
    "destructions_are_never_forgotten": "BEFORE DELETE ON destruction",
    "inspections_are_never_changed": "BEFORE UPDATE ON inspection",
    "inspections_are_never_forgotten": "BEFORE DELETE ON inspection",
}


def upgrade() -> None:
    op.create_table(
        "inspection",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("scope", sa.Text(), nullable=False),
        sa.Column("part", sa.Integer(), nullable=True),
        sa.Column("parts", sa.Integer(), nullable=True),
        sa.Column("began_at", sa.Text(), nullable=False),
        sa.Column("ended_at", sa.Text(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("sound", sa.Boolean(), nullable=False),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("findings", sa.JSON(), nullable=False),
        sa.Column("report_digest", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_inspection_scope", "inspection", ["scope"], unique=False)
    op.create_table(
        "backup_place",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("medium", sa.Text(), nullable=False),
        sa.Column("offsite", sa.Boolean(), nullable=False),
        sa.Column("retention", sa.JSON(), nullable=False),
        sa.Column("added_at", sa.Text(), nullable=False),
        sa.Column("removed_at", sa.Text(), nullable=True),
        sa.Column("options", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "backup_run",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("place_id", sa.Integer(), nullable=False),
        sa.Column("snapshot_id", sa.Text(), nullable=False),
        sa.Column("began_at", sa.Text(), nullable=False),
        sa.Column("ended_at", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("objects_total", sa.Integer(), nullable=False),
        sa.Column("bytes_total", sa.Integer(), nullable=False),
        sa.Column("objects_copied", sa.Integer(), nullable=False),
        sa.Column("bytes_copied", sa.Integer(), nullable=False),
        sa.Column("journal_seq", sa.Integer(), nullable=False),
        sa.Column("journal_digest", sa.Text(), nullable=False),
        sa.Column("problem_code", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["place_id"],
            ["backup_place.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_backup_run_place_id", "backup_run", ["place_id"], unique=False)
    op.create_table(
        "restore_drill",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("place_id", sa.Integer(), nullable=False),
        sa.Column("snapshot_id", sa.Text(), nullable=False),
        sa.Column("began_at", sa.Text(), nullable=False),
        sa.Column("ended_at", sa.Text(), nullable=False),
        sa.Column("passed", sa.Boolean(), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["place_id"],
            ["backup_place.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "destruction",
        sa.Column("item_id", sa.Text(), nullable=False),
        sa.Column("destroyed_at", sa.Text(), nullable=False),
        sa.Column("destroyed_by", sa.Text(), nullable=False),
        sa.Column("authority", sa.Text(), nullable=False),
        sa.Column("original_digest", sa.Text(), nullable=False),
        sa.Column("size_bytes", sa.Integer(), nullable=False),
        sa.Column("pages", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("item_id"),
    )
    op.create_table(
        "condemned_object",
        sa.Column("object_id", sa.Text(), nullable=False),
        sa.Column("condemned_at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("object_id"),
    )
    op.create_table(
        "wrapping_epoch",
        sa.Column("grade", sa.Integer(), nullable=False),
        sa.Column("oldest", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("grade"),
    )
    for name, event in TRIGGERS.items():
        op.execute(f"CREATE TRIGGER {name} {event} BEGIN SELECT RAISE(ABORT, '{name}'); END")


def downgrade() -> None:
    for name in TRIGGERS:
        op.execute(f"DROP TRIGGER {name}")
    op.drop_table("wrapping_epoch")
    op.drop_table("condemned_object")
    op.drop_table("destruction")
    op.drop_table("restore_drill")
    op.drop_table("backup_run")
    op.drop_table("backup_place")
    op.drop_table("inspection")
