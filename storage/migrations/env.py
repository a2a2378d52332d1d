"""Runs migrations on the connection that ``storage.migrating`` hands over; there is no ini file."""

from typing import Any, Literal

import sqlalchemy as sa
from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlmodel import SQLModel

import storage.tables  # noqa: F401  # Declares the tables.
from storage.columns import Json, Moment
from storage.migrating import TABLE


def render(kind: str, value: Any, autogenerate: AutogenContext) -> str | Literal[False]:
    """Keep migrations free of this program's own types, which may change after them."""
    if kind == "type":
        if isinstance(value, Moment):
            return "sa.BigInteger()"
        if isinstance(value, Json):
            return "sa.Text()"
        if isinstance(value, sa.BigInteger):
            return 'sa.BigInteger().with_variant(sa.Integer(), "sqlite")'
        if isinstance(value, sa.types.TypeDecorator):
            return "sa.String()"
    return False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=SQLModel.metadata,
    version_table=TABLE,
    render_item=render,
    render_as_batch=True,
    compare_type=True,
)
with context.begin_transaction():
    context.run_migrations()
