"""Why something was done: a person's words, or a reason that the program itself gives, as data."""

from typing import Annotated

from pydantic import BaseModel, Field

from contracts.messages import Language, Terms, UnknownMessage, Words, text
from contracts.refusals import Refusal
from contracts.values import Line, Value

LONGEST = 200


class ReasonCode(Value):
    """A reason that the program gives: a key of the catalogue and its values, read in the reader's language."""

    key: Annotated[str, Field(pattern=r"^[a-z_]+(\.[a-z_]+)+$", max_length=100)]
    values: dict[str, str | int | float] = Field(default_factory=dict)

    def in_words(self, language: Language) -> str:
        """The reason as a sentence. Raises UnknownMessage for a key of a newer program."""
        return text(self.key, language, **self.values)[:LONGEST]


Why = str | ReasonCode
"""A person's words, or the program's own reason."""


class Reasoned(BaseModel):
    """What a fact with a reason says of it: always in words, and as data where no person said it."""

    reason: Line
    reason_code: ReasonCode | None = Field(
        default=None, description="where the program itself says why; reason has it in Chinese"
    )


def words_of(why: Why) -> str:
    """The reason in words as they are kept: a person's own, the program's in Chinese."""
    return why if isinstance(why, str) else why.in_words("zh")


def code_of(why: Why) -> ReasonCode | None:
    """The reason as data, None for a person's words."""
    return None if isinstance(why, str) else why


def read_reason(fact: Reasoned, language: Language) -> str:
    """The reason in the reader's language; a person's words, and those of a newer program, as they are."""
    if fact.reason_code is None:
        return fact.reason
    try:
        return fact.reason_code.in_words(language)
    except UnknownMessage:
        return fact.reason


def reason_of_refusal(refusal: Refusal) -> ReasonCode:
    """What a refusal says, as a reason; names that read differently in each language are kept in Chinese."""
    return ReasonCode(key=refusal.KEY, values={name: _plain(value) for name, value in refusal.values.items()})


def _plain(value: object) -> str | int | float:
    if isinstance(value, Words | Terms):
        return value.read("zh")
    return value if isinstance(value, str | int | float) else str(value)
