"""Who takes an officer's place: whoever is next by lot, so that nobody chooses."""

from collections.abc import Iterable, Iterator

from attrs import frozen

from supervision_core.draws.model.draw import Draw
from supervision_core.draws.model.ranking import OFFICER
from supervision_core.draws.model.staffing import certificate_bar
from supervision_core.kernel.canonical import sm3
from supervision_core.tasks.model.claim_draw import ClaimDraw
from supervision_core.tasks.model.visit import Visit


@frozen(kw_only=True)
class Lots:
    """By what the officers of a department are put in order for a subject, and who was listed.

    ``listed`` are those who were certified for it as its officers were drawn, and not recused.
    """

    seed: bytes
    subject: str
    listed: frozenset[str] = frozenset()

    @classmethod
    def of_draw(cls, draw: Draw, code: str, department: str) -> "Lots | None":
        """Give those of a task's draw, nothing where it drew nobody for that subject."""
        staffing = draw.staffing
        if draw.seed is None or staffing is None:
            return None
        visit = next((one for one in staffing.visits if one.subject == code), None)
        if visit is None:
            return None
        demands = [one for one in visit.demands if department in one.departments]
        recused = {one.officer for one in staffing.recusals if one.subject == code}
        listed = (
            one.id
            for one in staffing.inspectors
            if one.department == department
            and any(
                certificate_bar(one, each.matter, visit.region, staffing.day) is None
                for each in demands
            )
        )
        return cls(seed=draw.seed, subject=code, listed=frozenset(listed) - recused)

    @classmethod
    def of_claim(cls, draws: Iterable[ClaimDraw], subject: str) -> "Lots | None":
        """Give those of what a department drew when it claimed, nothing where it has not."""
        found = list(draws)
        if not found:
            return None
        listed = {one.id for each in found for one in each.candidates}
        recused = {one.officer for each in found for one in each.recusals if one.subject == subject}
        return cls(
            seed=bytes.fromhex(found[0].seed), subject=subject, listed=frozenset(listed - recused)
        )

    @classmethod
    def of_visit(cls, visit: Visit) -> "Lots":
        """Give those of a visit whose officers nobody drew: its id is the seed."""
        return cls(seed=sm3(visit.id.encode()), subject=visit.sheet.subject)

    def in_order(self, officers: Iterable[str]) -> Iterator[str]:
        """Give officers by SM3(seed 0x01 subject 0x1F officer), those who were listed first."""
        prefix = self.seed + OFFICER + self.subject.encode() + b"\x1f"
        ranked = {one: (one not in self.listed, sm3(prefix + one.encode())) for one in officers}
        yield from sorted(ranked, key=lambda one: (*ranked[one], one))
