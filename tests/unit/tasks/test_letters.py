"""电子送达: what may be sent as a link, until when it opens, and what counts as its service."""

from datetime import timedelta
from typing import Any

import pytest
from attrs import evolve

from supervision_core.identity.model import Channel
from supervision_core.tasks.model import events
from supervision_core.tasks.model.letters import (
    LINK_VALID,
    LetterRefused,
    LetterSheet,
    LetterState,
    ServedLetter,
)
from supervision_core.testing.tasks import MOMENT, served_letter

SHEET = served_letter("letter-1").sheet


def serve(sheet: LetterSheet = SHEET, **changes: Any) -> ServedLetter:
    """Serve a letter by e-mail."""
    told = {"to": "firm@example.cn", "phone": "13900000001", "token": "t", "link": "digest"}
    return ServedLetter.serve(id="letter-1", sheet=sheet, at=MOMENT, **(told | changes))


@pytest.mark.parametrize(
    ("sheet", "changes", "code"),
    [
        ({"file": ""}, {}, "tasks.letter_missing"),
        ({}, {"phone": ""}, "tasks.phone_on_record_missing"),
        ({}, {"phone": "0771-5600001"}, "tasks.phone_on_record_missing"),
        ({}, {"to": "13900000001"}, "tasks.delivery_address_unfit"),
        ({}, {"to": "a@example.cn,b@example.cn"}, "tasks.delivery_address_unfit"),
        ({"channel": Channel.SMS}, {}, "tasks.delivery_address_unfit"),
        ({"channel": Channel.NOTICE}, {"to": ""}, "tasks.addressee_account_missing"),
    ],
)
def test_what_cannot_be_served_is_refused(
    sheet: dict[str, Any], changes: dict[str, Any], code: str
) -> None:
    """A letter, a mobile phone on record and an address that fits the channel are needed."""
    with pytest.raises(LetterRefused) as refused:
        serve(evolve(SHEET, **sheet), **changes)
    assert [one.code for one in refused.value.reasons] == [code]


@pytest.mark.parametrize(
    ("channel", "to"),
    [(Channel.SMS, "13900000002"), (Channel.EMAIL, "a@example.cn"), (Channel.NOTICE, "GX1001")],
)
def test_a_letter_is_sent_once(channel: Channel, to: str) -> None:
    """It waits until the channel took it; then its token is forgotten here, and it is not due."""
    made = serve(evolve(SHEET, channel=channel), to=to)
    assert [type(one) for one in made.take_events()] == [events.LetterServed]
    assert (made.state, made.is_due(at=MOMENT)) == (LetterState.WAITING, True)
    made.sent(at=MOMENT)
    made.sent(at=MOMENT + timedelta(days=1))
    assert (made.state, made.sent_at, made.token) == (LetterState.SENT, MOMENT, "")
    assert not made.is_due(at=MOMENT)


def test_the_first_opening_is_the_service() -> None:
    """It is noted with the phone's end, once; later ones are seen by the log alone."""
    made = serve()
    made.sent(at=MOMENT)
    made.take_events()
    for days in (1, 2):
        made.open(at=MOMENT + timedelta(days=days))
    assert made.receipt is not None
    assert (made.receipt.at, made.receipt.phone_end) == (MOMENT + timedelta(days=1), "0001")
    assert [type(one) for one in made.take_events()] == [events.LetterOpened]
    assert made.state is LetterState.OPENED


def test_one_that_was_opened_before_the_sender_noted_it_stays_opened() -> None:
    """Who sent it and was killed notes it later: the receipt stays, the token goes."""
    made = serve()
    made.open(at=MOMENT)
    made.sent(at=MOMENT + timedelta(minutes=1))
    assert (made.state, made.token) == (LetterState.OPENED, "")


def test_a_link_expires() -> None:
    """At the end of its term it opens nothing, and is not sent any more."""
    made = serve()
    last = MOMENT + LINK_VALID
    assert made.opens(at=last - timedelta(seconds=1))
    assert not made.is_due(at=last)
    with pytest.raises(LetterRefused) as refused:
        made.open(at=last)
    assert [one.code for one in refused.value.reasons] == ["tasks.letter_link_unfit"]
    assert made.receipt is None


def test_nothing_personal_is_printed() -> None:
    """Neither where the link went, nor the phone, nor the token."""
    told = "0123456789abcdef"
    printed = repr(serve(token=told))
    assert not [one for one in ("firm@", "1390000", told) if one in printed]
