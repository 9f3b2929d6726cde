"""The Chinese words for files that cannot be read and letters that cannot be filled."""

from collections.abc import Mapping

from supervision_core.kernel.messages import Message

MESSAGES: Mapping[str, Message] = {
    "documents.file_unreadable": Message("文件无法读取", "请核对文件后重新上传"),
    "documents.file_too_large": Message("文件超过{limit}MB", "请拆分成几个文件分别导入"),
    "documents.file_empty": Message("文件是空的", "请核对文件后重新上传"),
    "documents.file_not_a_table": Message(
        "不是能够读取的表格文件", "请用 Excel 或 WPS 打开，另存为 .xlsx 后重新导入"
    ),
    "documents.file_is_web_page": Message(
        "文件是改了后缀名的网页，不是工作簿", "请用 Excel 或 WPS 打开，另存为 .xlsx 后重新导入"
    ),
    "documents.file_locked": Message("文件设有打开密码", "请取消密码保护后重新导入"),
    "documents.file_damaged": Message("文件已损坏", "请重新导出或另存一份后再导入"),
    "documents.file_hostile": Message(
        "文件含有宏或自定义的XML实体，疑似恶意文件", "请另存为不含宏的 .xlsx 后重新导入"
    ),
    "documents.file_hides_another": Message(
        "文件里夹带了别的内容，疑似恶意文件", "请向来源方核实，另存或重新打包后导入"
    ),
    "documents.file_swells": Message(
        "压缩内容展开后超过{limit}MB，疑似恶意文件", "请另存为新的 .xlsx，或拆分后导入"
    ),
    "documents.file_crowded": Message(
        "文件很小而文本或合并单元格极多，疑似恶意文件", "请另存为新的 .xlsx 后重新导入"
    ),
    "documents.sheet_too_wide": Message(
        "工作表占用的区域过大（{rows}行×{columns}列）",
        "请删除数据区以外的空行、空列及其格式后另存，再重新导入",
    ),
    "documents.encoding_unknown": Message(
        "文字编码无法识别", "请另存为“CSV UTF-8”或 .xlsx 后重新导入"
    ),
    "documents.no_table": Message(
        "没有找到表头：应有“{titles}”等列",
        "请下载模板，按模板表头整理后重新导入；命令行可用 --map 表头=列 指明各列",
    ),
    "documents.letter_not_fillable": Message("文书无法生成", "请按提示补全后重试"),
    "documents.letter_fact_missing": Message(
        "文书“{form}”的模板用到了“{fact}”，但没有这项内容",
        "请补录该内容，或从模板中删去“{{{{ {fact} }}}}”",
    ),
    "documents.letter_template_faulty": Message(
        "文书“{form}”的模板有误：{detail}", "请核对模板中双花括号和循环的写法，或恢复系统自带模板"
    ),
    "documents.template_no_word": Message(
        "不是可以使用的Word文档（.docx）", "请用Word或WPS另存为.docx后上传"
    ),
    "documents.template_runs": Message(
        "模板含有宏、控件、嵌入对象或可执行内容", "请删去后另存为.docx再上传"
    ),
    "documents.template_fetches": Message(
        "模板引用了外部内容，或含有会读取外部内容的域", "请删去外部链接、外部图片和域后再上传"
    ),
    "documents.template_unprintable": Message(
        "模板的版式不能打印", "请用Word或WPS重新另存为.docx，表格不超过63列，再上传"
    ),
    "documents.template_swells": Message(
        "模板填写时占用的时间或空间过多", "请核对循环的写法，减少嵌套"
    ),
    "documents.template_fact_unknown": Message(
        "模板用到了本类文书没有的内容“{fact}”", "请对照内置模板核对双花括号中的名称"
    ),
    "documents.package_unreadable": Message("场景包无法使用", "请按提示逐项更正后重新导入"),
    "documents.package_file_unknown": Message(
        "场景包内有不认识的文件“{file}”", "请删去该文件，或改成规定的文件名"
    ),
    "documents.package_without_scene": Message("场景包缺少 scene.yaml", "请补上场景基本信息"),
    "documents.package_yaml_wrong": Message(
        "“{file}”第{line}行附近的写法有误（缩进、冒号、重复的键或引用）", "请更正后重新导入"
    ),
    "documents.package_item_twice": Message(
        "检查单中编码“{item}”出现多次", "请给每个检查项唯一的编码"
    ),
}
