"""问询: what a call answers to the plan's questions; those that are facts stand among the facts."""

from collections.abc import Mapping

from contracts.events.incident import Answer as Told
from contracts.messages import text
from contracts.plan import Plan
from contracts.plan.intake import Question
from contracts.privacy import mask
from contracts.refusals import RuleViolated
from services.incident.domain.facts import ANSWER, Answer, Known

LINE = 200
"""The longest line an event takes."""


class UnknownQuestion(RuleViolated):
    """The plan has no such question, or it is a fact and belongs among the facts."""

    KEY = "answers.unknown_question"


class NoAnswerToThat(RuleViolated):
    """It is no answer of the question's kind, or none of its options."""

    KEY = "answers.no_answer_to_that"


def checked_answers(answers: Mapping[str, Answer], plan: Plan) -> dict[str, Answer]:
    """The answers, numbers of phones and identity cards masked in words; raises UnknownQuestion, NoAnswerToThat.

    A question of another sector may be answered: the kind of event may have been another one when it was asked.
    """
    return {name: _checked(name, answer, plan.intake.questions) for name, answer in answers.items()}


def _checked(name: str, answer: Answer, questions: Mapping[str, Question]) -> Answer:
    question = questions.get(name)
    if question is None or question.fact is not None:
        asked = [one for one, found in questions.items() if found.fact is None]
        raise UnknownQuestion(f"answers.{name}", "unknown_question", known="、".join(asked) or "—")
    if not _fits(question, answer):
        wanted = "、".join(question.options) or question.answer_kind
        raise NoAnswerToThat(f"answers.{name}", "no_answer_to_that", prompt=question.prompt, wanted=wanted)
    return mask(answer) if isinstance(answer, str) and question.answer_kind == "text" else answer


def _fits(question: Question, answer: Answer) -> bool:
    kind = question.answer_kind
    if isinstance(answer, bool) or kind == "flag":
        return isinstance(answer, bool) and kind == "flag"
    if isinstance(answer, str):
        return (kind == "text" and bool(answer.strip())) or answer in question.options
    return kind == "number" or (kind == "count" and answer >= 0 and answer == int(answer))


def answers_told(answers: Mapping[str, Answer], plan: Plan) -> tuple[Told, ...]:
    """The answers as an event tells them."""
    return tuple(
        Told(question=name, answer=answer, words=in_words(name, answer, plan, "zh"))
        for name, answer in answers.items()
    )


def in_words(name: str, answer: Answer, plan: Plan, language: str) -> str:
    """An answer behind its question; what the plan does not ask any more stands as it is."""
    question = plan.intake.questions.get(name)
    if question is None:
        return f"{name}：{answer}"[:LINE]
    option = question.options.get(str(answer))
    chinese = language == "zh"
    words = (option.name if chinese else option.name_en) if option else _plain(answer, chinese)
    return f"{question.prompt if chinese else question.prompt_en}{'：' if chinese else ': '}{words}"[:LINE]


def unanswered(known: Known, sector: str, event_type: str, plan: Plan) -> list[str]:
    """The required questions of this kind of event that are asked by now and have no answer, in their order."""
    asked = plan.intake.questions
    return [
        name
        for name, question in asked.items()
        if question.required
        and question.is_for(sector, event_type)
        and _is_asked(question, known, asked)
        and _answer(name, question, known) is None
    ]


def _is_asked(question: Question, known: Known, asked: Mapping[str, Question]) -> bool:
    when = question.when
    if when is None:
        return True
    answer = _answer(when.question, asked[when.question], known)
    if when.at_least is not None:
        return answer is not None and not isinstance(answer, str) and answer >= when.at_least
    return answer in when.answers


def _answer(name: str, question: Question, known: Known) -> Answer | None:
    answer: Answer | None = known.says(question.fact or f"{ANSWER}{name}")
    return answer


def _plain(answer: Answer, chinese: bool) -> str:
    if isinstance(answer, bool):
        return text("fact.yes" if answer else "fact.no", "zh" if chinese else "en")
    return f"{answer:g}" if isinstance(answer, float | int) else answer
