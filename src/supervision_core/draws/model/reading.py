"""Reading a proof strictly, and what its steps have made of it; nothing it holds is trusted."""

import re
from collections.abc import Collection, Iterator, Mapping
from datetime import UTC, datetime

from attrs import define

from supervision_core.draws.model.draw import Contribution
from supervision_core.draws.model.in_turn import Correction, Course, Withdrawal
from supervision_core.draws.model.pool import FrozenPool, Pick, id_fault
from supervision_core.draws.model.proof import FORMAT_2, PoolFileName
from supervision_core.draws.model.ranking import Sift
from supervision_core.draws.model.roster import Roster
from supervision_core.draws.model.rule import Rule
from supervision_core.draws.model.selection import Action, Adjustment, Selection
from supervision_core.draws.model.sources import DRAW_1, DRAW_2, PublicValue
from supervision_core.draws.model.staffing import Staffing
from supervision_core.kernel.canonical import canonical_json
from supervision_core.kernel.plain import from_plain, to_plain

HEX = re.compile(r"[0-9a-f]{64}")


class Malformed(Exception):
    """A member of the proof has not the form that the format gives it."""

    def __init__(self, at: str) -> None:
        """Say where it stands."""
        super().__init__(at)
        self.at = at


class Blocked(Exception):
    """An earlier step left nothing to check this one against."""


@define(eq=False)
class State:
    """The proof, and what the steps so far have made of it."""

    document: object
    pool: FrozenPool | None
    sifter: Sift
    rule: Rule | None = None
    contributions: tuple[Contribution, ...] | None = None
    picks: tuple[Pick, ...] | None = None
    manual: tuple[Adjustment, ...] | None = None
    selected: Selection | None = None
    staffing: Staffing | None = None
    public_value: PublicValue | None = None

    @property
    def definition(self) -> str:
        """By which definition the proof says that it was drawn."""
        stated = self.document.get("format") if isinstance(self.document, Mapping) else None
        return DRAW_2 if stated == FORMAT_2 else DRAW_1

    def member(self, name: str) -> object:
        """Give a member of the proof. Raises ``Malformed`` where there is none."""
        if not isinstance(self.document, Mapping):
            raise Malformed("")
        if name not in self.document:
            raise Malformed(name)
        return self.document[name]

    def digest(self, name: str) -> bytes:
        """Give the digest that a member holds."""
        return digest_of(self.member(name), name)

    def known_pool(self) -> FrozenPool:
        """Give the pool. Raises ``Blocked`` where none could be read."""
        if self.pool is None:
            raise Blocked
        return self.pool

    def selection(self) -> tuple[str, ...]:
        """Give who is to be inspected. Raises ``Blocked`` where the steps before do not say."""
        if self.selected is None:
            raise Blocked
        return self.selected.ids

    def course(self) -> Course:
        """Give in which order inspectors are assigned. Raises ``Blocked`` as ``selection``."""
        selected = self.selection()
        if self.definition == DRAW_1:
            return Course(selected)
        made = tuple(Correction.of(one) for one in self.manual or ())
        picks = tuple(one.id for one in self.picks or ())
        return Course(picks, made, tuple(self._withdrawals(len(made))))

    def roster(self) -> Roster | None:
        """Give of whom inspectors are drawn, as rule or proof lists them.

        Raises ``Malformed`` where the rule says them by their SM3 and officers go, but none are
        listed, or what is listed is no roster.
        """
        if self.rule is None or not self.rule.officers_hash:
            return None if self.rule is None else self.rule.officers
        listed = isinstance(self.document, Mapping) and "roster" in self.document
        if not listed and self.member("officers") == {}:
            return None
        found = Roster.of(self.member("roster"))
        if found is None:
            raise Malformed("roster")
        return found

    def _withdrawals(self, corrections: int) -> Iterator[Withdrawal]:
        """Give the recusals that are steps, which say after how many corrections, ascending."""
        if not isinstance(self.document, Mapping) or "recused" not in self.document:
            return
        stated, last = self.document["recused"], 0
        for at, each in objects_of(stated, "recused", {"officer", "subject"}):
            if "after" in each:
                last = whole_of(each["after"], f"{at}.after", last)
                if last > corrections:
                    raise Malformed(f"{at}.after")
                yield Withdrawal(text_of(each["officer"], at), text_of(each["subject"], at), last)


def text_of(value: object, at: str) -> str:
    """Give a text that has a UTF-8 form."""
    if not isinstance(value, str):
        raise Malformed(at)
    try:
        value.encode()
    except UnicodeEncodeError:
        raise Malformed(at) from None
    return value


def texts_of(value: object, at: str) -> tuple[str, ...]:
    """Give a list of texts."""
    if not isinstance(value, list):
        raise Malformed(at)
    return tuple(text_of(each, at) for each in value)


def digest_of(value: object, at: str) -> bytes:
    """Give 32 bytes from lower-case hex."""
    if not isinstance(value, str) or not HEX.fullmatch(value):
        raise Malformed(at)
    return bytes.fromhex(value)


def whole_of(value: object, at: str, least: int = 0) -> int:
    """Give an integer that is no less than ``least``."""
    if not isinstance(value, int) or isinstance(value, bool) or value < least:
        raise Malformed(at)
    return value


def moment_of(value: object, at: str) -> datetime:
    """Give a moment with its zone, in UTC."""
    try:
        moment = datetime.fromisoformat(text_of(value, at))
        if moment.tzinfo is None:
            raise Malformed(at)
        return moment.astimezone(UTC)
    except (ValueError, OverflowError):
        raise Malformed(at) from None


def object_of(value: object, at: str, members: Collection[str]) -> Mapping[str, object]:
    """Give an object that has exactly these members."""
    if not isinstance(value, Mapping) or value.keys() != set(members):
        raise Malformed(at)
    return value


def objects_of(
    value: object, at: str, members: Collection[str]
) -> Iterator[tuple[str, Mapping[str, object]]]:
    """Give each object of a list, with its place, if it has all of ``members``."""
    if not isinstance(value, list):
        raise Malformed(at)
    for index, each in enumerate(value):
        if not isinstance(each, Mapping) or not each.keys() >= set(members):
            raise Malformed(f"{at}[{index}]")
        yield f"{at}[{index}]", each


def pool_file_named(value: object) -> PoolFileName:
    """Give the name of a file that lies beside the proof, with its hash and count."""
    read = object_of(value, "pool_file", {"name", "sm3", "count"})
    name = text_of(read["name"], "pool_file.name")
    if name in {"", ".", ".."} or set(name) & {"/", "\\", "\0"}:
        raise Malformed("pool_file.name")
    digest = digest_of(read["sm3"], "pool_file.sm3").hex()
    return PoolFileName(name, digest, whole_of(read["count"], "pool_file.count"))


def contribution_of(each: Mapping[str, object], at: str) -> Contribution:
    """Give what a contributor revealed in a ``draw/1``."""
    return Contribution(
        id_of(each["contributor"], at),
        digest_of(each["commitment"], f"{at}.commitment"),
        moment_of(each["committed_at"], f"{at}.committed_at"),
        digest_of(each["nonce"], f"{at}.nonce"),  # a nonce is as long as a digest
        moment_of(each["revealed_at"], f"{at}.revealed_at"),
    )


def deposit_of(each: Mapping[str, object], at: str) -> Contribution:
    """Give what a contributor deposited for a ``draw/2``."""
    nonce = each["nonce"]
    return Contribution(
        id_of(each["contributor"], at),
        digest_of(each["commitment"], f"{at}.commitment"),
        moment_of(each["deposited_at"], f"{at}.deposited_at"),
        None if nonce is None else digest_of(nonce, f"{at}.nonce"),
        opened=True,
    )


def id_of(value: object, at: str) -> str:
    """Give an id that can be hashed."""
    contributor = text_of(value, at)
    if id_fault(contributor):
        raise Malformed(at)
    return contributor


def adjustment_of(each: Mapping[str, object], at: str) -> Adjustment:
    """Give a correction by hand; of a ``draw/1``, nobody is replaced."""
    action = text_of(each["action"], f"{at}.action")
    if action not in {known.value for known in Action}:
        raise Malformed(f"{at}.action")
    replacement = each.get("replacement")
    return Adjustment(
        Action(action),
        id_of(text_of(each["id"], at), f"{at}.id"),
        text_of(each["by"], f"{at}.by"),
        moment_of(each["at"], f"{at}.at"),
        text_of(each["reason"], f"{at}.reason"),
        text_of(each.get("approver", ""), f"{at}.approver"),
        None if replacement is None else text_of(replacement, f"{at}.replacement"),
    )


def staffing_of(value: object) -> Staffing:
    """Read the inputs of the assignment, which must be exactly what we would have written."""
    try:
        staffing = from_plain(Staffing, value)
        same = canonical_json(to_plain(staffing)) == canonical_json(value)  # type: ignore[arg-type]
    except Exception:  # noqa: BLE001 - cattrs answers hostile input with whatever it met
        raise Malformed("officers") from None
    if not same:
        raise Malformed("officers")
    return staffing
