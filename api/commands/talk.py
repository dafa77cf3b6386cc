"""`motcua ask` and `motcua chat`: answers in a terminal."""

import asyncio
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Final

import typer

from api.commands.terminal import EXIT_FAILED, Exports, say, warn
from api.settings import load_settings
from api.wiring.build import now
from api.wiring.terminal import open_terminal
from bot.deciding import Unread
from bot.messages import ConversationKey, IncomingMessage, OutcomeFamily, Reply
from bot.rendering import render_plain

YOU: Final = ConversationKey("terminal", "you")
LEAVE: Final = frozenset({"thoát", "thoat", "exit", "quit"})

Question = Annotated[
    list[str],
    typer.Argument(metavar="CÂU_HỎI", help="Câu hỏi, có dấu hay không dấu đều được."),
]


def ask(question: Question, knowledge: Exports = None) -> int:
    """Hỏi một câu và in câu trả lời.

    Mã thoát 1 khi câu hỏi trống, quá dài, hoặc mô hình ngôn ngữ không chạy.
    """
    text = _as_typed(" ".join(question))

    async def answer() -> Reply:
        async with open_terminal(load_settings(), knowledge or (), warn) as terminal:
            return await terminal.engine.answer(IncomingMessage(YOU, "1", now(), text=text))

    reply = asyncio.run(answer())
    say(render_plain(reply))
    return EXIT_FAILED if _unread(reply) else 0


def chat(knowledge: Exports = None) -> None:
    """Trò chuyện trong cửa sổ dòng lệnh. Gõ thoát hoặc bấm Ctrl-D để dừng."""
    asyncio.run(_chat(knowledge or []))


async def _chat(knowledge: list[Path]) -> None:
    async with open_terminal(load_settings(), knowledge, warn) as terminal:
        if sys.stdin.isatty():
            warn("Bạn hỏi về thủ tục nào? Gõ thoát hoặc bấm Ctrl-D để dừng.")
        for number, typed in enumerate(_typed(), start=1):
            message = IncomingMessage(YOU, str(number), now(), text=_printable(typed))
            say(f"\n{render_plain(await terminal.engine.answer(message))}\n")


def _typed() -> Iterator[str]:
    """Yield what is typed, or piped in, line by line until the end or a word of leaving."""
    prompt = "Bạn: " if sys.stdin.isatty() else ""
    while True:
        try:
            line = input(prompt)
        except EOFError:
            return
        if line.strip().lower() in LEAVE:
            return
        yield line


def _unread(reply: Reply) -> bool:
    families = {OutcomeFamily.ERROR, OutcomeFamily.REFUSED}
    return reply.outcome.family in families or reply.outcome.kind == Unread.EMPTY


def _printable(text: str) -> str:
    """Return `text` without lone surrogates."""
    return text.encode("utf-8", "ignore").decode("utf-8")


def _as_typed(argument: str) -> str:
    """Return an argument read as UTF-8 whatever the locale is, without bytes that are none."""
    return os.fsencode(argument).decode("utf-8", "ignore")
