"""What things say in elements (要素), held against those that hold where they stand."""

from attrs import Factory, define

from supervision_core.identity.services.frame import Work
from supervision_core.kernel.errors import Violation
from supervision_core.kernel.registers import Entries, Extras, Register
from supervision_core.kernel.registers.elements import (
    NO_ELEMENTS,
    ElementContent,
    ElementSet,
    elements_for,
    together,
)


@define
class Elements:
    """The elements of some registers, by where things stand; read once a command."""

    work: Work
    registers: tuple[Register[ElementContent], ...]
    known: dict[tuple[str, str], ElementSet] = Factory(dict)

    def at(self, *, region: str, department: str) -> ElementSet:
        """Give the elements that hold there, none for what stands nowhere."""
        if not region:
            return NO_ELEMENTS
        if (place := (region, department)) not in self.known:
            stores = self.work[Entries]
            self.known[place] = together(
                elements_for(stores.of(one), region=region, department=department)
                for one in self.registers
            )
        return self.known[place]

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
