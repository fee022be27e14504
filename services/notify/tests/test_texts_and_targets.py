"""What machines write, where messages may go, and what counts as a receipt."""

import hashlib
from datetime import UTC, datetime, timedelta
from itertools import pairwise, product
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.events.consultation import ProposedWarning
from contracts.events.warning import WarningContent
from contracts.values import WarningLevel
from services.notify.clients import receipt_of, write_file
from services.notify.domain.content import missing_statements
from services.notify.domain.delivery import Dispatch, NotTaken, Taken, message_of
from services.notify.domain.exercise import EXERCISE_MARK, mark, mark_as_drill, texts_of
from services.notify.domain.incident import Incident
from services.notify.domain.refusals import ImplausibleStart
from services.notify.domain.warning import WarningRecord
from services.notify.policy import drafting, sending
from services.notify.policy.sending import Reach, TargetRefused, check_target, last_check
from shared.plan_folder import load_plan

NOW = datetime(2031, 5, 6, 7, 8, tzinfo=UTC)
PLAN = load_plan(Path("plans/fushun"))
INCIDENT = Incident("i-1", "210404", "hazardous_chemicals", "12D02", "液氯{储罐}泄漏", "和平路 1 号")
RULE = PLAN.warnings.auto_draft[0]
LIVE = Reach("live", frozenset({"warn.example"}), has_file_channel=True)


def dispatch(**values):
    defaults = {
        "delivery_id": "d-1",
        "warning_id": "w-1",
        "incident_id": None,
        "kind": "published",
        "attempts": 1,
        "subscriber_id": "s-1",
        "subscriber": "电台",
        "channel": "webhook",
        "target": "http://127.0.0.1:9/x",
        "mode": "live",
        "expires_at": None,
        "message_status": "actual",
    }
    status = values.get("message_status", "actual")
    return Dispatch(**{**defaults, "body": body(status), **values})


def body(status):
    """The message as it goes out, marked in a drill."""
    mode = sending.MODE_OF[status]
    content = mark_as_drill(by_rule().model_copy(update={"measures": ("启动应急预案",)}), mode)
    record = WarningRecord("w-1", "210404", "person", content, NOW, published_at=NOW)
    return message_of(record, "published", status, "").model_dump_json()


def by_rule():
    return drafting.by_rule(PLAN, "210404", "望花区人民政府", RULE, INCIDENT, NOW)


def test_a_rule_s_draft_states_all_that_the_law_asks_for_but_the_measures_a_person_chooses():
    content = by_rule()
    assert missing_statements(content, PLAN.warnings) == ["measures"]
    assert content.headline == "望花区危险化学品泄漏黄色预警[Ⅲ级]"
    assert "液氯{储罐}泄漏" in content.description
    assert content.expires_at - content.starts_at == timedelta(hours=PLAN.warnings.valid_hours.value)


def test_a_conclusion_s_draft_names_issuer_event_level_and_reason():
    proposed = ProposedWarning(level=WarningLevel.RED, area="望花区北部", reason="氯气扩散")
    content = drafting.by_conclusion(PLAN, "210400", "抚顺市人民政府", proposed, INCIDENT, NOW)
    assert content.headline.startswith("抚顺市人民政府发布")
    assert "红色预警[Ⅰ级]" in content.headline
    assert "氯气扩散" in content.description
    assert missing_statements(content, PLAN.warnings) == ["measures"]


def test_in_a_drill_every_text_says_so_once_and_in_live_mode_none_does():
    content = by_rule().model_copy(update={"measures": ("启动应急预案", "措" * 200)})
    twice = mark_as_drill(mark_as_drill(content, "exercise"), "exercise")
    before, after = list(texts_of(content)), list(texts_of(twice))
    assert [name for name, _ in after] == [
        *("headline", "area", "issuer", "description", "instruction", "measures", "measures"),
    ]
    assert [words for _, words in after] == [
        (EXERCISE_MARK + words)[: 200 if name == "measures" else None] for name, words in before
    ]
    assert WarningContent.model_validate(dict(twice)) == twice
    assert mark_as_drill(content, "live") == content
    assert mark(" ", "exercise") == " "


def test_another_level_keeps_the_measures_a_person_chose_and_a_past_start_moves_to_now():
    later = NOW + timedelta(hours=3)
    chosen = by_rule().model_copy(update={"measures": ("启动应急预案",)})
    changed = drafting.with_changes(chosen, "发布单位", {"level": WarningLevel.RED}, None, later)
    assert changed.measures == ("启动应急预案",)
    assert changed.starts_at == later
    assert changed.expires_at - later == timedelta(hours=PLAN.warnings.valid_hours.value)


@pytest.mark.parametrize(
    "start",
    [datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC), NOW + timedelta(days=31)],
)
def test_an_impossible_start_is_refused(start):
    with pytest.raises(ImplausibleStart):
        drafting.with_changes(by_rule(), "发布单位", {"starts_at": start}, None, NOW)


@pytest.mark.parametrize(
    ("channel", "target"),
    [
        ("webhook", "http://127.0.0.1:8080/in"),
        ("webhook", "https://[::1]/in"),
        ("webhook", "http://localhost/in?x=1"),
        ("webhook", "https://WARN.example/in"),
        ("file", "radio/city"),
        ("file", "电台"),
    ],
)
def test_a_safe_target_is_accepted(channel, target):
    check_target(channel, target, LIVE)


@pytest.mark.parametrize(
    ("channel", "target"),
    [
        ("webhook", "ftp://127.0.0.1/in"),
        ("webhook", "file:///etc/passwd"),
        ("webhook", "http://user:secret@127.0.0.1/"),
        ("webhook", "http://127.0.0.1:99999/"),
        ("webhook", "http://[::1/"),
        ("webhook", "http:///in"),
        ("webhook", "http://10.0.0.5/in"),
        ("webhook", "http://127.0.0.1.evil.example/"),
        ("webhook", "http://warn.example.evil.example/"),
        ("webhook", "http://127.0.0.1 @evil.example/"),
        ("webhook", "http://evil.example\\@127.0.0.1/"),
        ("file", "../outside"),
        ("file", "a/../../outside"),
        ("file", "/etc"),
        ("file", "."),
        ("file", ""),
        ("file", "a\\..\\b"),
        ("file", "C:/x"),
        ("file", "a\nb"),
        ("file", ".ssh"),
    ],
)
def test_an_unsafe_target_is_refused(channel, target):
    with pytest.raises(TargetRefused):
        check_target(channel, target, LIVE)


@given(st.text())
def test_no_accepted_path_leads_out_of_the_folder(target):
    try:
        check_target("file", target, LIVE)
    except TargetRefused:
        return
    root = Path("/srv/files")
    assert (root / target).resolve().is_relative_to(root)
    assert (root / target) != root


def test_without_a_folder_there_is_no_file_channel():
    with pytest.raises(sending.NoFileChannel):
        check_target("file", "radio", Reach("live", frozenset(), has_file_channel=False))


@pytest.mark.parametrize(
    ("status", "subscriber", "node"),
    list(product(("actual", "exercise"), ("live", "exercise"), ("live", "exercise"))),
)
def test_drill_and_real_never_meet(status, subscriber, node):
    reach = Reach(node, frozenset(), has_file_channel=True)
    verdict = last_check(dispatch(message_status=status, mode=subscriber), reach, NOW)
    one_world = len({sending.MODE_OF[status], subscriber, node}) == 1
    assert (verdict is None) == one_world


def test_a_target_that_is_no_longer_allowed_is_refused_before_the_wire():
    verdict = last_check(dispatch(target="http://gone.example/"), LIVE, NOW)
    assert verdict
    assert verdict.rule == "unknown_host"


def test_pauses_grow_until_a_delivery_is_given_up():
    tries = [sending.retry_at(n, NOW) for n in range(1, sending.ATTEMPTS + 1)]
    assert tries[-1] is None
    pauses = [at for at in tries if at is not None]
    assert len(pauses) == sending.ATTEMPTS - 1
    assert all(earlier < later for earlier, later in pairwise(pauses))


@pytest.mark.parametrize(
    ("headers", "body", "receipt"),
    [
        ({"receipt-id": "H-1"}, b"", "H-1"),
        ({}, b'{"receipt_id": "B-1"}', "B-1"),
        ({}, b'{"id": 7}', "7"),
        ({}, b"[]", f"sha256:{hashlib.sha256(b'[]').hexdigest()}"),
        ({}, b"ok", f"sha256:{hashlib.sha256(b'ok').hexdigest()}"),
        ({"receipt-id": "x" * 500}, b"", f"sha256:{hashlib.sha256(b'').hexdigest()}"),
    ],
)
def test_the_receipt_is_the_receiver_s_own_or_the_answer_s_hash(headers, body, receipt):
    assert receipt_of(headers, body) == receipt


def test_a_file_is_there_whole_with_its_hash_as_receipt(tmp_path):
    sent = dispatch(channel="file", target="radio/city")
    first, again = write_file(tmp_path, sent), write_file(tmp_path, sent)
    (file,) = (tmp_path / "radio/city").iterdir()
    assert file.read_text(encoding="utf-8") == sent.body
    assert first == again == Taken(f"d-1.json sha256:{hashlib.sha256(sent.body.encode()).hexdigest()}")


def test_a_link_out_of_the_folder_is_not_followed(tmp_path):
    root, outside = tmp_path / "root", tmp_path / "outside"
    root.mkdir()
    outside.mkdir()
    (root / "radio").symlink_to(outside)
    assert isinstance(write_file(root, dispatch(channel="file", target="radio")), NotTaken)
    assert list(outside.iterdir()) == []


def test_a_folder_that_cannot_be_written_is_tried_again_later(tmp_path):
    (tmp_path / "radio").write_text("a file, not a folder")
    assert isinstance(write_file(tmp_path, dispatch(channel="file", target="radio")), NotTaken)
