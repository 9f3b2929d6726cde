"""The Chinese words for fact files that cannot be assessed."""

from collections.abc import Mapping

from supervision_core.kernel.messages import Message

MESSAGES: Mapping[str, Message] = {
    "analytics.fact_file_not_usable": Message("事实数据文件不能用于评价", "请按各条原因更正"),
    "analytics.file_kind_unknown": Message(
        "不支持扩展名为“{suffix}”的文件", "请使用 .parquet、.csv 或 .xlsx"
    ),
    "analytics.file_unreadable": Message("文件无法读取", "请确认文件存在、没有损坏且类型相符"),
    "analytics.column_missing": Message(
        "缺少事实“{title}”的列", "请补上名为“{name}”或“{title}”的列"
    ),
    "analytics.column_twice": Message("列“{name}”重复", "请只保留一列"),
    "analytics.key_missing": Message("没有对象编号列", "请指明哪一列是对象编号"),
    "analytics.column_type_unfit": Message(
        "列“{name}”的类型是{type}，不能作为{wanted}", "请转换该列后重新导出，系统不作取整"
    ),
    "analytics.too_many_rows_unfit": Message(
        "{count}行有不能读的内容，其中列“{name}”最多", "请核对该列是否对应，改正后重新评价"
    ),
    "analytics.cell_not_integer": Message(
        "“{subject}”的“{name}”不是整数", "只填整数，不带小数和单位；系统不作取整"
    ),
    "analytics.cell_not_decimal": Message(
        "“{subject}”的“{name}”不是至多{scale}位小数的数", "只填数，不带单位；系统不作取整"
    ),
    "analytics.column_not_decimal": Message(
        "列“{name}”有{count}个值不是至多{scale}位小数的数",
        "请更正后重新导出，或加大模型中该事实的scale；系统不作取整",
    ),
    "analytics.cell_not_flag": Message(
        "“{subject}”的“{name}”不是“是”或“否”", "请填是或否（有或无、1或0）"
    ),
    "analytics.cell_not_day": Message(
        "“{subject}”的“{name}”不是日期", "日期写作2024-02-29或2024/2/29"
    ),
}
