"""Rasa's tokens, read as ours."""

from __future__ import annotations

from rasa.nlu.constants import TOKENS_NAMES
from rasa.nlu.tokenizers.spacy_tokenizer import POS_TAG_KEY
from rasa.nlu.tokenizers.tokenizer import Token as RasaToken
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message

from nlu.text import Token

RESTORED = "restored"
INSIDE = "inside"


def to_rasa(token: Token) -> RasaToken:
    """Return a token for Rasa: the CRF reads the segmented word as `pos`."""
    made = RasaToken(token.text, token.start, token.end, lemma=token.lemma)
    made.set(POS_TAG_KEY, token.word)
    made.set(RESTORED, token.restored)
    made.set(INSIDE, token.inside)
    return made


def of(message: Message) -> list[Token]:
    """Return the tokens that our tokenizer gave a message."""
    return [
        Token(t.start, t.end, t.text, t.get(RESTORED), t.get(POS_TAG_KEY), inside=t.get(INSIDE))
        for t in message.get(TOKENS_NAMES[TEXT])
    ]
