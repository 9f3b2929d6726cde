"""表单草稿: what somebody has filled in and not sent yet, under his session."""

from collections.abc import Mapping
from datetime import timedelta

from attrs import frozen

from supervision_core.identity.model import FormDraft
from supervision_core.identity.model.drafts import MOST_DRAFTS
from supervision_core.identity.ports import FormDrafts
from supervision_core.identity.services.keeping import find
from supervision_core.identity.services.login.door import Door
from supervision_core.identity.services.login.stored import digest_of
from supervision_core.kernel.errors import NotFound
from supervision_core.kernel.ports import UnitOfWork


@frozen(kw_only=True)
class OwnDrafts(Door):
    """Each keeps and sees his own; none of it leaves an audit row, for nothing is decided yet.

    The id of a draft follows from its owner and its form: there is one of each form.
    """

    def keep_draft(
        self, user: str, place: str, fields: Mapping[str, str], *, lasts: timedelta
    ) -> FormDraft:
        """Keep what is filled in of the form at ``place``. Raises ``DraftTooLarge``."""
        now = self.clock.now()

        def act(unit: UnitOfWork) -> FormDraft:
            drafts = unit[FormDrafts]
            key = digest_of(user, place)
            draft = find(unit, FormDrafts, key)
            if draft is None:
                others = sorted(drafts.of(user), key=lambda one: one.saved_at)
                for one in others[: max(len(others) - MOST_DRAFTS + 1, 0)]:
                    drafts.drop(one.id)
                draft = FormDraft(id=key, owner=user, place=place, saved_at=now)
            if draft.fill(fields, lasts=lasts, at=now):
                drafts.save(draft)
            return draft

        return self.committed(act)

    def own_draft(self, user: str, place: str) -> FormDraft | None:
        """Give what a user has filled in of a form, to himself."""
        with self.transactions.begin_looking() as unit:
            draft = find(unit, FormDrafts, digest_of(user, place))
        return draft if draft is not None and draft.lasts_at(self.clock.now()) else None

    def draft_of(self, user: str, id: str) -> FormDraft:
        """Give a draft of that id. Raises ``NotFound`` also for one of somebody else."""
        with self.transactions.begin_looking() as unit:
            draft = find(unit, FormDrafts, id)
        if draft is None or draft.owner != user or not draft.lasts_at(self.clock.now()):
            raise NotFound(FormDrafts.kind, id)
        return draft

    def drop_draft(self, user: str, place: str) -> None:
        """Keep it no longer, if there is one."""
        key = digest_of(user, place)
        with self.transactions.begin_looking() as unit:
            known = find(unit, FormDrafts, key) is not None
        if known:
            self.committed(lambda unit: unit[FormDrafts].drop(key))
