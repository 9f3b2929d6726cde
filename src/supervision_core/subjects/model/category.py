"""What a subject says in the form of its category, and how it is found by that."""

from collections.abc import Mapping
from typing import ClassVar

from attrs import define

from supervision_core.kernel.errors import Refused, Scalar

FieldValue = str | int | bool
"""What a form field holds; a day stands as ISO text."""


@define(eq=False)
class CategoryMismatch(Refused):
    """The values do not fit the category's form."""

    code: ClassVar[str] = "subjects.category_mismatch"


def told_value(value: Scalar) -> str:
    """Give what is said in a field of a form as people read it."""
    if isinstance(value, bool):
        return "是" if value else "否"
    return "" if value is None else str(value)


def told_values(values: Mapping[str, Scalar]) -> tuple[str, ...]:
    """Give what is said in the fields of a form as ``KEY=VALUE``, by which subjects are found."""
    return tuple(f"{key}={told_value(value)}" for key, value in sorted(values.items()))
