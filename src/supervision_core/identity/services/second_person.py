"""Asking for a second person, and being one: what one administrator alone may not do."""

from collections.abc import Iterator
from typing import Any, Final, get_type_hints

from attrs import field, frozen

from supervision_core.identity.model import (
    NOWHERE,
    Actor,
    DataScope,
    GivenConsent,
    NeededConsent,
    PermissionDenied,
    SecondPersonInvalid,
    SecondPersonRequest,
    SecondPersonRequired,
    SecondPersonUnfit,
    duties_in,
)
from supervision_core.identity.ports import SecondPersonRequests
from supervision_core.identity.services.actors import actor_now
from supervision_core.identity.services.authority import (
    against_second,
    given_consents,
    is_operator,
    missing_consents,
    stands_above,
)
from supervision_core.identity.services.dead_letters import resend_dead_letter
from supervision_core.identity.services.duty_holders import duty_holders
from supervision_core.identity.services.frame import Expected, UseCase, Work, use_case
from supervision_core.identity.services.granting import assign_roles, change_grants, grant, revoke
from supervision_core.identity.services.keeping import is_super
from supervision_core.identity.services.login.binding import bind_certificate, unbind_certificate
from supervision_core.identity.services.users import (
    change_contact,
    change_user,
    delete_user,
    switch_user,
)
from supervision_core.kernel.canonical import Json
from supervision_core.kernel.days import local_day
from supervision_core.kernel.errors import DomainError, NotFound, Violation, refuse_if
from supervision_core.kernel.fields import said
from supervision_core.kernel.plain import from_plain, to_plain

ASKABLE: Final[tuple[UseCase[Any, Any], ...]] = (
    bind_certificate,
    unbind_certificate,
    assign_roles,
    grant,
    revoke,
    change_grants,
    change_user,
    change_contact,
    switch_user,
    delete_user,
    resend_dead_letter,
)
"""The use cases for which a second person can be asked."""


def case_of(action: str) -> UseCase[Any, Any]:
    """Give the use case of that name. Raises ``SecondPersonInvalid``."""
    found = next((one for one in ASKABLE if one.name == action), None)
    if found is None:
        data = {"action": action}
        raise SecondPersonInvalid((Violation("identity.second_person_action", "action", data),))
    return found


def command_type(case: UseCase[Any, Any]) -> Any:
    """Give what a use case is asked for."""
    return get_type_hints(case.body)["cmd"]


def command_of(case: UseCase[Any, Any], plain: Json) -> Any:
    """Make a use case's command of plain JSON. Raises ``SecondPersonInvalid``."""
    try:
        return from_plain(command_type(case), plain)
    except DomainError:
        raise
    except Exception:  # noqa: BLE001 - whatever does not fit, is no such command
        faults = (Violation("identity.second_person_command", "command"),)
        raise SecondPersonInvalid(faults) from None


@frozen(kw_only=True)
class RequestSecondPerson:
    """What shall be done: a use case and its command, on the version seen, and why."""

    action: str = field(metadata=said("申请的操作，即权限名", example="identity.bind_certificate"))
    command: Json = field(
        metadata=said(
            "该操作的全部字段，含路径中的",
            example={
                "user_id": "admin.audit",
                "thumbprint": "00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff",
            },
        )
    )
    reason: str = field(metadata=said("申请理由", example="证书遗失，补办"))
    seen: Expected | None = field(
        default=None, metadata=said("申请人所见的版本，同意时已变更的不办理")
    )


@frozen(kw_only=True)
class SecondPersonAsked:
    """The request that waits; or, without one, what the use case answered: it needed none."""

    request_id: str = field(
        default="", metadata=said("等待同意的申请编号；已当即办理的为空", example="0123abcd")
    )
    answer: Json = field(default=None, metadata=said("不需要第二人、已当即办理的，该操作的答复"))


@use_case("identity.request_second_person", "申请双人复核")
def request_second_person(work: Work, cmd: RequestSecondPerson) -> SecondPersonAsked:
    """Ask for a second person for what the asker may do, but not alone.

    What any other rule refuses is refused at once, with every reason. Where no second person is
    needed after all, it is done. What is asked again while it waits is the same request.
    """
    case = case_of(cmd.action)
    if not work.actor.may(case.permission):
        raise PermissionDenied(case.permission)
    command = command_of(case, cmd.command)
    work.expected = cmd.seen
    try:
        answer = case.body(work, command)
    except SecondPersonRequired as required:
        if work.targets:  # it has written already, and nothing of that may stay
            raise
        return _asked(work, cmd, to_plain(command), required)
    work.note(asked=case.name)
    return SecondPersonAsked(answer=to_plain(answer))


def _asked(
    work: Work, cmd: RequestSecondPerson, command: Json, required: SecondPersonRequired
) -> SecondPersonAsked:
    work.expected = None
    made = SecondPersonRequest.ask(
        id=work.ids.next_id(),
        action=cmd.action,
        command=command,
        seen=to_plain(cmd.seen),
        need=required.need,
        reason=cmd.reason,
        by=work.actor.user,
        working_for=work.actor.department,
        at=work.now,
    )
    for one in work[SecondPersonRequests].waiting_of(made.asked_by, at=work.now):
        if (one.action, one.command, one.seen) == (made.action, made.command, made.seen):
            return SecondPersonAsked(request_id=one.id)
    work.save(SecondPersonRequests, made)
    work.note(asked=made.action, user=made.need.user)
    return SecondPersonAsked(request_id=made.id)


@frozen(kw_only=True)
class DecideSecondPerson:
    """A request, whether the second person consents, and why; a refusal says why."""

    request_id: str = field(
        metadata=said("申请编号", example="0199c0de-0000-7000-8000-000000000001")
    )
    consented: bool = field(metadata=said("是否同意；所需的同意都有了，就立即办理", example=True))
    reason: str = field(default="", metadata=said("意见；拒绝的须写明理由", example="已电话核实"))


@use_case("identity.decide_second_person", "同意或拒绝双人复核申请")
def decide_second_person(work: Work, cmd: DecideSecondPerson) -> str:
    """Consent to another's request, or refuse it; the last consent has it done in his name at once.

    All rules are looked at again, with what the asker and all who consented may do now. Raises
    ``SecondPersonInvalid``, ``SecondPersonUnfit``, and what the use case refuses.
    """
    request = seen_request(work, cmd.request_id)
    case, asker = case_of(request.action), asker_of(work, request)
    expected = from_plain(Expected, request.seen) if request.seen else None
    seconds = (*consenting(work, request), work.actor)
    behalf = work.on_behalf(asker, expected=expected, seconds=seconds)
    command, faults = request.command, [*against_decider(behalf, work.actor, request)]
    if cmd.consented and is_operator(work.actor) and _others(behalf, request):
        faults.append(Violation("identity.second_person_available", "request_id"))
    complete = cmd.consented and not missing_consents(behalf, request.need, seconds)
    if cmd.consented:
        request.consent(_given(behalf, request, cmd.reason), complete=complete)
    else:
        request.refuse(reason=cmd.reason, by=work.actor.user, at=work.now)
    refuse_if(SecondPersonUnfit, faults)
    work.save(SecondPersonRequests, request)
    if complete:
        _carry_out(behalf, case, command)
    work.note(
        asked=request.action,
        asker=request.asked_by,
        consented="yes" if complete else "part" if cmd.consented else "no",
        user=request.need.user,
    )
    return request.id


def _given(behalf: Work, request: SecondPersonRequest, reason: str) -> GivenConsent:
    """Give the consent of who acts now, the last of the seconds."""
    second = behalf.seconds[-1]
    return GivenConsent(
        by=second.user,
        working_for=second.department,
        given=given_consents(behalf, second, request.need),
        at=behalf.now,
        reason=reason,
    )


def consenting(work: Work, request: SecondPersonRequest) -> tuple[Actor, ...]:
    """Give who has consented so far, as they are now; without those who may not work any more."""
    day = local_day(work.now)
    found = (actor_now(work.unit, one.by, one.working_for, day) for one in request.consents)
    return tuple(one for one in found if one is not None)


def still_missing(work: Work, request: SecondPersonRequest) -> tuple[NeededConsent, ...]:
    """Give the consents for which a request that waits still waits."""
    behalf = work.on_behalf(asker_of(work, request))
    return missing_consents(behalf, request.need, consenting(work, request))


def _carry_out(behalf: Work, case: UseCase[Any, Any], command: Json) -> None:
    gone = SecondPersonInvalid((Violation("identity.second_person_asker", "request_id"),))
    if not behalf.actor.may(case.permission):
        raise gone
    try:
        behalf.command = command_of(case, command)
        case.body(behalf, behalf.command)
    except (NotFound, PermissionDenied):
        raise gone from None


def asker_of(work: Work, request: SecondPersonRequest) -> Actor:
    """Give who asked as he is now; without a permission where he may not work any more."""
    who, place = request.asked_by, request.asked_for
    nobody = Actor(
        user=who, department=place, scope=DataScope(region=NOWHERE), permissions=frozenset()
    )
    return actor_now(work.unit, who, place, local_day(work.now)) or nobody


def deciding(work: Work, request: SecondPersonRequest, asker: Actor) -> Iterator[Violation]:
    """Give what is against the actor deciding on a request of ``asker``."""
    return against_decider(work.on_behalf(asker), work.actor, request)


def against_decider(
    behalf: Work, second: Actor, request: SecondPersonRequest
) -> Iterator[Violation]:
    """Give what is against ``second`` deciding on a request, ``behalf`` being the asker's work.

    Where no duty is needed, it takes somebody who could have done it himself. Whoever could give
    no consent that is still missing has nothing to decide.
    """
    yield from against_second(behalf, second, request.need)
    if not request.need.duties and not second.may(request.action):
        yield Violation("identity.second_person_duty", "request_id")
    if request.consents and not any(against_second(behalf, second, request.need)):
        left = missing_consents(behalf, request.need, consenting(behalf, request))
        if not {*left} & {*given_consents(behalf, second, request.need)}:
            yield Violation("identity.second_person_given", "request_id")


def _others(behalf: Work, request: SecondPersonRequest) -> bool:
    """Tell whether anybody else could give a missing consent who is not the operator."""
    day = local_day(behalf.now)
    duties = request.need.duties or duties_in({request.action})
    return any(
        not any(against_decider(behalf, actor, request))
        for duty in duties
        for holder in duty_holders(behalf, duty)
        for department in sorted(holder.departments)
        if (actor := actor_now(behalf.unit, holder.id, department, day)) is not None
    )


@frozen(kw_only=True)
class WithdrawSecondPerson:
    """One's own request, to be taken back."""

    request_id: str = field(
        metadata=said("申请编号", example="0199c0de-0000-7000-8000-000000000001")
    )


@use_case("identity.withdraw_second_person", "撤回双人复核申请")
def withdraw_second_person(work: Work, cmd: WithdrawSecondPerson) -> str:
    """Take back a request of one's own while it waits. Raises ``SecondPersonInvalid``."""
    request = seen_request(work, cmd.request_id)
    request.withdraw(by=work.actor.user, at=work.now)
    work.save(SecondPersonRequests, request)
    return request.id


def seen_request(work: Work, id: str) -> SecondPersonRequest:
    """Give a request that concerns the actor. Raises ``NotFound`` for any other."""
    request = work[SecondPersonRequests].get(id)
    if not concerns(work, request):
        raise work.foreign(SecondPersonRequests.kind, id)
    return request


def concerns(work: Work, request: SecondPersonRequest) -> bool:
    """Tell whether a request is the actor's own, or of a department at or below his."""
    places = request.need.shared or request.need.departments
    return (
        request.asked_by == work.actor.user
        or is_super(work)
        or any(stands_above(work, work.actor, one, asker=request.asked_by) for one in places)
    )
