from collections.abc import Mapping
from datetime import UTC, date, datetime

import pytest
from attrs import evolve
from hypothesis import assume, given
from hypothesis import strategies as st

from entrypoints.http.problems import problem_of
from entrypoints.words import all_messages
from supervision_core.kernel.errors import Refused, Scalar
from supervision_core.kernel.plain import from_plain, to_plain
from supervision_core.kernel.registers import Extras
from supervision_core.subjects.facts import FACT_CATALOGUE, FactKind, day_number, day_of
from supervision_core.subjects.lists import addressed
from supervision_core.subjects.messages import MESSAGES
from supervision_core.subjects.model import (
    BasicData,
    CategoryMismatch,
    ExtendedData,
    Identity,
    IdentityKind,
    PersonalData,
    Subject,
    SubjectDraft,
    SubjectInvalid,
    SubjectKind,
    SubjectRegistered,
    SubjectStatus,
    SubjectStatusForbidden,
    Tag,
    TagInvalid,
    TagRule,
    Traits,
    classify,
    told_values,
)
from supervision_core.subjects.model.doubts import doubts_of
from supervision_core.testing.subjects import (
    FORM,
    MORNING,
    full_subject,
    full_subject_draft,
    full_tag,
)

_WRONG = ["kernel.credit_code_organisation_check_digit", "kernel.credit_code_check_digit"]
"""What is doubtful in the code of the full draft."""


def _codes(error: Refused) -> set[str]:
    return {reason.code for reason in error.reasons}


def _registered(draft: SubjectDraft | None = None) -> Subject:
    said = draft or evolve(full_subject_draft(), status=None)
    return Subject.register(said, id="s", at=MORNING)


@pytest.mark.function("F061", surface="library")
def test_every_aggregate_survives_plain() -> None:
    """Subject and tag, fully filled, come back field by field."""
    for one in (full_subject(), full_tag()):
        back = from_plain(type(one), to_plain(one))
        assert to_plain(back) == to_plain(one)
    subject = from_plain(Subject, to_plain(full_subject()))
    assert subject.draft == full_subject().draft
    assert subject.extras == full_subject().extras


def test_a_subject_without_anything_extra_survives_plain() -> None:
    """What is empty stays empty, though the plain form leaves it out."""
    draft = SubjectDraft(
        kind=SubjectKind.THING,
        name="电梯",
        identity=Identity(kind=IdentityKind.OWN_NUMBER, code="E-1"),
        region="450103",
    )
    subject = Subject.register(draft, id="s", at=MORNING)
    assert from_plain(Subject, to_plain(subject)).draft == evolve(
        draft, status=SubjectStatus.ACTIVE
    )


def test_personal_data_is_never_printed() -> None:
    """Neither repr nor str shows a name, number or phone of a person."""
    shown = f"{full_subject()!r}{full_subject_draft()}{full_subject().identity}"
    for secret in ("张示例", "李示例", "19900000000", "450103199001010000", "91450100MA5K000017"):
        assert secret not in shown


def test_registering_names_every_gap() -> None:
    """Name, identity, region and a reversed term are refused together."""
    draft = SubjectDraft(
        kind=SubjectKind.ENTERPRISE,
        name=" ",
        identity=Identity(kind=IdentityKind.CREDIT_CODE, code=""),
        region="",
        basic=BasicData(term_from=date(2026, 1, 2), term_to=date(2026, 1, 1)),
    )
    with pytest.raises(SubjectInvalid) as refused:
        Subject.register(draft, id="s", at=MORNING)
    assert _codes(refused.value) == {
        "subjects.name_missing",
        "subjects.identity_missing",
        "subjects.region_missing",
        "subjects.term_reversed",
    }


@pytest.mark.parametrize("number", sorted(set(IdentityKind) - {IdentityKind.IDENTITY_CARD}))
def test_only_who_has_an_identity_card_is_a_natural_person(number: IdentityKind) -> None:
    """A firm that was made a person would be published without name and number."""
    draft = full_subject_draft()
    firm = evolve(draft, identity=Identity(kind=number, code="91450100MA5K000017"), status=None)
    person, subject = evolve(firm, kind=SubjectKind.PERSON), _registered(firm)
    gone = _registered(firm)
    gone.delete("重复登记", at=MORNING)
    for attempt in (
        lambda: _registered(person),
        lambda: Subject.from_draft(person, id="t", at=MORNING),
        lambda: subject.correct(person, at=MORNING),
        lambda: subject.correct(person, at=MORNING, whole=True),
        lambda: gone.restore(person, at=MORNING),
    ):
        with pytest.raises(SubjectInvalid) as refused:
            attempt()
        assert _codes(refused.value) == {"subjects.person_by_other_number"}
    assert (subject.kind, subject.shown_name) == (SubjectKind.ENTERPRISE, draft.name)


def test_registering_is_an_event_and_a_doubt_is_kept() -> None:
    """A code that fails its check stays, flagged; the subject begins active."""
    subject = _registered()
    assert subject.take_events() == (SubjectRegistered(at=MORNING, subject="s"),)
    assert subject.status is SubjectStatus.ACTIVE
    assert [one.code for one in subject.doubts] == _WRONG


@pytest.mark.function("F061", surface="library")
def test_correcting_lays_what_is_said_over_what_is_known() -> None:
    """Empty parts keep their content; a new region is a move with history."""
    subject = _registered()
    subject.take_events()
    said = SubjectDraft(
        kind=SubjectKind.ENTERPRISE,
        name="南宁改名乳业有限公司",
        identity=subject.identity,
        region="450105",
        basic=BasicData(industry="1442"),
        personal=PersonalData(contact_phone="19900000009"),
    )
    assert subject.correct(said, at=MORNING)
    assert (subject.name, subject.region) == ("南宁改名乳业有限公司", "450105")
    assert subject.basic.industry == "1442"
    assert subject.basic.brand == "示例"
    assert subject.personal.contact_name == "李示例"
    assert subject.personal.contact_phone == "19900000009"
    assert subject.status is SubjectStatus.ACTIVE
    assert [stay.region for stay in subject.region_history] == ["450103"]
    assert [type(event).__name__ for event in subject.take_events()] == [
        "SubjectMoved",
        "SubjectCorrected",
    ]
    assert not subject.correct(said, at=MORNING)
    assert subject.take_events() == ()


def test_doubts_follow_what_is_known() -> None:
    """A doubt about something not said again stays; one about what is put right goes."""
    draft = full_subject_draft()
    odd = evolve(draft, personal=evolve(draft.personal, contact_phone="12"))
    subject = Subject.register(odd, id="s", at=MORNING)
    assert [one.code for one in subject.doubts] == [*_WRONG, "subjects.phone_doubtful"]
    subject.correct(evolve(draft, personal=PersonalData()), at=MORNING)
    assert [one.code for one in subject.doubts] == [*_WRONG, "subjects.phone_doubtful"]
    subject.correct(draft, at=MORNING)
    assert [one.code for one in subject.doubts] == _WRONG


def test_what_was_kept_without_its_doubts_is_put_right_when_told_again() -> None:
    """The same content told once more is a change where its doubts were not known."""
    subject = _registered(full_subject_draft())
    subject._doubts = ()  # as what was registered when callers said the doubts
    assert subject.correct(full_subject_draft(), at=MORNING)
    assert [one.code for one in subject.doubts] == _WRONG
    assert not subject.correct(full_subject_draft(), at=MORNING)


@given(
    st.sampled_from(IdentityKind),
    st.text("0123456789AMXY", min_size=1, max_size=20),
    st.sampled_from(SubjectKind),
    st.sampled_from(["", "12", "19900000000"]),
    st.sampled_from([None, date(2026, 3, 2), date(2026, 3, 3)]),
)
def test_doubts_are_judged_by_whoever_is_told(
    identity: IdentityKind, code: str, kind: SubjectKind, phone: str, since: date | None
) -> None:
    """Registered, corrected, restored or of a batch: the same content has the same doubts."""
    assume(kind is not SubjectKind.PERSON or identity is IdentityKind.IDENTITY_CARD)
    draft = evolve(
        full_subject_draft(), kind=kind, identity=Identity(kind=identity, code=code),
        extended=ExtendedData(established_on=since), personal=PersonalData(contact_phone=phone),
    )  # fmt: skip
    expected = tuple(doubts_of(draft, today=date(2026, 3, 2)))
    told = {one.at for one in expected}
    assert ("personal.contact_phone" in told) == (phone == "12")
    assert ("extended.established_on" in told) == (since == date(2026, 3, 3))
    registered = Subject.register(draft, id="s", at=MORNING)
    batch = Subject.from_draft(draft, id="t", at=MORNING)
    assert registered.doubts == batch.doubts == expected
    batch._doubts = ()
    batch.correct(draft, at=MORNING)
    assert batch.doubts == expected
    batch.delete("重复登记", at=MORNING)
    batch.restore(draft, at=MORNING)
    assert batch.doubts == expected


def test_another_number_is_another_subject() -> None:
    """The identity never changes."""
    subject = _registered()
    other = evolve(subject.draft, identity=Identity(kind=IdentityKind.CREDIT_CODE, code="9145"))
    with pytest.raises(SubjectInvalid) as refused:
        subject.correct(other, at=MORNING)
    assert _codes(refused.value) == {"subjects.identity_fixed"}


def test_a_refused_correction_changes_nothing() -> None:
    """A status is its registrar's; the rest of the correction is not taken over either."""
    subject = _registered()
    subject.take_events()
    before = subject.draft
    said = evolve(before, name="停业公司", status=SubjectStatus.SUSPENDED, region="450105")
    with pytest.raises(SubjectInvalid) as refused:
        subject.correct(said, at=MORNING)
    assert _codes(refused.value) == {"subjects.status_proposed"}
    assert (subject.draft, subject.take_events()) == (before, ())


def test_who_is_put_back_has_the_status_that_it_had() -> None:
    """Deleting and registering again is no way to another status."""
    subject = _registered()
    subject.delete("重复登记", at=MORNING)
    with pytest.raises(SubjectInvalid) as refused:
        subject.restore(full_subject_draft(), at=MORNING)
    assert _codes(refused.value) == {"subjects.status_proposed"}
    subject.restore(evolve(full_subject_draft(), status=SubjectStatus.ACTIVE), at=MORNING)
    assert (subject.status, subject.deleted) == (SubjectStatus.ACTIVE, False)


def test_a_status_that_it_has_already_is_said_to_be_so() -> None:
    """In words, not by codes: a batch over many leaves out those that have it."""
    subject = _registered()
    subject.change_status(SubjectStatus.SUSPENDED, at=MORNING)
    with pytest.raises(SubjectStatusForbidden) as refused:
        subject.change_status(SubjectStatus.SUSPENDED, at=MORNING)
    assert _codes(refused.value) == {"subjects.status_already"}
    assert refused.value.reasons[0].data["status"] == "停业"
    assert "停业" in problem_of(refused.value, all_messages()).title


@given(st.lists(st.sampled_from(SubjectStatus), max_size=8))
def test_no_status_follows_deregistration(path: list[SubjectStatus]) -> None:
    """Whatever is tried, deregistered stays; a revoked one is never merely suspended."""
    subject = _registered()
    for status in path:
        before = subject.status
        try:
            subject.change_status(status, at=MORNING)
        except SubjectStatusForbidden:
            assert subject.status is before
        else:
            assert before is not status
            assert before is not SubjectStatus.DEREGISTERED
            ended = {SubjectStatus.REVOKED, SubjectStatus.ANNULLED, SubjectStatus.MOVED_OUT}
            assert before not in ended or status in {
                SubjectStatus.ACTIVE,
                SubjectStatus.DEREGISTERED,
            }
        alive = {SubjectStatus.ACTIVE, SubjectStatus.SUSPENDED}
        assert subject.supervised == (subject.status in alive)


def test_moving_to_where_it_stands_is_refused() -> None:
    """A move changes the region."""
    with pytest.raises(SubjectInvalid) as refused:
        _registered().move("450103", at=MORNING)
    assert _codes(refused.value) == {"subjects.region_unchanged"}


@pytest.mark.function("F062", surface="library")
def test_classifying_never_takes_a_hand_put_tag() -> None:
    """Earned tags come and go with the rules, chosen ones only by hand."""
    subject = _registered()
    subject.tag(frozenset({"chosen", "both"}))
    assert subject.classify(frozenset({"earned", "both"}))
    assert not subject.classify(frozenset({"earned", "both"}))
    assert subject.tags == {"chosen", "both", "earned"}
    assert subject.classify(frozenset())
    assert subject.tags == {"chosen", "both"}
    subject.untag(frozenset({"both"}))
    assert subject.tags == {"chosen"}


TRAITS = Traits(
    kind="enterprise",
    name="南宁示例乳业有限公司",
    industry="1441",
    scope="乳制品生产",
    licences=("食品生产许可证",),
    region="450103",
)


@pytest.mark.function("F062", surface="library")
@pytest.mark.parametrize(
    ("rule", "met"),
    [
        (TagRule(), False),
        (TagRule(industries=("144",)), True),
        (TagRule(industries=("1442", "51")), False),
        (TagRule(kinds=("enterprise",), industries=("144",)), True),
        (TagRule(kinds=("sole_trader",), industries=("144",)), False),
        (TagRule(words=("危险", "乳业")), True),
        (TagRule(words=("制品生产",)), True),
        (TagRule(words=("危险",)), False),
        (TagRule(licences=("食品生产",)), True),
        (TagRule(licences=("危险化学品",)), False),
        (TagRule(regions=("450100",)), True),
        (TagRule(regions=("450200", "450000")), True),
        (TagRule(regions=("450200",)), False),
    ],
)
def test_a_rule_needs_every_filled_dimension(rule: TagRule, met: bool) -> None:  # noqa: FBT001
    """Dimensions are joined by and, entries of one by or; an empty rule meets nobody."""
    assert rule.meets(TRAITS) is met


def test_a_subject_without_industry_meets_no_industry_rule() -> None:
    """An unknown industry is not below every prefix."""
    assert not TagRule(industries=("144",)).meets(evolve(TRAITS, industry=""))


def test_classify_gives_enabled_tags_only() -> None:
    """A disabled tag is put on nobody; several rules are alternatives."""
    rules = (TagRule(words=("危险",)), TagRule(industries=("144",)))
    tags = [Tag(id=one, name=one, region="450000", rules=rules) for one in ("tag-b", "tag-a")]
    assert classify(TRAITS, tags) == ("tag-a", "tag-b")
    tags[0].disable()
    assert classify(TRAITS, tags) == ("tag-a",)
    tags[0].enable()
    assert classify(TRAITS, tags) == ("tag-a", "tag-b")


def test_a_tag_has_a_name_and_rules_that_say_something() -> None:
    """An empty name and an empty rule are refused, and the tag is as it was."""
    tag = full_tag()
    with pytest.raises(TagInvalid) as refused:
        tag.describe(name=" ", nature=tag.nature, note="", order=0)
    assert _codes(refused.value) == {"subjects.tag_without_name"}
    with pytest.raises(TagInvalid) as refused:
        tag.add_rule(TagRule())
    assert _codes(refused.value) == {"subjects.tag_rule_empty"}
    assert to_plain(tag) == to_plain(full_tag())


@pytest.mark.function("F063", surface="library")
@pytest.mark.parametrize(
    ("values", "codes"),
    [
        ({"herd": 1}, set()),
        ({}, {"kernel.register_required"}),
        ({"herd": True}, {"kernel.extra_form"}),
        ({"herd": 1, "organic": 1}, {"kernel.extra_form"}),
        ({"herd": 1, "grade": "丙"}, {"kernel.register_unknown_code"}),
        ({"herd": 1, "opened": "2020-13-01"}, {"kernel.extra_form"}),
        ({"herd": 1, "opened": "20200101"}, {"kernel.extra_form"}),
        ({"herd": 1, "note": "长" * 501}, {"kernel.extra_form"}),
        ({"herd": 1, "other": "x"}, {"kernel.extra_unknown"}),
    ],
)
def test_values_fit_the_category_form(values: Mapping[str, Scalar], codes: set[str]) -> None:
    """Each kind of field accepts its own values; unknown and missing ones are named."""
    assert {one.code for one in FORM.violations(values)} == codes


@pytest.mark.function("F063", surface="library")
def test_a_subject_is_categorised_with_fitting_values_only() -> None:
    """A misfit is refused and leaves the subject as it was."""
    subject = _registered()
    with pytest.raises(CategoryMismatch) as refused:
        subject.categorise("dairy", FORM, {})
    assert _codes(refused.value) == {"kernel.register_required"}
    assert subject.extras == Extras()
    subject.categorise("dairy", FORM, {"herd": 3})
    assert subject.category == "dairy"
    assert subject.extras == Extras(number=1, values={"herd": 3})
    assert told_values({"herd": 3, "organic": True}) == ("herd=3", "organic=是")


def test_a_deleted_tag_changes_no_more_until_it_comes_back() -> None:
    """Its name brings it back, without the rules it had."""
    tag = full_tag()
    tag.delete()
    for act in (tag.enable, tag.disable, tag.delete, lambda: tag.remove_rule(1)):
        with pytest.raises(TagInvalid) as refused:
            act()
        assert _codes(refused.value) == {"subjects.tag_deleted"}
    tag.revive()
    assert (tag.deleted, tag.enabled, tag.rules) == (False, True, ())


def test_rules_of_a_tag_are_forgotten_by_their_number() -> None:
    """What is no number of a rule is refused."""
    tag = full_tag()
    with pytest.raises(TagInvalid) as refused:
        tag.remove_rule(2)
    assert _codes(refused.value) == {"subjects.tag_rule_unknown"}
    tag.remove_rule(1)
    assert tag.rules == ()


@given(st.dates())
def test_day_numbers_round_trip(day: date) -> None:
    """A day fact is a number of days since 1970-01-01."""
    assert day_of(day_number(day)) == day
    assert day_number(date(1970, 1, 2)) == 1


def test_the_fact_catalogue_means_one_thing_by_each_heading() -> None:
    """No heading stands for two facts; numbers have units."""
    headings = [text for one in FACT_CATALOGUE.values() for text in (one.title, *one.aliases)]
    assert len(set(headings)) == len(headings)
    assert all(one.unit for one in FACT_CATALOGUE.values() if one.kind is FactKind.INTEGER)


def test_every_text_has_a_remedy() -> None:
    """Whoever is refused learns what to do."""
    assert all(one.remedy for one in MESSAGES.values())


def test_moments_are_told() -> None:
    """The builder's moment is aware, as every moment of the core."""
    assert datetime(2026, 3, 2, 1, 0, tzinfo=UTC) == MORNING


@pytest.mark.parametrize(
    ("kind", "code", "said"),
    [
        (IdentityKind.CREDIT_CODE, "9145", "甲（统一社会信用代码：9145）"),
        (IdentityKind.REGISTRATION_NUMBER, "3301", "甲（注册号：3301）"),
        (IdentityKind.IDENTITY_CARD, "", "甲"),
        (IdentityKind.OWN_NUMBER, "Z-1", "甲"),
        (IdentityKind.CREDIT_CODE, "", "甲"),
    ],
)
def test_a_paper_says_by_which_number_its_addressee_is_registered(
    kind: IdentityKind, code: str, said: str
) -> None:
    """Where there is none, no empty brackets; a number of our own says nothing to others."""
    assert addressed("甲", kind, code) == said
