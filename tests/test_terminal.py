"""A table on a terminal leaves out what it has no room for, and says so; anywhere else it is whole."""

from __future__ import annotations

import io

import pytest

from duixian.analysing.tables import MISSING, Column, Table
from duixian.serving.render import render

COLUMNS = (
    Column("region", "地区", "region"),
    Column("value", "数值", "value", numeric=True),
    Column("quote", "原文", "sentence", wide=True),
    Column("other", "另一句", "other sentence", wide=True),
)
SENTENCE = "全省地区生产总值预计增长百分之五点五左右"


class Window(io.StringIO):
    """A terminal."""

    def isatty(self) -> bool:
        return True


def printed(table: Table, width: int, monkeypatch: pytest.MonkeyPatch, out: io.StringIO) -> str:
    monkeypatch.setenv("COLUMNS", str(width))
    render(table, "table", "zh", out)
    return out.getvalue()


def test_sentences_that_are_not_there_take_no_room(monkeypatch: pytest.MonkeyPatch) -> None:
    table = Table("t", COLUMNS, (("云陵省", 5.5, f"〔{MISSING}：a.md 1–2〕", SENTENCE), ("澜州省", 6, None, SENTENCE)))
    said = printed(table, 120, monkeypatch, Window())
    assert MISSING not in said and SENTENCE in said and "没放下：原文（" in said
    assert MISSING in printed(table, 120, monkeypatch, io.StringIO())


def test_a_narrow_window_has_fewer_sentences(monkeypatch: pytest.MonkeyPatch) -> None:
    table = Table("t", COLUMNS, (("云陵省", 5.5, SENTENCE, SENTENCE),))
    assert "没放下" not in printed(table, 120, monkeypatch, Window())
    narrow = printed(table, 40, monkeypatch, Window())
    assert "原文" in narrow and "没放下：另一句（" in narrow
    assert "没放下：原文、另一句（" in printed(table, 24, monkeypatch, Window())
    assert printed(table, 24, monkeypatch, io.StringIO()).count(SENTENCE) == 2
