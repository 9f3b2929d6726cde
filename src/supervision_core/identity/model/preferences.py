"""What one person keeps about lists: views, columns, and what he opened lately."""

from collections.abc import Iterable, Mapping
from typing import ClassVar, Final

from attrs import define, evolve, field, frozen

from supervision_core.kernel.errors import Refused, Scalar, Violation, refuse_if
from supervision_core.kernel.events import Aggregate
from supervision_core.kernel.fields import said
from supervision_core.kernel.one_line import not_one_line
from supervision_core.kernel.paging import FIRST_PAGE

MOST_VIEWS: Final = 20
"""Views that one person keeps of one list."""
MOST_OPENED: Final = 12
LONGEST_NAME: Final = 30
LONGEST_TEXT: Final = 200
PAGE_SIZES: Final = (FIRST_PAGE.size, 50, 100)
"""How many rows of a list one may have on a page, the usual first."""


@define(eq=False)
class ViewInvalid(Refused):
    """The view, or the setting of the list, cannot be kept as it is said."""

    code: ClassVar[str] = "identity.view_invalid"


@define(eq=False)
class ViewUnfit(Refused):
    """The list is no longer searched by what the view was kept with."""

    code: ClassVar[str] = "identity.view_unfit"


@frozen(kw_only=True)
class ListOffer:
    """What a list offers to be kept: criteria, orders and columns by their names.

    No criterion of a list is personal data: what is found by that is asked by other means.
    """

    place: str
    criteria: frozenset[str]
    orders: frozenset[str] = frozenset()
    columns: frozenset[str] = frozenset()

    def faults(self, asked: Iterable[str], order: str) -> tuple[Violation, ...]:
        """Give what of a search the list does not know, each by its name."""
        unknown = [name for name in asked if name not in self.criteria]
        found = [Violation("identity.view_criterion", name, {"value": name}) for name in unknown]
        if order and order not in self.orders:
            found.append(Violation("identity.view_order", "order", {"value": order}))
        return tuple(found)


@frozen(kw_only=True)
class SavedView:
    """常用视图 (SavedView): a search of a list with its order, under a name.

    It is a search and nothing more: whoever opens it sees what he may see at that moment.
    """

    id: str = field(metadata=said("编号", example="0123abcd"))
    place: str = field(metadata=said("所属列表", example="tasks.task"))
    name: str = field(metadata=said("视图名称", example="本月到期"))
    asked: Mapping[str, str] = field(
        factory=dict, metadata=said("查询条件，按条件的名称", example={"state": "dispatched"})
    )
    order: str = field(default="", metadata=said("排序方式，空为列表的通常排序"))
    usual: bool = field(default=False, metadata=said("是否打开列表时的默认视图", example=False))


@frozen(kw_only=True)
class ListSetting:
    """列表设置 (ListSetting): how one person wants a list shown."""

    place: str = field(metadata=said("所属列表", example="tasks.task"))
    columns: tuple[str, ...] = field(
        default=(), metadata=said("显示的列，按顺序；空为全部", example=["name", "state"])
    )
    dense: bool = field(default=False, metadata=said("是否紧凑显示", example=False))
    size: int = field(default=FIRST_PAGE.size, metadata=said("每页条数，20、50或100", example=50))


@frozen(kw_only=True)
class Opened:
    """Something that was looked at: of which list, and which."""

    place: str
    thing: str


@define(eq=False, kw_only=True)
class Preferences(Aggregate):
    """个人偏好 (Preferences): what one person keeps about lists; its id is that of the user.

    Nothing here gives a right or holds personal data. Source: proposal 1814-1820 (个人工作台).
    """

    _views: tuple[SavedView, ...] = ()
    _settings: tuple[ListSetting, ...] = ()
    _opened: tuple[Opened, ...] = ()

    @property
    def opened(self) -> tuple[Opened, ...]:
        """What was opened lately, the last first."""
        return self._opened

    @property
    def views(self) -> tuple[SavedView, ...]:
        """All views, as they were kept."""
        return self._views

    @property
    def settings(self) -> tuple[ListSetting, ...]:
        """How lists are shown, where that differs from the usual."""
        return self._settings

    def views_of(self, place: str) -> tuple[SavedView, ...]:
        """Give the views of a list, as they were kept."""
        return tuple(one for one in self._views if one.place == place)

    def setting_of(self, place: str) -> ListSetting:
        """Give how a list is shown."""
        found = (one for one in self._settings if one.place == place)
        return next(found, ListSetting(place=place))

    def view(self, id: str) -> SavedView | None:
        """Give a view, if there is one of that id."""
        return next((one for one in self._views if one.id == id), None)

    def keep(self, view: SavedView, offer: ListOffer) -> SavedView:
        """Keep a search under a name; of a list, one of the same name is replaced.

        Raises ``ViewInvalid`` with every reason.
        """
        asked = {name: text for name, text in view.asked.items() if text}
        name = view.name.strip()
        same = next((one for one in self.views_of(offer.place) if one.name == name), None)
        refuse_if(
            ViewInvalid,
            [
                *_name_faults(name),
                *offer.faults(asked, view.order),
                *(
                    Violation("identity.text_long", at, {"most": LONGEST_TEXT})
                    for at, text in asked.items()
                    if len(text) > LONGEST_TEXT
                ),
                *self._full(offer.place, new=same is None),
            ],
        )
        kept = evolve(
            view, id=view.id if same is None else same.id, name=name, asked=asked,
            place=offer.place,
        )  # fmt: skip
        self._put(kept)
        return kept

    def rename(self, id: str, name: str, *, usual: bool) -> None:
        """Give a view another name, and let the list open with it, or no more.

        Raises ``ViewInvalid``; a view that is not there is left alone by whoever asks for it.
        """
        before, name = self.view(id), name.strip()
        if before is None:
            return
        taken = any(
            one.name == name and one.id != id for one in self.views_of(before.place)
        )  # fmt: skip
        twice = (Violation("identity.view_twice", "name", {"value": name}),) if taken else ()
        refuse_if(ViewInvalid, (*_name_faults(name), *twice))
        self._put(evolve(before, name=name, usual=usual))

    def drop(self, id: str) -> None:
        """Keep a view no longer."""
        self._views = tuple(one for one in self._views if one.id != id)

    def arrange(self, setting: ListSetting, offer: ListOffer) -> None:
        """Show a list so from now on. Raises ``ViewInvalid`` for what it does not offer."""
        unknown = [one for one in setting.columns if one not in offer.columns]
        found = [Violation("identity.view_column", "columns", {"value": one}) for one in unknown]
        if len(set(setting.columns)) < len(setting.columns):
            found.append(Violation("identity.view_column_twice", "columns"))
        if setting.size not in PAGE_SIZES:
            data: dict[str, Scalar] = {
                "value": setting.size, "sizes": "、".join(map(str, PAGE_SIZES))
            }  # fmt: skip
            found.append(Violation("identity.view_size", "size", data))
        refuse_if(ViewInvalid, found)
        others = tuple(one for one in self._settings if one.place != setting.place)
        usual = setting == ListSetting(place=setting.place)
        self._settings = others if usual else (*others, setting)

    def open(self, place: str, thing: str) -> bool:
        """Remember that something was looked at; tell whether that is anything new."""
        opened = Opened(place=place, thing=thing)
        if self._opened[:1] == (opened,):
            return False
        others = (one for one in self._opened if one != opened)
        self._opened = (opened, *others)[:MOST_OPENED]
        return True

    def _put(self, view: SavedView) -> None:
        """Keep a view in its place; one that a list opens with takes that from all others."""
        if view.usual:
            self._views = tuple(
                evolve(one, usual=False) if one.place == view.place else one
                for one in self._views
            )  # fmt: skip
        if self.view(view.id) is None:
            self._views = (*self._views, view)
        else:
            self._views = tuple(view if one.id == view.id else one for one in self._views)

    def _full(self, place: str, *, new: bool) -> tuple[Violation, ...]:
        if not new or len(self.views_of(place)) < MOST_VIEWS:
            return ()
        return (Violation("identity.views_full", "name", {"most": MOST_VIEWS}),)


def _name_faults(name: str) -> tuple[Violation, ...]:
    if not name:
        return (Violation("identity.view_unnamed", "name"),)
    if len(name) > LONGEST_NAME:
        return (Violation("identity.text_long", "name", {"most": LONGEST_NAME}),)
    return tuple(not_one_line({"name": name}))


def require_fit(view: SavedView, offer: ListOffer) -> None:
    """Demand that the list still knows what the view asks. Raises ``ViewUnfit``, naming each."""
    refuse_if(ViewUnfit, offer.faults(view.asked, view.order))
