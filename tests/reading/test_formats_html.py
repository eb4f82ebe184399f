"""Web pages: the main text whole, the rest of the page gone, hints kept."""

from __future__ import annotations

from pathlib import Path

import pytest

from duixian.model import Document, ReadFailure
from duixian.reading.formats import read_file

BODY = [
    "虚构市人民政府工作报告",
    "——2025年1月10日在虚构市第九届人民代表大会第四次会议上",
    "各位代表：",
    "现在，我代表市人民政府，向大会报告工作，请予审议，并请各位政协委员提出意见。",
    "一、2024年工作回顾",
    "全年地区生产总值增长6.1%，居民消费价格上涨0.3%，城镇新增就业2.4万人，粮食再获丰收。" * 4,
    "二、2025年工作安排",
    "地区生产总值增长6%左右，城镇新增就业2.2万人以上，生态环境质量持续改善，民生福祉不断增进。" * 4,
]
MENU = "<ul>" + "".join(f'<li><a href="/{n}">栏目{n}，政务公开，网上办事，互动交流，走进本市</a></li>' for n in range(40)) + "</ul>"
FOOT = "<div class=foot>主办：虚构市人民政府办公室，联系电话：0000-0000000，网站标识码：0000000000</div>"
HEAD = (
    '<meta charset="{charset}"><meta name="ArticleTitle" content="2025年虚构市政府工作报告">'
    '<meta name="PubDate" content="2025-01-16 09:30"><link rel="canonical" href="https://example.org/gzbg.html">'
    '<title>网站 - 2025年虚构市政府工作报告</title><script>var a="，。，。";</script>'
)


def _read(path: Path, page: str, encoding: str = "utf-8") -> Document:
    path.write_bytes(page.encode(encoding))
    (item,) = read_file(path, path.name)
    assert isinstance(item, Document), item
    return item


def _page(main: str, charset: str = "utf-8") -> str:
    head = HEAD.format(charset=charset)
    return f"<!DOCTYPE html><html><head>{head}</head><body>{MENU}<div><div id=c>{main}</div></div>{MENU}{FOOT}</body></html>"


MAINS = {
    "paragraphs": "".join(f"<p>　　{line}</p>" for line in BODY),
    "breaks": "<br/>\n".join(f"&nbsp;&nbsp;{line}" for line in BODY),
    "nested": "".join(f"<div><div><span style='x'>{line[:4]}</span><font>{line[4:]}</font></div></div>" for line in BODY),
    "layout table": f"<table><tr><td>{'<br>'.join(BODY)}</td></tr></table>",
}


@pytest.mark.parametrize("style", MAINS)
def test_the_main_text_is_whole(tmp_path: Path, style: str) -> None:
    found = _read(tmp_path / "a.html", _page(MAINS[style]))
    assert found.text.split("\n") == BODY
    assert (found.hints.title, found.hints.published, found.hints.url) == (
        "2025年虚构市政府工作报告",
        "2025-01-16",
        "https://example.org/gzbg.html",
    )


def test_title_and_date_beside_the_text_stay(tmp_path: Path) -> None:
    main = f"<h1>{BODY[0]}</h1><p>来源：市政府 时间：2025-01-16</p><div>{''.join(f'<p>{line * 6}</p>' for line in BODY[3:])}</div>"
    found = _read(tmp_path / "a.htm", _page(main)).text.split("\n")
    assert found[:2] == [BODY[0], "来源：市政府 时间：2025-01-16"]
    assert not any("栏目" in line or "标识码" in line for line in found)


def test_hidden_parts_and_comments_go(tmp_path: Path) -> None:
    main = MAINS["paragraphs"].replace("</p>", '</p><!-- 注 --><p style="display: none">暗藏的文字，不是正文的一部分，不应读出来。</p>', 2)
    assert _read(tmp_path / "a.html", _page(main)).text.split("\n") == BODY


def test_data_tables_become_rows(tmp_path: Path) -> None:
    table = "<table><tr><th>指标</th><th>目标</th></tr><tr><td>经济增长</td><td>6%</td></tr></table>"
    assert _read(tmp_path / "a.html", _page(MAINS["paragraphs"] + table)).text.endswith("| 指标 | 目标 |\n| 经济增长 | 6% |")


@pytest.mark.parametrize(("declared", "encoding"), [("gb2312", "gb18030"), ("utf-8", "gb18030"), ("gbk", "utf-8"), ("x-unknown", "utf-8")])
def test_declared_encodings_may_be_wrong(tmp_path: Path, declared: str, encoding: str) -> None:
    found = _read(tmp_path / "a.html", _page(MAINS["paragraphs"], declared), encoding)
    if (declared, encoding) != ("gbk", "utf-8"):
        assert found.text.split("\n") == BODY
    else:
        assert BODY[4] in found.text, "a page that says GBK and is UTF-8 is read as UTF-8"


def test_a_saved_web_archive(tmp_path: Path) -> None:
    mht = (
        'MIME-Version: 1.0\nContent-Type: multipart/related; boundary="b"\n\n--b\nContent-Type: text/html; charset="utf-8"\n'
        f"Content-Transfer-Encoding: 8bit\n\n{_page(MAINS['paragraphs'])}\n--b--\n"
    )
    assert _read(tmp_path / "a.mht", mht).text.split("\n") == BODY


def test_a_page_without_text_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text("<html><body><script>1</script></body></html>")
    (item,) = read_file(tmp_path / "a.html", "a.html")
    assert isinstance(item, ReadFailure) and "no main text" in item.reason
