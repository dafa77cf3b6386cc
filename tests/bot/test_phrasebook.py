import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.errors import PhrasebookInvalid
from bot.phrasebook import Phrasebook

ROOT = Path(__file__).parents[2]
SLIPS = ROOT / "api" / "slips"
SOURCES = sorted([*(ROOT / "bot").rglob("*.py"), *SLIPS.glob("*.py")])
TEMPLATES = sorted((SLIPS / "templates").glob("*.html"))


def constants() -> Iterator[str]:
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield node.value
    for path in TEMPLATES:
        yield from re.findall(r'say\("([a-z_.]+)"', path.read_text("utf-8"))


def test_every_sentence_is_used_and_every_used_sentence_exists(book: Phrasebook) -> None:
    sections = {key.partition(".")[0] for key in book.known_keys()}
    looks_like_a_key = re.compile(rf"(?:{'|'.join(sections)})\.[a-z_]+")
    used = {text for text in constants() if looks_like_a_key.fullmatch(text)}

    assert len(used) > 80
    assert len(TEMPLATES) > 1
    assert used == book.known_keys()


def test_no_sentence_holds_a_figure_that_a_record_should_give(book: Phrasebook) -> None:
    allowed = {"online.old_word", "which.out_of_range"}
    sentences = {
        key: book.say(key, **dict.fromkeys(book.placeholders(key), "")) for key in book.known_keys()
    }

    assert sentences
    assert {key for key, text in sentences.items() if re.search(r"\d", text)} == allowed


def test_no_sentence_asks_for_a_secret(book: Phrasebook) -> None:
    texts = [
        book.say(key, **dict.fromkeys(book.placeholders(key), "")) for key in book.known_keys()
    ]
    secret = [text for text in texts if "mật khẩu" in text or "mã xác thực" in text]

    assert secret
    assert all("Đừng" in text or "đừng" in text or "không bao giờ" in text for text in secret)


def test_braces_in_a_value_mean_nothing() -> None:
    book = Phrasebook.from_mapping({"fee": {"line": "Lệ phí {name}"}})

    assert book.say("fee.line", name="{name} {other}") == "Lệ phí {name} {other}"


def test_all_faults_are_named_at_once() -> None:
    with pytest.raises(PhrasebookInvalid) as caught:
        Phrasebook.from_mapping({"fee": {"free": "", True: "Có"}, "time": None})

    assert all(part in str(caught.value) for part in ("fee.free", "fee.True", "time"))


def test_a_missing_sentence_or_value_says_what_to_add(book: Phrasebook) -> None:
    with pytest.raises(PhrasebookInvalid, match="Add it"):
        book.say("fee.never_written")
    with pytest.raises(PhrasebookInvalid, match="origin"):
        book.say("fee.free")
