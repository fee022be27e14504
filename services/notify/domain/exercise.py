"""A drill says so in every text a person reads, and nothing real says it: no reader takes one for the other."""

from collections.abc import Iterator

from contracts.events.warning import WarningContent
from contracts.topics import Mode
from services.notify.domain.refusals import SaysExercise

EXERCISE_MARK = "【演练】"
"""Every text of a drill begins with it."""
EXERCISE_WORD = "演练"
"""No text of real life has it anywhere."""
LINE = 200

_PROSE = ("description", "instruction")
_LINES = ("headline", "area", "issuer")
_LISTS = ("measures",)


def texts_of(content: WarningContent) -> Iterator[tuple[str, str]]:
    """(field, words) of everything in a warning that a person reads and that is not blank."""
    said = [(name, getattr(content, name)) for name in (*_LINES, *_PROSE)]
    said += [(name, words) for name in _LISTS for words in getattr(content, name)]
    return ((name, words) for name, words in said if words.strip())


def mark_as_drill(content: WarningContent, mode: Mode) -> WarningContent:
    """In a drill every text says so, first of all; in live mode the content as it is."""
    if mode != "exercise":
        return content
    changes: dict[str, object] = {name: mark(getattr(content, name), mode) for name in _PROSE}
    changes |= {name: mark(getattr(content, name), mode)[:LINE] for name in _LINES}
    changes |= {name: tuple(mark(one, mode)[:LINE] for one in getattr(content, name)) for name in _LISTS}
    return content.model_copy(update=changes)


def mark(words: str, mode: Mode) -> str:
    """The words with the mark of a drill in front, once; blank stays blank."""
    if mode != "exercise" or not words.strip() or words.startswith(EXERCISE_MARK):
        return words
    return EXERCISE_MARK + words


def without_mark(words: str) -> str:
    """The words without the mark of a drill."""
    return words.removeprefix(EXERCISE_MARK)


def fits(words: str, mode: Mode) -> bool:
    """Whether a text may be read in this mode: a drill's is marked or blank, a real one never speaks of a drill."""
    if mode == "exercise":
        return not words.strip() or words.startswith(EXERCISE_MARK)
    return EXERCISE_WORD not in words


def require_fit(content: WarningContent, mode: Mode) -> None:
    """Raise SaysExercise for the first text of a real warning that speaks of a drill."""
    for field, words in texts_of(content):
        require_fit_words(field, words, mode)


def require_fit_words(field: str, words: str, mode: Mode) -> None:
    """Raise SaysExercise for a real text that speaks of a drill; a drill's own are marked."""
    if mode != "exercise" and not fits(words, mode):
        raise SaysExercise(field, EXERCISE_WORD)
