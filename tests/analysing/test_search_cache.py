"""The file of texts beside a generation, and the way from a hit back to the source."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from duixian.analysing.search import search
from duixian.analysing.search_cache import open_texts, words_file
from duixian.analysing.search_query import Word
from duixian.analysing.search_texts import Choice, ReportText, Texts
from duixian.reading.folding import fold
from duixian.reading.repair import repair
from duixian.store import Generation, build, open_store
from duixian.store.folder import Folder

ROOT = Path(__file__).resolve().parent.parent.parent
Plain = tuple[str, str, int, tuple[object, ...], tuple[int, ...], tuple[int, ...]]


def plain(texts: Texts) -> list[Plain]:
    return [(t.report.report_id, t.text, t.words, t.stretches, tuple(t.positions.copy), tuple(t.positions.source)) for t in texts]


@pytest.fixture
def store(sample_store: Path, tmp_path: Path) -> Iterator[Generation]:
    shutil.copytree(sample_store, tmp_path / "a.store")
    with open_store(tmp_path / "a.store") as opened:
        yield opened


def of_copy(store: Generation, text: ReportText) -> tuple[str, int]:
    copy = repair(store.text(text.report.source))
    start = copy.copy_at(text.report.start)
    return copy.text[start : copy.copy_at(text.report.end)], start


def test_texts_are_the_reading_copies(archive: Generation, sample_texts: Texts) -> None:
    assert len(sample_texts) == archive.counts.reports
    for text in sample_texts:
        cut, start = of_copy(archive, text)
        copy = repair(archive.text(text.report.source))
        assert text.text == cut
        for at in range(0, len(cut) - 1, 7):
            end = min(len(cut), at + 1 + at % 23)
            assert text.positions.span(at, end) == copy.span(start + at, start + end)
            assert text.positions.back(copy.source_start(start + at)) == copy.copy_at(copy.source_start(start + at)) - start


def test_stretches_are_the_sections_of_the_store(archive: Generation, sample_texts: Texts) -> None:
    sections = archive.table("sections")
    for text in sample_texts:
        rows = sections.filter(report_id=text.report.report_id, source=text.report.source)
        assert text.stretches[0].start == 0
        assert text.stretches[-1].end == len(text.text)
        assert {s.role for s in text.stretches} <= set(rows["role"]) | {"front"}


@pytest.mark.parametrize("word", ["发展", "增长", "民生", "项目"])
def test_every_hit_leads_to_its_place_in_the_source(archive: Generation, sample_texts: Texts, word: str) -> None:
    hits = [h for f in search(sample_texts, Word(word), Choice(editions=True)) for h in f.hits]
    assert hits
    for hit in hits:
        assert repair(archive.text(hit.report.source, *hit.source_span)).text == word
        sentence = archive.text(hit.report.source, *hit.sentence_span)
        assert word in repair(sentence).text
        assert "。" not in fold(sentence).rstrip("。！？”’）」\n ")


def test_the_file_is_made_once_and_again_when_it_is_damaged(store: Generation) -> None:
    file = words_file(Folder(store.path), store.number)
    file.unlink(missing_ok=True)
    first = plain(open_texts(store))
    made = file.stat().st_mtime_ns
    assert plain(open_texts(store)) == first
    assert file.stat().st_mtime_ns == made
    for damage in (b"", b"ARROW1 no more", file.read_bytes()[:-100]):
        file.write_bytes(damage)
        assert plain(open_texts(store)) == first
        assert len(file.read_bytes()) > 1000


def test_without_a_place_to_write_the_texts_stay_in_memory(store: Generation, sample_texts: Texts) -> None:
    file = words_file(Folder(store.path), store.number)
    file.unlink(missing_ok=True)
    file.mkdir()
    assert plain(open_texts(store)) == plain(sample_texts)
    assert not list(file.parent.glob("*tmp*"))


def test_a_later_generation_takes_known_texts_from_the_file_before(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(ROOT / "samples", tmp_path / "in")
    new = sorted((tmp_path / "in").rglob("*.md"))[0]
    text = new.read_text(encoding="utf-8")
    new.unlink()
    build([tmp_path / "in"], tmp_path / "a.store", workers=1)
    with open_store(tmp_path / "a.store") as before:
        open_texts(before)
    new.write_text(text, encoding="utf-8")
    build([tmp_path / "in"], tmp_path / "a.store", workers=1)
    repaired: list[str] = []

    def counted(source: str) -> object:
        repaired.append(source)
        return repair(source)

    monkeypatch.setattr("duixian.analysing.search_cache.repair", counted)
    with open_store(tmp_path / "a.store") as after:
        assert after.number == 2
        found = plain(open_texts(after))
        assert repaired == [text]
        words_file(Folder(after.path), 1).unlink()
        words_file(Folder(after.path), 2).unlink()
        assert plain(open_texts(after)) == found


def test_texts_below_a_place(sample_texts: Texts) -> None:
    province = next(t.report.region_id for t in sample_texts if t.report.level == "province")
    below = sample_texts.chosen(Choice(places=frozenset({province})))
    assert {t.report.level for t in below} > {"province"}
    assert len(below) < len(sample_texts)
