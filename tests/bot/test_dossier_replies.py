"""What holds of every reply about dossiers: nothing made up, nothing that leaks, none too long."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from typing import get_args

import pytest

from bot.deciding.dossier_decisions import (
    AskDossierCode,
    AskFactor,
    DossierDecision,
    NoDossier,
    TellDossier,
    TellHistory,
)
from bot.deciding.dossier_matters import Matter
from bot.deciding.dossier_values import read_dossier_act
from bot.dossiers.ports import Found, Remembered
from bot.dossiers.status import ENDED, DossierStatus, FactorKind, State
from bot.guide.dossier_days import dossier_days
from bot.messages import Choices, Link, Picture, is_ratable
from bot.rendering import render_plain
from bot.rendering.dossiers.asking import EXAMPLE_CODE, RECEIPT
from bot.rendering.dossiers.words import STATES
from knowledge.work_calendar import VIETNAM
from tests.support.builders import a_procedure
from tests.support.desks import a_calendar, load_phrasebook
from tests.support.dossier_replies import (
    FRIDAY,
    LATE_DAY,
    SAMPLE,
    WORD,
    card_of,
    every_asking,
    every_brief_telling,
    every_telling,
    pressed,
    reply_to,
    text_of,
    told,
)
from tests.support.dossiers import CODE, OPEN, a_dossier, a_dossier_in_each_state

LONGEST_TELLING = 1_700
"""Characters: one message of Zalo with room for its menu."""

A_NUMBER = re.compile(r"\d+(?:[./:-]\d+)*")


def days_in(status: DossierStatus) -> Iterator[datetime | date]:
    yield from (status.changed_at, status.as_of)
    yield from filter(None, (status.received_at, status.due_at, status.returned_at))
    yield from (step.at for step in status.history)
    if status.supplement and status.supplement.until:
        yield status.supplement.until


def numbers_known(status: DossierStatus, today: date) -> set[str]:
    """Every number that may be told of a dossier: its own, and the count of its days."""
    known = set(A_NUMBER.findall(status.code))
    for one in days_in(status):
        local = one.astimezone(VIETNAM) if isinstance(one, datetime) else one
        known.add(f"{local:%d/%m/%Y}")
        if isinstance(local, datetime):
            known.add(f"{local:%H:%M}")
    for payment in status.payments:
        known.add(f"{payment.amount:,}".replace(",", "."))
    if days := dossier_days(status, today, a_calendar()):
        known |= {str(one) for one in (days.used, days.of, days.left, days.late)}
    return known


def test_every_state_has_its_own_words() -> None:
    assert set(STATES) == set(State)
    said = {card_of(told(status)).state for status in a_dossier_in_each_state()}
    assert len(said) == len(State)


def test_what_a_state_means_is_said_in_two_sentences_at_most() -> None:
    book = load_phrasebook()
    keys = [key for key in book.known_keys() if key.startswith("dossier_now.")]
    said = {key: book.say(key, unit="UBND phường Ngô Quyền", note="Thiếu giấy") for key in keys}

    assert len(said) > len(State)
    assert [key for key, text in said.items() if len(re.findall(r"[.!?](?:\s|$)", text)) > 2] == []


def test_every_decision_is_among_those_that_are_tried() -> None:
    tried = {type(one) for one in (*every_telling(), *every_brief_telling(), *every_asking())}
    assert tried == set(get_args(DossierDecision))


@pytest.mark.parametrize("today", [FRIDAY, LATE_DAY, date(2026, 11, 28), date(2040, 1, 2)])
def test_no_date_and_no_number_is_told_that_the_source_does_not_tell(today: date) -> None:
    tellings = list(every_telling())
    assert len(tellings) > 200
    for decision in tellings:
        status = decision.found.status
        reply = replace(reply_to(decision, today), sources=())
        known = numbers_known(status, today) if today.year == 2026 else numbers_of_dates(status)
        assert set(A_NUMBER.findall(render_plain(reply))) <= known, status.state


def numbers_of_dates(status: DossierStatus) -> set[str]:
    """Where the calendar ends nothing is counted."""
    return numbers_known(replace(status, due_at=None), FRIDAY) | {
        f"{one:%d/%m/%Y}" for one in days_in(status)
    }


@pytest.mark.parametrize("today", [FRIDAY, LATE_DAY])
def test_no_telling_is_longer_than_a_message(today: date) -> None:
    long = [text for one in every_telling() if len(text := text_of(one, today)) > LONGEST_TELLING]
    assert long == []


def test_whatever_tells_of_a_dossier_does_not_stay_in_the_log() -> None:
    replies = [reply_to(one) for one in (*every_telling(), *every_asking())]
    naming = [reply for reply in replies if CODE in str(reply) or "H17.15" in render_plain(reply)]

    assert naming
    for reply in naming:
        if EXAMPLE_CODE not in render_plain(reply):
            assert reply.afterwards, reply.outcome
            assert "H17" not in reply.afterwards


def test_every_button_is_read_and_fits() -> None:
    buttons = [
        one
        for decision in (*every_telling(), *every_asking())
        for one in reply_to(decision).buttons
    ]
    assert buttons
    for button in buttons:
        assert len(button.value.encode()) <= 64
        assert button.value.startswith("dossier:") or read_dossier_act(button.value) is not None


def test_a_sample_is_called_one_in_every_reply_about_it() -> None:
    sample = a_dossier(code=SAMPLE.code)
    decisions: list[DossierDecision] = [told(sample, about) for about in Matter]
    for decision in (*decisions, TellHistory(Found(sample))):
        assert "HỒ SƠ MẪU, không có thật" in text_of(decision)
    assert "HỒ SƠ MẪU" not in text_of(told(a_dossier()))


def test_published_by_code_alone_only_state_and_days_are_told() -> None:
    for status in a_dossier_in_each_state():
        secret = (status.unit, status.applicant, status.procedure_name, "20.000", status.collect)
        for about in Matter:
            decision = told(replace(status, terse=True), about, procedure=a_procedure())
            reply = reply_to(decision)
            assert not [one for one in secret if one and one in render_plain(reply)]
            assert reply.procedure is None
            assert "Giấy tờ chứng minh" not in render_plain(reply)


@pytest.mark.parametrize("state", [*ENDED, State.REGISTERED, State.SUPPLEMENT, State.PAYMENT])
def test_a_dossier_that_is_not_in_the_hands_of_the_office_is_never_called_late(
    state: State,
) -> None:
    received, due = (datetime(2026, 11, day, 9, tzinfo=VIETNAM) for day in (2, 11))
    status = a_dossier(state, received_at=received, due_at=due)
    for about in Matter:
        text = text_of(told(status, about), LATE_DAY)
        assert "quá ngày hẹn" not in text
        assert "Quá hẹn" not in text
        assert "xin lỗi" not in text


def test_the_links_to_other_places_hold_the_word_and_never_the_code() -> None:
    replies = [reply_to(one) for one in every_asking()]
    links = [
        block.url
        for reply in replies
        for block in reply.blocks
        if isinstance(block, Link) and WORD in block.url
    ]
    assert links
    assert all(link.startswith("https://t.me/motcua_bot?start=word_") for link in links)
    urls = [
        block.url
        for decision in (*every_telling(), *every_asking())
        for block in reply_to(decision).blocks
        if isinstance(block, Link)
    ]
    assert not [url for url in urls if "H17" in url or "H00" in url]


def test_replies_are_counted_by_what_they_are() -> None:
    outcomes = {reply_to(one).outcome for one in (*every_telling(), *every_asking())}
    assert len({str(one) for one in outcomes}) > 15


def test_a_menu_of_a_telling_is_its_last_block() -> None:
    for decision in every_telling():
        reply = reply_to(decision)
        assert isinstance(decision, TellDossier)
        assert isinstance(reply.blocks[-1], Choices)


def test_the_question_for_the_code_shows_an_example_and_where_it_stands() -> None:
    reply = reply_to(AskDossierCode(Matter.STATUS))
    (picture,) = (one for one in reply.blocks if isinstance(one, Picture))

    assert EXAMPLE_CODE in render_plain(reply)
    assert picture.name == RECEIPT
    assert "lost" in pressed(reply)
    assert not is_ratable(reply)


def test_samples_are_offered_as_what_they_are_and_only_where_they_are_loaded() -> None:
    for asked in (
        AskDossierCode(Matter.STATUS, samples=(SAMPLE,)),
        NoDossier(CODE, OPEN.factors, (SAMPLE,)),
    ):
        reply = reply_to(asked)
        assert f"dossier:{SAMPLE.code}" in [one.value for one in reply.buttons]
        assert "HỒ SƠ MẪU, không có thật" in render_plain(reply)
    for decision in (AskDossierCode(Matter.STATUS), NoDossier(CODE, OPEN.factors)):
        assert "mẫu" not in text_of(decision).casefold()


def test_remembered_dossiers_are_named_by_what_they_are_about() -> None:
    remembered = (Remembered(CODE, "Đăng ký thường trú", followed=True),)
    (button, _) = reply_to(AskDossierCode(Matter.STATUS, remembered)).buttons
    assert button.label == "Đăng ký thường trú, …0012"
    assert button.value == f"dossier:{CODE}"


def test_the_code_is_read_back_and_the_digits_are_explained() -> None:
    both = text_of(AskFactor(CODE, OPEN.factors))
    assert f"Mã tôi đọc được: {CODE}." in both
    assert "bốn số cuối của số điện thoại" in both
    assert "bốn số cuối của số định danh" in both
    year = text_of(AskFactor(CODE, (FactorKind.BIRTH_YEAR,)))
    assert "năm sinh" in year
    assert "số điện thoại" not in year


def test_only_a_sample_has_its_digits_told() -> None:
    assert SAMPLE.factor in text_of(AskFactor(SAMPLE.code, OPEN.factors, (SAMPLE,)))
    assert SAMPLE.factor not in text_of(AskFactor(CODE, OPEN.factors, (SAMPLE,)))
