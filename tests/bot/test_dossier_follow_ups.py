"""What short messages mean after a card was read: typed with accents and without."""

import pytest

from bot.deciding.dossier_follow_ups import (
    asked_after_card,
    may_ask_after_card,
    means_all,
    means_this,
    names_own,
    short_wish,
    why_or,
)
from bot.deciding.dossier_matters import Matter
from bot.deciding.dossier_signs import Wish
from knowledge.text import fold


@pytest.mark.parametrize(
    ("said", "matter"),
    [
        ("bây giờ tôi phải làm gì", Matter.NOW), ("phải làm gì", Matter.NOW),
        ("giờ làm sao", Matter.NOW), ("tôi cần làm gì tiếp theo", Matter.NOW),
        ("làm gì tiếp", Matter.NOW), ("vậy giờ tôi phải làm gì nữa", Matter.NOW),
        ("tôi có rút đâu", Matter.NOW), ("tôi có phải làm gì không", Matter.NOW),
        ("bước tiếp theo là gì", Matter.NOW), ("bao nhiêu tiền", Matter.MONEY),
        ("đóng bao nhiêu", Matter.MONEY), ("phải nộp bao nhiêu tiền", Matter.MONEY),
        ("hết bao nhiêu tiền vậy", Matter.MONEY), ("có phải đóng tiền không", Matter.MONEY),
        ("phải đóng tiền gì", Matter.MONEY), ("nộp bao nhiêu", Matter.MONEY),
        ("nộp tiền ở đâu", Matter.PAY), ("đóng tiền ở đâu vậy", Matter.PAY),
        ("nộp lệ phí thế nào", Matter.PAY), ("chuyển khoản được không", Matter.PAY),
        ("đóng tiền qua mạng được không", Matter.PAY), ("thanh toán ở đâu", Matter.PAY),
        ("nộp phí ở chỗ nào", Matter.PAY), ("tôi đóng tiền rồi", Matter.PAID),
        ("đóng tiền rồi mà", Matter.PAID), ("em đã nộp lệ phí", Matter.PAID),
        ("nộp tiền rồi", Matter.PAID), ("tôi nộp tiền rồi mà", Matter.PAID),
        ("mang theo gì", Matter.BRING), ("mang gì đi lấy", Matter.BRING),
        ("đi lấy cần giấy tờ gì", Matter.BRING), ("cần mang theo giấy tờ gì", Matter.BRING),
        ("đem theo gì", Matter.BRING), ("lấy kết quả cần mang gì", Matter.BRING),
        ("cần giấy gì để lấy", Matter.BRING), ("có cần mang căn cước không", Matter.BRING),
        ("khi nhận cần mang theo gì", Matter.BRING), ("lấy ở đâu", Matter.COLLECT),
        ("lấy kết quả ở đâu", Matter.COLLECT), ("nhận ở đâu", Matter.COLLECT),
        ("đến đâu lấy", Matter.COLLECT), ("nhận kết quả thế nào", Matter.COLLECT),
        ("tôi chưa nhận được", Matter.COLLECT), ("có gửi về nhà không", Matter.COLLECT),
        ("nhận kết quả ở chỗ nào ạ", Matter.COLLECT), ("đi đâu lấy", Matter.COLLECT),
        ("người khác lấy hộ được không", Matter.PROXY),
        ("nhờ con lấy giúp được không", Matter.PROXY), ("vợ tôi lấy thay được không", Matter.PROXY),
        ("chồng tôi nhận thay được không", Matter.PROXY),
        ("ủy quyền cho người khác lấy được không", Matter.PROXY),
        ("người nhà đi lấy được không", Matter.PROXY), ("lấy hộ được không", Matter.PROXY),
        ("hôm nào lấy", Matter.WHEN), ("mấy hôm nữa", Matter.WHEN), ("đúng hẹn không", Matter.WHEN),
        ("khi nào xong", Matter.WHEN), ("bao giờ xong", Matter.WHEN), ("khi nào có", Matter.WHEN),
        ("bao giờ có kết quả", Matter.WHEN), ("mấy ngày nữa", Matter.WHEN),
        ("bao lâu nữa", Matter.WHEN), ("có đúng hẹn không", Matter.WHEN),
        ("bao giờ được lấy", Matter.WHEN), ("còn mấy ngày", Matter.WHEN),
        ("khi nào lấy được", Matter.WHEN), ("bao giờ thì xong hả cháu", Matter.WHEN),
        ("đến bước nào rồi", Matter.HOLDER), ("ai đang giữ hồ sơ", Matter.HOLDER),
        ("ai giữ hồ sơ của tôi", Matter.HOLDER), ("đang ở bước nào", Matter.HOLDER),
        ("phòng nào đang xử lý", Matter.HOLDER), ("ai đang xử lý", Matter.HOLDER),
        ("số điện thoại nơi đó", Matter.CONTACT), ("gọi số nào", Matter.CONTACT),
        ("hỏi ai", Matter.CONTACT), ("liên hệ ai", Matter.CONTACT),
        ("địa chỉ nơi đó ở đâu", Matter.CONTACT), ("cho tôi số điện thoại nơi đó", Matter.CONTACT),
        ("sao họ không nhận", Matter.WHY), ("hồ sơ trả lại thì sao", Matter.WHY),
        ("tại sao", Matter.WHY), ("tại sao bị từ chối", Matter.WHY), ("lý do gì", Matter.WHY),
        ("vì sao không nhận hồ sơ", Matter.WHY), ("sao bị trả lại", Matter.WHY),
        ("bị trả lại thì làm sao", Matter.WHY), ("sao phải bổ sung", Matter.WHY),
        ("lý do là gì", Matter.WHY), ("khiếu nại ở đâu", Matter.COMPLAIN),
        ("phản ánh ở đâu", Matter.COMPLAIN), ("tôi muốn khiếu nại", Matter.COMPLAIN),
        ("viết đơn thế nào", Matter.COMPLAIN), ("khiếu nại với ai", Matter.COMPLAIN),
        ("thiếu gì", Matter.SUPPLEMENT), ("còn thiếu gì không", Matter.SUPPLEMENT),
        ("cần bổ sung gì", Matter.SUPPLEMENT), ("thiếu giấy gì", Matter.SUPPLEMENT),
        ("bổ sung giấy tờ gì", Matter.SUPPLEMENT), ("bổ sung ở đâu", Matter.SUPPLEMENT_WHERE),
        ("nộp bổ sung ở đâu", Matter.SUPPLEMENT_WHERE),
        ("bổ sung thế nào", Matter.SUPPLEMENT_WHERE), ("nộp thêm ở đâu", Matter.SUPPLEMENT_WHERE),
        ("bổ sung online được không", Matter.SUPPLEMENT_WHERE),
        ("bổ sung làm sao", Matter.SUPPLEMENT_WHERE),
        ("khi nào hết hạn bổ sung", Matter.SUPPLEMENT_UNTIL),
        ("hạn bổ sung đến bao giờ", Matter.SUPPLEMENT_UNTIL),
        ("hạn bổ sung là khi nào", Matter.SUPPLEMENT_UNTIL),
        ("còn mấy ngày để bổ sung", Matter.SUPPLEMENT_UNTIL),
        ("khi nào hết hạn", Matter.SUPPLEMENT_UNTIL),
        ("không bổ sung thì sao", Matter.SUPPLEMENT_UNTIL),
        ("tôi bổ sung rồi mà", Matter.SUPPLEMENTED), ("đã bổ sung rồi", Matter.SUPPLEMENTED),
        ("bổ sung rồi", Matter.SUPPLEMENTED), ("em bổ sung đầy đủ rồi", Matter.SUPPLEMENTED),
        ("tôi đã bổ sung giấy tờ rồi", Matter.SUPPLEMENTED), ("xem các bước", Matter.HISTORY),
        ("thủ tục này cần giấy gì", None), ("lệ phí đăng ký thường trú", None),
        ("lệ phí khai sinh bao nhiêu tiền", None), ("đăng ký thường trú cần gì", None),
        ("làm giấy khai sinh ở đâu", None), ("đến đâu rồi", None), ("cảm ơn", None),
        ("lệ phí bao nhiêu", None), ("cần giấy tờ gì", None), ("nộp ở đâu", None),
        ("ly hôn thì làm sao", None), ("có", None), ("không", None), ("thôi", None),
        ("chào em", None), ("ok", None), ("nộp hồ sơ ở đâu", None), ("lịch sử", None),
    ],
)  # fmt: skip
def test_short_questions_ask_one_thing_of_the_dossier(said: str, matter: Matter | None) -> None:
    assert asked_after_card(said) is matter
    assert asked_after_card(fold(said)) is matter


@pytest.mark.parametrize(
    ("said", "matter"),
    [
        ("lệ phí bao nhiêu", Matter.MONEY), ("mất phí không", Matter.MONEY),
        ("lệ phí", Matter.MONEY), ("có mất tiền không", Matter.MONEY), ("nộp ở đâu", Matter.PAY),
        ("tôi nộp rồi", Matter.PAID), ("nộp rồi", Matter.PAID),
        ("cần giấy tờ gì", Matter.SUPPLEMENT), ("cần những giấy gì", Matter.SUPPLEMENT),
        ("phải nộp giấy gì", Matter.SUPPLEMENT), ("cần gì", Matter.SUPPLEMENT),
        ("thủ tục này cần giấy gì", None), ("lệ phí khai sinh", None),
    ],
)  # fmt: skip
def test_some_questions_ask_of_the_dossier_or_of_its_procedure(
    said: str, matter: Matter | None
) -> None:
    assert may_ask_after_card(said) is matter
    assert may_ask_after_card(fold(said)) is matter
    assert asked_after_card(said) is None


@pytest.mark.parametrize("said", ["sao lâu thế", "tại sao chậm", "vì sao trễ hẹn"])
def test_who_asks_why_is_told_whether_the_reason_is_known(said: str) -> None:
    assert why_or(Matter.LATE, said) is Matter.WHY
    assert why_or(Matter.STATUS, said) is Matter.STATUS


@pytest.mark.parametrize("said", ["trễ rồi làm sao", "quá hẹn rồi", "tre hen thi lam sao"])
def test_who_does_not_ask_why_is_told_what_to_do(said: str) -> None:
    assert why_or(Matter.LATE, said) is Matter.LATE


@pytest.mark.parametrize(
    ("said", "talked", "wish"),
    [
        ("nhớ giùm", True, Wish.REMEMBER), ("lưu hồ sơ này lại", True, Wish.REMEMBER),
        ("nhớ giùm tôi nhé", True, Wish.REMEMBER), ("nhớ giùm", False, None),
        ("đừng nhớ hồ sơ nào nữa", False, Wish.FORGET), ("quên hết đi", True, Wish.FORGET),
        ("quên hết hồ sơ đi", False, Wish.FORGET), ("nhớ mang giấy hẹn", True, None),
    ],
)  # fmt: skip
def test_short_wishes_are_understood(said: str, *, talked: bool, wish: Wish | None) -> None:
    assert short_wish(said, talked=talked) is wish
    assert short_wish(fold(said), talked=talked) is wish


def test_one_dossier_is_told_from_all_of_them() -> None:
    assert means_this("thôi báo tin hồ sơ này")
    assert not means_this("đừng nhắn nữa")
    assert means_all("quên hết hồ sơ đi")
    assert not means_all("quên hồ sơ này đi")
    assert names_own("hồ sơ của tôi đến đâu rồi")
    assert not names_own("đến đâu rồi")
