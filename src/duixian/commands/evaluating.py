"""Evaluating an export on annotated reports."""

from __future__ import annotations

from pathlib import Path

import click

from duixian.analysing.score_table import score_table
from duixian.analysing.tables import Value
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
    shown = [s for s in found if s.rule is None or (rules and s.right + s.wrong >= least)]
    rows = ((*_counts(s), *(None if v is None else round(v, 4) for v in (s.precision, s.recall, s.f1))) for s in shown)
    print_table(score_table("evaluation", rows), form, lang)


def _counts(score: Score) -> tuple[Value, ...]:
    return score.layer, score.decade, score.rule, score.reports, score.right, score.wrong, score.missed


COMMANDS = (evaluate,)
