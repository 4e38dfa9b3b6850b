"""The year's volumes: schemes, retention, numbers, places, notes, seals, transfers, binding runs and prints.

Volumes are made anew under the same ids, for SQLite cannot take a UNIQUE out of a table: a customer's papers of one
series and year may lie in several volumes from now on, of which one at most is open.
"""

import json

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

TABLES = (
    """
    CREATE TABLE binding_run (
        id INTEGER NOT NULL, year INTEGER NOT NULL, cut_off_on DATE NOT NULL, state TEXT NOT NULL,
        begun_at TEXT NOT NULL, begun_by TEXT NOT NULL, ended_at TEXT, facts JSON NOT NULL, PRIMARY KEY (id)
    )
    """,
    "CREATE INDEX ix_binding_run_year ON binding_run (year)",
    """
    CREATE TABLE class_scheme (
        code TEXT NOT NULL, version INTEGER NOT NULL, zh TEXT NOT NULL, en TEXT NOT NULL, valid_from_on DATE,
        approved_by TEXT NOT NULL, series_codes JSON NOT NULL, types JSON NOT NULL, adopted_at TEXT NOT NULL,
        PRIMARY KEY (code, version)
    )
    """,
    """
    CREATE TABLE location (
        id INTEGER NOT NULL, parent_id INTEGER, kind TEXT NOT NULL, code TEXT NOT NULL, name TEXT NOT NULL,
        barcode TEXT NOT NULL, retired BOOLEAN NOT NULL, PRIMARY KEY (id),
        FOREIGN KEY(parent_id) REFERENCES location (id)
    )
    """,
    "CREATE INDEX ix_location_barcode ON location (barcode)",
    "CREATE INDEX ix_location_code ON location (code)",
    "CREATE INDEX ix_location_parent_id ON location (parent_id)",
    """
    CREATE TABLE number_counter (
        scope TEXT NOT NULL, last INTEGER NOT NULL, PRIMARY KEY (scope)
    )
    """,
    """
    CREATE TABLE print_job (
        id INTEGER NOT NULL, form TEXT NOT NULL, wish JSON NOT NULL, state TEXT NOT NULL, asked_by TEXT NOT NULL,
        asked_at TEXT NOT NULL, done INTEGER NOT NULL, total INTEGER, problem_zh TEXT NOT NULL,
        problem_en TEXT NOT NULL, PRIMARY KEY (id)
    )
    """,
    "CREATE INDEX ix_print_job_state ON print_job (state)",
    """
    CREATE TABLE reference_pattern (
        kind TEXT NOT NULL, text TEXT NOT NULL, PRIMARY KEY (kind)
    )
    """,
    """
    CREATE TABLE retention_rule (
        code TEXT NOT NULL, version INTEGER NOT NULL, vocabulary TEXT NOT NULL, zh TEXT NOT NULL, en TEXT NOT NULL,
        years INTEGER, "trigger" TEXT NOT NULL, action TEXT NOT NULL, mandate_zh TEXT NOT NULL,
        position INTEGER NOT NULL, PRIMARY KEY (code, version)
    )
    """,
    """
    CREATE TABLE setting (
        name TEXT NOT NULL, value JSON NOT NULL, PRIMARY KEY (name)
    )
    """,
    """
    CREATE TABLE spent_number (
        code TEXT NOT NULL, kind TEXT NOT NULL, scope TEXT NOT NULL, number INTEGER, subject TEXT NOT NULL,
        spent_at TEXT NOT NULL, voided_at TEXT, void_reason TEXT NOT NULL, PRIMARY KEY (code)
    )
    """,
    "CREATE INDEX ix_spent_number_kind_scope_number ON spent_number (kind, scope, number)",
    "CREATE INDEX ix_spent_number_subject ON spent_number (subject)",
    """
    CREATE TABLE transfer_batch (
        id INTEGER NOT NULL, number TEXT NOT NULL, from_department TEXT NOT NULL, year INTEGER NOT NULL,
        from_person TEXT NOT NULL, rule_code TEXT NOT NULL, begun_on DATE NOT NULL, due_on DATE, extended_to_on DATE,
        extension_reason TEXT NOT NULL, state TEXT NOT NULL, signatures JSON NOT NULL, list_digest TEXT NOT NULL,
        remark TEXT NOT NULL, PRIMARY KEY (id)
    )
    """,
    "CREATE INDEX ix_transfer_batch_number ON transfer_batch (number)",
    "CREATE INDEX ix_transfer_batch_state ON transfer_batch (state)",
    "CREATE INDEX ix_transfer_batch_year ON transfer_batch (year)",
    """
    CREATE TABLE binding_line (
        run_id INTEGER NOT NULL, position INTEGER NOT NULL, customer_id INTEGER, series_code TEXT NOT NULL,
        state TEXT NOT NULL, facts JSON NOT NULL, PRIMARY KEY (run_id, position),
        FOREIGN KEY(run_id) REFERENCES binding_run (id), FOREIGN KEY(customer_id) REFERENCES customer (id),
        FOREIGN KEY(series_code) REFERENCES series (code)
    )
    """,
    """
    CREATE TABLE print_result (
        id INTEGER NOT NULL, job_id INTEGER NOT NULL, name TEXT NOT NULL, object_id TEXT NOT NULL,
        wrapped_key BLOB NOT NULL, media_type TEXT NOT NULL, size_bytes INTEGER NOT NULL, digest TEXT NOT NULL,
        PRIMARY KEY (id), FOREIGN KEY(job_id) REFERENCES print_job (id), UNIQUE (object_id)
    )
    """,
    "CREATE INDEX ix_print_result_job_id ON print_result (job_id)",
    """
    CREATE TABLE volume_seal (
        volume_id INTEGER NOT NULL, version INTEGER NOT NULL, root TEXT NOT NULL, algorithm TEXT NOT NULL,
        signature BLOB NOT NULL, public_key BLOB NOT NULL, sealed_at TEXT NOT NULL, sealed_by TEXT NOT NULL,
        facts TEXT NOT NULL, PRIMARY KEY (volume_id, version), FOREIGN KEY(volume_id) REFERENCES volume (id)
    )
    """,
    """
    CREATE TABLE cross_reference (
        id INTEGER NOT NULL, volume_id INTEGER NOT NULL, item_key INTEGER NOT NULL, text TEXT NOT NULL,
        noted_at TEXT NOT NULL, "by" TEXT NOT NULL, PRIMARY KEY (id), FOREIGN KEY(volume_id) REFERENCES volume (id),
        FOREIGN KEY(item_key) REFERENCES item ("key")
    )
    """,
    "CREATE INDEX ix_cross_reference_item_key ON cross_reference (item_key)",
    "CREATE INDEX ix_cross_reference_volume_id ON cross_reference (volume_id)",
    """
    CREATE TABLE item_relation (
        item_key INTEGER NOT NULL, kind TEXT NOT NULL, other_key INTEGER NOT NULL, "by" TEXT NOT NULL,
        noted_at TEXT NOT NULL, PRIMARY KEY (item_key, kind, other_key),
        FOREIGN KEY(item_key) REFERENCES item ("key"), FOREIGN KEY(other_key) REFERENCES item ("key")
    )
    """,
    "CREATE INDEX ix_item_relation_other_key ON item_relation (other_key)",
    """
    CREATE TABLE transfer_line (
        id INTEGER NOT NULL, batch_id INTEGER NOT NULL, position INTEGER NOT NULL, item_key INTEGER,
        title TEXT NOT NULL, contract_no TEXT NOT NULL, copy_kind TEXT NOT NULL, pages INTEGER, sheets INTEGER,
        medium TEXT NOT NULL, ticked BOOLEAN, difference TEXT NOT NULL, PRIMARY KEY (id),
        UNIQUE (batch_id, position), FOREIGN KEY(batch_id) REFERENCES transfer_batch (id),
        FOREIGN KEY(item_key) REFERENCES item ("key")
    )
    """,
    "CREATE INDEX ix_transfer_line_item_key ON transfer_line (item_key)",
    """
    CREATE TABLE volume_note (
        id INTEGER NOT NULL, volume_id INTEGER NOT NULL, written_at TEXT NOT NULL, "by" TEXT NOT NULL,
        second_person TEXT NOT NULL, kind TEXT NOT NULL, text TEXT NOT NULL, item_key INTEGER, PRIMARY KEY (id),
        FOREIGN KEY(volume_id) REFERENCES volume (id), FOREIGN KEY(item_key) REFERENCES item ("key")
    )
    """,
    "CREATE INDEX ix_volume_note_volume_id ON volume_note (volume_id)",
)
NEW = (
    "binding_run", "class_scheme", "location", "number_counter", "print_job", "reference_pattern", "retention_rule",
    "setting", "spent_number", "transfer_batch", "binding_line", "print_result", "volume_seal", "cross_reference",
    "item_relation", "transfer_line", "volume_note",
)  # fmt: skip
VOLUME = """
    CREATE TABLE volume (
        id INTEGER NOT NULL, customer_id INTEGER, series_code TEXT NOT NULL, year INTEGER NOT NULL,
        state TEXT NOT NULL, number INTEGER, reference_code TEXT, retention_code TEXT, title TEXT NOT NULL,
        first_on DATE, last_on DATE, item_count INTEGER NOT NULL, page_count INTEGER NOT NULL,
        sheet_count INTEGER NOT NULL, spine_mm INTEGER, location_id INTEGER, compiled_by TEXT NOT NULL,
        compiled_at TEXT, checked_by TEXT NOT NULL, checked_at TEXT, sealed_at TEXT, seal_version INTEGER NOT NULL,
        continuation_of INTEGER, source TEXT NOT NULL, scope TEXT NOT NULL, name_of_customer TEXT NOT NULL,
        PRIMARY KEY (id), FOREIGN KEY(customer_id) REFERENCES customer (id),
        FOREIGN KEY(series_code) REFERENCES series (code), UNIQUE (reference_code),
        FOREIGN KEY(location_id) REFERENCES location (id), FOREIGN KEY(continuation_of) REFERENCES volume (id)
    )
"""
VOLUME_INDEXES = (
    "CREATE INDEX ix_volume_year ON volume (year)",
    "CREATE INDEX ix_volume_customer_id_series_code_year ON volume (customer_id, series_code, year)",
    "CREATE UNIQUE INDEX ix_volume_open ON volume (customer_id, series_code, year) WHERE state = 'open'",
)
COLUMNS = {
    "series": (
        "scheme_code TEXT DEFAULT '' NOT NULL",
        "year_rule TEXT DEFAULT 'doc_date' NOT NULL",
        "retention_code TEXT DEFAULT 'D10' NOT NULL",
        "grade INTEGER DEFAULT 3 NOT NULL",
        "checklist JSON DEFAULT '[]' NOT NULL",
        "columns JSON",
        "retired BOOLEAN DEFAULT 0 NOT NULL",
    ),
    "document_type": ("year_rule TEXT",),
    "customer": (
        "status TEXT DEFAULT 'new' NOT NULL",
        "nature TEXT DEFAULT 'ordinary' NOT NULL",
        "volume_axis TEXT DEFAULT 'general' NOT NULL",
        "particulars JSON DEFAULT '{}' NOT NULL",
        "merged_into_id INTEGER REFERENCES customer (id)",
    ),
    "contract": (
        "department TEXT DEFAULT '' NOT NULL",
        "handler TEXT DEFAULT '' NOT NULL",
        "state TEXT DEFAULT 'running' NOT NULL",
        "performed_on DATE",
        "settled_on DATE",
        "warranty_ends_on DATE",
        "terminated_on DATE",
        "framework_no TEXT DEFAULT '' NOT NULL",
        "remark TEXT DEFAULT '' NOT NULL",
    ),
    "item": (
        "doc_no TEXT DEFAULT '' NOT NULL",
        "author TEXT DEFAULT '' NOT NULL",
        "medium TEXT DEFAULT 'paper' NOT NULL",
        "side TEXT DEFAULT 'unknown' NOT NULL",
        "sheets INTEGER",
        "is_annex BOOLEAN DEFAULT 0 NOT NULL",
        "year_note TEXT DEFAULT '' NOT NULL",
        "retention_code TEXT",
        "remark TEXT DEFAULT '' NOT NULL",
        "valid_from_on DATE",
        "valid_to_on DATE",
        "position INTEGER",
        "reference_code TEXT",
        "former_codes JSON DEFAULT '[]' NOT NULL",
        "first_page INTEGER",
        "last_page INTEGER",
    ),
}
INDEXES = {
    "ix_item_reference_code": "CREATE UNIQUE INDEX ix_item_reference_code ON item (reference_code)",
    "ix_item_valid_to_on": "CREATE INDEX ix_item_valid_to_on ON item (valid_to_on)",
    "ix_page_item_key_blank": "CREATE INDEX ix_page_item_key_blank ON page (item_key, blank)",
}
SEALED = "('sealed', 'shelved', 'expired', 'destroyed')"
FIXED = (
    "id", "customer_id", "series_code", "year", "number", "reference_code", "title", "first_on", "last_on",
    "item_count", "page_count", "sheet_count", "spine_mm", "compiled_by", "compiled_at", "checked_by", "checked_at",
    "sealed_at", "continuation_of", "source", "scope", "name_of_customer",
)  # fmt: skip
CHANGED = " OR ".join(f"NEW.{column} IS NOT OLD.{column}" for column in FIXED)
SPENT = " OR ".join(
    f"NEW.{column} IS NOT OLD.{column}" for column in ("code", "kind", "scope", "number", "subject", "spent_at")
)
TRIGGERS = {
    "numbers_are_never_forgotten": "BEFORE DELETE ON spent_number",
    "numbers_are_only_voided": (
        f"BEFORE UPDATE ON spent_number WHEN OLD.voided_at IS NOT NULL OR NEW.voided_at IS NULL OR {SPENT}"
    ),
    "counters_never_go_back": "BEFORE UPDATE ON number_counter WHEN NEW.last < OLD.last",
    "counters_are_never_forgotten": "BEFORE DELETE ON number_counter",
    "notes_are_never_changed": "BEFORE UPDATE ON volume_note",
    "notes_are_never_forgotten": "BEFORE DELETE ON volume_note",
    "seals_are_never_changed": "BEFORE UPDATE ON volume_seal",
    "seals_are_never_forgotten": "BEFORE DELETE ON volume_seal",
    "volumes_are_never_deleted": "BEFORE DELETE ON volume",
    "sealed_volumes_never_change": (
        f"BEFORE UPDATE ON volume WHEN OLD.state IN {SEALED} AND (NEW.state NOT IN {SEALED} "
        f"OR NEW.seal_version < OLD.seal_version OR {CHANGED})"
    ),
    "sealed_volumes_take_no_item": (
        "BEFORE UPDATE OF volume_id ON item WHEN NEW.volume_id IS NOT OLD.volume_id AND EXISTS "  # noqa: S608  # ours
        f"(SELECT * FROM volume WHERE id = NEW.volume_id AND state IN {SEALED})"
    ),
    "sealed_volumes_are_not_renumbered": (
        "BEFORE UPDATE OF position, reference_code, first_page, last_page ON item "  # noqa: S608  # ours
        "WHEN NEW.volume_id IS OLD.volume_id AND (NEW.position IS NOT OLD.position "
        "OR NEW.reference_code IS NOT OLD.reference_code OR NEW.first_page IS NOT OLD.first_page "
        "OR NEW.last_page IS NOT OLD.last_page) "
        f"AND EXISTS (SELECT * FROM volume WHERE id = OLD.volume_id AND state IN {SEALED})"
    ),
}
RULES = (
    ("1", "D30", ("licence", "identity_proof")),
    ("2", "D10", ()),
    ("3", "D30", ("contract", "authorization", "acceptance_record", "delivery_voucher")),
    ("4", "D30", ()),
)
REQUIREMENTS = {
    "licence": ("有效的营业执照", "a valid business licence", "customer", [], True),
    "identity_proof": (
        "受托人身份证明",
        "the identity of whoever was authorized",
        "customer",
        ["authorization"],
        False,
    ),
    "contract": ("合同正本", "the contract itself", "contract", [], False),
    "authorization": ("签约授权委托书", "the authority to sign it", "contract", ["contract"], False),
    "acceptance_record": ("验收记录", "the record of acceptance", "contract", ["delivery_voucher"], False),
    "delivery_voucher": ("交货凭证", "the delivery voucher", "contract", ["acceptance_record"], False),
}
MASTER_PAPERS = "('contract', 'amendment', 'termination', 'guarantee', 'acceptance_record', 'judgment')"


def upgrade() -> None:
    for statement in TABLES:
        op.execute(statement)
    for table, columns in COLUMNS.items():
        for column in columns:
            op.execute(f"ALTER TABLE {table} ADD COLUMN {column}")
    for statement in INDEXES.values():
        op.execute(statement)
    make_volumes_anew(
        VOLUME,
        "INSERT INTO volume (id, customer_id, series_code, year, state, title, item_count, page_count, sheet_count, "
        "compiled_by, checked_by, seal_version, source, scope, name_of_customer) "
        "SELECT id, customer_id, series_code, year, state, '', 0, 0, 0, '', '', 0, 'own', 'customer', '' "
        "FROM kept_volume",
        VOLUME_INDEXES,
    )
    state_rules()
    for name, event in TRIGGERS.items():
        op.execute(f"CREATE TRIGGER {name} {event} BEGIN SELECT RAISE(ABORT, '{name}'); END")


def make_volumes_anew(table: str, filling: str, indexes: tuple[str, ...]) -> None:
    """Exchange the table under the items that refer to it; their references hold again when the rows are back."""
    op.execute("PRAGMA defer_foreign_keys = ON")
    op.execute("CREATE TABLE kept_volume AS SELECT * FROM volume")
    op.execute("DELETE FROM volume")
    op.execute("DROP TABLE volume")
    op.execute(table)
    op.execute(filling)
    op.execute("DROP TABLE kept_volume")
    for statement in indexes:
        op.execute(statement)


def state_rules() -> None:
    """Give the four series, and the master papers of a contract, the rules that they ship with."""
    statement = sa.text(
        "UPDATE series SET scheme_code = 'four', retention_code = :retention, checklist = :checklist WHERE code = :code"
    )
    for code, retention, asked in RULES:
        checklist = json.dumps([requirement(each) for each in asked], ensure_ascii=False)
        op.get_bind().execute(statement, {"code": code, "retention": retention, "checklist": checklist})
    op.execute(f"UPDATE document_type SET year_rule = 'closing_year' WHERE code IN {MASTER_PAPERS}")  # noqa: S608  # ours


def requirement(code: str) -> dict[str, object]:
    """A requirement as the catalogue keeps it."""
    zh, en, scope, when, expires = REQUIREMENTS[code]
    return {"types": [code], "when": when, "code": code, "zh": zh, "en": en, "scope": scope, "expires": expires}


def downgrade() -> None:
    for name in TRIGGERS:
        op.execute(f"DROP TRIGGER {name}")
    merge_volumes()
    for name in INDEXES:
        op.execute(f"DROP INDEX {name}")
    for table, columns in COLUMNS.items():
        for column in columns:
            op.execute(f"ALTER TABLE {table} DROP COLUMN {column.split()[0]}")
    for table in reversed(NEW):
        op.execute(f"DROP TABLE {table}")


def merge_volumes() -> None:
    """Back to one volume for each customer, series and year: papers of several lie in the first of them again."""
    # Destroyed items lie in volumes, too, and no other change may touch them.
    (trigger,) = (
        op.get_bind()
        .execute(sa.text("SELECT sql FROM sqlite_master WHERE name = 'destroyed_items_stay_destroyed'"))
        .one()
    )
    op.execute("DROP TRIGGER destroyed_items_stay_destroyed")
    op.execute(
        "INSERT INTO volume (customer_id, series_code, year, state, title, item_count, page_count, sheet_count, "
        "compiled_by, checked_by, seal_version, source, scope, name_of_customer) "
        "SELECT DISTINCT item.customer_id, volume.series_code, volume.year, 'made', '', 0, 0, 0, '', '', 0, 'own', "
        "'customer', '' FROM item JOIN volume ON volume.id = item.volume_id WHERE volume.customer_id IS NULL"
    )
    op.execute(
        "UPDATE item SET volume_id = (SELECT min(first.id) FROM volume AS own JOIN volume AS first "
        "ON first.customer_id = coalesce(own.customer_id, item.customer_id) AND first.series_code = own.series_code "
        "AND first.year = own.year WHERE own.id = item.volume_id) WHERE volume_id IS NOT NULL"
    )
    op.execute(trigger)
    op.execute("DELETE FROM volume_note")
    op.execute("DELETE FROM volume_seal")
    op.execute("DELETE FROM cross_reference")
    op.execute("PRAGMA defer_foreign_keys = ON")
    op.execute("CREATE TABLE kept_volume AS SELECT * FROM volume WHERE customer_id IS NOT NULL")
    op.execute("DELETE FROM volume")
    op.execute("DROP TABLE volume")
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
    op.execute(
        "INSERT INTO volume SELECT min(id), customer_id, series_code, year, 'open' FROM kept_volume "
        "GROUP BY customer_id, series_code, year"
    )
    op.execute("DROP TABLE kept_volume")
    op.create_index("ix_volume_year", "volume", ["year"], unique=False)
