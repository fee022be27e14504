"""``consultations.md`` beside every plan: the consultation matrix as people read it, saying what is to confirm."""

from collections.abc import Iterable, Iterator, Sequence

from contracts.messages import text
from contracts.plan import Plan
from contracts.values import Grade

PAGE = "consultations.md"


def page(plan: Plan) -> str:
    """The matrix of one plan: who takes the chair by grade, and who joins at which grade, by sector."""
    still_open = [slug for slug, rule in plan.consultations.matrix.items() if rule.to_confirm]
    parts = [
        f"# {text('matrix.title', 'zh', plan=plan.name)}",
        text("matrix.generated", "zh"),
        text("matrix.to_confirm", "zh", count=len(still_open), all=len(plan.consultations.matrix)),
        "\n".join(_table(_head(plan), _rows(plan))),
    ]
    return "\n\n".join(parts) + "\n"


def _head(plan: Plan) -> Sequence[str]:
    return (text("matrix.sector", "zh"), *(plan.grades[grade].name for grade in Grade))


def _rows(plan: Plan) -> Iterator[Sequence[str]]:
    chairs = plan.consultations.chairs
    yield (text("matrix.chair", "zh"), *(_with_mark(chairs[g].office, chairs[g].to_confirm) for g in Grade))
    for slug, sector in plan.sectors.items():
        rule = plan.consultations.matrix[slug]
        joining = (rule.departments.get(grade, ()) for grade in Grade)
        names = ("、".join(plan.departments[one].name for one in departments) for departments in joining)
        yield (_with_mark(sector.name, rule.to_confirm), *names)


def _with_mark(words: str, to_confirm: bool) -> str:
    return f"{words}（{text('matrix.mark', 'zh')}）" if to_confirm else words


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    for row in (head, ["---"] * len(head), *rows):
        yield f"| {' | '.join(row)} |"
