"""What follows from a list: the questions for its rows and for one aggregate, and its export."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from typing import Any, Final

from attrs import define, evolve, field, frozen, make_class

from supervision_core.identity.model import Concerns, Predicate, reached_by
from supervision_core.identity.ports import Departments, Users
from supervision_core.identity.services.acting import acting
from supervision_core.identity.services.criteria import criteria_told
from supervision_core.identity.services.frame import Question, UseCase, Work
from supervision_core.identity.services.histories import history_asked, names_asked
from supervision_core.identity.services.insight import insider, oversees, require_insight
from supervision_core.identity.services.keeping import administers, is_super
from supervision_core.identity.services.names import KEPT
from supervision_core.identity.services.narrowing import narrowed
from supervision_core.identity.services.todos import mine_of
from supervision_core.kernel.days import local_day
from supervision_core.kernel.errors import NotFound, Violation
from supervision_core.kernel.events import Aggregate
from supervision_core.kernel.fields import FIELD, said
from supervision_core.kernel.listing import (
    MOST_EXPORTED,
    ListFilter,
    ListQuery,
    Lists,
    ListTooLong,
    Match,
    as_of,
    asked_fields,
)
from supervision_core.kernel.paging import FIRST_PAGE, Page, PageRequest, every_page
from supervision_core.kernel.registers import Ask, Reach, Reading
from supervision_core.kernel.registers.description import described, parts_of
from supervision_core.kernel.registers.fields import DEPARTMENT, Field, FieldType
from supervision_core.kernel.todos import Todos
from supervision_core.kernel.verbs import Allowed

_NEXT: Final = "取下一页时作为cursor送回，最后一页为空"
_CURSOR: Any = str | None
_TITLES: Final = {"list": "{}列表", "view": "查看{}", "export": "导出{}列表"}
_NO_VALUE: Final = ("",)
"""What nothing has: asked for where something stands for no value."""
_LOOKED_UP: Final = frozenset({Match.UNDER, Match.HOLDS, Match.FRAGMENT})
"""Criteria that departments below or an index say more of."""
_EMPTY: Final[Mapping[Any, Any]] = {str: ""}


@frozen(kw_only=True)
class ReferredName:
    """What something that a row refers to is called."""

    kind: str = field(metadata=said("所引用对象的种类", example="scene"))
    id: str = field(metadata=said("所引用对象的编号", example="0123abcd"))
    name: str = field(metadata=said("所引用对象的名称", example="餐饮综合监管"))


@frozen(kw_only=True)
class Waiting:
    """What waits for the actor in a row of a list."""

    id: str = field(metadata=said("该行的编号", example="0123abcd"))
    verb: Allowed = field(metadata=said("待办事项"))


@frozen(kw_only=True)
class ShowBranches:
    """The departments of the rows of a list."""


@frozen(kw_only=True)
class Branch:
    """A department in the tree beside a list; one without ``parent`` stands at its top."""

    id: str = field(metadata=said("部门编号", example="nanning"))
    name: str = field(metadata=said("部门名称", example="南宁市市场监督管理局"))
    code: str = field(metadata=said("部门编码", example="11450100"))
    parent: str = field(metadata=said("上级部门编号，最上级为空"))


def _branches(work: Work, ids: Iterable[str]) -> tuple[Branch, ...]:
    """Give departments and those above them, by code."""
    parents, known = work[Departments].tree().parents, set[str]()
    for one in ids:
        above = one
        while above and above not in known:
            known.add(above)
            above = parents.get(above, "")
    found = work.resolve(DEPARTMENT, known)
    return tuple(
        Branch(id=one.id, name=one.name, code=one.code, parent=parents.get(one.id, ""))
        for one in sorted(found.values(), key=lambda one: (one.code, one.id))
    )


@frozen(kw_only=True)
class CountRows:
    """How many rows there are; no more are counted than ``most``."""

    count: int = field(metadata=said("条数", example=120))
    most: int = field(metadata=said("至多数到多少条", example=10000))


@lru_cache(maxsize=1_000)
def cases_of(query: ListQuery[Any]) -> "ListCases":
    """Give the questions and the export of a list, made once."""
    return ListCases(query)


@define(eq=False)
class ListCases:
    """The questions and the export of one list."""

    query: ListQuery[Any]

    @cached_property
    def all(self) -> tuple[UseCase[Any, Any], ...]:
        """Give them: the list, the view, the export."""
        query = self.query
        found: list[UseCase[Any, Any]] = [self.list]
        found += [self.view] if query.view is not None else []
        found += [self.export] if query.exported else []
        return tuple(found)

    def _called(self, verb: str) -> tuple[str, str]:
        """Give name and title of what is asked or done by a verb."""
        noun = self.query.noun if verb == "view" else self.query.plural
        return f"{self.query.context}.{verb}_{noun}", _TITLES[verb].format(self.query.title)

    def _says(
        self, body: Callable[..., Any], asked: type, answered: Any, promise: str
    ) -> Callable[..., Any]:
        body.__annotations__ = {"work": Work, "about": asked, "return": answered}
        body.__doc__ = f"{self.query.title}: {promise}"
        return body

    def _page(self, work: Work, about: Any) -> Page[Any]:
        """Give a page; an order within what is not asked for is none. Raises ``UnknownOrder``."""
        within = self.query.order(about.page.order).within
        if within and not getattr(about, within):
            about.page.require_order(*(one.name for one in self.query.orders if not one.within))
        wanted = self._wanted(work, about)
        page = work[Lists].page(self.query, wanted, about.page)
        work.looked_at(self.query.port.kind, *_closed_among(work, self.query, wanted, page.items))
        return page

    @cached_property
    def list(self) -> Question[Any, Any]:
        """Give the question for a page of rows."""

        def body(work: Work, about: Any) -> Any:
            page = self._page(work, about)
            rows = counted(work, self.query, page.items)
            return self.page(
                items=rows, names=names_read(work, rows),
                next_cursor=page.next_cursor, waiting=_waiting(work, self.query, rows),
            )  # fmt: skip

        promise = "Give one page of the list."
        said = self._says(body, self.asking, self.page, promise)
        orders = tuple(one.name for one in self.query.orders)
        return Question(*self._called("list"), said, self._looks_once, orders=orders)

    @cached_property
    def _rows_alone(self) -> bool:
        """Whether a page is made of rows that nothing is counted or waits in, and kept names."""
        query, row = self.query, _referring(self.query.row)  # type: ignore[arg-type]
        more = query.cls.verbs is not None or query.counts or query.counting
        return not more and all(one.to in KEPT for one in row)

    def _looks_once(self, about: Any) -> bool:
        """Tell whether nothing but the rows is read: no criterion is looked up beforehand."""
        if not self._rows_alone or about.ids:
            return False
        asked = self._asked(about)
        return not any(
            one.keeps or one.through is not None or one.match in _LOOKED_UP
            for one in self.query.criteria
            if any(asked.get(name) for name in one.names)
        )

    @cached_property
    def count(self) -> Question[Any, Any]:
        """Give the question how many rows there are, under the permission of the list."""

        def body(work: Work, about: Any) -> CountRows:
            wanted, lists = self._wanted(work, about), work[Lists]
            found = lists.count(self.query, wanted)
            if wanted.told and self.query.hides and oversees(work):
                inside = lists.count(self.query, evolve(wanted, insider=work.actor.department))
                if inside < found:
                    work.note(closed=str(found - inside))
            return CountRows(count=min(found, MOST_EXPORTED), most=MOST_EXPORTED)

        promise = "Count the rows of the list."
        return Question(*self._called("list"), self._says(body, self.asking, CountRows, promise))

    @cached_property
    def view(self) -> Question[Any, Any]:
        """Give the question for what one aggregate says."""
        query = self.query

        def body(work: Work, about: Any) -> Any:
            root = self._read(work, about.id)
            said = query.completed(work.unit, root, query.viewed(root))
            names = names_read(work, [said])
            return self.shown(
                id=root.id, version=root.version, content=said, names=names,
                allowed=_allowed(work, query, root), barred=query.barred(root),
            )  # fmt: skip

        return Question(
            *self._called("view"), self._says(body, self.named, self.shown, "Show what one says.")
        )

    @cached_property
    def history(self) -> Question[Any, Any]:
        """Give the question for what was done to one."""
        query = self.query
        return history_asked(
            self._called("view"), query.title, query.port.kind, self._read,
            confides=query.confides,
        )  # fmt: skip

    @cached_property
    def labels(self) -> Question[Any, Any]:
        """Give the question for what things are called."""

        def called(work: Work, id: str) -> str:
            row, link = self.query.row_of(self._shown(work, id)), self.query.named_by
            own = self.query.label(row)
            if link is None:
                return own
            said = str(getattr(row, link.name))
            found = work[Ask].resolve(str(link.to), [said])
            return found[said].name if said in found else own

        return names_asked(self._called("view"), self.query.title, called)

    @cached_property
    def branches(self) -> Question[Any, Any]:
        """Give the question which departments have rows, and those above them.

        It asks for the permission of the list; scope is that of the list.
        """

        def body(work: Work, about: ShowBranches) -> tuple[Branch, ...]:
            del about
            wanted = self._wanted(work, self.asking())
            found = work[Lists].tally(self.query, wanted, (self.query.tree,))
            return _branches(work, {one for (one,) in found if one})

        promise = "Show the departments of the rows as a tree."
        return Question(
            *self._called("list"), self._says(body, ShowBranches, tuple[Branch, ...], promise)
        )

    def _shown(self, work: Work, id: str) -> Any:
        """Give an aggregate that the actor may look at. Raises ``NotFound``."""
        known = self.query.id_named(work.unit, id) or id
        kind, root = self.query.port.kind, work[self.query.port].get(known)
        if not self.query.listed(root):
            raise NotFound(kind, id)
        self._require_reach(work, kind, root)
        return root

    def _read(self, work: Work, id: str) -> Any:
        """Give an aggregate that the actor may read, closed or not. Raises ``NotFound``."""
        root = self._shown(work, id)
        require_insight(work, self.query.port.kind, id, self.query.closed(root))
        return root

    @cached_property
    def export(self) -> UseCase[Any, Any]:
        """Give the command that gives the rows out; the log keeps what was asked, and how many.

        Raises ``ListTooLong`` for more than ``MOST_EXPORTED``.
        """

        def body(work: Work, about: Any) -> Any:
            wanted, lists = self._wanted(work, about), work[Lists]
            if lists.count(self.query, wanted) > MOST_EXPORTED:
                too_long = Violation("kernel.list_too_long", data={"most": MOST_EXPORTED})
                raise ListTooLong((too_long,))
            pages = every_page(
                lambda page: lists.page(self.query, wanted, page), order=about.page.order
            )
            found = tuple(row for page in pages for row in page.items)
            rows = counted(work, self.query, found)
            work.note(rows=str(len(rows)), criteria=self._criteria(work, about))
            if closed := _closed_among(work, self.query, wanted, found):
                work.note(closed=str(len(closed)))
            return self.page(items=rows, names=names_read(work, rows), next_cursor=None)

        promise = "Give out the rows of the list; the log keeps how many."
        return UseCase(*self._called("export"), self._says(body, self.asking, self.page, promise))

    @cached_property
    def exporting(self) -> Question[Any, Any]:
        """Give the question for a page of an export that is longer than one command gives out.

        It asks for the permission of the export; ``noting`` tells the log, once all is given out.
        """

        def body(work: Work, about: Any) -> Any:
            page = self._page(work, about)
            rows = counted(work, self.query, page.items)
            names = names_read(work, rows)
            return self.page(items=rows, names=names, next_cursor=page.next_cursor)

        promise = "Give one page of a long export."
        said = self._says(body, self.asking, self.page, promise)
        return Question(*self._called("export"), said, orders=self.list.orders)

    @cached_property
    def noting(self) -> UseCase[Any, Any]:
        """Give the command that notes in the log what a long export gave out, and how much."""

        def body(work: Work, about: Any) -> int:
            work.note(rows=str(about.rows), criteria=self._criteria(work, about.asked))
            rows: int = about.rows
            return rows

        members = {
            "asked": field(type=self.asking, metadata=_words("导出的条件")),
            "rows": field(type=int, metadata=_words("导出的条数")),
        }
        given = make_class(f"Given{self.asking.__name__}", members, frozen=True, kw_only=True)
        promise = "Note that the rows of the list were given out."
        return UseCase(*self._called("export"), self._says(body, given, int, promise))

    def _criteria(self, work: Work, about: Any) -> str:
        asked = ((words, getattr(about, name)) for name, _, words in asked_fields(self.query))
        return criteria_told(work[Ask], asked, about.ids, of=self.query.port.kind)

    @cached_property
    def asking(self) -> type:
        """Give what the list is asked: a field for each criterion, ids, and the page."""
        made = {
            name: field(
                type=kind, default=_EMPTY.get(kind, () if _many(kind) else None),
                metadata={FIELD: words},
            )
            for name, kind, words in asked_fields(self.query)
        }  # fmt: skip
        ids = tuple[str, ...]
        made["ids"] = field(type=ids, default=(), metadata=_words("只要这些编号的记录"))
        made["page"] = field(
            type=PageRequest, default=FIRST_PAGE, metadata=said("分页：每页行数、游标和排序")
        )
        name = f"List{_camel(self.query.context)}{_camel(self.query.plural)}"
        return make_class(name, made, frozen=True, kw_only=True)

    @cached_property
    def page(self) -> type:
        """Give what the list answers: rows, the names of what they refer to, the next cursor."""
        rows: Any = tuple[self.query.row, ...]  # type: ignore[name-defined]
        members: dict[str, Any] = {
            "items": field(type=rows, metadata=_words("各行")),
            "names": field(type=tuple[ReferredName, ...], metadata=_words("所引用对象的名称")),
            "next_cursor": field(type=_CURSOR, default=None, metadata=_words(_NEXT)),
            "waiting": field(
                type=tuple[Waiting, ...], default=(), metadata=_words("各行中待您办理的事项")
            ),
        }
        return make_class(f"PageOf{self.query.row.__name__}", members, frozen=True, kw_only=True)

    @cached_property
    def named(self) -> type:
        """Give what the view is asked: an id."""
        id = field(type=str, metadata=_words(f"{self.query.title}的编号"))  # noqa: A001 - what it is
        name = f"{_camel(self.query.context)}{_camel(self.query.noun)}Named"
        return make_class(name, {"id": id}, frozen=True, kw_only=True)

    @cached_property
    def shown(self) -> type:
        """Give what the view answers."""
        members: dict[str, Any] = {
            "id": field(type=str, metadata=_words(f"{self.query.title}的编号")),
            "version": field(type=int, metadata=_words("版本，修改时作为If-Match送回")),
            "content": field(type=self.query.view, metadata=_words(f"{self.query.title}的内容")),
            "names": field(type=tuple[ReferredName, ...], metadata=_words("所引用对象的名称")),
            "allowed": field(type=tuple[Allowed, ...], metadata=_words("此刻可以由您办理的事项")),
            "barred": field(
                type=tuple[str, ...], metadata=_words("其他操作中此刻不能办理的，按权限名")
            ),
        }
        name = f"Shown{_camel(self.query.context)}{_camel(self.query.noun)}"
        return make_class(name, members, frozen=True, kw_only=True)

    def _asked(self, about: Any) -> dict[str, Any]:
        return {name: getattr(about, name) for name, _, _ in asked_fields(self.query)}

    def _wanted(self, work: Work, about: Any) -> ListFilter:
        asked, reach = self._asked(about), reach_of(work, self.query)
        for one in self.query.criteria:
            said = asked.get(one.names[0])
            if one.keeps and said and reach is not None and administers(work, said):
                reach = None
            if one.through is not None and said:
                asked[one.names[0]] = tuple(work[one.through].values(said)) or _NO_VALUE
            if one.match is Match.UNDER and said:
                asked[one.names[0]] = (said, *sorted(work[Departments].tree().below(said)))
        told = as_of(self.query, asked, local_day(work.now))
        asker = "" if self.query.author is None else work.actor.user
        inside = insider(work) if self.query.hides else ""
        asked_for = ListFilter(asked=told, reach=reach, asker=asker, insider=inside)
        wanted = narrowed(work.unit, self.query, asked_for)
        if not about.ids:
            return wanted
        ids = frozenset(about.ids)
        return wanted.among(ids if wanted.ids is None else ids & wanted.ids)

    def _kept(self, work: Work, root: Any) -> bool:
        """Tell whether the actor keeps one, wherever it stands."""
        if self.query.keepers is None:
            return False
        keepers = self.query.keepers(root)
        return work.actor.user in keepers.users or any(
            administers(work, one) for one in sorted(keepers.departments)
        )

    def _require_reach(self, work: Work, kind: str, root: Any) -> None:
        if not self.query.open_to(root, work.actor.user):
            raise work.foreign(kind, root.id)
        if self._kept(work, root):
            return
        standing: tuple[Any, ...] = (root,)
        if self.query.stands_with is not None:
            place = self.query.stands_with(root)
            standing = (root, None if place is None else work[place[0]].get(place[1]))
        placed = self.query.placed(*standing)
        match reach_of(work, self.query):
            case None:
                return
            case reach if placed.everywhere and reached_by(reach)(placed):
                return
            case Reach() as reach:
                if not reach.covers(placed.region, ""):
                    raise work.foreign(kind, root.id)
            case _:
                work.reach(
                    kind, root.id, region=placed.region, departments=placed.departments,
                    lead=placed.lead, parties=placed.parties,
                )  # fmt: skip


def _closed_among(
    work: Work, query: ListQuery[Any], wanted: ListFilter, rows: Sequence[Any]
) -> frozenset[str]:
    """Give which of the rows that the actor is shown are closed to his department."""
    if not (rows and query.hides and oversees(work)):
        return frozenset()
    shown = frozenset(row.id for row in rows)
    sought = evolve(wanted.among(shown), insider=work.actor.department)
    pages = every_page(lambda page: work[Lists].page(query, sought, page))
    return shown - {row.id for page in pages for row in page.items}


def counted(work: Work, query: ListQuery[Any], rows: Sequence[Any]) -> tuple[Any, ...]:
    """Give rows with what they count filled in: a look for each count."""
    ids = [row.id for row in rows]
    found: dict[str, Mapping[str, int | str]] = {
        one.field: {**work[Ask].uses(query.port.kind, ids, one.of)} for one in query.counts
    }
    found |= {name: count(work.unit, ids) for name, count in query.counting.items()}
    if not found:
        return tuple(rows)
    return tuple(
        evolve(row, **{name: uses.get(row.id, 0) for name, uses in found.items()}) for row in rows
    )


def _waiting(work: Work, query: ListQuery[Any], rows: Iterable[Any]) -> tuple[Waiting, ...]:
    """Give what waits for the actor in rows: one look at the to-dos about them."""
    kind, verbs = query.port.kind, query.cls.verbs
    ids = [row.id for row in rows]
    if verbs is None or not ids:
        return ()
    found = work[Todos].about(kind, ids, mine_of(work))
    return tuple(
        Waiting(
            id=one.id,
            verb=Allowed(
                permission=one.permission, title=verbs[one.verb].title,
                part_noun=verbs[one.verb].part, part=one.part,
            ),
        )
        for one in found
        if one.verb in verbs.by_name
    )  # fmt: skip


def _allowed(work: Work, query: ListQuery[Any], root: Aggregate) -> tuple[Allowed, ...]:
    """Give what the actor may do with an aggregate as it is."""
    if root.verbs is None:
        return ()
    actor = work.actor
    return tuple(
        one
        for one in root.verbs.allowed(root, acting(work))
        if actor.may(one.permission)
        and query.offered(work.unit, root, one.permission, actor.department)
    )


def reach_of(work: Work, query: ListQuery[Any]) -> Predicate | Reach | None:
    """Give what of a list the actor may read; who acts for a party, only what concerns it."""
    if query.public or (query.keepers is not None and is_super(work)):
        return None
    demanded = work.actor.scope.predicate()
    if query.read is Reading.OWNER or isinstance(demanded, Concerns):
        return demanded
    if query.read is Reading.EVERYONE:
        return None
    return Reach(region=work.actor.scope.region, upward=True)


def _words(title: str) -> Mapping[str, Any]:
    return {FIELD: Field(title=title, type=FieldType.TEXT)}


def _camel(name: str) -> str:
    return "".join(part.title() for part in name.split("_"))


def _many(kind: Any) -> bool:
    return getattr(kind, "__origin__", None) is tuple


@lru_cache(maxsize=1_000)
def _referring(cls: Any) -> tuple[Field, ...]:
    """Give the fields of rows, views or their parts that refer to something, or hold parts."""
    return tuple(one for one in described(cls) if one.to is not None or one.type is FieldType.ROWS)


def _referred(values: Iterable[Any]) -> Iterator[tuple[str, str]]:
    """Give kind and id of everything that rows, views or their parts refer to."""
    for value in values:
        cls: Any = type(value)
        for one in _referring(cls):
            found = getattr(value, one.name)
            if one.type is FieldType.ROWS:
                yield from _referred(found)
            else:
                yield from ((str(one.to), each) for each in parts_of(found) if each)


def names_in(ask: Ask | Work, values: Iterable[Any]) -> tuple[ReferredName, ...]:
    """Give the names of all that values refer to, asked for once a kind."""
    wanted: dict[str, set[str]] = {}
    for kind, id in _referred(values):  # noqa: A001 - what it is
        wanted.setdefault(kind, set()).add(id)
    return tuple(
        ReferredName(kind=kind, id=id, name=found.name)
        for kind, ids in sorted(wanted.items())
        for id, found in sorted(ask.resolve(kind, ids).items())  # noqa: A001 - as above
    )


def names_read(work: Work, values: Iterable[Any]) -> tuple[ReferredName, ...]:
    """Give the names of all that values refer to, as the actor reads them.

    Whoever acts for a firm, or as a citizen, reads the names of those who act on the same side.
    """
    found, scope = names_in(work, values), work.actor.scope
    if not scope.outside or not scope.party or all(one.kind != Users.kind for one in found):
        return found
    own = {one.id: one.person.name for one in work[Users].find_by_party(scope.party)}
    return tuple(
        evolve(one, name=own[one.id]) if one.kind == Users.kind and own.get(one.id) else one
        for one in found
    )
