"""Categories of subjects, each with the form fields that its subjects fill in."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from enum import StrEnum
from typing import ClassVar

from attrs import define, frozen

from supervision_core.kernel.errors import Refused, Violation, refuse_if
from supervision_core.kernel.events import Aggregate

FieldValue = str | int | bool
"""What a form field holds; a day stands as ISO text."""


class FieldKind(StrEnum):
    """What a form field accepts."""

    TEXT = "text"
    INTEGER = "integer"
    DAY = "day"
    CHOICE = "choice"
    FLAG = "flag"


def _is_day(value: FieldValue) -> bool:
    try:
        return isinstance(value, str) and date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


@frozen(kw_only=True)
class FieldDefinition:
    """表单字段 (FieldDefinition): one field that the subjects of a category fill in.

    ``name`` is the stable key under which values are kept, ``title`` what people read. ``choices``
    are the accepted texts of a CHOICE. Source: proposal 6.4.2.2.1.3.5.
    """

    name: str
    title: str
    kind: FieldKind = FieldKind.TEXT
    required: bool = False
    choices: tuple[str, ...] = ()
    max_length: int = 200

    def accepts(self, value: FieldValue) -> bool:
        """Tell whether ``value`` may stand in this field."""
        fits: Mapping[FieldKind, Callable[[], bool]] = {
            FieldKind.TEXT: lambda: isinstance(value, str) and len(value) <= self.max_length,
            FieldKind.INTEGER: lambda: isinstance(value, int) and not isinstance(value, bool),
            FieldKind.DAY: lambda: _is_day(value),
            FieldKind.CHOICE: lambda: value in self.choices,
            FieldKind.FLAG: lambda: isinstance(value, bool),
        }
        return fits[self.kind]()


@define(eq=False)
class CategoryInvalid(Refused):
    """The category as described cannot be kept."""

    code: ClassVar[str] = "subjects.category_invalid"


@define(eq=False)
class CategoryMismatch(Refused):
    """The values do not fit the category's form."""

    code: ClassVar[str] = "subjects.category_mismatch"


@define(eq=False)
class CategoryInUse(Refused):
    """Subjects or categories below still belong to the category that is to go."""

    code: ClassVar[str] = "subjects.category_in_use"


@define(eq=False, kw_only=True)
class Category(Aggregate):
    """对象分类 (Category): a class of subjects with its own form fields; classes form a tree.

    ``region`` and ``department`` own it. Source: proposal 6.4.2.2.1.3.
    """

    _name: str
    _region: str
    _department: str = ""
    _parent: str | None = None
    _fields: tuple[FieldDefinition, ...] = ()
    _order: int = 0
    _deleted: bool = False

    @classmethod
    def create(  # noqa: PLR0913 -- one for each field of the form
        cls,
        *,
        id: str,
        name: str,
        region: str,
        department: str = "",
        parent: str | None = None,
        order: int = 0,
    ) -> "Category":
        """Make a new category without fields. Raises ``CategoryInvalid``."""
        category = cls(id=id, name="", region=region, department=department)
        category.describe(name=name, parent=parent, order=order)
        return category

    @property
    def name(self) -> str:
        """Its name."""
        return self._name

    @property
    def region(self) -> str:
        """The region whose category it is."""
        return self._region

    @property
    def departments(self) -> frozenset[str]:
        """The owning department, or nobody in particular."""
        return frozenset({self._department} - {""})

    @property
    def parent(self) -> str | None:
        """The category above it."""
        return self._parent

    @property
    def fields(self) -> tuple[FieldDefinition, ...]:
        """The form, in order."""
        return self._fields

    @property
    def order(self) -> int:
        """Its place among its siblings, small first."""
        return self._order

    @property
    def deleted(self) -> bool:
        """Tell whether it is no longer offered."""
        return self._deleted

    def describe(self, *, name: str, parent: str | None, order: int) -> None:
        """Rename it, or put it elsewhere. Raises ``CategoryInvalid``."""
        violations = [] if name.strip() else [Violation("subjects.category_without_name", "name")]
        if parent == self.id:
            violations.append(Violation("subjects.category_below_itself", "parent"))
        refuse_if(CategoryInvalid, violations)
        self._name, self._parent, self._order = name.strip(), parent, order

    def configure(self, fields: tuple[FieldDefinition, ...]) -> None:
        """Set the form; values already kept are checked when next written.

        Raises ``CategoryInvalid``.
        """
        refuse_if(CategoryInvalid, _form_violations(fields))
        self._fields = fields

    def delete(self, *, used_by: int) -> None:
        """Take it off the lists; ``used_by`` counts its subjects and categories below.

        Raises ``CategoryInUse``.
        """
        if used_by:
            raise CategoryInUse((Violation("subjects.category_in_use", data={"count": used_by}),))
        self._deleted = True

    def violations(self, values: Mapping[str, FieldValue]) -> tuple[Violation, ...]:
        """Give every reason why ``values`` do not fit the form."""
        return tuple(self._violations(values))

    def _violations(self, values: Mapping[str, FieldValue]) -> Iterator[Violation]:
        known = {field.name: field for field in self._fields}
        for name in sorted(values.keys() - known.keys()):
            yield Violation("subjects.field_unknown", name, {"field": name})
        for field in self._fields:
            if field.name not in values:
                if field.required:
                    yield Violation("subjects.field_missing", field.name, {"field": field.title})
            elif not field.accepts(values[field.name]):
                yield Violation(
                    "subjects.field_misfit",
                    field.name,
                    {"field": field.title, "kind": field.kind.value},
                )


def _form_violations(fields: tuple[FieldDefinition, ...]) -> Iterator[Violation]:
    seen: set[str] = set()
    for number, field in enumerate(fields):
        at = f"fields[{number}]"
        if not field.name.isidentifier():
            yield Violation("subjects.field_name_unfit", at, {"field": field.title})
        if not field.title.strip():
            yield Violation("subjects.field_without_title", at)
        if field.name in seen:
            yield Violation("subjects.field_twice", at, {"field": field.name})
        if (field.kind is FieldKind.CHOICE) != bool(field.choices):
            yield Violation("subjects.field_choices_unfit", at, {"field": field.title})
        seen.add(field.name)
