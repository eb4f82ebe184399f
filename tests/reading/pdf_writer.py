"""A small PDF writer for tests: Chinese text at given places, in a font every reader knows without having it."""

from __future__ import annotations

from dataclasses import dataclass

WIDTH, HEIGHT = 595, 842


@dataclass(frozen=True)
class Put:
    """One line of text: its left end and its baseline in points from the page's lower left corner, its size."""

    text: str
    x: float
    y: float
    size: float = 12


def write_pdf(pages: list[list[Put]], *, rotate: int = 0, turned: bool = False, title: str = "") -> bytes:
    """The bytes of a PDF.

    Args:
        pages: the lines of each page.
        rotate: the pages' rotation flag.
        turned: draw everything a quarter turn to the left, on a page turned with it.
        title: the title in its properties.
    """
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Count {len(pages)} /Kids [{' '.join(f'{6 + 2 * n} 0 R' for n in range(len(pages)))}] >>".encode(),
        b"<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UTF16-H /DescendantFonts [4 0 R] >>",
        b"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /DW 1000 /W [1 [500] 2 95 500 814 939 500]"
        b" /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 4 >> /FontDescriptor"
        b" << /Type /FontDescriptor /FontName /STSong-Light /Flags 4 /Ascent 880 /Descent -120 /ItalicAngle 0 /CapHeight 700"
        b" /StemV 80 /FontBBox [0 -120 1000 880] >> >>",
        f"<< /Title <feff{title.encode('utf-16-be').hex()}> >>".encode(),
    ]
    box = f"[0 0 {HEIGHT if turned else WIDTH} {WIDTH if turned else HEIGHT}]"
    for n, lines in enumerate(pages):
        matrix = f"0 1 -1 0 {HEIGHT} 0 cm\n" if turned else ""
        drawn = "".join(f"BT /F {p.size} Tf 1 0 0 1 {p.x} {p.y} Tm <{p.text.encode('utf-16-be').hex()}> Tj ET\n" for p in lines)
        stream = (matrix + drawn).encode()
        objects += [
            f"<< /Type /Page /Parent 2 0 R /MediaBox {box} /Rotate {rotate} /Resources << /Font << /F 3 0 R >> >>"
            f" /Contents {7 + 2 * n} 0 R >>".encode(),
            f"<< /Length {len(stream)} >>\nstream\n".encode() + stream + b"\nendstream",
        ]
    out = bytearray(b"%PDF-1.4\n")
    offsets = []
    for n, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += f"{n} 0 obj\n".encode() + body + b"\nendobj\n"
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode() + b"".join(f"{o:010d} 00000 n \n".encode() for o in offsets)
    return bytes(out + f"trailer << /Size {len(objects) + 1} /Root 1 0 R /Info 5 0 R >>\nstartxref\n{start}\n%%EOF\n".encode())


def typeset(paragraphs: list[str], *, x: float = 72, width: int = 36, top: float = 770, size: float = 12, indent: bool = True) -> list[Put]:
    """Paragraphs cut into lines of so many characters, the first one indented by two."""
    lines: list[Put] = []
    y = top
    for paragraph in paragraphs:
        rest, first = paragraph, indent
        while rest:
            room = width - (2 if first else 0)
            lines.append(Put(rest[:room], x + (2 * size if first else 0), y, size))
            rest, first = rest[room:], False
            y -= 1.5 * size
    return lines
