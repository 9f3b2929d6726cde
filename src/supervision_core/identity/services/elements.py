"""What things say in elements (要素), held against those that hold where they stand."""

from attrs import Factory, define

from supervision_core.identity.services.frame import Work
from supervision_core.kernel.errors import Violation
from supervision_core.kernel.registers import Entries, Extras, Register
from supervision_core.kernel.registers.elements import (
    NO_ELEMENTS,
    ElementContent,
    ElementSet,
    RegionElements,
    elements_in,
    together,
)


@define
class Elements:
    """The elements of some registers, by where things stand; read once a region."""

    work: Work
    registers: tuple[Register[ElementContent], ...]
    known: dict[str, tuple[RegionElements, ...]] = Factory(dict)

    def at(self, *, region: str, department: str) -> ElementSet:
        """Give the elements that hold there, none for what stands nowhere."""
        if not region:
            return NO_ELEMENTS
        if region not in self.known:
            stores = self.work[Entries]
            self.known[region] = tuple(
                elements_in(stores.of(one), region) for one in self.registers
            )
        return together(one.of(department) for one in self.known[region])

    def held(
        self, said: Extras, before: Extras, *, region: str, department: str
    ) -> tuple[Extras, tuple[Violation, ...]]:
        """Give what is kept of ``said``, and everything against it.

        What it does not say stays as ``before``.
        """
        found = self.at(region=region, department=department)
        values = said.over(before).values
        taken = found.taken(values)
        kept = before if taken.values == before.values else taken
        return kept, tuple(found.violations(values, before.values))
