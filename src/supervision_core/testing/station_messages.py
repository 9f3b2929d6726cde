"""The contract of messages inside the platform. Fixture: ``backend`` (a ``Backend``)."""

from datetime import datetime, timedelta

from attrs import evolve

from supervision_core.identity.model import StationMessage
from supervision_core.identity.ports import StationMessages
from supervision_core.kernel.paging import PageRequest, every_page
from supervision_core.testing.units import NOON, Backend


def full_message(id: str, user: str = "u-1") -> StationMessage:
    """Build one with every field filled."""
    return StationMessage(
        id=id, user=user, title="待认领任务", words="检查任务“{thing}”，请在{claim_due}前认领。",
        kind="task", thing="t-1", made_at=NOON, facts={"claim_due": "2026-03-01"},
        read_at=NOON + timedelta(hours=1),
    )  # fmt: skip


class StationMessagesContract:
    """What a store of messages promises. Fixture: ``backend``."""

    def _keep(self, backend: Backend, *messages: StationMessage) -> None:
        with backend.transactions.begin() as unit:
            unit[StationMessages].add_all(messages)
            unit.commit()

    def _pages(
        self, backend: Backend, user: str, *, unread: bool = False, size: int = 2
    ) -> list[list[str]]:
        with backend.transactions.begin_reading() as unit:
            kept = unit[StationMessages]
            pages = every_page(
                lambda request: kept.page(user, unread=unread, request=request), size=size
            )
            return [[one.id for one in page.items] for page in pages]

    def _read(self, backend: Backend, user: str, *ids: str) -> int:
        with backend.transactions.begin() as unit:
            read = unit[StationMessages].read(user, ids, at=NOON)
            unit.commit()
        return read

    def _forget(self, backend: Backend, before: datetime, limit: int) -> int:
        with backend.transactions.begin() as unit:
            gone = unit[StationMessages].forget(before, limit)
            unit.commit()
        return gone

    def _unread(self, backend: Backend, user: str) -> int:
        with backend.transactions.begin_reading() as unit:
            return unit[StationMessages].unread(user)

    def test_a_message_comes_back_whole(self, backend: Backend) -> None:
        """Every field is read back equal; nobody else has it."""
        self._keep(backend, full_message("m-1"))
        with backend.transactions.begin_reading() as unit:
            found = unit[StationMessages].page("u-1", unread=False, request=PageRequest())
            assert found.items == (full_message("m-1"),)
            assert (
                unit[StationMessages].page("u-2", unread=False, request=PageRequest()).items == ()
            )

    def test_newest_first_page_by_page(self, backend: Backend) -> None:
        """Pages go from new to old, of all or of what is not read."""
        made = [
            evolve(full_message(f"m-{at}"), read_at=NOON if at % 2 else None) for at in range(5)
        ]
        self._keep(backend, *made)
        assert self._pages(backend, "u-1") == [["m-4", "m-3"], ["m-2", "m-1"], ["m-0"]]
        assert self._pages(backend, "u-1", unread=True) == [["m-4", "m-2"], ["m-0"]]
        assert self._pages(backend, "u-2") == [[]]

    def test_each_reads_his_own(self, backend: Backend) -> None:
        """Marking touches one's own alone, once; without ids it is all."""
        for user in ("u-1", "u-2"):
            made = (full_message(f"{user}-{at}", user) for at in range(3))
            self._keep(backend, *(evolve(one, read_at=None) for one in made))
        assert self._unread(backend, "u-1") == 3
        assert self._read(backend, "u-1", "u-1-0", "u-2-0") == 1
        assert self._read(backend, "u-1", "u-1-0") == 0
        assert (self._unread(backend, "u-1"), self._unread(backend, "u-2")) == (2, 3)
        assert self._read(backend, "u-1") == 2
        assert (self._unread(backend, "u-1"), self._unread(backend, "u-2")) == (0, 3)

    def test_the_oldest_are_forgotten_whoever_owns_them(self, backend: Backend) -> None:
        """Only those made before then, at most so many at once; none is left when told so."""
        made = [
            evolve(full_message(f"m-{at}", f"u-{at % 2 + 1}"), made_at=NOON + timedelta(days=at))
            for at in range(5)
        ]
        self._keep(backend, *made)
        begins = NOON + timedelta(days=3)
        assert [self._forget(backend, begins, 2) for _ in range(3)] == [2, 1, 0]
        assert self._pages(backend, "u-1") == [["m-4"]]
        assert self._pages(backend, "u-2") == [["m-3"]]
