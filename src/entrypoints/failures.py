"""What is said of failures that are no refusals: of files, disks, networks and databases."""

import errno
import os
import sys
from collections.abc import Iterator
from typing import Any, Final

from attrs import frozen

_CAUSES: Final = {
    errno.ENOENT: "不存在",
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.EROFS: "只读，不能写入",
    errno.ENOSPC: "磁盘已满",
    errno.EDQUOT: "磁盘配额已用完",
    errno.EFBIG: "超过文件大小的限制",
    errno.EIO: "磁盘读写出错",
    errno.EISDIR: "是文件夹，不是文件",
    errno.ENOTDIR: "不是文件夹",
    errno.EEXIST: "已经存在",
    errno.ENOTEMPTY: "文件夹不是空的",
    errno.ENAMETOOLONG: "名称太长",
    errno.EMFILE: "打开的文件太多",
    errno.EINVAL: "不是有效的文件",
    errno.EADDRINUSE: "端口已被占用",
    errno.EADDRNOTAVAIL: "本机没有这个地址",
    errno.ECONNREFUSED: "连接被拒绝",
    errno.ETIMEDOUT: "连接超时",
}
_OF_NETWORKS: Final = {
    errno.EADDRINUSE,
    errno.EADDRNOTAVAIL,
    errno.ECONNREFUSED,
    errno.ETIMEDOUT,
}
_OF_SQLITE: Final = {
    5: "正被其他程序占用，请稍后重试",
    6: "正被其他程序占用，请稍后重试",
    8: "只读，不能写入",
    10: "磁盘读写出错",
    11: "文件已损坏",
    13: "磁盘已满",
    14: "文件不能打开，请核对文件夹和权限",
    26: "不是 SQLite 数据库文件",
}
"""By SQLite's primary result codes (https://www.sqlite.org/rescode.html)."""
_OCCUPIED: Final = {5, 6}


@frozen
class Failure:
    """What is said, and whether it may be well if tried again."""

    said: str
    passing: bool = False


def failure_of(error: Exception) -> Failure | None:
    """Tell what kept a command from work; None for what is a fault of the program."""
    if broken := next(_of_database(error), None):
        code = int(getattr(broken, "sqlite_errorcode", 0)) & 0xFF
        said = _OF_SQLITE.get(code) or str(broken).strip().partition("\n")[0]
        return Failure(f"数据库不能使用：{said}", code in _OCCUPIED or "locked" in str(broken))
    if system := next(_of_system(error), None):
        cause = _CAUSES.get(system.errno or 0) or system.strerror or str(system)
        named = f"{system.filename}（{cause}）" if system.filename else cause
        what = "网络不能使用" if system.errno in _OF_NETWORKS else "文件不能读写"
        return Failure(f"{what}：{named}")
    return None


def _of_database(error: Exception) -> Iterator[Any]:
    """Give the driver's error; the library that wraps it is loaded where there is one."""
    if errors := sys.modules.get("sqlalchemy.exc"):
        unusable = isinstance(error, errors.OperationalError) or type(error) is errors.DatabaseError
        if unusable:
            yield error.orig  # type: ignore[attr-defined]


def _of_system(error: BaseException) -> Iterator[OSError]:
    """Give the error of the system below: libraries that write files wrap it in their own.

    DuckDB gives but its words.
    """
    duckdb = sys.modules.get("duckdb")
    if duckdb is not None and isinstance(error, duckdb.IOException):
        said = str(error)
        yield from (OSError(code, said) for code in _CAUSES if os.strerror(code) in said)
    for one in (error, *error.args, error.__cause__):
        if isinstance(one, OSError):
            yield one
