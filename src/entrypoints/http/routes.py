"""What a route declares, and how one is made of a use case or a question."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from enum import Enum
from functools import cache, cached_property
from types import NoneType
from typing import Any, Final, get_type_hints

import attrs
from attrs import define, field, frozen, make_class

from entrypoints.catalogue import answer_type, asked_type
from entrypoints.container import Platform
from entrypoints.http.errors import MethodUnfit
from entrypoints.shape import Member, Shape, Table, Thing, shape_of
from supervision_core.identity.model import Actor
from supervision_core.identity.services import Expected, Question, UseCase
from supervision_core.kernel.errors import DomainError, NotFound
from supervision_core.kernel.fields import said
from supervision_core.kernel.paging import PageRequest, UnknownOrder
from supervision_core.kernel.plain import from_plain, to_plain

PARAMETER = re.compile(r"\{(\w+)\}")
_ANY: Final = "{any}"
JSON: Final = "application/json"
OCTETS: Final = "application/octet-stream"
FILE: Final = "*/*"
"""What a route gives that gives files of several kinds: the reply says which."""
ID_ANSWERED: Final = "所办理事项的编号，新增的为新编号"
ANSWERED: Final = "办理的结果"


class Access(Enum):
    """Who may come without a permission: anybody, or anybody who has logged in."""

    PUBLIC = "public"
    LOGGED_IN = "logged_in"


@frozen
class Upload:
    """A file as a form sends it: its own name, and what it holds."""

    name: str
    content: bytes = field(repr=False)


@frozen(kw_only=True)
class Call:
    """One request as a route sees it; ``actor`` is the one behind ``token``, if any.

    ``key`` and ``seen`` come from its head; ``state`` is what the browser kept of a single sign-on;
    ``content`` is a body that is a file, ``files`` are those of a form by their fields;
    ``uploads`` are the same of a form whose fields may hold several, with their names;
    ``second_reason`` is why a second person is asked for.
    """

    platform: Platform
    source: str
    actor: Actor | None = None
    token: str = field(default="", repr=False)
    key: str | None = None
    seen: int | None = None
    state: str = field(default="", repr=False)
    content: bytes = field(default=b"", repr=False)
    files: Mapping[str, bytes] = field(factory=dict, repr=False)
    uploads: Mapping[str, tuple[Upload, ...]] = field(factory=dict, repr=False)
    second_reason: str = field(default="", repr=False)
    reached: dict[str, bool] = field(factory=dict, eq=False, repr=False)
    """By department that was looked up: whether its page opens to the actor."""

    @property
    def who(self) -> Actor:
        """The actor of a route that is not public."""
        if self.actor is None:
            raise LookupError
        return self.actor


@frozen(kw_only=True)
class Reply:
    """What a route answers: a value, and what goes beside it into the head.

    Of a route that ``gives`` a file, the value is its bytes and ``filename`` its name; of one that
    gives files of several kinds, its bytes piece by piece, with ``media`` and ``length``; ``sm3``
    (hex) is over all of them, where that is known.
    """

    value: object
    version: int | None = None
    filename: str = ""
    media: str = ""
    length: int = 0
    sm3: str = ""
    cookie: str | None = field(default=None, repr=False)


Run = Callable[[Call, Any], Reply]


@frozen
class Versioned:
    """Which aggregate a route changes: its kind, and the parameter that holds its id.

    A name in braces in ``kind`` stands for the value of another field of the command.
    """

    kind: str
    parameter: str

    def expected(self, command: Any, field_name: str, version: int) -> Expected:
        """Say which version of the aggregate the caller has seen."""
        values = {one.name: getattr(command, one.name) for one in attrs.fields(type(command))}
        kind = self.kind.format_map(values)
        return Expected(kind=kind, id=str(values[field_name]), version=version)


@define(eq=False, kw_only=True)
class Route:
    """A resource's address and method, who may use it, what it takes, does and answers.

    ``access`` is the permission asked for, or an ``Access``; parts of ``path`` in braces and, of
    routes without a body, all others are parameters named as the fields of ``asked``; ``renamed``
    gives parameters whose field has another name. ``audited`` is a look that the log keeps.
    ``takes`` and ``gives`` are the media types of a body and of the answer; what is no JSON is a
    file. ``orders`` are what a list offers beside its usual one. ``refusals`` are those of the
    route's own. ``takes_away`` says of a verb that it deletes or disables.
    """

    method: str
    path: str
    name: str
    title: str
    access: str | Access
    asked: type
    answered: Any
    run: Run
    status: int = 200
    text: str = ""
    renamed: Mapping[str, str] = field(factory=dict)
    keyed: bool = False
    versioned: Versioned | None = None
    tagged: bool = False
    critical: bool = False
    takes_away: bool = False
    audited: bool = False
    orders: tuple[str, ...] = ()
    takes: str = JSON
    gives: str = JSON
    refusals: tuple[type[DomainError], ...] = ()

    @property
    def media(self) -> tuple[str, ...]:
        """The media types that a body may have: files also come as mere octets."""
        return tuple(dict.fromkeys((self.takes, OCTETS))) if self.takes != JSON else (JSON,)

    @cached_property
    def shape(self) -> Thing:
        """What is asked, as JSON."""
        found = shape_of(self.asked)
        if not isinstance(found, Thing):
            raise TypeError(self.asked)
        return found

    @cached_property
    def answer_shape(self) -> Shape:
        """What is answered, as JSON."""
        return shape_of(self.answered)

    @cached_property
    def path_members(self) -> Mapping[str, Member]:
        """The parameters in the path, by the names they have there."""
        by_name = {one.name: one for one in self.shape.members}
        names = PARAMETER.findall(self.path)
        return {
            name: attrs.evolve(by_name[self.renamed.get(name, name)], required=True)
            for name in names
        }

    @cached_property
    def rest(self) -> Thing:
        """What is asked beside the path: the body's fields, or the query's."""
        inside = {self.renamed.get(name, name) for name in self.path_members}
        others = tuple(one for one in self.shape.members if one.name not in inside)
        whole = len(others) == len(self.shape.members)
        name = self.shape.name if whole else f"{self.shape.name}Body"
        return Thing(name, others, self.asked)

    @property
    def has_body(self) -> bool:
        """Whether it takes a body."""
        return self.method in {"POST", "PUT", "PATCH"} and (
            self.takes != JSON or bool(self.rest.members)
        )

    @property
    def writes(self) -> bool:
        """Whether it may change something."""
        return self.method != "GET"

    @property
    def permission(self) -> str | None:
        """The permission that it asks for."""
        return None if isinstance(self.access, Access) else self.access

    @property
    def always_versioned(self) -> bool:
        """Whether it is refused without the version that the caller has seen: it takes away."""
        return self.versioned is not None and (self.takes_away or self.method == "DELETE")

    @property
    def may_disable(self) -> bool:
        """Whether it is refused so where it takes something out of use."""
        fields = {one.name for one in attrs.fields(self.asked)}
        return self.versioned is not None and "enabled" in fields

    def demands_version(self, command: object) -> bool:
        """Tell whether what is asked is done only on the version that the caller has seen."""
        disables = self.may_disable and getattr(command, "enabled", True) is False
        return self.always_versioned or disables

    def command(self, plain: Mapping[str, object]) -> Any:
        """Make what is asked of checked parameters and body."""
        return from_plain(self.asked, {self.renamed.get(name, name): plain[name] for name in plain})


@frozen
class Methods:
    """Which methods the resources take, by their paths."""

    _paths: tuple[tuple[re.Pattern[str], frozenset[str]], ...]
    """The more of a path is said from its beginning, the earlier it comes: so requests find it."""

    @classmethod
    def of(cls, addresses: Iterable[tuple[str, str]]) -> "Methods":
        """Give those of ``addresses``: pairs of method and path."""
        found: dict[str, set[str]] = defaultdict(set)
        for method, path in addresses:
            found[PARAMETER.sub(_ANY, path)].add(method)
        closest = sorted(found, key=lambda path: [_ANY in part for part in path.split("/")])
        patterns = (re.compile(path.replace(_ANY, "[^/]+")) for path in closest)
        return cls(tuple(zip(patterns, (frozenset(found[one]) for one in closest), strict=True)))

    def refuse(self, path: str) -> DomainError:
        """Give the refusal of another method at ``path``: with those it takes, if it is any."""
        for pattern, methods in self._paths:
            if pattern.fullmatch(path):
                return MethodUnfit(", ".join(sorted(methods)))
        return NotFound("", "")


@cache
def named(label: str, name: str, kind: Any, title: str) -> type:
    """Give the class ``label`` that holds one value under ``name``, for a documented answer."""
    made: type = make_class(label, {name: field(type=kind, metadata=said(title))}, frozen=True)
    return made


def _told(case: UseCase[Any, Any]) -> tuple[str, Any]:
    """Give under which name an answer stands that is told as the use case declares it, and in what.

    An id stands under ``id``, another simple value under ``answer``, a whole one as it is; of
    nothing an empty object is told.
    """
    kind = answer_type(case)
    if kind in {None, NoneType}:
        return "", make_class(f"{_camel(case.name)}Done", {}, frozen=True)
    if kind is str and not case.answers:
        return "id", _answered("id", case)
    if isinstance(shape_of(kind), Thing | Table):
        return "", kind
    return "answer", _answered("answer", case)


def _answered(name: str, case: UseCase[Any, Any]) -> type:
    title = case.answers or (ID_ANSWERED if name == "id" else ANSWERED)
    label = f"{_camel(case.name)}Answer" if case.answers else f"{name.title()}Answered"
    return named(label, name, answer_type(case), title)


def _camel(name: str) -> str:
    return re.sub(r"(?:^|[._])(\w)", lambda found: found[1].upper(), name)


def verb(  # noqa: PLR0913 - one for each thing that a route may say of itself
    method: str,
    path: str,
    case: UseCase[Any, Any],
    title: str,
    *,
    text: str = "",
    answer: str | None = "id",
    renamed: Mapping[str, str] | None = None,
    versioned: Versioned | None = None,
    critical: bool = False,
    refusals: tuple[type[DomainError], ...] = (),
) -> Route:
    """Make the route of a use case; what it answers stands under ``answer``, empty for as it is.

    Without a name the answer is told as the use case declares it.
    """
    if answer is None:
        answer, answered = _told(case)
    else:
        kind = answer_type(case)
        answered = _answered(answer, case) if answer else kind
    adds = method == "POST" and "{" not in path and answer == "id"

    def run(call: Call, command: Any) -> Reply:
        expected = None
        if versioned and call.seen is not None:
            field_name = (renamed or {}).get(versioned.parameter, versioned.parameter)
            expected = versioned.expected(command, field_name, call.seen)
        done = to_plain(
            call.platform.commands.run(
                case, command, actor=call.who, key=call.key, expected=expected
            )
        )
        return Reply(value={answer: done} if answer else done or {})

    return Route(
        method=method,
        path=path,
        name=case.name.replace(".", "_"),
        title=title,
        text=text,
        access=case.permission,
        asked=asked_type(case),
        answered=answered,
        run=run,
        status=201 if adds else 200,
        renamed=renamed or {},
        keyed=method != "GET",  # what a look shows is not kept for those who ask again
        versioned=versioned,
        critical=critical,
        audited=method == "GET",
        refusals=refusals,
    )


def reading(  # noqa: PLR0913 - as above
    path: str,
    question: Question[Any, Any],
    title: str,
    *,
    text: str = "",
    renamed: Mapping[str, str] | None = None,
    tagged: bool = False,
    method: str = "GET",
) -> Route:
    """Make the route of a question about one thing; ``tagged`` answers have a ``version``."""

    def run(call: Call, about: Any) -> Reply:
        found = call.platform.commands.ask(question, about, actor=call.who)
        return Reply(value=to_plain(found), version=found.version if tagged else None)

    return Route(
        method=method,
        path=path,
        name=question.name.replace(".", "_"),
        title=title,
        text=text,
        access=question.permission,
        asked=asked_type(question),
        answered=answer_type(question),
        run=run,
        renamed=renamed or {},
        tagged=tagged,
    )


def listing(
    path: str, question: Question[Any, Any], title: str, *, text: str = "", method: str = "GET"
) -> Route:
    """Make the route of a question that answers a page; its field ``page`` comes as three.

    By ``POST`` what is asked goes in a body: personal data stands in no address.
    """
    whole = asked_type(question)
    kept = {
        one.name: field(
            type=get_type_hints(whole)[one.name], default=one.default, metadata=dict(one.metadata)
        )
        for one in attrs.fields(whole)
        if one.name != "page"
    }
    optional: Any = str | None
    paging: dict[str, Any] = {
        "page_size": field(type=int, default=20, metadata=said("每页行数", example=20)),
        "cursor": field(type=optional, default=None, metadata=said("上一页答复中的next_cursor")),
        "order": field(type=str, default="", metadata=said("排序方式，空为常用排序")),
    }
    asked = make_class(f"{whole.__name__}Query", {**kept, **paging}, frozen=True, kw_only=True)

    def run(call: Call, about: Any) -> Reply:
        page = PageRequest(size=about.page_size, cursor=about.cursor, order=about.order)
        filters = {name: getattr(about, name) for name in kept}
        found = call.platform.commands.ask(question, whole(**filters, page=page), actor=call.who)
        return Reply(value=to_plain(found))

    return Route(
        method=method,
        path=path,
        name=question.name.replace(".", "_"),
        title=title,
        text=text,
        access=question.permission,
        asked=asked,
        answered=answer_type(question),
        run=run,
        orders=question.orders,
        refusals=(UnknownOrder,),
    )
