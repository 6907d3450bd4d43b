"""Makes the files that tests read, in code: Word, PDF and zip files, and pages of a dozen site templates.

All sentences are made up in the shape of county documents; no such county, office or document exists.
"""

from __future__ import annotations

import io
import struct
import tarfile
import zipfile
from collections.abc import Mapping, Sequence

from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

TITLE = "青溪县教育局关于印发《青溪县学前教育提升行动方案》的通知"
PARAGRAPHS = (
    "各乡镇中心学校，县直各学校、幼儿园：",
    "为加快补齐学前教育短板，经县人民政府同意，现将行动方案印发给你们，请认真组织实施。",
    "一、总体要求",
    "到2025年，全县学前三年毛入园率达到92%以上，新增公办学位1200个。",
    "二、主要任务",
    "（一）扩充资源。新建乡镇公办园6所，改造小区配套园4所，面积不少于3000平方米。",
    "（二）建强队伍。实施“四个一批”培养计划，每年培训园长和骨干教师不少于200人次。",
)
BODY = "\n".join(PARAGRAPHS)
TRS_TEXT = f"{TITLE}\n{BODY}"  # the text of pages that print their title outside of it


# --- HTML: one function a template ------------------------------------------------------------------------


def _p(lines: Sequence[str] = PARAGRAPHS, style: str = "") -> str:
    return "".join(f"<p{style}>{line}</p>\n" for line in lines)


def trs_page(charset: str = "utf-8") -> str:
    """TRS: meta tags of government sites, info table, TRS_Editor with a style sheet inside, share bar."""
    return f"""<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1.dtd">
<html><head><meta http-equiv="Content-Type" content="text/html; charset={charset}">
<meta name="SiteName" content="青溪县人民政府"><meta name="ArticleTitle" content="{TITLE}">
<meta name="PubDate" content="2023-04-18 09:30"><meta name="ContentSource" content="青溪县教育局">
<meta name="ColumnName" content="部门文件"><title>{TITLE}_青溪县人民政府门户网站</title>
<script>document.write("<p>脚本写出的字，不是正文。</p>")</script></head><body>
<div class="header"><a href="/">首页</a> <a href="/a">政务公开</a> <a href="/b">政民互动</a></div>
<div class="crumbs">当前位置：<a href="/">首页</a> &gt; <a href="/a">部门文件</a></div>
<table class="xxgk_table"><tr><td>索 引 号：</td><td>QX010/2023-00031</td><td>发文机关：</td><td>青溪县教育局</td></tr>
<tr><td>成文日期：</td><td>2023年04月12日</td><td>发文字号：</td><td>青教发〔2023〕18号</td></tr>
<tr><td>标　　题：</td><td colspan="3">{TITLE}</td></tr></table>
<h1>{TITLE}</h1><div class="info">发布时间：2023-04-18 来源：青溪县教育局 浏览次数：<span>31</span> 字体：[大 中 小]</div>
<div class="TRS_Editor"><style type="text/css">.TRS_Editor P{{line-height:2}}</style>
<div class="TRS_Editor">{_p(style=' align="justify"')}</div></div>
<div class="bdsharebuttonbox">分享到：<a href="#">微信</a><a href="#">微博</a></div>
<div class="footer">主办：青溪县人民政府，承办：县政府办公室。网站标识码0000000001</div></body></html>"""


def ucap_page() -> str:
    """UCAP, as on www.gov.cn: a cell without a table, spans around every run, right-aligned signature."""
    spans = "".join(
        f'<p style="text-indent: 2em;"><span style="font-family: 宋体;">{line[:6]}</span><span>{line[6:]}</span></p> '
        for line in PARAGRAPHS
    )
    return f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>{TITLE}_青溪政府网</title></head><body><tbody>
<tr><td class="b12c" id="UCAP-CONTENT">{spans}<p style="text-align: right;">青溪县教育局 &nbsp; &nbsp;</p></td></tr>
</tbody></body></html>"""


def zoom_table_page(charset: str = "gb2312") -> str:
    """A page of the years before style sheets: nested layout tables, fonts, and a cell called zoom."""
    lines = "<br>\n".join(f"　　{line}" for line in PARAGRAPHS)
    return f"""<html><head><META http-equiv=Content-Type content="text/html; charset={charset}">
<title>青溪教育网 - {TITLE}</title></head><body><table width=1000><tr><td><img src=logo.gif alt="青溪教育网标志"></td></tr>
<tr><td><table><tr><td width=180><a href=1.htm>局机关</a><br><a href=2.htm>公告</a><br><a href=3.htm>教研</a></td>
<td><table><tr><td align=center class=title><font size=5><b>{TITLE}</b></font></td></tr>
<tr><td align=center>发布日期：2009-6-8　点击：120次　作者：办公室</td></tr>
<tr><td id=zoom><font size=3>{lines}</font></td></tr></table></td></tr></table></td></tr>
<tr><td>版权所有：青溪县教育局　地址：青溪县城关镇学府路1号</td></tr></table></body></html>"""


def vsb_page() -> str:
    """VSB: the page is inside one form, the text in #vsb_content."""
    return f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>{TITLE}-青溪县第一中学</title></head><body>
<form name="_newscontent_fromname" action="x.jsp"><input type="hidden" value="隐藏字段"><h1 class="arti_title">{TITLE}</h1>
<div>2023年04月18日 09:30 点击：[<script>_showDynClicks("x")</script>]</div>
<div id="vsb_content"><div class="v_news_content">{_p()}</div></div>
<p>上一条：<a href="1.htm">关于召开春季开学工作会议的通知</a></p><select><option>友情链接</option></select></form></body></html>"""


def word_paste_page() -> str:
    """Text pasted from Word: o:p, MsoNormal, conditional comments, a list marker between revealed comments."""
    lines = "".join(
        f'<p class=MsoNormal style="text-indent:32.0pt"><!--[if gte mso 9]><xml><w:View>Normal</w:View></xml><![endif]-->'
        f"<span lang=EN-US><o:p></o:p></span><span\nstyle='font-family:仿宋_GB2312'>{line}<o:p></o:p></span></p>"
        for line in PARAGRAPHS
    )
    return f"""<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><meta charset="utf-8"><title>{TITLE}</title></head>
<body><?xml:namespace prefix = o ns = "urn:schemas-microsoft-com:office:office" /><div class="article">
<p class=MsoListParagraph><![if !supportLists]><span>1.<span style='font:7.0pt "Times New Roman"'>&nbsp; </span></span><![endif]>
明确责任分工。</p>{lines}</div></body></html>"""


def data_table_page() -> str:
    """A plan with a table of targets, raised digits, entities, and line breaks inside of cells."""
    return f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>{TITLE}</title></head><body><div class="article-content">
{_p()}<table border="1"><thead><tr><th>序号</th><th>指标</th><th>2025年<br>目标</th></tr></thead><tbody>
<tr><td><p>1</p></td><td><p>学前三年</p><p>毛入园率</p></td><td>&ge;92&#37;</td></tr>
<tr><td>2</td><td>生均用地</td><td>15m<sup>2</sup></td></tr></tbody></table>
<p>占地10<sup>4</sup>平方米；PM<sub>2.5</sub>达标&nbsp;&mdash;&mdash;见附件<sup>[1]</sup>。</p></div></body></html>"""


def spam_page() -> str:
    """Hidden spam in the ways it is hidden, a font size of zero that hides nothing, scripts in odd places."""
    return f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>{TITLE}</title></head><body>
<div style="display:none">隐藏词一，隐藏词一。</div><div style="position:absolute;left:-9999px">隐藏词二，隐藏词二。</div>
<marquee width=1 height=1>隐藏词三，隐藏词三。</marquee><div style="height:0px;overflow:hidden">隐藏词四，隐藏词四。</div>
<p style="font-size:0">隐藏词五，隐藏词五。</p><span style="visibility: hidden">隐藏词六，隐藏词六。</span><p hidden>隐藏词七，隐藏词七。</p>
<div id="js_content" style="visibility: hidden; opacity: 0;"><div style="font-size:0"><p style="font-size:16px">{PARAGRAPHS[0]}</p></div>
<p>为加快补齐<script>var a = "<p>";</script>学前教育短板，<!-- 注释 -->经县人民政府<style>p{{}}</style>同意，现将行动方案印发给你们，请认真组织实施。</p>
{_p(PARAGRAPHS[2:])}</div><iframe src="x.html">框架里的字</iframe></body></html>"""


def unknown_template_page() -> str:
    """No known name anywhere: the text is found by its density, lists of links beside it are not."""
    links = "".join(
        f'<li><a href="{n}.html">青溪县召开第{n}次教育工作会议，部署重点任务</a></li>' for n in range(12)
    )
    return f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>{TITLE} | 青溪新闻网</title></head><body>
<div class="a1"><ul><li><a href="/">首页</a></li><li><a href="/2">要闻</a></li><li><a href="/3">教育</a></li></ul></div>
<div class="a2"><div class="a3"><h2>{TITLE}</h2><div class="a5">2023-04-18 09:30:12 来源：青溪日报</div>
<div class="a6">{_p()}</div></div><div class="a4"><h3>热门</h3><ul>{links}</ul></div></div>
<div class="a7">青溪新闻网版权所有，未经许可不得转载。</div></body></html>"""


def nested_list_page() -> str:
    """An info list instead of an info table, h1 is the name of the site, text in a generic .content."""
    return f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>{TITLE}－青溪县人民政府</title></head><body>
<h1>青溪县人民政府</h1><nav><a href="/">首页</a></nav><ul class="gkxx"><li>索引号：QX010/2023-00031</li><li>发布机构：青溪县教育局</li>
<li>文号：青教发〔2023〕18号</li><li>发布日期：2023-04-18</li><li>有效性：有效</li></ul>
<div class="detail-title">{TITLE}</div><div class="content">{_p()}<p>附件：<a href="1.docx">任务分工表</a></p></div>
<footer>地址：青溪县城关镇，电话：见办事指南。</footer></body></html>"""


def preformatted_page() -> str:
    """Lines of a <pre>, and Chinese broken over source lines in a paragraph."""
    wrapped = PARAGRAPHS[1].replace("，", "，\n      ")
    text = "\n".join(("", *PARAGRAPHS[2:]))
    return f"""<html><head><meta charset="utf-8"><title>{TITLE}</title></head><body><div id="content"><p>{PARAGRAPHS[0]}</p>
<p>{wrapped}</p><pre>{text}</pre></div></body></html>"""


def traditional_page(charset: str = "big5") -> str:
    """A page in traditional characters, as a Big5 site would print it."""
    return f"""<html><head><meta http-equiv="Content-Type" content="text/html; charset={charset}">
<title>青溪縣推動學前教育提升-青溪新聞網</title></head><body><div id="detail"><h1>青溪縣推動學前教育提升</h1>
<p>發佈時間：2023-04-18 來源：青溪縣教育局</p><p>近年來，青溪縣全面落實教育優先發展戰略，加快縮小校際差距。</p>
<p>縣財政每年投入1200萬元，為各學校改善辦學條件。</p></div></body></html>"""


TEMPLATES = {
    "trs": trs_page,
    "ucap": ucap_page,
    "zoom_table": zoom_table_page,
    "vsb": vsb_page,
    "word_paste": word_paste_page,
    "data_table": data_table_page,
    "spam": spam_page,
    "unknown_template": unknown_template_page,
    "nested_list": nested_list_page,
    "preformatted": preformatted_page,
}


# --- Word -------------------------------------------------------------------------------------------------

_NUMBERING = f"""<w:abstractNum {nsdecls("w")} w:abstractNumId="77"><w:multiLevelType w:val="multilevel"/>
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCountingThousand"/><w:lvlText w:val="%1、"/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="（%2）"/></w:lvl></w:abstractNum>"""
_NUM = f'<w:num {nsdecls("w")} w:numId="77"><w:abstractNumId w:val="77"/></w:num>'


def _numbered(text: str, level: int) -> str:
    return (
        f'<w:p {nsdecls("w")}><w:pPr><w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="77"/></w:numPr></w:pPr>'
        f"<w:r><w:t>{text}</w:t></w:r></w:p>"
    )


def docx_file() -> bytes:
    """Return a Word file with paragraphs, a table, tracked changes, hidden text, automatic numbers, header and footer."""
    document = Document()
    document.core_properties.title = TITLE
    section = document.sections[0]
    section.header.paragraphs[0].text = "页眉里的字"
    section.footer.paragraphs[0].text = "第 1 页"
    document.add_paragraph(TITLE)
    document.add_paragraph(PARAGRAPHS[0])
    table = document.add_table(rows=2, cols=2)
    for cell, text in zip(
        (c for row in table.rows for c in row.cells), ("指标", "目标", "毛入园率", "92%"), strict=True
    ):
        cell.text = text
    body = document.element.body
    numbering = document.part.numbering_part.element
    numbering.insert(0, parse_xml(_NUMBERING))
    numbering.append(parse_xml(_NUM))
    changed = (
        f'<w:p {nsdecls("w")}><w:r><w:t>新增公办学位</w:t></w:r><w:del w:id="1" w:author="a"><w:r><w:delText>900</w:delText>'
        '</w:r></w:del><w:ins w:id="2" w:author="a"><w:r><w:t>1200</w:t></w:r></w:ins><w:r><w:t>个，面积500m</w:t></w:r>'
        '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>2</w:t></w:r><w:r><w:rPr><w:vanish/></w:rPr>'
        "<w:t>看不见的字</w:t></w:r><w:r><w:t>。</w:t></w:r></w:p>"
    )
    control = f"<w:sdt {nsdecls('w')}><w:sdtContent><w:p><w:r><w:t>内容控件里的一段。</w:t></w:r></w:p></w:sdtContent></w:sdt>"
    blocks = (
        changed,
        control,
        _numbered("总体要求", 0),
        _numbered("主要任务", 0),
        _numbered("扩充资源。", 1),
    )
    for block in (*blocks, _numbered("建强队伍。", 1), _numbered("组织保障", 0), _numbered("加强领导。", 1)):
        body.insert(len(body) - 1, parse_xml(block))
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def docx_with(document_xml: bytes) -> bytes:
    """Return a Word file whose main part is replaced."""
    source = zipfile.ZipFile(io.BytesIO(docx_file()))
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        for name in source.namelist():
            package.writestr(name, document_xml if name == "word/document.xml" else source.read(name))
    return stream.getvalue()


# --- PDF --------------------------------------------------------------------------------------------------

Placed = tuple[float, float, str]  # x, y, text


def pdf_file(
    pages: Sequence[Sequence[Placed]], *, title: str = "", size: int = 12, drawn_on_each: str = ""
) -> bytes:
    """Return a PDF whose text is set in STSong-Light, which every reader brings along; `drawn_on_each` page: its lines."""
    kids = " ".join(f"{6 + 2 * n} 0 R" for n in range(len(pages)))
    objects: list[bytes] = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode(),
        b"<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [4 0 R] >>",
        b"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /DW 1000"
        b" /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> /FontDescriptor 5 0 R >>",
        b"<< /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /FontBBox [-25 -254 1000 880] /ItalicAngle 0"
        b" /Ascent 880 /Descent -120 /CapHeight 880 /StemV 93 >>",
    ]
    for number, lines in enumerate(pages):
        drawn = "\n".join(
            f"BT /F1 {size} Tf {x} {y} Td <{text.encode('utf-16-be').hex()}> Tj ET" for x, y, text in lines
        )
        content = f"{drawn_on_each}\n{drawn}".encode() if drawn_on_each else drawn.encode()
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {7 + 2 * number} 0 R"
            " /Resources << /Font << /F1 3 0 R >> >> >>".encode()
        )
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content))
    objects.append(b"<< /Title <FEFF%s> >>" % title.encode("utf-16-be").hex().encode())
    out = io.BytesIO()
    out.write(b"%PDF-1.4\n")
    places = []
    for number, body in enumerate(objects, start=1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, body))
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    out.writelines(b"%010d 00000 n \n" % place for place in places)
    out.write(
        b"trailer\n<< /Size %d /Root 1 0 R /Info %d 0 R >>\nstartxref\n%d\n%%%%EOF"
        % (len(objects) + 1, len(objects), start)
    )
    return out.getvalue()


def printed(
    paragraphs: Sequence[str], *, per_line: int = 34, per_page: int = 6, size: int = 12
) -> list[list[Placed]]:
    """Set paragraphs as an office prints them: indented by two characters, with a running head and page numbers."""
    lines: list[tuple[int, str]] = []
    for paragraph in paragraphs:
        first = per_line - 2
        lines.append((2, paragraph[:first]))
        rest = paragraph[first:]
        lines.extend((0, rest[n : n + per_line]) for n in range(0, len(rest), per_line))
    pages = []
    for number, start in enumerate(range(0, len(lines), per_page), start=1):
        placed = [
            (90.0 + indent * size, 740.0 - 28 * row, text)
            for row, (indent, text) in enumerate(lines[start : start + per_page])
        ]
        pages.append([(230.0, 790.0, "青溪县教育局文件"), *placed, (280.0, 50.0, f"— {number} —")])
    return pages


def encrypted_pdf() -> bytes:
    """Return a PDF that opens with a password only: its check values fit no password that is tried."""
    raw = pdf_file([[(90.0, 700.0, "密文")]])
    encrypt = b"/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <%s> /U <%s> >> /ID [<00> <00>] " % (
        b"11" * 32,
        b"22" * 32,
    )
    return raw.replace(b"/Root 1 0 R", encrypt + b"/Root 1 0 R")


# --- zip --------------------------------------------------------------------------------------------------


def zip_file(members: Mapping[str, bytes]) -> bytes:
    """Return a zip archive."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, raw in members.items():
            archive.writestr(name, raw)
    return stream.getvalue()


def zip_with_gbk_names(members: Mapping[str, bytes]) -> bytes:
    """Return a zip archive as Windows tools in China write it: names in GBK, nothing that says so.

    Names go in under stand-ins of the same length in bytes, which are then overwritten.
    """
    stand_ins = {f"{n:04}".ljust(len(name.encode("gbk")), "_"): name for n, name in enumerate(members)}
    raw = zip_file({stand_in: members[name] for stand_in, name in stand_ins.items()})
    for stand_in, name in stand_ins.items():
        raw = raw.replace(stand_in.encode(), name.encode("gbk"))
    return raw


def encrypted_zip(members: Mapping[str, bytes]) -> bytes:
    """Return a zip archive whose members say that they are encrypted (bit 0 of the flags in both headers)."""
    raw = bytearray(zip_file(members))
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = raw.find(signature)
        while at >= 0:
            flags = struct.unpack_from("<H", raw, at + offset)[0]
            struct.pack_into("<H", raw, at + offset, flags | 1)
            at = raw.find(signature, at + 4)
    return bytes(raw)


def overlapping_zip(member: bytes, n_times: int) -> bytes:
    """Return a zip archive whose directory lists the same member again and again."""
    raw = zip_file({"a.txt": member})
    start, end = raw.index(b"PK\x01\x02"), raw.index(b"PK\x05\x06")
    directory = raw[start:end] * n_times
    tail = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, n_times, n_times, len(directory), start, 0)
    return raw[:start] + directory + tail


# --- other archives ---------------------------------------------------------------------------------------


def tar_file(members: Mapping[str, bytes], mode: str = "w") -> bytes:
    """Return a tar archive; modes "w:gz", "w:bz2", "w:xz" pack it."""
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode=mode) as archive:
        for name, raw in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(raw)
            archive.addfile(info, io.BytesIO(raw))
    return stream.getvalue()


def tar_of_kinds(kinds: Sequence[bytes], link: str) -> bytes:
    """Return a tar archive whose members are links, devices, pipes: one of each kind."""
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w") as archive:
        for number, kind in enumerate(kinds):
            info = tarfile.TarInfo(f"{number}.txt")
            info.type, info.linkname = kind, link
            archive.addfile(info)
    return stream.getvalue()


def tar_with_raw_name(name: bytes, raw: bytes) -> bytes:
    """Return a tar archive with one member whose name is these bytes, in whatever encoding."""
    stream = io.BytesIO()
    with tarfile.open(
        fileobj=stream, mode="w", format=tarfile.GNU_FORMAT, encoding="utf-8", errors="surrogateescape"
    ) as archive:
        info = tarfile.TarInfo(name.decode("utf-8", "surrogateescape"))
        info.size = len(raw)
        archive.addfile(info, io.BytesIO(raw))
    return stream.getvalue()


def sparse_tar(n_bytes: int) -> bytes:
    """Return a tar archive with a sparse member that states a size and stores nothing."""
    info = tarfile.TarInfo("holes.txt")
    header = bytearray(info.tobuf(tarfile.GNU_FORMAT))
    header[156:157] = tarfile.GNUTYPE_SPARSE
    header[483:495] = b"%011o\0" % min(n_bytes, 8**11 - 1)
    header[148:156] = b" " * 8
    header[148:156] = b"%06o\0 " % sum(header)
    return bytes(header) + bytes(1024)


# --- old Office files -------------------------------------------------------------------------------------


def compound_directory(*streams: str) -> bytes:
    """Return the beginning of a compound file: its mark, and a directory that names these streams."""
    entries = b"".join(
        name.encode("utf-16-le").ljust(64, b"\0") + struct.pack("<H", 2 * len(name) + 2).ljust(64, b"\0")
        for name in ("Root Entry", *streams)
    )
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(512, b"\0") + entries
