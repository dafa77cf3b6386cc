"""The words of those who ask which services are filed online, and of those who do not."""

import pytest

from bot.deciding.service_signs import asks_for_list, level_said, stated_said
from knowledge.procedure import Level
from knowledge.text import strip_accents
from tests.support.shipped import shipped_library

LISTS = (
    "thủ tục nào nộp online được",
    "dịch vụ nào nộp online được",
    "cấp xã có những thủ tục nào nộp trực tuyến toàn trình",
    "lĩnh vực hộ tịch cái nào làm qua mạng được",
    "có bao nhiêu dịch vụ công toàn trình",
    "dich vu nao nop online duoc",
    "cap xa co nhung thu tuc nao nop truc tuyen toan trinh",
    "linh vuc ho tich cai nao lam qua mang duoc",
    "co bao nhieu dich vu cong toan trinh",
    "thu tuc nao nop qua mang duoc",
    "danh sách dịch vụ công toàn trình",
    "Mấy dịch vụ làm ở nhà trên điện thoại được gồm những gì",
    "cái gì làm online được thì liệt kê cho anh",
    "nhung giay to lam tai nha khong can len xa la nhung loai nao",
    "dich vu nao lam online toan trinh",
    "liệt kê thủ tục không cần ra phường",
    "nộp qua mạng được những loại nào",
    "mức độ 4 có những thủ tục nào",
    "cho xem danh mục trực tuyến toàn trình",
    "liet ke dich vu muc do 3 muc do 4",
    "những dịch vụ làm được trên vneid",
    "dịch vụ công trực tuyến một phần là những cái nào",
    "thủ tục đất đai nào làm qua mạng",
    "thu tuc dat dai nao nop online dc",
    "hộ khẩu có những thủ tục nào nộp online được",
    "bằng lái có những dịch vụ nào làm trên mạng",
    "tỉnh có bao nhiêu thủ tục toàn trình",
    "ở phường làm được những thủ tục nào qua mạng",
    "nhóm cư trú có những dịch vụ online nào",
    "về xe cộ thì những thủ tục nào nộp qua mạng",
    "danh sách thủ tục toàn trình",
    "những việc nào khỏi lên xã, làm ở nhà được",
    "thủ tục cấp tỉnh nào nộp trực tuyến",
    "lĩnh vực thuỷ sản có những thủ tục nào nộp online",
    "co may thu tuc toan trinh",
    "cac thu tuc dat dai nop truc tuyen duoc",
    "bao nhiêu thủ tục hộ tịch nộp được trên mạng",
    "liệt kê các dịch vụ công trực tuyến cấp xã",
    "xem tất cả thủ tục nộp được qua internet",
    "chứng thực thì cái nào nộp online được",
)
OTHERS = (
    "khai sinh nộp online được không",
    "khai sinh nop online duoc khong",
    "đăng ký kết hôn có làm trực tuyến được không",
    "nộp online khai sinh cần giấy tờ gì",
    "nop online dang ky tam tru can nhung giay to gi",
    "toàn trình là gì",
    "dịch vụ công trực tuyến toàn trình là gì",
    "mức độ 4 là gì",
    "mức độ 3 và mức độ 4 khác nhau thế nào",
    "thủ tục khai sinh có toàn trình không",
    "làm sao biết thủ tục có toàn trình không",
    "nộp hồ sơ trực tuyến như thế nào",
    "nộp online lệ phí bao nhiêu",
    "nộp qua mạng mất bao lâu",
    "thủ tục nào về hộ tịch",
    "có những thủ tục nào về đất đai",
    "cấp xã giải quyết những thủ tục nào",
    "hồ sơ nộp online của tôi tới đâu rồi",
    "tôi đã nộp online những giấy tờ gì rồi",
    "không nộp trực tuyến được thì làm thế nào",
    "vì sao thủ tục này không nộp online được",
    "tại sao tỉnh khác làm toàn trình mà tỉnh tôi không",
    "nộp toàn trình có phải lên xã không",
    "đăng ký thường trú online gồm những giấy tờ gì",
    "đổi bằng lái xe online cần những gì",
    "làm hộ chiếu online ở đâu",
    "cách nộp hồ sơ online",
    "nộp online cần chuẩn bị những giấy tờ nào",
    "những giấy tờ nào phải mang khi đăng ký kết hôn",
    "nộp trực tuyến xong có phải mang bản chính đến không",
    "thanh toán trực tuyến bằng cách nào",
    "đăng nhập cổng dịch vụ công bằng gì",
    "tài khoản vneid mức 2 làm được gì",
    "mất căn cước thì làm lại qua mạng được không",
    "tra cứu hồ sơ trên cổng dịch vụ công",
    "gia hạn tạm trú nộp online loại giấy tờ nào",
    "dang ky ket hon lam qua mang can giay gi",
    "file đính kèm nộp online loại nào",
    "ở nhà sinh con thì khai sinh làm giấy gì",
    "xin giấy xác nhận tình trạng hôn nhân qua mạng cần những gì",
)


def asks(text: str) -> bool:
    _, words = shipped_library().online_services().fields.said_in(text)
    return asks_for_list(text, words) is not None


@pytest.mark.parametrize("text", LISTS)
def test_who_asks_for_the_list_is_heard_with_and_without_accents(text: str) -> None:
    assert asks(text)
    assert asks(strip_accents(text))


@pytest.mark.parametrize("text", OTHERS)
def test_who_asks_something_near_is_not_given_the_list(text: str) -> None:
    assert not asks(text)
    assert not asks(strip_accents(text))


def test_both_kinds_are_forty_phrasings() -> None:
    assert len(set(LISTS)) == len(set(OTHERS)) == 40


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("ở phường làm được gì", Level.COMMUNE),
        ("cấp tỉnh", Level.PROVINCE),
        ("việc nào khỏi lên xã", None),
        ("thủ tục cấp bộ", Level.MINISTRY),
    ],
)
def test_a_level_is_heard_but_not_where_nobody_wants_to_go(text: str, level: Level | None) -> None:
    assert level_said(text) is level


def test_both_online_levels_together_are_no_filter() -> None:
    assert stated_said("liệt kê dịch vụ mức độ 3 mức độ 4") is None
