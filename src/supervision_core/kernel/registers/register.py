"""A register: one value from which its use cases, questions, routes, pages and tables follow."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from enum import StrEnum
from typing import Any, Final, Generic

from attrs import evolve, field, frozen

from supervision_core.kernel.errors import Violation
from supervision_core.kernel.reading import Reading
from supervision_core.kernel.registers.derived import Derived
from supervision_core.kernel.registers.description import C, described, label_field
from supervision_core.kernel.registers.fields import (
    SELF,
    Field,
    FieldType,
    Search,
)
from supervision_core.kernel.registers.references import Ask

_MOST_SEARCHED: Final = 200
_ELSEWHERE: Final = frozenset(
    {
        FieldType.ROWS,
        FieldType.EXTRAS,
        FieldType.VALUE,
        FieldType.VALUES,
        FieldType.FILE,
    }
)
"""Types of fields that no entry has."""
"""Characters of a value by which a register is searched: so many are kept beside the entry."""
OWNER_REGION: Final = "region"
"""In a group of unique fields: the region that owns the entry, where no field has that name."""
SHARED: Final = "entry"
"""The kind of entries that are kept in the tables that registers share."""
OWNER_DEPARTMENT: Final = "department"
"""As ``OWNER_REGION``: the department that owns the entry."""


class RegisterVerb(StrEnum):
    """What can be done with the entries of a register."""

    ADD = "add"
    VIEW = "view"
    LIST = "list"
    CHANGE = "change"
    DELETE = "delete"
    DELETE_SEVERAL = "delete_several"
    SWITCH = "switch"
    SWITCH_SEVERAL = "switch_several"
    REUSE = "reuse"
    ORDER = "order"
    IMPORT = "import"
    EXPORT = "export"
    RELATE = "relate_several"


USUAL: Final = frozenset(RegisterVerb) - {RegisterVerb.REUSE}
"""Everything that can be done, but taking over what others have."""


Refuse = Callable[[Any, Any, Ask], Iterable[Violation]]
"""A register's own rules: what is against ``content`` becoming that of the entry ``before`` (the
content it has now, ``None`` for a new one), asking about other things by the port."""


def nothing_more(content: object, before: object, ask: Ask) -> Iterable[Violation]:
    """Find nothing against it."""
    del content, before, ask
    return ()


@frozen(kw_only=True)
class Register(Generic[C]):
    """登记册 (Register): a table that staff maintain, described once.

    ``name`` is context and English noun (``"subjects.category"``), ``plural`` the noun of its
    list; ``menu`` the group of the menu under which it stands; ``keepers`` the codes of the shipped
    roles that maintain it, where no administrators' duty does. ``unique`` names groups of fields
    that no two living entries share together; ``OWNER_REGION`` and ``OWNER_DEPARTMENT`` in one
    are the owning region and department. One owner has at most ``most`` entries in use.
    ``keeps_used`` refuses to delete what something refers to; else that goes on naming it.
    One ``apart`` has tables of its own, as everything has that holds personal data. Entries
    ``within`` another register are parts of one of its entries, which they name, and belong to whom
    that belongs.
    ``derived`` columns are read off an entry. ``related`` names the field to which several entries
    get links at once, ``side`` the link whose targets stand beside the list as a tree's nodes do.
    ``gathered`` names the register whose entries stand there because they name these.
    """

    content: type[C]
    name: str
    plural: str
    title: str
    menu: str
    keepers: tuple[str, ...] = ()
    read: Reading = Reading.EVERYONE
    unique: tuple[tuple[str, ...], ...] = ()
    verbs: frozenset[RegisterVerb] = USUAL
    keeps_used: bool = False
    apart: bool = False
    within: "Register[Any] | None" = None
    derived: tuple[Derived, ...] = ()
    related: str = ""
    side: str = ""
    gathered: str = ""
    refuse: Refuse = field(default=nothing_more, eq=False, repr=False)
    most: int | None = None
    fields: tuple[Field, ...] = field(init=False, eq=False, repr=False)

    @fields.default
    def _fields(self) -> tuple[Field, ...]:
        return tuple(
            evolve(one, to=self.name) if one.to == SELF else one for one in described(self.content)
        )

    @property
    def context(self) -> str:
        """The context that it belongs to."""
        return self.name.partition(".")[0]

    @property
    def noun(self) -> str:
        """The English noun of an entry."""
        return self.name.partition(".")[2]

    @property
    def kind(self) -> str:
        """What an entry is called in the log and in refusals."""
        return self.noun if self.apart else SHARED

    @property
    def by_name(self) -> Mapping[str, Field]:
        """The fields by their names, the derived ones among them."""
        return {one.name: one for one in (*self.fields, *self._derived)}

    @property
    def _derived(self) -> tuple[Field, ...]:
        return tuple(one.field for one in self.derived)

    @property
    def parent(self) -> Field | None:
        """The field that names the entry above, of a tree."""
        return next((one for one in self.fields if one.parent), None)

    @property
    def branch(self) -> Field | None:
        """The field by which its list stands beside a tree, or beside what it is sorted under."""
        return self.by_name[self.side] if self.side else self.parent

    @property
    def whole(self) -> Field | None:
        """The field that names the entry of which an entry is a part."""
        if self.within is None:
            return None
        return next(one for one in self.fields if one.to == self.within.name)

    @property
    def personal(self) -> frozenset[str]:
        """The names of the fields that are sealed where they are stored."""
        return frozenset(one.name for one in self.fields if one.mask is not None)

    @property
    def attached(self) -> tuple[Field, ...]:
        """The fields that hold files."""
        return tuple(one for one in self.fields if one.type is FieldType.FILES)

    @property
    def label(self) -> Field:
        """The field by which an entry is called."""
        return label_field(self.fields)

    @property
    def groups(self) -> tuple[tuple[str, ...], ...]:
        """All groups of fields whose values no two living entries share."""
        return (*((one.name,) for one in self.fields if one.unique), *self.unique)

    @property
    def searched(self) -> tuple[Field, ...]:
        """The fields by which its list can be searched."""
        searched = (*self.fields, *self._derived)
        return tuple(one for one in searched if one.search is not Search.NONE)

    @property
    def columns(self) -> tuple[Field, ...]:
        """The fields that its list shows, at most eight."""
        return tuple(one for one in (*self.fields, *self._derived) if one.listed)[:8]

    def parent_of(self, content: C) -> str:
        """Give the id of the entry above, empty at the top and outside of trees."""
        return "" if self.parent is None else str(getattr(content, self.parent.name))

    def references(self, content: C) -> Iterable[tuple[Field, tuple[str, ...]]]:
        """Give every field that refers to other things, with what it refers to."""
        for one in self.fields:
            if one.to is not None:
                value = getattr(content, one.name)
                yield one, value if isinstance(value, tuple) else tuple(filter(None, [value]))


def register(  # noqa: PLR0913 - one argument for each thing that a register may say of itself
    content: type[C],
    name: str,
    *,
    plural: str,
    title: str,
    menu: str,
    keepers: Iterable[str] = (),
    read: Reading = Reading.EVERYONE,
    unique: Sequence[tuple[str, ...]] = (),
    verbs: Iterable[RegisterVerb] = USUAL,
    keeps_used: bool = False,
    apart: bool = False,
    within: Register[Any] | None = None,
    derived: Sequence[Derived] = (),
    related: str = "",
    side: str = "",
    gathered: str = "",
    refuse: Refuse = nothing_more,
    most: int | None = None,
) -> Register[C]:
    """Describe a register. Raises ``TypeError`` for a description that means nothing."""
    without = set() if related else {RegisterVerb.RELATE}
    made = Register(
        content=content, name=name, plural=plural, title=title, menu=menu,
        keepers=tuple(keepers), read=read,
        unique=tuple(unique), verbs=frozenset(verbs) - without, derived=tuple(derived),
        related=related, side=side, gathered=gathered, keeps_used=keeps_used, apart=apart,
        within=within, refuse=refuse, most=most,
    )  # fmt: skip
    faults = list(_faults(made))
    if faults:
        raise TypeError(f"{content.__module__}.{content.__qualname__}: {'; '.join(faults)}")
    return made


def _faults(made: Register[Any]) -> Iterable[str]:
    names = set(made.by_name)
    if not made.context or not made.noun:
        yield "name is context.noun"
    if made.noun == made.plural:
        yield f"one entry and the list are both called {made.plural}: call them by another noun"
    if sum(one.parent for one in made.fields) > 1:
        yield "two parents"
    if not any(one.type is FieldType.TEXT and one.required for one in made.fields):
        yield "no required text to call an entry by"
    yield from _faults_of_groups(made, names)
    for one in made.fields:
        if one.type in _ELSEWHERE:
            yield f"{one.name} is of type {one.type.value}, which no entry has"
        if one.search is not Search.NONE and (one.max_length or 0) > _MOST_SEARCHED:
            yield f"{one.name} is too long to be searched by"
        if one.unique and one.many:
            yield f"{one.name} has several values and cannot be unique"
    yield from _misplaced(made)


def _misplaced(made: Register[Any]) -> Iterable[str]:
    if made.personal and not made.apart:
        yield "personal fields need tables of their own"
    if made.within is not None and [one.to for one in made.fields].count(made.within.name) != 1:
        yield f"one field names an entry of {made.within.name}"
    if made.read is Reading.PARTY:
        yield "entries concern no party"


def _faults_of_groups(made: Register[Any], names: set[str]) -> Iterable[str]:
    if twice := {one.field.name for one in made.derived} & {one.name for one in made.fields}:
        yield f"derived columns are fields too: {sorted(twice)}"
    for name in filter(None, (made.related, made.side)):
        if name not in names or made.by_name[name].to is None:
            yield f"{name} is no link"
    for group in made.unique:
        if unknown := set(group) - names - {OWNER_REGION, OWNER_DEPARTMENT}:
            yield f"unique names no field: {sorted(unknown)}"
