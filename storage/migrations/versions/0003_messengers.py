"""messengers: chats, what was delivered there, what was heard, ways from one channel to another"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def _number() -> sa.types.TypeEngine[int]:
    return sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "chats",
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("conversation_id", _number(), nullable=True),
        sa.Column("heard", sa.BigInteger(), nullable=True),
        sa.Column("last_order", sa.BigInteger(), nullable=False),
        sa.Column("unreachable", sa.BigInteger(), nullable=True),
        sa.Column("stopped", sa.BigInteger(), nullable=True),
        sa.Column("told", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["conversation_id"], ["conversations.id"], name=op.f("fk_chats_conversation_id")),
        sa.PrimaryKeyConstraint("channel", "address", name=op.f("pk_chats")),
    )
    op.create_index(op.f("ix_chats_conversation_id"), "chats", ["conversation_id"])

    op.create_table(
        "deliveries",
        sa.Column("conversation_id", _number(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("part", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["conversation_id"], ["conversations.id"], name=op.f("fk_deliveries_conversation_id")),
        sa.PrimaryKeyConstraint("conversation_id", "seq", "part", name=op.f("pk_deliveries")),
    )
    op.create_index(op.f("ix_deliveries_reference"), "deliveries", ["reference"])

    op.create_table(
        "watermarks",
        sa.Column("conversation_id", _number(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["conversation_id"], ["conversations.id"], name=op.f("fk_watermarks_conversation_id")),
        sa.PrimaryKeyConstraint("conversation_id", name=op.f("pk_watermarks")),
    )

    op.create_table(
        "heard_events",
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("external_id", sa.String(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("channel", "external_id", name=op.f("pk_heard_events")),
    )
    op.create_index(op.f("ix_heard_events_at"), "heard_events", ["at"])

    op.create_table(
        "channel_notes",
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.Column("updated", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("channel", "key", name=op.f("pk_channel_notes")),
    )

    op.create_table(
        "pollers",
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("holder", sa.String(), nullable=False),
        sa.Column("until", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("channel", name=op.f("pk_pollers")),
    )

    op.create_table(
        "crossings",
        sa.Column("hash", sa.String(), nullable=False),
        sa.Column("conversation_id", _number(), nullable=False),
        sa.Column("expires", sa.BigInteger(), nullable=False),
        sa.Column("used", sa.BigInteger(), nullable=True),
        sa.Column("into_id", _number(), nullable=True),
        sa.ForeignKeyConstraint(["conversation_id"], ["conversations.id"], name=op.f("fk_crossings_conversation_id")),
        sa.ForeignKeyConstraint(["into_id"], ["conversations.id"], name=op.f("fk_crossings_into_id")),
        sa.PrimaryKeyConstraint("hash", name=op.f("pk_crossings")),
    )
    op.create_index(op.f("ix_crossings_conversation_id"), "crossings", ["conversation_id"])
    op.create_index(op.f("ix_crossings_into_id"), "crossings", ["into_id"])
