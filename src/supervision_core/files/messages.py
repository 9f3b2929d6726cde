"""The Chinese words of the files context."""

from collections.abc import Mapping

from supervision_core.kernel.messages import Message

FILE_MESSAGES: Mapping[str, Message] = {
    "files.file_refused": Message("文件不能接收", "请按所列原因处理后重新上传"),
    "files.quota_spent": Message(
        "24小时内上传的文件超过限额（{files}个，共{mebibytes}MiB）", "请过一段时间再上传"
    ),
    "files.attachments_refused": Message("附件不能添加", "请按所列原因处理后重试"),
    "files.bytes_absent": Message("文件内容暂时读不到", "请稍后重试；仍读不到请联系运维人员"),
    "files.name_length": Message("文件名为空或超过{most}个字", "请改名后重新上传"),
    "files.name_unfit": Message(
        "文件名含有路径分隔符、控制字符或首尾空格", "请改名后重新上传，只保留文件自己的名称"
    ),
    "files.type_not_taken": Message("不接收这类文件", "请改用以下类型：{types}"),
    "files.empty": Message("文件是空的", "请核对文件"),
    "files.too_large": Message("文件超过这类文件的上限{mebibytes}MiB", "请压缩或拆分后上传"),
    "files.digest_form": Message("摘要不是64位小写十六进制的SM3", "请对文件内容计算SM3摘要"),
    "files.finished": Message("文件已经传完", "无需再传"),
    "files.piece_unknown": Message("没有这一块", "文件共{pieces}块，从0起编号"),
    "files.piece_size": Message("这一块的大小不对", "应为{bytes}字节"),
    "files.pieces_missing": Message("还缺{count}块：{pieces}", "请补传缺少的块"),
    "files.digest_differs": Message("收到的内容与声明的摘要不一致", "请重传各块后再试"),
    "files.type_unknown": Message("看不出是哪类文件", "请上传完好的、所列类型的文件"),
    "files.type_differs": Message("内容是{media}，与文件名不符", "请改用与内容相符的文件名"),
    "files.damaged": Message("文件损坏或不完整", "请核对原文件后重新上传"),
    "files.hides_another": Message("文件里夹带了别的内容", "请另存为干净的文件后上传"),
    "files.swells": Message("文件解开后过大", "请减少内容后上传"),
    "files.locked": Message("文件有密码保护", "请去掉密码后上传"),
    "files.macros": Message("文件含有宏、脚本或嵌入的程序", "请去掉后上传"),
    "files.too_many_pixels": Message("图片像素过多，上限{most}", "请缩小图片后上传"),
    "files.harmful": Message("文件没有通过安全扫描", "请查杀后更换文件"),
    "files.scanner_away": Message("安全扫描暂时不可用", "请稍后重试"),
    "files.pictures_away": Message("没有安装处理图片的组件", "请安装pictures附加包"),
    "files.not_strippable": Message(
        "对外公开的文件只能是图片：其他类型的隐含信息去除不净", "请改用图片"
    ),
    "files.piece_changed": Message("文件内容与存入时不同", "请联系运维人员，从备份恢复"),
    "files.unknown": Message("没有找到文件“{file}”，或已超过24小时", "请重新上传"),
    "files.unfinished": Message("文件“{file}”还没有传完", "请先传完再添加"),
    "files.type_unfit": Message("文件“{file}”的类型不能用在这里", "请换用要求的类型"),
    "files.not_stripped": Message(
        "文件“{file}”没有去除拍摄信息", "对外公开的图片上传时须注明公开（public）"
    ),
    "files.twice": Message("文件“{file}”重复", "请去掉重复的文件"),
    "files.too_many": Message("这里至多放{most}个文件", "请减少文件"),
}
