"""Makes spreadsheets, OFD files, web archives and encrypted PDFs in code; all sentences are made up."""

from __future__ import annotations

import base64
import datetime
import hashlib
import io
import zipfile
from collections.abc import Mapping, Sequence

import make_files
import openpyxl

# --- spreadsheets -----------------------------------------------------------------------------------------


def xlsx_file(*, far_away: bool = True) -> bytes:
    """Return a table of targets: number formats, merged cells, a formula, hidden and far-away parts, two sheets."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "目标表"
    sheet.append(["青溪县学前教育目标表"])
    sheet.merge_cells("A1:D1")
    sheet.append(["序号", "指标", "2025年\n目标", "完成时限"])
    sheet.append([1, "学前三年\n毛入园率", 0.925, datetime.datetime(2025, 12, 31)])
    sheet["C3"].number_format, sheet["D3"].number_format = "0.0%", 'yyyy"年"m"月"'
    sheet.append([2, "生均用地", 15.0, datetime.date(2024, 6, 30)])
    sheet["C4"].number_format = '0.0"平方米"'
    sheet.append([3, "新增学位", 1200, None])
    sheet.append([4, "合计", "=C5*2", None])
    hidden = book.create_sheet("隐藏")
    hidden["A1"] = "看不见"
    hidden.sheet_state = "hidden"
    far = book.create_sheet("第二表")
    far["A1"], far["B1"] = True, 0.1 + 0.2
    if far_away:
        far["XFD1048576"] = "远处"
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


# --- any zipped document ----------------------------------------------------------------------------------


def replaced(package: bytes, parts: Mapping[str, bytes]) -> bytes:
    """Return a package with some of its parts replaced, or new ones added."""
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(package)) as source,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as out,
    ):
        for name in source.namelist():
            if name not in parts:
                out.writestr(name, source.read(name))
        for name, raw in parts.items():
            out.writestr(name, raw)
    return stream.getvalue()


LAUGHS = (
    b'<?xml version="1.0"?>%s<!DOCTYPE d [<!ENTITY a "hahahahaha">'
    + b"".join(b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9))
    + b"]><d>&j;</d>"
)


# --- OFD (GB/T 33190) -------------------------------------------------------------------------------------

OFD_NAMESPACE = 'xmlns:ofd="http://www.ofdspec.org/2016"'
OfdPlaced = tuple[float, float, str]  # x and baseline from the top in millimetres, text


def ofd_file(
    pages: Sequence[Sequence[OfdPlaced]], *, title: str = "", template: str = "", size: float = 4.0
) -> bytes:
    """Return an OFD: every line is a text object with its advances in DeltaX; `template` stands on every page."""
    parts = {
        "OFD.xml": f'<ofd:OFD {OFD_NAMESPACE} Version="1.0" DocType="OFD"><ofd:DocBody><ofd:DocInfo><ofd:DocID>1</ofd:DocID>'
        f"<ofd:Title>{title}</ofd:Title></ofd:DocInfo><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>",
        "Doc_0/Document.xml": f"<ofd:Document {OFD_NAMESPACE}><ofd:CommonData><ofd:MaxUnitID>9</ofd:MaxUnitID><ofd:PageArea>"
        "<ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea>"
        '<ofd:TemplatePage ID="2" BaseLoc="Tpls/Tpl_0/Content.xml"/></ofd:CommonData><ofd:Pages>'
        + "".join(
            f'<ofd:Page ID="{10 + n}" BaseLoc="Pages/Page_{n}/Content.xml"/>' for n in range(len(pages))
        )
        + "</ofd:Pages></ofd:Document>",
        "Doc_0/Tpls/Tpl_0/Content.xml": _ofd_content([(80.0, 15.0, template)] if template else [], size, ""),
    }
    for number, lines in enumerate(pages):
        parts[f"Doc_0/Pages/Page_{number}/Content.xml"] = _ofd_content(
            lines, size, '<ofd:Template TemplateID="2"/>'
        )
    return make_files.zip_file({name: part.encode() for name, part in parts.items()})


def _ofd_content(lines: Sequence[OfdPlaced], size: float, head: str) -> str:
    objects = "".join(
        f'<ofd:TextObject ID="{100 + n}" Boundary="{x} {y - size} {size * len(text)} {size * 1.2}" Font="3" Size="{size}">'
        f'<ofd:TextCode X="0" Y="{size}" DeltaX="g {len(text) - 1} {size}">{text}</ofd:TextCode></ofd:TextObject>'
        for n, (x, y, text) in enumerate(lines)
    )
    return (
        f"<ofd:Page {OFD_NAMESPACE}>{head}<ofd:Content><ofd:Layer ID='50'><ofd:PageBlock ID='51'>{objects}</ofd:PageBlock>"
        "</ofd:Layer></ofd:Content></ofd:Page>"
    )


def ofd_printed(
    paragraphs: Sequence[str], *, per_line: int = 34, per_page: int = 6, size: float = 4.0
) -> list[list[OfdPlaced]]:
    """Set paragraphs as `make_files.printed` does, page numbers at the foot."""
    points = 72 / 25.4
    pages = make_files.printed(paragraphs, per_line=per_line, per_page=per_page, size=round(size * points))
    return [
        [(x / points, 297 - y / points, text) for x, y, text in page if text != "青溪县教育局文件"]
        for page in pages
    ]


# --- web archives -----------------------------------------------------------------------------------------


def mht_file(markup: str, charset: str = "gbk") -> bytes:
    """Return a page saved with a picture, as browsers write them."""
    page = base64.encodebytes(markup.encode(charset)).decode()
    return (
        "From: <Saved by Blink>\r\nSnapshot-Content-Location: http://example.test/art/1.html\r\nSubject: x\r\n"
        'MIME-Version: 1.0\r\nContent-Type: multipart/related; type="text/html"; boundary="----b"\r\n\r\n'
        "------b\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: base64\r\n"
        f"Content-Location: http://example.test/art/1.html\r\n\r\n{page}\r\n"
        "------b\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0KGgo=\r\n------b--\r\n"
    ).encode()


# --- PDF with an empty user password ----------------------------------------------------------------------

_PADDING = bytes.fromhex("28bf4e5e4e758a4164004e56fffa01082e2e00b6d0683e802f0ca9fe6453697a")


def _rc4(key: bytes, raw: bytes) -> bytes:
    box, j = list(range(256)), 0
    for i in range(256):
        j = (j + box[i] + key[i % len(key)]) % 256
        box[i], box[j] = box[j], box[i]
    out, i, j = bytearray(), 0, 0
    for byte in raw:
        i = (i + 1) % 256
        j = (j + box[i]) % 256
        box[i], box[j] = box[j], box[i]
        out.append(byte ^ box[(box[i] + box[j]) % 256])
    return bytes(out)


def pdf_with_empty_password(text: str) -> bytes:
    """Return a PDF that forbids copying, as offices export them: encrypted (RC4, 40 bits), opened by no password at all."""
    owner = _rc4(hashlib.md5(_PADDING).digest()[:5], _PADDING)
    key = hashlib.md5(_PADDING + owner + (-64).to_bytes(4, "little", signed=True) + b"\0").digest()[:5]
    raw = make_files.pdf_file([[(90.0, 700.0, text)]])
    start, end = raw.index(b"stream\n") + 7, raw.index(b"\nendstream")
    number = int(raw[: raw.index(b"<< /Length")].rsplit(b" 0 obj", 1)[0].rsplit(b"\n", 1)[1])
    object_key = hashlib.md5(key + number.to_bytes(3, "little") + b"\0\0").digest()[:10]
    raw = raw[:start] + _rc4(object_key, raw[start:end]) + raw[end:]
    encrypt = b"/Encrypt << /Filter /Standard /V 1 /R 2 /P -64 /O <%s> /U <%s> >> /ID [<00> <00>] " % (
        owner.hex().encode(),
        _rc4(key, _PADDING).hex().encode(),
    )
    return raw.replace(b"/Root 1 0 R", encrypt + b"/Root 1 0 R")
