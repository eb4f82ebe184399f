"""Web pages: the main text without navigation, with title, date and address as hints.

The main text is the smallest element that holds nearly all of the page's sentences, so no paragraph of it is dropped by a guess about
single paragraphs; what surrounds it (menus, links, footers) is not sentences.
"""

from __future__ import annotations

import email
import email.policy
import re
from collections.abc import Iterator
from pathlib import Path

from lxml import etree, html

from duixian.reading.formats.decoding import decode
from duixian.reading.formats.limits import LimitError, Limits
from duixian.reading.formats.parts import Job, Parsed, Part

_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([A-Za-z0-9_-]{2,20})", re.I)
_SAVED = re.compile(r"<!--\s*saved from url=\(\d+\)(\S{1,500})")
_DATE = re.compile(r"(20\d\d|19\d\d)[-/年.](\d{1,2})[-/月.](\d{1,2})")
_SENTENCE = re.compile(r"[。；！？]|，.*，", re.S)  # Matches "增长6%。"; not "主办：某市政府办，电话：1234"
_NO_TEXT = frozenset(
    ("script", "style", "noscript", "template", "svg", "iframe", "object", "select", "button", "nav", "aside", "footer", "textarea", "head")
)
# fmt: off
_BLOCKS = frozenset((
    "address", "article", "blockquote", "body", "br", "center", "dd", "div", "dl", "dt", "fieldset", "figcaption",
    "figure", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "ol", "p", "pre", "section",
    "ul", "table", "tbody", "td", "tfoot", "th", "thead", "tr",
))
# fmt: on
_LONG = 24  # a line of fewer characters is no running text
_MOST = 0.85  # the main element holds this share of the page's running text
_CELL = 200  # a longer table cell is page layout
_TITLES = ("articletitle", "og:title", "twitter:title")
_DATES = ("pubdate", "publishdate", "article:published_time", "publish_date", "date")


def read_html(job: Job, limits: Limits) -> Iterator[Part]:
    """The main text of a web page.

    Args:
        job: the file, ``.html`` or a saved page with its pictures (``.mht``).
        limits: what it may cost.

    Raises:
        ValueError: where no main text is found or the page is nested too deep.
    """
    data = Path(job.path).read_bytes()
    if job.suffix in (".mht", ".mhtml"):
        data = _web_archive(data)
    source = _text(data)
    root = _parse(source, limits)
    meta = _meta(root)
    own = _SAVED.search(source[:3000])
    _strip(root)
    body = root.find("body")
    main = _main(body if body is not None else root)
    text = "\n".join(_lines(main))
    if len(text) < _LONG:
        raise ValueError("no main text found in the page")
    yield Parsed(
        text,
        title=next((meta[n] for n in _TITLES if meta.get(n)), None) or meta.get("h1") or meta.get("title"),
        url=meta.get("canonical") or meta.get("og:url") or (own.group(1) if own else None),
        published=next((_date(meta[n]) for n in _DATES if meta.get(n) and _date(meta[n])), None),
    )


def _web_archive(data: bytes) -> bytes:
    """The page inside a saved web archive."""
    message = email.message_from_bytes(data, policy=email.policy.default)
    for part in message.walk():
        if part.get_content_type() == "text/html":
            content = part.get_payload(decode=True)
            if isinstance(content, bytes):
                return content
    raise ValueError("a web archive without a page")


def _text(data: bytes) -> str:
    """The page's characters: the declared encoding where it holds, else as for plain text."""
    found = _CHARSET.search(data[:4000])
    if found and not data.startswith((b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")):
        name = found.group(1).decode().lower()
        try:
            return data.decode("gb18030" if name in ("gb2312", "gbk", "gb_2312-80") else name)
        except (LookupError, UnicodeDecodeError):
            pass
    return decode(data)


def _parse(source: str, limits: Limits) -> html.HtmlElement:
    parser = html.HTMLParser(no_network=True, huge_tree=limits.tags > 250, remove_comments=True, remove_pis=True)
    plain = re.sub(r"^\s*<\?xml[^>]{0,200}\?>", "", source.replace("\x00", ""))
    try:
        root = html.document_fromstring(plain, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError) as error:
        raise ValueError(f"damaged page: {error}") from None
    if any("depth" in e.message.lower() for e in parser.error_log) or _depth(root) > limits.tags:
        raise LimitError("tags", f"elements nested more than {limits.tags} deep")
    return root


def _depth(root: etree._Element) -> int:
    depth = deepest = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        deepest = max(deepest, depth)
    return deepest


def _meta(root: html.HtmlElement) -> dict[str, str]:
    """What the page says about itself, by lower-case name."""
    found: dict[str, str] = {}
    for element in root.iter("meta"):
        name, content = element.get("name") or element.get("property") or "", (element.get("content") or "").strip()
        if name and content:
            found.setdefault(name.lower(), content)
    for tag in ("h1", "title"):
        element = next(root.iter(tag), None)
        if element is not None and (text := " ".join(element.text_content().split())):
            found.setdefault(tag, text)
    for element in root.iter("link"):
        if element.get("rel") == "canonical" and element.get("href"):
            found.setdefault("canonical", element.get("href", ""))
    return found


def _date(text: str) -> str | None:
    found = _DATE.search(text)
    return f"{found.group(1)}-{int(found.group(2)):02d}-{int(found.group(3)):02d}" if found else None


def _strip(root: html.HtmlElement) -> None:
    """Take out what is never text, and what the page hides."""
    hidden = [
        e
        for e in root.iter()
        if e.tag in _NO_TEXT or e.get("hidden") is not None or "display:none" in (e.get("style") or "").replace(" ", "").lower()
    ]
    for element in hidden:
        if element.getparent() is not None and element.tag not in ("html", "body"):
            element.drop_tree()


def _main(body: html.HtmlElement) -> html.HtmlElement:
    """The smallest element with most of the running text, and what stands closely around it (title line, date)."""
    weights = _weights(body)
    main = body
    while True:
        heavy = next((c for c in main if weights.get(c, 0) >= _MOST * max(1, weights.get(main, 0))), None)
        if heavy is None or (heavy.tag == "p" and main is not body):
            break
        main = heavy
    size = len("".join(main.itertext()))
    while (parent := main.getparent()) is not None and main is not body:
        wider = len("".join(parent.itertext()))
        if wider > 1.08 * size or wider > size + 400:
            break
        main = parent
    return main


def _weights(body: html.HtmlElement) -> dict[etree._Element, int]:
    """For each element the running text in it: characters of lines with sentence marks, outside links."""
    weights: dict[etree._Element, int] = {}
    for element in body.iter():
        for owner, text in ((element, element.text), (element.getparent(), element.tail if element is not body else None)):
            line = (text or "").strip()
            if owner is None or len(line) < _LONG or not _SENTENCE.search(line):
                continue
            chain = [owner, *owner.iterancestors()]
            if not any(e.tag == "a" for e in chain):
                for at in chain:
                    weights[at] = weights.get(at, 0) + len(line)
    return weights


def _lines(main: html.HtmlElement) -> Iterator[str]:
    """The lines of the main text: one for each block; rows of data tables as Markdown rows."""
    pieces: list[str] = []

    def flush() -> Iterator[str]:
        line = " ".join("".join(pieces).split())
        pieces.clear()
        if line:
            yield line

    skip: etree._Element | None = None
    for event, element in etree.iterwalk(main, events=("start", "end")):
        if skip is not None:
            if event == "end" and element is skip:
                skip = None
                pieces.append(element.tail or "")
            continue
        block = element.tag in _BLOCKS
        if block:
            yield from flush()
        if event == "start":
            if element.tag == "tr" and (row := _row(element)):
                yield row
                skip = element
                continue
            pieces.append(element.text or "")
        elif element is not main:
            pieces.append(element.tail or "")
    yield from flush()


def _row(element: etree._Element) -> str | None:
    """A row of a data table; None for a table that only lays out the page."""
    cells = [" ".join("".join(c.itertext()).split()) for c in element if c.tag in ("td", "th")]
    if len(cells) < 2 or any(len(c) > _CELL for c in cells) or not any(cells):
        return None
    return "| " + " | ".join(c.replace("|", "/") for c in cells) + " |"
