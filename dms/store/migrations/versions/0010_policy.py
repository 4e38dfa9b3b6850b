"""Where rights are decided: departments with those who head them, and papers kept in store only."""

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
