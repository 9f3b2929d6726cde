"""Verbs: what is done with an aggregate, from which states to which, whose duty it is, by when.

A ``Verbs`` is declared once, in the model, beside the states that it speaks of. The guards of the
aggregate, the words of refusal, the diagrams, the actions that pages offer and the to-dos are
read from it. Terms are computed, and effects written, on the aggregate.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from enum import StrEnum
from functools import cached_property
from operator import attrgetter
from typing import Any, Final

from attrs import field, frozen

from supervision_core.kernel.days import local_day
from supervision_core.kernel.errors import Violation
from supervision_core.kernel.fields import said
from supervision_core.kernel.messages import Message


class Responsible(StrEnum):
    """责任人 (Responsible): whose duty a verb is."""

    LEAD = "lead"
    """The department that leads, or that registered what is led."""
    HEAD = "head"
    """The head of the department that leads: who there holds the permission to decide."""
    DEPARTMENT = "department"
    """The one department to which the thing, or the part, belongs."""
    JOINING = "joining"
    """A department that is to take part without leading."""
    DEPARTMENTS = "departments"
    """Any one of the departments that take part."""
    OFFICERS = "officers"
    """Any one of the officers who are named in it."""
    COMPANIONS = "companions"
    """Any one of the officers who are named in it, but who keeps its record."""
    INSTITUTION = "institution"
    """The third-party institution that assists."""
    RECEIVER = "receiver"
    """The department that receives it, else the one that hears what the receiving body says."""
    FIRM = "firm"
    """The inspected firm itself; the department may enter it for the firm."""
    AUTHOR = "author"
    """The account that began it."""
    REVIEWERS = "reviewers"
    """Each of the accounts whose opinion is asked for."""
    HANDLER = "handler"
    """The officer to whom it was handed, or the department where it was handed to that alone."""
    GIVER = "giver"
    """The department that handed it on, to which the answer goes."""


RESPONSIBLE: Final[Mapping[Responsible, str]] = {
    Responsible.LEAD: "牵头部门",
    Responsible.HEAD: "牵头部门负责人",
    Responsible.DEPARTMENT: "责任部门",
    Responsible.JOINING: "配合部门",
    Responsible.DEPARTMENTS: "牵头或配合部门",
    Responsible.OFFICERS: "执法人员",
    Responsible.COMPANIONS: "另一名执法人员",
    Responsible.INSTITUTION: "第三方机构",
    Responsible.RECEIVER: "接收部门",
    Responsible.FIRM: "企业",
    Responsible.AUTHOR: "发起人",
    Responsible.REVIEWERS: "评审人员",
    Responsible.HANDLER: "承办部门或人员",
    Responsible.GIVER: "转办部门",
}


class AssigneeKind(StrEnum):
    """Who has something to do: an account, an officer, a department, or a party outside."""

    USER = "user"
    OFFICER = "officer"
    DEPARTMENT = "department"
    PARTY = "party"


@frozen(order=True, cache_hash=True)
class Assignee:
    """Who has something to do."""

    kind: AssigneeKind
    id: str

    @property
    def text(self) -> str:
        """The one text by which tables name it."""
        return f"{self.kind.value}:{self.id}"


def users(ids: Iterable[str]) -> frozenset[Assignee]:
    """Give accounts as assignees."""
    return frozenset(Assignee(AssigneeKind.USER, one) for one in ids)


def officers(ids: Iterable[str]) -> frozenset[Assignee]:
    """Give officers as assignees."""
    return frozenset(Assignee(AssigneeKind.OFFICER, one) for one in ids)


def departments(*ids: str) -> frozenset[Assignee]:
    """Give departments as assignees; none for the empty id."""
    return frozenset(Assignee(AssigneeKind.DEPARTMENT, one) for one in ids if one)


def parties(*ids: str) -> frozenset[Assignee]:
    """Give firms or institutions as assignees."""
    return frozenset(Assignee(AssigneeKind.PARTY, one) for one in ids if one)


def decided_by_another(by: str, *proposed_by: str, at: str = "") -> Iterator[Violation]:
    """Say that who proposed something does not decide it, whatever second role or post he holds.

    All are accounts, or all officers; whom nobody knows is the empty id, and is nobody.
    """
    if by and by in proposed_by:
        yield Violation("kernel.decided_by_proposer", at)


def _states(given: StrEnum | Iterable[StrEnum]) -> frozenset[StrEnum]:
    return frozenset({given} if isinstance(given, StrEnum) else given)


def _unnamed(_root: Any) -> str:
    return ""


def always(_root: Any, _part: Any) -> bool:
    """Tell that a verb is owed wherever it may be done."""
    return True


@frozen(kw_only=True)
class Parts:
    """The parts of an aggregate that have states of their own.

    ``noun`` names one in codes and commands (``urging_id``), ``states`` gives every state with its
    title.
    """

    noun: str
    title: str
    states: Mapping[Any, str]
    all: Callable[[Any], Iterable[Any]] = field(repr=False)
    id: Callable[[Any], str] = field(default=attrgetter("id"), repr=False)
    state: Callable[[Any], StrEnum] = field(default=attrgetter("state"), repr=False)


@frozen(kw_only=True)
class Verb:
    """What is done with an aggregate, or with one of its ``part``.

    ``starts`` are the states of the whole from which it may be done, ``leads`` those to one of
    which it leads, unless the whole stays in its state; ``part_starts`` and ``part_leads`` say
    the same of the part. ``by`` is whose duty it is. Where it is ``owed`` somebody waits for it,
    and it is a to-do; ``term`` names the stored day by which, as an attribute of the whole.
    ``permission`` is that of its use case, where it is not called like the verb. ``roles`` are the
    codes of the shipped roles that do it, by default those of all ``Verbs``.
    """

    name: str
    title: str
    starts: frozenset[StrEnum] = field(converter=_states)
    leads: frozenset[StrEnum] = field(converter=_states, default=frozenset())
    by: Responsible
    part: str = ""
    part_starts: frozenset[StrEnum] = field(converter=_states, default=frozenset())
    part_leads: frozenset[StrEnum] = field(converter=_states, default=frozenset())
    owed: Callable[[Any, Any], bool] | None = field(default=None, repr=False)
    term: str = ""
    permission: str = ""
    roles: tuple[str, ...] = ()


@frozen(kw_only=True, cache_hash=True)
class Todo:
    """待办 (Todo): a verb that somebody owes to an aggregate, or to its part.

    Whoever acts for the ``assignee`` and has the ``permission`` can do it. ``label`` is what the
    aggregate is called, ``subject`` the id of the firm that it is about.
    """

    kind: str
    id: str
    part: str = ""
    verb: str
    permission: str
    assignee: Assignee
    due_on: date | None = None
    label: str = ""
    subject: str = ""


@frozen(kw_only=True)
class Allowed:
    """可办事项 (Allowed): a verb that may be done now, with the whole or with a part of it."""

    permission: str = field(metadata=said("办理所需的权限", example="tasks.claim"))
    title: str = field(metadata=said("办理事项", example="认领检查任务"))
    part_noun: str = field(default="", metadata=said("所办部分的类型，就整个对象而言的为空"))
    part: str = field(default="", metadata=said("所办部分的编号，就整个对象而言的为空"))


Acts = Callable[[Responsible, frozenset[Assignee]], bool]
Assigned = Callable[[Any, Any], frozenset[Assignee]]


@frozen(kw_only=True, eq=False)
class Verbs:
    """办理规则 (Verbs): everything that is done with aggregates of one kind.

    ``states`` gives every state with its title, the first one being that in which it begins.
    ``assignees`` gives for each kind of duty whose it is, of the whole and the part; a duty that
    stands there with ``None`` cannot be told from the aggregate alone. ``label`` is what one is
    called in to-dos, ``subject`` the firm that it is about. ``roles`` are the codes of the shipped
    roles that do every verb that names none itself.
    """

    context: str
    noun: str
    title: str
    states: Mapping[Any, str]
    assignees: Mapping[Responsible, Assigned | None] = field(repr=False)
    verbs: tuple[Verb, ...]
    parts: tuple[Parts, ...] = ()
    roles: tuple[str, ...] = ()
    state: Callable[[Any], StrEnum] = field(default=attrgetter("state"), repr=False)
    label: Callable[[Any], str] = field(default=_unnamed, repr=False)
    subject: Callable[[Any], str] = field(default=_unnamed, repr=False)

    def __attrs_post_init__(self) -> None:
        """Refuse a declaration that means nothing. Raises ``TypeError``."""
        if faults := list(_faults(self)):
            raise TypeError(f"{self.context}.{self.noun}: {'; '.join(faults)}")

    @cached_property
    def by_name(self) -> Mapping[str, Verb]:
        """Every verb by its name."""
        return {one.name: one for one in self.verbs}

    @cached_property
    def _parts(self) -> Mapping[str, Parts]:
        return {one.noun: one for one in self.parts}

    @cached_property
    def _owed(self) -> tuple[Verb, ...]:
        return tuple(one for one in self.verbs if one.owed is not None)

    @cached_property
    def _owed_from(self) -> Mapping[StrEnum, tuple[Verb, ...]]:
        """What may be owed in each state."""
        return {state: tuple(one for one in self._owed if state in one.starts)
                for state in self.states}  # fmt: skip

    @cached_property
    def owed_permissions(self) -> frozenset[str]:
        """The permissions of what is owed."""
        return frozenset(map(self.permission, self._owed))

    def __getitem__(self, name: str) -> Verb:
        """Give a verb. Raises ``KeyError``."""
        return self.by_name[name]

    def permission(self, verb: Verb) -> str:
        """Give the permission that a verb asks for."""
        return verb.permission or f"{self.context}.{verb.name}"

    def roles_of(self, verb: Verb) -> tuple[str, ...]:
        """Give the shipped roles that do a verb."""
        return verb.roles or self.roles

    def forbids(self, root: Any, name: str, part: Any = None) -> Iterator[Violation]:
        """Give why the states of an aggregate, and of its part, forbid a verb."""
        verb = self.by_name[name]
        state = self.state(root)
        if state not in verb.starts:
            yield Violation(f"{self.context}.{self.noun}_is_{state}")
        if part is not None:
            parts = self._parts[verb.part]
            state = parts.state(part)
            if state not in verb.part_starts:
                yield Violation(f"{self.context}.{parts.noun}_is_{state}")

    def _ready(self, root: Any, verb: Verb) -> Iterator[Any]:
        """Give the parts with which a verb may be done, or nothing for the whole."""
        if self.state(root) not in verb.starts:
            return
        if not verb.part:
            yield None
            return
        parts = self._parts[verb.part]
        yield from (one for one in parts.all(root) if parts.state(one) in verb.part_starts)

    def _id(self, verb: Verb, part: Any) -> str:
        return self._parts[verb.part].id(part) if verb.part else ""

    def allowed(self, root: Any, acts: Acts) -> Iterator[Allowed]:
        """Give what may be done with an aggregate as it is, by one who ``acts`` for assignees."""
        for verb in self.verbs:
            assigned = self.assignees[verb.by]
            for part in self._ready(root, verb):
                if assigned is None or acts(verb.by, assigned(root, part)):
                    yield Allowed(
                        permission=self.permission(verb), title=verb.title,
                        part_noun=verb.part, part=self._id(verb, part),
                    )  # fmt: skip

    def duties(self, root: Any, kind: str) -> frozenset[Todo]:
        """Give what is owed to an aggregate as it is, of the ``kind`` that its port names."""
        return frozenset(
            Todo(
                kind=kind, id=root.id, part=self._id(verb, part), verb=verb.name,
                permission=self.permission(verb), assignee=one,
                due_on=_day(attrgetter(verb.term)(root)) if verb.term else None,
                label=self.label(root), subject=self.subject(root),
            )
            for verb in self._owed_from.get(self.state(root), ())
            for part in self._ready(root, verb)
            if verb.owed is not None and verb.owed(root, part)
            for one in (self.assignees[verb.by] or _nobody)(root, part)
        )  # fmt: skip

    def messages(self) -> dict[str, Message]:
        """Give the words of refusal: the state that forbids, and what may be done in it."""
        found = {
            f"{self.context}.{self.noun}_is_{state}": _refusal(
                self.title, title, [one for one in self.verbs if state in one.starts]
            )
            for state, title in self.states.items()
        }
        for parts in self.parts:
            mine = [one for one in self.verbs if one.part == parts.noun]
            found |= {
                f"{self.context}.{parts.noun}_is_{state}": _refusal(
                    parts.title, title, [one for one in mine if state in one.part_starts]
                )
                for state, title in parts.states.items()
            }
        return found


def _faults(verbs: Verbs) -> Iterator[str]:
    parts = {one.noun: frozenset(one.states) for one in verbs.parts}
    states = frozenset(verbs.states)
    for one in verbs.verbs:
        if one.by not in verbs.assignees:
            yield f"{one.name} is nobody's duty"
        if not one.starts or (one.starts | one.leads) - states:
            yield f"{one.name} speaks of other states"
        if (one.part_starts | one.part_leads) - parts.get(one.part, frozenset()):
            yield f"{one.name} speaks of other parts"
        if one.part and not one.part_starts:
            yield f"{one.name} does nothing with a part"
    if len({one.name for one in verbs.verbs}) < len(verbs.verbs):
        yield "two verbs of one name"


def _refusal(thing: str, state: str, verbs: Sequence[Verb]) -> Message:
    titles = "、".join(dict.fromkeys(one.title for one in verbs))
    remedy = f"此时可以：{titles}" if titles else "已经办结，不能再办理"
    return Message(f"{thing}处于“{state}”状态，不能这样办理", remedy)


def _nobody(_root: Any, _part: Any) -> frozenset[Assignee]:
    return frozenset()


def _day(value: date | datetime | None) -> date | None:
    return local_day(value) if isinstance(value, datetime) else value
