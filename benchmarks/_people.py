"""Who asks in a benchmark: users that are let in, and the regions where their work lies."""

from collections.abc import Iterable

from attrs import evolve

from adapters.system import SystemClock
from entrypoints.organising import regions_of
from supervision_core.audit.model import target_of
from supervision_core.audit.ports import AuditLog
from supervision_core.identity.model import GrantSheet, HolderKind, RegionContent, Session
from supervision_core.identity.ports import GrantSheets, Regions, Sessions
from supervision_core.kernel.canonical import sm3
from supervision_core.kernel.codes.credit_code import complete_credit_code
from supervision_core.kernel.events import Aggregate
from supervision_core.kernel.ports import UnitOfWork
from supervision_core.kernel.registers import Entry
from supervision_core.subjects.model import Subject
from supervision_core.subjects.ports import Subjects
from supervision_core.testing.subjects import full_subject_draft
from supervision_core.testing.units import entry


def let_in(unit: UnitOfWork, user: str, home: str, permissions: Iterable[str], token: str) -> None:
    """Let a user do something, and give him a session in a department by its token."""
    at = SystemClock().now()
    sheet = GrantSheet.empty(HolderKind.USER, user)
    for permission in permissions:
        sheet.grant(permission, passable=False, by="bench", at=at)
    unit[GrantSheets].save(sheet)
    session = Session(
        id=sm3(token.encode()).hex(), user=user, department=home, started_at=at, seen_at=at,
        stepped_up_at=at,
    )  # fmt: skip
    unit[Sessions].save(session)
    log(unit, (GrantSheets.kind, sheet), (Sessions.kind, session))


def log(unit: UnitOfWork, *stored: tuple[str, Aggregate]) -> None:
    """Name in the log what is stored: else the worker finds it was never audited."""
    targets = tuple(target_of(kind, one.id, one.version) for kind, one in stored)
    unit[AuditLog].append(evolve(entry(), targets=targets))


def keep_regions(unit: UnitOfWork, top: str) -> None:
    """Keep the region ``top`` and all below it."""
    at = SystemClock().now()
    for position, one in enumerate(regions_of(top)):
        said = RegionContent(code=one.code, name=one.name, level=one.level.value, parent=one.parent)
        made = Entry.add(id=f"region-{one.code}", content=said, position=position, at=at)
        unit[Regions].save(made)
        log(unit, (Regions.kind, made))


def keep_firm(unit: UnitOfWork, id: str, code: str, region: str, name: str | None = None) -> None:
    """Keep a firm whose ``code`` lacks its check character, named as samples are if not told."""
    draft = full_subject_draft(complete_credit_code(code))
    draft = evolve(draft, region=region, name=name or draft.name)
    firm = Subject.register(draft, id=id, at=SystemClock().now())
    unit[Subjects].save(firm)
    log(unit, (Subjects.kind, firm))
