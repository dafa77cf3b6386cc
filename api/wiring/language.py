"""The language model, and the desk: the sentences, the province profile and the day."""

from collections.abc import Callable, Mapping
from datetime import date
from functools import cache, lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

import yaml

from api.errors import KnowledgeUnusable, ModelUnusable
from api.logs import log_failure
from api.settings import PROJECT_FOLDER, Settings
from bot.errors import NluError as UnhelpfulNlu
from bot.phrasebook import Phrasebook
from bot.ports import NationalProfile, Nlu, Profile
from bot.rendering import Desk
from knowledge.errors import KnowledgeError
from knowledge.places import Gazetteer
from knowledge.work_calendar import WorkCalendar
from nlu.errors import ModelMissing, NluError, SegmenterMismatch

if TYPE_CHECKING:
    from nlu.interpreter import Interpreter

PHRASES: Final = PROJECT_FOLDER / "bot" / "phrases"
"""One file a kind of sentence; together they are one book."""


_MOST_PARSES: Final = 1024
"""Texts whose parse is kept, some 3 kB each: all day citizens ask alike. What names a person was
masked before it comes here; the text that nobody asked for longest goes first."""


class InProcessNlu:
    """The exported model in this process. A parse takes about a millisecond, so nothing waits."""

    def __init__(self, interpreter: "Interpreter") -> None:
        self._parse = lru_cache(maxsize=_MOST_PARSES)(interpreter.parse)

    async def parse(self, text: str) -> Mapping[str, object]:
        """Return the JSON of Rasa's `/model/parse` for `text`."""
        return self._parse(text)


class WatchedNlu:
    """Another program's model: the citizen is told to try again, the operator is told why."""

    def __init__(self, nlu: Nlu) -> None:
        self._nlu = nlu

    async def parse(self, text: str) -> Mapping[str, object]:
        """Return the JSON of Rasa's `/model/parse` for `text`.

        Raises:
            bot.errors.NluError: the model did not help; its kind is in the log, the text is not.
        """
        try:
            return await self._nlu.parse(text)
        except UnhelpfulNlu as error:
            log_failure(error, "RASA_URL")
            raise


def build_nlu(settings: Settings) -> Nlu:
    """Return the language model that the settings choose.

    Raises:
        ModelUnusable: the folder of the model is missing, damaged or of another installation.
    """
    if settings.rasa_url:
        return _rasa(settings)
    from nlu.interpreter import Interpreter  # noqa: PLC0415 - numpy and CRFsuite, not with Rasa

    folder = settings.model_folder
    try:
        return InProcessNlu(Interpreter.load(folder))
    except ModelMissing as error:
        raise ModelUnusable(
            f"Không thấy mô hình ngôn ngữ trong thư mục {folder}. "
            "Hãy sửa MODEL_FOLDER, hoặc chạy make train để huấn luyện lại."
        ) from error
    except SegmenterMismatch as error:
        raise ModelUnusable(
            "Bản underthesea đã cài khác bản dùng khi huấn luyện mô hình. "
            "Hãy chạy make setup để cài đúng bản, hoặc make train để huấn luyện lại."
        ) from error
    except NluError as error:
        raise ModelUnusable(
            f"Mô hình ngôn ngữ trong thư mục {folder} bị hỏng. "
            "Hãy lấy lại bản gốc từ kho mã nguồn, hoặc chạy make train để huấn luyện lại."
        ) from error


def _rasa(settings: Settings) -> Nlu:
    import httpx  # noqa: PLC0415 - only where a Rasa server is used

    from bot.rasa_client import RasaClient  # noqa: PLC0415

    client = httpx.AsyncClient(base_url=settings.rasa_url)
    return WatchedNlu(RasaClient(client, timeout_seconds=settings.rasa_timeout_seconds))


def build_phrasebook() -> Phrasebook:
    """Return the sentences that ship.

    Raises:
        bot.errors.PhrasebookInvalid: the file has a fault.
    """
    sections: dict[str, object] = {}
    for path in sorted(PHRASES.glob("*.yaml")):
        sections |= yaml.safe_load(path.read_text("utf-8"))
    return Phrasebook.from_mapping(sections)


def build_desk(settings: Settings, today: Callable[[], date]) -> Callable[[], Desk]:
    """Return what gives the desk of the moment.

    Raises:
        KnowledgeUnusable: the province profile cannot be read or has another shape.
        bot.errors.PhrasebookInvalid: the sentences have a fault.
    """
    book, profile = build_phrasebook(), build_profile(settings)
    calendar = cache(partial(_calendar, settings.content_folder))
    gazetteer = cache(partial(_gazetteer, settings.content_folder))
    return lambda: Desk(
        book,
        profile,
        today(),
        calendar,
        gazetteer=gazetteer,
        dossier_days=settings.dossier_days,
        site=settings.public_url.rstrip("/"),
    )


def _calendar(content: Path) -> WorkCalendar:
    from knowledge.work_calendar_file import load_calendar  # noqa: PLC0415 - YAML and holidays

    return load_calendar(content)


def _gazetteer(content: Path) -> Gazetteer:
    from knowledge.places_file import load_gazetteer  # noqa: PLC0415 - YAML, as above

    return load_gazetteer(content)


def build_profile(settings: Settings) -> Profile:
    """Return what the province says; the nation where no profile is set.

    Raises:
        KnowledgeUnusable: the file cannot be read or has another shape.
    """
    if settings.province_profile is None:
        return NationalProfile()
    from knowledge.profile import load_profile  # noqa: PLC0415 - only where there is one

    try:
        return load_profile(settings.province_profile)
    except KnowledgeError as error:
        raise KnowledgeUnusable(str(error)) from error
