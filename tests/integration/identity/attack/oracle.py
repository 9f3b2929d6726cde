"""What attackers may come to, by what was theirs at the beginning; anything else is a gain.

Nobody else acts in their favour. So whatever they hold in the end and neither held nor might give
at the beginning was handed over by nobody: permissions, scopes, duties. How they came by it is
none of the oracle's business, and no rule of the product is asked about it.
"""

import json
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from attrs import define, field, frozen

from supervision_core.identity.model import (
    SUPER,
    Actor,
    DataScope,
    Duty,
    duties_of,
    region_contains,
    sources_of,
)
from supervision_core.identity.ports import CredentialsStore, Users
from supervision_core.identity.services.access import Shared, picture_of
from supervision_core.identity.services.actors import Actors
from supervision_core.kernel.errors import NotFound

from .hands import CERTIFICATE, Hands, Session
from .outside import print_of
from .world import DUTY_ROLES, PEOPLE, PLAIN_ROLES, World

DECIDING = ("user", "department", "role", "group", "grant_sheet", "credentials")
"""The tables that decide who gets in and what he may do."""


WITHOUT_DUTY: Final = {SUPER, "identity.decide_second_person"}
"""What gives power over whichever duty its holder comes to."""
ALL: Final = "*"
"""The place of who administers everything."""
OLD: Final = timedelta(hours=72)
"""A tree that has stood for so long is the one that counts."""


class Gained(AssertionError):
    """Somebody came to what nobody handed over to him, or locked everybody out."""


@frozen
class Standing:
    """What an account is to those who hold duties: over which, and where; and how it is entered."""

    powers: frozenset[tuple[Duty, str]]
    account: tuple[object, ...]

    @classmethod
    def of(cls, shared: Shared, user_id: str) -> "Standing":
        """Read it, in use or not."""
        unit: Any = shared.unit
        user = unit[Users].get(user_id)
        found = sources_of(user, picture_of(unit, user, shared))
        held = {name for one in found for name in one.permissions}
        duties = {duty for one in held for duty in duties_of(one)}
        if not duties and held & WITHOUT_DUTY:
            duties = {*Duty}
        places = [ALL] if SUPER in held else sorted(user.departments)
        try:
            certificates = unit[CredentialsStore].get(user_id).certificates
        except NotFound:
            certificates = frozenset()
        account = (user.active, user.departments, user.extended.valid_until, user.contact)
        return cls(
            frozenset() if user.deleted else frozenset((d, p) for d in duties for p in places),
            (*account, certificates),
        )


@frozen
class Allowance:
    """What may be come to."""

    permissions: frozenset[str]
    scopes: tuple[DataScope, ...]

    @classmethod
    def of(cls, world: World, own: tuple[str, ...]) -> "Allowance":
        """Add up what these people hold and may give."""
        permissions, scopes, ids = set[str](), list[DataScope](), world.ids
        with world.transactions.begin_reading() as unit:
            for name in own:
                person = PEOPLE[name]
                permissions |= person.passable | person.may_give
                permissions |= {PLAIN_ROLES[one] for one in person.delegated}
                for one in person.departments:
                    actor = Actors().of(unit, ids[name], ids[one], now=world.clock.now())
                    assert actor is not None, name
                    permissions |= actor.permissions
                    scopes.append(actor.scope)
        return cls(frozenset(permissions), tuple(scopes))

    def lacks(self, permissions: frozenset[str]) -> list[str]:
        """Give those of ``permissions`` that nobody handed over."""
        return sorted(
            one
            for one in permissions - self.permissions
            if f"{one.partition('.')[0]}.*" not in self.permissions
        )

    def covers(self, scope: DataScope, made: frozenset[str]) -> bool:
        """Tell whether nothing lies in ``scope`` that does not lie in one of ours.

        What belongs to departments ``made`` since is nobody else's.
        """
        return scope.role is None and any(
            region_contains(ours.region, scope.region)
            and (
                not ours.departments
                or (bool(scope.departments) and scope.departments <= ours.departments | made)
            )
            for ours in self.scopes
        )


@define
class Oracle:
    """Looks, after each step, at whatever the attackers can enter, and at who is left."""

    world: World
    hands: Hands
    honest: list[Session] = field(factory=list)
    _allowance: Allowance = field(init=False)
    _seen: Mapping[str, Any] = field(factory=dict)
    _sessions: list[Session] = field(factory=list)
    _holders: dict[str, str] = field(factory=dict)
    _before: frozenset[str] = field(init=False)
    _standings: dict[str, Standing] = field(factory=dict)
    _judged: dict[str, Standing] = field(factory=dict)
    _trees: list[tuple[datetime, dict[str, str]]] = field(factory=list)

    def __attrs_post_init__(self) -> None:
        """Note what is theirs, and what everybody is."""
        self._allowance = Allowance.of(self.world, self.hands.own)
        self._before = frozenset(self.world.store.texts["department"])
        self._trees.append((datetime.min.replace(tzinfo=UTC), self._tree()))
        with self.world.transactions.begin_reading() as unit:
            ids = [self.world.ids[one] for one in PEOPLE]
            shared = Shared(unit)
            self._standings = {one: Standing.of(shared, one) for one in ids}
        self._judged = dict(self._standings)

    def trust(self, user: str) -> None:
        """Note what the operator made of somebody."""
        with self.world.transactions.begin_reading() as unit:
            self._standings[user] = self._judged[user] = Standing.of(Shared(unit), user)

    def check(self) -> None:
        """Raise ``Gained`` where somebody came to more than was handed over."""
        if self._state() == self._seen and self.hands.sessions == self._sessions:
            return
        self.hands.look()
        for session in self.hands.sessions:
            self._judge(session)
        for session in self.honest:
            if (actor := self.hands.acting(session)) is not None:
                self._require_certificate(session, actor)
        self._require_holders()
        self._require_consents()
        self._seen, self._sessions = self._state(), list(self.hands.sessions)

    def _state(self) -> Mapping[str, Any]:
        return {one: dict(self.world.store.texts[one]) for one in DECIDING}

    def _judge(self, session: Session) -> None:
        actor = self.hands.acting(session)
        if actor is None:
            return
        if lacking := self._allowance.lacks(actor.permissions):
            raise Gained("permission", self._name(session.user), session.way, lacking)
        self._require_certificate(session, actor)
        made = frozenset(self.world.store.texts["department"]) - self._before
        with self.world.transactions.begin_reading() as unit:
            for department in sorted(unit[Users].get(session.user).departments):
                at_work = self._actor(unit, session.user, department)
                if at_work is not None and not self._allowance.covers(at_work.scope, made):
                    raise Gained("scope", self._name(session.user), session.way, at_work.scope)

    def _require_certificate(self, session: Session, actor: Actor) -> None:
        if session.way != CERTIFICATE and any(map(duties_of, actor.permissions)):
            raise Gained("way", self._name(session.user), session.way)

    def _require_holders(self) -> None:
        """Demand that of each duty somebody is left who can log in."""
        with self.world.transactions.begin_reading() as unit:
            for name, duty in DUTY_ROLES.items():
                known = self._holders.get(name, name)
                if self._unchanged(self.world.ids[known]):
                    continue
                found = (one for one in (known, *PEOPLE) if self._holds(unit, one, duty))
                left = next(found, None)
                if left is None:
                    raise Gained("lock-out", name)
                self._holders[name] = left

    def _require_consents(self) -> None:
        """Demand that of a duty changed only where one of them has it, at or above the place."""
        if self._trees[-1][1] != (tree := self._tree()):
            self._trees.append((self.world.clock.now(), tree))
        with self.world.transactions.begin_reading() as unit:
            shared = Shared(unit)
            for user in self.world.store.texts["user"]:
                if self._unchanged(user):
                    continue
                now = Standing.of(shared, user)
                if now != self._judged.get(user):
                    self._require_covered(user, now)
                    self._judged[user] = now

    def _require_covered(self, user: str, now: Standing) -> None:
        before = self._standings.get(user, Standing(frozenset(), ()))
        changed = set(before.powers ^ now.powers)
        if before.account != now.account:
            changed |= before.powers
        lacking = [one for one in changed if not self._covered(*one)]
        if lacking:
            raise Gained("duty", self._name(user), sorted(lacking))

    def _covered(self, duty: Duty, place: str) -> bool:
        above = {(duty, one) for one in (ALL, *self._above(place))}
        own = (self._standings[self.world.ids[name]] for name in self.hands.own)
        return any(above & one.powers for one in own)

    def _above(self, place: str) -> Iterable[str]:
        """Give a department and those above it, in the tree that has stood for long enough."""
        old = self.world.clock.now() - OLD
        known = [tree for since, tree in self._trees if since <= old][-1]
        seen = list[str]()
        while place and place not in seen:
            seen.append(place)
            place = known[place] if place in known else self._trees[-1][1].get(place, "")
        return seen

    def _tree(self) -> dict[str, str]:
        rows = self.world.store.texts["department"]
        return {place: json.loads(row)["_data"]["parent"] for place, row in rows.items()}

    def _unchanged(self, user: str) -> bool:
        """Tell whether nothing was written that decides what that user may do."""
        now, before = self.world.store.texts, self._seen
        return bool(before) and all(
            rows == before[table]
            if table in {"department", "role", "group"}
            else all(
                text == before[table].get(key)
                for key, text in rows.items()
                if key.endswith(user) or key.startswith(("role/", "group/", "department/"))
            )
            for table, rows in ((one, now[one]) for one in DECIDING)
        )

    def _holds(self, unit: Any, name: str, duty: Any) -> bool:
        """Tell whether that person can log in by his own certificate and has the duty then.

        Who administers must reach everybody, to make another one; all must be able to consent.
        """
        user = self.world.ids[name]
        owner = self.world.store.texts["credentials.unique"].get(print_of(name))
        if owner != user:
            return False
        home = min(unit[Users].get(user).departments, default="")
        actor = self._actor(unit, user, home)
        if actor is None or (duty is not Duty.AUDIT and not actor.may(SUPER)):
            return False
        if not actor.may("identity.decide_second_person"):
            return False
        return any(duty in duties_of(one) for one in actor.permissions)

    def _actor(self, unit: Any, user: str, department: str) -> Actor | None:
        return self.world.log_ins.actors.of(unit, user, department, now=self.world.clock.now())

    def _name(self, user: str) -> str:
        return next((name for name, known in self.world.ids.items() if known == user), user)
