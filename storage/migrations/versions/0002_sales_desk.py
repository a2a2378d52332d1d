"""the sales desk: where each handoff stands, its history, what was put out about it, who takes leads"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "colleagues",
        sa.Column("target", sa.String(), nullable=False),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("picture", sa.String(), nullable=True),
        sa.Column("availability", sa.String(), nullable=True),
        sa.Column("at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("target", "person_id", name=op.f("pk_colleagues")),
    )
    op.create_index(op.f("ix_colleagues_key"), "colleagues", ["key"])

    op.create_table(
        "desk_entries",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("handoff_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["handoff_id"], ["handoffs.id"], name=op.f("fk_desk_entries_handoff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_desk_entries")),
    )
    op.create_index(op.f("ix_desk_entries_handoff_id"), "desk_entries", ["handoff_id"])

    op.create_table(
        "posts",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("handoff_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("target", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["handoff_id"], ["handoffs.id"], name=op.f("fk_posts_handoff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_posts")),
        sa.UniqueConstraint("handoff_id", "target", "key", name=op.f("uq_posts_handoff_id_target_key")),
    )
    op.create_index("ix_posts_reference", "posts", ["target", "reference"])

    op.create_table(
        "relays",
        sa.Column("handoff_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("target", sa.String(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["handoff_id"], ["handoffs.id"], name=op.f("fk_relays_handoff_id")),
        sa.PrimaryKeyConstraint("handoff_id", "target", name=op.f("pk_relays")),
    )

    # Column by column, never by rebuilding the table: SQLite would then give the numbers of erased handoffs again.
    for name in ("phase", "offered_to", "rep", "rep_name", "verdict", "amount", "currency"):
        op.add_column("handoffs", sa.Column(name, sa.String(), nullable=True))
    for name in ("until", "seen_at", "snoozed_until", "closed_at"):
        op.add_column("handoffs", sa.Column(name, sa.BigInteger(), nullable=True))
    for name in ("verdict_reason", "route"):
        op.add_column("handoffs", sa.Column(name, sa.String(), nullable=False, server_default=""))
    op.add_column("handoffs", sa.Column("trace", sa.Text(), nullable=False, server_default="[]"))
    op.add_column("effects", sa.Column("first_try", sa.BigInteger(), nullable=True))
    op.add_column("handoffs", sa.Column("moved_at", sa.BigInteger(), nullable=False, server_default="0"))
    op.execute(
        "UPDATE handoffs SET rep = claimed_by, rep_name = claimed_by, moved_at = coalesce(spoken_at, claimed_at, at)"
    )
    op.execute(
        "INSERT INTO posts (handoff_id, target, key, reference, digest, at) "
        "SELECT id, target, 'card', reference, '', coalesce(sent_at, at) FROM handoffs WHERE reference IS NOT NULL"
    )
    op.drop_index(op.f("ix_handoffs_reference"), table_name="handoffs")
    op.drop_column("handoffs", "reference")
    op.drop_column("handoffs", "claimed_by")
    op.create_index("ix_handoffs_rep", "handoffs", ["rep", "claimed_at"])
    live = sa.text("phase <> 'closed'")
    op.create_index("ix_handoffs_live", "handoffs", ["phase"], sqlite_where=live, postgresql_where=live)
