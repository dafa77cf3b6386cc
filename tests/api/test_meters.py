"""What is counted can be read by Prometheus, and never tells about a person."""

import re
from pathlib import Path

from prometheus_client.parser import text_string_to_metric_families

from api.meters import Meters
from bot.channels.base import ArrivalKind
from bot.messages import OutcomeFamily

CITIZEN = ("5551234567890", "0912345678", "Tôi muốn hỏi về CCCD", "001099012345", "a b")


def samples(meters: Meters) -> dict[tuple[str, tuple[tuple[str, str], ...]], float]:
    return {
        (sample.name, tuple(sorted(sample.labels.items()))): sample.value
        for family in text_string_to_metric_families(meters.text().decode())
        for sample in family.samples
    }


def value(meters: Meters, name: str, **labels: str) -> float:
    return samples(meters)[name, tuple(sorted(labels.items()))]


def test_turns_are_counted_by_channel_and_family_and_timed() -> None:
    meters = Meters()
    for family in OutcomeFamily:
        meters.turn_answered("telegram", family.value, 0.02)
    meters.turn_answered("telegram", "answered", 0.03)
    assert value(meters, "motcua_turns_total", channel="telegram", family="answered") == 2
    assert value(meters, "motcua_turns_total", channel="telegram", family="refused") == 1
    count = value(meters, "motcua_turn_seconds_count", channel="telegram")
    assert count == len(OutcomeFamily) + 1


def test_every_kind_of_arrival_has_its_own_count() -> None:
    meters = Meters()
    for kind in ArrivalKind:
        meters.arrived("zalo_oa", kind.value)
        assert value(meters, "motcua_arrivals_total", channel="zalo_oa", kind=kind.value) == 1


def test_a_queue_that_empties_is_shown_empty() -> None:
    meters = Meters()
    meters.queue("inbox", {"telegram": (4, 2.5)})
    assert value(meters, "motcua_queue_waiting", queue="inbox", channel="telegram") == 4
    assert value(meters, "motcua_queue_oldest_seconds", queue="inbox", channel="telegram") == 2.5
    meters.queue("inbox", {})
    assert value(meters, "motcua_queue_waiting", queue="inbox", channel="telegram") == 0
    assert value(meters, "motcua_queue_oldest_seconds", queue="inbox", channel="telegram") == 0


def test_memory_and_processor_of_the_process_are_shown() -> None:
    shown = {name for name, _ in samples(Meters())}
    assert {"process_resident_memory_bytes", "process_cpu_seconds_total"} <= shown


def test_the_operator_s_page_explains_every_metric() -> None:
    page = (Path(__file__).parents[2] / "docs" / "operating.md").read_text("utf-8")
    ours = {family.name for family in Meters().registry.collect()}
    ours = {name for name in ours if name.startswith("motcua_")}
    assert len(ours) > 10
    explained = set(re.findall(r"`(motcua_[a-z_]+)", page))
    assert {name.removesuffix("_total") for name in explained} == ours


def test_two_registries_never_mix() -> None:
    one, other = Meters(), Meters()
    one.erased("telegram")
    assert b"motcua_erasures_total{" not in other.text()


def test_case_57_no_person_number_or_sentence_becomes_a_label() -> None:
    meters = Meters()
    for words in CITIZEN:
        meters.arrived(words, words)
        meters.throttled(words)
        meters.webhook_refused(words, words)
        meters.turn_answered(words, words, 0.1)
        meters.delivered(words, words, 0.1)
        meters.delivery_failed(words, words)
        meters.rated(words, up=True)
        meters.erased(words)
        meters.failed(words)
        meters.channel_paused(words, paused=True)
        meters.token_expires(words, 0)
        meters.queue(words, {words: (1, 1.0)})
    text = meters.text().decode()
    assert 'channel="other"' in text
    assert [words for words in CITIZEN if words in text] == []
