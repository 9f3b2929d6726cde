"""The holes that were found, each put back by itself: what the attack must find again.

Each takes away what closes one hole in one of its variants, and leaves all the rest as it stands.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack, contextmanager
from functools import partial, wraps
from typing import Any, Final

from attrs import evolve

from supervision_core.identity.model import (
    DECIDING,
    EVERYWHERE,
    SUPER,
    AccessPicture,
    Actor,
    Department,
    DepartmentData,
    Duty,
    GrantForbidden,
    GrantSheet,
    HolderKind,
    NeededConsent,
    SecondPersonNeed,
    Source,
    User,
    UserDraft,
    duties_in,
    duties_of,
    sources_of,
)
from supervision_core.identity.ports import Departments, HolderFilter, HolderQueries, Users
from supervision_core.identity.services import (
    UseCase,
    Work,
    authority,
    departments,
    directory_intake,
    granting,
    intake,
    second_person,
    users,
)
from supervision_core.identity.services.access import picture_of
from supervision_core.identity.services.keeping import end_sessions, managed_user
from supervision_core.identity.services.login import binding, by_password, by_platform
from supervision_core.kernel.errors import Violation, refuse_if
from supervision_core.kernel.paging import PageRequest

Hole = Callable[[], AbstractContextManager[object]]


@contextmanager
def changed(place: Any, name: str, made: Callable[[Any], Any]) -> Iterator[None]:
    """Let ``made`` say what stands at ``name`` for a while, of what stands there."""
    known = getattr(place, name)
    object.__setattr__(place, name, made(known)) if isinstance(place, UseCase) else setattr(
        place, name, made(known)
    )
    try:
        yield
    finally:
        if isinstance(place, UseCase):
            object.__setattr__(place, name, known)
        else:
            setattr(place, name, known)


@contextmanager
def together(*holes: AbstractContextManager[object]) -> Iterator[None]:
    """Put back several things at once."""
    with ExitStack() as stack:
        for one in holes:
            stack.enter_context(one)
        yield


# Hole 1: whoever gives credentials chooses when to be asked for duties


def taken_and_given_back() -> AbstractContextManager[object]:
    """1(a): a duty is taken, and given back, by one hand; what ended is forgotten."""

    def made(known: Any) -> Any:
        def change_powers(
            work: Work, user: User, sheet: GrantSheet,
            before: frozenset[str], after: frozenset[str],
        ) -> None:  # fmt: skip
            ended = {one.duty for one in sheet._ended_duties}
            old, new = duties_in(before), duties_in(after)
            if old != new and (new < old or new <= ended):
                for one in old - new:
                    authority.require_not_last(work, user, one)
                sheet.note_duties(old, new, by="", at=work.now)
                end_sessions(work, user.id)
            else:
                known(work, user, sheet, before, after)

        return change_powers

    return together(
        changed(granting, "change_powers", made),
        changed(GrantSheet, "lingering_duties", lambda _: lambda *_: frozenset()),
    )


def cancelled_out() -> AbstractContextManager[object]:
    """1(b): a group gives holders of a duty another one, and for so long they have none."""

    def carried(known: Any) -> Any:
        def made(
            work: Work, kind: HolderKind, id: str, permissions: Iterable[str]
        ) -> Iterator[Violation]:
            moved = list(permissions)
            if kind is not HolderKind.GROUP or not _all_have_another(work, id, duties_in(moved)):
                yield from known(work, kind, id, moved)

        return made

    def of_the_moment(user: User, picture: AccessPicture) -> tuple[Source, ...]:
        found = sources_of(user, picture)
        if len(duties_in(name for one in found for name in one.permissions)) < 2:
            return found
        return tuple(
            evolve(one, permissions=frozenset(p for p in one.permissions if not duties_of(p)))
            for one in found
        )

    return together(
        changed(granting, "_carried", carried),
        changed(authority, "sources_of", lambda _: of_the_moment),
    )


def _all_have_another(work: Work, group: str, duties: frozenset[Duty]) -> bool:
    page = work[HolderQueries].page(HolderFilter(group=group), PageRequest(size=100))
    members = [work[Users].get(one.id) for one in page.items]
    held = [sources_of(one, picture_of(work.unit, one)) for one in members]
    return bool(held) and all(
        duties_in(name for one in found for name in one.permissions) - duties for found in held
    )


def given_after_credentials() -> AbstractContextManager[object]:
    """1(c): whoever gave somebody credentials gives a first duty, alone."""

    def made(known: Any) -> Any:
        def change_powers(
            work: Work, user: User, sheet: GrantSheet,
            before: frozenset[str], after: frozenset[str],
        ) -> None:  # fmt: skip
            old, new = duties_in(before), duties_in(after)
            if old or len(new) != 1:
                known(work, user, sheet, before, after)
            else:
                sheet.note_duties(old, new, by="", at=work.now)
                end_sessions(work, user.id)

        return change_powers

    return changed(granting, "change_powers", made)


# Hole 2: a department's administrator widens what he reaches


def _beyond(dropped: Callable[[Violation, bool], bool]) -> AbstractContextManager[object]:
    def made(known: Any) -> Any:
        def beyond(
            work: Work, data: DepartmentData, before: Department | None = None
        ) -> Iterator[Violation]:
            for one in known(work, data, before):
                if not dropped(one, before is None):
                    yield one

        return beyond

    return changed(departments, "_beyond", made)


def field_changed(name: str) -> AbstractContextManager[object]:
    """2: a field of a department that gives scope or permissions is changed."""
    return _beyond(lambda violation, new: violation.at == name and not new)


def department_added() -> AbstractContextManager[object]:
    """2: a new department reaches anywhere."""
    return _beyond(lambda _, new: new)


def table_read() -> AbstractContextManager[object]:
    """2: a table changes what a form may not."""

    def made(known: UseCase[Any, Any]) -> UseCase[Any, Any]:
        def body(work: Work, cmd: Any) -> Any:
            with _beyond(lambda _violation, _new: True):
                return known.body(work, cmd)

        return UseCase(known.permission, known.title, body)

    return together(
        changed(directory_intake, "add_department", made),
        changed(directory_intake, "change_department", made),
    )


def two_cities_by_certificate() -> AbstractContextManager[object]:
    """2: the administrator of one department binds a certificate to who works in two cities."""

    def entering(work: Work, user: User) -> None:
        refuse_if(GrantForbidden, authority.against_entering(work, user))
        need = authority.need_of(work, user, entering=True)
        authority.require_second(work, evolve(need, shared=frozenset()))

    return changed(binding, "require_entering", lambda _: entering)


def two_cities_by_password() -> AbstractContextManager[object]:
    """2: the administrator of one department resets the password of who works in two cities."""

    def made(known: Any) -> Any:
        def against(work: Work, user: User) -> Iterator[Violation]:
            for one in known(work, user):
                if one.code != "identity.password_by_all":
                    yield one

        return against

    return changed(by_password, "_against_password", made)


# Hole 3: an administrator of the system enters as anybody


def contact_changed(kind: str) -> AbstractContextManager[object]:
    """3: a document number, or a phone, is changed like a postal address."""

    def numbers(draft: UserDraft) -> tuple[str, str]:
        phone, document = draft.account.phone, draft.person.document_number
        return (phone, document) if kind == "document" else (document, phone)

    def made(known: Any) -> Any:
        def change(work: Work, user: User, draft: UserDraft) -> None:
            (other, own), (other_then, own_then) = numbers(draft), numbers(user.draft)
            if own != own_then and other == other_then and user.departments == draft.departments:
                user.change(draft, at=work.now, by=work.actor.user)
                end_sessions(work, user.id)
            else:
                known(work, user, draft)

        return change

    return together(
        changed(users, "change_within_authority", made),
        changed(intake, "change_within_authority", made),
    )


def code_learned() -> AbstractContextManager[object]:
    """3: a code learned from the unified platform lets in after the document was corrected."""

    def made(known: Any) -> Any:
        def change(user: User, draft: UserDraft, **more: Any) -> None:
            learned = user.sign_on
            known(user, draft, **more)
            user._sign_on = learned

        return change

    def by_code_alone(known: Any) -> Any:
        def decide(profile: Any, found: tuple[Any, ...], requirement: Any) -> Any:
            believed = tuple(evolve(one, document=profile.document) for one in found)
            return known(profile, believed, requirement)

        return decide

    return together(
        changed(User, "change", made), changed(by_platform, "decide_sign_on", by_code_alone)
    )


# Hole 4: a session goes on with a duty that its way of log-in does not allow


def session_kept() -> AbstractContextManager[object]:
    """4: a duty that is given ends no session."""
    return changed(authority, "end_sessions", lambda _: lambda *_: 0)


# Hole 5: nobody is left


def _unguarded(case: UseCase[Any, Any], *, own: bool) -> AbstractContextManager[object]:
    def made(known: Any) -> Any:
        @wraps(known)
        def body(work: Work, cmd: Any) -> Any:
            if (cmd.user_id == work.actor.user) is not own:
                return known(work, cmd)
            user = managed_user(work, cmd.user_id)
            if case is users.switch_user:
                user.switch(enabled=cmd.enabled, at=work.now)
            else:
                user.delete(at=work.now)
            return users.save_user(work, user, deleted=user.deleted)

        return body

    return changed(case, "body", made)


# Issue 27: what one consent is enough for, and whose


def one_consent_enough() -> AbstractContextManager[object]:
    """Put back A: a holder of the old duty, or of the new one, consents for both."""

    def made(known: Any) -> Any:
        def missing(
            work: Work, need: SecondPersonNeed, seconds: Iterable[Actor]
        ) -> tuple[NeededConsent, ...]:
            by_duty = [
                known(work, evolve(need, duties=frozenset({one})), seconds) for one in need.duties
            ]
            return min(by_duty, key=len, default=known(work, need, seconds))

        return missing

    return together(
        changed(authority, "missing_consents", made),
        changed(second_person, "missing_consents", made),
    )


def everything_for_nothing() -> AbstractContextManager[object]:
    """B: to administer everything is no power over a duty."""
    return changed(authority, "powers_in", lambda _: duties_in)


def by_scope() -> AbstractContextManager[object]:
    """C: whoever reaches a department stands above it."""

    def reaches(work: Work, actor: Actor, department: str, *, asker: str) -> bool:
        del asker
        if department == EVERYWHERE or actor.may(SUPER):
            return actor.may(SUPER)
        region = work[Departments].get(department).data.region
        return actor.scope.covers(region=region, departments=frozenset({department}))

    return together(
        changed(authority, "stands_above", lambda _: reaches),
        changed(second_person, "stands_above", lambda _: reaches),
    )


def without_the_new_department() -> AbstractContextManager[object]:
    """D: the department that somebody comes to has no say."""

    def made(known: Any) -> Any:
        def need_of(work: Work, user: User, *, to: object = None, **more: Any) -> SecondPersonNeed:
            del to
            found: SecondPersonNeed = known(work, user, **more)
            return found

        return need_of

    return changed(users, "need_of", made)


def consents_taken_away() -> AbstractContextManager[object]:
    """Also: the right to consent is taken from a role like any other."""

    def made(known: Any) -> Any:
        def is_power(permission: str) -> bool:
            return permission != DECIDING and bool(known(permission))

        return is_power

    return changed(granting, "is_power", made)


HOLES: Final[Mapping[str, Hole]] = {
    "1a-taken-and-given-back": taken_and_given_back,
    "1b-cancelled-out": cancelled_out,
    "1c-given-after-credentials": given_after_credentials,
    "2-region": partial(field_changed, "region"),
    "2-coordinates": partial(field_changed, "coordinates"),
    "2-inherits": partial(field_changed, "inherits"),
    "2-new-department": department_added,
    "2-table": table_read,
    "2-two-cities-by-certificate": two_cities_by_certificate,
    "2-two-cities-by-password": two_cities_by_password,
    "3-document": partial(contact_changed, "document"),
    "3-phone": partial(contact_changed, "phone"),
    "3-code-learned": code_learned,
    "4-session-kept": session_kept,
    "5-disabled": partial(_unguarded, users.switch_user, own=False),
    "5-deleted": partial(_unguarded, users.delete_user, own=False),
    "5-oneself": partial(_unguarded, users.switch_user, own=True),
    "A-one-consent-enough": one_consent_enough,
    "B-everything-for-nothing": everything_for_nothing,
    "C-by-scope": by_scope,
    "D-without-the-new-department": without_the_new_department,
    "E-consents-taken-away": consents_taken_away,
}
"""Each hole by its number or letter in the issue (9, 27), and its variant."""
