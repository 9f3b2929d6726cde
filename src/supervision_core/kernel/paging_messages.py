"""The Chinese words for refusals of paging."""

from collections.abc import Mapping

from supervision_core.kernel.messages import Message

PAGING_MESSAGES: Mapping[str, Message] = {
    "kernel.bad_page": Message("分页参数不符合要求", "请按下列原因修改后重试"),
    "kernel.page_size_out_of_range": Message("每页条数应在1至{most}之间", "请调整每页条数"),
    "kernel.unknown_order": Message("没有这种排序方式", "请按所列原因更正"),
    "kernel.order_among": Message("没有这种排序方式", "可用的排序方式：{orders}；不填则按常用排序"),
    "kernel.order_usual_only": Message("该列表没有其他排序方式", "请不填排序方式"),
    "kernel.unknown_column": Message("没有这些列", "请按所列原因更正"),
    "kernel.column_among": Message("没有名为“{column}”的列", "可用的列：{columns}"),
    "kernel.bad_cursor": Message("翻页标记与当前查询条件不符或已损坏", "请从第一页重新查询"),
}
