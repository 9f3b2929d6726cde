"""Who may change what follows from whom: nobody gives more than was theirs to give.

What lets somebody in as a user, or gives a user more, is changed only by whoever could have given
all that follows from it. Reading order: ``Giver`` says what an actor may give, ``against_giving``
and ``against_entering`` what stands against a change, ``need_of`` whether one person is enough.
"""

from collections.abc import Iterable, Iterator
from functools import partial
from typing import Final, Self

from attrs import frozen

from supervision_core.identity.lists import DEPARTMENTS
from supervision_core.identity.model import (
    DECIDING,
    EVERYWHERE,
    OVER_DUTIES,
    SUPER,
    Access,
    Actor,
    Delegation,
    Duty,
    GrantForbidden,
    GrantSheet,
    HolderKind,
    NeededConsent,
    SecondPersonNeed,
    SecondPersonRequired,
    SecondPersonUnfit,
    Source,
    User,
    access_once_active,
    duties_in,
    includes,
    inherited,
    powers_in,
    sheet_id,
    source_of,
    sources_of,
)
from supervision_core.identity.ports import (
    AccessEpoch,
    CredentialsStore,
    Departments,
    Users,
)
from supervision_core.identity.services.access import picture_of, sheet_of, sheets_of
from supervision_core.identity.services.duty_holders import duty_holders
from supervision_core.identity.services.frame import Work
from supervision_core.identity.services.keeping import (
    Area,
    end_sessions,
    find,
    find_known,
    keep,
)
from supervision_core.kernel.days import local_day
from supervision_core.kernel.errors import Violation, refuse_if
from supervision_core.kernel.listing import ListFilter, Lists
from supervision_core.kernel.paging import every_page

GRANTING: Final = "identity.grant"
EVERYTHING: Final = "identity.*"


def is_operator(actor: Actor) -> bool:
    """Tell whether the operator at the machine acts: nobody can be granted all of identity."""
    return EVERYTHING in actor.permissions


@frozen(kw_only=True)
class Giver:
    """What an actor may give: ``anything``, what may be passed on, and the roles delegated."""

    anything: bool
    permissions: frozenset[str] = frozenset()
    passable: frozenset[str] = frozenset()
    delegations: tuple[Delegation, ...] = ()

    @classmethod
    def of(cls, work: Work, actor: Actor) -> Self:
        """Look up what ``actor`` may give.

        Holding a permission to pass on counts only with the permission to grant; delegated roles
        count for administrators of every duty.
        """
        if is_operator(actor) or (actor.may(SUPER) and actor.may(GRANTING)):
            return cls(anything=True)
        user = find(work.unit, Users, actor.user)
        if user is None:
            return cls(anything=False)
        picture = picture_of(work.unit, user)
        access = access_once_active(user, picture, on=local_day(work.now))
        own = picture.sheets.get(sheet_id(HolderKind.USER, user.id))
        return cls(
            anything=False,
            permissions=access.permissions,
            passable=access.passable if actor.may(GRANTING) else frozenset(),
            delegations=own.delegations if own is not None else (),
        )

    def against(self, permission: str) -> Iterator[Violation]:
        """Give what is against passing on one permission."""
        if self.anything or includes(self.passable, permission):
            return
        held = includes(self.permissions, permission)
        code = "identity.not_passable" if held else "identity.not_held"
        yield Violation(code, "permission", {"permission": permission})

    def against_source(
        self,
        source: Source,
        receivers: Iterable[frozenset[str]],
        own: frozenset[str] = frozenset(),
    ) -> Iterator[Violation]:
        """Give what is against handing on all that one holder gives, to people of ``receivers``.

        Those are lineages of departments; ``own`` is that of a holder that is one.
        """
        match source.holder:
            case HolderKind.ROLE:
                delegated = self.delegated(source.id, receivers)
            case HolderKind.DEPARTMENT:
                delegated = self.delegated("", [own])
            case _:
                delegated = False
        if not delegated:
            for permission in sorted(source.permissions):
                yield from self.against(permission)

    def delegated(self, role: str, lineages: Iterable[frozenset[str]]) -> bool:
        """Tell whether the role may be given in each department of which a lineage is given."""
        places = {one.department for one in self.delegations if one.role == role}
        above = list(lineages)
        return bool(above) and all(not places.isdisjoint(one) for one in above)


def against_giving(
    work: Work, sources: Iterable[Source], *, to: Iterable[str], actor: Actor | None = None
) -> Iterator[Violation]:
    """Give what is against an actor giving what ``sources`` hold to a user of departments ``to``.

    A role may be given where it is delegated for all these departments, a department's own
    permissions where those are delegated for it; all else by whoever may pass it on.
    """
    given = [one for one in sources if one.permissions]
    giver = Giver.of(work, actor or work.actor) if given else Giver(anything=True)
    if giver.anything:
        return
    own = {one.id for one in given if one.holder is HolderKind.DEPARTMENT}
    lineages = _lineages(work, {*to, *own})
    receivers = [lineages[one] for one in sorted(to)]
    for one in given:
        yield from giver.against_source(one, receivers, lineages.get(one.id, frozenset()))


class Joining:
    """What comes with membership in some departments, looked up together."""

    def __init__(self, work: Work, departments: Iterable[str]) -> None:
        """Look up what they and those that they inherit from were granted."""
        lines = work[Departments].lineages(departments)
        known = {one.id: one for line in lines.values() for one in line}
        self._givers = {one: frozenset(inherited(one, known)) for one in lines}
        self._lineages = {
            one.id: frozenset(above.id for above in line[at:])
            for line in lines.values()
            for at, one in enumerate(line)
        }
        named = sorted(frozenset[str]().union(*self._givers.values()))
        sheets = sheets_of(work.unit, HolderKind.DEPARTMENT, named)
        self._sources = [source_of(one) for one in sheets if one.grants]
        self._giver = Giver.of(work, work.actor) if self._sources else Giver(anything=True)

    def against(self, moved: Iterable[str]) -> Iterator[Violation]:
        """Give what is against the actor putting somebody into or out of departments.

        With membership comes what the department was granted, and those above that it inherits
        from.
        """
        givers = frozenset[str]().union(*(self._givers[one] for one in moved))
        for one in self._sources:
            if one.id in givers:
                yield from self._giver.against_source(one, (), self._lineages[one.id])


def _lineages(work: Work, departments: Iterable[str]) -> dict[str, frozenset[str]]:
    found = work[Departments].lineages(departments)
    return {one: frozenset(above.id for above in lineage) for one, lineage in found.items()}


def against_entering(work: Work, user: User) -> Iterator[Violation]:
    """Give what is against the actor changing what lets somebody in as ``user``.

    Otherwise whoever changes credentials, phone or document could act as anybody: it takes who
    could have given all that the user holds, also what is not in use at the moment, in the
    departments that the actor manages. Nobody does it for themselves.
    """
    if user.id == work.actor.user:
        yield Violation("identity.own_access", "user_id")
    giver = Giver.of(work, work.actor)
    if giver.anything:
        return
    area = Area(work, user.departments)
    managed = [one for one in sorted(user.departments) if area.holds(one)]
    yield from _as_held(against_giving(work, everything_of(work, user), to=managed))
    if user.extended.party:
        yield Violation("identity.not_yours_to_enter", "user_id")
    administered = _administered(work, user.id)
    beyond = Area(work, administered)
    if not all(map(beyond.holds, administered)):
        yield Violation("identity.not_yours_to_enter", "user_id")


def _as_held(violations: Iterable[Violation]) -> Iterator[Violation]:
    """Say of the user instead of the permission, so that nobody learns who holds what."""
    if any(True for _ in violations):
        yield Violation("identity.not_yours_to_enter", "user_id")


def _administered(work: Work, user: str) -> list[str]:
    wanted = ListFilter(asked={"administrator": user})
    pages = every_page(partial(work[Lists].page, DEPARTMENTS, wanted))
    return [one.id for page in pages for one in page.items]


def need_of(
    work: Work,
    user: User,
    *,
    gained: frozenset[str] = frozenset(),
    to: frozenset[str] = frozenset(),
    entering: bool = False,
) -> SecondPersonNeed:
    """Give the consents that a change of ``user`` needs.

    He gains these permissions by it, and comes ``to`` these departments. A holder of every duty
    over which he has power before or after has to consent, in every department before and after;
    of what he had lately, where he has none. Whoever administers everything has power everywhere.
    What lets in (``entering``) somebody of several departments takes whoever manages them all, or
    those who do together.
    """
    picture = picture_of(work.unit, user)
    held = frozenset(name for one in sources_of(user, picture) for name in one.permissions)
    sheet = picture.sheets.get(sheet_id(HolderKind.USER, user.id))
    lingering = frozenset[Duty]() if sheet is None else sheet.lingering_duties(work.now)
    before, after = powers_in(held), powers_in(gained)
    duties = before | after or lingering
    departments = user.departments | to
    shared = frozenset[str]()
    if entering and not duties:
        area = Area(work, departments)
        shared = frozenset(one for one in departments if not area.holds(one))
    wide = (powers for powers, of in ((before, held), (after, gained)) if SUPER in of)
    return SecondPersonNeed(
        user=user.id,
        duties=duties,
        departments=departments,
        shared=shared,
        everywhere=frozenset[Duty]().union(*wide),
    )


def own_lineage(work: Work) -> frozenset[str]:
    """Give the departments that the actor works for, and all above them; none for the operator."""
    user = None if is_operator(work.actor) else find(work.unit, Users, work.actor.user)
    lines = _lineages(work, user.departments if user is not None else ())
    return frozenset[str]().union(*lines.values())


def require_entering(work: Work, user: User) -> None:
    """Demand that the actor may change what lets somebody in as ``user``, alone or with a second.

    Raises ``GrantForbidden``, ``SecondPersonRequired``, ``SecondPersonUnfit``.
    """
    refuse_if(GrantForbidden, against_entering(work, user))
    require_second(work, need_of(work, user, entering=True))


def require_other_hand(work: Work, user: User) -> None:
    """Demand that whoever gave the user's duties does not give the credentials too.

    The operator, who holds the machine, may. Raises ``GrantForbidden``.
    """
    sheet = sheet_of(work.unit, HolderKind.USER, user.id)
    if work.actor.user in sheet.duty_hands and not is_operator(work.actor):
        raise GrantForbidden((Violation("identity.one_hand", "user_id"),))


def require_second(work: Work, need: SecondPersonNeed) -> None:
    """Demand the second person that a change needs; the operator needs none.

    Raises ``SecondPersonRequired`` where nobody has consented, ``SecondPersonUnfit`` where
    a consent is missing all the same.
    """
    if not need or is_operator(work.actor):
        return
    if not work.seconds:
        raise SecondPersonRequired.of(need)
    if missing_consents(work, need, work.seconds):
        faults = [one for second in work.seconds for one in against_second(work, second, need)]
        more = Violation("identity.second_person_more", "request_id")
        raise SecondPersonUnfit(tuple(faults) or (more,))


def missing_consents(
    work: Work, need: SecondPersonNeed, seconds: Iterable[Actor]
) -> tuple[NeededConsent, ...]:
    """Give the consents that ``seconds`` together do not give to what ``work.actor`` asked for."""
    left = need.consents
    for second in seconds:
        given = set(given_consents(work, second, need))
        left = tuple(one for one in left if one not in given)
    return left


def given_consents(work: Work, second: Actor, need: SecondPersonNeed) -> tuple[NeededConsent, ...]:
    """Give those of the needed consents that are ``second``'s to give, if he may give any."""
    if any(_barred(work, second, need)):
        return ()
    return tuple(one for one in need.consents if not any(_against_consent(work, second, need, one)))


def against_second(work: Work, second: Actor, need: SecondPersonNeed) -> Iterator[Violation]:
    """Give what is against ``second`` consenting to what ``work.actor`` asked for."""
    yield from _barred(work, second, need)
    found = [list(_against_consent(work, second, need, one)) for one in need.consents]
    if all(found):
        yield from min(found, key=lambda each: [one.code for one in each], default=[])


def _barred(work: Work, second: Actor, need: SecondPersonNeed) -> Iterator[Violation]:
    """Say why somebody consents to nothing here: it is his own, or the asker is behind him.

    The asker could act as whoever owes him the duty or the certificate.
    """
    if second.user in {work.actor.user, need.user}:
        yield Violation("identity.second_person_self", "request_id")
    if is_operator(second):
        return
    sheet = sheet_of(work.unit, HolderKind.USER, second.user)
    kept = find(work.unit, CredentialsStore, second.user)
    if work.actor.user in sheet.duty_hands | (frozenset() if kept is None else kept.hands):
        yield Violation("identity.second_person_installed", "request_id")


def _against_consent(
    work: Work, second: Actor, need: SecondPersonNeed, one: NeededConsent
) -> Iterator[Violation]:
    """Give what is against one consent being ``second``'s to give; all are the operator's."""
    if is_operator(second):
        return
    if one.duty is None:
        if not _manages(work, second, one.department):
            yield Violation("identity.second_person_below", "request_id")
        sources = everything_of(work, work[Users].get(need.user))
        yield from _as_held(against_giving(work, sources, to=[one.department], actor=second))
        return
    if one.duty not in second.duties or not second.may(DECIDING):
        yield Violation("identity.second_person_duty", "request_id")
    if one.department and not stands_above(work, second, one.department, asker=work.actor.user):
        yield Violation("identity.second_person_below", "request_id")


def _manages(work: Work, actor: Actor, department: str) -> bool:
    lineage = work[Departments].lineage(department)
    return actor.may(SUPER) or any(actor.user in one.administrators for one in lineage)


def stands_above(work: Work, actor: Actor, department: str, *, asker: str) -> bool:
    """Tell whether the actor works for a department or one above it, or administers everything.

    In the tree as it was before what the actor himself and ``asker`` moved lately.
    """
    if actor.may(SUPER):
        return True
    seen, above = set[str](), department
    while above not in {*seen, "", EVERYWHERE}:
        if above == actor.department:
            return True
        seen.add(above)
        found = find(work.unit, Departments, above)
        above = "" if found is None else found.parent_before({actor.user, asker}, at=work.now)
    return False


def everything_of(work: Work, user: User) -> tuple[Source, ...]:
    """Give all that ``user`` has from anywhere, in use or not. Raises ``SealBroken``."""
    return sources_of(user, picture_of(work.unit, user))


def _access(work: Work, user: User) -> Access:
    return access_once_active(user, picture_of(work.unit, user), on=local_day(work.now))


def change_powers(
    work: Work, user: User, sheet: GrantSheet, before: frozenset[str], after: frozenset[str]
) -> None:
    """Note on the user's sheet which duties come and go, and end the sessions of the user.

    ``before`` and ``after`` are what of the user's permissions gives power over a duty. Raises
    ``GrantForbidden``: nobody has two duties, the last holder of one loses nothing of it, and
    whoever gives some has given the account no credentials; ``SecondPersonRequired``.
    """
    if before == after:
        return
    duties, coming = duties_in(before), duties_in(after)
    gave = bool(after - before)
    violations = []
    if len(coming) > 1 and coming != duties:
        violations.append(Violation("identity.duties_not_separate", "permission"))
    if gave and not is_operator(work.actor):
        violations += _against_one_hand(work, user)
    refuse_if(GrantForbidden, violations)
    if before - after:
        for one in sorted(duties):
            require_not_last(work, user, one)
    require_second(work, need_of(work, user, gained=after))
    sheet.note_duties(duties, coming, by=work.actor.user if gave else "", at=work.now)
    end_sessions(work, user.id)
    if coming - duties or SUPER in after - before:
        void_given(work, user)


def void_given(work: Work, user: User) -> None:
    """Make void what administrators had let somebody in with, and end the sessions.

    Whoever gave it could give all that the account held then, not what it comes to now: it is
    given anew, by the rules that hold then. A password of the user's own choice stays.
    """
    kept = find_known(work.unit, CredentialsStore, user.id)
    if kept is not None and kept.void_given(at=work.now):
        keep(work, CredentialsStore, kept)
        end_sessions(work, user.id)


def _against_one_hand(work: Work, user: User) -> Iterator[Violation]:
    """Say where the actor gave the account the credentials, phone or document that it has.

    A password that he reset counts until the user has chosen another.
    """
    kept, actor = find(work.unit, CredentialsStore, user.id), work.actor.user
    lasting = frozenset() if kept is None else kept.certificate_hands
    if actor in user.contact_hands | lasting:
        yield Violation("identity.one_hand", "user_id")
    elif kept is not None and actor in kept.hands:
        yield Violation("identity.one_hand_password", "user_id")


def require_not_last(work: Work, user: User, duty: Duty) -> None:
    """Demand that somebody else can still do a duty that ``user`` is losing.

    Whoever administers everything, or may consent, is followed only by another such. Raises
    ``GrantForbidden``.
    """
    powers = OVER_DUTIES & _access(work, user).permissions
    for other in duty_holders(work, duty):
        kept = find(work.unit, CredentialsStore, other.id)
        replaces = powers <= _access(work, other).permissions
        if other.id != user.id and replaces and kept is not None and kept.usable:
            return
    raise GrantForbidden((Violation("identity.last_of_duty", "user_id"),))


def require_dispensable(work: Work, user: User) -> None:
    """Demand what it takes to disable, delete or let expire the account of ``user``.

    Raises ``GrantForbidden`` for the last holder of a duty, ``SecondPersonRequired``.
    """
    for one in sorted(_access(work, user).duties):
        require_not_last(work, user, one)
    require_second(work, need_of(work, user))


def hold_access(work: Work) -> None:
    """Let changes of access follow each other: two side by side could each be right alone."""
    work[AccessEpoch].hold()
