"""The first schema: facts, pages, renditions, proposals, journal, queue and the full-text index."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

# The journal takes inserts only and items are never deleted, whatever a later program may try.
TRIGGERS = {
    "journal_is_never_changed": "BEFORE UPDATE ON journal",
    "journal_is_never_shortened": "BEFORE DELETE ON journal",
    "items_are_never_deleted": "BEFORE DELETE ON item",
}

# Tokens are made by the program and separated by single spaces; the tokenizer must not split them any further.
# Contentless: the text itself is in the page table, so the index keeps postings only and can be rebuilt at any time.
FULLTEXT = r"""
CREATE VIRTUAL TABLE fulltext USING fts5(
    body, title, customer, contract, content='', contentless_delete=1,
    tokenize="ascii tokenchars '!#$%&()*+,-./:;<=>?@[\]^_`{|}~'''"
)
"""


def upgrade() -> None:
    op.create_table(
        "customer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("former_names", sa.JSON(), nullable=False),
        sa.Column("uscc", sa.Text(), nullable=True),
        sa.Column("sides", sa.JSON(), nullable=False),
        sa.Column("grade", sa.Text(), nullable=False),
        sa.Column("created_at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("code"),
        sa.UniqueConstraint("uscc"),
    )
    op.create_table(
        "fonds",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("former_names", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("code"),
    )
    op.create_table(
        "journal",
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.Column("previous_digest", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("seq"),
    )
    op.create_index("ix_journal_action", "journal", ["action"], unique=False)
    op.create_index("ix_journal_subject", "journal", ["subject"], unique=False)
    op.create_table(
        "series",
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("zh", sa.Text(), nullable=False),
        sa.Column("en", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("code"),
    )
    op.create_table(
        "task",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("subject", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("not_before_at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("kind", "subject"),
    )
    op.create_index("ix_task_state", "task", ["state"], unique=False)
    op.create_table(
        "user",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("display_name", sa.Text(), nullable=False),
        sa.Column("password_hash", sa.Text(), nullable=False),
        sa.Column("roles", sa.JSON(), nullable=False),
        sa.Column("clearance", sa.Integer(), nullable=False),
        sa.Column("disabled", sa.Boolean(), nullable=False),
        sa.Column("session_epoch", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("name"),
    )
    op.create_table(
        "contract",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("number_folded", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("parties", sa.JSON(), nullable=False),
        sa.Column("signed_on", sa.Date(), nullable=True),
        sa.Column("effective_on", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("amount", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["customer_id"],
            ["customer.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("customer_id", "number_folded"),
    )
    op.create_index("ix_contract_customer_id", "contract", ["customer_id"], unique=False)
    op.create_index("ix_contract_number_folded", "contract", ["number_folded"], unique=False)
    op.create_table(
        "document_type",
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("zh", sa.Text(), nullable=False),
        sa.Column("en", sa.Text(), nullable=False),
        sa.Column("series_code", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["series_code"],
            ["series.code"],
        ),
        sa.PrimaryKeyConstraint("code"),
    )
    op.create_table(
        "volume",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("series_code", sa.Text(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["customer_id"],
            ["customer.id"],
        ),
        sa.ForeignKeyConstraint(
            ["series_code"],
            ["series.code"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("customer_id", "series_code", "year"),
    )
    op.create_index("ix_volume_year", "volume", ["year"], unique=False)
    op.create_table(
        "item",
        sa.Column("key", sa.Integer(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=True),
        sa.Column("contract_id", sa.Integer(), nullable=True),
        sa.Column("series_code", sa.Text(), nullable=True),
        sa.Column("volume_id", sa.Integer(), nullable=True),
        sa.Column("year", sa.Integer(), nullable=True),
        sa.Column("type_code", sa.Text(), nullable=True),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("doc_on", sa.Date(), nullable=True),
        sa.Column("amount", sa.Integer(), nullable=True),
        sa.Column("copy_kind", sa.Text(), nullable=False),
        sa.Column("grade", sa.Integer(), nullable=False),
        sa.Column("claim", sa.JSON(), nullable=False),
        sa.Column("claimed_contract_no", sa.Text(), nullable=False),
        sa.Column("original_filename", sa.Text(), nullable=False),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("size_bytes", sa.Integer(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("wrapped_key", sa.LargeBinary(), nullable=False),
        sa.Column("received_at", sa.Text(), nullable=False),
        sa.Column("received_by", sa.Text(), nullable=False),
        sa.Column("pages_total", sa.Integer(), nullable=True),
        sa.Column("problem_code", sa.Text(), nullable=True),
        sa.Column("problem_zh", sa.Text(), nullable=True),
        sa.Column("problem_en", sa.Text(), nullable=True),
        sa.Column("doubts", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["contract_id"],
            ["contract.id"],
        ),
        sa.ForeignKeyConstraint(
            ["customer_id"],
            ["customer.id"],
        ),
        sa.ForeignKeyConstraint(
            ["series_code"],
            ["series.code"],
        ),
        sa.ForeignKeyConstraint(
            ["type_code"],
            ["document_type.code"],
        ),
        sa.ForeignKeyConstraint(
            ["volume_id"],
            ["volume.id"],
        ),
        sa.PrimaryKeyConstraint("key"),
        sa.UniqueConstraint("id"),
    )
    op.create_index("ix_item_contract_id", "item", ["contract_id"], unique=False)
    op.create_index("ix_item_customer_id", "item", ["customer_id"], unique=False)
    op.create_index("ix_item_digest", "item", ["digest"], unique=False)
    op.create_index("ix_item_received_at", "item", ["received_at"], unique=False)
    op.create_index("ix_item_state", "item", ["state"], unique=False)
    op.create_index("ix_item_volume_id", "item", ["volume_id"], unique=False)
    op.create_index("ix_item_year", "item", ["year"], unique=False)
    op.create_table(
        "page",
        sa.Column("item_key", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("width_px", sa.Integer(), nullable=False),
        sa.Column("height_px", sa.Integer(), nullable=False),
        sa.Column("turned_degrees", sa.Integer(), nullable=False),
        sa.Column("skew_degrees", sa.Float(), nullable=False),
        sa.Column("blank", sa.Boolean(), nullable=False),
        sa.Column("confidence", sa.Float(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("engine", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["item_key"],
            ["item.key"],
        ),
        sa.PrimaryKeyConstraint("item_key", "number"),
    )
    op.create_table(
        "proposal",
        sa.Column("item_key", sa.Integer(), nullable=False),
        sa.Column("field", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("as_read", sa.Text(), nullable=False),
        sa.Column("page", sa.Integer(), nullable=True),
        sa.Column("start", sa.Integer(), nullable=True),
        sa.Column("end", sa.Integer(), nullable=True),
        sa.Column("confidence", sa.Float(), nullable=False),
        sa.Column("certain", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["item_key"],
            ["item.key"],
        ),
        sa.PrimaryKeyConstraint("item_key", "field"),
    )
    op.create_table(
        "rendition",
        sa.Column("object_id", sa.Text(), nullable=False),
        sa.Column("item_key", sa.Integer(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("page", sa.Integer(), nullable=True),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("size_bytes", sa.Integer(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("recipe", sa.Text(), nullable=False),
        sa.Column("created_at", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["item_key"],
            ["item.key"],
        ),
        sa.PrimaryKeyConstraint("object_id"),
        sa.UniqueConstraint("item_key", "role", "page"),
    )
    op.create_index("ix_rendition_item_key", "rendition", ["item_key"], unique=False)

    op.execute(FULLTEXT)
    for name, event in TRIGGERS.items():
        op.execute(f"CREATE TRIGGER {name} {event} BEGIN SELECT RAISE(ABORT, '{name}'); END")


def downgrade() -> None:
    for name in TRIGGERS:
        op.execute(f"DROP TRIGGER {name}")
    op.drop_table("fulltext")
    op.drop_table("rendition")
    op.drop_table("proposal")
    op.drop_table("page")
    op.drop_table("item")
    op.drop_table("volume")
    op.drop_table("document_type")
    op.drop_table("contract")
    op.drop_table("user")
    op.drop_table("task")
    op.drop_table("series")
    op.drop_table("journal")
    op.drop_table("fonds")
    op.drop_table("customer")
