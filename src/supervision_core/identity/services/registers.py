"""What follows from a register: its use cases and questions, each made of the one description."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import cached_property, lru_cache, partial
from typing import Any, Final, Generic, cast

from attrs import define, evolve, field, frozen, make_class

from supervision_core.identity.model import UserKind
from supervision_core.identity.roles import ShippedRole
from supervision_core.identity.services.contents import broken_references, taken_in, with_ids
from supervision_core.identity.services.criteria import criteria_told
from supervision_core.identity.services.frame import Question, UseCase, Work
from supervision_core.identity.services.histories import history_asked, names_asked
from supervision_core.kernel.canonical import Json
from supervision_core.kernel.errors import NotFound, Refused, Violation, refuse_if
from supervision_core.kernel.fields import FIELD, said
from supervision_core.kernel.paging import FIRST_PAGE, Page, PageRequest, every_page
from supervision_core.kernel.registers import (
    OWNER_DEPARTMENT,
    OWNER_REGION,
    Ask,
    Between,
    Derived,
    Entries,
    Entry,
    EntryFilter,
    EntryInvalid,
    Field,
    FieldType,
    Reach,
    Reading,
    Reference,
    Register,
    RegisterStore,
    RegisterVerb,
    Search,
    masked,
    reorder,
    violations_of,
)
from supervision_core.kernel.registers.description import C
from supervision_core.kernel.registers.fields import PYTHON_TYPES, REGION
from supervision_core.kernel.registers.store import Value

MOST_AT_ONCE: Final = 100
"""Entries that one command deletes or switches; more is the work of several."""
_DEEPEST: Final = 20


@frozen(kw_only=True)
class EntryNamed:
    """An entry by its id."""

    id: str = field(metadata=said("记录的编号", example="01JD3Y5W8Q"))


@frozen(kw_only=True)
class SwitchEntry:
    """Whether an entry shall be in use."""

    id: str = field(metadata=said("记录的编号", example="01JD3Y5W8Q"))
    enabled: bool = field(metadata=said("是否启用"))


@frozen(kw_only=True)
class EntriesNamed:
    """Entries by their ids, at most 100."""

    ids: tuple[str, ...] = field(metadata=said("记录的编号，至多100条"))


@frozen(kw_only=True)
class SwitchEntries:
    """Whether entries shall be in use, at most 100."""

    ids: tuple[str, ...] = field(metadata=said("记录的编号，至多100条"))
    enabled: bool = field(metadata=said("是否启用"))


@frozen(kw_only=True)
class RelateEntries:
    """Entries by their ids, at most 100, and what else they shall refer to."""

    ids: tuple[str, ...] = field(metadata=said("记录的编号，至多100条"))
    others: tuple[str, ...] = field(metadata=said("另行关联的对象的编号"))


@frozen(kw_only=True)
class OrderEntries:
    """Entries in their new order; those that are not named keep their places."""

    ids: tuple[str, ...] = field(metadata=said("记录的编号，按新的次序"))


@frozen(kw_only=True)
class ShowTree:
    """The whole tree within reach."""


@frozen(kw_only=True)
class Outcome:
    """What became of one of several entries: done, or left out with the reasons."""

    id: str = field(metadata=said("记录的编号", example="01JD3Y5W8Q"))
    name: str = field(metadata=said("记录的名称"))
    done: bool = field(metadata=said("是否办理成功", example=True))
    reasons: tuple[Mapping[str, Json], ...] = field(default=(), metadata=said("不能办理的原因"))


@frozen(kw_only=True)
class Name:
    """What something that an entry refers to is called."""

    id: str = field(metadata=said("所引用对象的编号", example="01JD3Y5W8Q"))
    name: str = field(metadata=said("所引用对象的名称", example="餐饮服务"))


@frozen(kw_only=True)
class Usage:
    """How many living entries of a register refer to an entry."""

    register: str = field(metadata=said("登记册", example="items.catalogue_matter"))
    count: int = field(metadata=said("引用的条数", example=3))


@frozen(kw_only=True)
class TreeNode:
    """An entry of a tree: what it is called, and the id of the one above it, empty at the top.

    One out of reach stands there by its name, because something within reach lies below it.
    """

    id: str = field(metadata=said("记录的编号", example="01JD3Y5W8Q"))
    parent: str = field(metadata=said("上级的编号，最上级为空"))
    name: str = field(metadata=said("记录的名称", example="餐饮服务"))
    enabled: bool = field(metadata=said("是否启用"))
    readable: bool = field(default=True, metadata=said("是否可以查看，否的只显示名称"))


@frozen
class _Said:
    """What is said of a verb of registers: names, promise, act, what it is asked and answers.

    What it is asked or answers by name is the class that each register has of its own.
    """

    name: str
    title: str
    act: str
    asked: str | type
    answer: Any
    promise: str
    answers: str = ""


class EntryFiles(ABC):
    """Hangs files on entries of registers; the context of files answers."""

    @abstractmethod
    def hang(
        self, work: Work, slot: tuple[str, str], entry: str, files: Sequence[str], at: str
    ) -> None:
        """Let ``files`` hang in a slot (noun and field) of an entry, and nothing else.

        Raises ``Refused`` with every reason, each ``at`` its place.
        """

    @abstractmethod
    def names(self, work: Work, files: Iterable[str]) -> Mapping[str, str]:
        """Give what files are called."""


class EntryReliance(ABC):
    """Tells what rests on an entry beside what names it; the context that rests on it answers."""

    @abstractmethod
    def relying(self, work: Work, entry: Entry[Any]) -> str:
        """Give the number of what rests on an entry, empty where nothing does."""


V = RegisterVerb
_EACH: Final = "逐条的办理结果"
_SAID: Final[Mapping[RegisterVerb, _Said]] = {
    V.ADD: _Said(
        "add_{noun}", "新增{}", "add", "adding", str, "Add an entry; answers its id.",
    ),
    V.VIEW: _Said("view_{noun}", "查看{}", "view", EntryNamed, "view", "Show an entry."),
    V.LIST: _Said(
        "list_{plural}", "{}列表", "listing", "asking", "page", "List entries by position.",
    ),
    V.CHANGE: _Said("change_{noun}", "修改{}", "change", "changing", str, "Change an entry."),
    V.DELETE: _Said(
        "delete_{noun}", "删除{}", "delete", EntryNamed, str,
        "Delete an entry, logically: what names it goes on naming it.",
    ),
    V.DELETE_SEVERAL: _Said(
        "delete_{plural}", "批量删除{}", "delete_several", EntriesNamed, tuple[Outcome, ...],
        "Delete entries; what a rule refuses stays, with each reason.", _EACH,
    ),
    V.SWITCH: _Said(
        "switch_{noun}", "启用或停用{}", "switch", SwitchEntry, str,
        "Let an entry be chosen, or no more.",
    ),
    V.SWITCH_SEVERAL: _Said(
        "switch_{plural}", "批量启用或停用{}", "switch_several", SwitchEntries,
        tuple[Outcome, ...], "Let entries be chosen, or no more; each with its result.", _EACH,
    ),
    V.REUSE: _Said(
        "reuse_{plural}", "复用{}", "reuse", EntriesNamed, tuple[Outcome, ...],
        "Take entries of others into one's own: each is copied, with its result.", _EACH,
    ),
    V.ORDER: _Said(
        "order_{plural}", "调整{}排序", "order", OrderEntries, tuple[str, ...],
        "Put entries in order.", "记录的编号，按新的次序",
    ),
    V.IMPORT: _Said(
        "import_{plural}", "导入{}", "take_in", "importing", Mapping[str, Json],
        "Take entries of a table in: unknown ones are added, others corrected.",
    ),
    V.EXPORT: _Said(
        "export_{plural}", "导出{}", "give_out", "asking", tuple[str, ...],
        "Give the ids of entries within reach; the log keeps how many.",
    ),
    V.RELATE: _Said(
        "relate_{plural}", "批量关联{}", "relate", RelateEntries, tuple[Outcome, ...],
        "Let entries refer to more things; each with its result.", _EACH,
    ),
}  # fmt: skip


@lru_cache(maxsize=1_000)
def cases_of(register: Register[C]) -> "RegisterCases[C]":
    """Give the use cases and questions of a register, made once."""
    return RegisterCases(register)


@define(eq=False)
class RegisterCases(Generic[C]):
    """The use cases and questions of one register, by its verbs."""

    register: Register[C]

    def name(self, verb: RegisterVerb) -> str:
        """Give the permission of a verb, which is the name of its use case."""
        made = _SAID[verb].name.format(noun=self.register.noun, plural=self.register.plural)
        return f"{self.register.context}.{made}"

    def title(self, verb: RegisterVerb) -> str:
        """Give what a verb is called."""
        return _SAID[verb].title.format(self.register.title)

    def of(self, verb: RegisterVerb) -> UseCase[Any, Any] | None:
        """Give the use case or question of a verb, ``None`` for one that the register lacks."""
        return self.all.get(verb)

    def question(self, verb: RegisterVerb) -> Question[Any, Any]:
        """Give the question of a verb. Raises ``KeyError`` where the register lacks it."""
        return cast("Question[Any, Any]", self.all[verb])

    @cached_property
    def all(self) -> Mapping[RegisterVerb, UseCase[Any, Any]]:
        """Give them by their verbs, in the order of ``RegisterVerb``."""
        return {verb: self._case(verb) for verb in V if verb in self.register.verbs}

    def _case(self, verb: RegisterVerb) -> UseCase[Any, Any]:
        said, acts = _SAID[verb], _Acts(self)
        answer = getattr(self, said.answer) if isinstance(said.answer, str) else said.answer
        act: Callable[..., Any] = getattr(acts, said.act)

        def body(work: Work, cmd: Any) -> Any:
            return act(work, cmd)

        asked = getattr(self, said.asked) if isinstance(said.asked, str) else said.asked
        body.__annotations__ = {"work": Work, "cmd": asked, "return": answer}
        body.__doc__ = f"{self.title(verb)}: {said.promise}"
        kind = Question if verb in _LOOKING else UseCase
        return kind(self.name(verb), self.title(verb), body, answers=said.answers)

    @cached_property
    def tree(self) -> Question[Any, Any]:
        """Give the question for the whole tree, under the permission of the list."""
        made = _Acts(self)

        def body(work: Work, cmd: Any) -> Any:
            del cmd
            return made.tree(work)

        body.__annotations__ = {"work": Work, "cmd": ShowTree, "return": tuple[TreeNode, ...]}
        body.__doc__ = f"{self.register.title}: Show the tree."
        return Question(self.name(RegisterVerb.LIST), self.title(RegisterVerb.LIST), body)

    @cached_property
    def history(self) -> Question[Any, Any]:
        """Give the question for what was done to an entry."""
        register = self.register
        return history_asked(self._view, register.title, register.kind, _Acts(self).shown)

    @cached_property
    def labels(self) -> Question[Any, Any]:
        """Give the question for what entries are called."""
        made = _Acts(self)

        def called(work: Work, id: str) -> str:
            content = made.readable(work, made.shown(work, id), frozenset())
            return str(getattr(content, self.register.label.name))

        return names_asked(self._view, self.register.title, called)

    @property
    def _view(self) -> tuple[str, str]:
        return self.name(V.VIEW), self.title(V.VIEW)

    @cached_property
    def adding(self) -> type:
        """Give the command to add: content, and a position or the end."""
        return self._command("Add", {"content": self.register.content}, {"position": int | None})

    @cached_property
    def changing(self) -> type:
        """Give the command to change: the whole content, and a position or the one it has."""
        fields = {"id": str, "content": self.register.content}
        return self._command("Change", fields, {"position": int | None})

    @cached_property
    def row(self) -> type:
        """Give a row of a table once understood; without ``position`` it keeps its own.

        Of a field that is none of the ``columns``, where these are said, an entry keeps its value.
        """
        fields = {"row": int, "content": self.register.content}
        optional = {"position": int | None, "columns": tuple[str, ...] | None}
        return self._command("Row", fields, optional)

    @cached_property
    def importing(self) -> type:
        """Give the command to import: at most 1,000 rows, the higher before the lower."""
        rows: Any = tuple[self.row, ...]  # type: ignore[name-defined]
        return self._command("Import", {"entries": rows}, {})

    @cached_property
    def view(self) -> type:
        """Give what is shown of an entry.

        ``names`` are those of what it refers to, ``used`` how often others refer to it.
        """
        fields: dict[str, Any] = {
            "id": str, "version": int, "position": int, "enabled": bool,
            "content": self.register.content, "region": str, "department": str,
            "changed_at": datetime | None, "synchronised": bool, "names": tuple[Name, ...],
            "used": tuple[Usage, ...],
        }  # fmt: skip
        for one in self.register.derived:
            kind = PYTHON_TYPES[one.field.type]
            fields.setdefault(one.field.name, datetime | None if kind is datetime else kind)
        return self._command("", fields, {}, "View")

    @property
    def page(self) -> Any:
        """Give a page of the list."""
        return Page[self.view]  # type: ignore[name-defined]

    @cached_property
    def asking(self) -> type:
        """Give what a list is asked: a field for each that it is searched by, and the page."""
        optional: dict[str, Any] = {
            "text": str, "enabled": bool | None, "ids": tuple[str, ...],
        }  # fmt: skip
        for one in self.register.searched:
            optional |= _criteria(one)
        made = {
            name: field(type=kind, default=_EMPTY.get(kind), metadata=self._titled(name))
            for name, kind in optional.items()
        }
        made["page"] = field(
            type=PageRequest, default=FIRST_PAGE, metadata=said("分页：每页行数、游标和排序")
        )
        return make_class(f"List{self._noun}", made, frozen=True, kw_only=True)

    def asked_of(self, about: Any) -> Iterator[tuple[Field, Any]]:
        """Give what a list is asked, each with its title and what its value means."""
        told = {"text": FieldType.TEXT, "enabled": FieldType.FLAG}
        for name, type_ in told.items():
            yield evolve(self._titled(name)[FIELD], type=type_), getattr(about, name)
        for one in self.register.searched:
            for name in _criteria(one):
                yield evolve(one, title=self._titled(name)[FIELD].title), getattr(about, name)

    def _titled(self, name: str) -> Mapping[str, Any]:
        """Give the title of a member of what is derived, as ``fields`` keeps it."""
        if name in _COMMON:
            title = _COMMON[name].format(self.register.title)
        else:
            whole, _, end = name.rpartition("_")
            known = self.register.by_name
            found = known.get(name) or known[whole]
            title = found.title if name in known else f"{found.title}{_ENDS[end]}"
        return {FIELD: Field(title=title, type=FieldType.TEXT)}

    @property
    def _noun(self) -> str:
        """What classes are named by: registers of two contexts may have one noun."""
        words = f"{self.register.context}_{self.register.noun}".split("_")
        return "".join(part.title() for part in words)

    def _command(
        self, verb: str, required: Mapping[str, Any], optional: Mapping[str, Any], end: str = ""
    ) -> type:
        members = {
            name: field(type=kind, metadata=self._titled(name)) for name, kind in required.items()
        }
        members |= {
            name: field(type=kind, default=None, metadata=self._titled(name))
            for name, kind in optional.items()
        }
        made: type = make_class(f"{verb}{self._noun}{end}", members, frozen=True, kw_only=True)
        return made


_ENDS: Final = {"from": "不早于或不小于", "to": "不晚于或不大于"}
_COMMON: Final = {
    "id": "{}的编号",
    "version": "版本，修改时作为If-Match送回",
    "position": "排序号",
    "enabled": "是否启用",
    "content": "{}的内容",
    "region": "所属区划代码",
    "department": "所属机构的编号",
    "changed_at": "最后维护时间",
    "synchronised": "是否由上级平台同步而来",
    "ids": "只要这些编号的记录",
    "names": "所引用对象的名称",
    "used": "被哪些登记册引用及次数",
    "text": "在可模糊检索的字段中查找",
    "row": "在表格中的行号",
    "columns": "所在工作表中有的列，没有的列保持原值；为空则都有",
    "entries": "各行",
}
"""The titles of what every register has beside its own fields."""
_EMPTY: Final[Mapping[Any, Any]] = {str: "", tuple[str, ...]: ()}


def _criteria(one: Field) -> dict[str, Any]:
    """Give the fields of a question by which one field is searched, each with its type."""
    match one.search:
        case Search.RANGE:
            kind: Any = PYTHON_TYPES[one.type]
            return {f"{one.name}_from": kind | None, f"{one.name}_to": kind | None}
        case Search.EXACT if one.type is FieldType.FLAG:
            return {one.name: bool | None}
        case Search.EXACT if one.to is not None:
            return {one.name: tuple[str, ...]}
        case _:
            return {one.name: str}


def lowest_first(ids: Iterable[str], parents: Mapping[str, str]) -> list[str]:
    """Put entries of a tree in order: what lies below before what lies above."""

    def depth(id: str) -> int:
        above, steps = parents.get(id, ""), 0
        while above and steps < _DEEPEST:
            above, steps = parents.get(above, ""), steps + 1
        return -steps

    return sorted(ids, key=depth)


@frozen
class _Acts(Generic[C]):
    """What the use cases of a register do."""

    cases: RegisterCases[C]

    @property
    def register(self) -> Register[C]:
        return self.cases.register

    def store(self, work: Work) -> RegisterStore[C]:
        return work[Entries].of(self.register)

    def owned(self, work: Work, id: str) -> Entry[C]:
        """Give a living entry that the actor may change. Raises ``NotFound``."""
        entry = self.store(work).get(id)
        owners = frozenset({entry.department} - {""})
        work.reach(self.register.kind, id, region=entry.region, departments=owners)
        entry.require_own()
        return entry

    def may_change(self, work: Work, entry: Entry[C]) -> bool:
        """Tell whether the actor may change an entry, and so sees what is personal in it."""
        owners = frozenset({entry.department} - {""})
        reached = work.actor.scope.covers(region=entry.region, departments=owners)
        case = self.cases.of(RegisterVerb.CHANGE)
        return reached and case is not None and work.actor.may(case.permission)

    def whole(self, work: Work, content: C) -> Entry[Any] | None:
        """Give the entry of which ``content`` would be a part, as whoever may change that.

        Raises ``NotFound``; gives nothing where it would be part of none.
        """
        register = self.register
        if register.within is None or register.whole is None:
            return None
        named = getattr(content, register.whole.name)
        return _Acts(cases_of(register.within)).owned(work, named) if named else None

    def shown(self, work: Work, id: str) -> Entry[C]:
        """Give a living entry that the actor may read. Raises ``NotFound``."""
        entry = self.store(work).get(id)
        reach = reach_of(work, self.register)
        if entry.deleted:
            raise NotFound(self.register.kind, id)
        if reach is not None and not reach.covers(entry.region, entry.department):
            raise work.foreign(self.register.kind, id)
        return entry

    def keep(self, work: Work, entry: Entry[C]) -> str:
        work.save_in(self.store(work), entry)
        return entry.id

    def faults(self, work: Work, entry: Entry[C], before: C | None) -> Iterator[Violation]:
        """Give everything against what ``entry`` says now; ``before`` is what it said."""
        register, store, ask = self.register, self.store(work), work[Ask]
        yield from violations_of(entry.content)
        for group in register.groups:
            if store.sharing_with(entry, group) not in {None, entry.id}:
                yield _taken(register, group)
        yield from broken_references(ask, entry.content, before, self.register.references)
        yield from self._ring(store, entry, before)
        for one in register.fields if before is not None else ():
            fixed = one.number or one == register.whole
            if fixed and getattr(entry.content, one.name) != getattr(before, one.name):
                yield Violation("kernel.register_fixed", one.name, {"title": one.title})
        yield from register.refuse(entry.content, before, ask)
        if before is None:
            yield from self._one_too_many(store, entry)

    def _one_too_many(self, store: RegisterStore[C], entry: Entry[C]) -> Iterator[Violation]:
        """Find that the owner of ``entry`` has as many others in use as one may have."""
        most = self.register.most
        if most is None:
            return
        mine = EntryFilter(enabled=True, reach=Reach(region=entry.region))
        owner = (entry.region, entry.department)
        pages = every_page(lambda page: store.page(mine, page))
        used = sum((one.region, one.department) == owner for page in pages for one in page.items)
        if used >= most:
            yield Violation("kernel.register_most", data={"most": most})

    def _ring(
        self, store: RegisterStore[C], entry: Entry[C], before: C | None
    ) -> Iterator[Violation]:
        """Find that an entry would stand above itself, or its lowest branch too deep."""
        register = self.register
        if register.parent is None:
            return
        above, seen = register.parent_of(entry.content), 0
        moved = before is not None and register.parent_of(before) != above
        while above:
            if above == entry.id:
                yield Violation("kernel.register_ring", register.parent.name)
                return
            if seen == _DEEPEST:
                yield _too_deep(register)
                return
            try:
                above, seen = register.parent_of(store.get(above).content), seen + 1
            except NotFound:
                break
        if moved and seen + self._height(store, entry.id) > _DEEPEST:
            yield _too_deep(register)

    def _height(self, store: RegisterStore[C], id: str) -> int:
        """Give how many levels stand below an entry, no further than matters."""
        name = "" if self.register.parent is None else self.register.parent.name
        level, height = frozenset({id}), 0
        while level and height <= _DEEPEST:
            wanted = EntryFilter(among={name: level})
            pages = every_page(partial(store.page, wanted))
            level = frozenset(one.id for page in pages for one in page.items)
            height += bool(level)
        return height

    def add(self, work: Work, cmd: Any) -> str:
        store, actor = self.store(work), work.actor
        content = self._numbered(work, cmd.content)
        whole = self.whole(work, content)
        region = actor.scope.region if whole is None else whole.region
        department = actor.department if whole is None else whole.department
        draft = self._draft(content, work.ids.next_id(), region, department)
        refuse_if(EntryInvalid, self.faults(work, draft, None))
        entry = Entry.add(
            id=draft.id,
            content=content,
            position=store.last_position() + 1 if cmd.position is None else cmd.position,
            at=work.now,
            register=self.register.name,
            region=region,
            department=actor.department if whole is None else whole.department,
            by=actor.user,
        )
        self._hang(work, entry, None)
        return self.keep(work, entry)

    def _hang(self, work: Work, entry: Entry[C], before: C | None) -> None:
        """Let the files that an entry names hang on it. Raises ``Refused`` for one that cannot."""
        for one in self.register.attached:
            known = () if before is None else getattr(before, one.name)
            files = getattr(entry.content, one.name)
            if files != known:
                slot = (self.register.noun, one.name)
                work[EntryFiles].hang(work, slot, entry.id, files, f"content.{one.name}")

    def _draft(self, content: C, id: str, region: str, department: str) -> Entry[C]:
        """Give an entry as it would be, to be looked at by the rules."""
        return Entry(
            id=id, content=content, register=self.register.name, region=region,
            department=department,
        )  # fmt: skip

    def _numbered(self, work: Work, content: C) -> C:
        """Fill in what is generated, where it is empty."""
        blank = [
            (one.name, one.number)
            for one in self.register.fields
            if one.number and not getattr(content, one.name)
        ]
        if not blank:
            return content
        store, region, values = self.store(work), work.actor.scope.region, dict[str, str]()
        for name, make in blank:
            count = store.issued() + 1
            while store.ever(name, make(region, count)):
                count += 1
            values[name] = make(region, count)
        return evolve(content, **values)

    def change(self, work: Work, cmd: Any) -> str:
        entry = self.owned(work, cmd.id)
        content = self._with_numbers(cmd.content, entry.content)
        draft = self._draft(content, entry.id, entry.region, entry.department)
        before = entry.content
        refuse_if(EntryInvalid, self.faults(work, draft, before))
        entry.change(content, at=work.now, by=work.actor.user)
        self._hang(work, entry, before)
        if cmd.position is not None:
            entry.move(cmd.position, at=work.now, by=work.actor.user)
        return self.keep(work, entry)

    def delete(self, work: Work, cmd: Any) -> str:
        return self._delete(work, cmd.id)

    def _delete(self, work: Work, id: str) -> str:
        entry = self.owned(work, id)
        register = self.register
        used = work[Ask].used_by(register.name, id)
        below = used.get(register.name, 0)
        if register.keeps_used and sum(used.values()) > below:
            data = {"count": sum(used.values()) - below}
            raise EntryInvalid((Violation("kernel.register_used", data=data),))
        if register.parent is not None and below:
            data = {"count": below}
            raise EntryInvalid((Violation("kernel.register_has_children", data=data),))
        if number := work[EntryReliance].relying(work, entry):
            raise EntryInvalid((Violation("kernel.register_rested_on", data={"number": number}),))
        entry.delete(at=work.now, by=work.actor.user)
        return self.keep(work, entry)

    def delete_several(self, work: Work, cmd: Any) -> tuple[Outcome, ...]:
        return self._each(work, cmd.ids, lambda one: self._delete(work, one))

    def switch(self, work: Work, cmd: Any) -> str:
        return self._switch(work, cmd.id, enabled=cmd.enabled)

    def _switch(self, work: Work, id: str, *, enabled: bool) -> str:
        entry = self.owned(work, id)
        if enabled and not entry.enabled:
            refuse_if(EntryInvalid, self._one_too_many(self.store(work), entry))
        if enabled:
            entry.enable(at=work.now, by=work.actor.user)
        else:
            entry.disable(at=work.now, by=work.actor.user)
        return self.keep(work, entry)

    def switch_several(self, work: Work, cmd: Any) -> tuple[Outcome, ...]:
        return self._each(work, cmd.ids, lambda one: self._switch(work, one, enabled=cmd.enabled))

    def reuse(self, work: Work, cmd: Any) -> tuple[Outcome, ...]:
        return self._each(work, cmd.ids, lambda one: self._reuse(work, one))

    def _reuse(self, work: Work, id: str) -> str:
        entry, actor = self.shown(work, id), work.actor
        if (entry.region, entry.department) == (actor.scope.region, actor.department):
            raise EntryInvalid((Violation("kernel.register_own"),))
        made: dict[str, Any] = {one.name: "" for one in self.register.fields if one.number}
        made |= {one.name: () for one in self.register.attached}
        return self.add(work, self.cases.adding(content=evolve(entry.content, **made)))

    def _each(
        self, work: Work, ids: Sequence[str], act: Callable[[str], str]
    ) -> tuple[Outcome, ...]:
        """Act on one after the other, the lower of a tree first; what a rule refuses stays."""
        if len(ids) > MOST_AT_ONCE:
            data = {"most": MOST_AT_ONCE}
            raise EntryInvalid((Violation("kernel.register_too_many", "ids", data),))
        found = []
        for each in self._lowest_first(work, dict.fromkeys(ids)):
            try:
                act(each)
                found.append(Outcome(id=each, name=self._called(work, each), done=True))
            except (Refused, NotFound) as refusal:
                reasons: tuple[Mapping[str, Json], ...] = tuple(
                    {"code": one.code, "at": one.at, "data": dict(one.data)}
                    for one in refusal.reasons
                )
                name = "" if isinstance(refusal, NotFound) else self._called(work, each)
                found.append(Outcome(id=each, name=name, done=False, reasons=reasons))
        return tuple(found)

    def _lowest_first(self, work: Work, ids: Iterable[str]) -> list[str]:
        if self.register.parent is None:
            return list(ids)
        return lowest_first(ids, {one.id: one.parent for one in self.tree(work)})

    def _called(self, work: Work, id: str) -> str:
        return self.store(work).get(id).label

    def relate(self, work: Work, cmd: Any) -> tuple[Outcome, ...]:
        name = self.register.related

        def act(id: str) -> str:
            said = self.owned(work, id).content
            more = tuple(dict.fromkeys((*getattr(said, name), *cmd.others)))
            return self.change(
                work, self.cases.changing(id=id, content=evolve(said, **{name: more}))
            )

        return self._each(work, cmd.ids, act)

    def order(self, work: Work, cmd: Any) -> tuple[str, ...]:
        entries = [self.owned(work, one) for one in dict.fromkeys(cmd.ids)]
        reorder(entries, cmd.ids, at=work.now, by=work.actor.user)
        for one in entries:
            self.keep(work, one)
        return tuple(cmd.ids)

    def view(self, work: Work, about: Any) -> Any:
        entry = self.shown(work, about.id)
        return self._views(work, [entry], used=True)[0]

    def listing(self, work: Work, about: Any) -> Any:
        found = self.store(work).page(self._filter(work, about), about.page)
        return evolve(found, items=tuple(self._views(work, found.items)))

    def _views(self, work: Work, entries: Sequence[Entry[C]], *, used: bool = False) -> list[Any]:
        """Show entries, with the names of all they refer to, asked for once a kind."""
        ask, wanted = work[Ask], dict[str, set[str]]()
        for entry in entries:
            for one, ids in self._references(entry):
                wanted.setdefault(str(one.to), set()).update(ids)
        referred = {
            (kind, each): found
            for kind, ids in wanted.items()
            for each, found in ask.resolve(kind, ids).items()
        }
        names = {key: found.text for key, found in referred.items()}
        files = self._file_names(work, entries)
        label = frozenset({self.register.label.name})
        return [
            self.cases.view(
                id=entry.id, version=entry.version, position=entry.position,
                enabled=entry.enabled, region=entry.region,
                content=self.readable(work, entry, None if used else label),
                department=entry.department, changed_at=entry.changed_at,
                synchronised=entry.synchronised,
                **{
                    one.field.name: self._derived(one, entry, referred)
                    for one in self.register.derived
                    if one.field.name not in _COMMON
                },
                names=tuple(
                    Name(id=each, name=names.get((str(one.to), each), each))
                    for one, ids in self._references(entry)
                    for each in ids
                ) + tuple(
                    Name(id=each, name=files.get(each, each))
                    for one in self.register.attached
                    for each in getattr(entry.content, one.name)
                ),
                used=_usages(ask, self.register, entry.id) if used else (),
            )
            for entry in entries
        ]  # fmt: skip

    def _derived(
        self, one: Derived, entry: Entry[C], referred: Mapping[tuple[str, str], Reference]
    ) -> Any:
        """Give what a derived column says; a code is that of what the entry refers to."""
        if not one.code:
            return one.of(entry)
        found = referred.get((str(self.register.by_name[one.code].to), one.of(entry)))
        return "" if found is None else found.code

    def _file_names(self, work: Work, entries: Sequence[Entry[C]]) -> Mapping[str, str]:
        """Give what the files of entries are called."""
        named = [
            each
            for one in self.register.attached
            for entry in entries
            for each in getattr(entry.content, one.name)
        ]
        return work[EntryFiles].names(work, named) if named else {}

    def readable(self, work: Work, entry: Entry[C], kept: frozenset[str] | None) -> C:
        """Give what an entry says with its personal fields masked, ``kept`` ones aside.

        Whoever may change it is shown those, or all of them; nobody else is.
        """
        if not self.register.personal:
            return entry.content
        if not self.may_change(work, entry):
            kept = frozenset()
        return entry.content if kept is None else masked(entry.content, but=kept)

    def _references(self, entry: Entry[C]) -> Iterator[tuple[Field, tuple[str, ...]]]:
        """Give everything that an entry refers to, its derived columns among it."""
        yield from self.register.references(entry.content)
        for one in self.register.derived:
            if one.field.to is not None and (found := one.of(entry)):
                yield one.field, (found,)

    def _filter(self, work: Work, about: Any) -> EntryFilter:
        values: dict[str, Value] = {}
        among: dict[str, frozenset[str]] = {}
        fragments: dict[str, str] = {}
        ranges: dict[str, Between] = {}
        within = ""
        derived = {one.field.name for one in self.register.derived}
        for one in self.register.searched:
            match one.search:
                case Search.RANGE:
                    since = getattr(about, f"{one.name}_from")
                    until = getattr(about, f"{one.name}_to")
                    if since is not None or until is not None:
                        ranges[one.name] = Between(since, until)
                case Search.EXACT if one.to == REGION and one.name in derived:
                    within = next(iter(getattr(about, one.name)), "")
                case Search.EXACT if one.to is not None:
                    if those := frozenset(getattr(about, one.name)):
                        found = {"" if one.parent and each == TOP else each for each in those}
                        among[one.name] = frozenset(found)
                case Search.EXACT:
                    value = getattr(about, one.name)
                    if value not in {None, ""}:
                        values[one.name] = value
                case _:
                    if part := getattr(about, one.name).strip():
                        fragments[one.name] = part
        return EntryFilter(
            text=about.text, values=values, among=among, fragments=fragments, ranges=ranges,
            ids=frozenset(about.ids), within=within, enabled=about.enabled,
            reach=reach_of(work, self.register),
        )  # fmt: skip

    def tree(self, work: Work) -> tuple[TreeNode, ...]:
        register = self.register
        wanted = EntryFilter(reach=reach_of(work, register))
        store = self.store(work)
        pages = every_page(lambda page: store.page(wanted, page))
        nodes = {one.id: self._node(one) for page in pages for one in page.items}
        while above := {one.parent for one in nodes.values()} - nodes.keys() - {""}:
            for each in sorted(above):
                nodes[each] = self._node(store.get(each), readable=False)
        return tuple(nodes.values())

    def _node(self, entry: Entry[C], *, readable: bool = True) -> TreeNode:
        return TreeNode(
            id=entry.id, parent=self.register.parent_of(entry.content), name=entry.label,
            enabled=entry.enabled, readable=readable,
        )  # fmt: skip

    def give_out(self, work: Work, about: Any) -> tuple[str, ...]:
        store, wanted = self.store(work), self._filter(work, about)
        pages = every_page(lambda page: store.page(wanted, page))
        found = tuple(one.id for page in pages for one in page.items)
        told = criteria_told(work[Ask], self.cases.asked_of(about), about.ids)
        work.note(entries=str(len(found)), criteria=told)
        return found

    def take_in(self, work: Work, cmd: Any) -> Mapping[str, Json]:
        return taken_in(cmd.entries, lambda row: self._take_in(work, row))

    def _take_in(self, work: Work, row: Any) -> str:
        content = with_ids(work[Ask], row.content, self.register.references)
        store, actor = self.store(work), work.actor
        whole = self.whole(work, content)
        region = actor.scope.region if whole is None else whole.region
        department = actor.department if whole is None else whole.department
        draft = self._draft(content, "", region, department)
        sharing = (store.sharing_with(draft, group) for group in self.register.groups)
        known = next(filter(None, sharing), None)
        if known is None:
            self.add(work, self.cases.adding(content=content, position=row.position))
            return "added"
        entry = self.owned(work, known)
        if row.columns is not None:
            untold = [one.name for one in self.register.fields if one.name not in row.columns]
            content = evolve(content, **{one: getattr(entry.content, one) for one in untold})
        content = _unmasked(content, entry.content, self.register.personal)
        content = self._with_numbers(content, entry.content)
        content = _with_files(self.register, content, entry.content)
        position = entry.position if row.position is None else row.position
        if (entry.content, entry.position) == (content, position):
            return "same"
        self.change(work, self.cases.changing(id=known, content=content, position=position))
        return "changed"

    def _with_numbers(self, content: C, known: C) -> C:
        """Keep what was generated, where nothing is said of it."""
        blank = [
            one.name
            for one in self.register.fields
            if one.number and not getattr(content, one.name)
        ]
        return evolve(content, **{name: getattr(known, name) for name in blank})


def _with_files(register: Register[C], content: C, known: C) -> C:
    """Keep the files of an entry of which a table tells nothing."""
    return evolve(content, **{one.name: getattr(known, one.name) for one in register.attached})


def require_entry(work: Work, register: Register[Any], id: str) -> None:
    """Demand that who acts may read a living entry. Raises ``NotFound``."""
    _Acts(cases_of(register)).shown(work, id)


@frozen(kw_only=True)
class Told(Generic[C]):
    """上级下发的记录 (Told): an entry as the platform above tells it, its references by id.

    ``known`` is the id of the entry that it is here, ``None`` where there is none yet.
    """

    known: str | None
    content: C
    region: str = ""
    department: str = ""
    deleted: bool = False


def keep_told(work: Work, register: Register[C], told: Told[C]) -> str:
    """Keep what the platform above tells: ``added``, ``changed``, ``deleted`` or the ``same``.

    Raises ``EntryInvalid`` with every rule that it breaks, and for an entry that is our own.
    """
    acts = _Acts(cases_of(register))
    store = acts.store(work)
    entry = None if told.known is None else store.get(told.known)
    if entry is not None and not entry.synchronised:
        raise EntryInvalid((Violation("kernel.entry_own"),))
    if told.deleted:
        if entry is None:
            return "same"
        entry.delete(at=work.now, by=work.actor.user)
        acts.keep(work, entry)
        return "deleted"
    id = work.ids.next_id() if entry is None else entry.id  # noqa: A001 - what it is
    draft = Entry(
        id=id, content=told.content, register=register.name, region=told.region,
        department=told.department,
    )  # fmt: skip
    refuse_if(EntryInvalid, acts.faults(work, draft, None if entry is None else entry.content))
    if entry is None:
        made = Entry.add(
            id=id, content=told.content, position=store.last_position() + 1, at=work.now,
            register=register.name, region=told.region, department=told.department,
            by=work.actor.user, synchronised=True,
        )  # fmt: skip
        acts.keep(work, made)
        return "added"
    entry.change(told.content, at=work.now, by=work.actor.user)
    entry.belong(told.region, told.department, at=work.now, by=work.actor.user)
    if entry.changed_at != work.now:
        return "same"
    acts.keep(work, entry)
    return "changed"


def roles_with(
    roles: Iterable[ShippedRole], registers: Iterable[Register[Any]]
) -> tuple[ShippedRole, ...]:
    """Give shipped roles with what follows from registers.

    Their keepers do everything with them, whoever works for a department looks at them.
    """
    known = [cases_of(one) for one in registers]

    def more(role: ShippedRole) -> tuple[str, ...]:
        if role.kind is not UserKind.STAFF or not role.permissions:
            return ()
        return tuple(
            cases.name(verb)
            for cases in known
            for verb in cases.all
            if role.code in cases.register.keepers or verb in _LOOKING
        )

    return tuple(evolve(one, permissions=one.permissions + more(one)) for one in roles)


def _unmasked(content: C, before: C, personal: Iterable[str]) -> C:
    """Keep the personal fields that a table leaves empty, or masked as they were given out."""
    shown = masked(before)
    same = {
        name: getattr(before, name)
        for name in personal
        if getattr(content, name) in {"", getattr(shown, name)}
    }
    return evolve(content, **same) if same else content


_LOOKING: Final = frozenset({RegisterVerb.LIST, RegisterVerb.VIEW})
TOP: Final = "-"
"""As the value of a search by a tree's parent: the entries that have none above."""


_OWNERS: Final = {OWNER_REGION: "所属区划", OWNER_DEPARTMENT: "所属部门"}


def _too_deep(register: Register[Any]) -> Violation:
    at = "" if register.parent is None else register.parent.name
    return Violation("kernel.register_too_deep", at, {"most": _DEEPEST})


def _taken(register: Register[Any], group: Sequence[str]) -> Violation:
    if len(group) == 1:
        title = register.by_name[group[0]].title
        return Violation("kernel.register_taken", group[0], {"title": title})
    titles = "、".join(
        register.by_name[name].title if name in register.by_name else _OWNERS[name]
        for name in group
    )
    return Violation("kernel.register_taken_together", group[0], {"titles": titles})


def _usages(ask: Ask, register: Register[Any], id: str) -> tuple[Usage, ...]:
    found = ask.used_by(register.name, id)
    return tuple(Usage(register=name, count=count) for name, count in sorted(found.items()))


def reach_of(work: Work, register: Register[Any]) -> Reach | None:
    """Give whose entries the actor may read, ``None`` for everybody's."""
    scope = work.actor.scope
    match register.read:
        case Reading.EVERYONE:
            return None
        case Reading.OWNER_AND_BELOW:
            return Reach(region=scope.region, upward=True)
        case _:
            return Reach(region=scope.region, departments=scope.departments)
