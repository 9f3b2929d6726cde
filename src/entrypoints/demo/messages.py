"""The Chinese words of the demo's refusals."""

from collections.abc import Mapping

from supervision_core.kernel.messages import Message

MESSAGES: Mapping[str, Message] = {
    "demo.not_started": Message("演示没有开始", "请按各条原因处理后重试"),
    "demo.folder_taken": Message(
        "文件夹“{folder}”中有别的内容，不是演示留下的", "请用 --out 指定一个空文件夹"
    ),
    "demo.missing": Message(
        "文件夹“{folder}”中没有做完的演示", "请先执行 supervision demo --out {folder}"
    ),
    "demo.folder_busy": Message(
        "另一个演示正在这个文件夹中运行", "请等它结束，或用 --out 另指定文件夹"
    ),
    "demo.inputs_differ": Message(
        "该文件夹中的演示用的是另一份输入", "请用原来的名单和种子继续，或加 --fresh 重新开始"
    ),
}
