"""Cheap looks that stand before costly patterns: none may hide what the pattern behind it would find."""

from __future__ import annotations

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from duixian.extracting.shapes import DATE_ENDS, DATED
from duixian.reading.copy import ReadingCopy
from duixian.reading.repair import DAMAGE, damage
from duixian.registry.indicators import indicator_table
from duixian.registry.roles import role_rules

HARM = st.text(st.sampled_from("增长12.5%$？□\ufffd锟斤拷àÿ。，；、"), max_size=24)
DATES = st.lists(
    st.sampled_from(("2021年", "去年", "目前", "现在", "“十四五”", "末", "期末", "上年同期", "初", "前", "的", "改革开放前30年", "上五年"))
)


@settings(deadline=None)
@given(HARM)
def test_no_damage_is_hidden(text: str) -> None:
    found = {(m.start(), m.end()) for rule in DAMAGE for m in rule.pattern.finditer(text)}
    assert {(d.start, d.end) for d in damage(ReadingCopy(text, ()), 0, len(text))} == (found if text else set())


@settings(deadline=None)
@given(DATES)
def test_no_date_before_a_number_is_hidden(words: list[str]) -> None:
    text = "".join(words)
    assert not DATED.search(text) or text[-1] in DATE_ENDS


@settings(deadline=None)
@given(st.data())
def test_every_anchor_is_found_inside_others_too(data: st.DataObject) -> None:
    rules = role_rules(2024)
    anchors = sorted({anchor for cue in rules.sentence_cues for anchor in cue.anchors})
    text = "".join(data.draw(st.lists(st.sampled_from(anchors), min_size=1, max_size=4)))
    found = {(at, n) for anchor, at, _ in rules.anchors.find_matches_as_indexes(text, overlapping=True) for n in rules.anchored[anchor]}
    wanted = {
        (m.start(), n)
        for n, cue in enumerate(rules.sentence_cues)
        for anchor in cue.anchors
        for m in re.finditer(f"(?={re.escape(anchor)})", text)
    }
    assert found == wanted


@settings(deadline=None)
@given(st.data())
def test_every_name_that_ends_a_phrase_is_found(data: st.DataObject) -> None:
    table = indicator_table()
    phrase = data.draw(st.sampled_from(["", "全市", "推动", "人均"])) + data.draw(st.sampled_from(sorted(table.names)))
    listed = {(start, table.names[phrase[start:]]) for start in range(len(phrase) - 1) if phrase[start:] in table.names}
    assert listed <= {(named.start, named.subject) for named in table.find(phrase)}
