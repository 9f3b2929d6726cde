"""What the rows of a table of subjects mean: drafts, facts, and every fault with its row."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from attrs import define, evolve, field, frozen

from supervision_core.kernel.codes.industry import IndustryTree
from supervision_core.kernel.codes.region import RegionTree
from supervision_core.kernel.errors import Scalar, Violation
from supervision_core.kernel.fields import said
from supervision_core.kernel.tables import ReadRow, RowFault, Severity
from supervision_core.subjects.facts import FactKind, FactValue, day_number
from supervision_core.subjects.model import (
    BasicData,
    BusinessData,
    ExtendedData,
    Identity,
    PersonalData,
    SubjectDraft,
    SubjectKind,
    SubjectStatus,
)
from supervision_core.subjects.model.doubts import doubts_of, kind_by_code
from supervision_core.subjects.reading import (
    Industries,
    Places,
    coordinate,
    identity_of,
    kind_named,
    status_named,
)
from supervision_core.subjects.repeated import RepeatedCodes, repeated_codes
from supervision_core.subjects.table import (
    FACT_COLUMNS,
    KEY_TABLE,
    SUBJECT_TABLE,
    WAN_YUAN_FACTS,
)

__all__ = [
    "KEY_TABLE",
    "SUBJECT_TABLE",
    "Intake",
    "IntakeContext",
    "IntakeRow",
    "SubjectEntry",
    "Taking",
    "repeated_codes",
    "subject_from_row",
    "take_in",
]

_TITLES = {column.name: column.title for column in SUBJECT_TABLE.columns}


@frozen(kw_only=True)
class IntakeContext:
    """导入口径 (IntakeContext): what rows are read against.

    ``today`` is the local day of the import, on which facts become known; ``region`` is taken
    where a row and its codes name none.
    """

    today: date
    region: str
    places: Places
    industries: Industries

    @classmethod
    def of(
        cls, *, today: date, region: str, regions: RegionTree, industries: IndustryTree
    ) -> "IntakeContext":
        """Read against these regions and industries."""
        return cls(
            today=today, region=region, places=Places(regions), industries=Industries(industries)
        )


@frozen(kw_only=True)
class SubjectEntry:
    """导入行 (SubjectEntry): one row fit for import: its draft, and the facts it brings."""

    row: int = field(metadata=said("在表格中的行号", example=2))
    draft: SubjectDraft = field(metadata=said("监管对象信息"))
    facts: Mapping[str, FactValue] = field(
        factory=dict, metadata=said("随表带来的对象事实，按事实的标识")
    )


@frozen(kw_only=True)
class IntakeRow:
    """A row once understood: an entry unless a fault keeps it out; faults also warn."""

    number: int
    entry: SubjectEntry | None
    faults: tuple[RowFault, ...] = ()


@frozen(kw_only=True)
class Intake:
    """导入结果 (Intake): what of a table goes in, and everything that was wrong with it.

    ``repeated`` counts rows left out because an equal one goes in.
    """

    entries: tuple[SubjectEntry, ...]
    faults: tuple[RowFault, ...]
    repeated: int = 0


Values = Mapping[str, str | int | bool | date]


@define
class _Reading:
    """One row on its way: collects faults."""

    row: ReadRow
    faults: list[RowFault] = field(factory=list)

    def fault(self, column: str, violation: Violation, severity: Severity = Severity.ERROR) -> None:
        self.faults.append(
            RowFault(
                row=self.row.number,
                column=_TITLES[column],
                violation=evolve(violation, at=column),
                severity=severity,
            )
        )

    def warn(self, column: str, code: str, **data: Scalar) -> None:
        self.fault(column, Violation(code, data=data), Severity.WARNING)


def subject_from_row(row: ReadRow, context: IntakeContext) -> IntakeRow:
    """Understand one row: a draft with its facts, or the faults that keep it out.

    A code that fails its check is kept, flagged as doubtful and warned about, never dropped.
    """
    reading = _Reading(row, list(row.faults))
    values = row.values
    identity = identity_of(values)
    if identity is None:
        reading.fault("credit_code", Violation("subjects.identity_missing"))
    region = _region(values, context, reading)
    if identity is None or not region or "name" not in values or not row.usable:
        return IntakeRow(number=row.number, entry=None, faults=tuple(reading.faults))
    draft = SubjectDraft(
        kind=_kind(values, identity, reading),
        name=_str(values, "name"),
        identity=identity,
        region=region,
        status=_status(values, reading),
        basic=_basic(values, context, reading),
        extended=_extended(values, reading),
        business=_business(values),
        personal=_personal(values),
    )
    for doubt in doubts_of(draft, today=context.today):
        column = doubt.at.rpartition(".")[2]
        if doubt.at == "identity.code":
            column = "credit_code" if "credit_code" in values else identity.kind.value
        reading.fault(column, doubt, Severity.WARNING)
    basic = draft.basic
    if basic.term_from and basic.term_to and basic.term_from > basic.term_to:
        reading.fault("term_to", Violation("subjects.term_reversed"))
        return IntakeRow(number=row.number, entry=None, faults=tuple(reading.faults))
    facts = _facts(values, draft, reading)
    entry = SubjectEntry(row=row.number, draft=draft, facts=facts)
    return IntakeRow(number=row.number, entry=entry, faults=tuple(reading.faults))


def _str(values: Values, name: str) -> str:
    value = values.get(name, "")
    return value if isinstance(value, str) else str(value)


def _date(values: Values, name: str) -> date | None:
    value = values.get(name)
    return value if isinstance(value, date) else None


def _bool(values: Values, name: str) -> bool | None:
    value = values.get(name)
    return value if isinstance(value, bool) else None


def _region(values: Values, context: IntakeContext, reading: _Reading) -> str:
    text, city = _str(values, "region"), _str(values, "city")
    if not text and not city:
        return (
            context.places.of_address(_str(values, "premises") or _str(values, "domicile"))
            or context.places.of_credit_code(_str(values, "credit_code"))
            or context.region
        )
    found = context.places.find(text or city, city if text else "")
    column = "region" if text else "city"
    if found.violation:
        reading.fault(column, found.violation)
    elif found.former:
        reading.warn(column, "subjects.region_renamed", old=found.former, new=found.name)
    return found.code


def _kind(values: Values, identity: Identity, reading: _Reading) -> SubjectKind:
    said = _str(values, "kind")
    told = kind_named(said)
    if said and told is None:
        reading.warn("kind", "subjects.kind_unknown")
    named = told or kind_named(_str(values, "entity_type"))
    return named or kind_by_code(identity) or SubjectKind.ENTERPRISE


def _status(values: Values, reading: _Reading) -> SubjectStatus | None:
    text = _str(values, "status")
    status = status_named(text)
    if text and status is None:
        reading.warn("status", "subjects.status_unknown")
    return status


def _basic(values: Values, context: IntakeContext, reading: _Reading) -> BasicData:
    text = _str(values, "industry")
    industry = context.industries.find(text) if text else ""
    if text and not industry:
        reading.warn("industry", "kernel.industry_unknown")
    capital = values.get("registered_capital")
    return BasicData(
        registration_number=_str(values, "registration_number"),
        entity_type=_str(values, "entity_type"),
        industry=industry,
        organisation_form=_str(values, "organisation_form"),
        economic_type=_str(values, "economic_type"),
        brand=_str(values, "brand"),
        registered_capital=capital * 100 if isinstance(capital, int) else None,
        capital_currency=_str(values, "capital_currency"),
        domicile=_str(values, "domicile"),
        premises=_str(values, "premises"),
        postal_code=_str(values, "postal_code"),
        term_from=_date(values, "term_from"),
        term_to=_date(values, "term_to"),
        scope=_str(values, "scope"),
        administrative_level=_str(values, "administrative_level"),
        sponsor=_str(values, "sponsor"),
    )


def _extended(values: Values, reading: _Reading) -> ExtendedData:
    return ExtendedData(
        business_scope_type=_str(values, "business_scope_type"),
        registration_authority=_str(values, "registration_authority"),
        established_on=_date(values, "established_on"),
        approved_on=_date(values, "approved_on"),
        revoked_on=_date(values, "revoked_on"),
        revoked_because=_str(values, "revoked_because"),
        longitude=_degrees(values, "longitude", reading),
        latitude=_degrees(values, "latitude", reading),
    )


def _degrees(values: Values, column: str, reading: _Reading) -> int | None:
    text = _str(values, column)
    degrees = coordinate(text, column)
    if text and degrees is None:
        reading.warn(column, "subjects.coordinate_unknown")
    return degrees


def _business(values: Values) -> BusinessData:
    licences = _str(values, "licence_names")
    for sign in "，,；;|/\n":
        licences = licences.replace(sign, "、")
    return BusinessData(
        nature=_str(values, "nature"),
        trading_address=_str(values, "trading_address"),
        floor=_str(values, "floor"),
        agreement_signed=_bool(values, "agreement_signed"),
        prepaid_cards=_bool(values, "prepaid_cards"),
        licences=tuple(part.strip() for part in licences.split("、") if part.strip()),
    )


def _personal(values: Values) -> PersonalData:
    return PersonalData(
        principal=_str(values, "principal"),
        contact_name=_str(values, "contact_name"),
        contact_identity_card=_str(values, "contact_identity_card"),
        contact_phone=_str(values, "contact_phone"),
        operator_phone=_str(values, "operator_phone"),
    )


def _facts(values: Values, draft: SubjectDraft, reading: _Reading) -> Mapping[str, FactValue]:
    facts: dict[str, FactValue] = {}
    for name, value in values.items():
        entry = FACT_COLUMNS.get(name)
        if entry is None:
            continue
        if isinstance(value, date):
            facts[name] = day_number(value)
        elif entry.kind is not FactKind.INTEGER or isinstance(value, str):
            facts[name] = value
        elif value < 0:
            reading.warn(name, "subjects.fact_below_zero", fact=entry.title)
        elif entry.unit == "元":
            facts[name] = value * 100 if name in WAN_YUAN_FACTS else value // 100
        else:
            facts[name] = value
    if draft.basic.registered_capital is not None:
        facts["registered_capital"] = draft.basic.registered_capital
    if draft.extended.established_on is not None:
        facts["established_on"] = day_number(draft.extended.established_on)
    if draft.basic.entity_type:
        facts["entity_type"] = draft.basic.entity_type
    return facts


@define(eq=False)
class Taking:
    """A table on its way: gives each entry as soon as no other row can contradict it.

    ``repeated_codes`` are those of ``repeated_codes``: their rows wait for the last row. Rows of
    the same identity code: equal ones go in once, with a warning for each repetition; where any
    differ, all stay out, each naming another. ``faults`` and ``repeated`` (rows left out because
    an equal one goes in) are whole when every entry was given.
    """

    context: IntakeContext
    repeated_codes: RepeatedCodes
    faults: list[RowFault] = field(factory=list)
    repeated: int = 0

    def entries(self, rows: Iterable[ReadRow]) -> Iterator[SubjectEntry]:
        """Understand every row and give what goes in."""
        waiting: defaultdict[str, list[SubjectEntry]] = defaultdict(list)
        for row in rows:
            understood = subject_from_row(row, self.context)
            self.faults += understood.faults
            entry = understood.entry
            if entry is None:
                continue
            code = entry.draft.identity.code
            if code in self.repeated_codes:
                waiting[code].append(entry)
            else:
                yield entry
        for same in waiting.values():
            yield from self._settled(*sorted(same, key=lambda entry: entry.row))
        self.faults.sort(key=lambda fault: fault.row)

    def _settled(self, first: SubjectEntry, *others: SubjectEntry) -> Iterator[SubjectEntry]:
        if all((other.draft, other.facts) == (first.draft, first.facts) for other in others):
            self.repeated += len(others)
            self.faults += [
                _duplicate(other, first, "subjects.row_repeated", Severity.WARNING)
                for other in others
            ]
            yield first
        else:
            self.faults += [
                _duplicate(entry, first if entry is not first else others[0])
                for entry in (first, *others)
            ]


def take_in(rows: Iterable[ReadRow], context: IntakeContext) -> Intake:
    """Understand a whole table at once, as ``Taking`` does row by row."""
    held = list(rows)
    taking = Taking(context, repeated_codes(held))
    entries = tuple(taking.entries(held))
    return Intake(entries=entries, faults=tuple(taking.faults), repeated=taking.repeated)


def _duplicate(
    entry: SubjectEntry,
    other: SubjectEntry,
    code: str = "subjects.row_contradicted",
    severity: Severity = Severity.ERROR,
) -> RowFault:
    column = entry.draft.identity.kind.value
    violation = Violation(code, column, {"row": other.row})
    return RowFault(row=entry.row, column=_TITLES[column], violation=violation, severity=severity)
