"""The index in segments, and what has changed since it was last looked at."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

# What came before, left empty on the way down: the program of that time makes it anew.
FULLTEXT = r"""
CREATE VIRTUAL TABLE fulltext USING fts5(
    body, title, customer, contract, content='', contentless_delete=1,
    tokenize="ascii tokenchars '!#$%&()*+,-./:;<=>?@[\]^_`{|}~'''"
)
"""

NOTE_CHANGE = "INSERT OR REPLACE INTO item_change (item_key) VALUES (NEW.key)"
TRIGGERS = {"an_arrival_is_a_change": "AFTER INSERT", "an_update_is_a_change": "AFTER UPDATE"}


def upgrade() -> None:
    op.create_table(
        "index_segment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("generation", sa.Integer(), nullable=False),
        sa.Column("documents", sa.Integer(), nullable=False),
        sa.Column("units", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "index_document",
        sa.Column("item_key", sa.Integer(), nullable=False),
        sa.Column("segment", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("item_key"),
    )
    op.create_index("ix_index_document_segment", "index_document", ["segment"])
    for name in ("index_run", "index_text"):
        op.create_table(
            name,
            sa.Column("key", sa.Integer(), nullable=False),
            sa.Column("data", sa.LargeBinary(), nullable=False),
            sa.PrimaryKeyConstraint("key"),
        )
    op.create_table(
        "index_state",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("generation", sa.Integer(), nullable=False),
        sa.Column("last_segment", sa.Integer(), nullable=False),
        sa.Column("complete", sa.Boolean(), nullable=False),
        sa.Column("building", sa.Integer(), nullable=True),
        sa.Column("built_to", sa.Integer(), nullable=False),
        sa.Column("built_since", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.execute(
        "INSERT INTO index_state (id, generation, last_segment, complete, building, built_to, built_since) "
        "SELECT 1, 1, 0, count(*) = 0, NULL, 0, 0 FROM item WHERE state IN ('review', 'filed')"
    )
    op.execute("CREATE INDEX item_claimed_contract_no ON item (upper(claimed_contract_no)) WHERE contract_id IS NULL")
    op.execute("DROP TABLE fulltext")
    # A number is never given twice, so whoever remembers the last one knows what has changed since.
    op.execute(
        "CREATE TABLE item_change (seq INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, item_key INTEGER NOT NULL UNIQUE)"
    )
    for name, event in TRIGGERS.items():
        op.execute(f"CREATE TRIGGER {name} {event} ON item BEGIN {NOTE_CHANGE}; END")


def downgrade() -> None:
    for name in TRIGGERS:
        op.execute(f"DROP TRIGGER {name}")
    op.execute("DROP INDEX item_claimed_contract_no")
    for name in ("item_change", "index_state", "index_text", "index_run", "index_document", "index_segment"):
        op.drop_table(name)
    op.execute(FULLTEXT)
