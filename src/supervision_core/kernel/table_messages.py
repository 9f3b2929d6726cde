"""The Chinese words for what can be wrong in a table that people send."""

from collections.abc import Mapping

from supervision_core.kernel.messages import Message

TABLE_MESSAGES: Mapping[str, Message] = {
    "kernel.table_column_missing": Message(
        "缺少必填列“{title}”", "请下载模板核对表头，补上该列后重新导入"
    ),
    "kernel.table_heading_twice": Message(
        "有多列表头都表示“{title}”，无法确定取哪一列", "请只保留一列，其余列删除或改名"
    ),
    "kernel.table_heading_unknown": Message(
        "表头“{heading}”没有识别，该列没有导入",
        "需要导入时改用模板的表头，或在命令行加上 --map {heading}=列名",
    ),
    "kernel.table_heading_near": Message(
        "表头“{heading}”没有识别，该列没有导入；可能是“{title}”",
        "核实后改为“{title}”，或在命令行加上 --map {heading}={title}",
    ),
    "kernel.table_heading_valued": Message(
        "表头“{heading}”没有识别，该列没有导入；从内容看可能是“{title}”",
        "核实后改为“{title}”，或在命令行加上 --map {heading}={title}",
    ),
    "kernel.table_map_unfit": Message("表头的对应关系有误", "请按提示更正"),
    "kernel.table_map_column": Message("模板中没有“{title}”列", "请从下列各列中选用：{titles}"),
    "kernel.table_map_twice": Message("“{title}”列指定了不止一个表头", "请只指定一个"),
    "kernel.table_map_heading": Message(
        "表中没有“{heading}”这个表头", "请核对 --map 等号左边的表头是否与文件中一致"
    ),
    "kernel.table_other_unit": Message(
        "“{title}”的单位应为{wanted}，表中为{unit}", "请换算后按模板表头填写"
    ),
    "kernel.table_cell_empty": Message("必填项为空", "请补填"),
    "kernel.table_too_long": Message("内容超过{limit}个字", "请精简到{limit}个字以内"),
    "kernel.table_code_lost_digits": Message(
        "编码被表格软件按数值处理，末尾数字已丢失", "请将该列单元格格式设为“文本”，重新录入完整编码"
    ),
    "kernel.table_formula_error": Message("单元格是出错的公式", "请改填公式应得的值"),
    "kernel.table_not_a_day": Message(
        "不是能够识别的日期", "请按“2024-03-05”的形式填写（四位年份，年月日齐全）"
    ),
    "kernel.table_not_a_whole_number": Message("不是整数", "请只填整数数字，不写单位和文字"),
    "kernel.table_not_a_number": Message(
        "不是数字，或小数多于{decimals}位", "请只填数字，最多{decimals}位小数，单位以表头为准"
    ),
    "kernel.table_not_a_flag": Message("不是“是”或“否”", "请填“是”或“否”"),
    "kernel.table_not_a_choice": Message("不在可选范围内", "请从下列选项中选填：{choices}"),
    "kernel.table_row_is_total": Message("合计行，不作为数据导入", "无需处理"),
    "kernel.table_row_is_note": Message("说明行，不作为数据导入", "如确为数据，请补全各列"),
    "kernel.table_row_is_heading": Message("重复的表头，不作为数据导入", "无需处理"),
    "kernel.table_row_is_example": Message("模板自带的示例行，不作为数据导入", "无需处理"),
}
