"""Which elements hold where somebody works: for the forms, lists and tables of surfaces."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from supervision_core.identity.model import Actor
from supervision_core.identity.ports import Departments
from supervision_core.kernel.errors import NotFound
from supervision_core.kernel.listing import ListQuery
from supervision_core.kernel.paging import every_page
from supervision_core.kernel.registers import Entries, EntryFilter, Register
from supervision_core.kernel.registers.elements import (
    NO_ELEMENTS,
    ElementContent,
    ElementSet,
    elements_for,
    elements_named,
    together,
)

if TYPE_CHECKING:
    from entrypoints.container import Platform


def elements_at(
    platform: "Platform",
    registers: Iterable[Register[ElementContent]],
    *,
    region: str,
    department: str,
) -> ElementSet:
    """Give the elements of these registers that hold there."""
    kept = tuple(registers)
    if not kept:
        return NO_ELEMENTS
    with platform.transactions.begin_looking() as unit:
        return together(
            elements_for(unit[Entries].of(one), region=region, department=department)
            for one in kept
        )


def elements_of_department(
    platform: "Platform", registers: Iterable[Register[ElementContent]], department: str
) -> ElementSet:
    """Give the elements of these registers that hold in a department, none where it is unknown."""
    try:
        with platform.transactions.begin_looking() as unit:
            region = unit[Departments].get(department).data.region
    except NotFound:
        return NO_ELEMENTS
    return elements_at(platform, registers, region=region, department=department)


def elements_of_forms(
    platform: "Platform", query: ListQuery[Any], chosen: Iterable[str]
) -> ElementSet:
    """Give the elements that the forms of some entries ask, each once; none of a deleted one."""
    forms = query.forms
    if forms is None:
        return NO_ELEMENTS
    with platform.transactions.begin_looking() as unit:
        wanted = EntryFilter(ids=frozenset(chosen))
        store = unit[Entries].of(forms)
        entries = [
            one
            for page in (every_page(lambda page: store.page(wanted, page)) if wanted.ids else ())
            for one in page.items
        ]
        named = dict.fromkeys(one for entry in entries for one in entry.content.form)
        return together(elements_named(unit[Entries].of(one), named) for one in query.elements)


def elements_asked(
    platform: "Platform", query: ListQuery[Any], asked: Any, actor: Actor
) -> ElementSet:
    """Give the elements that hold for the rows of a list that ``asked`` finds."""
    noun = "" if query.forms is None else query.forms.noun
    chosen = getattr(asked, noun, None) if noun else None
    if chosen:
        return elements_of_forms(platform, query, chosen)
    return own_elements(platform, query.elements, actor)


def own_elements(
    platform: "Platform", registers: Iterable[Register[ElementContent]], actor: Actor
) -> ElementSet:
    """Give the elements that hold where ``actor`` works."""
    return elements_at(platform, registers, region=actor.scope.region, department=actor.department)
