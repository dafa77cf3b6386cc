"""The library: codes, successors, twins, and finding the right procedure."""

import functools
import itertools
import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.library import Library
from knowledge.procedure import Level, Procedure
from knowledge.synonyms_file import load_vocabulary
from knowledge.text import strip_accents
from tests.support.builders import a_procedure


def a_card(code: str, ending: str, level: Level) -> Procedure:
    return a_procedure(f"Cấp lại thẻ căn cước{ending}", code=code, levels=(level,))


shipped_vocabulary = functools.cache(load_vocabulary)


def a_library(*procedures: Procedure) -> Library:
    return Library.of(procedures, shipped_vocabulary())


@pytest.fixture(scope="module")
def library() -> Library:
    """Siblings that people mix up."""
    names = (
        "Thủ tục đăng ký khai sinh",
        "Thủ tục đăng ký lại khai sinh",
        "Thủ tục đăng ký khai sinh có yếu tố nước ngoài",
        "Thủ tục đăng ký lại khai sinh có yếu tố nước ngoài",
        "Đăng ký thường trú",
        "Xóa đăng ký thường trú",
        "Đăng ký tạm trú",
        "Gia hạn tạm trú",
        "Khai báo tạm vắng",
        "Thủ tục cấp giấy phép kinh doanh vàng miếng",
        "Cấp phép sử dụng tạm thời lòng đường, vỉa hè vào mục đích khác",
    )
    made = (
        a_procedure(name, code=f"9.0000{place:02}", results=(), circumstances=())
        for place, name in enumerate(names)
    )
    cards = (
        a_card("1.000757", " (thực hiện tại cấp trung ương)", Level.MINISTRY),
        a_card("1.014064", "", Level.COMMUNE),
        a_card("2.001194", " (thực hiện tại cấp tỉnh)", Level.PROVINCE),
    )
    return a_library(*made, *cards)


def first(library: Library, words: str) -> str:
    matches = library.search(words)
    return matches[0].procedure.name if matches else ""


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("đăng ký khai sinh", "Thủ tục đăng ký khai sinh"),
        ("mất giấy khai sinh, làm lại ở đâu", "Thủ tục đăng ký lại khai sinh"),
        ("khai sinh cho con có bố người Nhật", "Thủ tục đăng ký khai sinh có yếu tố nước ngoài"),
        ("muốn xoá hộ khẩu", "Xóa đăng ký thường trú"),
        ("nhập hộ khẩu cho vợ", "Đăng ký thường trú"),
        ("tạm trú sắp hết hạn rồi", "Gia hạn tạm trú"),
        ("đăng ký tạm trú, không phải gia hạn", "Đăng ký tạm trú"),
        ("làm khai sinh cho bé xong rồi, giờ nhập hộ khẩu thì sao", "Đăng ký thường trú"),
        (
            "khai sinh cho con có mẹ người Philippin",
            "Thủ tục đăng ký khai sinh có yếu tố nước ngoài",
        ),
        ("dang ki tam tru het bao nhieu tien", "Đăng ký tạm trú"),
        ("khai baos tam vangg", "Khai báo tạm vắng"),
    ],
)
def test_what_tells_siblings_apart_decides(library: Library, words: str, name: str) -> None:
    assert first(library, words) == name


def test_level_twins_come_nearest_to_the_citizen_first(library: Library) -> None:
    found = [match.procedure.code for match in library.search("làm lại căn cước bị mất", 3)]
    assert found == ["1.014064", "2.001194", "1.000757"]


def test_the_level_that_is_named_wins(library: Library) -> None:
    assert library.search("cấp lại căn cước ở công an tỉnh")[0].procedure.code == "2.001194"


def test_twins_are_the_other_levels_of_the_same_procedure(library: Library) -> None:
    assert [twin.code for twin in library.twins("1.014064")] == ["2.001194", "1.000757"]
    assert library.twins("9.000000") == ()
    assert library.twins("không có mã này") == ()


@pytest.mark.parametrize("words", ["", "   ", "???", "🙏🙏", "ạ", "bao nhiêu tiền", "cần giấy gì"])
def test_words_without_a_topic_find_nothing(library: Library, words: str) -> None:
    assert library.search(words) == ()


@pytest.mark.parametrize("words", ["hôm nay giá vàng bao nhiêu", "thời tiết hà nội thế nào"])
def test_a_question_that_fits_nothing_scores_below_every_good_one(
    library: Library, words: str
) -> None:
    scores = [match.score for match in library.search(words)]
    assert max(scores, default=0.0) < 0.4 < library.search("đăng ký tạm trú")[0].score


def test_a_long_story_before_the_question_does_not_hide_it(library: Library) -> None:
    story = "Chào cán bộ, em ở quê mới lên thành phố làm công nhân, hôm qua chủ nhà có nhắc. " * 3
    assert first(library, story + "Giờ em muốn đăng ký tạm trú thì sao ạ?") == "Đăng ký tạm trú"


def test_fifty_thousand_characters_are_searched_like_a_short_text(library: Library) -> None:
    assert first(library, "a b c " * 9_000 + "đăng ký tạm trú") == "Đăng ký tạm trú"


def test_the_reasons_of_a_score_add_up_to_it(library: Library) -> None:
    matches = library.search("làm lại thẻ căn cước ở tỉnh")
    assert matches
    for match in matches:
        assert math.isclose(sum(signal.value for signal in match.why), match.score, abs_tol=1e-6)
        against = [signal.name for signal in match.why if signal.value <= 0]
        assert against in ([], ["người dân hay gọi việc khác như vậy"])


def test_equal_scores_are_ordered_by_code() -> None:
    same = [a_procedure("Tách hộ", code=code) for code in ("3.000002", "1.000009", "2.000005")]
    found = [match.procedure.code for match in a_library(*same).search("tách hộ")]
    assert found == ["1.000009", "2.000005", "3.000002"]


def test_the_popular_of_two_equals_comes_first() -> None:
    rare = a_procedure("Tách hộ", code="1.000001")
    daily = a_procedure("Tách hộ", code="1.000002", popularity=5)
    assert a_library(rare, daily).search("tách hộ")[0].procedure == daily


def test_an_alias_is_as_good_as_a_name() -> None:
    named = a_procedure("Tách hộ", code="1.000001", aliases=("ra riêng khỏi sổ của bố mẹ",))
    other = a_procedure("Đăng ký thường trú", code="1.000002")
    assert first(a_library(named, other), "ra riêng khỏi sổ bố mẹ") == "Tách hộ"


def test_a_suspect_is_told_by_its_code_but_never_found() -> None:
    suspect = a_procedure("Tách hộ", code="2.001428", suspect="Văn bản của thủ tục khác")
    library = a_library(suspect, a_procedure("Đăng ký thường trú", code="1.000001"))
    assert library.get("2.001428") == suspect
    assert all(match.procedure.code != "2.001428" for match in library.search("tách hộ"))


def test_a_former_code_leads_to_its_successors() -> None:
    new = [a_procedure(code=code, former_codes=("2.000488",)) for code in ("3.000334", "3.000333")]
    assert [found.code for found in a_library(*new).resolve("2.000488")] == ["3.000333", "3.000334"]


def test_successors_stand_nearest_to_the_citizen_first() -> None:
    ministry = a_procedure(code="3.000330", levels=(Level.MINISTRY,), former_codes=("2.000488",))
    province = a_procedure(code="3.000333", levels=(Level.PROVINCE,), former_codes=("2.000488",))
    assert a_library(ministry, province).resolve("2.000488") == (province, ministry)


def test_a_newer_code_that_is_not_here_is_known_by_what_it_replaced() -> None:
    province = a_procedure(code="2.001194", levels=(Level.PROVINCE,), changed_to=("1.116410",))
    commune = a_procedure(code="1.014064", levels=(Level.COMMUNE,), changed_to=("1.116410",))
    library = a_library(province, commune)
    assert library.predecessors("1.116410") == (commune, province)
    assert library.predecessors("1.014064") == ()


def test_a_code_that_is_here_resolves_to_itself_even_if_it_was_replaced() -> None:
    old = a_procedure(code="1.014061", changed_to=("1.116410",))
    assert a_library(old).resolve("1.014061") == (old,)
    assert a_library(old).resolve("1.116410") == ()


def test_a_later_record_of_the_same_code_counts() -> None:
    later = a_procedure("Tách hộ", code="1.000001")
    library = a_library(a_procedure("Tên cũ", code="1.000001"), later)
    assert (len(library), library.codes()) == (1, ("1.000001",))
    assert library.get("1.000001") == later


def test_an_empty_library_finds_nothing() -> None:
    assert a_library().search("đăng ký tạm trú") == ()


@settings(deadline=None, max_examples=60)
@given(words=st.text(max_size=80), limit=st.integers(0, 12))
def test_any_text_gives_at_most_limit_matches_in_order_between_0_and_1(
    library: Library, words: str, limit: int
) -> None:
    matches = library.search(words, limit)
    assert len(matches) <= limit
    assert all(0 < match.score <= 1 for match in matches)
    assert all(one.score >= two.score for one, two in itertools.pairwise(matches))
    assert matches == library.search(words, limit)


def test_text_without_accents_finds_the_same(library: Library) -> None:
    asked = ["đăng ký thường trú", "khai báo tạm vắng", "gia hạn tạm trú", "tạm thời vỉa hè"]
    for words in asked:
        assert first(library, strip_accents(words)) == first(library, words)
