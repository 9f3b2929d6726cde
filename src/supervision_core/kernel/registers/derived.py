"""What registers show of their entries beside their content, and search them by."""

from collections.abc import Callable
from typing import Any, Final

import attrs
from attrs import frozen

from supervision_core.kernel.registers.fields import (
    DEPARTMENT,
    REGION,
    Field,
    FieldType,
    Search,
)

ORIGINS: Final = {"synchronised": "上级同步", "own": "本级新增"}


@frozen(kw_only=True)
class Derived:
    """A column that is read off an entry and entered nowhere.

    One that is searched by is an attribute of every entry, and has a column in its table. ``code``
    names the link of whose target it is the code.
    """

    field: Field
    of: Callable[[Any], Any] = attrs.field(eq=False, repr=False)
    code: str = ""


def _own(name: str, title: str, type: FieldType, **more: Any) -> Derived:
    made = Field(name=name, title=title, type=type, **more)
    return Derived(field=made, of=lambda entry: getattr(entry, name))


ORIGIN: Final = _own("origin", "来源", FieldType.CHOICE, codes=ORIGINS, search=Search.EXACT)
"""Whether the platform above told it."""
OWNING_REGION: Final = _own("region", "所属区划", FieldType.LINK, to=REGION, search=Search.EXACT)
"""The region that it belongs to; searched by, also what lies in it."""
OWNING_DEPARTMENT: Final = _own(
    "department", "所属部门", FieldType.LINK, to=DEPARTMENT, search=Search.EXACT
)
"""The department that it belongs to."""
ADDED_AT: Final = _own("added_at", "创建时间", FieldType.MOMENT, search=Search.RANGE)
"""When it was added."""
ADDED_BY: Final = _own("added_by", "创建人", FieldType.LINK, to="user")
"""Who added it."""


def count_of(name: str, title: str) -> Derived:
    """Give the column of how many things the field ``name`` of an entry refers to."""
    made = Field(name=f"{name}_count", title=title, type=FieldType.INTEGER)
    return Derived(field=made, of=lambda entry: len(getattr(entry.content, name)))


def linked_code(name: str, title: str) -> Derived:
    """Give the column of the code of what the link ``name`` of an entry refers to."""
    made = Field(name=f"{name}_code", title=title, type=FieldType.TEXT, listed=False)
    return Derived(field=made, of=lambda entry: getattr(entry.content, name), code=name)
