"""The contract of drafts of forms. Fixture: ``backend`` (a ``Backend``)."""

from datetime import timedelta

from supervision_core.identity.model import FormDraft, LogInPolicy
from supervision_core.identity.model.drafts import KEPT_FOR
from supervision_core.identity.ports import FormDrafts, LogInTraces
from supervision_core.testing.units import NOON, Backend

_SECOND = timedelta(seconds=1)


def kept_draft(id: str, owner: str = "u-1", lasts: timedelta = KEPT_FOR) -> FormDraft:
    """Build one that was filled in and is kept."""
    made = FormDraft(id=id, owner=owner, place="/gov/tasks/do/create", saved_at=NOON)
    made.fill({"name": "节前检查"}, lasts=lasts, at=NOON)
    return made


class FormDraftsContract:
    """What a store of drafts promises. Fixture: ``backend``."""

    def _keep(self, backend: Backend, *drafts: FormDraft) -> None:
        with backend.transactions.begin() as unit:
            for one in drafts:
                unit[FormDrafts].save(one)
            unit.commit()

    def _of(self, backend: Backend, owner: str) -> list[str]:
        with backend.transactions.begin_reading() as unit:
            return [one.id for one in unit[FormDrafts].of(owner)]

    def test_each_has_his_own(self, backend: Backend) -> None:
        """By id; nobody else's are among them."""
        self._keep(backend, kept_draft("d-2"), kept_draft("d-1"), kept_draft("d-3", owner="u-2"))
        assert self._of(backend, "u-1") == ["d-1", "d-2"]
        assert self._of(backend, "u-2") == ["d-3"]
        assert self._of(backend, "u-3") == []

    def test_what_is_dropped_is_gone(self, backend: Backend) -> None:
        """And may be kept anew; what is not there is dropped in silence."""
        self._keep(backend, kept_draft("d-1"), kept_draft("d-2"))
        with backend.transactions.begin() as unit:
            for one in ("d-1", "d-9"):
                unit[FormDrafts].drop(one)
            unit.commit()
        assert self._of(backend, "u-1") == ["d-2"]
        self._keep(backend, kept_draft("d-1"))
        assert self._of(backend, "u-1") == ["d-1", "d-2"]

    def test_what_is_over_is_swept(self, backend: Backend) -> None:
        """With what else those leave behind who are logged in."""
        self._keep(backend, kept_draft("d-1"), kept_draft("d-2", lasts=KEPT_FOR + _SECOND))
        at, policy = NOON + KEPT_FOR, LogInPolicy()
        with backend.transactions.begin() as unit:
            after, some = unit[LogInTraces].forget(
                FormDrafts, lambda one: one.is_over(at=at, policy=policy), after="", limit=500
            )
            unit.commit()
        assert (after, some) == ("", 1)
        assert self._of(backend, "u-1") == ["d-2"]
