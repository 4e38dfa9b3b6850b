"""Title documents: what lies in the safes, who put it in and who took it out."""

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
