"""What is done with users."""

from collections.abc import Iterator

from attrs import evolve, field, frozen

from supervision_core.identity.model import (
    FirmProof,
    GrantForbidden,
    IdentityChange,
    User,
    UserDraft,
    UserInvalid,
    contact_of,
)
from supervision_core.identity.ports import (
    CredentialsStore,
    Departments,
    SecondPersonRequests,
    Users,
)
from supervision_core.identity.registers import USER_ELEMENTS
from supervision_core.identity.services.authority import (
    Joining,
    against_entering,
    hold_access,
    need_of,
    require_dispensable,
    require_other_hand,
    require_second,
)
from supervision_core.identity.services.elements import Elements
from supervision_core.identity.services.frame import Work, use_case
from supervision_core.identity.services.keeping import (
    Area,
    end_sessions,
    find,
    keep,
    living_user,
    managed_user,
    require_area,
    tell,
    tie_accounts,
    untie_account_of,
)
from supervision_core.identity.services.phone_notices import tell_old_phone
from supervision_core.kernel.errors import Violation, refuse_if
from supervision_core.kernel.fields import said
from supervision_core.kernel.registers import Extras


def account_taken(work: Work, draft: UserDraft, own: str = "") -> Iterator[Violation]:
    """Say that another user than ``own`` has the account of ``draft``."""
    other = work[Users].find_by_account(draft.account.account)
    if other is not None and other.id != own:
        yield Violation("identity.account_taken", "account")


def misplaced(
    area: Area, draft: UserDraft, before: frozenset[str] = frozenset()
) -> Iterator[Violation]:
    """Give the departments that ``draft`` may not add to or take from those of ``before``."""
    for one in sorted(draft.departments - before):
        if not area.offers(one):
            yield Violation("identity.department_unknown", "memberships", {"id": one})
    for one in sorted(before - draft.departments):
        if not area.holds(one):
            yield Violation("identity.membership_not_yours", "memberships", {"id": one})


def elements_of_users(work: Work) -> Elements:
    """Give the 扩展属性 of users, to hold what drafts say against them."""
    return Elements(work, (USER_ELEMENTS,))


def home_of(work: Work, draft: UserDraft) -> dict[str, str]:
    """Give region and id of the main department of a draft, both empty where it names none."""
    home = draft.home
    region = work[Departments].get(home).data.region if home else ""
    return {"region": region, "department": home}


def with_extras(elements: Elements, draft: UserDraft, before: Extras, *, region: str) -> UserDraft:
    """Give a draft whose 扩展属性 are held against those of its main department in ``region``.

    Raises ``UserInvalid``.
    """
    kept, faults = elements.held(draft.extras, before, region=region, department=draft.home)
    refuse_if(UserInvalid, faults)
    return evolve(draft, extras=kept)


def _with_extras(work: Work, draft: UserDraft, before: Extras) -> UserDraft:
    region = home_of(work, draft)["region"]
    return with_extras(elements_of_users(work), draft, before, region=region)


def save_user(work: Work, user: User, *, deleted: bool = False) -> str:
    """Store, seal and tell the feed."""
    keep(work, Users, user)
    tell(work, "user", user.id, deleted=deleted)
    return user.id


@frozen(kw_only=True)
class RegisterUser:
    """What is known of a new user; for one of a firm also what proves that he acts for it."""

    draft: UserDraft = field(metadata=said("用户信息"))
    proof: FirmProof | None = field(
        default=None, metadata=said("企业证明材料", hint="只有企业用户需要，由查验的人填写")
    )


@use_case("identity.register_user", "新增用户")
def register_user(work: Work, cmd: RegisterUser) -> str:
    """Register a user in departments that the administrator manages; he holds nothing yet.

    What the departments themselves were granted comes with them: it must be the actor's to give.
    An officer of the same identity number and department is tied to the account. One who acts for a
    firm needs proof of it, which the log keeps too.
    """
    if not cmd.draft.memberships:
        require_area(work, "user", cmd.draft.account.account, [])
    area = Area(work, cmd.draft.departments)
    refuse_if(UserInvalid, [*account_taken(work, cmd.draft), *misplaced(area, cmd.draft)])
    _require_joining(work, cmd.draft.departments)
    draft = _with_extras(work, cmd.draft, Extras())
    made = User.register(
        draft, id=work.ids.next_id(), at=work.now, by=work.actor.user, proof=cmd.proof
    )
    if made.proof is not None:
        work.note(proof=made.proof.document, proof_number=made.proof.number)
    save_user(work, made)
    tie_accounts(work, [made])
    return made.id


@frozen(kw_only=True)
class ChangeUser:
    """All that is known of a user, with all his departments."""

    user_id: str = field(metadata=said("用户编号", example="clerk"))
    draft: UserDraft = field(metadata=said("用户信息"))


@use_case("identity.change_user", "修改用户")
def change_user(work: Work, cmd: ChangeUser) -> str:
    """Change a user; departments are added and taken only by who manages them.

    Nobody changes his own departments, phone or document: they give permissions, and let in. Those
    of others are changed by who could have given what follows from them; of whoever has or lately
    had an administrators' duty, with a second person's consent.
    """
    user = managed_user(work, cmd.user_id)
    area = Area(work, user.departments | cmd.draft.departments)
    refuse_if(
        UserInvalid,
        [
            *account_taken(work, cmd.draft, user.id),
            *misplaced(area, cmd.draft, user.departments),
            *own_limits(work, user, cmd.draft),
        ],
    )
    draft = _with_extras(work, cmd.draft, user.draft.extras)
    change_within_authority(work, user, draft)
    return save_user(work, user)


def own_limits(work: Work, user: User, draft: UserDraft) -> Iterator[Violation]:
    """Give what nobody changes of themselves."""
    if user.id != work.actor.user:
        return
    if _places(user.draft) != _places(draft):
        yield Violation("identity.own_access", "memberships")
    if user.contact != contact_of(draft):
        yield Violation("identity.own_contact", "phone")


def change_within_authority(work: Work, user: User, draft: UserDraft) -> None:
    """Change ``user``, once all that follows from it is the actor's to give.

    Another phone or document ends all sessions. Raises ``GrantForbidden``,
    ``SecondPersonRequired``, ``UserInvalid``, ``UserLocked``.
    """
    moved = user.departments ^ draft.departments
    contact = user.contact != contact_of(draft)
    if moved or contact:
        hold_access(work)
    _require_joining(work, moved)
    if draft.extended.valid_until not in {None, user.extended.valid_until}:
        require_dispensable(work, user)
    if contact:
        at = "phone" if user.account.phone != draft.account.phone else "document_number"
        refuse_if(GrantForbidden, (evolve(one, at=at) for one in against_entering(work, user)))
        require_second(work, need_of(work, user, to=draft.departments, entering=True))
        require_other_hand(work, user)
    elif _decisive(user.draft) != _decisive(draft):
        require_second(work, need_of(work, user, to=draft.departments))
    old_phone, document = user.account.phone, user.person.document_number
    user.change(draft, at=work.now, by=work.actor.user)
    if contact:
        end_sessions(work, user.id)
        if old_phone != user.account.phone:
            tell_old_phone(work, old_phone, IdentityChange.PHONE)
        if document != user.person.document_number:
            tell_old_phone(work, old_phone, IdentityChange.DOCUMENT)


def _require_joining(work: Work, moved: frozenset[str]) -> None:
    against = Joining(work, moved).against(moved)
    refuse_if(GrantForbidden, (evolve(one, at="memberships") for one in against))


def _places(draft: UserDraft) -> tuple[str, frozenset[str]]:
    """Give the main department, which gives the scope, and all departments."""
    return draft.home, draft.departments


def _decisive(draft: UserDraft) -> tuple[object, ...]:
    """Give what decides how a user logs in, for how long, and over what."""
    extended = draft.extended
    who = (draft.account.account, extended.kind, extended.party, extended.valid_until)
    return (*who, contact_of(draft), _places(draft))


@frozen(kw_only=True)
class ChangeContact:
    """A user's phone and identity document, which let somebody in; ``None`` leaves one as it is."""

    user_id: str = field(metadata=said("用户编号", example="clerk"))
    phone: str | None = field(default=None, metadata=said("手机号", example="13900000001"))
    document_kind: str | None = field(default=None, metadata=said("证件类型", example="身份证"))
    document_number: str | None = field(
        default=None, metadata=said("证件号码", example="450103199001010018")
    )


@use_case("identity.change_contact", "修改用户的手机号和证件")
def change_contact(work: Work, cmd: ChangeContact) -> str:
    """修改手机号和证件: change phone and document of a user of whom the actor may give everything.

    It ends the user's sessions and makes void what the unified platform told.
    """
    user = living_user(work, cmd.user_id)
    change_within_authority(work, user, with_contact(user.draft, cmd))
    return save_user(work, user)


def with_contact(draft: UserDraft, cmd: ChangeContact) -> UserDraft:
    """Give a user's data with another phone and document."""
    account, person = draft.account, draft.person
    return evolve(
        draft,
        account=evolve(account, phone=_or(cmd.phone, account.phone)),
        person=evolve(
            person,
            document_kind=_or(cmd.document_kind, person.document_kind),
            document_number=_or(cmd.document_number, person.document_number),
        ),
    )


def _or(new: str | None, old: str) -> str:
    return old if new is None else new


@frozen(kw_only=True)
class SwitchUser:
    """The user to disable or to let in again."""

    user_id: str = field(metadata=said("用户编号", example="clerk", to="user"))
    enabled: bool = field(metadata=said("是否启用", example=True))


@use_case("identity.switch_user", "启用或停用用户")
def switch_user(work: Work, cmd: SwitchUser) -> str:
    """Disable a user, from his next request on, or enable him again.

    Nobody disables himself, nor the last holder of an administrators' duty.
    """
    hold_access(work)
    user = managed_user(work, cmd.user_id)
    if user.id == work.actor.user:
        raise UserInvalid((Violation("identity.own_access", "user_id"),))
    if cmd.enabled:
        require_second(work, need_of(work, user))
    else:
        require_dispensable(work, user)
    user.switch(enabled=cmd.enabled, at=work.now)
    return save_user(work, user)


@frozen(kw_only=True)
class DeleteUser:
    """The user to delete."""

    user_id: str = field(metadata=said("用户编号", example="clerk"))


@use_case("identity.delete_user", "删除用户")
def delete_user(work: Work, cmd: DeleteUser) -> str:
    """Delete a user, logically: what he did keeps naming him, what is his alone goes at once.

    His sessions end, and his passwords, certificates, phone, documents and address are erased.
    Nobody deletes the last holder of an administrators' duty.
    """
    hold_access(work)
    user = managed_user(work, cmd.user_id)
    if user.id == work.actor.user:
        raise UserInvalid((Violation("identity.own_access"),))
    require_dispensable(work, user)
    user.delete(at=work.now)
    _erase_access(work, user.id)
    untie_account_of(work, user)
    return save_user(work, user, deleted=True)


def _erase_access(work: Work, user: str) -> None:
    kept = find(work.unit, CredentialsStore, user)
    if kept is not None:
        kept.erase(at=work.now)
        keep(work, CredentialsStore, kept)
    for one in work[SecondPersonRequests].about(user):
        one.forget()
        work.save(SecondPersonRequests, one)
    end_sessions(work, user)
