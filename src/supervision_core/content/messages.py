"""The Chinese words of the content context."""

from collections.abc import Mapping

from supervision_core.content.model.article import VERBS
from supervision_core.kernel.messages import Message

MESSAGES: Mapping[str, Message] = {
    **VERBS.messages(),
    "content.article_invalid": Message("内容信息不符合要求", "请按所列原因更正"),
    "content.article_locked": Message("内容信息未能办理", "请按所列原因处理后重试"),
    "content.kind_of_other_column": Message(
        "信息分类不属于栏目“{column}”", "该栏目的分类为：{kinds}"
    ),
    "content.field_empty": Message("必填内容为空", "请补充后重试"),
}
