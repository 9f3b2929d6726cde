"""Shows one document from standard input; a script of its own, started by ``previews``.

Arguments: kind of file, number of the page from 1. Answers on standard output: the length of a
JSON text and a line end, the text (how many ``pages``, or the ``text``, or a ``fault``), and of a
page its picture as PNG.
"""

import io
import json
import resource
import sys
from typing import Final

MEMORY: Final = 1 << 30
SECONDS: Final = 20
WIDTH: Final = 900
MOST_TEXT: Final = 100_000
MOST_ROWS: Final = 200


def limit() -> None:
    """Give up everything but some memory and time: no file can be written from here on."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def page_of(content: bytes, number: int) -> tuple[dict[str, object], bytes]:
    """Draw a page of a PDF."""
    import pypdfium2  # noqa: PLC0415 - within the limits

    with pypdfium2.PdfDocument(content) as document:
        count = len(document)
        page = document[min(max(number, 1), count) - 1]
        drawn = page.render(scale=WIDTH / max(page.get_width(), 1)).to_pil()
        made = io.BytesIO()
        drawn.convert("L").save(made, "PNG", optimize=True)
        return {"pages": count}, made.getvalue()


def text_of(content: bytes) -> str:
    """Give what a Word document says, a line a paragraph."""
    import docx  # noqa: PLC0415 - within the limits

    document = docx.Document(io.BytesIO(content))
    lines = [one.text for one in document.paragraphs]
    for table in document.tables:
        lines += ["\t".join(cell.text for cell in row.cells) for row in table.rows]
    return "\n".join(lines)


def cells_of(content: bytes) -> str:
    """Give the first rows of each sheet of a workbook."""
    import python_calamine  # noqa: PLC0415 - within the limits

    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
    lines = []
    for name in book.sheet_names:
        lines.append(f"【{name}】")
        rows = book.get_sheet_by_name(name).to_python(nrows=MOST_ROWS)
        lines += ["\t".join(map(str, row)) for row in rows]
    return "\n".join(lines)


def main() -> None:
    """Answer; a broken document is told as such."""
    limit()
    kind, number = sys.argv[1:]
    content, picture = sys.stdin.buffer.read(), b""
    told: dict[str, object]
    try:
        if kind == "pdf":
            told, picture = page_of(content, int(number))
        else:
            read = {"docx": text_of, "xlsx": cells_of}.get(kind)
            text = read(content) if read else content.decode("utf-8", "replace")
            told = {"text": text[:MOST_TEXT]}
    except Exception:  # noqa: BLE001 - hostile input raises whatever it likes
        told, picture = {"fault": "damaged"}, b""
    head = json.dumps(told).encode()
    sys.stdout.buffer.write(b"%d\n%s%s" % (len(head), head, picture))


if __name__ == "__main__":
    main()
