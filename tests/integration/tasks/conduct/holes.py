"""The findings, each put back by itself: what the walk must find again.

Each takes away what closes one of them in one of its variants, and leaves all the rest.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from typing import Any, Final

from attrs import evolve
from tests.integration.identity.attack.holes import changed, together

from adapters.memory.plan_questions import MemoryCheckCounts
from supervision_core.content.services import open_draws
from supervision_core.draws import services as draws
from supervision_core.draws.model.draw import Draw
from supervision_core.draws.model.in_turn import assign_in_turn
from supervision_core.draws.model.pool import Pool
from supervision_core.draws.model.rule import Quota
from supervision_core.draws.model.sources import Outsider, OutsiderKind
from supervision_core.draws.ports import Draws
from supervision_core.draws.services import freezing
from supervision_core.grading import services as grading
from supervision_core.identity.services import Work
from supervision_core.identity.services.keeping import find
from supervision_core.kernel.canonical import sm3
from supervision_core.kernel.errors import refuse_if
from supervision_core.subjects.model.registration_change import (
    RegistrationChange,
    RegistrationChangeRefused,
)
from supervision_core.subjects.services import registration
from supervision_core.tasks.model.grounds import Grounds
from supervision_core.tasks.model.pooling import UNGRADED
from supervision_core.tasks.model.publication import Publication
from supervision_core.tasks.model.sheet import TaskSheet
from supervision_core.tasks.model.task import Task
from supervision_core.tasks.model.visit import Visit
from supervision_core.tasks.ports import Publications
from supervision_core.tasks.services import (
    approving,
    drawing,
    pool_listing,
    pooling,
    publications,
    staffing,
    tasks,
    visits,
)

from . import machine, world

Hole = Callable[[], AbstractContextManager[object]]


def _instead(place: Any, name: str, value: Any) -> AbstractContextManager[object]:
    return changed(place, name, lambda _: value)


@contextmanager
def _allowed(role: str, permission: str) -> Iterator[None]:
    """Let a role hold a permission as well."""

    def known() -> None:
        world.actor_of.cache_clear()
        machine.verbs_of.cache_clear()

    def made(held: Any) -> Any:
        return lambda: {**held(), role: held()[role] | {permission}}

    with changed(world, "permissions", made):
        known()
        try:
            yield
        finally:
            known()
    known()


# Finding 1: anybody's draw


def draw_sent() -> AbstractContextManager[object]:
    """1: a client says on which draw its task rests, and that is loaded and saved unseen."""

    def of(known: Any) -> Any:
        def made(said: Any, **more: Any) -> Any:
            sheet = known(said, **more)
            return sheet if sheet.draw else evolve(sheet, draw=said.description)

        return made

    def any_draw(unit: Any, task: Any) -> Any:
        return find(unit, Draws, task.sheet.draw) if task.sheet.draw else None

    return together(
        changed(TaskSheet, "of", of),
        _instead(tasks, "draw_of", any_draw),
        _instead(staffing, "draw_in_reach", lambda work, id_: work[Draws].get(id_)),
    )


def draw_of_others() -> AbstractContextManager[object]:
    """1: whoever knows its id does with a draw what its lead does."""

    def anybodys(work: Any, draw_id: str, *, lead_only: bool = True) -> Any:
        del lead_only
        return work[Draws].get(draw_id)

    return _instead(draws, "draw_in_reach", anybodys)


# Finding 2: the pool is composed


def ungraded_left_out() -> AbstractContextManager[object]:
    """2: who is not graded by then drops out."""

    def made(known: Any) -> Any:
        def gathered(work: Any, task: Any, asked: Any) -> Any:
            found = known(work, task, asked)
            left = ((code, at) for code, at in found.pool.pairs() if at != UNGRADED)
            return evolve(found, pool=Pool.of(left))

        return gathered

    return changed(pooling, "gathered", made)


def graded_afterwards() -> AbstractContextManager[object]:
    """2: gradings are written for any day that is over."""
    return _instead(grading, "_standing_violations", lambda *_: iter(()))


def departures_untold() -> AbstractContextManager[object]:
    """2: who left a pool since the last draw, or came in, is not counted."""
    return _instead(pool_listing, "compared", lambda *_: iter(()))


# Finding 3: the seed is ground


def lead_alone() -> AbstractContextManager[object]:
    """3: the contributors are the lead alone."""

    def made(known: Any) -> Any:
        def new_draw(work: Any, *, lead: str, contributors: Any, **more: Any) -> Any:
            del contributors
            return known(work, lead=lead, contributors=(lead,), **more)

        return new_draw

    def of_lead(_work: Any, _region: str, lead: str, _contributors: Any) -> Outsider:
        return Outsider(kind=OutsiderKind.DEPARTMENT, contributor=lead)

    return together(changed(drawing, "new_draw", made), _instead(freezing, "outsider_for", of_lead))


def drawn_until_it_fits() -> AbstractContextManager[object]:
    """3: a draw that was cleared is drawn again by another seed."""
    return _instead(freezing, "carried_by", lambda *_: None)


# Finding 4: drafts shield


def drafts_shield() -> AbstractContextManager[object]:
    """4: visits of a draft leave firms out of a draw, and use up their caps."""
    return _instead(MemoryCheckCounts, "_sent", lambda _self, _task: True)


# Finding 5: splitting


def rounded_up() -> AbstractContextManager[object]:
    """5: of each stratum the count is rounded up, and at least one."""
    return changed(Quota, "drawn_by", lambda _: lambda self, _seed, _stratum, size: self.of(size))


# Finding 6: drawn is not visited


def anybody_visited() -> AbstractContextManager[object]:
    """6: visits are opened of any subject, and go out."""
    return together(
        _instead(Grounds, "violations", lambda *_, **__: iter(())),
        _outcome(lambda outcome: evolve(outcome, ungrounded=0)),
    )


def drawn_unvisited() -> AbstractContextManager[object]:
    """6: of those drawn some have no visit as their task goes out."""
    return _outcome(lambda outcome: evolve(outcome, unvisited=()))


def visits_of_cleared_draws() -> AbstractContextManager[object]:
    """6: a draw is cleared, and what was opened of it goes out."""
    return _outcome(lambda outcome: evolve(outcome, ungrounded=0))


def _outcome(made: Callable[[Any], Any]) -> AbstractContextManager[object]:
    return changed(
        Task, "_outcome_violations", lambda known: lambda self, one: known(self, made(one))
    )


def changed_after_dispatch() -> AbstractContextManager[object]:
    """6: a draw is cleared, or adjusted, after its task went out."""
    return _instead(draws, "against_changing", lambda *_: iter(()))


def officers_drawn_again() -> AbstractContextManager[object]:
    """6: inspectors are drawn again after they were drawn, by another lot each time."""

    def made(known: Any) -> Any:
        def assign_inspectors(self: Any, staffing: Any, **more: Any) -> None:
            def by(seed: bytes, *of: Any) -> Any:
                return assign_in_turn(sm3(seed + bytes([self.version % 256])), *of)

            self._assignment = self._settled = None
            known(self, staffing, **more | {"by": by})

        return assign_inspectors

    return changed(Draw, "assign_inspectors", made)


def officers_chosen() -> AbstractContextManager[object]:
    """6: whoever opens a visit by hand sends other officers than those who were drawn."""
    return together(
        _instead(visits._DrawnOfficers, "going", lambda _, order: order),
        _instead(visits._DrawnOfficers, "violations", lambda *_: iter(())),
    )


def departures_hidden() -> AbstractContextManager[object]:
    """6: the head's list does not say which visits nobody drew."""

    def made(known: Any) -> Any:
        return lambda *given: evolve(known(*given), undrawn=0, added=0, unvisited=())

    return changed(approving, "outcome_of", made)


def extended_for_ever() -> AbstractContextManager[object]:
    """6: a visit is put off as often, and by as many days, as somebody likes."""

    def asked(known: Any) -> Any:
        def violations(self: Any, by: str, reason: str, days: int) -> Any:
            bounds = {"tasks.extensions_used", "tasks.extension_too_long"}
            return (one for one in known(self, by, reason, days) if one.code not in bounds)

        return violations

    return changed(Visit, "_ask_violations", asked)


def proof_withheld() -> AbstractContextManager[object]:
    """6: a proof is withheld as long as a visit is open."""
    return _instead(open_draws, "is_told", lambda *_, made, completed, **__: made <= completed)


# Finding 7: one officer at a desk


def formed_by_one() -> AbstractContextManager[object]:
    """7: a result is formed before a second officer confirms it."""

    def made(known: Any) -> Any:
        def complete(self: Any, *, by: str, at: Any) -> None:
            known(self, by=by, at=at)
            if not self.formed:
                self._form(at)

        return complete

    return changed(Visit, "complete", made)


def result_replaced() -> AbstractContextManager[object]:
    """7: what is recorded again takes the place of what was, photo and all."""

    def made(known: Any) -> Any:
        def record(self: Any, results: Any) -> None:
            known(self, results)
            self._superseded = ()

        return record

    return changed(Visit, "record", made)


# Finding 8: what is shown goes


def _withdrawn(work: Work, cmd: publications.WithdrawResult) -> None:
    found = publications._publication(work, cmd.visit_id)
    found.withdraw(ground=cmd.ground, reason=cmd.reason, by=work.actor.user, at=work.now)
    work.save(Publications, found)


def withdrawn_by_joining() -> AbstractContextManager[object]:
    """8: the task administrator of a department that joins takes the lead's result back."""
    return together(
        _allowed("task_administrator", publications.withdraw_result.permission),
        changed(publications.withdraw_result, "body", lambda _: _withdrawn),
    )


def page_gone() -> AbstractContextManager[object]:
    """8: of a result that was taken back there is no page any more."""
    return _instead(Publication, "open", Publication.visible)


def withheld_by_joining() -> AbstractContextManager[object]:
    """8: the task administrator of any department keeps a result back."""
    return together(
        _allowed("task_administrator", publications.withhold_result.permission),
        changed(publications.withhold_result, "body", lambda _: _withheld),
    )


def _withheld(work: Work, cmd: publications.WithholdResult) -> None:
    found = publications._publication(work, cmd.visit_id)
    found.withhold(ground=cmd.ground, reason=cmd.reason, by=work.actor.user, at=work.now)
    work.save(Publications, found)


# Finding 9: a firm is hidden


def struck_off_alone() -> AbstractContextManager[object]:
    """9: who proposes that a firm is struck off confirms it."""

    def decidable(self: Any, verb: str, by: str) -> None:
        del by
        refuse_if(RegistrationChangeRefused, self.forbids(verb))

    return _instead(RegistrationChange, "_require_decidable", decidable)


def struck_off_by_others() -> AbstractContextManager[object]:
    """9: any department strikes any firm off."""
    return _instead(registration, "require_registrar", lambda *_: None)


# Finding 10: a case is dropped


def dropped_by_clerk() -> AbstractContextManager[object]:
    """10: a clerk drops a case that was marked for a penalty."""
    return _allowed("clerk", "tasks.drop_transfer")


def ordered_by_anybody() -> AbstractContextManager[object]:
    """10: an order is whatever somebody calls so, of any department."""
    return _instead(Grounds, "_against_order", lambda *_: iter(()))


def clue_of_anybody() -> AbstractContextManager[object]:
    """10: a clue is whatever somebody calls so: young, of another firm, judged by who inspects."""

    def made(known: Any) -> Any:
        def against(self: Any, clue: Any, *more: Any) -> Any:
            return known(self, clue, *more) if clue is None else iter(())

        return against

    return changed(Grounds, "_against_clue", made)


def caps_evaded() -> AbstractContextManager[object]:
    """10: a firm is visited as often as somebody likes."""
    return together(
        _instead(tasks, "caps_at_dispatch", lambda *_: iter(())),
        _instead(visits, "cap_violations", lambda *_: iter(())),
    )


def approved_by_proposer() -> AbstractContextManager[object]:
    """10: who has both roles approves what he proposed."""

    def made(known: Any) -> Any:
        def approve(self: Any, count: int, by: str) -> Any:
            found = known(self, count, by)
            return (one for one in found if one.code != "tasks.approver_proposed")

        return approve

    return together(
        _allowed("task_administrator", "tasks.approve"),
        changed(Task, "_approve_violations", made),
    )


HOLES: Final[Mapping[str, Hole]] = {
    "1-draw-sent": draw_sent,
    "1-draw-of-others": draw_of_others,
    "2-ungraded-left-out": ungraded_left_out,
    "2-graded-afterwards": graded_afterwards,
    "2-departures-untold": departures_untold,
    "3-lead-alone": lead_alone,
    "3-drawn-until-it-fits": drawn_until_it_fits,
    "4-drafts-shield": drafts_shield,
    "5-rounded-up": rounded_up,
    "6-anybody-visited": anybody_visited,
    "6-drawn-unvisited": drawn_unvisited,
    "6-visits-of-cleared-draws": visits_of_cleared_draws,
    "6-changed-after-dispatch": changed_after_dispatch,
    "6-officers-drawn-again": officers_drawn_again,
    "6-officers-chosen": officers_chosen,
    "6-departures-hidden": departures_hidden,
    "6-extended-for-ever": extended_for_ever,
    "6-proof-withheld": proof_withheld,
    "7-formed-by-one": formed_by_one,
    "7-result-replaced": result_replaced,
    "8-withdrawn-by-joining": withdrawn_by_joining,
    "8-page-gone": page_gone,
    "8-withheld-by-joining": withheld_by_joining,
    "9-struck-off-alone": struck_off_alone,
    "9-struck-off-by-others": struck_off_by_others,
    "10-dropped-by-clerk": dropped_by_clerk,
    "10-ordered-by-anybody": ordered_by_anybody,
    "10-clue-of-anybody": clue_of_anybody,
    "10-caps-evaded": caps_evaded,
    "10-approved-by-proposer": approved_by_proposer,
}
"""Each finding by its number, and its variant."""
