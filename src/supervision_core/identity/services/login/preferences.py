"""个人偏好: what somebody keeps about lists, under his session."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Final, TypeVar

from attrs import frozen

from supervision_core.audit.model import target_of
from supervision_core.identity.model import (
    ListOffer,
    ListSetting,
    Opened,
    Preferences,
    SavedView,
)
from supervision_core.identity.ports import PreferencesStore
from supervision_core.identity.services.keeping import find
from supervision_core.identity.services.login.door import Door
from supervision_core.kernel.errors import Conflict, NotFound
from supervision_core.kernel.ports import UnitOfWork

Answer = TypeVar("Answer")
VIEW: Final = "view"
"""What a view is called where it is not found."""


def preferences_of(unit: UnitOfWork, user: str) -> Preferences:
    """Give what a user keeps, nothing yet where he never kept anything."""
    return find(unit, PreferencesStore, user) or Preferences(id=user)


@frozen(kw_only=True)
class OwnPreferences(Door):
    """Each reads and writes his own; every change leaves an audit row.

    All of it may be repeated: what is there already stays as it is.
    """

    def own_preferences(self, user: str) -> Preferences:
        """Give what a user keeps, to himself."""
        with self.transactions.begin_looking() as unit:
            return preferences_of(unit, user)

    def keep_view(  # noqa: PLR0913 - what a view is made of
        self,
        user: str,
        offer: ListOffer,
        *,
        name: str,
        asked: Mapping[str, str],
        order: str = "",
        usual: bool = False,
        source: str,
    ) -> SavedView:
        """保存视图: keep a search of a list; one of the same name is replaced.

        Raises ``ViewInvalid``.
        """
        made = SavedView(
            id=self.ids.next_id(), place=offer.place, name=name, asked=asked, order=order,
            usual=usual,
        )  # fmt: skip
        return self._keeping(
            user, "identity.keep_view", source, lambda kept: kept.keep(made, offer)
        )

    def rename_view(
        self, user: str, view: str, *, name: str, usual: bool, source: str
    ) -> SavedView:
        """修改视图: give it another name, and say whether the list opens with it.

        Raises ``NotFound``, ``ViewInvalid``.
        """

        def renamed(kept: Preferences) -> SavedView:
            kept.rename(view, name, usual=usual)
            found = kept.view(view)
            if found is None:
                raise NotFound(VIEW, view)
            return found

        return self._keeping(user, "identity.rename_view", source, renamed)

    def drop_view(self, user: str, view: str, *, source: str) -> None:
        """删除视图: keep it no longer. Raises ``NotFound`` where he keeps none of that id."""

        def dropped(kept: Preferences) -> None:
            if kept.view(view) is None:
                raise NotFound(VIEW, view)
            kept.drop(view)

        self._keeping(user, "identity.drop_view", source, dropped)

    def arrange_list(
        self, user: str, offer: ListOffer, setting: ListSetting, *, source: str
    ) -> None:
        """设置列表: show these columns in this order, tight or wide. Raises ``ViewInvalid``."""
        self._keeping(
            user, "identity.arrange_list", source, lambda kept: kept.arrange(setting, offer)
        )

    def remember_opened(self, user: str, place: str, thing: str) -> None:
        """Remember that something was looked at, for the user himself alone.

        It leaves no audit row, as looking does not. What others write at the same moment goes
        first: what was opened is a convenience.
        """
        opened = Opened(place=place, thing=thing)
        if self.own_preferences(user).opened[:1] == (opened,):
            return
        with suppress(Conflict), self.transactions.begin() as unit:
            kept = preferences_of(unit, user)
            if kept.open(place, thing):
                unit[PreferencesStore].save(kept)
                unit.commit()

    def _keeping(
        self, user: str, action: str, source: str, change: Callable[[Preferences], Answer]
    ) -> Answer:
        def act(unit: UnitOfWork) -> Answer:
            kept = preferences_of(unit, user)
            answer = change(kept)
            unit[PreferencesStore].save(kept)
            about = (target_of(PreferencesStore.kind, kept.id),)
            self.audit(unit, action, source, user, targets=about)
            return answer

        return self.committed(act)
