"""Tables with a text column: JSONL, TSV, XLSX, Parquet, and cut or odd ones."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from duixian.model import Document, ReadFailure
from duixian.reading.formats import Limits, read_file

TEXT = "各位代表：现在，我代表虚构市人民政府，向大会报告工作，请予审议。"


def _texts(path: Path, column: str | None = None) -> list[tuple[str, str]]:
    return [(d.source, d.text if isinstance(d, Document) else d.reason) for d in read_file(path, path.name, column)]


def test_jsonl_takes_the_longest_or_the_named_column(tmp_path: Path) -> None:
    rows = [
        {"年份": 2024, "地区": "虚构市", "note": "短", "正文": TEXT},
        {"年份": 2025, "地区": "虚构市", "note": None, "正文": TEXT + "二"},
    ]
    path = tmp_path / "a.jsonl"
    path.write_text("\n".join(json.dumps(r, ensure_ascii=False) for r in rows) + "\n\n")
    first, second = read_file(path, "a.jsonl")
    assert isinstance(first, Document) and isinstance(second, Document)
    assert (first.text, first.hints.year, first.hints.region) == (TEXT, "2024", "虚构市")
    assert second.source == "a.jsonl#2"
    assert _texts(path, "note") == [("a.jsonl", "短"), ("a.jsonl#2", "empty note")]
    assert "no column '无'" in _texts(path, "无")[0][1]


def test_a_bad_line_costs_only_itself(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text("[" * 100_000 + f'\n{{"full_text": "{TEXT}"}}\n7\n')
    found = _texts(tmp_path / "a.jsonl")
    assert found[1] == ("a.jsonl#2", TEXT) and "line 1" in found[0][1] and "line 3" in found[2][1]


def test_tsv(tmp_path: Path) -> None:
    (tmp_path / "a.tsv").write_text(f"title\tfull_text\n题，一\t{TEXT}\n")
    assert _texts(tmp_path / "a.tsv") == [("a.tsv", TEXT)]


def test_a_csv_cut_inside_a_quoted_field_does_not_pass_for_whole(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(f'title,full_text\n甲,"{TEXT}"\n乙,"{TEXT[:12]}')
    assert _texts(tmp_path / "a.csv")[0] == ("a.csv", TEXT)
    assert "cut off" in _texts(tmp_path / "a.csv")[1][1]
    (tmp_path / "b.csv").write_text(f'title,full_text\n六" 管,{TEXT}\n')
    assert _texts(tmp_path / "b.csv") == [("b.csv", TEXT)], "an inch mark is no open quote"


def test_parquet(tmp_path: Path) -> None:
    pq.write_table(pa.table({"year": [2024, 2025], "body": [TEXT, None]}), tmp_path / "a.parquet")
    assert _texts(tmp_path / "a.parquet") == [("a.parquet", TEXT), ("a.parquet#2", "empty body")]


def _cell(text: str) -> str:
    return f'<c t="inlineStr"><is><t>{text}</t></is></c>'


def _workbook(path: Path, sheets: list[list[list[str]]]) -> None:
    """A workbook with inline texts, as small as the format allows."""
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    numbers = range(1, len(sheets) + 1)
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        relation = f'<Relationship Id="r" Type="{office}/officeDocument" Target="xl/workbook.xml"/>'
        archive.writestr("_rels/.rels", f'<Relationships xmlns="{package}">{relation}</Relationships>')
        links = "".join(f'<Relationship Id="r{n}" Type="{office}/worksheet" Target="worksheets/sheet{n}.xml"/>' for n in numbers)
        archive.writestr("xl/_rels/workbook.xml.rels", f'<Relationships xmlns="{package}">{links}</Relationships>')
        names = "".join(f'<sheet name="表{n}" sheetId="{n}" r:id="r{n}"/>' for n in numbers)
        archive.writestr("xl/workbook.xml", f'<workbook xmlns="{main}" xmlns:r="{office}"><sheets>{names}</sheets></workbook>')
        for n, rows in enumerate(sheets, 1):
            cells = "".join(f'<row r="{i}">{"".join(map(_cell, row))}</row>' for i, row in enumerate(rows, 1))
            archive.writestr(f"xl/worksheets/sheet{n}.xml", f'<worksheet xmlns="{main}"><sheetData>{cells}</sheetData></worksheet>')


def test_workbooks_row_by_row_and_sheet_by_sheet(tmp_path: Path) -> None:
    sheet = [["标题", "全文"], ["题一", TEXT], ["题二", TEXT + "二"]]
    _workbook(tmp_path / "a.xlsx", [sheet, [["全文"], [TEXT + "三"]]])
    assert _texts(tmp_path / "a.xlsx") == [("a.xlsx", TEXT), ("a.xlsx#2", TEXT + "二"), ("a.xlsx#3", TEXT + "三")]
    (first, *_) = read_file(tmp_path / "a.xlsx", "a.xlsx")
    assert isinstance(first, Document) and first.hints.title == "题一"


@pytest.mark.parametrize(("limits", "option"), [(Limits(rows=1), "rows"), (Limits(characters=10), "characters")])
def test_limits_name_their_option(tmp_path: Path, limits: Limits, option: str) -> None:
    (tmp_path / "a.csv").write_text(f"full_text\n{TEXT}\n{TEXT}\n")
    items = list(read_file(tmp_path / "a.csv", "a.csv", limits=limits))
    assert any(isinstance(i, ReadFailure) and f"--limit {option}=N" in i.reason for i in items)
