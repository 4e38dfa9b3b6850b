"""Texts are read for values that forms, lines and page ends break, and variants of characters are one.

The index goes on answering, and says that it is incomplete, until it was made anew from the catalogue: at once where it
is small, by the service otherwise. What was made of a new one by the rules of before is made again.
"""

from alembic import op

revision = "0019"
down_revision = "0018"


def upgrade() -> None:
    op.execute("DELETE FROM index_segment WHERE generation = (SELECT building FROM index_state)")
    op.execute(
        "UPDATE index_state SET building = NULL, built = 0, "
        "complete = NOT EXISTS (SELECT 1 FROM item WHERE state IN ('review', 'filed'))"
    )


def downgrade() -> None:
    """Nothing: whoever reads fewer spellings finds them in what was indexed by more."""
