"""who sent a file, how much all files are together, and who passed the human check"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.add_column("uploads", sa.Column("sender", sa.String(), nullable=True))
    # Of files that went along to another channel nobody knows any more from which person there they came.
    op.execute(
        "UPDATE uploads SET sender = (SELECT person FROM conversations WHERE id = uploads.conversation_id)"
        " WHERE client_id NOT LIKE 'carried:%'"
    )
    op.create_table(
        "running_totals",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("value", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_running_totals")),
    )
    op.execute("INSERT INTO running_totals (key, value) SELECT 'uploads', COALESCE(SUM(size), 0) FROM uploads")
    op.create_table(
        "spent_proofs",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("until", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_spent_proofs")),
    )
    op.create_index(op.f("ix_spent_proofs_until"), "spent_proofs", ["until"])
    op.create_table(
        "cleared_visitors",
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("until", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("person", name=op.f("pk_cleared_visitors")),
    )
    op.create_index(op.f("ix_cleared_visitors_until"), "cleared_visitors", ["until"])
