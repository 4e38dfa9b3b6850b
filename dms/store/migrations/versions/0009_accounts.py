"""Accounts that are hard to take over: invitations, second factors, sessions, lock-out."""

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
