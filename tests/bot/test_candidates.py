"""What is searched for, and what a typed name finds."""

from dataclasses import replace

from bot.deciding.candidates import search
from bot.deciding.evidence import evidence
from bot.parse import Entity, Parse
from knowledge.library import Library
from knowledge.procedure import Level
from tests.support.builders import a_procedure

MEMBER = "Chứng thực chữ ký người dịch mà người dịch là cộng tác viên dịch thuật của xã"
NO_MEMBER = (
    "Chứng thực chữ ký người dịch mà người dịch không phải là cộng tác viên dịch thuật của xã"
)
TRANSLATORS = Library.of(
    [a_procedure(MEMBER, code="2.000992"), a_procedure(NO_MEMBER, code="2.001008")]
)


def first(library: Library, text: str, *entities: Entity) -> str:
    mentions, _ = search(library, Parse(text, "ask_procedure", 0.9, entities), alone=True)
    return mentions[0][0].procedure.code


def test_of_two_names_that_differ_by_two_words_the_typed_one_is_found() -> None:
    assert first(TRANSLATORS, NO_MEMBER) == "2.001008"
    assert first(TRANSLATORS, MEMBER) == "2.000992"
    assert first(TRANSLATORS, f"Thủ tục {NO_MEMBER}".lower()) == "2.001008"


def test_the_beginning_of_a_long_name_stands_for_it() -> None:
    assert first(TRANSLATORS, NO_MEMBER.removesuffix(" dịch thuật của xã")) == "2.001008"


def test_a_slip_in_a_name_does_no_harm() -> None:
    typed = NO_MEMBER.replace("Chứng thực", "Chứng thưc").replace("dịch thuật", "dịch thật")

    assert first(TRANSLATORS, typed) == "2.001008"


def test_of_level_twins_the_nearest_stands_first() -> None:
    name = "Cấp lại thẻ căn cước"
    library = Library.of(
        [
            a_procedure(f"{name} (thực hiện tại cấp tỉnh)", code="1.1", levels=(Level.PROVINCE,)),
            a_procedure(name, code="2.2", levels=(Level.COMMUNE,)),
        ]
    )

    assert first(library, name) == "2.2"
    assert first(library, f"{name} ở công an tỉnh") == "1.1"


def test_asking_words_that_belong_to_a_name_are_searched_for() -> None:
    library = Library.of(
        [
            a_procedure(
                "Xác nhận điều kiện diện tích nhà ở để đăng ký thường trú", code="1.013314"
            ),
            a_procedure("Xác nhận thông tin về cư trú", code="1.010041"),
            a_procedure("Đăng ký khai tử", code="1.000656"),
        ]
    )
    text = "xin xác nhận điều kiện diện tích để thường trú"
    asked = Entity("asked", 13, 22, "điều kiện", "conditions", 0.9)

    assert first(library, text, asked) == "1.013314"


def test_two_procedures_in_one_message_are_told_apart_and_one_with_and_in_its_name_is_not() -> None:
    library = Library.of(
        [
            a_procedure("Đăng ký khai tử", code="1.000656"),
            a_procedure("Xóa đăng ký thường trú", code="1.003197"),
            a_procedure("Thay đổi và cải chính hộ tịch", code="1.004859"),
        ]
    )
    parse = Parse("đăng ký khai tử với xoá đăng ký thường trú", "ask_procedure", 0.9)
    mentions, codes = search(library, parse, alone=True)
    one = Parse("thay đổi và cải chính hộ tịch", "ask_procedure", 0.9)

    assert [candidates[0].procedure.code for candidates in mentions] == ["1.000656", "1.003197"]
    assert set(codes) >= {"1.000656", "1.003197"}
    assert len(search(library, one, alone=True)[0]) == 1


def test_a_name_without_a_telling_word_is_found_where_it_is_all_that_is_said() -> None:
    library = Library.of([a_procedure("Chứng thực bản sao", code="1.1", aliases=("sao y",))])

    assert first(library, "sao y") == "1.1"


def test_a_name_that_a_better_fit_follows_can_be_judged() -> None:
    mentions, _ = search(TRANSLATORS, Parse(MEMBER, "ask_procedure", 0.9), alone=True)
    best, *_ = mentions[0]
    better = replace(best, score=best.score + 0.2)

    assert evidence(Parse(MEMBER, "ask_procedure", 0.9), (best, better))["lead"] < 0
