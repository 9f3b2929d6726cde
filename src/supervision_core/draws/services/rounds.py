"""The round of a draw: deposits, one other deadline, closing, the public value, opening."""

from collections.abc import Iterator, Mapping
from datetime import datetime

from attrs import field, frozen

from supervision_core.draws.model.deposits import DepositsUnopened, sealed_to
from supervision_core.draws.model.draw import Draw, DrawState
from supervision_core.draws.model.leaves import Leaf
from supervision_core.draws.model.outsiders import is_apart
from supervision_core.draws.model.ranking import commitment
from supervision_core.draws.model.rounds import DepositRefused, NamedValue, ValueRefused
from supervision_core.draws.model.sources import OpenedBy
from supervision_core.draws.model.witnessed import CLOSED_LIST
from supervision_core.draws.ports import Deposits, Leaves, Lines
from supervision_core.draws.services import draw_in_reach, save_draw
from supervision_core.identity.services import Work, does
from supervision_core.kernel.calendar import Calendars
from supervision_core.kernel.crypto import Encryptor
from supervision_core.kernel.days import local_day
from supervision_core.kernel.errors import Violation, refuse_if
from supervision_core.kernel.fields import said


@frozen(kw_only=True)
class DepositNonce:
    """What the actor's department gives for the seed: commitment and sealed nonce, together.

    ``sealed`` is an SM2 ciphertext, to the key that the draw names, of the 32-byte nonce and the
    SM3 of ``draw-deposit/1``, the round's label and the department's id, parted by 0x1F.
    """

    draw_id: str = field(metadata=said("抽取的编号", example="0123abcd", to="draw"))
    commitment: bytes = field(
        metadata=said("承诺值，即部门编号、0x1F和随机数连接后的SM3，十六进制", example="00ff")
    )
    sealed: bytes = field(
        metadata=said("用保管方公钥加密的随机数，SM2密文，十六进制", example="00ff")
    )


def deposit_for(
    encryptor: Encryptor, draw_id: str, label: str, department: str, nonce: bytes
) -> DepositNonce:
    """Give what a department hands in for its nonce, sealed to the keeper of ``encryptor``."""
    return DepositNonce(
        draw_id=draw_id,
        commitment=commitment(department, nonce),
        sealed=sealed_to(encryptor, label, department, nonce),
    )


def _posts_with_lead(work: Work, draw: Draw) -> Iterator[Violation]:
    """Say that who acts for a department apart from the lead has a post in the lead's line too.

    Who has both would be outsider and lead in one person.
    """
    own = work.actor.department
    others = {*work[Lines].posts(work.actor.user)} - {own}
    if not others:
        return
    above = work[Lines].above({draw.lead, own, *others})
    if is_apart(own, draw.lead, above):
        for one in sorted(others):
            if not is_apart(one, draw.lead, above):
                yield Violation("draws.post_with_lead", data={"id": one})


@does(Draw, "deposit")
def deposit_nonce(work: Work, cmd: DepositNonce) -> None:
    """Hand in one's own department's commitment and sealed nonce, once, before the deadline.

    Nobody does for an outsider who also has a post in the lead's line.
    """
    draw = draw_in_reach(work, cmd.draw_id, lead_only=False)
    refuse_if(DepositRefused, _posts_with_lead(work, draw))
    draw.deposit(work.actor.department, cmd.commitment, cmd.sealed, at=work.now)
    work.note(commitment=cmd.commitment.hex())
    save_draw(work, draw)


@frozen(kw_only=True)
class MoveDeadline:
    """A later deadline, and which outage asks for it; perhaps another issue of the public value."""

    draw_id: str = field(metadata=said("抽取的编号", example="0123abcd", to="draw"))
    due: datetime = field(metadata=said("顺延后的截止时间", example="2026-07-02T09:00:00Z"))
    reason: str = field(metadata=said("发生了什么故障", example="7月1日机房停电，系统停用4小时"))
    public_value: NamedValue | None = field(
        default=None, metadata=said("改用的公开数值期次，原期次仍在截止之后的为空")
    )


@does(Draw, "move_deadline")
def move_deadline(work: Work, cmd: MoveDeadline) -> None:
    """Move the deadline because of an outage: once, with its reason, before the list is closed."""
    draw = draw_in_reach(work, cmd.draw_id)
    draw.move_deadline(
        due=cmd.due,
        reason=cmd.reason,
        by=work.actor.user,
        at=work.now,
        calendar=work[Calendars].working_calendar(),
        public_value=cmd.public_value,
    )
    work.note(due=cmd.due.isoformat(), reason=cmd.reason)
    save_draw(work, draw)


@frozen(kw_only=True)
class ReplaceOutsider:
    """A public value of a day to come, for an outsider who did not deposit in time."""

    draw_id: str = field(metadata=said("抽取的编号", example="0123abcd", to="draw"))
    public_value: NamedValue = field(metadata=said("代替外部参与方的公开数值"))


@does(Draw, "replace_outsider")
def replace_outsider(work: Work, cmd: ReplaceOutsider) -> None:
    """Let a public value take the place of the outsider, who stays named as late."""
    draw = draw_in_reach(work, cmd.draw_id)
    draw.replace_outsider(cmd.public_value, at=work.now)
    work.note(public_value=f"{cmd.public_value.name} {cmd.public_value.issue}")
    save_draw(work, draw)


@frozen(kw_only=True)
class ConsentToRedraw:
    """A draw that was frozen again from another pool or by another rule."""

    draw_id: str = field(metadata=said("抽取的编号", example="0123abcd", to="draw"))


@does(Draw, "consent")
def consent_to_redraw(work: Work, cmd: ConsentToRedraw) -> None:
    """Consent, as the lead's head, to draw again from another pool or by another rule."""
    draw = draw_in_reach(work, cmd.draw_id)
    draw.consent(by=work.actor.user, at=work.now)
    save_draw(work, draw)


@frozen(kw_only=True)
class CloseRound:
    """A draw whose deadline has passed, or to which all have deposited."""

    draw_id: str = field(metadata=said("抽取的编号", example="0123abcd", to="draw"))


@does(Draw, "close", answers="逾期未提交的部门的编号")
def close_round(work: Work, cmd: CloseRound) -> tuple[str, ...]:
    """Take no more deposits; the digest of what there is goes into the audit log."""
    draw = draw_in_reach(work, cmd.draw_id)
    draw.close(at=work.now)
    if draw.closed_list:
        stated = {CLOSED_LIST: draw.closed_list.digest.hex()}
        work.note(late=",".join(draw.round.late), **stated)
    save_draw(work, draw)
    return draw.round.late


@frozen(kw_only=True)
class EnterPublicValue:
    """The public value that was fixed at freezing, as it was published."""

    draw_id: str = field(metadata=said("抽取的编号", example="0123abcd", to="draw"))
    value: str = field(metadata=said("公布的数值，照原文录入", example="02 08 11 19 25 30 + 07"))


@does(Draw, "enter_value")
def enter_public_value(work: Work, cmd: EnterPublicValue) -> None:
    """Enter the public value for one's own department; it counts once two entered the same.

    Nobody does for an outsider who also has a post in the lead's line.
    """
    draw = draw_in_reach(work, cmd.draw_id, lead_only=False)
    refuse_if(ValueRefused, _posts_with_lead(work, draw))
    draw.enter_value(work.actor.department, cmd.value, at=work.now)
    work.note(value=cmd.value.strip())
    save_draw(work, draw)


@frozen(kw_only=True)
class OpenRound:
    """A draw whose list is closed, and whose public value is known where one counts."""

    draw_id: str = field(metadata=said("抽取的编号", example="0123abcd", to="draw"))


@frozen
class _Asked:
    """What the keeper answered for a closed list: what it opened, or why not; and the leaf."""

    digest: bytes
    leaf: Leaf | None
    found: Mapping[str, bytes] | DepositsUnopened

    @property
    def opened(self) -> Mapping[str, bytes]:
        """Give what was opened. Raises why nothing was."""
        if isinstance(self.found, DepositsUnopened):
            raise self.found
        return self.found


def _asked(work: Work, draw: Draw) -> _Asked | None:
    closed, keeper = draw.closed_list, draw.keeper
    if draw.state is not DrawState.CLOSED or draw.awaits_value or not (closed and keeper):
        return None
    if keeper.by is OpenedBy.PLATFORM:
        return _Asked(closed.digest, _leaf(work, draw), {})
    try:
        return _Asked(closed.digest, _leaf(work, draw), work[Deposits].open(closed, keeper))
    except DepositsUnopened as refusal:
        return _Asked(closed.digest, None, refusal)


def _leaf(work: Work, draw: Draw) -> Leaf | None:
    began = draw.round.began_at
    if draw.leaf is None or began is None:
        return None
    return work[Leaves].leaf(local_day(began).year, draw.leaf)


def _beforehand(work: Work, cmd: OpenRound) -> _Asked | None:
    return _asked(work, draw_in_reach(work, cmd.draw_id))


@does(Draw, "open", answers="密文不能开启、以承诺值代替的部门的编号", beforehand=_beforehand)
def open_round(work: Work, cmd: OpenRound) -> tuple[str, ...]:
    """Let the witness open the closed list, and add the platform's leaf.

    Where no witness keeps the deposits, nothing is opened: every commitment counts as it is.
    """
    draw = draw_in_reach(work, cmd.draw_id)
    asked, closed = work.ready, draw.closed_list
    opened: Mapping[str, bytes] = {}
    leaf: Leaf | None = None
    if closed is not None and draw.state is DrawState.CLOSED and not draw.awaits_value:
        if not isinstance(asked, _Asked) or asked.digest != closed.digest:
            raise DepositsUnopened((Violation("draws.opening_unready"),))
        opened, leaf = asked.opened, asked.leaf
    draw.open(opened, leaf, at=work.now)
    shares = {one.contributor: one.share.hex() for one in draw.round.contributions}
    work.note(**{f"share {name}": share for name, share in shares.items()})
    save_draw(work, draw)
    return tuple(
        one.contributor for one in draw.round.contributions if one.opened and one.nonce is None
    )
