import re
from datetime import UTC, datetime, timedelta

import pytest

from bot.deciding.menus import OPEN_SECONDS, beside, pressed_or_typed, typed_button
from bot.deciding.numbers import number_said
from bot.dialogue import Dialogue
from bot.engine import Engine
from bot.messages import (
    Choice,
    Choices,
    ConversationKey,
    IncomingMessage,
    Outcome,
    OutcomeFamily,
    Paragraph,
    Reply,
)
from bot.ports import Nlu
from tests.support.desks import a_desk
from tests.support.fakes import MemoryDialogueStore
from tests.support.shipped import shipped_library

pytestmark = pytest.mark.anyio
CITIZEN = ConversationKey("zalo_bot", "6ede9afa66b88fe6d6a9")
MORNING = datetime(2026, 11, 22, 8, tzinfo=UTC)

ASKED_BESIDE = Reply(
    (
        Choices((Choice("Lệ phí", "ask:1.004222:fee"), Choice("Các bước", "ask:1.004222:steps"))),
        Choices((Choice("Cấp xã", "a"), Choice("Cấp tỉnh", "b")), open_question=True),
    ),
    Outcome(OutcomeFamily.CLARIFY, "which_procedure"),
)


class Citizen:
    """Types to the assistant on a channel without buttons."""

    def __init__(self, nlu: Nlu, key: ConversationKey = CITIZEN) -> None:
        self._key = key
        self._engine = Engine(nlu, shipped_library(), MemoryDialogueStore(), a_desk)
        self._sent = 0

    async def types(self, text: str, after: timedelta = timedelta()) -> Reply:
        self._sent += 1
        sent_at = MORNING + after
        message = IncomingMessage(self._key, str(self._sent), sent_at, text=text)
        return await self._engine.answer(message)


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture
def citizen(trained_nlu: Nlu) -> Citizen:
    return Citizen(trained_nlu)


SECOND = ("2", "số 2", "hai", "cái thứ hai", "so 2", "câu 2", "2️⃣", "cho mình số hai với ạ")


@pytest.mark.parametrize("typed", [*SECOND, "lệ phí", "Lệ phí", "LE PHI"])
async def test_case_42_a_button_under_an_answer_is_reached_by_its_number_or_its_name(
    citizen: Citizen, typed: str
) -> None:
    answer = await citizen.types("đăng ký thường trú cần giấy tờ gì")
    labels = [one.label for one in answer.buttons]
    assert "Lệ phí" in labels

    number = str(labels.index("Lệ phí") + 1)
    reply = await citizen.types(typed.replace("2", number).replace("hai", number))

    assert str(reply.outcome) == "answered_fee"
    assert reply.procedure == answer.procedure


@pytest.mark.parametrize("typed", SECOND)
async def test_case_42_an_answer_of_an_open_question_is_chosen_by_its_number(
    citizen: Citizen, trained_nlu: Nlu, typed: str
) -> None:
    asked = await citizen.types("2.000488 lệ phí bao nhiêu")
    assert asked.outcome.family is OutcomeFamily.CLARIFY
    pressed = Citizen(trained_nlu)
    await pressed.types("2.000488 lệ phí bao nhiêu")

    chosen = await pressed.types(asked.buttons[1].label)

    assert (await citizen.types(typed)).blocks == chosen.blocks


async def test_the_ways_out_of_a_form_are_numbered_behind_its_answers(citizen: Citizen) -> None:
    await citizen.types("đăng ký thường trú cần giấy tờ gì")
    question = await citizen.types("giấy tờ của riêng tôi")
    labels = [one.label for one in question.buttons]
    assert question.outcome.kind == "circumstance"

    reply = await citizen.types(str(labels.index("Thôi không hỏi nữa") + 1))

    assert reply.outcome.kind == "form_stopped"


def range_told(reply: Reply) -> str:
    return next(block.text for block in reply.blocks if isinstance(block, Paragraph))


@pytest.mark.parametrize(
    "first",
    ["lệ phí đăng ký thường trú", "cấp lại căn cước bị mất", "2.000488 lệ phí bao nhiêu", "/start"],
)
async def test_a_number_of_no_button_is_told_the_true_range_and_the_same_list(
    citizen: Citizen, first: str
) -> None:
    shown = await citizen.types(first)
    assert shown.buttons

    reply = await citizen.types("số 99")

    count = len(shown.buttons)
    assert str(reply.outcome) == "clarify_choice_out_of_range"
    assert re.search(rf"chỉ có (từ 1 đến {count}\.|{count} mục:)", range_told(reply))
    meant = [[one.value.split(":")[:2] for one in told.buttons] for told in (reply, shown)]
    assert meant[0] == meant[1]


async def test_the_list_shown_again_can_be_chosen_from(citizen: Citizen) -> None:
    shown = await citizen.types("lệ phí đăng ký thường trú")
    await citizen.types("số 99")

    number = [one.label for one in shown.buttons].index("Các bước") + 1
    reply = await citizen.types(str(number))

    assert (str(reply.outcome), reply.procedure) == ("answered_steps", shown.procedure)


async def test_in_a_form_the_range_holds_the_ways_out_too(citizen: Citizen) -> None:
    await citizen.types("đăng ký thường trú cần giấy tờ gì")
    question = await citizen.types("giấy tờ của riêng tôi")

    reply = await citizen.types("số 99")

    assert [one.label for one in reply.buttons] == [one.label for one in question.buttons]
    assert f"từ 1 đến {len(question.buttons)}." in range_told(reply)


async def test_where_buttons_have_no_numbers_only_the_question_counts(trained_nlu: Nlu) -> None:
    citizen = Citizen(trained_nlu, ConversationKey("telegram", "5900000001"))
    await citizen.types("2.000488 lệ phí bao nhiêu")

    reply = await citizen.types("số 99")

    asked = [one for one in reply.blocks if isinstance(one, Choices) and one.open_question]
    assert f"từ 1 đến {len(asked[0].items)}." in range_told(reply)


async def test_case_42_a_menu_expires_with_the_next_reply_without_one(citizen: Citizen) -> None:
    await citizen.types("lệ phí đăng ký thường trú")
    await citizen.types("cảm ơn nhé")

    reply = await citizen.types("2")

    assert str(reply.outcome) == "clarify_procedure_missing"


@pytest.mark.parametrize("typed", ["2", "số hai", "so hai", "hai", "cái thứ hai", "số 99", "0"])
async def test_case_42_a_number_without_a_list_is_told_so_however_it_is_written(
    citizen: Citizen, typed: str
) -> None:
    await citizen.types("lệ phí đăng ký thường trú")
    await citizen.types("cảm ơn nhé")

    reply = await citizen.types(typed)

    assert str(reply.outcome) == "clarify_procedure_missing"
    assert "không có danh sách" in reply.blocks[0].text  # type: ignore[union-attr]


@pytest.mark.parametrize("first", ["lệ phí đăng ký thường trú", "2.000488 lệ phí bao nhiêu"])
async def test_case_42_a_menu_expires_after_a_day(citizen: Citizen, first: str) -> None:
    shown = await citizen.types(first)
    assert shown.buttons

    late = await citizen.types("2", after=timedelta(seconds=OPEN_SECONDS + 1))

    assert str(late.outcome) == "clarify_procedure_missing"


async def test_after_a_day_the_topic_is_still_known(citizen: Citizen) -> None:
    shown = await citizen.types("lệ phí đăng ký thường trú")

    later = await citizen.types("thế mất mấy ngày", after=timedelta(seconds=OPEN_SECONDS + 1))

    assert (later.procedure, str(later.outcome)) == (shown.procedure, "answered_time")


async def test_a_number_is_taken_within_the_day(citizen: Citizen) -> None:
    await citizen.types("2.000488 lệ phí bao nhiêu")

    soon = await citizen.types("2", after=timedelta(seconds=OPEN_SECONDS))

    assert soon.outcome.kind != "procedure_missing"


def test_numbers_of_an_open_question_are_left_to_it() -> None:
    menu = beside(ASKED_BESIDE)

    assert [typed_button(menu, typed, numbered=True) for typed in ("1", "2", "3", "bốn", "5")] == [
        "", "", "ask:1.004222:fee", "ask:1.004222:steps", "",
    ]  # fmt: skip


def test_a_reply_without_further_buttons_has_no_menu() -> None:
    assert beside(Reply((), Outcome(OutcomeFamily.SMALL_TALK, "greet"))) is None
    assert typed_button(None, "2", numbered=True) == ""


def test_where_buttons_are_shown_without_numbers_a_number_chooses_none_of_them() -> None:
    menu = beside(ASKED_BESIDE)

    assert typed_button(menu, "3", numbered=False) == ""
    assert typed_button(menu, "các bước nhé", numbered=False) == ""
    assert typed_button(menu, "cac buoc", numbered=False) == "ask:1.004222:steps"


@pytest.mark.parametrize("typed", ["ở đâu", "o dau", "nộp ở đâu", "bà", "tự", "1 và 2", "2 người"])
def test_words_that_only_look_like_a_number_are_none(typed: str) -> None:
    assert number_said(typed, 5) is None


def test_a_pressed_button_never_grows_old() -> None:
    at = MORNING + timedelta(days=9)
    message = IncomingMessage(CITIZEN, "9", at, choice="ask:1.004222:fee")

    said = pressed_or_typed(message, Dialogue(answered_at=MORNING.timestamp()))

    assert getattr(said, "code", "") == "1.004222"
