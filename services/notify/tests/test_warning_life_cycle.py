"""The life of a warning: which commands are possible when, and by whom."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.events.warning import WarningContent
from contracts.refusals import Refusal, RefusedTransition, StaleVersion
from contracts.values import WarningLevel
from services.notify.domain import warning as domain
from services.notify.domain.content import missing_statements, require_statements
from services.notify.domain.exercise import EXERCISE_MARK
from services.notify.domain.refusals import AlreadyExpired, MissingStatements, SamePerson
from services.notify.domain.warning import TRANSITIONS, Person, WarningRecord, WarningStatus
from shared.plan_folder import load_plan

NOW = datetime(2031, 5, 6, 7, 8, tzinfo=UTC)
RULES = load_plan(Path("plans/fushun")).warnings
CONTENT = WarningContent(
    sector="hazardous_chemicals",
    event_type="12D02",
    level=WarningLevel.ORANGE,
    headline="橙色预警",
    description="泄漏",
    instruction="撤离",
    area="和平街道",
    area_codes=("210404",),
    starts_at=NOW,
    expires_at=NOW + timedelta(hours=12),
    measures=("启动应急预案",),
    issuer="望花区人民政府",
)
A, B, C, D = (Person(subject, subject.upper()) for subject in "abcd")
COMMANDS = {
    "adopt": lambda record, by: domain.adopt(record, by, CONTENT),
    "revise": lambda record, by: domain.revise(record, by, CONTENT),
    "drop": lambda record, by: domain.drop(record, by, "不需要", NOW),
    "review": lambda record, by: domain.review(record, by, RULES, NOW),
    "sign": lambda record, by: domain.sign(record, by, RULES, NOW),
    "return": lambda record, by: domain.send_back(record, by, "改", NOW),
    "publish": lambda record, by: domain.publish(record, by, RULES, NOW),
    "cancel": lambda record, by: domain.cancel(record, by, "结束", NOW),
}
ENDS = {WarningStatus.CANCELLED, WarningStatus.DROPPED}


def proposed(content=CONTENT, **values):
    return WarningRecord("w-1", "210404", "plan_rule", content, NOW, **values)


@pytest.mark.parametrize("status", WarningStatus)
@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_succeeds_exactly_where_the_table_has_it(status, command):
    record = proposed(status=status, authors=(A,), reviewer=B, signer=C)
    if target := TRANSITIONS.get((status, command)):
        changed, fact = COMMANDS[command](record, D)
        assert (changed.status, changed.version) == (target, 2)
        assert fact.subject == "w-1"
    else:
        with pytest.raises(RefusedTransition) as refused:
            COMMANDS[command](record, D)
        assert refused.value.values["state"].codes == (status,)


def test_the_table_uses_every_command_and_every_status():
    assert {command for _, command in TRANSITIONS} == set(COMMANDS)
    assert {status for status, _ in TRANSITIONS} == set(WarningStatus) - ENDS


@given(st.lists(st.tuples(st.sampled_from(sorted(COMMANDS)), st.sampled_from([A, B, C, D])), max_size=25))
def test_whatever_people_try_a_signed_warning_has_three_of_them(steps):
    record = proposed()
    for command, by in steps:
        before = record
        try:
            record, _ = COMMANDS[command](record, by)
        except Refusal:
            assert record == before
            continue
        assert record.version == before.version + 1
        if record.status in {WarningStatus.SIGNED, WarningStatus.PUBLISHED, WarningStatus.CANCELLED}:
            people = [*record.authors, record.reviewer, record.signer]
            assert len({person.subject for person in people if person}) == len(people) >= 3


@given(*[st.sampled_from("abcd")] * 3)
def test_a_name_does_not_make_another_person(author, reviewer, signer):
    def attempt():
        record, _ = domain.draft(proposed(), Person(author, "甲"))
        record, _ = domain.review(record, Person(reviewer, "乙"), RULES, NOW)
        return domain.sign(record, Person(signer, "丙"), RULES, NOW)

    if len({author, reviewer, signer}) == 3:
        assert attempt()[0].status is WarningStatus.SIGNED
    else:
        with pytest.raises(SamePerson):
            attempt()


def test_who_only_revised_a_draft_is_its_author_too():
    record, _ = domain.draft(proposed(), A)
    record, _ = domain.revise(record, B, CONTENT)
    with pytest.raises(SamePerson):
        domain.review(record, A, RULES, NOW)
    with pytest.raises(SamePerson):
        domain.review(record, B, RULES, NOW)


def test_a_returned_warning_is_reviewed_and_signed_anew():
    record = proposed(status=WarningStatus.SIGNED, authors=(A,), reviewer=B, signer=C)
    returned, _ = domain.send_back(record, C, "范围有误", NOW)
    assert (returned.status, returned.reviewer, returned.signer) == (WarningStatus.DRAFTED, None, None)


@given(st.sets(st.sampled_from(["event_type", "area", "instruction", "measures", "issuer"]), min_size=1))
def test_each_missing_statement_is_named(blanked):
    blanks = {"measures": ()} | dict.fromkeys(("event_type", "area", "instruction", "issuer"), "  ")
    content = CONTENT.model_copy(update={name: blanks[name] for name in blanked})
    with pytest.raises(MissingStatements) as refused:
        require_statements(content, RULES)
    assert set(refused.value.field.split(",")) == blanked
    assert "第六十四条" in str(refused.value.values["article"])


def test_the_mark_of_a_drill_alone_states_nothing():
    assert missing_statements(CONTENT.model_copy(update={"instruction": EXERCISE_MARK}), RULES) == [
        "cautions"
    ]


def test_a_warning_whose_period_is_over_is_not_published():
    record = proposed(status=WarningStatus.SIGNED)
    with pytest.raises(AlreadyExpired):
        domain.publish(record, A, RULES, CONTENT.expires_at)


def test_a_command_on_an_older_version_is_stale():
    with pytest.raises(StaleVersion):
        domain.at_version(proposed(version=3), 2)
    assert domain.at_version(proposed(version=3), 3) == domain.at_version(proposed(version=3), None)


def test_the_all_clear_names_the_warning_and_keeps_the_mark_in_front():
    assert domain.cancel_headline("橙色预警") == "解除：橙色预警"
    assert domain.cancel_headline(EXERCISE_MARK + "预" * 196).startswith(EXERCISE_MARK + "解除：预")
    assert len(domain.cancel_headline("预" * 200)) == 200
