"""Evaluating an export on annotated reports."""

from __future__ import annotations

from pathlib import Path

import click

from duixian.analysing.tables import Column, Table, Value
from duixian.commands.common import fail, formatted, print_table
from duixian.evaluation import Score


@click.command()
@click.argument("export", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option("--gold", required=True, type=click.Path(path_type=Path, exists=True, file_okay=False), help="The folder of annotations.")
@click.option("--corpus", required=True, type=click.Path(path_type=Path, exists=True, file_okay=False), help="The texts they speak of.")
@click.option("--rules", is_flag=True, help="The precision of each rule too.")
@click.option("--least", type=click.IntRange(1), default=5, show_default=True, help="Things a rule must have found to be shown.")
@formatted
def evaluate(export: Path, gold: Path, corpus: Path, rules: bool, least: int, form: str, lang: str) -> None:
    """Score an export (duixian export --format jsonl) on annotated reports: by layer, decade and rule.

    \b
    Example:
      duixian evaluate out --gold gold --corpus corpus --rules
    """
    from duixian.evaluation import evaluate as marks
    from duixian.evaluation import read_export, read_gold, scores

    try:
        found = scores(marks(read_export(export), read_gold(gold, corpus)))
    except (ValueError, OSError) as error:
        fail(str(error))
    columns = (
        Column("layer", "层", "layer"),
        Column("decade", "年代", "decade"),
        Column("rule", "规则", "rule"),
        Column("reports", "报告数", "reports", numeric=True),
        Column("right", "对", "right", numeric=True),
        Column("wrong", "错", "wrong", numeric=True),
        Column("missed", "漏", "missed", numeric=True),
        Column("precision", "精确率", "precision", numeric=True),
        Column("recall", "召回率", "recall", numeric=True),
        Column("f1", "F1", "F1", numeric=True),
    )
    shown = [s for s in found if s.rule is None or (rules and s.right + s.wrong >= least)]
    rows = tuple((*_counts(s), *(None if v is None else round(v, 4) for v in (s.precision, s.recall, s.f1))) for s in shown)
    print_table(Table("evaluation", columns, rows, note=f"{len(rows)} scores"), form, lang)


def _counts(score: Score) -> tuple[Value, ...]:
    return score.layer, score.decade, score.rule, score.reports, score.right, score.wrong, score.missed


COMMANDS = (evaluate,)
