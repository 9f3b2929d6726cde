"""Single sign-on from the unified platform: what each of its eight steps decides."""

from enum import StrEnum

from attrs import field, frozen

from supervision_core.identity.model.user import IDENTITY_CARD, SignOnRecord, UserKind


@frozen(kw_only=True)
class SignOnProfile:
    """统一认证用户信息 (SignOnProfile): what the unified platform tells of who signs on.

    ``user_code`` is its id of the account (useridcode); ``document`` the identity number of a
    person (useridcard) or the credit code of a firm (idcardNum), of the kind ``document_kind``;
    ``level`` how well he was checked (核验等级); ``updated_at`` its updateTime, only ever compared.
    Source: proposal 6.4.2.12.8.2.
    """

    user_code: str
    kind: UserKind
    level: int
    document: str = field(repr=False)
    name: str = field(repr=False)
    updated_at: str
    document_kind: str = IDENTITY_CARD


@frozen(kw_only=True)
class SignOnRequirement:
    """Which users the business takes (step 4): these kinds, checked at least so well."""

    kinds: frozenset[UserKind]
    level: int = 0


@frozen(kw_only=True)
class LocalUser:
    """What is known here of who signs on, found by his document or by his code (step 5)."""

    id: str
    active: bool
    document: str = field(repr=False)
    record: SignOnRecord | None


class SignOnStep(StrEnum):
    """What is done with who signs on."""

    REFUSE = "refuse"
    ADMIT = "admit"
    UPDATE = "update"
    CREATE = "create"


@frozen(kw_only=True)
class SignOnDecision:
    """单点登录决定 (SignOnDecision): refuse and why, admit as he is, update or create him first."""

    step: SignOnStep
    reason: str = ""
    user: str = ""


def kinds_of(profile: SignOnProfile) -> frozenset[UserKind]:
    """Give the kinds of local users that a profile can be.

    The unified platform knows people, not for whom they work: who is no civil servant may be
    registered here as one of a third party's.
    """
    if profile.kind is UserKind.CITIZEN:
        return frozenset({UserKind.CITIZEN, UserKind.THIRD_PARTY})
    return frozenset({profile.kind})


def decide_sign_on(
    profile: SignOnProfile, found: tuple[LocalUser, ...], requirement: SignOnRequirement
) -> SignOnDecision:
    """Decide steps 4 to 8: proposal 6.4.2.12.8.2, in its order.

    ``found`` are all local users with the profile's document or code. More than one means that two
    people would be mixed up, and is refused. A code lets in only while the document that is stored
    is the one that the platform tells, and never changes it. A document lets in with another code
    than was learned, which is then learned: the platform has checked the document. Staff are not
    created from here: without a department they could do nothing, and which one it is comes with
    the organisation's own synchronisation.
    """
    if profile.kind not in requirement.kinds or profile.level < requirement.level:
        return _refused("identity.account_not_sufficient")
    if not profile.user_code or not profile.document:
        return _refused("identity.sign_on_incomplete")
    match found:
        case ():
            if profile.kind in {UserKind.STAFF, UserKind.THIRD_PARTY}:
                return _refused("identity.staff_not_registered")
            return SignOnDecision(step=SignOnStep.CREATE)
        case (local,):
            return _known(profile, local)
        case _:
            return _refused("identity.sign_on_ambiguous")


def _known(profile: SignOnProfile, local: LocalUser) -> SignOnDecision:
    if not local.active:
        return _refused("identity.user_disabled")
    if local.document != profile.document:
        return _refused("identity.sign_on_document_differs")
    told = SignOnRecord(user_code=profile.user_code, updated_at=profile.updated_at)
    step = SignOnStep.ADMIT if local.record == told else SignOnStep.UPDATE
    return SignOnDecision(step=step, user=local.id)


def _refused(reason: str) -> SignOnDecision:
    return SignOnDecision(step=SignOnStep.REFUSE, reason=reason)
