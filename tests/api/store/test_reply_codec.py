"""Replies about dossiers are kept and read back whole, card and picture included."""

from api.store.codec import dump, load_reply
from bot.messages import Picture, StatusCard
from tests.support.dossier_replies import every_asking, every_telling, reply_to


def test_every_reply_about_a_dossier_is_read_back_as_it_was() -> None:
    replies = [reply_to(one) for one in (*every_telling(), *every_asking())]
    kinds = {type(block) for reply in replies for block in reply.blocks}

    assert {StatusCard, Picture} <= kinds
    assert [reply for reply in replies if load_reply(dump(reply)) != reply] == []
