"""Fully filled examples of the subjects context. Names, numbers and addresses are invented."""

from datetime import UTC, date, datetime

from supervision_core.kernel.days import local_day
from supervision_core.kernel.registers import Extras
from supervision_core.kernel.registers.elements import ElementContent, ElementSet
from supervision_core.subjects.facts import SubjectFact
from supervision_core.subjects.model import (
    BasicData,
    Bonds,
    BusinessData,
    ExtendedData,
    FormerBonds,
    Identity,
    IdentityKind,
    IssuedCode,
    PersonalData,
    RegionStay,
    Subject,
    SubjectDraft,
    SubjectKind,
    SubjectStatus,
    Tag,
    TagNature,
    TagRule,
)
from supervision_core.subjects.model.data_change import (
    DataChange,
    DataChangeState,
    OwnData,
    ProposedData,
)
from supervision_core.subjects.model.doubts import doubts_of
from supervision_core.subjects.model.registration_change import (
    ProposedRegistration,
    RegistrationChange,
    RegistrationChangeState,
)
from supervision_core.subjects.registers import ApprovalFileContent

MORNING = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)


def full_subject_draft(code: str = "91450100MA5K000017") -> SubjectDraft:
    """Give a draft with every field filled."""
    return SubjectDraft(
        kind=SubjectKind.ENTERPRISE,
        name="南宁示例乳业有限公司",
        identity=Identity(kind=IdentityKind.CREDIT_CODE, code=code),
        region="450103",
        status=SubjectStatus.SUSPENDED,
        basic=BasicData(
            registration_number="450100200000017",
            entity_type="有限责任公司",
            industry="1441",
            organisation_form="公司",
            economic_type="私营",
            brand="示例",
            registered_capital=5_000_000,
            capital_currency="人民币",
            domicile="南宁市青秀区示例路1号",
            premises="南宁市青秀区示例路2号",
            postal_code="530000",
            term_from=date(2016, 5, 4),
            term_to=date(2046, 5, 3),
            scope="乳制品生产；食品销售",
            administrative_level="无",
            sponsor="无",
        ),
        extended=ExtendedData(
            business_scope_type="许可类",
            registration_authority="南宁市市场监督管理局",
            established_on=date(2016, 5, 4),
            approved_on=date(2020, 1, 6),
            revoked_on=date(2025, 1, 6),
            revoked_because="示例",
            corporate_holders=("南宁示例投资有限公司 60%",),
            branches=("南宁示例乳业有限公司青秀分公司",),
            longitude=108_366_543,
            latitude=22_817_002,
        ),
        business=BusinessData(
            nature="生产企业",
            trading_address="南宁市青秀区示例路2号",
            floor="1",
            agreement_signed=True,
            prepaid_cards=False,
            licences=("食品生产许可证", "生鲜乳准运证明"),
        ),
        personal=PersonalData(
            principal="张示例",
            contact_name="李示例",
            contact_identity_card="450103199001010000",
            contact_phone="19900000000",
            operator_phone="19900000001",
            sex="女",
            ethnicity="壮族",
            born_on=date(1990, 1, 1),
            household_address="南宁市",
            political_status="群众",
            unemployed=False,
            holders=("张示例 40%",),
        ),
    )


def full_subject(id: str = "subject-1", code: str = "91450100MA5K000017") -> Subject:
    """Give a subject with every field filled."""
    draft = full_subject_draft(code)
    return Subject(
        id=id,
        kind=draft.kind,
        name=draft.name,
        identity=draft.identity,
        region=draft.region,
        status=draft.status or SubjectStatus.ACTIVE,
        basic=draft.basic,
        extended=draft.extended,
        business=draft.business,
        personal=draft.personal,
        doubts=tuple(doubts_of(draft, today=local_day(MORNING))),
        departments=frozenset({"市场监管", "农业农村"}),
        region_history=(RegionStay(region="450102", until=MORNING),),
        issued_code=IssuedCode(
            text="SC1.F.example",
            serial=2,
            issued_at=MORNING,
            until=date(2029, 3, 2),
            by="user-1",
        ),
        former_codes=frozenset({"450100200000017"}),
        former_bonds=(
            FormerBonds(
                bonds=Bonds(principal="张示例", addresses=frozenset({"南宁市青秀区示例路3号"})),
                until=MORNING,
            ),
        ),
        chosen_tags=frozenset({"tag-2"}),
        earned_tags=frozenset({"tag-1"}),
        category="category-1",
        extras=Extras(
            number=1,
            values={"herd": 120, "organic": True, "grade": "甲", "opened": "2020-01-06"},
        ),
    )


def full_tag(id: str = "tag-1", name: str = "乳品生产") -> Tag:
    """Give a disabled tag with every field filled."""
    tag = Tag(id=id, name="", region="450000", department="市场监管")
    tag.describe(name=name, nature=TagNature.OBJECT, note="乳制品生产企业", order=3)
    tag.add_rule(
        TagRule(
            kinds=(SubjectKind.ENTERPRISE.value,),
            industries=("144",),
            words=("乳",),
            licences=("食品生产",),
            regions=("450000",),
        )
    )
    tag.disable()
    return tag


FORM = ElementSet(1, (
    ElementContent(title="存栏数", key="herd", type="integer", mandatory=True),
    ElementContent(title="有机认证", key="organic", type="flag"),
    ElementContent(title="场区等级", key="grade", type="choice", choices=("甲", "乙")),
    ElementContent(title="投产日期", key="opened", type="day"),
    ElementContent(title="备注", key="note", type="text"),
))  # fmt: skip
"""A form with a field of every kind."""


def facts_of(subject: str = "subject-1") -> tuple[SubjectFact, ...]:
    """Give facts of every value type, one of them known twice."""
    return (
        SubjectFact(
            subject=subject,
            name="penalties_3y",
            value=1,
            known_on=date(2026, 3, 2),
            source="import:a",
        ),
        SubjectFact(
            subject=subject,
            name="penalties_3y",
            value=2,
            known_on=date(2026, 4, 1),
            source="import:b",
        ),
        SubjectFact(
            subject=subject,
            name="entity_type",
            value="有限责任公司",
            known_on=date(2026, 3, 2),
            source="import:a",
        ),
        SubjectFact(
            subject=subject,
            name="abnormal_listed",
            value=False,
            known_on=date(2026, 3, 2),
            source="import:a",
        ),
    )


def full_data_change(id: str = "change-1") -> DataChange:
    """Give a change of its data that a firm asked for, with every field filled."""
    return DataChange(
        id=id, subject="subject-1", name="南宁示例乳业有限公司", region="450103",
        departments=frozenset({"市场监管"}),
        proposed=ProposedData(proofs=("file-20",), content=OwnData(
            principal="张示例", registered_capital=6_000_000, established_on=date(2016, 5, 4),
            number="91450100MA5K000017", domicile="南宁市青秀区示例路3号",
            premises="南宁市青秀区示例路4号", contact_name="李示例", contact_phone="19900000000",
        )),
        by="user-1", at=MORNING, state=DataChangeState.REFUSED,
        decided_by="user-2", decided_at=MORNING, reason="与营业执照不一致",
    )  # fmt: skip


def full_registration_change(id: str = "registration-1") -> RegistrationChange:
    """Give a status that was proposed and refused, with every field filled."""
    return RegistrationChange(
        id=id, subject="subject-1", name="南宁示例乳业有限公司", region="450103",
        department="市场监管",
        proposed=ProposedRegistration(
            status=SubjectStatus.SUSPENDED, reason="企业申请停业", papers=("file-21",)
        ),
        by="user-1", at=MORNING, state=RegistrationChangeState.REFUSED,
        decided_by="user-2", decided_at=MORNING, answer="文书与登记信息不符",
    )  # fmt: skip


def full_approval_file(subject: str = "s1") -> ApprovalFileContent:
    """Give an approval file with every field filled, but without papers."""
    return ApprovalFileContent(
        number="4501032026030200017", subject=subject, matter="食品经营许可", nature="ordinary",
        authority="南宁市行政审批局", decided_on=date(2026, 3, 2), result="granted",
        licence="JY14501030000017", document="食品经营许可证", allows="预包装食品销售",
        valid_from=date(2026, 3, 2), valid_to=date(2031, 3, 1), ended="cancelled",
        ended_on=date(2026, 9, 1),
    )  # fmt: skip
