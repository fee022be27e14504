"""What is known about an incident: dated statements, of which the latest known value of each fact holds."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from contracts.facts import Facts

FACTS = tuple(Facts.model_fields)
ANSWER = "answer."
"""What an answer's name begins with, among facts."""
Answer = bool | float | str
"""To a question of the plan that is no fact: yes or no, a number, an option, or words."""
TICK = timedelta(microseconds=1)
CASUALTIES = frozenset({"deaths", "missing", "serious_injuries"})
"""伤亡人数: what 生产安全事故报告和调查处理条例 art. 13 counts within its window; other facts count always."""


@dataclass(frozen=True)
class Statement:
    """Who said what, when; an unknown (None) fact says nothing."""

    facts: Facts
    source: str
    stated_at: datetime
    text: str = ""
    entered_at: datetime | None = None
    report_id: str | None = None
    from_incident: str | None = None
    """It was said of that incident, which is merged into the one where this stands."""
    answers: Mapping[str, Answer] = field(default_factory=dict)

    @property
    def moment(self) -> "Moment":
        """What decides which of two statements holds."""
        return self.stated_at, self.entered_at or self.stated_at


Moment = tuple[datetime, datetime]
"""When something was stated, and when it was entered at the node that took it in."""


@dataclass(frozen=True)
class Known:
    """The facts as they stand, and since when each is known."""

    facts: Facts = field(default_factory=Facts)
    since: Mapping[str, Moment] = field(default_factory=dict)
    answers: Mapping[str, Answer] = field(default_factory=dict)

    def says(self, name: str) -> Any:  # noqa: ANN401 - a fact's or an answer's value
        """What a fact or an answer, by its name, is known as; None: unknown."""
        if name.startswith(ANSWER):
            return self.answers.get(name.removeprefix(ANSWER))
        return getattr(self.facts, name)

    def knowing(self, newly: Mapping[str, Any], since: Mapping[str, Moment]) -> "Known":
        """With other values of facts and answers, by their names, and since when all are known; None: unknown."""
        facts = {name: value for name, value in newly.items() if not name.startswith(ANSWER)}
        told = {name.removeprefix(ANSWER): value for name, value in newly.items() if name not in facts}
        answers = {name: value for name, value in {**self.answers, **told}.items() if value is not None}
        return Known(self.facts.model_copy(update=facts), since, answers)


def learn(known: Known, statement: Statement) -> Known:
    """Take in a statement: a later value replaces an earlier one, an unknown one erases nothing.

    The order in which statements arrive does not matter, only when they were made; of two of the same moment
    the one entered later holds, and of two entered at the same time the graver value.
    """
    newer = {
        name: value for name, value in said(statement).items() if _is_newer(known, name, statement, value)
    }
    if not newer:
        return known
    return known.knowing(newer, {**known.since, **dict.fromkeys(newer, statement.moment)})


def unlearn(known: Known, withdrawn: Iterable[Statement], remaining: Iterable[Statement]) -> Known:
    """Take statements back: a fact that one of them decided is again what the remaining ones say of it.

    What is known and stands in no statement (a level below handed it on) stays.
    """
    held = Known()
    for one in remaining:
        held = learn(held, one)
    decided = {name for one in withdrawn for name in said(one) if known.since.get(name) == one.moment}
    since = {name: moment for name, moment in known.since.items() if name not in decided}
    since |= {name: held.since[name] for name in decided & held.since.keys()}
    return known.knowing({name: held.says(name) for name in decided}, since)


def as_entered(statement: Statement, known: Known, now: datetime) -> Statement:
    """The statement as it is taken in here: entered now, and in any case after all that is known here.

    So a correction holds over what it corrects, also where it was stated for the same minute, and whatever the
    clocks of two nodes show.
    """
    latest = max((moment[1] for moment in known.since.values()), default=now - TICK)
    return replace(statement, entered_at=max(now, latest + TICK))


def facts_that_grade(statements: Iterable[Statement], until: datetime, known: Facts) -> Facts:
    """The facts that grade: of casualties only what was stated before the end of the window.

    When it was entered does not matter. What is known and stands in no statement here (a level below
    handed it on in a snapshot) counts as it is known.
    """
    held, stated = Known(), set[str]()
    for one in statements:
        held = learn(held, one if one.stated_at < until else _without_casualties(one))
        stated |= known_facts(one.facts).keys()
    handed_on = {name: value for name, value in known_facts(known).items() if name not in stated}
    return held.facts.model_copy(update=handed_on)


def _without_casualties(statement: Statement) -> Statement:
    return replace(statement, facts=statement.facts.model_copy(update=dict.fromkeys(CASUALTIES)))


def news(statement: Statement, earlier: Iterable[Statement]) -> Statement:
    """What a record newly says: only the facts in which it differs from what it said itself before.

    A source that sends its old record again says nothing new, so it erases nothing that others have learnt
    since.
    """
    before = Known()
    for one in earlier:
        before = learn(before, one)
    new = {name: value for name, value in said(statement).items() if value != before.says(name)}
    newly = Known().knowing(new, {})
    return replace(statement, facts=newly.facts, answers=newly.answers)


def said(statement: Statement) -> dict[str, Any]:
    """The facts and answers that a statement says, by their names."""
    answers = {f"{ANSWER}{name}": value for name, value in statement.answers.items()}
    return {**known_facts(statement.facts), **answers}


def known_facts(facts: Facts) -> dict[str, Any]:
    """The facts that are known."""
    return {name: value for name in FACTS if (value := getattr(facts, name)) is not None}


def _is_newer(known: Known, name: str, statement: Statement, value: Any) -> bool:  # noqa: ANN401 - as in ``says``
    if name not in known.since or known.since[name] != statement.moment:
        return name not in known.since or known.since[name] < statement.moment
    standing = known.says(name)
    return bool(str(standing) <= str(value) if name.startswith(ANSWER) else standing <= value)
