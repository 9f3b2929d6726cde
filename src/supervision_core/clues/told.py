"""What hotline, devices and warnings tell from outside, and how they learn what became of it.

Source: proposal 2916-2918, 4204-4206.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterator
from datetime import date

from attrs import field, frozen

from supervision_core.clues.model import CHANNELS, KINDS, ClueChannel, ClueKind
from supervision_core.kernel.fields import said


@frozen(kw_only=True)
class ToldSignal:
    """A hint as a channel outside tells it: ``reference`` is the channel's own number.

    ``firm`` is a credit code where the channel knows one; name and phone are of who complained.
    """

    channel: ClueChannel = field(
        metadata=said(
            "来源渠道",
            codes={
                one: CHANNELS[one]
                for one in (
                    ClueChannel.HOTLINE_12345, ClueChannel.DEVICE, ClueChannel.DATA_ALERT,
                    ClueChannel.ASSOCIATION,
                )
            },
            example="hotline_12345",
        )
    )  # fmt: skip
    reference: str = field(metadata=said("来源渠道的工单编号", example="DH202603020001"))
    title: str = field(metadata=said("标题", example="反映某乳制品厂生产环境脏乱"))
    content: str = field(metadata=said("内容", example="厂区排水沟积水，原料露天堆放", long=True))
    kind: ClueKind = field(
        metadata=said(
            "类型",
            codes=KINDS,
            example="report",
        )
    )  # fmt: skip
    region: str = field(metadata=said("所属区划代码", example="450100", to="region"))
    firm: str = field(
        default="", metadata=said("所涉企业的统一社会信用代码", example="91450100MA5K000017")
    )
    subject_text: str = field(
        default="", metadata=said("所涉对象的文字描述", example="南宁示例乳业有限公司")
    )
    service: str = field(default="", metadata=said("服务名称", example="袋装牛奶"))
    urgent: bool = field(default=False, metadata=said("是否紧急"))
    name: str = field(default="", repr=False, metadata=said("反映人姓名", example="张示例"))
    phone: str = field(default="", repr=False, metadata=said("反映人电话", example="13900000003"))


@frozen(kw_only=True)
class ToldResult:
    """What became of what a channel told, under the channel's own number."""

    channel: ClueChannel
    reference: str
    text: str
    on: date


class SignalSource(ABC):
    """Tells hints from outside, and takes back what became of them."""

    @abstractmethod
    def signals(self) -> Iterator[tuple[ToldSignal, ...]]:
        """Tell what waits, some at a time; the same may be told again. Raises ``Unavailable``."""

    @abstractmethod
    def conclude(self, result: ToldResult) -> None:
        """Tell what became of one; told twice it changes nothing. Raises ``Unavailable``."""
