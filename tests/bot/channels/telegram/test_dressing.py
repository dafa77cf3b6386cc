"""Replies as messages of Telegram. Cases of protocols.md §8."""

import unicodedata
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.telegram.dressing import dress
from bot.messages import (
    Block,
    Choice,
    Choices,
    FactList,
    Heading,
    Link,
    Paragraph,
    SourceNote,
)
from bot.rendering.plain import render_plain
from tests.bot.channels.telegram.bots import a_reply
from tests.bot.channels.telegram.seen_parts import PORTAL, one, rows, shown, units, without_blanks
from tests.support.telegram_html import read_html
from tests.support.telegram_rules import LONGEST


def test_a_heading_is_bold_a_list_keeps_its_lines_and_a_link_leads_somewhere() -> None:
    reply = a_reply(
        Heading("Đăng ký khai sinh"),
        FactList("Giấy tờ", ("Tờ khai", "Giấy chứng sinh")),
        FactList("Các bước:", ("Nộp hồ sơ", "Nhận kết quả"), ordered=True),
        Link("Nộp trực tuyến", PORTAL),
    )
    seen = shown(one(reply))

    assert seen.of_kind("b") == ["Đăng ký khai sinh", "Giấy tờ:", "Các bước:"]
    assert seen.text == (
        "Đăng ký khai sinh\n\nGiấy tờ:\n- Tờ khai\n- Giấy chứng sinh\n\n"
        "Các bước:\n1. Nộp hồ sơ\n2. Nhận kết quả\n\nNộp trực tuyến"
    )
    assert seen.links == [PORTAL]


def test_sources_stand_at_the_end_in_italics_and_link_to_the_record() -> None:
    note = SourceNote("1.001193", "Đăng ký khai sinh", "163/QĐ-BTP", "7/2026", PORTAL, "Nguồn: x.")
    law = SourceNote("", "Luật Hộ tịch", "60/2014/QH13", "", "", "Nguồn: Luật Hộ tịch.")
    seen = shown(one(a_reply("Không mất tiền.", sources=(note, law))))

    assert seen.text == "Không mất tiền.\n\nNguồn: x.\nNguồn: Luật Hộ tịch."
    assert seen.of_kind("i") == ["Nguồn: x.", "Nguồn: Luật Hộ tịch."]
    assert seen.links == [PORTAL]


def test_plain_words_are_the_same_and_show_the_addresses() -> None:
    note = SourceNote("1", "x", "163/QĐ-BTP", "7/2026", PORTAL, "Nguồn: x.")
    reply = a_reply(Heading("Khai sinh"), Link("Nộp ở đây", PORTAL), sources=(note,))
    part = one(reply)

    assert part.plain is not None
    assert part.plain["text"] == render_plain(reply).replace("\nhttps", " https")
    assert "parse_mode" not in part.plain


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "tg://user?id=1", "dichvucong.gov.vn", "http://", "https://a b"]
)
def test_an_address_that_is_none_of_the_web_is_shown_and_leads_nowhere(url: str) -> None:
    seen = shown(one(a_reply(Link("Nộp ở đây", url))))

    assert seen.links == []
    assert seen.text == f"Nộp ở đây: {url}"


@pytest.mark.parametrize(
    "name",
    [
        "Cấp <giấy phép> & “thẻ”",
        "a_b*c[d](e)`f`",
        "R&D </b> <script>",
        "&lt;b&gt; &amp;",
        "x > y <",
    ],
)
def test_case_9_signs_of_markup_in_a_name_are_shown_as_they_are(name: str) -> None:
    reply = a_reply(Heading(name), name, FactList(name, (name,)), Link(name, f"{PORTAL}#\"'<>"))
    seen = shown(one(reply))

    assert seen.of_kind("b")[0] == name
    assert seen.text.count(name) == 5
    assert seen.links == [f"{PORTAL}#\"'<>"]


LONG_TEXTS = {
    "4097 letters": "a" * 4097,
    "12 000 letters": "Bạn nộp hồ sơ ở xã. " * 600,
    "emoji": "👨‍👩‍👧‍👦 gia đình 🏛️ " * 600,
    "nothing but emoji": "👩🏽‍💻" * 1500,
    "letters taken apart": unicodedata.normalize("NFD", "Thủ tục đăng ký thường trú. ") * 300,
    "signs of markup": "<b>&amp;</b> " * 700,
    "one address": f"Xem {PORTAL}{'a' * 3900} nhé " * 3,
}


@pytest.mark.parametrize("text", LONG_TEXTS.values(), ids=LONG_TEXTS.keys())
def test_case_8_a_long_answer_goes_out_whole_and_in_order(text: str) -> None:
    parts = dress(a_reply(Heading("Khai sinh"), text, FactList("Giấy tờ", (text,))), turn=5)
    texts = [shown(part).text for part in parts]

    assert len(parts) > 1
    assert all(0 < units(one) <= LONGEST for one in texts)
    assert without_blanks("".join(texts)) == without_blanks(f"Khai sinh{text}Giấy tờ:- {text}")
    assert [bool(rows(part)) for part in parts] == [False] * (len(parts) - 1) + [True]


def test_case_8_no_letter_is_cut_from_its_marks_and_no_emoji_in_two() -> None:
    letters = unicodedata.normalize("NFD", "ế") * 5000
    parts = dress(a_reply(letters), None)
    texts = [shown(part).text for part in parts]

    assert len(texts) > 1
    assert all(unicodedata.combining(one[0]) == 0 for one in texts)


def test_case_8_a_bold_title_longer_than_a_message_stays_bold_in_both() -> None:
    parts = dress(a_reply(Heading("Thủ tục " * 700)), None)

    assert len(parts) == 2
    assert all(shown(part).of_kind("b") == [shown(part).text] for part in parts)


def test_a_link_between_two_messages_is_not_lost() -> None:
    for before in range(LONGEST - 130, LONGEST + 3):
        parts = dress(a_reply("a" * before, Link("Nộp hồ sơ trực tuyến", PORTAL)), None)
        seen = [shown(part) for part in parts]
        texts = "".join(one.text for one in seen)

        assert PORTAL in [url for one in seen for url in one.links] or PORTAL in texts
        assert without_blanks("Nộp hồ sơ trực tuyến") in without_blanks(texts)


def test_more_links_than_telegram_reads_show_their_addresses() -> None:
    links = [Link(f"Biểu mẫu {n}", f"https://a.vn/{n}") for n in range(200)]
    seen = [shown(part) for part in dress(a_reply(*links), None)]

    assert all(len(one.entities) <= 100 for one in seen)
    found = [url for one in seen for url in one.links]
    assert all(
        link.url in found or any(f": {link.url}\n" in f"{one.text}\n" for one in seen)
        for link in links
    )


def test_what_says_nothing_leaves_no_gap() -> None:
    assert shown(one(a_reply("Lệ phí.", "", Heading(" "), "Thời gian."))).text == (
        "Lệ phí.\n\nThời gian."
    )


def test_previews_of_pages_are_off() -> None:
    part = one(a_reply(Link("Cổng", PORTAL)))

    assert part.body["link_preview_options"] == {"is_disabled": True}
    assert part.plain
    assert part.plain["link_preview_options"] == {"is_disabled": True}


_words = st.text(max_size=300).filter(str.strip)
_lists = st.lists(_words, min_size=1, max_size=4).map(tuple)
_urls = st.sampled_from([PORTAL, "http://a.vn/<b>&", "javascript:x", "", "https://" + "b" * 5000])
_choices = st.lists(st.builds(Choice, _words, st.text(max_size=70)), max_size=6).map(tuple)
_blocks: st.SearchStrategy[Sequence[Block]] = st.lists(
    st.builds(Paragraph, _words | st.just("Dài. " * 2000))
    | st.builds(Heading, _words)
    | st.builds(FactList, _words, _lists, st.booleans())
    | st.builds(Link, _words, _urls)
    | st.builds(Choices, _choices, st.booleans()),
    min_size=1,
    max_size=6,
)


@given(blocks=_blocks, turn=st.none() | st.integers(0, 2**63))
def test_case_8_every_reply_goes_out_whole_and_within_the_limits(
    blocks: Sequence[Block], turn: int | None
) -> None:
    reply = a_reply("Trả lời.", *blocks)
    parts = dress(reply, turn)
    seen = "".join(shown(part).text for part in parts)
    plain = "".join(str(part.plain["text"]) for part in parts if part.plain)
    written = [one.text for one in blocks if isinstance(one, Paragraph | Heading)]
    written += [item for one in blocks if isinstance(one, FactList) for item in one.items]
    written += [one.label for one in blocks if isinstance(one, Link)]
    buttons = [text for part in parts for row in rows(part) for text in row]
    labels = [choice.label for choice in reply.buttons]

    assert all(units(str(part.plain and part.plain["text"])) <= LONGEST for part in parts)
    for text in written:
        assert without_blanks(text) in without_blanks(seen)
        assert without_blanks(text) in without_blanks(plain)
    for label in labels:
        assert without_blanks(label) in without_blanks(seen) or any(label in one for one in buttons)


def test_the_emulator_reads_html_as_the_bot_api_does() -> None:
    seen = read_html('<b>a &lt; b</b> <a href="https://a.vn/?x=1&amp;y=2">c</a> &nosuch; 1 > 0')

    assert seen.text == "a < b c &nosuch; 1 > 0"
    assert seen.links == ["https://a.vn/?x=1&y=2"]
