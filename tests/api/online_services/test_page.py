"""The page /dich-vu: what it lists, how it is narrowed, and what it says of unknown levels."""

import re
from dataclasses import replace
from urllib.parse import parse_qsl, urlsplit

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from api.online_services.page import ON_A_PAGE, ServicesView
from api.online_services.reading import Asked
from api.wiring.services import Services
from bot.deciding.found import Press, read_press
from bot.deciding.service_decisions import ServicesAsked
from bot.rendering.online_services import page_address
from knowledge.library import Library
from knowledge.online_services import OnlineServices, Stated
from knowledge.procedure import FilingChannel, Level, OnlineLevel, OnlineStatement
from tests.api.conftest import shipped_library
from tests.support.builders import a_method, a_procedure, a_source

pytestmark = pytest.mark.anyio
KNOWN = shipped_library().online_services()


def titles(html: str) -> list[str]:
    return re.findall(r"<h3>(.*?)</h3>", html)


async def shown(client: httpx.AsyncClient, address: str = "/dich-vu") -> str:
    answer = await client.get(address)
    assert answer.status_code == 200
    return answer.text


async def put(services: Services, *changes: dict[str, object]) -> None:
    shelf = [a_procedure(code=f"1.{at:06}", **one) for at, one in enumerate(changes)]
    services.put_in_force(services.engine, Library.of(shelf), services.held)


async def test_every_service_stands_on_one_of_the_pages(client: httpx.AsyncClient) -> None:
    pages = -(-len(KNOWN.all) // ON_A_PAGE)
    assert pages > 2
    found = [await shown(client, f"/dich-vu?trang={page}") for page in range(1, pages + 1)]
    codes = [
        code for html in found for code in re.findall(r'<span class="code">(.*?)</span>', html)
    ]
    assert codes == [one.code for one in KNOWN.all]


async def test_a_search_finds_with_and_without_accents(client: httpx.AsyncClient) -> None:
    accented = titles(await shown(client, "/dich-vu?q=khai sinh"))
    assert "Đăng ký khai sinh" in accented
    assert accented == titles(await shown(client, "/dich-vu?q=KHAI SINH"))
    assert accented == titles(await shown(client, "/dich-vu?q=khai+sinh"))


async def test_filters_narrow_the_list_and_stay_in_its_links(client: httpx.AsyncClient) -> None:
    html = await shown(client, "/dich-vu?linh-vuc=ho-tich&cap=commune&muc=online")
    assert titles(html)
    assert '<option value="ho-tich" selected>' in html
    links = [
        dict(parse_qsl(urlsplit(link.replace("&amp;", "&")).query))
        for link in re.findall(r'class="tile[^"]*" href="([^"]*)"', html)
    ]
    assert len(links) > 2
    assert all(one["linh-vuc"] == "ho-tich" and one["cap"] == "commune" for one in links)


async def test_a_statement_stands_with_its_decision_and_with_whose_it_is(
    client: httpx.AsyncClient, services: Services
) -> None:
    local = OnlineStatement(OnlineLevel.FULL, "Quyết định 2808/QĐ-UBND (Đồng Nai)", local=True)
    national = OnlineStatement(OnlineLevel.PARTIAL, "Quyết định 1/QĐ-BTP")
    await put(services, {"online_levels": (local, national)}, {})
    html = await shown(client)
    assert "Toàn trình theo Quyết định 2808/QĐ-UBND (Đồng Nai); quyết định riêng của một" in html
    assert "Một phần theo Quyết định 1/QĐ-BTP</p>" in html
    assert "Mỗi quyết định một mức" in html
    assert html.count('<p class="by">') == 2


async def test_what_is_not_known_is_said_to_be_so(
    client: httpx.AsyncClient, services: Services
) -> None:
    counter = (a_method(FilingChannel.COUNTER),)
    await put(
        services,
        {},
        {"methods": counter},
        {"methods": counter, "online_level": OnlineLevel.FULL, "changed_to": ("9.000001",)},
    )
    html = await shown(client)
    for text in (
        "Nộp được, chưa rõ mức",
        "Không nêu cách nộp trực tuyến",
        "Toàn trình, hồ sơ không ghi quyết định",
        "Hồ sơ thủ tục không nêu cách nộp trực tuyến.",
        "Mã mới: 9.000001",
        "không tính là toàn trình",
        "Cổng Dịch vụ công quốc gia, dữ liệu 7/2026",
    ):
        assert text in html


async def test_the_assistant_can_be_asked_of_each_service(client: httpx.AsyncClient) -> None:
    html = await shown(client, "/dich-vu?q=1.001193")
    (value,) = re.findall(r'name="choice" value="([^"]*)"', html)
    press = read_press(value)
    assert isinstance(press, Press)
    assert press.code == "1.001193"
    (message_id,) = re.findall(r'name="message_id" value="([^"]*)"', html)
    told = await client.post(
        "/chat",
        data={"message_id": message_id, "choice": value, "text": "Đăng ký khai sinh"},
        follow_redirects=True,
    )
    assert told.status_code == 200
    assert "1.001193" in told.text


async def test_a_dangerous_address_of_a_record_is_not_linked(
    client: httpx.AsyncClient, services: Services
) -> None:
    await put(services, {"url": "javascript:alert(1)", "name": "<b>Khai sinh</b>"})
    html = await shown(client)
    assert "javascript:" not in html
    assert "<b>Khai sinh" not in html
    assert "Tìm trên Cổng" in html


@pytest.mark.parametrize(
    "query", ["cap=huyen", "linh-vuc=thien-van", "muc=4", "trang=-1", "trang=٢", "q=" + "a" * 300]
)
async def test_a_filter_that_cannot_be_read_is_left_out_and_told(
    client: httpx.AsyncClient, query: str
) -> None:
    answer = await client.get(f"/dich-vu?{query}")
    assert answer.status_code == 422
    assert "Có bộ lọc không đọc được" in answer.text


@settings(max_examples=60)
@given(
    st.dictionaries(
        st.sampled_from(("q", "linh-vuc", "cap", "muc", "trang", "khac")),
        st.text(max_size=30) | st.sampled_from(("ho-tich", "commune", "full", "2", "9999")),
    )
)
def test_whatever_the_address_says_a_page_is_shown(given_: dict[str, str]) -> None:
    html = ServicesView().page(KNOWN, Asked.of(given_, KNOWN))
    assert "</html>" in html


def test_a_page_beyond_the_last_shows_the_last() -> None:
    view = ServicesView()
    html = view.page(KNOWN, Asked.of({"trang": "999"}, KNOWN))
    assert titles(html)
    assert titles(html)[-1] in KNOWN.all[-1].title.replace("'", "&#39;")


@pytest.mark.parametrize("level", [None, *Level])
@pytest.mark.parametrize("stated", [None, Stated.FULL, Stated.PARTIAL])
def test_the_link_of_the_conversation_is_read_by_the_page(
    level: Level | None, stated: Stated | None
) -> None:
    address = page_address(ServicesAsked("ho-tich", level, stated))
    asked = Asked.of(dict(parse_qsl(urlsplit(address).query)), KNOWN)
    assert not asked.faulty
    assert (asked.field, asked.level) == ("ho-tich", level)
    assert asked.stated == (stated.value if stated else "online")


def test_without_a_date_the_page_says_so() -> None:
    undated = replace(a_procedure(), source=a_source(as_of=""))
    told = OnlineServices.of([undated])
    assert "không ghi ngày" in ServicesView().page(told, Asked())
