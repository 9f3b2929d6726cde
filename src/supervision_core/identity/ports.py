"""Where users, departments, regions and access are kept, and what the frame of commands stores."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Final

from attrs import define, field, frozen

from supervision_core.identity.model import (
    Challenge,
    Channel,
    Counterpart,
    CounterpartKind,
    Credentials,
    DeadLetter,
    DeliveryState,
    Department,
    Duty,
    ExportRequest,
    FaceBegun,
    FaceCheck,
    FormDraft,
    GrantSheet,
    Group,
    GuessLimit,
    HolderKind,
    IdentityChange,
    LogIn,
    Notice,
    OutgoingMessage,
    PhoneChange,
    PhoneNotice,
    Predicate,
    Preferences,
    RegionContent,
    Role,
    SealBroken,
    SecondPersonRequest,
    Session,
    SignOnProfile,
    SourceLimit,
    StationMessage,
    Synchronisation,
    ToldDepartment,
    ToldRole,
    ToldUser,
    User,
)
from supervision_core.kernel.canonical import Json
from supervision_core.kernel.crypto import Tampered
from supervision_core.kernel.events import Aggregate
from supervision_core.kernel.fields import said
from supervision_core.kernel.paging import Page, PageRequest
from supervision_core.kernel.ports import Repository
from supervision_core.kernel.registers import RegisterStore


@frozen(kw_only=True)
class DoneCommand:
    """A command that was carried out: what was asked, what was answered, and on which day.

    Without a day, that of before days were noted, it is kept for good.
    """

    key: str
    action: str
    request: str
    answer: str
    done_on: date | None = None


class DoneCommands(ABC):
    """Idempotency records, in the same transaction as the effect."""

    @abstractmethod
    def find(self, actor: str, key: str) -> DoneCommand | None:
        """Give what ``actor`` did under ``key``, if anything."""

    @abstractmethod
    def add(self, actor: str, done: DoneCommand) -> None:
        """Record; a second record of the same actor and key makes the commit a ``Conflict``."""

    @abstractmethod
    def forget(self, before: date, limit: int, *, but: str) -> int:
        """Delete of what was done before that day so many at most; tell how many.

        Not what the actor ``but`` did.
        """


@define(eq=False)
class DepartmentTree:
    """What is right above each living department, by id; ``""`` is above the top ones.

    ``broken`` are those whose rows are not as they were sealed: no answer holds one of them.
    """

    parents: Mapping[str, str]
    broken: Mapping[str, Tampered] = field(factory=dict)
    _children: dict[str, list[str]] = field(init=False)
    _known: dict[str, frozenset[str]] = field(factory=dict, init=False)

    def __attrs_post_init__(self) -> None:
        """Turn it round."""
        self._children = {}
        for one, parent in self.parents.items():
            self._children.setdefault(parent, []).append(one)

    def changed(
        self, ids: frozenset[str], parents: Mapping[str, str], broken: Mapping[str, Tampered]
    ) -> "DepartmentTree":
        """Give the tree with other places for ``ids``; those without a parent are gone."""
        left = {one: above for one, above in self.parents.items() if one not in ids}
        sound = {one: why for one, why in self.broken.items() if one not in ids}
        return DepartmentTree({**left, **parents}, {**sound, **broken})

    def below(self, id: str) -> frozenset[str]:
        """Give the ids of all below it at any depth, once for all who ask. Raises ``Tampered``."""
        if id not in self._known:
            self._known[id] = self._walked(id)
        return self._known[id]

    def _walked(self, id: str) -> frozenset[str]:
        found: set[str] = set()
        waiting = [id]
        while waiting:
            for one in self._children.get(waiting.pop(), ()):
                if one in self.broken:
                    raise Tampered(self.broken[one].reasons)
                if one not in found:
                    found.add(one)
                    waiting.append(one)
        return frozenset(found)


class Departments(Repository[Department]):
    """The tree of departments. No code belongs to two living ones."""

    kind = "department"

    @abstractmethod
    def find_by_code(self, code: str) -> Department | None:
        """Give the living department of that code."""

    @abstractmethod
    def lineages(self, ids: Iterable[str]) -> Mapping[str, list[Department]]:
        """Give for each of ``ids`` the department and those above it, nearest first, deleted too.

        Empty for an unknown id; a ring, which no use case makes, is walked once.
        """

    def lineage(self, id: str) -> list[Department]:
        """Give the lineage of a single department."""
        return self.lineages([id])[id]

    @abstractmethod
    def below(self, id: str) -> list[Department]:
        """Give all living departments below it at any depth, by order then id.

        Below ``""`` lies every one that hangs on the top.
        """

    @abstractmethod
    def tree(self) -> DepartmentTree:
        """Give ids alone, of all living departments; what the log disputes is left out."""

    @abstractmethod
    def tree_after(self, tree: DepartmentTree, changed: frozenset[str]) -> DepartmentTree:
        """Give the tree as it is, where ``tree`` was before these departments were changed."""

    @abstractmethod
    def any_in_region(self, region: str) -> bool:
        """Tell whether a living department belongs to exactly that region."""


class Users(Repository[User]):
    """Users. No account, and no id of the unified platform, belongs to two living ones."""

    kind = "user"

    @abstractmethod
    def find_by_account(self, account: str) -> User | None:
        """Give the living user of that account; letter case does not count."""

    @abstractmethod
    def find_by_accounts(self, accounts: Iterable[str]) -> list[User]:
        """Give the living users of these accounts, in any order; letter case does not count."""

    @abstractmethod
    def find_by_user_code(self, code: str) -> User | None:
        """Give the living user whom the unified platform knows under that id."""

    def find_by_document(self, number: str) -> list[User]:
        """Give the living users with that number of their identity document, by id."""
        return self.find_by_documents([number])

    @abstractmethod
    def find_by_documents(self, numbers: Iterable[str]) -> list[User]:
        """Give the living users with any of these numbers of identity documents, by id."""

    @abstractmethod
    def find_by_party(self, party: str) -> list[User]:
        """Give the living users who act for that firm, institution or citizen, by id."""

    @abstractmethod
    def of_department(self, department: str) -> list[User]:
        """Give its living users, main and other, by their order in it, then id."""


class AccountTies(ABC):
    """A register of persons above this context whose entries are tied to accounts (执法人员).

    It is told in the transaction that makes or deletes the accounts, and gives the entries that it
    has saved thereby, each with its kind.
    """

    @abstractmethod
    def made(self, users: Sequence[User], *, at: datetime) -> Sequence[tuple[str, Aggregate]]:
        """Tie new accounts to the entries of the same persons, where exactly one fits."""

    @abstractmethod
    def deleted(self, user: str, *, by: str, at: datetime) -> Sequence[tuple[str, Aggregate]]:
        """Untie the entry of an account that is no more, deleted by an account."""

    @abstractmethod
    def entry_at(self, user: str, department: str) -> str:
        """Give the id of the entry as which an account acts for a department, empty for none."""

    @abstractmethod
    def accounts_of(self, entries: Iterable[str]) -> Sequence[str]:
        """Give the accounts to which these entries are tied; untied ones have none."""


class PartyNames(ABC):
    """The register above this context that knows parties by more than one name."""

    @abstractmethod
    def ids_of(self, party: str) -> frozenset[str]:
        """Give every id of the party that is named by an id or by a code."""


class Regions(RegisterStore[RegionContent]):
    """The register of administrative regions."""

    kind = "region"


class ExportRequests(Repository[ExportRequest]):
    """Requests to give out tables of personal data."""

    kind = "export_request"


class SecondPersonRequests(Repository[SecondPersonRequest]):
    """Requests for a second person; what each asks for may be personal data."""

    kind = "second_person_request"

    @abstractmethod
    def waiting_of(self, user: str, *, at: datetime) -> list[SecondPersonRequest]:
        """Give those of a user that wait at that moment, by id."""

    @abstractmethod
    def about(self, user: str) -> list[SecondPersonRequest]:
        """Give those about a user on which nobody has decided, by id."""


@frozen(kw_only=True)
class SecondPersonFilter:
    """Which requests a list shows: those of one user, those that wait ``at`` a moment, or all.

    ``beside`` leaves out what a user asked for himself, and what is about him.
    """

    asked_by: str = ""
    at: datetime | None = None
    beside: str = ""

    @property
    def asked(self) -> Json:
        """What a cursor is bound to: time goes on from page to page."""
        return [self.asked_by, self.at is not None, self.beside]


class SecondPersonQueries(ABC):
    """Lists of requests for a second person."""

    @abstractmethod
    def page(self, filter: SecondPersonFilter, request: PageRequest) -> Page[SecondPersonRequest]:
        """Give one page by id, which is the order in which they were made."""


@frozen(kw_only=True)
class HolderFilter:
    """Whose holders a list shows: those of one role or of one group, by id."""

    reach: Predicate | None = None
    role: str = ""
    group: str = ""


@frozen(kw_only=True)
class HolderRow:
    """A living user or a group that holds a role or group itself."""

    kind: HolderKind
    id: str


class HolderQueries(ABC):
    """Lists of who holds a role or group. Each stands where lists of users and groups place it."""

    @abstractmethod
    def page(self, filter: HolderFilter, request: PageRequest) -> Page[HolderRow]:
        """Give one page by the id of the sheet: groups first, then users."""


class Roles(Repository[Role]):
    """Roles."""

    kind = "role"


class Groups(Repository[Group]):
    """Groups."""

    kind = "group"


class GrantSheets(Repository[GrantSheet]):
    """What was granted to whom."""

    kind = "grant_sheet"

    @abstractmethod
    def holders_of_duty(self, duty: Duty) -> frozenset[str]:
        """Give the users whom something that is part of ``duty`` was granted, on any way.

        On ways that lead nowhere, too: through what is out of use, departments that do not hand
        down, users who are deleted. Only a picture of his access tells who really has the duty.
        """


SortKey = tuple[tuple[str, int], ...]


class Collation(ABC):
    """How Chinese names sort (proposal 6.4.1.4.1.7: 拼音字母顺序、笔画数量)."""

    @abstractmethod
    def by_pinyin(self, name: str, *, person: bool) -> SortKey:
        """Give a key that sorts by sound; surnames have sounds of their own in a person's name."""

    @abstractmethod
    def by_strokes(self, name: str) -> SortKey:
        """Give a key that sorts by the number of strokes of each character in turn."""


class PermissionCatalogue(ABC):
    """Which permissions there are: the names of all use cases of the installation."""

    @abstractmethod
    def titles(self) -> Mapping[str, str]:
        """Give what each is called in Chinese, by its name."""

    def permissions(self) -> frozenset[str]:
        """Give them all."""
        return frozenset(self.titles())


class KnownVersions(ABC):
    """日志所知的版本 (KnownVersions): what this process knows by the log of rows that decide.

    It follows the log from a checkpoint that it verified. A row that is stored in an older version
    than the log named, or that an alarm named and nobody repaired, is not to be believed, whatever
    its seal says: whoever writes to the database can put back what was sealed once.
    """

    @property
    @abstractmethod
    def alarms(self) -> int:
        """How many alarms and repairs were followed: by another number, what was read is stale."""

    @abstractmethod
    def disputes(self, kind: str, id: str, version: int) -> bool:
        """Tell whether the row as it is stored is not to be believed; 0: it is not there."""

    def require(self, kind: str, id: str, version: int = 0) -> None:
        """Demand that the row as it is stored may be believed. Raises ``SealBroken``."""
        if self.disputes(kind, id, version):
            raise SealBroken.at(kind, id, version)


class Repairs(ABC):
    """Reads and writes rows that nobody else may read until they are repaired."""

    @abstractmethod
    def read(self, kind: str, id: str) -> Aggregate | None:
        """Give what is stored, believed or not. Raises ``Tampered`` for what was not sealed so."""

    @abstractmethod
    def refused(self, kind: str, id: str) -> int | None:
        """Give the version above which a repair must be; ``None`` where nothing is refused."""

    @abstractmethod
    def write(self, kind: str, root: Aggregate, version: int) -> None:
        """Store the aggregate anew in ``version``, which is above the stored one."""

    @abstractmethod
    def seal(self, target: str) -> str:
        """Seal a repair of ``target``, so that every process believes it."""


class AccessEpoch(ABC):
    """权限纪元 (AccessEpoch): a number that every change of who may do what makes another.

    Whoever keeps a picture of somebody's access asks, in the transaction that relies on it, whether
    the epoch is still the one in which he read it, and if not, what was changed since. So a
    revocation counts from the next request on, in every process.
    """

    @abstractmethod
    def current(self) -> int:
        """Give the committed epoch."""

    @abstractmethod
    def advance(self, *changed: str) -> None:
        """Begin a new epoch when the unit commits.

        ``changed`` names, as ``kind/id``, all that this call stands for; nothing: perhaps anything.
        """

    @abstractmethod
    def changed(self, after: int, upto: int) -> frozenset[str] | None:
        """Give what the epochs behind ``after`` changed, up to ``upto``, which is committed.

        ``None`` where that is not known to the last of them: perhaps anything.
        """

    @abstractmethod
    def hold(self) -> None:
        """Let nobody else begin a new epoch until the unit ends."""


class ChangeKind(StrEnum):
    """What happened to a user, department or region."""

    WRITTEN = "written"
    DELETED = "deleted"


@frozen(kw_only=True)
class DirectoryChange:
    """One line of the change feed: read the thing itself by its id.

    ``number`` is 0 until the feed has given one.
    """

    kind: str = field(metadata=said("对象类型", example="user"))
    id: str = field(metadata=said("编号", example="n000001"))
    change: ChangeKind = field(
        metadata=said("变更：written为新增或修改，deleted为删除", example="written")
    )
    at: datetime = field(metadata=said("时间", example="2026-01-31T08:00:00+00:00"))
    number: int = field(default=0, metadata=said("变更编号", example=1))


class DirectoryChanges(ABC):
    """The change feed by which other systems follow users, departments and regions.

    Source: proposal 6.4.1.4 (标准接口, 自动更新同步).
    """

    @abstractmethod
    def append(self, change: DirectoryChange) -> None:
        """Add a change, in the transaction that makes it.

        Its number is higher than every number that anybody can have read before: a reader who goes
        on after the last number he saw misses nothing, also when transactions overlap.
        """

    @abstractmethod
    def after(self, number: int, limit: int) -> list[DirectoryChange]:
        """Give at most ``limit`` changes with higher numbers, lowest first."""


class CredentialsStore(Repository[Credentials]):
    """What users prove themselves with. No certificate is bound to two users."""

    kind = "credentials"
    runs_ahead = True

    @abstractmethod
    def find_by_certificate(self, thumbprint: str) -> Credentials | None:
        """Give the credentials to which that certificate is bound."""


class GuessLimits(Repository[GuessLimit]):
    """How often passwords were guessed, each under the digest of the account and the address."""

    kind = "guess_limit"
    logged = False


class SourceLimits(Repository[SourceLimit]):
    """How often addresses have tried, each under the digest of the address."""

    kind = "source_limit"
    logged = False


class LogInStore(Repository[LogIn]):
    """Log-ins under way, each under the digest of its token."""

    kind = "log_in"
    logged = False


class Challenges(Repository[Challenge]):
    """Challenges, each under the digest of its token."""

    kind = "challenge"
    logged = False


class FaceChecks(Repository[FaceCheck]):
    """Certifications by face, each under the digest of its token; the platform's ids are unique."""

    kind = "face_check"
    logged = False


class PhoneChanges(Repository[PhoneChange]):
    """Changes of one's own phone, each under the id of its session."""

    kind = "phone_change"
    logged = False


class PhoneNotices(Repository[PhoneNotice]):
    """What phones that somebody had before are told."""

    kind = "phone_notice"
    logged = False

    @abstractmethod
    def waiting(self, now: datetime, limit: int) -> list[PhoneNotice]:
        """Give the oldest that are not sent and not given up at ``now``, oldest first."""


class Sessions(Repository[Session]):
    """Sessions, each under the digest of its token."""

    kind = "session"
    runs_ahead = True

    @abstractmethod
    def with_epoch(self, id: str) -> tuple[Session, int]:
        """Give the session and the ``AccessEpoch`` of the same moment: asked by every request.

        Raises ``NotFound``.
        """

    @abstractmethod
    def of_user(self, user: str) -> list[Session]:
        """Give the sessions of a user that have not ended."""

    @abstractmethod
    def of_users(self, users: Iterable[str]) -> list[Session]:
        """Give the sessions of all these users that have not ended, by id."""


DECIDING: tuple[type[Repository[Any]], ...] = (
    Users,
    Departments,
    Roles,
    Groups,
    GrantSheets,
    CredentialsStore,
    Sessions,
)
"""Whose rows decide who may do what."""


class FormDrafts(Repository[FormDraft]):
    """What users have filled in and not sent yet, under digests of owner and form."""

    kind = "form_draft"
    logged = False

    @abstractmethod
    def of(self, owner: str) -> Sequence[FormDraft]:
        """Give those of one person, by id."""

    @abstractmethod
    def drop(self, id: str) -> None:
        """Keep it no longer."""


TRACES: tuple[type[Repository[Any]], ...] = (
    Challenges,
    FaceChecks,
    FormDrafts,
    GuessLimits,
    LogInStore,
    PhoneChanges,
    PhoneNotices,
    SourceLimits,
    Sessions,
)
"""What log-ins and those who are logged in leave behind."""


class LogInTraces(ABC):
    """Removes what log-ins leave behind; whatever must be known for longer is in the audit log."""

    @abstractmethod
    def forget(
        self,
        port: type[Repository[Any]],
        is_over: Callable[[Any], bool],
        *,
        after: str,
        limit: int,
    ) -> tuple[str, int]:
        """Look at the next ``limit`` of ``port`` behind the id ``after``; remove those over.

        Give the last id looked at, empty at the end, and how many were removed.
        """


class PasswordHashes(ABC):
    """Slow hashes of passwords, salted (PBKDF2 with HMAC-SM3)."""

    @abstractmethod
    def hash(self, password: str) -> str:
        """Give a hash that says with which salt and how many rounds it was made."""

    @abstractmethod
    def matches(self, password: str, hashed: str) -> bool:
        """Tell whether ``password`` gave ``hashed``, in constant time."""

    @abstractmethod
    def waste(self, password: str) -> None:
        """Take as long as ``matches``, so that nobody sees whether an account exists."""


class CodeMessages(ABC):
    """Sends codes to phones, and tells them what was changed."""

    @abstractmethod
    def send(self, phone: str, code: str) -> None:
        """Hand the code to the operator of short messages. Raises ``CodeNotSent``."""

    @abstractmethod
    def tell(self, phone: str, change: IdentityChange) -> None:
        """Have the phone told that this was changed of whose it was. Raises ``CodeNotSent``."""


class Counterparts(Repository[Counterpart]):
    """What things of the existing platform are here."""

    kind = "counterpart"

    @abstractmethod
    def of_kind(self, kind: CounterpartKind) -> list[Counterpart]:
        """Give all of that kind, by id."""


class PreferencesStore(Repository[Preferences]):
    """What each user keeps about lists, under his id."""

    kind = "preferences"
    logged = False


class Synchronisations(Repository[Synchronisation]):
    """How each part was taken in the last time."""

    kind = "synchronisation"
    logged = False


class Notices(Repository[Notice]):
    """Messages to users, with their ways."""

    kind = "notice"
    logged = False

    @abstractmethod
    def of_user(self, user: str, limit: int) -> list[Notice]:
        """Give the newest to a user, newest first."""

    @abstractmethod
    def in_state(self, state: DeliveryState, limit: int) -> list[Notice]:
        """Give the oldest in that state, oldest first."""


class DeadLetters(Repository[DeadLetter]):
    """Events that receivers could not take."""

    kind = "dead_letter"

    @abstractmethod
    def open(self, receiver: str = "") -> list[DeadLetter]:
        """Give those of which nothing has become, of one receiver or of all, by number."""


class StationMessages(ABC):
    """Messages inside the platform, each user's own."""

    @abstractmethod
    def add_all(self, messages: Sequence[StationMessage]) -> None:
        """Keep new ones."""

    @abstractmethod
    def page(self, user: str, *, unread: bool, request: PageRequest) -> Page[StationMessage]:
        """Give one page of a user's, newest first; only what he has not read, if ``unread``."""

    @abstractmethod
    def unread(self, user: str) -> int:
        """Count what a user has not read, up to ``MOST_UNREAD``."""

    @abstractmethod
    def read(self, user: str, ids: Sequence[str], *, at: datetime) -> int:
        """Mark these as read where they are the user's, or all without ``ids``; tell how many."""

    @abstractmethod
    def forget(self, before: datetime, limit: int) -> int:
        """Delete the oldest, at most so many, that were made before then; tell how many.

        Their ids sort by age.
        """


MOST_UNREAD: Final = 1_000
"""Nobody is told how many more there are."""


class NoticeService(ABC):
    """统一消息: brings messages to users of the unified platform.

    Both raise ``Unavailable`` where it does not answer, or answers nonsense.
    """

    @abstractmethod
    def send(self, id: str, receiver: str, title: str, text: str) -> str | None:
        """Hand a message on, known again by ``id``; give its receipt, ``None`` where refused."""

    @abstractmethod
    def delivered(self, receipt: str) -> bool | None:
        """Tell whether it reached him, or never will; ``None`` where that is open."""


class MessageChannel(ABC):
    """Brings one message to one person by one ``Channel``."""

    @abstractmethod
    def send(self, message: OutgoingMessage) -> None:
        """Hand a message on; the same ``id`` again is the same message.

        Raises ``MessageRefused`` where trying again is of no use, ``Unavailable`` where it may be.
        """


class OpenChannels(ABC):
    """Which channels this installation has."""

    @abstractmethod
    def all(self) -> frozenset[Channel]:
        """Give those by which something can be sent."""


class OrganisationSource(ABC):
    """统一组织架构: tells everything of the existing platform's organisation, a page at a time.

    Each raises ``Unavailable`` where the platform does not answer, or answers nonsense.
    """

    @abstractmethod
    def departments(self) -> Iterator[tuple[ToldDepartment, ...]]:
        """Tell the departments, also the deleted ones."""

    @abstractmethod
    def users(self) -> Iterator[tuple[ToldUser, ...]]:
        """Tell the users with their posts and roles, also the deleted ones."""

    @abstractmethod
    def roles(self) -> Iterator[tuple[ToldRole, ...]]:
        """Tell the roles, also the deleted ones."""


class FaceCertification(ABC):
    """Certifies by his face that somebody is who he says (proposal 6.4.2.4.2)."""

    @abstractmethod
    def begin(self, name: str, number: str) -> FaceBegun | None:
        """Begin to certify whoever has that name and identity number; ``None`` where it refuses.

        Raises ``Unavailable`` where the platform does not answer, or answers nonsense.
        """

    @abstractmethod
    def passed(self, certify_id: str) -> bool:
        """Tell whether he has passed; "not yet" and "not at all" are one. Raises as ``begin``."""


@frozen(kw_only=True)
class CaptchaGiven:
    """A question for people: ``picture`` (PNG) to be read, or ``question`` in words.

    ``ticket`` goes back with the answer, a blank between them.
    """

    ticket: str = field(repr=False)
    picture: bytes = field(default=b"", repr=False)
    question: str = field(default="", repr=False)


class CaptchaPictures(ABC):
    """Draws signs so that people read them and programs hardly do."""

    @abstractmethod
    def draw(self, signs: str) -> bytes:
        """Give a PNG."""


class Captchas(ABC):
    """Tells people from programs."""

    @abstractmethod
    def issue(self, *, in_words: bool = False) -> CaptchaGiven:
        """Give a picture, or a question in words for who does not see one."""

    @abstractmethod
    def passes(self, answer: str) -> bool:
        """Tell whether ``answer`` (ticket and solution) is right; each ticket counts once."""


class Certificates(ABC):
    """Checks SM2 certificates (GM/T 0015)."""

    @abstractmethod
    def thumbprint(self, certificate: bytes, *, at: datetime) -> str | None:
        """Give the SM3 of a DER certificate whose chain, validity and revocation are good.

        ``None`` for any that is not, and for bytes that are none.
        """

    @abstractmethod
    def verifies(self, certificate: bytes, data: bytes, signature: bytes) -> bool:
        """Tell whether the certificate's key signed ``data``."""


class SignOnGateway(ABC):
    """The unified platform's OAuth2 side (steps 1 to 3)."""

    @property
    def offered(self) -> bool:
        """Whether there is such a platform."""
        return True

    @abstractmethod
    def profile(self, code: str) -> SignOnProfile | None:
        """Exchange the code for a token and that for the user; ``None`` where it refuses.

        Raises ``Refused`` where the platform does not answer, or answers nonsense.
        """

    @abstractmethod
    def profile_of_token(self, token: str) -> SignOnProfile | None:
        """Give the user of a token that the platform's own app handed over; else as ``profile``.

        ``None`` too for one of which the platform does not say that it is for this application.
        """

    @abstractmethod
    def address(self, state: str) -> str:
        """Give where the browser is sent to be recognised. Raises ``Refused`` if nowhere."""

    @abstractmethod
    def log_out_address(self, return_to: str) -> str:
        """Give where the browser is sent to be logged out, empty where there is no such place.

        From there it comes back to ``return_to``, an address or a path of our own site.
        """

    @abstractmethod
    def logged_out(self, notice: bytes, signature: str, *, at: datetime) -> str | None:
        """Give the id of who logged out there; ``None`` unless the platform said so just now."""
