"""The same text as PDF by three producers: typst, LibreOffice, Chromium's print; and scans of pages."""

from __future__ import annotations

import html
import shutil
import subprocess
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path
from xml.sax.saxutils import escape

import numpy as np
import pypdfium2 as pdfium
import typst
from PIL import Image

FONT = "Noto Serif CJK SC"
TITLE = "虚构市人民政府工作报告"
_SECONDS = 90
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def by_typst(paragraphs: list[str], columns: int, path: Path) -> None:
    """Typst, with a running header, page numbers and hyphenation."""
    special = str.maketrans({c: f"\\{c}" for c in "\\#*_`$<>@=-+/[]~"})
    source = f"""#set page(paper: "a4", columns: {columns}, header: [{TITLE} #h(1fr) 2025], numbering: "— 1 —")
#set text(font: "{FONT}", size: 12pt, lang: "zh", hyphenate: true)
#set par(first-line-indent: (amount: 2em, all: true), justify: true)
""" + "\n\n".join(p.translate(special) for p in paragraphs)
    with tempfile.TemporaryDirectory() as folder:
        main = Path(folder) / "main.typ"
        main.write_text(source, encoding="utf-8")
        typst.compile(str(main), output=str(path))


def by_chromium(paragraphs: list[str], columns: int, path: Path) -> None:
    """Chromium's print with its own header and footer, paragraphs set off by gaps, a rule between columns."""
    style = f"@page{{size:A4;margin:2.5cm}}body{{font:12pt '{FONT}'}}p{{margin:0 0 .8em}}"
    if columns > 1:
        style += f"div{{columns:{columns};column-rule:1px solid black}}"
    body = "".join(f"<p>{html.escape(p)}</p>" for p in paragraphs)
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "page.html"
        head = f"<meta charset=utf-8><title>{TITLE}</title><style>{style}</style>"
        page.write_text(f"<!DOCTYPE html><html lang=zh>{head}<div>{body}</div></html>", encoding="utf-8")
        program = shutil.which("chromium") or shutil.which("google-chrome") or "chromium"
        command = [
            program,
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            f"--user-data-dir={folder}/profile",
            f"--print-to-pdf={path}",
            str(page),
        ]
        subprocess.run(command, check=True, capture_output=True, timeout=_SECONDS)


def by_libreoffice(paragraphs: list[str], columns: int, path: Path) -> None:
    """LibreOffice Writer from a Word file with a header, "第 n 页" below, and indented paragraphs."""
    run = f'<w:rPr><w:rFonts w:ascii="{FONT}" w:hAnsi="{FONT}" w:eastAsia="{FONT}"/><w:sz w:val="24"/></w:rPr>'
    body = "".join(
        f'<w:p><w:pPr><w:ind w:firstLine="480"/></w:pPr><w:r>{run}<w:t xml:space="preserve">{escape(p)}</w:t></w:r></w:p>'
        for p in paragraphs
    )
    section = (
        '<w:sectPr><w:headerReference w:type="default" r:id="h"/><w:footerReference w:type="default" r:id="f"/>'
        f'<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1440" w:bottom="1440" w:left="1500" w:right="1500"/>'
        f'<w:cols w:num="{columns}" w:space="425"/></w:sectPr>'
    )
    names = f'xmlns:w="{_W}" xmlns:r="{_R}"'
    field = "".join(
        f"<w:r>{x}</w:r>"
        for x in ('<w:fldChar w:fldCharType="begin"/>', "<w:instrText>PAGE</w:instrText>", '<w:fldChar w:fldCharType="end"/>')
    )
    package, kind = "http://schemas.openxmlformats.org/package/2006", "application/vnd.openxmlformats-officedocument.wordprocessingml"

    def relations(*targets: tuple[str, str]) -> str:
        links = "".join(f'<Relationship Id="{t[0][0]}" Type="{_R}/{t[0]}" Target="{t[1]}"/>' for t in targets)
        return f'<Relationships xmlns="{package}/relationships">{links}</Relationships>'

    kinds = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{kind}.{what}+xml"/>'
        for name, what in (("document", "document.main"), ("header", "header"), ("footer", "footer"))
    )
    relation_type = '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types">{relation_type}{kinds}</Types>',
        "_rels/.rels": relations(("officeDocument", "word/document.xml")),
        "word/_rels/document.xml.rels": relations(("header", "header.xml"), ("footer", "footer.xml")),
        "word/document.xml": f"<w:document {names}><w:body>{body}{section}</w:body></w:document>",
        "word/header.xml": f"<w:hdr {names}><w:p><w:r>{run}<w:t>{TITLE}</w:t></w:r></w:p></w:hdr>",
        "word/footer.xml": f"<w:ftr {names}><w:p><w:r><w:t>第</w:t></w:r>{field}<w:r><w:t>页</w:t></w:r></w:p></w:ftr>",
    }
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / f"{path.stem}.docx"
        with zipfile.ZipFile(source, "w") as archive:
            for name, text in parts.items():
                archive.writestr(name, f'<?xml version="1.0" encoding="UTF-8"?>{text}')
        program = shutil.which("soffice") or shutil.which("libreoffice") or "soffice"
        command = [
            program,
            f"-env:UserInstallation=file://{folder}/profile",
            "--headless",
            "--convert-to",
            "pdf",
            "--outdir",
            str(path.parent),
            str(source),
        ]
        subprocess.run(command, check=True, capture_output=True, timeout=_SECONDS)


PRODUCERS: dict[str, Callable[[list[str], int, Path], None]] = {"typst": by_typst, "libreoffice": by_libreoffice, "chromium": by_chromium}


def scan(source: Path, path: Path, *, pages: int, dpi: int = 200, turn: float = 0.4) -> None:
    """The first pages as a flatbed would give them: pictures, a little turned, with noise."""
    random = np.random.default_rng(7)
    images = []
    document = pdfium.PdfDocument(source)
    for page in list(document)[:pages]:
        image = page.render(scale=dpi / 72, grayscale=True).to_pil()
        turned = np.asarray(image.rotate(turn, fillcolor=255, resample=Image.Resampling.BICUBIC, expand=abs(turn) > 45)).astype(float)
        noisy = (turned + random.normal(0, 8, turned.shape)).clip(0, 255).astype("uint8")
        images.append(Image.fromarray(noisy))
    images[0].save(path, save_all=True, append_images=images[1:], resolution=dpi)
