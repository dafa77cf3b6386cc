"""A reply that tells the code of a slip leaves the log once it is read, and no other tells it."""

from bot.deep_links import choice_of
from bot.messages import Reply
from tests.support.filing_chat import TELEGRAM, WEB, FilingChat, listed, outcome


def tells(reply: Reply, code: str) -> bool:
    """Tell whether a reply gives the code away, in one piece or in two."""
    return code in f"{reply!r}".replace(" ", "")


def test_only_the_slip_itself_tells_its_code_and_it_does_not_stay() -> None:
    chat = listed()
    chat.types("lay phieu")
    code = chat.filing.slip
    for text in ("danh sach", "1", "nop tung buoc", "lệ phí bao nhiêu", "lam tiep", "toi da nop"):
        chat.types(text)
    other = chat.on(WEB)
    other.types(code)
    third = chat.on(TELEGRAM)
    third.follows(choice_of(f"slip_{code}"))
    third.types("xem lai giay to")
    unlike = FilingChat(key=WEB, filings=chat.filings)
    unlike.to_the_list()
    unlike.types("1")
    unlike.types(code)
    replies = [one for talk in (chat, other, third, unlike) for one in talk.replies]
    giving = [reply for reply in replies if tells(reply, code)]
    assert [outcome(reply) for reply in giving] == ["guided_slip"]
    assert giving[0].afterwards
    assert code not in giving[0].afterwards.replace(" ", "")
