"""Words as jieba cuts them."""

from __future__ import annotations

import pytest

from duixian.analysing.search_words import borders, words

TEXT = "3.GDP增速。2.5GWh储能，1.2.3节点\n投资2.5%，PM2.5下降。新建5G基站12.6万个、R&D投入提高。"


def test_runs_of_letters_and_dots_are_cut_as_jieba_does() -> None:
    assert words(TEXT)[:6] == ["3", ".", "GDP", "增速", "。", "2.5"]
    jieba = pytest.importorskip("jieba")
    jieba.setLogLevel(60)
    assert words(TEXT) == jieba.lcut(TEXT)


def test_borders_lie_between_words() -> None:
    assert borders("加氢站") >= {0, 3}
    assert "".join(words(TEXT)) == TEXT
