"""Which answers take the place of the message whose button was pressed."""

import json
from dataclasses import replace
from datetime import UTC, datetime

from api.jobs.answering import in_its_place
from api.store.arrival_codec import dump_part, load_part
from bot.channels.base import Arrival, Part
from bot.messages import Outcome, OutcomeFamily, Paragraph, Reply

NOW = datetime(2026, 11, 22, tzinfo=UTC)
PRESS = Arrival("telegram", "1", "5", NOW, choice="file:1:on:a", reference="77", query="q1")
LIST = Reply((Paragraph("Đã có 1"),), Outcome(OutcomeFamily.GUIDED, "checklist"), in_place=True)
ONE = [Part({"text": "Đã có 1"})]


def test_a_pressed_list_is_changed_where_it_stands() -> None:
    assert [part.edits for part in in_its_place(ONE, LIST, PRESS)] == ["77"]


def test_what_was_typed_or_opened_by_a_link_is_answered_anew() -> None:
    typed = replace(PRESS, choice="", query="", text="1 3")
    opened = replace(PRESS, query="")  # the reference is the citizen's own message

    assert [part.edits for part in in_its_place(ONE, LIST, typed)] == [""]
    assert [part.edits for part in in_its_place(ONE, LIST, opened)] == [""]


def test_another_answer_and_one_of_several_messages_are_sent_anew() -> None:
    other = replace(LIST, in_place=False)

    assert [part.edits for part in in_its_place(ONE, other, PRESS)] == [""]
    assert [part.edits for part in in_its_place(ONE * 2, LIST, PRESS)] == ["", ""]


def test_the_outbox_keeps_what_a_part_replaces_and_reads_parts_of_before() -> None:
    part = Part({"text": "Đã có 1"}, edits="77")
    before = {key: one for key, one in json.loads(dump_part(part)).items() if key != "edits"}

    assert load_part(dump_part(part)) == part
    assert load_part(json.dumps(before)) == replace(part, edits="")
