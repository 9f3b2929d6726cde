"""Users: account, person, and the departments they work for."""

import re
from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar, Final

from attrs import define, evolve, field, frozen

from supervision_core.identity.model.lengths import too_long
from supervision_core.identity.model.message import is_mobile
from supervision_core.identity.model.personal import personal
from supervision_core.kernel.codes.identity_card import check_identity_card
from supervision_core.kernel.errors import Refused, Violation, refuse_if
from supervision_core.kernel.events import Aggregate, Event
from supervision_core.kernel.fields import said
from supervision_core.kernel.one_line import not_one_line
from supervision_core.kernel.registers import Extras, Reference, extras

_ACCOUNT = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.@-]{2,63}")
_MAIL = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+")
IDENTITY_CARD = "身份证"
CREDIT_CODE = "统一社会信用代码"


@define(eq=False)
class UserInvalid(Refused):
    """The user as described cannot be kept."""

    code: ClassVar[str] = "identity.user_invalid"


@define(eq=False)
class UserLocked(Refused):
    """The user's state forbids this."""

    code: ClassVar[str] = "identity.user_locked"


@frozen(kw_only=True)
class UserChanged(Event):
    """A user was registered, changed, put into other departments, disabled or deleted."""

    user: str


class UserKind(StrEnum):
    """用户类型 (UserKind): staff of a department, a third party, a firm or a citizen."""

    STAFF = "staff"
    THIRD_PARTY = "third_party"
    ENTERPRISE = "enterprise"
    CITIZEN = "citizen"


@frozen(kw_only=True)
class AccountData:
    """用户账号信息 (AccountData): under which name a user logs in, and where he is reached."""

    account: str = field(metadata=said("账号", example="wang.shili"))
    phone: str = personal(said("手机号", example="13900000001"), key=True)
    mail: str = personal(said("邮箱", example="wang@example.cn"))


@frozen(kw_only=True)
class PersonData:
    """用户基本信息 (PersonData): who the user is; all of it is personal data."""

    name: str = personal(said("姓名", example="王示例"))
    sex: str = personal(said("性别", example="男"))
    birthday: date | None = personal(said("出生日期", example="1990-01-01"), default=None)
    nationality: str = personal(said("国籍", example="中国"))
    document_kind: str = personal(said("证件类型", example="身份证"), default=IDENTITY_CARD)
    document_number: str = personal(said("证件号码", example="450103199001010018"), key=True)
    address: str = personal(said("住址", example="南宁市青秀区示例路1号"))


@frozen(kw_only=True)
class ExtendedData:
    """用户拓展信息 (ExtendedData): what kind of user, until when, and a remark.

    ``party`` is the id of the firm, institution or citizen for whom a user acts who is not staff.
    After the day ``valid_until`` the account is expired (GB/T 22239-2019 8.1.4.2: 过期的账户).
    """

    kind: UserKind = field(default=UserKind.STAFF, metadata=said("用户类型", example="staff"))
    party: str = field(default="", metadata=said("所代表的企业、机构或群众的编号"))
    description: str = field(default="", metadata=said("说明"))
    valid_until: date | None = field(
        default=None, metadata=said("账号有效期至，空为长期", example="2028-12-31")
    )


@frozen(kw_only=True)
class Membership:
    """所属组织 (Membership): a department a user works for, with his place in its list."""

    department: str = field(metadata=said("任职机构的编号", example="nanning"))
    order: int = field(default=0, metadata=said("在该组织中的排序号", example=1))
    post: str = field(default="", metadata=said("职务", example="科员"))


@frozen(kw_only=True)
class UserDraft:
    """What a form or a table says of a user; the first of ``memberships`` is the main one."""

    account: AccountData = field(metadata=said("账号信息"))
    person: PersonData = field(metadata=said("个人信息"))
    extended: ExtendedData = field(default=ExtendedData(), metadata=said("拓展信息"))
    memberships: tuple[Membership, ...] = field(
        default=(), metadata=said("所属组织，第一个为主组织")
    )
    extras: Extras = extras("扩展属性")

    @property
    def home(self) -> str:
        """The id of his main department, empty where he has none."""
        return self.memberships[0].department if self.memberships else ""

    @property
    def departments(self) -> frozenset[str]:
        """Ids of all his departments."""
        return frozenset(one.department for one in self.memberships)


@frozen(kw_only=True)
class FirmProof:
    """企业用户证明 (FirmProof): what proves that a user acts for a firm, to be found again.

    ``document`` says what was seen (营业执照、授权委托书), ``number`` under which number that is
    found. Of who comes by the unified platform that is the proof.
    """

    document: str = field(metadata=said("所查验的证明材料", example="营业执照和授权委托书"))
    number: str = field(metadata=said("证明材料的编号", example="例〔2026〕1号"))


@frozen(kw_only=True)
class SignOnRecord:
    """What the unified platform last told of a user: its id of him, and when it changed him."""

    user_code: str
    updated_at: str


def user_violations(draft: UserDraft, *, on: date) -> tuple[Violation, ...]:
    """Give everything against ``draft`` that shows without looking at other users."""
    account, person, extended = draft.account, draft.person, draft.extended
    found = []
    if not _ACCOUNT.fullmatch(account.account):
        found.append(Violation("identity.account_form", "account"))
    if account.phone and not is_mobile(account.phone):
        found.append(Violation("identity.phone_form", "phone"))
    if account.mail and not _MAIL.fullmatch(account.mail):
        found.append(Violation("identity.mail_form", "mail"))
    if not person.name.strip():
        found.append(Violation("identity.name_missing", "name"))
    if person.document_number and person.document_kind == IDENTITY_CARD:
        wrong = check_identity_card(person.document_number, on=on)
        found += (evolve(one, at="document_number") for one in wrong)
    departments = [one.department for one in draft.memberships]
    if extended.kind is UserKind.STAFF and not departments:
        found.append(Violation("identity.membership_missing", "memberships"))
    if extended.kind is not UserKind.STAFF and not extended.party:
        found.append(Violation("identity.party_missing", "party"))
    texts = _lengths(draft)
    found += too_long(texts)
    posts = "".join(one.post for one in draft.memberships)
    found += not_one_line({**{at: text for at, (text, _) in texts.items()}, "post": posts})
    if len(set(departments)) < len(departments):
        found.append(Violation("identity.membership_twice", "memberships"))
    return tuple(found)


def _lengths(draft: UserDraft) -> dict[str, tuple[str, int]]:
    """Give what may be long, with the most signs of it."""
    account, person, extended = draft.account, draft.person, draft.extended
    post = max((one.post for one in draft.memberships), key=len, default="")
    return {
        "mail": (account.mail, 100),
        "name": (person.name, 60),
        "sex": (person.sex, 10),
        "nationality": (person.nationality, 60),
        "document_kind": (person.document_kind, 30),
        "document_number": (person.document_number, 40),
        "address": (person.address, 500),
        "party": (extended.party, 64),
        "description": (extended.description, 500),
        "post": (post, 60),
    }


def contact_of(draft: UserDraft) -> tuple[str, str, str]:
    """Give phone, kind and number of the document of a draft."""
    person = draft.person
    return draft.account.phone, person.document_kind, person.document_number


def proof_violations(kind: UserKind, proof: FirmProof | None) -> tuple[Violation, ...]:
    """Give what is against a new user of ``kind``: one of a firm needs proof of the firm."""
    if kind is not UserKind.ENTERPRISE:
        return ()
    if proof is None or not proof.document.strip() or not proof.number.strip():
        return (Violation("identity.firm_proof_missing", "proof"),)
    return tuple(too_long({"document": (proof.document, 60), "number": (proof.number, 64)}))


def _binding_violations(before: ExtendedData, after: ExtendedData) -> tuple[Violation, ...]:
    """Give what is against a change of the party that a user acts for: it was proved for one."""
    found = []
    if before.party != after.party:
        found.append(Violation("identity.party_fixed", "party"))
    if before.kind is not after.kind and UserKind.ENTERPRISE in {before.kind, after.kind}:
        found.append(Violation("identity.kind_fixed", "kind"))
    return tuple(found)


@define(eq=False, kw_only=True)
class User(Aggregate):
    """用户 (User): somebody with an account, working for one or several departments.

    The first membership is the main department (所属), the others are 附属; administrators of each
    manage him. Deleting is logical and final. Source: proposal 6.4.1.4.1.
    """

    _account: AccountData
    _person: PersonData
    _extended: ExtendedData
    _memberships: tuple[Membership, ...] = ()
    _enabled: bool = True
    _deleted_at: datetime | None = None
    _sign_on: SignOnRecord | None = None
    _contact_by: str = ""
    _proof: FirmProof | None = None
    _extras: Extras = Extras()

    @classmethod
    def register(
        cls,
        draft: UserDraft,
        *,
        id: str,
        at: datetime,
        by: str = "",
        proof: FirmProof | None = None,
    ) -> "User":
        """Register somebody; ``by`` an administrator, a user of a firm with ``proof`` of it.

        Raises ``UserInvalid`` with every reason.
        """
        kind = draft.extended.kind
        faults = (*user_violations(draft, on=at.date()), *proof_violations(kind, proof))
        refuse_if(UserInvalid, faults)
        made = cls(
            id=id,
            contact_by=by,
            account=draft.account,
            person=draft.person,
            extended=draft.extended,
            memberships=draft.memberships,
            extras=draft.extras,
            proof=proof if kind is UserKind.ENTERPRISE else None,
        )
        made._record(UserChanged(at=at, user=id))
        return made

    @property
    def account(self) -> AccountData:
        """How he logs in and is reached."""
        return self._account

    @property
    def reference(self) -> Reference:
        """What others read who work with him."""
        return user_reference(
            self.id, name=self._person.name, login=self._account.account,
            kind=self._extended.kind, usable=self._enabled and self._deleted_at is None,
        )  # fmt: skip

    @property
    def person(self) -> PersonData:
        """Who he is."""
        return self._person

    @property
    def extended(self) -> ExtendedData:
        """What kind of user he is."""
        return self._extended

    @property
    def memberships(self) -> tuple[Membership, ...]:
        """His departments, the main one first."""
        return self._memberships

    @property
    def departments(self) -> frozenset[str]:
        """Ids of all his departments."""
        return frozenset(one.department for one in self._memberships)

    @property
    def contact(self) -> tuple[str, str, str]:
        """Phone, kind and number of the document: what lets somebody in as this user."""
        return contact_of(self.draft)

    @property
    def contact_hands(self) -> frozenset[str]:
        """The administrator who last set phone or document, if one did."""
        return frozenset({self._contact_by} - {""})

    @property
    def draft(self) -> UserDraft:
        """All of it as a form would say it."""
        return UserDraft(
            account=self._account,
            person=self._person,
            extended=self._extended,
            memberships=self._memberships,
            extras=self._extras,
        )

    @property
    def proof(self) -> FirmProof | None:
        """What proved that he acts for his firm; of nobody else there is any."""
        return self._proof

    @property
    def sign_on(self) -> SignOnRecord | None:
        """What the unified platform last told of him, if he ever came from there."""
        return self._sign_on

    @property
    def active(self) -> bool:
        """Whether he may log in: neither disabled nor deleted."""
        return self._enabled and not self.deleted

    def works_on(self, day: date) -> bool:
        """Tell whether he may log in on that day: active, and his account not expired."""
        last = self._extended.valid_until
        return self.active and (last is None or day <= last)

    def alike_until(self, day: date) -> date:
        """Give the last day on which he works if he does on ``day``, unchanged as he is."""
        last = self._extended.valid_until
        return date.max if last is None or last < day else last

    @property
    def deleted(self) -> bool:
        """Whether he was deleted."""
        return self._deleted_at is not None

    def change(self, draft: UserDraft, *, at: datetime, by: str = "") -> None:
        """Replace all that is known of him but for whom he acts.

        ``by`` is the administrator, who may set the contact. Another phone or document makes what
        the unified platform told of him void. Raises ``UserInvalid``, ``UserLocked``.
        """
        self._require_living()
        faults = _binding_violations(self._extended, draft.extended)
        refuse_if(UserInvalid, (*user_violations(draft, on=at.date()), *faults))
        if contact_of(draft) != self.contact:
            self._sign_on, self._contact_by = None, by
        self._account, self._person = draft.account, draft.person
        self._extended, self._memberships = draft.extended, draft.memberships
        self._extras = draft.extras
        self._record(UserChanged(at=at, user=self.id))

    def place(self, department: str, order: int, *, at: datetime) -> None:
        """Give him a place in a department's list. Raises ``UserInvalid``, ``UserLocked``."""
        self._require_living()
        if department not in self.departments:
            raise UserInvalid((Violation("identity.not_a_member", "department"),))
        self._memberships = tuple(
            evolve(one, order=order) if one.department == department else one
            for one in self._memberships
        )
        self._record(UserChanged(at=at, user=self.id))

    def switch(self, *, enabled: bool, at: datetime) -> None:
        """Disable him, or let him in again. Raises ``UserLocked``."""
        self._require_living()
        self._enabled = enabled
        self._record(UserChanged(at=at, user=self.id))

    def delete(self, *, at: datetime) -> None:
        """Delete him, logically. Raises ``UserLocked`` the second time.

        What he did keeps naming him, so account, name and departments stay; everything else that is
        known of him goes at once (GB/T 22239-2019 8.1.4.10, 8.1.4.11).
        """
        self._require_living()
        self._deleted_at = at
        self._account = AccountData(account=self._account.account)
        self._person = PersonData(name=self._person.name)
        self._extended = evolve(self._extended, description="")
        self._sign_on, self._extras = None, Extras()
        self._record(UserChanged(at=at, user=self.id))

    def remember_sign_on(self, record: SignOnRecord, *, at: datetime) -> None:
        """Keep what the unified platform told. Raises ``UserLocked``."""
        self._require_living()
        self._sign_on = record
        self._record(UserChanged(at=at, user=self.id))

    def forget_sign_on(self, *, at: datetime) -> None:
        """Forget it: the platform's account is another user's now. Raises ``UserLocked``."""
        self._require_living()
        self._sign_on = None
        self._record(UserChanged(at=at, user=self.id))

    def _require_living(self) -> None:
        if self.deleted:
            raise UserLocked((Violation("identity.user_deleted"),))


NAMED: Final = frozenset({UserKind.STAFF, UserKind.THIRD_PARTY})
"""Whose names others read: who works for departments, or is sent by third parties, acts by name.

Names of firms' people and of citizens are shown for a purpose only.
"""


def user_reference(id: str, *, name: str, login: str, kind: UserKind, usable: bool) -> Reference:
    """Give what others read who work with a user: the name, told apart by the account.

    Who is not ``NAMED`` is known by the account alone.
    """
    shown = name if kind in NAMED else ""
    return Reference(id=id, name=shown or login, usable=usable, code=login if shown else "")
