"""What the next report says of one member of a promise: the best clause, what it proves, and why."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

from duixian.registry.answers import ActWords, answer_words
from duixian.registry.indicators import indicator_table
from duixian.registry.units import digits
from duixian.settling.followups.answers import AnswerText, Clause
from duixian.settling.followups.compare import compare, same_measure, shown
from duixian.settling.followups.grams import core, grams, name_of, plain, rarity_of
from duixian.settling.followups.members import GENERAL_NAME, Member
from duixian.settling.followups.records import Quantity
from duixian.settling.followups.stages import stage_at, stage_of

State = Literal["reached", "part", "short", "other", "planned"]
_RESULTS: Final = ("review", "term", "problems")
_LEAST_SHARED: Final = 0.25  # share of a name's weight in shared pairs below which a clause is no candidate
_FIGURE_LIKE: Final = 0.57  # likeness from which a figure answers
_OTHER_LIKE: Final = 0.72  # likeness from which a figure of another measure answers
_NAME_LIKE: Final = 0.72  # share of a name from which a clause speaks of it
_FULL_NAME: Final = 0.8  # share from which a mention without a result counts
_NEARLY_ALL: Final = 0.92  # share from which the last characters may differ
_PLAN_LIKE: Final = 0.82
_OTHER_HEAD: Final = 0.1  # less likeness where the last characters differ
_SAME_NAME: Final = 0.95
_SHORT_NAME: Final = 3  # characters without which a thing has no name of its own
_STARTED: Final = 1
_BUILT: Final = 4  # the stage from which a work is there
_SIZE: Final = re.compile(r"([\d.]*)(百亿元|十亿元|亿元|千万元|百万元|万元|亿美元|万美元)(?:及)?以[上下]")  # "5亿元以上"
_SAME_VERB: Final = 0.05
_BROKEN: Final = 0.7  # of the characters of a name, against its unbroken pairs
_OTHER_COUNTED: Final = 0.15
_COUNTED: Final = re.compile(r"(?!以|左右|的?[^\u4e00-\u9fff]|[，、。]|和|及)[\u4e00-\u9fff]{2,}")  # "重点项目" behind "8个", not "以上"
_NAMED: Final = 0.6  # share of a name from which a clause needs none before it
_PARTS_LIKE: Final = 0.85
_ALL: Final = 100.0
_RARE_VERB: Final = 0.025  # for each point of rarity above the common ones
_COMMON: Final = 5.0
_SAME_QUOTED: Final = 0.3
_QUOTED_MENTION: Final = 0.1
_WHOLE_NAME: Final = 0.85  # share of a name from which the next clause is about it
_TRIED: Final = 20  # candidates looked at
_PIECE: Final = re.compile(r"[、，。；：]|[和与及](?=\d)|(?<=\d[\u4e00-\u9fff])[和与及](?![美谐平])")  # ends a list member: "村5个和"


@dataclass(frozen=True, slots=True)
class Evidence:
    """A clause that answers a member."""

    clause: Clause
    state: State
    score: float
    why: str
    start: int  # of the answer, in the source text
    end: int


def evidence(member: Member, text: AnswerText, year: int) -> Evidence | None:
    """The strongest answer to a member; none where the report is silent.

    Args:
        member: what was promised.
        text: the answering report.
        year: the year it was promised for.
    """
    clauses = _candidates(member, text)
    found = list(_figures(member, clauses, text, year)) if member.figure else list(_mentions(member, clauses, text))
    if not found and member.figure is not None and member.figure.indicator:
        found = list(_same_indicator(member, text, year))
        if whole := _by_parts(member, text, year):
            found.append(whole)
    return max(found, key=lambda e: (_RANK[e.state], e.score, -e.clause.at), default=None)


def _candidates(member: Member, text: AnswerText) -> list[tuple[float, Clause]]:
    """The clauses that hold most of a name, with the share they hold; those of the new plan only for things without a figure."""
    least = _LEAST_SHARED * member.name.weight
    likely = [
        (member.name.share_in(clause.pairs), clause)
        for at, w in text.sharing(member.name.pairs).items()
        if w >= least and ((clause := text.clauses[at]).part in _RESULTS or member.figure is None)
    ]
    return sorted(likely, key=lambda c: (-c[0], c[1].at))[:_TRIED]


_RANK: Final = {"reached": 3, "short": 3, "part": 2, "other": 1, "planned": 0}


# -- figures -----------------------------------------------------------------------------------------------------------
def _figures(member: Member, clauses: list[tuple[float, Clause]], text: AnswerText, year: int) -> Iterator[Evidence]:
    goal = member.figure
    assert goal is not None
    for share, clause in clauses:
        if clause.part not in _RESULTS:
            continue
        for figure in clause.figures:
            if figure.role == "actual" and (found := _judged(member, goal, figure, share, clause, text, year)):
                yield found
        if share >= _WHOLE_NAME and not clause.figures and (why := _whole(goal, clause)):
            yield Evidence(clause, "reached", share, why, clause.start, clause.end)
        following = text.after(clause)
        if share >= _WHOLE_NAME and following and not _numeric(clause):
            for figure in following.figures[:2]:
                if (
                    figure.role == "actual"
                    and not figure.indicator
                    and (same_measure(goal, figure) or _is_stock_of(member, figure, following))
                ):
                    yield _settled(member, goal, figure, 0.7, following, text, year, clause.start)


def _whole(goal: Quantity, clause: Clause) -> str | None:
    """The words by which a clause without a figure says that the whole was done: 任务全部完成; of a hundred per cent: 全覆盖."""
    words = answer_words()
    if done := words.whole.search(clause.text):
        return f"{done[0]}, without a figure"
    if goal.unit == "%" and goal.low == _ALL and (done := words.full.search(clause.text)):
        return done[0]
    return None


def _numeric(clause: Clause) -> bool:
    return any(f.low is not None and f.value_kind != "rank" for f in clause.figures)


def _is_stock_of(member: Member, figure: Quantity, clause: Clause) -> bool:
    """Whether a figure without a name of its own tells the level of what the clause before names."""
    return figure.value_kind == "level" and answer_words().stock.match(clause.text) is not None


def _same_indicator(member: Member, text: AnswerText, year: int) -> Iterator[Evidence]:
    goal = member.figure
    assert goal is not None
    subject = _subject(goal)
    near = answer_words().neighbours.get(subject or "", frozenset())
    for clause in text.clauses:
        if clause.part not in _RESULTS:
            continue
        for figure in clause.figures:
            other = _subject(figure) if figure.role == "actual" else None
            if subject and other == subject:
                yield _settled(member, goal, figure, 1.0, clause, text, year)
            elif other in near and figure.value_kind != "rank":
                why = f"a neighbour instead: {figure.name} {shown(figure)}"
                like = 0.6 + 0.1 * same_measure(goal, figure) + 0.05 * (figure.period == str(year))
                yield Evidence(clause, "other", like, why, min(clause.start, figure.start), clause.end)


def _by_parts(member: Member, text: AnswerText, year: int) -> Evidence | None:
    """A whole that is told by its parts only (incomes of town and country for all incomes): reached or short where all parts are."""
    goal = member.figure
    assert goal is not None
    wanted = answer_words().parts.get(_subject(goal) or "", frozenset())
    found: dict[str, tuple[Clause, Quantity]] = {}
    for clause in text.clauses:
        for figure in clause.figures if wanted and clause.part == "review" else ():
            part = _subject(figure)
            if part in wanted and figure.role == "actual" and figure.value_kind == goal.value_kind and part is not None:
                found.setdefault(part, (clause, figure))
    if not wanted or set(found) != wanted:
        return None
    results = [compare(goal, figure, year, stock=member.stock, growth=text.growth) for _, figure in found.values()]
    relations = {r.relation for r in results}
    state: State = results[0].relation if len(relations) == 1 else "other"
    clause, figure = next(iter(found.values()))
    why = ", ".join(f"{f.name}: {r.why}" for (_, f), r in zip(found.values(), results, strict=True))
    return Evidence(clause, state, _PARTS_LIKE, why, min(clause.start, figure.start), clause.end)


def _judged(member: Member, goal: Quantity, figure: Quantity, share: float, clause: Clause, text: AnswerText, year: int) -> Evidence | None:
    like = _likeness(member, goal, figure, share, clause)
    if like < (_FIGURE_LIKE if same_measure(goal, figure) else _OTHER_LIKE):
        return None
    return _settled(member, goal, figure, like, clause, text, year)


def _settled(
    member: Member, goal: Quantity, figure: Quantity, like: float, clause: Clause, text: AnswerText, year: int, start: int | None = None
) -> Evidence:
    state: State = "other"
    why = _incomparable(member, goal, figure, clause, text)
    if why is None:
        whole = member.stock and not answer_words().added.search(clause.text) and not answer_words().term.search(clause.text)
        result = compare(goal, figure, year, stock=whole, growth=text.growth)
        state, why = result.relation, result.why
        if goal.comparator == "qual" and goal.hedge and goal.hedge[-2:] in clause.text:
            state, why = "reached", goal.hedge
    bonus = 0.1 * same_measure(goal, figure) + 0.05 * (figure.period == str(year)) + 0.05 * (clause.part == "review")
    bonus -= 0.1 * (figure.value_kind == "rank")
    if start is None:  # where the clause lacks the name, the answer begins with the clause that holds it
        named = member.name.share_in(grams(clause.text)) >= _NAMED
        start = clause.start if named else min(clause.start, figure.start)
    return Evidence(clause, state, like + bonus, why, start, clause.end)


def _likeness(member: Member, goal: Quantity, figure: Quantity, share: float, clause: Clause) -> float:
    """How surely a figure is about the same thing, from 0 to 1."""
    mine, its = _subject(goal), _subject(figure)
    if mine and its:
        return 1.0 if mine == its else 0.0
    its_name = name_of(core(plain(figure.name)))
    piece = _around(figure, clause)
    around = its_name.pairs | grams(piece)
    if _other_level(member.name.text, its_name.text + piece) or _other_size(member.verb, piece or clause.text):
        return 0.0
    covered = _BROKEN * member.name.share_in(around) + (1 - _BROKEN) * member.name.unbroken_in(around)
    exact = its_name.share_in(member.name.pairs)
    if mine and min(covered, exact) < _SAME_NAME:
        return 0.0  # a look-alike of an indicator that the registry tells apart
    if member.name.weight < GENERAL_NAME:
        return 0.0  # a word as general as 项目
    head = 0.0 if its_name.text[-1:] == member.name.text[-1:] else _OTHER_HEAD
    return 0.5 * covered + 0.2 * share + 0.3 * exact - head - _counts_other(member, figure, clause) + _hints(member, clause)


def _counts_other(member: Member, figure: Quantity, clause: Clause) -> float:
    """Less likeness where what is counted stands behind the number and is something else: 机构为8个项目."""
    written = f"{digits(figure.low)}{figure.unit or ''}" if figure.low is not None else ""
    at = clause.text.find(written) if figure.unit else -1
    if at < 0:
        return 0.0
    counted = _COUNTED.match(clause.text, at + len(written))
    return _OTHER_COUNTED if counted and not grams(counted[0]) & member.name.pairs else 0.0


def _hints(member: Member, clause: Clause) -> float:
    """What speaks for a clause beside the name: the promise's own verb, the rarer the more, and a name in quotation marks."""
    verb = member.lead[-2:] if len(member.lead) > 1 else ""
    same = _SAME_VERB + _RARE_VERB * max(0.0, rarity_of(verb) - _COMMON) if verb and verb in clause.text else 0.0
    return same + _SAME_QUOTED * any(q in clause.text for q in member.quoted)


def _around(figure: Quantity, clause: Clause) -> str:
    """The list member in which a figure stands."""
    written = digits(figure.low) if figure.low is not None else ""
    at = clause.text.find(written) if written else -1
    if at < 0:
        return ""
    first = max((m.end() for m in _PIECE.finditer(clause.text, 0, at)), default=0)
    stop = _PIECE.search(clause.text, at)
    return clause.text[first : stop.start() if stop else len(clause.text)]


def _other_level(mine: str, its: str) -> bool:
    """Whether two names are of different levels of government: 省级园区 and 国家级园区."""
    known = answer_words().levels
    a, b = ({i for i, level in enumerate(known) if level.search(text)} for text in (mine, its))
    return bool(a) and bool(b) and not a & b


def _other_size(mine: str, its: str) -> bool:
    """Whether two texts count things above different sizes: 5亿元以上 and 1亿元以上."""
    a, b = ({(m[1] or "1") + m[2] for m in _SIZE.finditer(text)} for text in (mine, its))
    return bool(a) and bool(b) and not a & b


def _subject(figure: Quantity) -> str | None:
    return indicator_table().indicators[figure.indicator].subject if figure.indicator else None


def _incomparable(member: Member, goal: Quantity, figure: Quantity, clause: Clause, text: AnswerText) -> str | None:
    """Why two figures of one measure don't compare: another basis, a stock for an addition, an addition for a stock."""
    words = answer_words()
    before = text.before(clause)
    if words.basis.search(clause.text) or (before and words.basis.search(before.text)):
        return f"other basis: {shown(figure)}"
    if goal.indicator and set(words.scopes.findall(plain(goal.name))) - set(words.scopes.findall(plain(figure.name) + clause.text)):
        return f"other scope: {figure.name} {shown(figure)}"
    if goal.value_kind != "level" or goal.indicator or not same_measure(goal, figure):
        return None
    if member.stock and words.added.search(clause.text) and not words.stock.search(clause.text):
        return f"an addition for a level: {shown(figure)}"
    if not member.stock and words.flow.search(member.verb) and words.stock.search(clause.text):
        if words.added.search(clause.text) or (len(member.lead) > 1 and member.lead[-2:] in clause.text):
            return None
        return f"a stock for an addition: {shown(figure)}"
    return None


# -- named things ------------------------------------------------------------------------------------------------------
def _mentions(member: Member, clauses: list[tuple[float, Clause]], text: AnswerText) -> Iterator[Evidence]:
    if member.name.weight < GENERAL_NAME or len(member.name.text) < _SHORT_NAME:
        return
    title = answer_words().acts[0].verbs
    least = _FULL_NAME if title is not None and title.search(member.lead) else _NAME_LIKE  # titles differ by a word
    for share, clause in clauses:
        like = 0.6 * share + 0.4 * member.name.unbroken_in(clause.pairs)
        head = member.name.text[-2:] in clause.text
        if like < _NEARLY_ALL and not head:
            continue  # another thing of the same place
        like += _QUOTED_MENTION * any(q in clause.text for q in member.quoted)
        if _other_level(member.name.text, clause.text):
            continue
        if clause.part in _RESULTS and like >= least:
            progress = _progress(member, clause, text)
            if progress is not None and (progress[0] != "other" or like >= _FULL_NAME):
                state, why = progress
                yield Evidence(clause, state, like + 0.05 * (clause.part == "review"), why, clause.start, clause.end)
        elif clause.part == "plan" and like >= _PLAN_LIKE and head and _same_act(member, clause):
            yield Evidence(clause, "planned", like, "stands only in the new plan", clause.start, clause.end)


def _progress(member: Member, clause: Clause, text: AnswerText) -> tuple[State, str] | None:
    """How far a clause says that a named thing has come; none where it only names it."""
    words = answer_words()
    stage, verb = stage_at(member.name.pairs, clause, text)
    act = _act_of(member)
    done = act.done.search(clause.text)
    if member.stage is not None and member.stage > 0 and act.verbs is None:
        if stage is None or stage == 0:
            return ("reached", done[0]) if done else _named_only(member, clause)
        if "或" in clause.text:
            return "other", f"{verb} or another"
        return ("reached", verb) if stage >= member.stage else ("part", f"only {verb}")
    if done:
        weak = words.weak.search(clause.text) and not words.weak.search(member.verb)
        return ("part" if weak else "reached"), done[0]
    if stage is not None and stage >= _BUILT:
        return "reached", verb
    return _named_only(member, clause)


def _act_of(member: Member) -> ActWords:
    if stage_of(member.lead) == _STARTED:
        return answer_words().acts[-1]  # 启动创建 promises a start, not the title
    return next(a for a in answer_words().acts if a.verbs is None or a.verbs.search(member.lead))


def _same_act(member: Member, clause: Clause) -> bool:
    """Whether a plan holds the promised act itself: a plan, a title or an event may be named for other reasons, a work hardly."""
    verbs = _act_of(member).verbs
    return verbs is None or verbs.search(clause.text) is not None


def _named_only(member: Member, clause: Clause) -> tuple[State, str] | None:
    """A clause that speaks of the same act without its result."""
    verb, acts = member.lead[-2:], _act_of(member).verbs
    same = (len(verb) > 1 and verb in clause.text) or (acts is not None and acts.search(clause.text) is not None)
    known = same or answer_words().stage.search(clause.text) is not None
    return ("other", "named without a result") if known else None
