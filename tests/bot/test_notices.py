"""What stands under a reply: what is kept, and what was masked."""

from bot.channels.markup import plain_text
from bot.deciding.dossier_decisions import AskFactor, NotAgreed
from bot.engine import Engine
from bot.messages import Choices, FactList, Gesture, Paragraph, Reply
from bot.phrasebook import Phrasebook
from bot.rendering import render_plain
from bot.rendering.dossiers import render_dossier
from bot.rendering.notices import with_notice
from bot.understanding import MAX_CHARACTERS
from knowledge.library import Library
from tests.support.builders import a_procedure
from tests.support.chatting import Chat, kept_days
from tests.support.dossiers import CODE, OPEN
from tests.support.fakes import SilentNlu
from tests.support.replies import every_reply


def test_the_note_on_what_is_kept_is_told_once_also_after_everything_was_cancelled() -> None:
    chat = Chat(desk=kept_days())

    first, *others = (chat.send(gesture=Gesture.HELP), chat.send("/huy"), chat.send("/start"))

    assert "180 ngày" in render_plain(first)
    assert "xoá dữ liệu của tôi" in render_plain(first)
    assert not any("180 ngày" in render_plain(reply) for reply in others)


def note_of(reply: Reply) -> Paragraph:
    told = (one for one in reply.blocks if isinstance(one, Paragraph) and "30 ngày" in one.text)
    (note,) = (one for one in told if "xoá dữ liệu của tôi" in one.text)
    return note


def test_the_note_is_short_and_stands_behind_the_answer() -> None:
    chat = Chat(desk=kept_days(30))
    chat.nlu.expect("1.004222")
    with_note, without = chat.send("1.004222"), chat.send("1.004222").blocks
    note = note_of(with_note)
    at = with_note.blocks.index(note)

    assert tuple(one for one in with_note.blocks if one is not note) == without
    assert not any(isinstance(one, FactList) for one in with_note.blocks[at:])
    assert len(note.text) < 220


def introduces(reply: Reply, at: int) -> bool:
    """Tell whether the block at `at` is the sentence that leads to the choices behind it."""
    block, behind = reply.blocks[at], reply.blocks[at + 1]
    asks = isinstance(block, Paragraph) and block.text.endswith((":", "?"))
    return isinstance(behind, Choices) and (asks or behind.open_question)


def test_the_note_never_stands_between_a_sentence_and_its_choices() -> None:
    desk = kept_days(30)
    leading = 0
    for reply in every_reply().replies:
        noted, told = with_notice(desk, reply, 0)
        if not told:
            continue
        at = noted.blocks.index(note_of(noted))
        for before in range(len(reply.blocks) - 1):
            if introduces(reply, before):
                leading += 1
                assert at != before + 1, reply
                assert noted.blocks[before + (at <= before)] == reply.blocks[before]

    assert leading > 50


def test_the_note_never_splits_a_numbered_menu_which_tells_once_how_to_choose(
    book: Phrasebook,
) -> None:
    desk = kept_days(30)
    menus = 0
    for reply in every_reply().replies:
        noted, told = with_notice(desk, reply, 0)
        labels = [f"\n{at}. {one.label}\n" for at, one in enumerate(noted.buttons, start=1)]
        if not told or not labels:
            continue
        text = f"{plain_text(noted, book, menu=True)}\n"
        last, how = text.rfind(labels[-1]), ("menu.answer", "menu.further")
        menus += 1
        assert not 0 <= text.find(labels[0]) < text.index(note_of(noted).text) < last, text
        assert sum(text.count(book.say(one)) for one in how) == 1, text

    assert menus > 50


def test_the_examples_follow_the_sentence_that_announces_them(book: Phrasebook) -> None:
    text = plain_text(Chat(desk=kept_days(30)).send("/start"), book, menu=True)

    assert f"{book.say('example.title')}:\n1. {book.say('example.documents')}\n2. " in text
    assert text.index("30 ngày") < text.index(book.say("example.title"))


def test_where_nothing_is_kept_nothing_is_told_of_it() -> None:
    assert "không giữ lời" not in render_plain(Chat().send("/start"))


def test_whoever_wants_everything_erased_is_asked_and_not_told_first_how_to_ask() -> None:
    chat = Chat(desk=kept_days())

    asked, kept, greeted = (chat.send(one) for one in ("/xoadulieu", "thôi", "/start"))

    assert "180 ngày" not in render_plain(asked)
    assert "180 ngày" in render_plain(kept) + render_plain(greeted)


def test_a_failure_is_no_place_for_the_note() -> None:
    chat = Chat(desk=kept_days())
    chat.engine = Engine(SilentNlu(), Library.of([a_procedure()]), chat.store, kept_days)

    assert "180 ngày" not in render_plain(chat.send("đăng ký thường trú"))
    assert chat.dialogue.notice == 0


def test_case_57_an_identity_number_never_reaches_the_model_and_the_rest_is_understood() -> None:
    chat = Chat()
    chat.nlu.expect("cccd bị mất", asked={}, mentions=())

    reply = chat.send("cccd 001099012345 bị mất")

    assert chat.nlu.texts == ["cccd bị mất"]
    assert "Tôi đã che số giấy tờ tuỳ thân" in render_plain(reply)
    assert "0010" not in repr(reply)


def test_a_number_alone_is_not_taken_for_a_question() -> None:
    reply = Chat().send("0912 345 678")

    assert str(reply.outcome) == "unanswered_only_personal"
    assert "số điện thoại" in render_plain(reply)


def test_who_sends_a_one_time_code_is_warned() -> None:
    chat = Chat()
    chat.nlu.expect("mã otp của tôi là", intent="account_help")

    told = render_plain(chat.send("mã otp của tôi là 482913"))

    assert "đừng đưa cho ai" in told
    assert "482913" not in told


def test_a_text_that_was_masked_before_it_was_kept_is_answered_the_same_way() -> None:
    chat = Chat()

    assert "Tôi đã che số điện thoại" in render_plain(chat.send("⟦phone⟧"))


def test_case_56_a_text_that_is_much_too_long_is_not_read() -> None:
    chat = Chat()

    assert str(chat.send("a " * 25_000).outcome) == "refused_too_long"
    assert chat.nlu.texts == []
    assert MAX_CHARACTERS < 50_000


def test_the_note_waits_where_four_digits_are_asked_for() -> None:
    desk = kept_days(30)
    asked = render_dossier(desk, AskFactor(CODE, OPEN.factors))

    assert with_notice(desk, asked, 0) == (asked, 0)
    _, told = with_notice(desk, render_dossier(desk, NotAgreed(CODE)), 0)
    assert told
