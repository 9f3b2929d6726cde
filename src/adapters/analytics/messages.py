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
    "analytics.cluster_not_usable": Message("集群不能使用", "请按各条原因处理；本机仍可评价"),
    "analytics.cluster_not_installed": Message(
        "没有安装连接集群所需的软件", "安装附加组件 spark；本机仍可评价"
    ),
    "analytics.cluster_parameters": Message(
        "集群地址不支持参数：{names}", "只写 sc://主机:端口；连接不加密，本机仍可评价"
    ),
    "analytics.cluster_silent": Message(
        "集群在{seconds}秒之内没有答复", "请检查集群，或加大时限；本机仍可评价"
    ),
    "analytics.cluster_away": Message("连接不上集群", "请核对地址和网络；本机仍可评价"),
    "analytics.cluster_refused": Message(
        "集群不能执行：{said}", "请核对集群能否读取事实所在的位置；本机仍可评价"
    ),
    "analytics.cluster_sees_no_file": Message(
        "集群读不到事实文件", "请放在集群各机器都能读取的位置，路径不含 [ ] * ? 等字符"
    ),
    "analytics.cluster_lost_rows": Message(
        "集群答复了{found}个对象，文件中有{wanted}个", "请核对集群读取的是不是同一个文件"
    ),
    "analytics.subject_twice": Message("对象“{subject}”出现不止一次", "请只保留一行后重新评价"),
    "analytics.subject_empty": Message("有的对象没有编号", "请补上编号列的空格后重新评价"),
    "analytics.city_batch_refused": Message("分市评价不能进行", "请按各条原因处理"),
    "analytics.no_cities": Message(
        "“{place}”里没有事实文件", "每个市一个 .parquet 文件，以区划代码命名，如 450100.parquet"
    ),
    "analytics.city_name": Message(
        "文件名“{name}”不能作为市的名称", "用区划代码命名，只含字母、数字、- 和 _"
    ),
    "analytics.another_batch": Message(
        "“{place}”里是另一次评价的结果", "换一个文件夹；模型、评价日或各市的名单变了就是另一次评价"
    ),
    "analytics.no_plan": Message(
        "“{place}”里没有可加入的评价", "核对地址；先在一台机器上用 --model、--facts 开始"
    ),
    "analytics.cities_missing": Message(
        "还没有做成，或事实文件后来变了：{cities}", "再次运行同一命令，从中断处继续"
    ),
}
