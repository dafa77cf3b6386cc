"""Which services are filed online: who is told the list, who is not, and what the list says."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.deciding.decisions import Decision
from bot.deciding.found import MAX_VALUE_BYTES, Found, read_press
from bot.deciding.online_services import MOST_SHOWN, decide_services, show_services
from bot.deciding.service_decisions import ServicesAsked, TellOnlineServices
from bot.deciding.service_found import read_services, services_value
from bot.dialogue import Dialogue
from bot.engine import Engine
from bot.held import Held
from bot.messages import (
    Choices,
    ConversationKey,
    FactList,
    IncomingMessage,
    Link,
    OutcomeFamily,
    Reply,
)
from bot.parse import AskedField, Parse
from bot.ports import Nlu
from bot.rendering import render, render_plain
from knowledge.online_services import OnlineServices, Stated
from knowledge.procedure import FilingChannel, Level, OnlineLevel, OnlineStatement
from tests.support.builders import a_method, a_procedure
from tests.support.desks import a_desk
from tests.support.fakes import MemoryDialogueStore
from tests.support.shipped import shipped_library

NOW = datetime(2026, 11, 22, 8, tzinfo=UTC)

FULL = OnlineStatement(OnlineLevel.FULL, "Quyết định 2808/QĐ-UBND (Đồng Nai)", local=True)
RECORDS = {
    one.code: one
    for one in (
        a_procedure(
            "Đăng ký khai sinh",
            code="1.001193",
            field="Hộ tịch",
            popularity=5,
            levels=(Level.COMMUNE,),
        ),
        a_procedure("Đăng ký khai tử", code="1.000656", field="Hộ tịch", online_levels=(FULL,)),
        a_procedure(
            "Thay đổi hộ tịch",
            code="1.004859",
            field="Hộ tịch",
            levels=(Level.PROVINCE,),
            methods=(a_method(FilingChannel.COUNTER),),
        ),
        a_procedure("Chuyển mục đích sử dụng đất", code="1.012789", field="Đất đai"),
        a_procedure("Mua thẻ BHYT", code="1.001939", field="Thực hiện chính sách BHXH"),
        a_procedure("Trả lương hưu", code="2.000809", field="Chi trả các chế độ BHXH"),
    )
}
SERVICES = OnlineServices.of(RECORDS.values())
FOUND = Found(services_of=lambda: SERVICES)
FOUND = replace(FOUND, scene=replace(FOUND.scene, record_of=RECORDS.get))


def decided(text: str) -> TellOnlineServices:
    parse = Parse(text, "ask_procedure", 0.5, (), ())
    step = decide_services(Dialogue(), parse, FOUND)
    assert step is not None
    decision, _ = step
    assert isinstance(decision, TellOnlineServices)
    return decision


def told(decision: Decision) -> Reply:
    return render(decision, a_desk())


def values(reply: Reply) -> list[str]:
    menus = [block for block in reply.blocks if isinstance(block, Choices)]
    return [choice.value for menu in menus for choice in menu.items]


def test_a_field_is_counted_and_its_procedures_are_offered_most_asked_first() -> None:
    reply = told(decided("lĩnh vực hộ tịch cái nào làm qua mạng được"))
    assert "Lĩnh vực Hộ tịch: tôi biết 3 thủ tục, trong đó 2 thủ tục nộp" in render_plain(reply)
    assert values(reply) == ["ask:1.001193:online", "ask:1.000656:online"]
    (groups,) = (block for block in reply.blocks if isinstance(block, FactList))
    assert groups.items == (
        "Toàn trình, có nơi công bố: 1",
        "Nộp trực tuyến được, chưa rõ mức: 1",
        "Hồ sơ không nêu cách nộp trực tuyến: 1",
    )


def test_what_nobody_states_is_never_offered_as_toan_trinh() -> None:
    decision = decided("có bao nhiêu dịch vụ công toàn trình")
    assert [one.code for one in decision.popular] == ["1.000656"]
    assert decision.asked.stated is Stated.FULL
    assert decision.counts.groups[Stated.FULL] == 1


def test_the_old_word_is_explained() -> None:
    reply = told(decided("mức độ 4 có những thủ tục nào"))
    assert "“Mức độ 4” là tên cũ" in render_plain(reply)


def test_the_level_of_government_is_kept_and_stands_in_the_link() -> None:
    decision = decided("cấp xã có những thủ tục nào nộp trực tuyến toàn trình")
    assert decision.asked == ServicesAsked("", Level.COMMUNE, Stated.FULL)
    (link,) = (block for block in told(decision).blocks if isinstance(block, Link))
    assert link.url == "/dich-vu?cap=commune&muc=full"


def test_a_word_of_several_fields_lets_choose_one() -> None:
    decision = decided("bảo hiểm xã hội có những thủ tục nào nộp online")
    assert {field.name for field, _ in decision.offered} == {
        "Thực hiện chính sách BHXH",
        "Chi trả các chế độ BHXH",
    }
    (first, *_) = values(told(decision))
    asked = read_press(first)
    assert isinstance(asked, ServicesAsked)
    chosen, _ = show_services(Dialogue(), asked, FOUND)
    assert isinstance(chosen, TellOnlineServices)
    assert chosen.field is not None
    assert len(chosen.popular) == 1


def test_a_field_that_is_not_known_is_said_to_be_so_beside_those_that_are() -> None:
    decision = decided("lĩnh vực thuỷ sản có những thủ tục nào nộp online")
    assert decision.said == "thuy san"
    reply = told(decision)
    assert "không có lĩnh vực nào tên" in render_plain(reply)
    assert len(values(reply)) == len(SERVICES.fields)


def test_a_button_of_a_field_that_is_gone_shows_the_others() -> None:
    decision, _ = show_services(Dialogue(), ServicesAsked("khong-con"), FOUND)
    assert isinstance(decision, TellOnlineServices)
    assert decision.field is None
    assert decision.offered


def test_every_answer_names_where_the_records_are_from_and_of_which_date() -> None:
    (source,) = told(decided("thủ tục nào nộp online được")).sources
    assert source.text == (
        "Nguồn: Cổng Dịch vụ công quốc gia, dữ liệu 7/2026. "
        "Mức độ theo quyết định ghi ở từng thủ tục."
    )


def every_button() -> Iterator[ServicesAsked]:
    for field, _ in shipped_library().online_services().by_field():
        for level in (None, *Level):
            for stated in (None, Stated.FULL, Stated.PARTIAL):
                yield ServicesAsked(field.key, level, stated)


def test_every_button_fits_and_is_read_again() -> None:
    buttons = list(every_button())
    assert len(buttons) > 400
    for asked in buttons:
        assert len(services_value(asked).encode()) <= MAX_VALUE_BYTES
        assert read_services(services_value(asked)) == asked


@pytest.fixture
def engine(trained_nlu: Nlu) -> Engine:
    return Engine(trained_nlu, shipped_library(), MemoryDialogueStore(), a_desk)


async def said(engine: Engine, *texts: str) -> Reply:
    key = ConversationKey("web", "dân")
    replies = [
        await engine.answer(IncomingMessage(key, str(number), NOW, text))
        for number, text in enumerate(texts)
    ]
    return replies[-1]


@pytest.mark.anyio
@pytest.mark.parametrize(
    "text",
    [
        "dịch vụ nào nộp online được",
        "danh sach thu tuc toan trinh",
        "thủ tục không cần ra phường có những gì",
        "nộp qua mạng được những loại nào",
    ],
)
async def test_the_trained_model_leads_to_the_list(engine: Engine, text: str) -> None:
    reply = await said(engine, text)
    assert str(reply.outcome) == "guided_online_services"
    assert len(values(reply)) <= MOST_SHOWN


@pytest.mark.anyio
async def test_a_question_about_one_procedure_is_answered_as_before(engine: Engine) -> None:
    reply = await said(engine, "khai sinh nộp online được không")
    assert reply.outcome.family in {OutcomeFamily.ANSWERED, OutcomeFamily.GUIDED}
    assert reply.procedure == "1.001193"


@pytest.mark.anyio
async def test_the_list_interrupts_a_topic_and_the_topic_stays(engine: Engine) -> None:
    reply = await said(
        engine, "đăng ký khai sinh", "thủ tục nào nộp online được", "lệ phí bao nhiêu"
    )
    assert reply.procedure == "1.001193"


@pytest.mark.anyio
async def test_what_waits_to_be_confirmed_is_counted_as_unknown(trained_nlu: Nlu) -> None:
    held = Held.of([("1.001776", AskedField.ONLINE)])
    before = Engine(trained_nlu, shipped_library(), MemoryDialogueStore(), a_desk)
    after = Engine(
        trained_nlu,
        shipped_library(),
        MemoryDialogueStore(),
        lambda: replace(a_desk(), held=held),
    )
    question = "thủ tục nào nộp online được"
    assert "Không rõ có nộp" not in render_plain(await said(before, question))
    assert "Không rõ có nộp trực tuyến được không: 1" in render_plain(await said(after, question))
