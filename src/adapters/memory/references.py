"""What registers ask of the things that their fields refer to, in memory."""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any, Final

from attrs import evolve, frozen

from adapters.memory.registers import REFERS
from adapters.memory.unit import MemoryUnitOfWork
from supervision_core.assessment.lists import CREDIT_MODELS, RISK_MODELS, ROUNDS
from supervision_core.assessment.model import EvaluationRound
from supervision_core.checklists.lists import CHECKLISTS
from supervision_core.clues.lists import CLUES
from supervision_core.content.lists import ARTICLES
from supervision_core.draws.model.draw import DrawState
from supervision_core.grading.lists import GRADING_RULES
from supervision_core.handbooks.lists import HANDBOOKS
from supervision_core.identity.model import User
from supervision_core.items.lists import CHECK_ITEMS, LAWS
from supervision_core.items.model import Law, LawState
from supervision_core.items.registers import CATALOGUE, MATTER
from supervision_core.kernel.listing import MOST_COUNTED, ListQuery, Referred
from supervision_core.kernel.plain import from_plain
from supervision_core.kernel.registers import (
    CLOSED,
    DEPARTMENT,
    INDUSTRY,
    REGION,
    Ask,
    Reference,
    industry_references,
)
from supervision_core.kernel.registers.register import SHARED
from supervision_core.officers.lists import OFFICERS, TEAMS
from supervision_core.plans.lists import PLANS
from supervision_core.scenes.lists import SCENES
from supervision_core.scenes.model import SceneState
from supervision_core.subjects.lists import SUBJECTS
from supervision_core.subjects.registers import CATEGORIES
from supervision_core.tasks.lists import RECTIFICATIONS, TASKS, VISITS


@frozen
class _Thing:
    """A reference, and every name by which tables may call it."""

    reference: Reference
    called: tuple[str, ...]


_REFERRED: Final[Mapping[str, ListQuery[Any]]] = {
    one.port.kind: one for one in (
        TASKS, VISITS, RECTIFICATIONS, PLANS, SCENES, CHECKLISTS, HANDBOOKS, ARTICLES, CLUES,
        OFFICERS, SUBJECTS, CHECK_ITEMS, LAWS, TEAMS, RISK_MODELS, CREDIT_MODELS, GRADING_RULES,
    )
}  # fmt: skip
"""Kinds that are named as their lists say; what may be chosen these say too."""
_TAG: Final = "tag"


def _open(root: Any) -> bool:
    return not (getattr(root, "state", "") in CLOSED or getattr(root, "deleted", False))


def _called(query: ListQuery[Any], said: Referred, root: Any) -> _Thing:
    """Give what a thing is called, as its list says."""
    row = query.row_of(root)
    name = str(getattr(row, said.name))
    code = getattr(root, "reference_code", "") or (getattr(row, said.code) if said.code else "")
    also = getattr(query.facts(root), said.also) if said.also else (code,)
    reference = Reference(id=root.id, name=name, usable=_open(root), code=code)
    return _Thing(reference, (name, *filter(None, also)))


def _told_apart(
    one: _Thing, owners: Callable[[str], Mapping[str, str]], department: str, region: str
) -> _Thing:
    """Let whose it is tell a thing from others of its name."""
    of, owner = (DEPARTMENT, department) if department else (REGION, region)
    return evolve(one, reference=evolve(one.reference, code=owners(of).get(owner, "")))


def _tags(plain: Mapping[str, Any]) -> Iterable[str]:
    return (*plain["_chosen_tags"], *plain["_earned_tags"])


def _models(plain: Mapping[str, Any]) -> Iterable[str]:
    living = plain["_state"] != SceneState.DELETED.value
    return [one["model"] for one in plain["_risk_models"] + plain["_credit_models"] if living]


def _evaluating(plain: Mapping[str, Any]) -> Iterable[str]:
    return [plain["model_id"]] if from_plain(EvaluationRound, plain).counted else []


_Named = Callable[[Mapping[str, Any]], Iterable[str]]
_USED_MODELS: Final[Mapping[str, tuple[str, _Named]]] = {
    SCENES.name: ("scene", _models),
    ROUNDS.name: ("evaluation_round", _evaluating),
}
_REFERRING: Final[Mapping[str, Mapping[str, tuple[str, _Named]]]] = {
    CATEGORIES.name: {SUBJECTS.name: ("subject", lambda plain: [plain["_category"]])},
    _TAG: {SUBJECTS.name: ("subject", _tags)},
    "plan": {TASKS.name: ("task", lambda plain: [plain["_sheet"]["plan"]])},
    "standard_material": {
        CHECK_ITEMS.name: ("check_item", lambda plain: plain["_content"]["materials"])
    },
    "risk_model": _USED_MODELS,
    "credit_model": _USED_MODELS,
}
"""Of kinds that aggregates refer to: by list, which of them, and to which ids each refers."""


class MemoryAsk(Ask):
    """Answers by looking at everything that one unit of work holds."""

    def __init__(self, unit: MemoryUnitOfWork) -> None:
        """Read in ``unit``."""
        self._unit = unit

    def _things(self, kind: str) -> Iterator[_Thing]:
        """Give all things of a kind. Raises ``KeyError`` for an unknown one."""
        query, owners = _REFERRED.get(kind), cache(self._owners)
        if kind == _TAG:
            for plain in self._plain(kind):
                one = _thing(plain["id"], plain["_name"], {"_enabled": plain["_enabled"]})
                yield _told_apart(one, owners, plain["_department"], plain["_region"])
        elif query is not None and query.referred is not None:
            repository: Any = self._unit[query.port]
            for root in repository.every():
                found = _called(query, query.referred, root)
                if query.referred.owned and not found.reference.code:
                    place = query.placed(root)
                    department = next(iter(place.departments), "")
                    found = _told_apart(found, owners, department, place.region)
                yield found
        else:
            yield from self._kept(kind)

    def _owners(self, kind: str) -> Mapping[str, str]:
        """Give departments, or regions, by what things say of whose they are."""
        return {one.reference.id: one.reference.name for one in self._coded(kind)}

    def _kept(self, kind: str) -> Iterator[_Thing]:
        match kind:
            case "department" | "region" | "industry":
                yield from self._coded(kind)
            case "draw":
                numbers = {one["id"]: one["_sheet"]["number"] for one in self._plain("task")}
                for plain in self._plain(kind):
                    number = numbers.get(plain["task"], "")
                    usable = plain["_state"] != DrawState.CLEARED
                    name = f"{number}随机抽取"
                    one = Reference(id=plain["id"], name=name, usable=usable, code=number)
                    yield _Thing(one, (number,))
            case "law_provision" | "document_template" | "standard_material":
                yield from self._of_items(kind)
            case "user":
                for plain in self._plain("user"):
                    found = from_plain(User, plain).reference
                    yield _Thing(found, (plain["_account"]["account"],))
            case _ if "." in kind:
                if kind == MATTER:
                    yield from map(_matter, self._entries(CATALOGUE.name))
                else:
                    yield from map(_entry, self._entries(kind))
            case _:
                raise KeyError(kind)

    def _coded(self, kind: str) -> Iterator[_Thing]:
        """Give what is known by a code beside its name."""
        if kind == INDUSTRY:
            for one in industry_references():
                yield _Thing(one, (one.name, one.code))
        for plain in self._plain(kind):
            if kind == REGION:
                said = plain["_content"]
                yield _thing(said["code"], said["name"], plain, said["code"])
            else:
                data = plain["_data"]
                yield _thing(plain["id"], data["name"], plain, data["code"])

    def _entries(self, register: str) -> Iterator[dict[str, Any]]:
        """Give the entries of a register, whose kind is its noun or the shared one."""
        for kind in (SHARED, register.partition(".")[2]):
            yield from (one for one in self._plain(kind) if one.get("_register") == register)

    def _of_items(self, kind: str) -> Iterator[_Thing]:
        match kind:
            case "law_provision":
                for plain in self._plain("law"):
                    law = from_plain(Law, plain)
                    for one in law.provisions:
                        name, enabled = str(law.cite(one.number)), law.state is LawState.ENABLED
                        yield _Thing(Reference(id=name, name=name, usable=enabled), (name,))
            case "document_template":
                for plain in self._plain(kind):
                    name, enabled = plain["_content"]["name"], plain["_state"] == "enabled"
                    yield _Thing(Reference(id=plain["id"], name=name, usable=enabled), (name,))
            case _:
                for plain in self._plain(kind):
                    said = plain["_content"]
                    found = {"_enabled": not plain["_deleted"]}
                    yield _thing(plain["id"], said["name"], found, said["code"])

    def _plain(self, kind: str) -> Iterator[dict[str, Any]]:
        return (json.loads(text) for _, text in self._unit.scan(kind))

    def resolve(self, kind: str, ids: Iterable[str]) -> Mapping[str, Reference]:
        """Give those of ``ids`` that there are, by id. Raises ``KeyError`` for an unknown kind."""
        wanted = set(ids)
        found = (one.reference for one in self._things(kind))
        known = (one for one in found if one.id in wanted)
        return {one.id: one for one in sorted(known, key=lambda one: one.usable)}

    def named(self, kind: str, names: Iterable[str]) -> Mapping[str, Sequence[Reference]]:
        """Give the usable things of a kind that are called by each of ``names`` exactly."""
        usable = [one for one in self._things(kind) if one.reference.usable]
        return {name: [one.reference for one in usable if name in one.called] for name in names}

    def offered(self, kind: str, text: str, most: int) -> Sequence[Reference]:
        """Give at most ``most`` usable things of a kind whose name holds ``text``, by name."""
        wanted = text.strip().casefold()
        if kind == "draw" or (kind in _REFERRED):
            return []
        found = [
            one.reference
            for one in self._things(kind)
            if one.reference.usable
            and any(all(part in name.casefold() for part in wanted.split()) for name in one.called)
        ]
        return sorted(found, key=lambda one: (_by(kind, one), one.id))[:most]

    def used_by(self, kind: str, id: str) -> Mapping[str, int]:
        """Give how many living entries refer to the thing, by the name of their register."""
        uses: Counter[str] = Counter()
        for plain in self._plain(REFERS):
            uses.update([plain["register"]] if [kind, id] in plain["refers"] else [])
        for name in _REFERRING.get(kind, {}):
            uses.update({name: self.uses(kind, [id], name).get(id, 0)})
        return dict(+uses)

    def uses(self, kind: str, ids: Iterable[str], of: str) -> Mapping[str, int]:
        """Give how many things of the list ``of`` refer to each of ``ids``; absent means none."""
        wanted, (table, named) = set(ids), _REFERRING[kind][of]
        found = Counter(one for plain in self._plain(table) for one in {*named(plain)} & wanted)
        return {one: min(count, MOST_COUNTED) for one, count in found.items()}


def _entry(plain: Mapping[str, Any]) -> _Thing:
    return _thing(plain["id"], plain["_label"], plain, *filter(None, [plain["_reference_code"]]))


def _matter(plain: Mapping[str, Any]) -> _Thing:
    return _thing(plain["_reference_code"], plain["_label"], plain, plain["_reference_code"])


def _by(kind: str, one: Reference) -> str:
    """Give by what things of a kind are ordered: users by their accounts, as names are sealed."""
    if kind in {REGION, INDUSTRY}:
        return one.id
    return one.code or one.name if kind == "user" else one.name


def _thing(id: str, name: str, plain: Mapping[str, Any], *more: str) -> _Thing:
    usable = bool(plain.get("_enabled", True)) and plain.get("_deleted_at") is None
    code = next(iter(more), "")
    return _Thing(Reference(id=id, name=name, usable=usable, code=code), (name, *more))
