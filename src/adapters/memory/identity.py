"""Users, departments, regions, roles and grants in memory."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any, TypeVar

from attrs import evolve, frozen

from adapters.memory.registers import MemoryRegisterStore
from adapters.memory.repository import MemoryRepository, Plain
from adapters.memory.unit import Factory, MemoryUnitOfWork
from supervision_core.identity.model import (
    Challenge,
    Counterpart,
    CounterpartKind,
    Credentials,
    DeliveryState,
    Department,
    Duty,
    ExportRequest,
    FaceCheck,
    GrantSheet,
    Group,
    GuessLimit,
    LogIn,
    Notice,
    PhoneChange,
    PhoneNotice,
    RegionContent,
    Role,
    SealBroken,
    SecondPersonRequest,
    SecondPersonState,
    Session,
    SourceLimit,
    Synchronisation,
    User,
)
from supervision_core.identity.ports import (
    AccessEpoch,
    Challenges,
    Counterparts,
    CredentialsStore,
    Departments,
    DepartmentTree,
    DirectoryChange,
    DirectoryChanges,
    ExportRequests,
    FaceChecks,
    GrantSheets,
    Groups,
    GuessLimits,
    KnownVersions,
    LogInStore,
    LogInTraces,
    Notices,
    PermissionCatalogue,
    PhoneChanges,
    PhoneNotices,
    Regions,
    Repairs,
    Roles,
    SecondPersonRequests,
    Sessions,
    SourceLimits,
    Synchronisations,
    Users,
)
from supervision_core.kernel.canonical import Json, canonical_json, sm3
from supervision_core.kernel.events import Aggregate
from supervision_core.kernel.plain import from_plain, to_plain
from supervision_core.kernel.ports import Repository
from supervision_core.kernel.registers import Entry

Root = TypeVar("Root", bound=Aggregate)


class _Deciding(MemoryRepository[Root]):
    """A repository whose rows decide: it gives none that the log tells not to believe.

    Its seals are hashes that everybody can make: for tests, which tamper behind them.
    """

    def save(self, root: Root) -> None:
        """Store the aggregate and seal it. Raises ``Conflict``."""
        super().save(root)
        self._unit.put("seal", f"{self.kind}/{root.id}", _hash(to_plain(root)))

    def _rebuilt(self, plain: Plain) -> Root:
        root = super()._rebuilt(plain)
        MemoryKnownVersions(self._unit).require(self.kind, root.id, root.version)
        if self._unit.find("seal", f"{self.kind}/{root.id}") != _hash(plain):
            raise SealBroken.at(self.kind, root.id, root.version)
        return root


def _hash(plain: Json) -> str:
    return sm3(canonical_json(plain)).hex()


class MemoryDepartments(_Deciding[Department], Departments):
    """The tree of departments."""

    cls = Department

    def every(self) -> Iterator[Department]:
        """Give every department, by id."""
        return self._all()

    def uniques(self, root: Department) -> frozenset[str]:
        """Say that a code stands once among the living."""
        return frozenset() if root.deleted else frozenset({root.data.code})

    def find_by_code(self, code: str) -> Department | None:
        """Give the living department of that code."""
        return next(iter(self._with_unique([code])), None)

    def lineages(self, ids: Iterable[str]) -> Mapping[str, list[Department]]:
        """Give for each the department and those above it, nearest first."""
        return {one: self._lineage(one) for one in ids}

    def _lineage(self, id: str) -> list[Department]:
        found: dict[str, Department] = {}
        at = id
        while at and at not in found:
            text = self._unit.find(self.kind, at)
            if text is None:
                break
            found[at] = self._root(text)
            at = found[at].data.parent
        return list(found.values())

    def below(self, id: str) -> list[Department]:
        """Give all living departments below it at any depth."""
        living = [one for one in self._all() if not one.deleted]
        reached, found = {id}, []
        while new := [one for one in living if one.data.parent in reached and one not in found]:
            found += new
            reached = {one.id for one in new} - {id}
        return sorted(found, key=lambda one: (one.data.order, one.id))

    def tree(self) -> DepartmentTree:
        """Give ids alone, of all living departments."""
        children: dict[str, list[str]] = {}
        for one in self._all():
            if not one.deleted:
                children.setdefault(one.data.parent, []).append(one.id)
        return DepartmentTree(children)

    def any_in_region(self, region: str) -> bool:
        """Tell whether a living department belongs to exactly that region."""
        return any(one.data.region == region and not one.deleted for one in self._all())


class MemoryUsers(_Deciding[User], Users):
    """Users."""

    cls = User

    def every(self) -> Iterator[User]:
        """Give every user, by id."""
        return self._all()

    def uniques(self, root: User) -> frozenset[str]:
        """Say that an account and an id of the unified platform stand once among the living."""
        if root.deleted:
            return frozenset()
        keys = [["account", root.account.account.casefold()]]
        if root.sign_on is not None:
            keys.append(["user_code", root.sign_on.user_code])
        return frozenset(map(json.dumps, keys))

    def find_by_account(self, account: str) -> User | None:
        """Give the living user of that account."""
        return self._one("account", account.casefold())

    def find_by_accounts(self, accounts: Iterable[str]) -> list[User]:
        """Give the living users of these accounts."""
        return self._with_unique(json.dumps(["account", one.casefold()]) for one in accounts)

    def find_by_user_code(self, code: str) -> User | None:
        """Give the living user whom the unified platform knows under that id."""
        return self._one("user_code", code)

    def _one(self, key: str, value: str) -> User | None:
        return next(iter(self._with_unique([json.dumps([key, value])])), None)

    def find_by_document(self, number: str) -> list[User]:
        """Give the living users with that number of their identity document."""
        if not number:
            return []
        return [
            one for one in self._all() if one.person.document_number == number and not one.deleted
        ]

    def find_by_party(self, party: str) -> list[User]:
        """Give the living users who act for that party."""
        return [one for one in self._all() if one.extended.party == party and not one.deleted]

    def of_department(self, department: str) -> list[User]:
        """Give its living users by their order in it."""
        members = [
            (member.order, user.id, user)
            for user in self._all()
            for member in user.memberships
            if member.department == department and not user.deleted
        ]
        return [user for _, _, user in sorted(members, key=lambda one: one[:2])]


class MemoryRegions(MemoryRegisterStore[RegionContent], Regions):
    """The register of regions."""

    cls = Entry[RegionContent]

    def every(self) -> Iterator[Entry[RegionContent]]:
        """Give every region, by id."""
        return self._all()


class MemoryRoles(_Deciding[Role], Roles):
    """Roles."""

    cls = Role

    def every(self) -> Iterator[Role]:
        """Give every role, by id."""
        return self._all()

    def find_many(self, ids: Iterable[str]) -> list[Role]:
        """Give the roles of ``ids`` that exist."""
        return self._many(ids)


class MemoryExportRequests(MemoryRepository[ExportRequest], ExportRequests):
    """Requests to give out tables."""

    cls = ExportRequest

    def every(self) -> Iterator[ExportRequest]:
        """Give every request, by id."""
        return self._all()


class MemorySecondPersonRequests(MemoryRepository[SecondPersonRequest], SecondPersonRequests):
    """Requests for a second person."""

    cls = SecondPersonRequest

    def every(self) -> Iterator[SecondPersonRequest]:
        """Give every request, by id."""
        return self._all()

    def waiting_of(self, user: str, *, at: datetime) -> list[SecondPersonRequest]:
        """Give those of a user that wait at that moment, by id."""
        mine = (one for one in self._all() if one.asked_by == user)
        return [one for one in mine if one.state(at) is SecondPersonState.WAITING]

    def about(self, user: str) -> list[SecondPersonRequest]:
        """Give those about a user on which nobody has decided, by id."""
        return [one for one in self._all() if one.need.user == user and one.decision is None]


class MemoryGroups(_Deciding[Group], Groups):
    """Groups."""

    cls = Group

    def every(self) -> Iterator[Group]:
        """Give every group, by id."""
        return self._all()


class MemoryGrantSheets(_Deciding[GrantSheet], GrantSheets):
    """What was granted to whom."""

    cls = GrantSheet

    def every(self) -> Iterator[GrantSheet]:
        """Give every sheet, by id."""
        return self._all()

    def find_many(self, ids: Iterable[str]) -> list[GrantSheet]:
        """Give the sheets of ``ids`` that exist."""
        return self._many(ids)

    def holders_of_duty(self, duty: Duty) -> frozenset[str]:
        """Give the users whom something of ``duty`` was granted, on any way."""
        sheets = list(self._all())
        found = {one.id for one in sheets if duty in one.duties}
        found |= {one.id for one in sheets if found & {f"role/{held}" for held in one.roles}}
        found |= {one.id for one in sheets if found & {f"group/{held}" for held in one.groups}}
        split = [one.split("/", 1) for one in found]
        users = {one for kind, one in split if kind == "user"}
        for kind, at in split:
            if kind == "department":
                places = [at, *MemoryDepartments(self._unit).tree().below(at)]
                users |= {
                    one.id
                    for place in places
                    for one in MemoryUsers(self._unit).of_department(place)
                }
        return frozenset(users)


class MemoryKnownVersions(KnownVersions):
    """What the store's own log says."""

    def __init__(self, unit: MemoryUnitOfWork) -> None:
        """Work in ``unit``."""
        self._unit = unit

    @property
    def alarms(self) -> int:
        """How many alarms and repairs there were."""
        return self._unit.known().alarms

    def disputes(self, kind: str, id: str, version: int) -> bool:
        """Tell whether the row as it is stored is not to be believed."""
        return self._unit.known().disputes(kind, id, version)


class MemoryRepairs(Repairs):
    """Repairs under a seal that everybody can make: for tests."""

    def __init__(self, unit: MemoryUnitOfWork) -> None:
        """Work in ``unit``."""
        self._unit = unit

    def read(self, kind: str, id: str) -> Aggregate | None:
        """Give what is stored."""
        text = self._unit.find(kind, id)
        cls = next(one.cls for one in _DECIDING if one.kind == kind)
        return None if text is None else from_plain(cls, json.loads(text))

    def refused(self, kind: str, id: str) -> int | None:
        """Give the version above which a repair must be."""
        return self._unit.known().refused.get(f"{kind}/{id}")

    def write(self, kind: str, root: Aggregate, version: int) -> None:
        """Store the aggregate anew."""
        root.version = version
        self._unit.put(kind, root.id, json.dumps(to_plain(root), ensure_ascii=False))
        self._unit.put("seal", f"{kind}/{root.id}", _hash(to_plain(root)))

    def seal(self, target: str) -> str:
        """Seal a repair."""
        return f"sealed {target}"


class MemoryAccessEpoch(AccessEpoch):
    """The epoch; two overlapping transactions cannot both advance it."""

    def __init__(self, unit: MemoryUnitOfWork) -> None:
        """Work in ``unit``."""
        self._unit = unit

    def current(self) -> int:
        """Give the committed epoch."""
        return int(self._unit.find("epoch", "access") or "0")

    def advance(self) -> None:
        """Begin a new epoch when the unit commits."""
        self._unit.put("epoch", "access", str(self.current() + 1))

    def hold(self) -> None:
        """Do nothing: of two overlapping transactions that advance it, one fails at its commit."""


class MemoryDirectoryChanges(DirectoryChanges):
    """The change feed; two overlapping transactions cannot take one number."""

    def __init__(self, unit: MemoryUnitOfWork) -> None:
        """Work in ``unit``."""
        self._unit = unit

    def append(self, change: DirectoryChange) -> None:
        """Add a change under the next number."""
        last = self._unit.find("feed.last", "number") or "0"
        number = int(last) + 1
        self._unit.put("feed.last", "number", str(number))
        numbered = evolve(change, number=number)
        self._unit.put("feed", f"{number:012}", json.dumps(to_plain(numbered)))

    def after(self, number: int, limit: int) -> list[DirectoryChange]:
        """Give at most ``limit`` changes with higher numbers."""
        rows = (text for key, text in self._unit.scan("feed") if int(key) > number)
        return [from_plain(DirectoryChange, json.loads(text)) for text in rows][:limit]


class MemoryCredentials(_Deciding[Credentials], CredentialsStore):
    """What users prove themselves with."""

    cls = Credentials

    def uniques(self, root: Credentials) -> frozenset[str]:
        """Say that a certificate is bound once."""
        return root.certificates

    def find_by_certificate(self, thumbprint: str) -> Credentials | None:
        """Give the credentials to which that certificate is bound."""
        return next(iter(self._with_unique([thumbprint])), None)


class MemoryGuessLimits(MemoryRepository[GuessLimit], GuessLimits):
    """How often passwords were guessed."""

    cls = GuessLimit


class MemorySourceLimits(MemoryRepository[SourceLimit], SourceLimits):
    """How often addresses have tried."""

    cls = SourceLimit


class MemoryLogIns(MemoryRepository[LogIn], LogInStore):
    """Log-ins under way."""

    cls = LogIn


class MemoryChallenges(MemoryRepository[Challenge], Challenges):
    """Challenges."""

    cls = Challenge


class MemoryNotices(MemoryRepository[Notice], Notices):
    """Messages to users."""

    cls = Notice

    def of_user(self, user: str, limit: int) -> list[Notice]:
        """Give the newest to a user, newest first."""
        found = [one for one in self._all() if one.user == user]
        return sorted(found, key=lambda one: (one.made_at, one.id), reverse=True)[:limit]

    def in_state(self, state: DeliveryState, limit: int) -> list[Notice]:
        """Give the oldest in that state, oldest first."""
        found = [one for one in self._all() if one.state is state]
        return sorted(found, key=lambda one: (one.made_at, one.id))[:limit]


class MemoryCounterparts(MemoryRepository[Counterpart], Counterparts):
    """What things of the existing platform are here."""

    cls = Counterpart

    def of_kind(self, kind: CounterpartKind) -> list[Counterpart]:
        """Give all of that kind, by id."""
        return [one for one in self._all() if one.kind is kind]


class MemorySynchronisations(MemoryRepository[Synchronisation], Synchronisations):
    """How each part was taken in the last time."""

    cls = Synchronisation


class MemoryFaceChecks(MemoryRepository[FaceCheck], FaceChecks):
    """Certifications by face."""

    cls = FaceCheck

    def uniques(self, root: FaceCheck) -> frozenset[str]:
        """Say that an id of the platform serves once."""
        return frozenset({root.certify_id} - {""})


class MemoryPhoneChanges(MemoryRepository[PhoneChange], PhoneChanges):
    """Changes of one's own phone."""

    cls = PhoneChange


class MemoryPhoneNotices(MemoryRepository[PhoneNotice], PhoneNotices):
    """What phones are told."""

    cls = PhoneNotice

    def waiting(self, now: datetime, limit: int) -> list[PhoneNotice]:
        """Give the oldest that are not sent and not given up."""
        found = [one for one in self._all() if one.waits(at=now)]
        return sorted(found, key=lambda one: (one.made_at, one.id))[:limit]


class MemorySessions(_Deciding[Session], Sessions):
    """Sessions."""

    cls = Session

    def with_epoch(self, id: str) -> tuple[Session, int]:
        """Give the session and the epoch of access."""
        return self.get(id), MemoryAccessEpoch(self._unit).current()

    def of_user(self, user: str) -> list[Session]:
        """Give the sessions of a user that have not ended."""
        return self.of_users([user])

    def of_users(self, users: Iterable[str]) -> list[Session]:
        """Give the sessions of all these users that have not ended."""
        wanted = frozenset(users)
        return [one for one in self._all() if one.user in wanted and not one.ended]


_KEPT: Mapping[type[Any], type[MemoryRepository[Any]]] = MappingProxyType(
    {
        Challenges: MemoryChallenges,
        FaceChecks: MemoryFaceChecks,
        GuessLimits: MemoryGuessLimits,
        LogInStore: MemoryLogIns,
        PhoneChanges: MemoryPhoneChanges,
        PhoneNotices: MemoryPhoneNotices,
        SourceLimits: MemorySourceLimits,
        Sessions: MemorySessions,
    }
)


class MemoryLogInTraces(LogInTraces):
    """Walks the tables of log-ins by id, and forgets what is over."""

    def __init__(self, unit: MemoryUnitOfWork) -> None:
        """Work in ``unit``."""
        self._unit = unit

    def forget(
        self,
        port: type[Repository[Any]],
        is_over: Callable[[Any], bool],
        *,
        after: str,
        limit: int,
    ) -> tuple[str, int]:
        """Look at the next and forget those over."""
        repository = _KEPT[port](self._unit)
        ids = [one for one, _ in self._unit.scan(port.kind) if one > after][:limit]
        over = [one for one in ids if is_over(repository.get(one))]
        for one in over:
            self._unit.put(port.kind, one, None)
        return ids[-1] if len(ids) == limit else "", len(over)


@frozen
class FixedCatalogue(PermissionCatalogue):
    """The permissions it is told, called by their names."""

    names: frozenset[str]

    def titles(self) -> Mapping[str, str]:
        """Give them all."""
        return {name: name for name in self.names}


_DECIDING: tuple[type[MemoryRepository[Any]], ...] = (
    MemoryUsers,
    MemoryDepartments,
    MemoryRoles,
    MemoryGroups,
    MemoryGrantSheets,
    MemoryCredentials,
    MemorySessions,
)

IDENTITY_PORTS: Mapping[type[Any], Factory] = MappingProxyType(
    {
        Departments: MemoryDepartments,
        Users: MemoryUsers,
        Regions: MemoryRegions,
        Roles: MemoryRoles,
        Groups: MemoryGroups,
        ExportRequests: MemoryExportRequests,
        SecondPersonRequests: MemorySecondPersonRequests,
        GrantSheets: MemoryGrantSheets,
        KnownVersions: MemoryKnownVersions,
        Repairs: MemoryRepairs,
        AccessEpoch: MemoryAccessEpoch,
        DirectoryChanges: MemoryDirectoryChanges,
        CredentialsStore: MemoryCredentials,
        GuessLimits: MemoryGuessLimits,
        SourceLimits: MemorySourceLimits,
        LogInStore: MemoryLogIns,
        PhoneChanges: MemoryPhoneChanges,
        PhoneNotices: MemoryPhoneNotices,
        Challenges: MemoryChallenges,
        Counterparts: MemoryCounterparts,
        Notices: MemoryNotices,
        Synchronisations: MemorySynchronisations,
        FaceChecks: MemoryFaceChecks,
        Sessions: MemorySessions,
        LogInTraces: MemoryLogInTraces,
    }
)
"""Who serves the ports of identity; the catalogue of permissions comes from the entrypoint."""
