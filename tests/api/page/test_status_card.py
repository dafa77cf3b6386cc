"""How the page and the API show a card and a picture; every value of it is escaped."""

from html.parser import HTMLParser

from typing_extensions import override

from api.chat.schemas import PictureOut, StatusOut, reply_out
from api.page.view import PageView, drawn
from api.static_files import STATIC
from api.wiring.services import Told
from bot.deciding.dossier_decisions import AskDossierCode
from bot.deciding.dossier_matters import Matter
from bot.messages import Fact, Outcome, OutcomeFamily, Reply, StatusCard, Tone
from tests.support.dossier_replies import reply_to, told
from tests.support.dossiers import a_dossier

VIEW = PageView(2000, "", lambda: True)
OUTCOME = Outcome(OutcomeFamily.LOOKED_UP, "dossier_status")


class Elements(HTMLParser):
    """What elements a page has."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)
        self.close()

    @override
    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def of(self, tag: str, kind: str = "") -> list[dict[str, str | None]]:
        """Those of a tag, and of a class where one is named."""
        return [
            attributes
            for name, attributes in self.found
            if name == tag and kind in ["", *(attributes.get("class") or "").split()]
        ]


def turn_of(reply: Reply) -> tuple[str, Elements]:
    html = VIEW.turn("hồ sơ của tôi đến đâu rồi", Told(reply, 7, 0))
    return html, Elements(html)


def a_card(**changes: object) -> Reply:
    values: dict[str, object] = {"title": "Đăng ký thường trú", "state": "Đang xử lý"}
    card = StatusCard(**(values | {"tone": Tone.WAITING} | changes))  # type: ignore[arg-type]
    return Reply((card,), OUTCOME)


def test_a_card_shows_its_state_its_days_and_its_facts() -> None:
    html, elements = turn_of(
        a_card(progress="Ngày thứ 4 trên 7", day=4, of=7, facts=(Fact("Ngày nhận", "thứ hai"),))
    )

    assert [one["class"] for one in elements.of("section", "status")] == ["status tone-waiting"]
    assert len(elements.of("i", "used")) == 4
    assert "Ngày thứ 4 trên 7" in html
    assert "<dt>Ngày nhận</dt><dd>thứ hai</dd>" in html


def test_many_days_are_one_bar_and_unknown_days_are_none() -> None:
    _, many = turn_of(a_card(day=12, of=30))
    _, none = turn_of(a_card())

    assert [(one["max"], one["value"]) for one in many.of("progress")] == [("30", "12")]
    assert many.of("p", "days") == []
    assert none.of("progress") + none.of("p", "days") == []


def test_what_a_source_writes_is_shown_and_never_run() -> None:
    evil = "<script>alert(1)</script>"
    html, elements = turn_of(
        a_card(title=evil, state=evil, progress=evil, facts=(Fact(evil, f'"{evil}'),))
    )
    assert elements.of("script") == []
    assert html.count("&lt;script&gt;") >= 5


def test_a_picture_is_our_drawing_with_its_words() -> None:
    _, elements = turn_of(reply_to(AskDossierCode(Matter.STATUS)))
    (image,) = elements.of("img")

    assert str(image["src"]).startswith("/static/giay-hen.svg?v=")
    assert "Mã hồ sơ" in str(image["alt"])
    assert drawn("/static/giay-hen.png") == image["src"]
    assert (STATIC / "giay-hen.svg").exists()


def test_the_api_gives_card_and_picture_as_data() -> None:
    (card,) = (
        block
        for block in reply_out(reply_to(told(a_dossier()))).blocks
        if isinstance(block, StatusOut)
    )
    (picture,) = (
        block
        for block in reply_out(reply_to(AskDossierCode(Matter.STATUS))).blocks
        if isinstance(block, PictureOut)
    )

    assert card.model_dump()["tone"] == "waiting"
    assert (card.day, card.of) == (4, 6)
    assert {"label": "Chủ hồ sơ", "value": "N*** V** A**"} in card.model_dump()["facts"]
    assert picture.url == "/static/giay-hen.png"
    assert (STATIC / "giay-hen.png").exists()
