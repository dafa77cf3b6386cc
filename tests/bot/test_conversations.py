"""The golden conversations, played over the procedures that ship."""

from collections import Counter

import anyio
import pytest

from bot.ports import Nlu
from knowledge.content import SHIPPED, load_procedures
from knowledge.faq_finder import shelf_beside
from knowledge.faq_yaml import load_faq_content
from knowledge.guides_yaml import load_guides
from knowledge.library import Library
from knowledge.merging import merge_all
from knowledge.sayings import load_sayings
from knowledge.siblings_file import load_siblings
from knowledge.synonyms_file import load_vocabulary
from knowledge.tables_yaml import load_tables
from tests.support.conversations import (
    GoldenConversation,
    golden_conversations,
    play,
    scripted,
)

CONVERSATIONS = golden_conversations()
KINDS = {
    "siblings", "several_fields", "correction", "abstention", "cancelling", "cases", "two_at_once",
    "circumstances", "faq", "places", "profile", "gestures",
}  # fmt: skip


@pytest.fixture(scope="module")
def library() -> Library:
    everything = merge_all(load_procedures(), (), load_sayings(SHIPPED))
    words = load_vocabulary()
    return Library.of(
        everything.procedures,
        words,
        siblings=load_siblings(),
        tables=load_tables(),
        guides=load_guides(),
        faqs=shelf_beside(load_faq_content(), everything.procedures, words),
    )


def test_there_are_forty_conversations_and_eight_of_each_kind() -> None:
    count = Counter(one.kind for one in CONVERSATIONS)

    assert len(CONVERSATIONS) >= 40
    assert all(count[kind] >= 8 for kind in KINDS), count
    assert all(len(one.turns) >= 2 for one in CONVERSATIONS)
    assert len({str(one) for one in CONVERSATIONS}) == len(CONVERSATIONS)


def test_thirty_procedures_are_walked_from_the_wish_to_the_end() -> None:
    filings = [one for one in CONVERSATIONS if one.kind.startswith("filing-")]

    assert len({one.turns[0].expect["procedure"] for one in filings}) >= 30
    for one in filings:
        told = [turn.expect.get("outcome") for turn in one.turns]
        assert told[-1] == "guided_filed", one
        assert {"guided_checklist", "guided_filing_step", "guided_filing_trouble"} <= {*told}, one
        assert any("papers" in turn.expect for turn in one.turns), one


@pytest.mark.parametrize("conversation", CONVERSATIONS, ids=str)
def test_holds_with_a_scripted_understanding(
    conversation: GoldenConversation, library: Library
) -> None:
    anyio.run(play, conversation, scripted(conversation), library)


@pytest.mark.parametrize("conversation", CONVERSATIONS, ids=str)
def test_holds_with_the_trained_model(
    conversation: GoldenConversation, library: Library, trained_nlu: Nlu
) -> None:
    anyio.run(play, conversation, trained_nlu, library)
