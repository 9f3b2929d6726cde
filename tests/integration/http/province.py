"""A small province behind HTTP: two cities, their departments, and somebody for every role."""

from collections.abc import Iterator, Mapping
from itertools import count
from typing import Any, Final

from attrs import define, evolve, field, frozen

from entrypoints.container import Platform
from entrypoints.container.files import open_reading
from entrypoints.http.api import declared_routes
from entrypoints.http.limits import Rate
from entrypoints.http.settings import HttpSettings
from supervision_core.clues.model import Clue, Complainant
from supervision_core.clues.ports import Clues
from supervision_core.identity.model import (
    Counterpart,
    CounterpartKind,
    Credentials,
    Delegation,
    Department,
    DepartmentData,
    Duty,
    ExportRequest,
    FirmProof,
    GrantSheet,
    Group,
    HolderKind,
    IdentityChange,
    LogInPolicy,
    Purpose,
    RegionContent,
    Role,
    SecondPersonNeed,
    SecondPersonRequest,
    Session,
    SignOnProfile,
    SignOnRequirement,
    User,
    UserDraft,
    UserKind,
    duties_of,
)
from supervision_core.identity.ports import (
    CaptchaGiven,
    Captchas,
    Certificates,
    CodeMessages,
    Counterparts,
    CredentialsStore,
    Departments,
    ExportRequests,
    GrantSheets,
    Groups,
    PasswordHashes,
    Regions,
    Roles,
    SecondPersonRequests,
    Sessions,
    SignOnGateway,
    Users,
)
from supervision_core.identity.services import Commands
from supervision_core.identity.services.login import LogIns
from supervision_core.kernel.canonical import sm3
from supervision_core.kernel.codes.identity_card import complete_identity_card
from supervision_core.kernel.ports import Ids, Transactions
from supervision_core.kernel.registers import Entry
from supervision_core.officers.model import Officer
from supervision_core.officers.ports import Officers
from supervision_core.subjects.model import Subject
from supervision_core.subjects.ports import Subjects
from supervision_core.testing.clues import MOMENT, clue_sheet
from supervision_core.testing.identity import full_draft
from supervision_core.testing.login import PlayedFaces
from supervision_core.testing.officers import full_officer_draft
from supervision_core.testing.subjects import full_subject_draft

PASSWORD: Final = "Correct-horse-7"  # noqa: S105 - everybody's, in this province
HOST: Final = "supervision.example.cn"
NO_LIMIT: Final = Rate(1e9, 10**9)
SETTINGS: Final = HttpSettings(
    hosts=(HOST, "localhost", "127.0.0.1"), per_source=NO_LIMIT, per_user=NO_LIMIT
)
REGIONS: Final = {
    "450000": ("广西壮族自治区", "province", ""),
    "450100": ("南宁市", "city", "450000"),
    "450103": ("青秀区", "county", "450100"),
    "450200": ("柳州市", "city", "450000"),
    "450300": ("桂林市", "city", "450000"),
    "450500": ("北海市", "city", "450000"),
}


def _declared(*duties: Duty) -> tuple[str, ...]:
    """Give what the routes ask for that follow from declarations, of these duties or of none."""
    asked = {one.permission for one in declared_routes() if one.permission}
    return tuple(sorted(one for one in asked if duties_of(one) == frozenset(duties)))


DOING_VERBS: Final = (*_declared(), "officers.view_officer")
"""The business's own acts, and the view of what a form changes."""
SYSTEM_VERBS: Final = (
    *_declared(Duty.SYSTEM),
    "register_user", "change_user", "switch_user", "delete_user", "order_users", "import_users",
    "export_users", "export_departments", "export_regions", "import_departments", "import_regions",
    "add_department", "change_department", "delete_department", "add_region",
    "change_region", "delete_region", "show_personal_data", "sort_users", "order_departments",
    "sort_departments", "request_export", "send_notice",
    "request_directory_synchronisation",
)  # fmt: skip
SECURITY_VERBS: Final = (
    *_declared(Duty.SECURITY),
    "grant", "revoke", "change_grants", "assign_roles", "add_role", "change_role", "add_group",
    "change_group",
    "appoint_administrators", "reset_password", "revoke_sessions", "bind_certificate",
    "unbind_certificate", "decide_export", "tie_role", "request_role_synchronisation",
    "delegate_roles", "change_contact",
)  # fmt: skip
READING_VERBS: Final = (
    "view_user", "view_department", "view_region", "list_regions", "read_changes", "list_users",
    "list_users_by_person", "list_departments", "list_roles", "list_groups",
    "files.fetch",
)  # fmt: skip
LOOKING_VERBS: Final = (
    "list_managed_departments", "list_managed_regions", "list_members", "list_online",
    "list_permissions", "list_assignable_roles", "list_delegable_roles", "list_role_holders",
    "list_group_holders", "list_grantable",
    "view_access", "view_grants", "view_export_request", "list_export_requests", "list_log_ins",
    "list_certificates", "list_notices", "list_synchronisations", "list_dead_letters",
    "list_told_roles", "list_todos",
)  # fmt: skip
"""What administrators look up in their area."""
PERSONAL_VERBS: Final = (
    "officers.show_contact", "subjects.show_personal_data", "clues.show_complainant",
    "officers.view_officer", "subjects.list_by_principal", "subjects.view_subject",
    "identity.view_department_line",
)  # fmt: skip
"""Personal data in the clear, of officers, subjects and complainants; an officer by name."""
SECOND_PERSON_VERBS: Final = (
    "request_second_person", "decide_second_person", "withdraw_second_person",
    "view_second_person", "list_second_person",
)  # fmt: skip
"""What administrators of every duty do about each other."""
SUPERVISED: Final = ("officer", "subject", "clue")
"""Kinds of what each of three departments has one of, which derived routes are aimed at."""
AUDIT_VERBS: Final = ("audit.search", "audit.read_proofs")
HOMES: Final[Mapping[str, str]] = {
    "system": "office", "security": "office", "auditor": "office", "interface": "office",
    "doer": "office", "far_doer": "liuzhou", "reader": "nanning",
    "far_system": "liuzhou", "far_security": "liuzhou", "far_reader": "liuzhou",
    "nobody": "nanning", "clerk": "nanning", "gone": "nanning",
}  # fmt: skip
"""Who there is, and where he works."""


@frozen
class NumberedIds(Ids):
    """Counts."""

    numbers: Iterator[int] = field(factory=lambda: count(1))

    def next_id(self) -> str:
        """Give the next number."""
        return f"n{next(self.numbers):06}"


class PlainHashes(PasswordHashes):
    """No hashes: they are slow on purpose, and proved elsewhere."""

    def hash(self, password: str) -> str:
        """Mark it."""
        return f"hashed:{password}"

    def matches(self, password: str, hashed: str) -> bool:
        """Compare."""
        return hashed == f"hashed:{password}"

    def waste(self, password: str) -> None:
        """Take no time."""


@define
class Phones(CodeMessages):
    """Keeps what was sent."""

    sent: list[str] = field(factory=list)

    def send(self, phone: str, code: str) -> None:
        """Keep it."""
        del phone
        self.sent.append(code)

    def tell(self, phone: str, change: IdentityChange) -> None:
        """Keep what was changed."""
        del phone
        self.sent.append(change)


class OneAnswer(Captchas):
    """Has one right answer."""

    def issue(self, *, in_words: bool = False) -> CaptchaGiven:
        """Ask for it."""
        return CaptchaGiven(ticket="t", question="3+4" if in_words else "", picture=b"")

    def passes(self, answer: str) -> bool:
        """Compare."""
        return answer == "t 7"


class Papers(Certificates):
    """Takes ``good:name`` for a certificate, and ``name`` before the data for its signature."""

    def thumbprint(self, certificate: bytes, *, at: Any) -> str | None:
        """Give the name."""
        del at
        kind, _, name = certificate.partition(b":")
        return name.decode("latin-1") if kind == b"good" else None

    def verifies(self, certificate: bytes, data: bytes, signature: bytes) -> bool:
        """Compare."""
        return signature == certificate.partition(b":")[2] + data


@define
class Unified(SignOnGateway):
    """The unified platform, which knows one citizen under the code ``code``."""

    def profile(self, code: str) -> SignOnProfile | None:
        """Give him."""
        if code != "code":
            return None
        return SignOnProfile(
            user_code="c-1",
            kind=UserKind.CITIZEN,
            level=3,
            document=complete_identity_card("45010319920202002"),
            name="李示例",
            updated_at="20260101",
        )

    def profile_of_token(self, token: str) -> SignOnProfile | None:
        """Take tokens as codes."""
        return self.profile(token)

    def address(self, state: str) -> str:
        """Give an address."""
        return f"https://sso.example.cn/authorize?state={state}"

    def log_out_address(self, return_to: str) -> str:
        """Give none."""
        del return_to
        return ""

    def logged_out(self, notice: bytes, signature: str, *, at: Any) -> str | None:
        """Know whose notice it is when it is signed."""
        del at
        return notice.decode() if signature == "good" else None


def token_of(user: str) -> str:
    """Give the token of his first session."""
    return f"{user}-{'0' * 32}"


@define
class Province:
    """The platform, its people, and the tokens of their sessions."""

    platform: Platform
    phones: Phones
    faces: PlayedFaces
    tokens: dict[str, str] = field(factory=dict)

    def log_in(self, user: str) -> str:
        """Begin a session past the log-in; give its token."""
        token = token_of(user)
        now = self.platform.clock.now()
        with self.platform.transactions.begin() as unit:
            session = Session(
                id=sm3(token.encode()).hex(), user=user, department=HOMES.get(user, ""),
                started_at=now, seen_at=now, stepped_up_at=now,
            )  # fmt: skip
            unit[Sessions].save(session)
            unit.commit()
        return token


def populate(platform: Platform, *, transactions: Transactions) -> Province:
    """Fill ``transactions`` with the province, and give the platform over it."""
    phones, faces = Phones(), PlayedFaces()
    log_ins = LogIns(
        transactions=transactions,
        clock=platform.clock,
        ids=platform.ids,
        randomness=platform.randomness,
        hashes=PlainHashes(),
        messages=phones,
        captchas=OneAnswer(),
        certificates=Papers(),
        gateway=Unified(),
        requirement=SignOnRequirement(kinds=frozenset(UserKind), level=2),
        policy=LogInPolicy(),
        faces=faces,
        face_kinds=frozenset(UserKind),
    )
    ids = NumberedIds()
    commands = Commands(transactions, platform.clock, ids)
    made = Province(
        evolve(
            platform,
            transactions=transactions,
            commands=commands,
            log_ins=log_ins,
            files=evolve(platform.files, transactions=transactions, ids=ids),
            open_reading=open_reading(transactions, platform.clock, platform.files),
            ids=ids,
        ),
        phones,
        faces,
    )
    now = platform.clock.now()
    with transactions.begin() as unit:
        for place, (code, (title, level, parent)) in enumerate(REGIONS.items()):
            content = RegionContent(code=code, name=title, level=level, parent=parent)
            unit[Regions].save(Entry.add(id=f"r{code}", content=content, position=place, at=now))
        for name, region, parent, administrators in (
            ("office", "450000", "", {"system", "security"}),
            ("nanning", "450100", "office", set[str]()),
            ("qingxiu", "450103", "nanning", set[str]()),
            ("liuzhou", "450200", "office", {"far_system", "far_security"}),
            ("closed", "450100", "nanning", set[str]()),
        ):
            data = DepartmentData(
                name=f"机构{name}", code=name, region=region, parent=parent,
                coordinates=name == "office",
            )  # fmt: skip
            one = Department.add(data, id=name, at=now)
            one.appoint(frozenset(administrators), at=now)
            unit[Departments].save(one)
        for home, region in (
            ("office", "450000"),
            ("nanning", "450100"),
            ("liuzhou", "450200"),
        ):
            asked = ExportRequest(
                id=f"export_{home}", about=home, region=region, purpose=Purpose.CORRECT,
                asked_by="system", asked_at=now,
            )  # fmt: skip
            unit[ExportRequests].save(asked)
            second = SecondPersonRequest.ask(
                id=f"second_{home}", action="identity.switch_user",
                command={"user_id": "nobody", "enabled": False}, seen=None,
                need=SecondPersonNeed(
                    user="nobody", duties=frozenset({Duty.SYSTEM, Duty.SECURITY}),
                    departments=frozenset({home}),
                ),
                reason="岗位调整", by="system" if home == "office" else "gone",
                working_for=home, at=now,
            )  # fmt: skip
            unit[SecondPersonRequests].save(second)
        for home in ("office", "nanning", "liuzhou"):
            role = Role.add(id=f"role_{home}", name="检查员", department=home)
            group = Group.add(id=f"group_{home}", name="专班", department=home)
            unit[Roles].save(role)
            unit[Groups].save(group)
            _supervise(unit, home)
        for holder in ("role_nanning", "role_liuzhou"):
            held = GrantSheet.empty(HolderKind.ROLE, holder)
            held.grant("tasks.close", passable=False, by="test", at=now)
            unit[GrantSheets].save(held)
        told = Counterpart.of(CounterpartKind.ROLE, "5001")
        told.call("检查人员")
        unit[Counterparts].save(told)
        for user, home in HOMES.items():
            enrol(unit, user, full_draft(user.replace("_", "."), home), now)
        unit.commit()
    for user in HOMES:
        if user != "gone":
            made.tokens[user] = made.log_in(user)
    with transactions.begin() as unit:
        gone = unit[Users].get("gone")
        gone.delete(at=now)
        unit[Users].save(gone)
        old = unit[Regions].get("r450300")
        old.delete(at=now)
        unit[Regions].save(old)
        closed = unit[Departments].get("closed")
        closed.delete(at=now)
        unit[Departments].save(closed)
        unit.commit()
    return made


def _supervise(unit: Any, home: str) -> None:
    """Give a department an officer, a subject and a clue."""
    region = {"office": "450000", "nanning": "450100", "liuzhou": "450200"}[home]
    number = f"4501{sum(home.encode()):07}"
    officer = evolve(full_officer_draft(number), department=home, region=region)
    unit[Officers].save(Officer.from_draft(officer, id=f"officer_{home}"))
    subject = evolve(full_subject_draft(number), region=region)
    unit[Subjects].save(
        Subject.from_draft(subject, id=f"subject_{home}", departments=frozenset({home}), at=MOMENT)
    )
    clue = Clue(
        id=f"clue_{home}",
        sheet=clue_sheet(region="450200" if home == "office" else region, registered_by=home),
        registered_at=MOMENT,
        complainant=Complainant(name="李示例", phone="19900000003"),
        due_on=MOMENT.date(),
    )
    unit[Clues].save(clue)


def _permissions(user: str) -> tuple[str, ...]:
    match user.rpartition("_")[2]:
        case "system":
            return (
                *SYSTEM_VERBS,
                *LOOKING_VERBS,
                *READING_VERBS,
                *PERSONAL_VERBS,
                *SECOND_PERSON_VERBS,
            )
        case "security":
            return (*SECURITY_VERBS, *LOOKING_VERBS, *READING_VERBS, *SECOND_PERSON_VERBS)
        case "reader" | "interface":
            return READING_VERBS
        case "doer":
            return DOING_VERBS
        case "auditor":
            return (*AUDIT_VERBS, *SECOND_PERSON_VERBS)
        case _:
            return ()


def enrol(unit: Any, user: str, draft: UserDraft, now: Any) -> None:
    """Let there be a user, who may do what his name says."""
    proof = FirmProof(document="营业执照", number="1")
    root = User.register(draft, id=user, at=now, proof=proof)
    unit[Users].save(root)
    kept = Credentials(id=user, password=f"hashed:{PASSWORD}", changed_at=now)
    kept.bind(f"paper-{user}")
    unit[CredentialsStore].save(kept)
    sheet = GrantSheet.empty(HolderKind.USER, user)
    for verb in _permissions(user):
        sheet.grant(verb if "." in verb else f"identity.{verb}", passable=True, by="test", at=now)
    if user.rpartition("_")[2] == "security":
        sheet.delegate(_to_give(HOMES[user]), at=now)
    unit[GrantSheets].save(sheet)


def _to_give(home: str) -> Iterator[Delegation]:
    """Give the roles that the security administrator of ``home`` may give there and below."""
    for role in ("office", "nanning") if home == "office" else (home,):
        yield Delegation(role=f"role_{role}", department=home)
