"""What people say before a dossier is told: first words, doubts, and what only looks like it."""

import pytest

from bot.ports import Nlu
from bot.rendering import render_plain
from knowledge.text import fold
from tests.support.dossier_chat import (
    ASKS_CODE,
    ASKS_FACTOR,
    DossierChat,
    outcome,
    tells,
)
from tests.support.dossiers import CODE, OTHER_CODE
from tests.support.shipped import shipped_library


@pytest.fixture
def chat(trained_nlu: Nlu) -> DossierChat:
    return DossierChat(trained_nlu, library=shipped_library())


FIRST = (
    "hồ sơ của vợ tôi", "hồ sơ của con tôi đến đâu rồi", "hồ sơ của mẹ em", "tra giúp mẹ tôi",
    "con tôi làm khai sinh 3 tuần rồi sao chưa có giấy",
    "tôi đăng ký khai sinh cho con rồi mà chưa có kết quả", "bao giờ tôi được lấy sổ đỏ",
    "khi nào em lấy được căn cước", "làm căn cước cả tháng rồi mà vẫn chưa có thẻ",
    "em nộp giấy khai sinh online hôm thứ 2, giờ ra sao rồi ạ", "đăng ký xe xong chưa",
    "hộ chiếu của tôi bao giờ có", "alo có ai không hồ sơ tôi đâu", "báo cho tôi qua zalo",
)  # fmt: skip


@pytest.mark.parametrize("said", [*FIRST, *map(fold, FIRST)])
def test_who_waits_for_what_was_filed_is_asked_for_the_code(chat: DossierChat, said: str) -> None:
    reply = chat.types(said)

    assert outcome(reply) == ASKS_CODE
    assert "lừa đảo" not in render_plain(reply)


GENERAL = (
    "bao giờ được cấp sổ đỏ", "tra cứu đất đai", "tra cứu mã số thuế", "tra cứu bảo hiểm",
    "sổ theo dõi trẻ em", "nhắn tôi địa chỉ ubnd", "hẹn lấy số làm căn cước",
    "rút hồ sơ đăng ký kinh doanh", "báo tôi biết phí khai sinh", "tra cứu phạt nguội",
    "tra cứu quy hoạch", "theo dõi sức khoẻ ở đâu", "hồ sơ của con tôi gồm gì",
    "sinh con 3 tháng rồi chưa làm khai sinh có bị phạt không",
    "tôi mua đất 10 năm rồi chưa có sổ đỏ", "làm nhà 3 năm rồi chưa có sổ đỏ",
    "tôi làm mất căn cước 2 tháng rồi", "con 14 tuổi rồi mà chưa có căn cước",
    "đăng ký khai sinh cho con", "làm sổ đỏ mất bao lâu", "khi nào tôi phải đổi căn cước",
    "làm hộ chiếu bao lâu thì có", "xin giấy phép xây dựng mất mấy ngày",
    "đăng ký kết hôn cần giấy tờ gì", "lệ phí làm hộ chiếu", "nộp hồ sơ khai sinh ở đâu",
    "khi nào được nhận trợ cấp thất nghiệp", "đổi giấy phép lái xe ở đâu",
    "cấp lại thẻ căn cước bị mất", "đăng ký thường trú cho con mới sinh",
    "đăng ký tạm trú online thế nào", "xoá đăng ký thường trú", "tách hộ cần gì",
    "giấy xác nhận độc thân", "đăng ký khai tử cho ông", "khai sinh quá hạn có bị phạt không",
    "làm lại giấy khai sinh bị mất", "sang tên xe máy", "đăng ký xe ô tô mới",
    "cấp biển số xe bao nhiêu tiền", "thành lập công ty tnhh", "đăng ký hộ kinh doanh",
    "giải thể doanh nghiệp", "cấp phiếu lý lịch tư pháp", "chứng thực chữ ký ở xã được không",
    "công chứng bản sao giấy tờ", "tách thửa đất", "chuyển mục đích sử dụng đất",
    "đính chính sổ đỏ", "sang tên sổ đỏ cho con", "xin giấy phép xây dựng nhà ở",
    "hưởng trợ cấp người cao tuổi", "bảo hiểm y tế cho trẻ dưới 6 tuổi",
    "đổi tên trong giấy khai sinh", "nhận con nuôi", "nhập quốc tịch việt nam",
    "tạm vắng có phải khai báo không", "thông báo lưu trú cho khách", "cấp hộ chiếu cho trẻ em",
    "gia hạn tạm trú", "đăng ký nghĩa vụ quân sự", "xin chào", "cảm ơn bạn", "bạn là ai",
    "giờ làm việc của uỷ ban", "thanh toán phí online thế nào", "vneid là gì",
)  # fmt: skip


def test_ordinary_questions_are_many() -> None:
    assert len(GENERAL) >= 60


@pytest.mark.parametrize("said", GENERAL)
def test_an_ordinary_question_is_no_look_up(chat: DossierChat, said: str) -> None:
    assert outcome(chat.types(said)) not in {ASKS_CODE, ASKS_FACTOR}


@pytest.mark.parametrize("said", GENERAL[1:11])
def test_what_only_sounds_like_a_look_up_is_answered_beside_one(
    chat: DossierChat, said: str
) -> None:
    chat.types(CODE)
    assert outcome(chat.types(said)) not in {ASKS_CODE, ASKS_FACTOR}
    assert outcome(chat.presses("Tra hồ sơ tiếp")) == ASKS_FACTOR
    assert tells(chat.types("5678"))


@pytest.mark.parametrize("said", GENERAL[1:11])
def test_what_only_sounds_like_a_look_up_shows_no_card_again(chat: DossierChat, said: str) -> None:
    chat.types(f"{CODE} 5678")
    assert not tells(chat.types(said))


def test_nobody_is_told_that_no_dossier_can_be_seen(chat: DossierChat) -> None:
    assert "chưa xem được hồ sơ" not in render_plain(chat.types("tra cứu mã số thuế"))


def test_another_procedure_is_answered_after_a_card_as_it_is_at_first(chat: DossierChat) -> None:
    first = outcome(chat.types("lệ phí khai sinh"))
    chat.types(f"{CODE} 5678")

    assert outcome(chat.types("lệ phí khai sinh")) == first


UNKNOWN = (
    "tôi không nhớ", "không nhớ số nào", "tôi không biết", "số nào", "là số gì", "số nào cơ",
    "tôi không nhớ số điện thoại đã khai", "quên số rồi", "sđt cũ mất rồi",
)  # fmt: skip


@pytest.mark.parametrize("said", [*UNKNOWN, *map(fold, UNKNOWN), "toi ko nho"])
def test_who_does_not_know_the_number_is_told_which_it_is(chat: DossierChat, said: str) -> None:
    chat.types(CODE)
    reply = chat.types(said)

    assert outcome(reply) == ASKS_FACTOR
    assert "đã khai lúc nộp hồ sơ" in render_plain(reply)
    assert "mang căn cước đến nơi đã nộp" in render_plain(reply)
    assert reply.buttons
    assert tells(chat.types("5678"))


def test_who_asks_twice_is_not_told_the_same(chat: DossierChat) -> None:
    chat.types(CODE)
    once = render_plain(chat.types("tôi không nhớ"))

    assert render_plain(chat.types("không biết số nào")) != once
    assert tells(chat.types("5678"))


@pytest.mark.parametrize("said", ["để làm gì vậy", "sao phải nhập số này", "de lam gi"])
def test_who_asks_what_the_digits_are_for_is_told(chat: DossierChat, said: str) -> None:
    chat.types(CODE)
    reply = chat.types(said)

    assert outcome(reply) == ASKS_FACTOR
    assert "người lạ không xem được" in render_plain(reply)


@pytest.mark.parametrize("said", ["không phải mã đó", "nhầm mã rồi", "khong phai ma do"])
def test_another_code_can_be_typed_instead_of_the_digits(chat: DossierChat, said: str) -> None:
    chat.types(OTHER_CODE)
    assert outcome(chat.types(said)) == ASKS_CODE
    assert outcome(chat.types(CODE)) == ASKS_FACTOR


@pytest.mark.parametrize("said", ["năm sinh 1960", "sinh nam 1985 a", "sinh ngày 12/05/1990"])
def test_a_year_of_birth_is_no_attempt_where_it_is_not_asked_for(
    chat: DossierChat, said: str
) -> None:
    chat.types(CODE)
    for _ in range(6):
        reply = chat.types(said)
        assert outcome(reply) == ASKS_FACTOR
        assert "không hỏi năm sinh" in render_plain(reply)

    assert tells(chat.types("5678"))


def test_a_year_of_birth_behind_a_code_is_no_attempt(chat: DossierChat) -> None:
    assert outcome(chat.types(f"{CODE} năm sinh 1960")) == ASKS_FACTOR


@pytest.mark.parametrize("said", ["tra bằng số điện thoại được không", "sao phải có mã"])
def test_why_a_code_is_needed_is_answered(chat: DossierChat, said: str) -> None:
    chat.types("tra cứu hồ sơ")
    reply = chat.types(said)

    assert outcome(reply) == ASKS_CODE
    assert "chỉ tìm được bằng mã hồ sơ" in render_plain(reply)


def test_who_lost_the_code_is_not_told_the_same_twice(chat: DossierChat) -> None:
    chat.types("tra cứu hồ sơ")
    once = render_plain(chat.types("mất giấy hẹn rồi"))

    assert render_plain(chat.types("quên mã rồi")) != once


@pytest.mark.parametrize(
    "typed",
    [
        "H17,15-261116-0012 5678", "HI7.15-261116-0012 5678", "H17.15-261l16-OO12 5678",
        "H17 15 261116 0012", "H17152611160012", "H17152611160012 5678",
        "h17.15.261116.0012 5 6 7 8",
    ],
)  # fmt: skip
def test_a_mistyped_code_with_digits_is_read_without_them(chat: DossierChat, typed: str) -> None:
    asked = chat.types(typed)

    assert outcome(asked) == "clarify_dossier_code"
    assert CODE in render_plain(asked)
    assert "5678" not in render_plain(asked)
    assert "đã che" not in render_plain(asked)
    assert "5678" not in repr(chat.dialogue)
    with_digits = "5678" in typed or "5 6 7 8" in typed
    assert ("tôi hỏi lại nhé" in render_plain(asked)) is with_digits
    assert outcome(chat.types("đúng")) == ASKS_FACTOR
    assert tells(chat.types("5678"))


def test_a_code_that_nobody_can_read_gets_a_hint_how_codes_look(chat: DossierChat) -> None:
    reply = chat.types("H17152699990004")

    assert outcome(reply) == "clarify_dossier_code"
    assert "Mã trông như" in render_plain(reply) or "mã trông như" in render_plain(reply)


def test_a_day_that_has_not_come_is_pointed_out(chat: DossierChat) -> None:
    reply = chat.types("H17.15-271116-0012")

    assert outcome(reply) == ASKS_FACTOR
    assert "16/11/2027, chưa tới" in render_plain(reply)
    assert "chưa tới" not in render_plain(chat.types(CODE))


def test_of_two_codes_each_with_digits_the_first_is_opened(chat: DossierChat) -> None:
    reply = chat.types(f"{CODE} 5678\n{OTHER_CODE} 5678")

    assert tells(reply)
    assert OTHER_CODE in [one.label for one in reply.buttons]


@pytest.mark.parametrize("typed", ["K7QM2XW8", "K7QM2XW", "mã xem hồ sơ K7QM2XW", "k7qm 2xwb"])
def test_a_word_that_opens_nothing_is_called_so(chat: DossierChat, typed: str) -> None:
    assert outcome(chat.types(typed)) == "unanswered_dossier_word"


@pytest.mark.parametrize(
    "typed", ["aaaaaaaa", "hahahehe", "30A12345", "covid19", "mẫu CT01", "b1234567", "khai sinh"]
)
def test_ordinary_words_are_no_secret_ones(chat: DossierChat, typed: str) -> None:
    assert outcome(chat.types(typed)) != "unanswered_dossier_word"
