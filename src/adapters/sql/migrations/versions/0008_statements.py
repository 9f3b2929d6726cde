"""What a table says of a subject on one day as one row instead of a row a fact."""

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

CODES = ("entity_type",)
FLAGS = (
    "in_liquidation", "tax_in_arrears", "abnormal_listed", "dishonesty_listed",
    "judgment_defaulter", "credit_repaired", "major_hazard_source", "liability_insured",
    "quality_deposit_paid",
)  # fmt: skip
NUMBERS = (
    "registered_capital", "shareholders", "outside_investments", "branches", "established_on",
    "licences", "licence_expires_on", "paid_in_capital_share", "representative_changes_3y",
    "name_changes_3y", "domicile_changes_3y", "scope_changes_3y", "loss_years_3y", "debt_ratio",
    "insured_staff", "staff", "tax_paid_1y", "share_freezes_3y", "abnormal_listings_3y",
    "penalties_3y", "penalty_amount_3y", "lawsuits_3y", "complaints_1y", "bad_press_1m",
    "accidents_3y", "sampling_failures_1y", "fraud_alerts_1y",
)  # fmt: skip
FORMS = dict.fromkeys(NUMBERS, "i") | dict.fromkeys(FLAGS, "b") | dict.fromkeys(CODES, "c")
AT_ONCE = 1_000

FACT = sa.table(
    "subject_fact",
    sa.column("subject_id", sa.String),
    sa.column("name", sa.String),
    sa.column("known_on", sa.Date),
    sa.column("source", sa.String),
    sa.column("recorded", sa.BigInteger),
    sa.column("form", sa.String),
    sa.column("int_value", sa.BigInteger),
    sa.column("code_value", sa.String),
)
STATEMENT = sa.table(
    "subject_statement",
    sa.column("subject_id", sa.String),
    sa.column("recorded", sa.BigInteger),
    sa.column("known_on", sa.Date),
    sa.column("source", sa.String),
    *(sa.column(name, sa.String if form == "c" else sa.BigInteger) for name, form in FORMS.items()),
)


def upgrade() -> None:
    """Add the table and move into it the facts that have a column there."""
    op.create_table(
        "subject_statement",
        sa.Column("subject_id", sa.String(length=36), nullable=False),
        sa.Column("recorded", sa.BigInteger(), nullable=False),
        sa.Column("known_on", sa.Date(), nullable=False),
        sa.Column("source", sa.String(length=100), nullable=False),
        *(
            sa.Column(name, sa.String(length=200) if form == "c" else sa.BigInteger())
            for name, form in FORMS.items()
        ),
        sa.PrimaryKeyConstraint("subject_id", "recorded", name=op.f("pk_subject_statement")),
        sqlite_with_rowid=False,
    )
    connection = op.get_bind()
    fits = sa.or_(
        *(
            sa.and_(FACT.c.form == form, FACT.c.name.in_([n for n in FORMS if FORMS[n] == form]))
            for form in "ib"
        ),
        sa.and_(FACT.c.name.in_(CODES), FACT.c.form == "c", FACT.c.code_value.is_not(None)),
    )
    asked = sa.select(FACT).where(fits).order_by(FACT.c.subject_id, FACT.c.recorded)
    for part in _parts(_statements(connection.execute(asked.execution_options(yield_per=AT_ONCE)))):
        connection.execute(sa.insert(STATEMENT), part)
    connection.execute(sa.delete(FACT).where(fits))


def downgrade() -> None:
    """Move every fact back into a row of its own, the last of those of one day and source."""
    connection = op.get_bind()
    asked = sa.select(STATEMENT).order_by(STATEMENT.c.subject_id, STATEMENT.c.recorded)
    for part in _parts(_facts(connection.execute(asked.execution_options(yield_per=AT_ONCE)))):
        connection.execute(sa.insert(FACT), part)
    op.drop_table("subject_statement")


def _parts(rows: Iterator[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    part: list[dict[str, Any]] = []
    for row in rows:
        part.append(row)
        if len(part) == AT_ONCE:
            yield part
            part = []
    if part:
        yield part


def _statements(facts: Iterable[Any]) -> Iterator[dict[str, Any]]:
    """Join what follows at once of one subject, day and source: the order of a day counts."""
    for place, some in groupby(facts, lambda fact: (fact.subject_id, fact.known_on, fact.source)):
        found = list(some)
        said = {
            fact.name: fact.code_value if fact.form == "c" else fact.int_value for fact in found
        }
        subject, known_on, source = place
        yield {
            "subject_id": subject,
            "recorded": found[-1].recorded,
            "known_on": known_on,
            "source": source,
            **dict.fromkeys(FORMS),
            **said,
        }


def _facts(statements: Iterable[Any]) -> Iterator[dict[str, Any]]:
    for subject, some in groupby(statements, lambda row: row.subject_id):
        last: dict[tuple[str, Any, str], dict[str, Any]] = {}
        for row in some:
            for name, form in FORMS.items():
                value = row._mapping[name]  # noqa: SLF001 - SQLAlchemy's public name for it
                if value is None:
                    continue
                last[name, row.known_on, row.source] = {
                    "subject_id": subject,
                    "name": name,
                    "known_on": row.known_on,
                    "source": row.source,
                    "recorded": row.recorded,
                    "form": form,
                    "int_value": None if form == "c" else value,
                    "code_value": value if form == "c" else None,
                }
        yield from last.values()
