"""Users, departments, regions, roles and grants in memory."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from types import MappingProxyType
from typing import Any, TypeVar

from attrs import evolve, frozen

from adapters.memory.registers import MemoryEntries, MemoryRegisterStore
from adapters.memory.repository import MemoryRepository
from adapters.memory.unit import Factory, MemoryUnitOfWork
from supervision_core.identity.model import (
    Challenge,
    Counterpart,
    CounterpartKind,
    Credentials,
    DeadLetter,
    DeliveryState,
    Department,
    Duty,
    ExportRequest,
    FaceCheck,
    FormDraft,
    GrantSheet,
    Group,
    GuessLimit,
    LogIn,
    Notice,
    PhoneChange,
    PhoneNotice,
    Preferences,
    RegionContent,
    Role,
    SealBroken,
    SecondPersonRequest,
    SecondPersonState,
    Session,
    SourceLimit,
    StationMessage,
    Synchronisation,
    User,
)
from supervision_core.identity.ports import (
    MOST_UNREAD,
    AccessEpoch,
    AccountTies,
    Challenges,
    Counterparts,
    CredentialsStore,
    DeadLetters,
    Departments,
    DepartmentTree,
    DirectoryChange,
    DirectoryChanges,
    ExportRequests,
    FaceChecks,
    FormDrafts,
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
    PreferencesStore,
    Regions,
    Repairs,
    Roles,
    SecondPersonRequests,
    Sessions,
    SourceLimits,
    StationMessages,
    Synchronisations,
    Users,
)
from supervision_core.kernel.canonical import Json, canonical_json, sm3
from supervision_core.kernel.events import Aggregate
from supervision_core.kernel.paging import Page, PageRequest, page_of, position
from supervision_core.kernel.plain import from_plain, to_plain
from supervision_core.kernel.ports import Repository
from supervision_core.kernel.registers import Entries, Entry

Root = TypeVar("Root", bound=Aggregate)


class _Deciding(MemoryRepository[Root]):
    """A repository whose rows decide: it gives none that the log tells not to believe.

    Its seals are hashes that everybody can make: for tests, which tamper behind them.
    """

    def save(self, root: Root) -> None:
        """Store the aggregate and seal it. Raises ``Conflict``."""
        super().save(root)
        self._unit.put("seal", f"{self.kind}/{root.id}", _hash(to_plain(root)))

    def _root(self, text: str) -> Root:
        root = super()._root(text)
        MemoryKnownVersions(self._unit).require(self.kind, root.id, root.version)
        if self._unit.find("seal", f"{self.kind}/{root.id}") != _hash(json.loads(text)):
            raise SealBroken.at(self.kind, root.id, root.version)
        return root


def _hash(plain: Json) -> str:
    return sm3(canonical_json(plain)).hex()


class MemoryDepartments(_Deciding[Department], Departments):
    """The tree of departments."""

    cls = Department

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
        living = [one for one in self.every() if not one.deleted]
        reached, found = {id}, []
        while new := [one for one in living if one.data.parent in reached and one not in found]:
            found += new
            reached = {one.id for one in new} - {id}
        return sorted(found, key=lambda one: (one.data.order, one.id))

    def tree(self) -> DepartmentTree:
        """Give ids alone, of all living departments."""
        return DepartmentTree({one.id: one.data.parent for one in self.every() if not one.deleted})

    def tree_after(self, tree: DepartmentTree, changed: frozenset[str]) -> DepartmentTree:
        """Give the tree, read anew."""
        del tree, changed
        return self.tree()

    def any_in_region(self, region: str) -> bool:
        """Tell whether a living department belongs to exactly that region."""
        return any(one.data.region == region and not one.deleted for one in self.every())


class MemoryUsers(_Deciding[User], Users):
    """Users."""

    cls = User

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

    def find_by_documents(self, numbers: Iterable[str]) -> list[User]:
        """Give the living users with any of these numbers of identity documents."""
        wanted = set(numbers) - {""}
        return [
            one for one in self.every() if one.person.document_number in wanted and not one.deleted
        ]

    def find_by_party(self, party: str) -> list[User]:
        """Give the living users who act for that party."""
        return [one for one in self.every() if one.extended.party == party and not one.deleted]

    def of_department(self, department: str) -> list[User]:
        """Give its living users by their order in it."""
        members = [
            (member.order, user.id, user)
            for user in self.every()
            for member in user.memberships
            if member.department == department and not user.deleted
        ]
        return [user for _, _, user in sorted(members, key=lambda one: one[:2])]


class MemoryRegions(MemoryRegisterStore[RegionContent], Regions):
    """The register of regions."""

    cls = Entry[RegionContent]


class MemoryRoles(_Deciding[Role], Roles):
    """Roles."""

    cls = Role


class MemoryExportRequests(MemoryRepository[ExportRequest], ExportRequests):
    """Requests to give out tables."""

    cls = ExportRequest


class MemorySecondPersonRequests(MemoryRepository[SecondPersonRequest], SecondPersonRequests):
    """Requests for a second person."""

    cls = SecondPersonRequest

    def waiting_of(self, user: str, *, at: datetime) -> list[SecondPersonRequest]:
        """Give those of a user that wait at that moment, by id."""
        mine = (one for one in self.every() if one.asked_by == user)
        return [one for one in mine if one.state(at) is SecondPersonState.WAITING]

    def about(self, user: str) -> list[SecondPersonRequest]:
        """Give those about a user on which nobody has decided, by id."""
        return [one for one in self.every() if one.need.user == user and one.decision is None]


class MemoryGroups(_Deciding[Group], Groups):
    """Groups."""

    cls = Group


class MemoryGrantSheets(_Deciding[GrantSheet], GrantSheets):
    """What was granted to whom."""

    cls = GrantSheet

    def holders_of_duty(self, duty: Duty) -> frozenset[str]:
        """Give the users whom something of ``duty`` was granted, on any way."""
        sheets = list(self.every())
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

    def advance(self, *changed: str) -> None:
        """Begin a new epoch when the unit commits."""
        epoch = str(self.current() + 1)
        self._unit.put("epoch", "access", epoch)
        self._unit.put("epoch", epoch, json.dumps(changed))

    def changed(self, after: int, upto: int) -> frozenset[str] | None:
        """Give what these epochs changed."""
        texts = [self._unit.find("epoch", str(one)) for one in range(after + 1, upto + 1)]
        named = [json.loads(text or "[]") for text in texts]
        if after > upto or not all(named):
            return None
        return frozenset(one for some in named for one in some)

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
        found = [one for one in self.every() if one.user == user]
        return sorted(found, key=lambda one: (one.made_at, one.id), reverse=True)[:limit]

    def in_state(self, state: DeliveryState, limit: int) -> list[Notice]:
        """Give the oldest in that state, oldest first."""
        found = [one for one in self.every() if one.state is state]
        return sorted(found, key=lambda one: (one.made_at, one.id))[:limit]


class MemoryStationMessages(StationMessages):
    """Messages inside the platform."""

    def __init__(self, unit: MemoryUnitOfWork) -> None:
        """Work in ``unit``."""
        self._unit = unit

    def add_all(self, messages: Sequence[StationMessage]) -> None:
        """Keep new ones."""
        for one in messages:
            self._unit.put("station_message", one.id, json.dumps(to_plain(one)))

    def page(self, user: str, *, unread: bool, request: PageRequest) -> Page[StationMessage]:
        """Give one page, newest first."""
        query: Json = {"station_messages": user, "unread": unread}
        after = position(request, query=query, kinds=[str])
        wanted = (one for one in self._of(user) if not unread or one.read_at is None)
        rest = [one for one in wanted if after is None or one.id < str(after[0])]
        newest = sorted(rest, key=lambda one: one.id, reverse=True)
        return page_of(
            newest, request, query=query, key=lambda one: (one.id,), item=lambda one: one
        )

    def unread(self, user: str) -> int:
        """Count what is not read."""
        return min(MOST_UNREAD, sum(one.read_at is None for one in self._of(user)))

    def read(self, user: str, ids: Sequence[str], *, at: datetime) -> int:
        """Mark them as read."""
        found = [
            one for one in self._of(user) if one.read_at is None and (one.id in ids or not ids)
        ]
        self.add_all([evolve(one, read_at=at) for one in found])
        return len(found)

    def forget(self, before: datetime, limit: int) -> int:
        """Delete the oldest."""
        oldest = sorted(self._every(), key=lambda one: one.id)[:limit]
        gone = [one.id for one in oldest if one.made_at < before]
        for one in gone:
            self._unit.put("station_message", one, None)
        return len(gone)

    def _of(self, user: str) -> list[StationMessage]:
        return [one for one in self._every() if one.user == user]

    def _every(self) -> Iterator[StationMessage]:
        for _, text in self._unit.scan("station_message"):
            yield from_plain(StationMessage, json.loads(text))


class MemoryDeadLetters(MemoryRepository[DeadLetter], DeadLetters):
    """Events that receivers could not take."""

    cls = DeadLetter

    def open(self, receiver: str = "") -> list[DeadLetter]:
        """Give those of which nothing has become, by number."""
        found = [one for one in self.every() if one.is_open and receiver in ("", one.receiver)]
        return sorted(found, key=lambda one: (one.envelope.number, one.id))


class MemoryCounterparts(MemoryRepository[Counterpart], Counterparts):
    """What things of the existing platform are here."""

    cls = Counterpart

    def of_kind(self, kind: CounterpartKind) -> list[Counterpart]:
        """Give all of that kind, by id."""
        return [one for one in self.every() if one.kind is kind]


class MemoryPreferences(MemoryRepository[Preferences], PreferencesStore):
    """What each user keeps about lists."""

    cls = Preferences


class MemoryFormDrafts(MemoryRepository[FormDraft], FormDrafts):
    """What users have filled in and not sent yet."""

    cls = FormDraft

    def of(self, owner: str) -> list[FormDraft]:
        """Give those of one person, by id."""
        return [one for one in self.every() if one.owner == owner]

    def drop(self, id: str) -> None:
        """Keep it no longer."""
        self._unit.put(self.kind, id, None)


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
        found = [one for one in self.every() if one.waits(at=now)]
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
        return [one for one in self.every() if one.user in wanted and not one.ended]


_KEPT: Mapping[type[Any], type[MemoryRepository[Any]]] = MappingProxyType(
    {
        Challenges: MemoryChallenges,
        FaceChecks: MemoryFaceChecks,
        FormDrafts: MemoryFormDrafts,
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


class MemoryNoTies(AccountTies):
    """No register of persons stands above identity."""

    def __init__(self, unit: MemoryUnitOfWork) -> None:
        """Work in ``unit``, which holds none."""
        del unit

    def made(self, users: Sequence[User], *, at: datetime) -> Sequence[tuple[str, Aggregate]]:
        """Tie nothing."""
        del users, at
        return ()

    def deleted(self, user: str, *, by: str, at: datetime) -> Sequence[tuple[str, Aggregate]]:
        """Untie nothing."""
        del user, by, at
        return ()

    def entry_at(self, user: str, department: str) -> str:
        """Know nobody's entry."""
        del user, department
        return ""

    def accounts_of(self, entries: Iterable[str]) -> Sequence[str]:
        """Know nobody's account."""
        del entries
        return ()


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
        AccountTies: MemoryNoTies,
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
        DeadLetters: MemoryDeadLetters,
        PreferencesStore: MemoryPreferences,
        StationMessages: MemoryStationMessages,
        Synchronisations: MemorySynchronisations,
        FaceChecks: MemoryFaceChecks,
        FormDrafts: MemoryFormDrafts,
        Sessions: MemorySessions,
        LogInTraces: MemoryLogInTraces,
        Entries: MemoryEntries,
    }
)
"""Who serves the ports of identity; the catalogue of permissions comes from the entrypoint."""
