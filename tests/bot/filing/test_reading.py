"""What typed words say of a list, a step, a reminder and a slip; and what says none of it."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.deciding.filing_hearing import slip_typed
from bot.deciding.filing_marks import Marks, marks_said
from bot.deciding.filing_times import reminder_said
from bot.deciding.filing_values import FilingAct
from bot.deciding.filing_words import step_said, wish_at_list, wish_at_step
from bot.filings.codes import ALPHABET, read_code
from bot.guide.filing import ListedPaper
from bot.messages import ConversationKey, IncomingMessage
from knowledge.procedure import Paper
from knowledge.text import fold

SUNDAY = date(2026, 11, 22)
PAPERS = (
    ListedPaper("a1", Paper("Giấy chứng sinh")),
    ListedPaper("b2", Paper("Tờ khai đăng ký khai sinh"), ticked=True),
    ListedPaper("c3", Paper("Văn bản uỷ quyền")),
    ListedPaper("d4", Paper("Văn bản của người làm chứng")),
)


def typed(text: str) -> IncomingMessage:
    at = datetime(2026, 11, 22, 8, tzinfo=UTC)
    return IncomingMessage(ConversationKey("web", "1"), "1", at, text)


@pytest.mark.parametrize(
    ("text", "keys", "on"),
    [
        ("1", {"a1"}, True), ("2", {"b2"}, True), ("số 3 nhé", {"c3"}, True),
        ("1 3", {"a1", "c3"}, True), ("1,2", {"a1", "b2"}, True), ("1 và 4", {"a1", "d4"}, True),
        ("xong 2,3", {"b2", "c3"}, True), ("co roi 1", {"a1"}, True), ("có số 4 rồi", {"d4"}, True),
        ("bỏ 2", {"b2"}, False), ("bo 2", {"b2"}, False), ("chưa có số 3", {"c3"}, False),
        ("chua co so 3", {"c3"}, False), ("thiếu 1 và 3", {"a1", "c3"}, False),
        ("3 xong", {"c3"}, True), ("số 2 chưa có", {"b2"}, False), ("cái cuối", {"d4"}, True),
        ("có giấy chứng sinh rồi", {"a1"}, True), ("co giay chung sinh roi", {"a1"}, True),
        ("chưa có giấy chứng sinh", {"a1"}, False), ("giấy chứng sinh có rồi", {"a1"}, True),
        ("to khai xong roi", {"b2"}, True), ("bỏ tờ khai", {"b2"}, False),
        ("mình có văn bản uỷ quyền rồi nhé", {"c3"}, True),
    ],
)  # fmt: skip
def test_papers_are_ticked_by_their_numbers_and_names(
    text: str, keys: set[str], *, on: bool
) -> None:
    marks = Marks(on=frozenset(keys)) if on else Marks(off=frozenset(keys))
    assert marks_said(text, PAPERS) == marks
    assert marks_said(fold(text), PAPERS) == marks


@pytest.mark.parametrize("text", ["5", "1 9", "xong 7", "0"])
def test_a_number_beside_no_paper_ticks_nothing_and_is_told(text: str) -> None:
    assert marks_said(text, PAPERS) == Marks(unknown=True)


def test_a_name_that_fits_two_papers_ticks_neither() -> None:
    assert marks_said("có văn bản rồi", PAPERS) == Marks(unknown=True)


@pytest.mark.parametrize(
    "text",
    [
        "có cần giấy chứng sinh không", "giấy chứng sinh xin ở đâu", "giấy chứng sinh có phải công"
        " chứng không?", "lệ phí bao nhiêu", "đăng ký kết hôn", "mã OTP 123456", "123456",
        "1.001193", "mấy ngày thì có", "có mất tiền không", "chưa", "không", "có", "alo",
    ],
)  # fmt: skip
def test_questions_and_codes_tick_nothing(text: str) -> None:
    marks = marks_said(text, PAPERS)
    assert marks is None or marks.unknown


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("đủ rồi", FilingAct.ALL), ("du roi", FilingAct.ALL), ("có hết rồi", FilingAct.ALL),
        ("xong hết", FilingAct.ALL), ("chuẩn bị xong rồi", FilingAct.ALL),
        ("còn thiếu gì", FilingAct.LIST), ("con thieu giay gi nua", FilingAct.LIST),
        ("nộp từng bước", FilingAct.STEPS), ("hướng dẫn nộp", FilingAct.STEPS),
        ("tiếp", FilingAct.STEPS), ("tiep tuc", FilingAct.STEPS),
        ("lấy phiếu", FilingAct.SLIP), ("in ra giúp tôi", FilingAct.SLIP),
        ("gửi mã cho tôi", FilingAct.SLIP), ("đổi câu trả lời", FilingAct.CHANGE),
        ("đã nộp rồi", FilingAct.FILED), ("da nop", FilingAct.FILED),
        ("tôi nộp xong rồi", FilingAct.FILED), ("thôi", FilingAct.STOP),
        ("huỷ", FilingAct.STOP), ("không làm nữa", FilingAct.STOP),
        ("dừng nhắc tôi", FilingAct.FORGET),
    ],
)  # fmt: skip
def test_wishes_at_the_list(text: str, act: FilingAct) -> None:
    assert wish_at_list(text) is act
    assert wish_at_list(fold(text)) is act


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("xong", FilingAct.DONE), ("rồi", FilingAct.DONE), ("ok", FilingAct.DONE),
        ("tiếp", FilingAct.DONE), ("bước tiếp theo", FilingAct.DONE),
        ("xong rồi nhé", FilingAct.DONE),
        ("vướng", FilingAct.STUCK), ("bị lỗi", FilingAct.STUCK), ("không được", FilingAct.STUCK),
        ("khong vao duoc", FilingAct.STUCK), ("xem lại giấy tờ", FilingAct.LIST),
        ("đã nộp rồi", FilingAct.FILED), ("thôi không làm nữa", FilingAct.STOP),
    ],
)  # fmt: skip
def test_wishes_at_a_step(text: str, act: FilingAct) -> None:
    assert wish_at_step(text) is act
    assert wish_at_step(fold(text)) is act


@pytest.mark.parametrize(
    "text",
    [
        "nộp ở đâu", "bao giờ thì xong", "lệ phí bao nhiêu", "đăng ký kết hôn cần gì",
        "bố tôi đi nộp được không", "không có sổ hộ khẩu thì sao", "hồ sơ của tôi tới đâu rồi",
    ],
)  # fmt: skip
def test_questions_are_no_wishes(text: str) -> None:
    assert wish_at_list(text) is None
    assert wish_at_step(text) is None


def test_a_step_is_named_by_its_number() -> None:
    assert step_said("bước 3") == step_said("quay lại bước 3 nhé") == step_said("buoc so 3") == 3
    assert step_said("bước tiếp theo") is None
    assert step_said("bước 3 là gì") is None


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("nhắc tôi 3 ngày nữa", date(2026, 11, 25)), ("nhac toi sau 1 tuan", date(2026, 11, 29)),
        ("nhắc tôi thứ hai", date(2026, 11, 23)), ("nhắc mình ngày mai nhé", date(2026, 11, 23)),
        ("nhắc tôi ngày 5/12", date(2026, 12, 5)), ("5/12", date(2026, 12, 5)),
        ("thứ sáu", date(2026, 11, 27)), ("mai", date(2026, 11, 23)),
        ("chủ nhật", date(2026, 11, 29)),
        ("tuần sau", date(2026, 11, 29)), ("hai ngày nữa", date(2026, 11, 24)),
        ("hẹn tôi ngày 5/1", date(2027, 1, 5)), ("ngày 20 tháng 12", date(2026, 12, 20)),
    ],
)  # fmt: skip
def test_a_day_to_come_is_read(text: str, day: date) -> None:
    for said in (reminder_said(text, SUNDAY), reminder_said(fold(text), SUNDAY)):
        assert said is not None
        assert said.day == day


@pytest.mark.parametrize("text", ["nhắc tôi hôm qua", "nhắc tôi 22/11/2026", "nhắc tôi 31/2"])
def test_a_day_that_is_none_or_past_is_asked_for_again(text: str) -> None:
    said = reminder_said(text, SUNDAY)
    assert said is not None
    assert (said.day, said.named) == (None, True)


@pytest.mark.parametrize("text", ["1 3", "2", "mất mấy ngày", "3", "nhắc", "bị mất giấy", "một"])
def test_what_is_no_day_sets_none(text: str) -> None:
    said = reminder_said(text, SUNDAY)
    assert said is None or said.day is None


@given(st.from_regex(rf"[{ALPHABET}]{{6}}", fullmatch=True).filter(read_code))
def test_every_code_is_heard_alone_and_beside_its_word(code: str) -> None:
    for text in (code, f" {code} ", f"{code[:3]} {code[3:]}", f"mã phiếu {code.lower()}"):
        slip = slip_typed(typed(text))
        assert slip is not None
        assert slip.code == code


@pytest.mark.parametrize(
    "text",
    [
        "xe may 2", "thang 2", "thang2", "quay 23", "trang 3", "can 234", "kynang", "1.001193",
        "H17.15-261116-0012", "K7QM2XWA", "mã OTP 123456", "mã OTP 234792", "234792", "mã hồ sơ",
        "phiếu lý lịch tư pháp", "mã số thuế", "khai sinh cần gì", "0912345678",
    ],
)  # fmt: skip
def test_ordinary_words_and_other_codes_open_no_slip(text: str) -> None:
    assert slip_typed(typed(text)) is None
