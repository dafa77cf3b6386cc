"""An operator ends the program while people write: soon, in silence, and nothing is lost."""

import socket
import threading
from collections import Counter
from pathlib import Path

import httpx

from tests.support.programs import Program, until
from tests.support.small_content import a_small_content
from tests.support.telegram_server import SECRET, TOKEN, TelegramServer
from tests.support.telegram_updates import a_chat, a_message, a_user, an_update

HEADERS = {"X-Telegram-Bot-Api-Secret-Token": SECRET}
HALF = (
    b"POST /webhooks/telegram HTTP/1.1\r\nHost: motcua\r\nContent-Length: 1000\r\n"
    b"Expect: 100-continue\r\n"
    b"X-Telegram-Bot-Api-Secret-Token: " + SECRET.encode() + b"\r\n\r\n"
)
PEOPLE = 6


def a_program(folder: Path, address: str, telegram: TelegramServer) -> Program:
    settings = {
        "DATABASE_URL": address,
        "DATA_FOLDER": str(folder / "var"),
        "CONTENT_FOLDER": str(a_small_content(folder)),
        "TELEGRAM_TOKEN": TOKEN,
        "TELEGRAM_WEBHOOK_SECRET": SECRET,
        "TELEGRAM_API_URL": telegram.url,
        "TELEGRAM_MESSAGES_PER_SECOND": "1000",
        "MESSAGES_PER_MINUTE": "1000",
    }
    return Program(folder, settings)


def test_a_request_that_stops_half_way_does_not_keep_the_server_from_ending(
    tmp_path: Path,
) -> None:
    address = f"sqlite+aiosqlite:///{tmp_path}/motcua.db"
    with TelegramServer() as telegram, a_program(tmp_path, address, telegram) as program:
        with socket.create_connection(("127.0.0.1", httpx.URL(program.url).port or 0)) as line:
            line.sendall(HALF)
            assert b"100 Continue" in line.recv(1000)  # now it waits for the body
            program.stop()

        log = program.log.read_text("utf-8")
        assert '"ready"' in log
        assert '"failure"' not in log  # an own content folder need not have every file
        assert '"status": 408' not in log  # it did not wait for what never came
        assert "Traceback" not in log


class Writers:
    """People who write until the server is gone; remembers what it took."""

    def __init__(self, url: str) -> None:
        self._url = url
        self.taken: Counter[str] = Counter()
        self._threads = [
            threading.Thread(target=self._write, args=(person,)) for person in range(1, PEOPLE + 1)
        ]

    def start(self) -> None:
        for thread in self._threads:
            thread.start()

    def join(self) -> None:
        for thread in self._threads:
            thread.join()

    def _write(self, person: int) -> None:
        number = 0
        while True:
            number += 1
            sender = {"from": a_user(person)}
            message = a_message("xin chào", message_id=number, chat=a_chat(person), **sender)
            update = an_update(person * 100_000 + number, message=message)
            try:
                answer = httpx.post(f"{self._url}/webhooks/telegram", json=update, headers=HEADERS)
            except httpx.TransportError:
                return
            self.taken[str(person)] += answer.is_success


def test_what_was_taken_before_an_orderly_end_is_answered_once_after_it(
    tmp_path: Path, address: str
) -> None:
    with TelegramServer() as telegram, a_program(tmp_path, address, telegram) as program:
        writers = Writers(program.url)
        writers.start()
        until(lambda: len(telegram.messages) >= PEOPLE)
        program.stop()
        writers.join()
        program.start()
        until(
            lambda: all(len(telegram.to(int(who))) >= writers.taken[who] for who in writers.taken)
        )

        assert len(writers.taken) == PEOPLE
        got = Counter(one.chat_id for one in telegram.messages)
        # an update whose 200 was on its way when the server ended may have been taken as well
        assert all(got[who] - writers.taken[who] <= 1 for who in writers.taken)
        assert "Traceback" not in program.log.read_text("utf-8")
