"""监管事项数据同步: what the platform above tells, kept beside what is our own (F043)."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import Any, Final

from attrs import field, frozen

from supervision_core.identity.model import (
    SyncChange,
    SyncCount,
    SyncState,
)
from supervision_core.identity.ports import Departments, Synchronisations
from supervision_core.identity.registers import BUSINESS_LINES
from supervision_core.identity.services import Work, question, use_case
from supervision_core.identity.services.keeping import require_everything
from supervision_core.identity.services.registers import Told, keep_told
from supervision_core.identity.services.synchronisations import synchronisation_of
from supervision_core.items.registers import (
    CATALOGUE,
    IMPLEMENTATION_ITEMS,
    IMPLEMENTATION_LISTS,
    MATTER_CLAIMS,
    CatalogueContent,
    ImplementationItemContent,
    ImplementationListContent,
    MatterClaimContent,
)
from supervision_core.items.told import ToldClaim, ToldItem, ToldList, ToldMatter
from supervision_core.kernel.canonical import Json
from supervision_core.kernel.errors import NotFound, Refused, Violation, refuse_if
from supervision_core.kernel.fields import said
from supervision_core.kernel.registers import Entries, EntryInvalid, Register

MATTERS: Final = "matters"
"""The part of synchronisation that matters are."""


@frozen(kw_only=True)
class SynchroniseMatters:
    """At most 1,000 things that the platform above tells, matters behind those above them."""

    matters: tuple[ToldMatter, ...] = field(default=(), metadata=said("上级平台的监管事项"))
    items: tuple[ToldItem, ...] = field(default=(), metadata=said("上级平台的检查项"))
    lists: tuple[ToldList, ...] = field(default=(), metadata=said("上级平台的检查实施清单"))
    claims: tuple[ToldClaim, ...] = field(default=(), metadata=said("各部门的认领"))


@use_case("items.synchronise_matters", "同步上级平台的监管事项", by_programs="由上级平台的接口送来")
def synchronise_matters(work: Work, cmd: SynchroniseMatters) -> Mapping[str, Json]:
    """监管事项数据同步: keep matters, check items, implementation lists and claims by their codes.

    Unknown ones are added, others changed, deleted ones deleted logically; told twice, nothing
    changes the second time. What was added here stays as it is. Answers how many were ``added``,
    ``changed``, ``deleted`` and the ``same``, what changed, and what was ``refused`` with each
    reason. For whoever reaches everything. Source: proposal 2127.
    """
    require_everything(work, "items.synchronise_matters")
    taking = _Taking(work)
    for matter in cmd.matters:
        taking.take("matter", matter.code, matter.name, partial(taking.matter, matter))
    for item in cmd.items:
        taking.take("item", item.code, item.name, partial(taking.item, item))
    for one in cmd.lists:
        taking.take("list", one.code, one.name, partial(taking.list, one))
    for claim in cmd.claims:
        name = f"{claim.department} {claim.office}".strip()
        taking.take("claim", claim.matter, name, partial(taking.claim, claim))
    return taking.answer()


@frozen
class _Taking:
    """Takes in one after the other; what a rule refuses keeps nothing else out."""

    work: Work
    counts: dict[str, int] = field(
        factory=lambda: {"added": 0, "changed": 0, "deleted": 0, "same": 0}
    )
    changes: list[Json] = field(factory=list)
    refused: list[Json] = field(factory=list)

    def take(self, what: str, code: str, name: str, act: Callable[[], str]) -> None:
        try:
            outcome = act()
        except (Refused, NotFound) as refusal:
            self.refused.extend(
                {"id": code, "code": one.code, "at": one.at, "data": dict(one.data)}
                for one in refusal.reasons
            )
            return
        self.counts[outcome] += 1
        if outcome != "same":
            self.changes.append({"what": what, "id": code, "name": name, "outcome": outcome})

    def answer(self) -> Mapping[str, Json]:
        return {**self.counts, "changes": self.changes, "refused": self.refused}

    def matter(self, told: ToldMatter) -> str:
        content = CatalogueContent(
            name=told.name, code=told.code, kind=told.kind, state=told.state,
            service_code=told.service_code,
            line=self._by_code(BUSINESS_LINES, told.line, "line"),
            parent=self._by_code(CATALOGUE, told.parent, "parent"),
            lead=self._department(told.lead, "lead"),
            joining=tuple(self._department(one, "joining") for one in told.joining),
        )  # fmt: skip
        return self._keep(
            CATALOGUE, self._known(CATALOGUE, told.code), content, told.region,
            self._department(told.department, "department"), deleted=told.deleted,
        )  # fmt: skip

    def item(self, told: ToldItem) -> str:
        content = ImplementationItemContent(
            name=told.name, code=told.code, content=told.content, method=told.method
        )
        known = self._known(IMPLEMENTATION_ITEMS, told.code)
        return self._keep(IMPLEMENTATION_ITEMS, known, content, "", "", deleted=told.deleted)

    def list(self, told: ToldList) -> str:
        content = ImplementationListContent(
            name=told.name, code=told.code, kind=told.kind, levels=told.levels, source="region",
            catalogue=self._by_code(CATALOGUE, told.matter, "catalogue"),
            items=tuple(self._by_code(IMPLEMENTATION_ITEMS, one, "items") for one in told.items),
        )  # fmt: skip
        return self._keep(
            IMPLEMENTATION_LISTS, self._known(IMPLEMENTATION_LISTS, told.code), content,
            told.region, self._department(told.department, "department"), deleted=told.deleted,
        )  # fmt: skip

    def claim(self, told: ToldClaim) -> str:
        matter = self._by_code(CATALOGUE, told.matter, "matter")
        department = self._department(told.department, "department")
        store = self.work[Entries].of(MATTER_CLAIMS)
        known = store.sharing(("matter", "department"), (matter, department))
        if known is not None and not store.get(known).synchronised:
            return "same"
        region = self.work[Departments].get(department).data.region
        content = MatterClaimContent(
            matter=matter, office=told.office or "未说明", since=told.since
        )
        return self._keep(MATTER_CLAIMS, known, content, region, department, deleted=told.deleted)

    def _keep(  # noqa: PLR0913 - what is told of an entry
        self, register: Register[Any], known: str | None, content: Any, region: str,
        department: str, *, deleted: bool,
    ) -> str:  # fmt: skip
        told = Told(
            known=known, content=content, region=region, department=department, deleted=deleted
        )
        return keep_told(self.work, register, told)

    def _known(self, register: Register[Any], code: str) -> str | None:
        return self.work[Entries].of(register).holder("code", code)

    def _by_code(self, register: Register[Any], code: str, at: str) -> str:
        found = self._known(register, code) if code else ""
        if found is None:
            data = {"title": register.title, "code": code}
            raise EntryInvalid((Violation("items.told_code_unknown", at, data),))
        return found

    def _department(self, code: str, at: str) -> str:
        found = self.work[Departments].find_by_code(code) if code else None
        refuse_if(
            EntryInvalid,
            [Violation("items.told_department_unknown", at, {"code": code})]
            if code and found is None
            else [],
        )
        return "" if found is None else found.id


@frozen(kw_only=True)
class RequestMatterSynchronisation:
    """Nothing more is asked than that it shall run."""


@use_case("items.request_matter_synchronisation", "发起同步上级平台的监管事项")
def request_matter_synchronisation(work: Work, cmd: RequestMatterSynchronisation) -> str:
    """Ask the worker to take matters in now; asked twice, it runs once."""
    del cmd
    found = synchronisation_of(work.unit, MATTERS)
    found.ask(work.actor.user, at=work.now)
    work.save(Synchronisations, found)
    return found.id


@frozen(kw_only=True)
class ViewMatterSynchronisation:
    """The last run."""


SYNC_STATES: Final = {
    "never": "从未同步", "running": "正在同步，或中途停止", "done": "已完成", "failed": "没有做完",
}  # fmt: skip


@frozen(kw_only=True)
class LeftOut:
    """What stays out of a run, by its code, and the reason: code, place and data."""

    what: str = field(metadata=said("类别：matter、item、list、claim", example="matter"))
    id: str = field(metadata=said("上级平台的编码", example="45000000000001"))
    reason: Mapping[str, Json] = field(metadata=said("原因"))


@frozen(kw_only=True)
class MatterSynchronisationView:
    """How the last run went, what it changed, and since when another is asked for."""

    state: SyncState = field(
        metadata=said(
            "最近一次的状态", example="done",
            codes=SYNC_STATES,
        )
    )  # fmt: skip
    asked_at: datetime | None = field(metadata=said("何时发起而尚未执行"))
    by: str = field(metadata=said("最近一次由谁发起", example="worker"))
    started_at: datetime | None = field(metadata=said("开始时间"))
    ended_at: datetime | None = field(metadata=said("结束时间"))
    failure: Mapping[str, Json] | None = field(metadata=said("没有做完的原因"))
    counts: tuple[SyncCount, ...] = field(metadata=said("各类的条数"))
    changes: tuple[SyncChange, ...] = field(metadata=said("变更的内容，至多200条"))
    conflicts: tuple[LeftOut, ...] = field(metadata=said("未能同步的，至多200条"))
    refused: int = field(metadata=said("未能同步的总条数", example=0))


@question("items.view_matter_synchronisation", "查看监管事项同步的结果")
def view_matter_synchronisation(
    work: Work, about: ViewMatterSynchronisation
) -> MatterSynchronisationView:
    """Tell how matters were taken in the last time."""
    del about
    one = synchronisation_of(work.unit, MATTERS)
    return MatterSynchronisationView(
        state=one.state, asked_at=one.asked_at, by=one.by, started_at=one.started_at,
        ended_at=one.ended_at, failure=_plain(one.failure) if one.failure else None,
        counts=one.counts, changes=one.changes, refused=one.refused,
        conflicts=tuple(
            LeftOut(what=each.what, id=each.id, reason=_plain(each.violation))
            for each in one.conflicts
        ),
    )  # fmt: skip


def _plain(violation: Violation) -> Mapping[str, Json]:
    return {"code": violation.code, "at": violation.at, "data": dict(violation.data)}


def counted(what: str, answers: Sequence[Mapping[str, Json]]) -> SyncCount:
    """Give the sum of what runs of ``synchronise_matters`` answered."""
    names = ("added", "changed", "deleted", "same")
    sums: dict[str, Any] = {name: sum(int(str(one[name])) for one in answers) for name in names}
    return SyncCount(what=what, **sums)
