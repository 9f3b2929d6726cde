"""Filled examples of users, departments, regions and access, to try stores with."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from attrs import evolve

from supervision_core.identity.model import (
    AccountData,
    Challenge,
    Counterpart,
    CounterpartKind,
    Credentials,
    DeadLetter,
    Delegation,
    Department,
    DepartmentData,
    Duty,
    ExportRequest,
    ExtendedData,
    FaceCheck,
    FacePurpose,
    FirmProof,
    FormDraft,
    GivenConsent,
    GrantSheet,
    Group,
    GuessLimit,
    HolderKind,
    IdentityChange,
    ListOffer,
    ListSetting,
    LogIn,
    LogInPolicy,
    Membership,
    NeededConsent,
    Notice,
    PersonData,
    PhoneChange,
    PhoneNotice,
    PhoneStep,
    Preferences,
    Purpose,
    RegionContent,
    Role,
    SavedView,
    SecondPersonNeed,
    SecondPersonRequest,
    Session,
    SignOnRecord,
    SourceLimit,
    SyncConflict,
    SyncCount,
    Synchronisation,
    User,
    UserDraft,
)
from supervision_core.identity.model.drafts import KEPT_FOR
from supervision_core.identity.ports import (
    Challenges,
    Counterparts,
    CredentialsStore,
    DeadLetters,
    Departments,
    ExportRequests,
    FaceChecks,
    FormDrafts,
    GrantSheets,
    Groups,
    GuessLimits,
    LogInStore,
    Notices,
    PhoneChanges,
    PhoneNotices,
    PreferencesStore,
    Regions,
    Roles,
    SecondPersonRequests,
    Sessions,
    SourceLimits,
    Synchronisations,
    Users,
)
from supervision_core.kernel.codes.identity_card import complete_identity_card
from supervision_core.kernel.errors import Violation
from supervision_core.kernel.events import Thing
from supervision_core.kernel.outbox import Envelope
from supervision_core.kernel.registers import Entry, Extras
from supervision_core.testing.units import RepositoryCase

FULL_EXTRAS = Extras(number=3, values={"ys0001": "一层", "ys0002": 2})
NOON = datetime(2026, 11, 24, 4, 0, tzinfo=UTC)


def full_draft(account: str = "wang.shili", *departments: str) -> UserDraft:
    """Say everything that can be said of a user."""
    members = departments or ("d-1", "d-2")
    return UserDraft(
        account=AccountData(account=account, phone="13900000001", mail="wang@example.cn"),
        person=PersonData(
            name="王示例",
            sex="男",
            birthday=date(1990, 1, 1),
            nationality="中国",
            document_number=complete_identity_card("45010319900101001"),
            address="南宁市青秀区示例路1号",
        ),
        extended=ExtendedData(description="兼职", valid_until=date(2099, 12, 31)),
        memberships=tuple(
            Membership(department=one, order=place, post="科员")
            for place, one in enumerate(members, 1)
        ),
    )


def full_user(id: str) -> User:
    """Build a user with every field filled, deleted as the last."""
    user = User.register(full_draft(f"user.{id}"), id=id, at=NOON)
    user.remember_sign_on(SignOnRecord(user_code=f"code-{id}", updated_at="20261124"), at=NOON)
    user.switch(enabled=False, at=NOON)
    user._proof = FirmProof(document="营业执照", number="例〔2026〕1号")  # noqa: SLF001 - as below
    user.delete(at=NOON)
    user._extras = FULL_EXTRAS  # noqa: SLF001 - as below
    return user


def full_department_data(code: str = "45") -> DepartmentData:
    """Say everything that can be said of a department."""
    return DepartmentData(
        name="南宁市市场监督管理局",
        code=code,
        region="450100",
        parent="d-0",
        established_on=date(2019, 1, 2),
        licence="91350100M000100Y43",
        agreed_from=date(2026, 1, 1),
        agreed_to=date(2028, 12, 31),
        inherits=True,
        coordinates=True,
        order=7,
        short_name="南宁市监局",
        line="bl-1",
    )


def full_department(id: str) -> Department:
    """Build a department with every field filled, deleted as the last."""
    made = Department.add(full_department_data(id), id=id, at=NOON)
    made.appoint(frozenset({"u-1", "u-2"}), at=NOON)
    made.switch(enabled=False, at=NOON)
    made.delete(at=NOON)
    return made


def full_region(id: str) -> Entry[RegionContent]:
    """Build a region with every field filled, disabled and deleted."""
    content = RegionContent(
        code="450103", name="青秀区", level="county", parent="450100", graded=True,
        supervision="d-1",
    )  # fmt: skip
    entry = Entry.add(id=id, content=content, position=3, at=NOON)
    entry.disable(at=NOON)
    entry.delete(at=NOON)
    return entry


def full_role(id: str) -> Role:
    """Build a role with every field filled."""
    role = Role.add(id=id, name="检查员", department="d-1")
    role.change(name="检查员", enabled=False)
    return role


def full_group(id: str) -> Group:
    """Build a group with every field filled."""
    group = Group.add(id=id, name="专班", department="d-1")
    group.change(name="专班", enabled=False)
    return group


def full_grant_sheet(id: str) -> GrantSheet:
    """Build a sheet with every field filled; its id is that of the user ``id``."""
    sheet = GrantSheet.empty(HolderKind.USER, id)
    sheet.grant("tasks.close", passable=True, by="u-0", at=NOON)
    sheet.grant("plans.publish", passable=False, by="u-0", at=NOON)
    sheet.assign(roles=frozenset({"r-1", "r-2"}), groups=frozenset({"g-1"}), at=NOON)
    places = (Delegation(role="r-3", department="d-1"), Delegation(role="", department="d-2"))
    sheet.delegate(places, at=NOON)
    for before, after in ((set(), {Duty.AUDIT}), ({Duty.AUDIT}, set()), (set(), {Duty.SYSTEM})):
        sheet.note_duties(frozenset(before), frozenset(after), by="u-0", at=NOON)
    return sheet


def full_credentials(id: str) -> Credentials:
    """Build credentials with a past and a certificate of their own."""
    policy = LogInPolicy()
    made = Credentials(id=id, password="hash-1", changed_at=NOON)  # noqa: S106 - no password
    made.replace("hash-2", temporary=True, at=NOON, policy=policy)
    made.bind(f"thumbprint-{id}")
    return made


def full_log_in(id: str) -> LogIn:
    """Build a log-in whose code was sent and tried wrongly."""
    made = LogIn(id=id, user="u-1", source="192.0.2.1")
    made.send("digest", at=NOON, policy=LogInPolicy())
    made.confirm("other", "192.0.2.1", at=NOON, policy=LogInPolicy())
    return made


def full_challenge(id: str) -> Challenge:
    """Build a challenge that was used."""
    return Challenge(
        id=id,
        purpose="certificate",
        source="192.0.2.1",
        nonce=bytes(range(32)),
        made_at=NOON,
        used=True,
    )


def full_session(id: str) -> Session:
    """Build a session with every field filled."""
    made = Session(id=id, user="u-1", department="d-1", started_at=NOON, seen_at=NOON, limited=True)
    made.step_up(at=NOON)
    made.end(at=NOON)
    return made


def full_notice(id: str) -> Notice:
    """Build a message that was delivered."""
    made = Notice.write(id=id, user="u-1", title="检查任务", text="您有新的检查任务", at=NOON)
    made.accepted("receipt-1", at=NOON)
    made.delivered(at=NOON)
    return made


def full_dead_letter(id: str) -> DeadLetter:
    """Build one that somebody had sent again."""
    envelope = Envelope(
        number=7, name="testing.Noticed", at=NOON, thing=Thing("thing", "a-1", 3), facts={"a": "b"}
    )
    made = DeadLetter.of(
        envelope,
        id=id,
        receiver="messages",
        title="站内消息",
        leaves=True,
        failure="KeyError",
        at=NOON,
    )
    made.send_again(by="u-1")
    return made


def full_counterpart(id: str) -> Counterpart:
    """Build one of a role."""
    made = Counterpart(id=id, kind=CounterpartKind.ROLE, foreign="9001", name="检查员")
    made.bind("r-1")
    made.give(frozenset({"r-2"}))
    return made


def full_preferences(id: str) -> Preferences:
    """Build those of somebody with two views, a setting and something opened."""
    offer = ListOffer(
        place="tasks.task", criteria=frozenset({"state"}), orders=frozenset({"-ends_on"}),
        columns=frozenset({"name", "state"}),
    )  # fmt: skip
    made = Preferences(id=id)
    for number, name in enumerate(("执行中", "待认领")):
        view = SavedView(
            id=f"v-{number}", place=offer.place, name=name, asked={"state": "dispatched"},
            order="-ends_on", usual=bool(number),
        )  # fmt: skip
        made.keep(view, offer)
    setting = ListSetting(place=offer.place, columns=("state", "name"), dense=True, size=50)
    made.arrange(setting, offer)
    made.open("tasks.task", "t-1")
    return made


def full_form_draft(id: str) -> FormDraft:
    """Build one that was filled in and is kept."""
    made = FormDraft(id=id, owner="u-1", place="/gov/tasks/do/create", saved_at=NOON)
    made.fill({"name": "节前检查"}, lasts=KEPT_FOR, at=NOON)
    return made


def full_synchronisation(id: str) -> Synchronisation:
    """Build one that left something out, asked for again and broken off then."""
    made = Synchronisation(id=id)
    made.ask("u-1", at=NOON)
    made.begin("worker", at=NOON)
    conflict = SyncConflict(
        what="user", id="4001", violation=Violation("identity.told_department_unknown", "posts",
                                                    {"id": "3009"}),
    )  # fmt: skip
    made.end([SyncCount(what="user", added=1, same=2)], [conflict], at=NOON)
    made.ask("u-2", at=NOON)
    made._failure = Violation("unavailable")  # noqa: SLF001 - every field is filled
    return made


def full_face_check(id: str) -> FaceCheck:
    """Build a certification that was asked about and used."""
    made = FaceCheck(id=id, user="u-1", purpose=FacePurpose.LOG_IN, source="192.0.2.1")
    made.begin("192.0.2.1", at=NOON, policy=LogInPolicy())
    made.opened(f"certify-{id}")
    made.ask(FacePurpose.LOG_IN, "192.0.2.1", at=NOON, policy=LogInPolicy())
    made.use()
    return made


def full_guess_limit(id: str) -> GuessLimit:
    """Build the limit of a known address that is locked."""
    policy = LogInPolicy()
    made = GuessLimit(id=id, last_at=NOON)
    made.enter(at=NOON, policy=policy)
    made.reserve(1, at=NOON, since=None, policy=policy)
    return made


def full_phone_change(id: str) -> PhoneChange:
    """Build a change whose new phone was asked for its code."""
    made = PhoneChange(id=id, user="u-1", source="192.0.2.1")
    policy = LogInPolicy()
    made.begin("13900000002", "x", "192.0.2.1", first=PhoneStep.NEW, at=NOON, policy=policy)
    made.confirm(PhoneStep.NEW, "y", "192.0.2.1", at=NOON, policy=policy)
    return made


def full_phone_notice(id: str) -> PhoneNotice:
    """Build one that was sent."""
    made = PhoneNotice(id=id, phone="13900000001", change=IdentityChange.DOCUMENT, made_at=NOON)
    made.sent(at=NOON)
    return made


def full_source_limit(id: str) -> SourceLimit:
    """Build the limit of an address that has tried."""
    return SourceLimit(id=id, since=NOON, count=3)


def full_export_request(id: str) -> ExportRequest:
    """Build a request that waits."""
    return ExportRequest(
        id=id,
        about="d-1",
        region="450100",
        purpose=Purpose.CORRECT,
        asked_by="u-1",
        asked_at=NOON,
    )


def full_second_person_request(id: str) -> SecondPersonRequest:
    """Build a request that waits."""
    return SecondPersonRequest.ask(
        id=id,
        action="identity.bind_certificate",
        command={"user_id": "u-1", "thumbprint": "ab" * 32},
        seen={"kind": "user", "id": "u-1", "version": 1},
        need=SecondPersonNeed(
            user="u-1",
            duties=frozenset({Duty.AUDIT}),
            departments=frozenset({"d-1"}),
            shared=frozenset({"d-1"}),
        ),
        reason="补办证书",
        by="u-2",
        working_for="d-1",
        at=NOON,
    )


def _consent(root: SecondPersonRequest) -> None:
    needed = (NeededConsent(duty=Duty.AUDIT, department="d-1"),)
    given = GivenConsent(by="u-3", working_for="d-1", given=needed, at=NOON, reason="已核对")
    root.consent(given, complete=True)


def _allow(root: ExportRequest) -> None:
    root.decide(allowed=True, reason="核对花名册", by="u-2", at=NOON)


def _stored_sheet(id: str) -> GrantSheet:
    return evolve(full_grant_sheet("u-1"), id=id)


def _rename_department(root: Department) -> None:
    root._data = evolve(root.data, name="改名")  # noqa: SLF001 - what is stored, not who may


def _rename_user(root: User) -> None:
    root._person = evolve(root.person, name="改名")  # noqa: SLF001 - as above


IDENTITY_CASES: tuple[RepositoryCase[Any], ...] = (
    RepositoryCase(port=Departments, example=full_department, change=_rename_department),
    RepositoryCase(port=Users, example=full_user, change=_rename_user),
    RepositoryCase(
        port=Regions,
        example=full_region,
        change=lambda root: setattr(root, "_position", 99),
    ),
    RepositoryCase(
        port=Roles, example=full_role, change=lambda root: root.change(name="改名", enabled=True)
    ),
    RepositoryCase(
        port=Groups, example=full_group, change=lambda root: root.change(name="改名", enabled=True)
    ),
    RepositoryCase(port=ExportRequests, example=full_export_request, change=_allow),
    RepositoryCase(port=SecondPersonRequests, example=full_second_person_request, change=_consent),
    RepositoryCase(
        port=GrantSheets,
        example=_stored_sheet,
        change=lambda root: root.grant("tasks.claim", passable=True, by="u-9", at=NOON),
    ),
    RepositoryCase(
        port=CredentialsStore, example=full_credentials, change=lambda root: root.bind("another")
    ),
    RepositoryCase(port=PhoneChanges, example=full_phone_change, change=lambda root: root.fail()),
    RepositoryCase(
        port=PhoneNotices,
        example=full_phone_notice,
        change=lambda root: root.sent(at=NOON + timedelta(days=1)),
    ),
    RepositoryCase(port=GuessLimits, example=full_guess_limit, change=lambda root: root.forget()),
    RepositoryCase(
        port=SourceLimits,
        example=full_source_limit,
        change=lambda root: root.reserve(at=NOON, policy=LogInPolicy()),
    ),
    RepositoryCase(
        port=LogInStore,
        example=full_log_in,
        change=lambda root: root.confirm("digest", "192.0.2.1", at=NOON, policy=LogInPolicy()),
    ),
    RepositoryCase(
        port=Challenges, example=full_challenge, change=lambda root: setattr(root, "_used", False)
    ),
    RepositoryCase(port=DeadLetters, example=full_dead_letter, change=lambda root: root.received()),
    RepositoryCase(
        port=Notices, example=full_notice, change=lambda root: setattr(root, "_receipt", "r-2")
    ),
    RepositoryCase(
        port=Counterparts, example=full_counterpart, change=lambda root: root.bind("r-3")
    ),
    RepositoryCase(
        port=PreferencesStore, example=full_preferences, change=lambda root: root.drop("v-0")
    ),
    RepositoryCase(
        port=FormDrafts,
        example=full_form_draft,
        change=lambda root: root.fill({"name": "节后检查"}, lasts=KEPT_FOR, at=NOON),
    ),
    RepositoryCase(
        port=Synchronisations,
        example=full_synchronisation,
        change=lambda root: root.begin("cli", at=NOON),
    ),
    RepositoryCase(port=FaceChecks, example=full_face_check, change=lambda root: root.give_back()),
    RepositoryCase(
        port=Sessions, example=full_session, change=lambda root: setattr(root, "_ended_at", None)
    ),
)
"""A case for each repository of identity; the ids may be any."""
