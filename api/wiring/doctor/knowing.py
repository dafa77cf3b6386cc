"""The language model and the content: there, whole, and in step with the program."""

import asyncio
from collections.abc import Mapping, Sequence
from typing import Final

from api.errors import CannotStart
from api.settings import PROJECT_FOLDER, Settings
from api.wiring.build import active_import
from api.wiring.doctor.findings import Area, Finding
from api.wiring.doctor.stored import KNOWLEDGE, unmigrated
from api.wiring.language import build_nlu
from bot.errors import NluError, StoreUnavailable
from knowledge.procedure import Procedure
from nlu.modelfolder import read_manifest, trained_from

MODEL: Final = Area("Mô hình ngôn ngữ")

_A_SENTENCE: Final = "xin chào"


async def look_at_model(settings: Settings) -> Sequence[Finding]:
    """Load the model and let it read a sentence; the same as what a server does."""
    try:
        nlu = await asyncio.to_thread(build_nlu, settings)
        await nlu.parse(_A_SENTENCE)
    except CannotStart as error:
        return [MODEL.wrong("không nạp được.", str(error))]
    except NluError as error:
        told = f"máy chủ Rasa ở RASA_URL không trả lời đúng ({type(error).__name__})."
        return [MODEL.wrong(told, "Kiểm tra máy chủ Rasa, hoặc bỏ trống RASA_URL.")]
    if settings.rasa_url:
        return [MODEL.well("máy chủ Rasa trả lời được.")]
    return [_in_step(settings)]


def _in_step(settings: Settings) -> Finding:
    manifest = read_manifest(settings.model_folder)
    if trained_from(PROJECT_FOLDER / "nlu") != manifest.get("trained_from"):
        return MODEL.look(
            "dữ liệu huấn luyện đã đổi từ khi huấn luyện mô hình này.",
            "Chạy make train, hoặc lấy lại nlu/model cùng bản với chương trình.",
        )
    trained_on = str(manifest.get("trained_on", ""))
    return MODEL.well(f"huấn luyện ngày {trained_on}, khớp với chương trình và underthesea.")


async def look_at_content(settings: Settings) -> Sequence[Finding]:
    """Check all content, as `motcua knowledge check` does."""
    from knowledge.check import check  # noqa: PLC0415 - YAML, only here

    content, profile = settings.content_folder, settings.province_profile
    imported = await _imported(settings)
    faults = await asyncio.to_thread(check, content, profile, imported.values())
    if faults:
        return [
            KNOWLEDGE.wrong(f"{len(faults)} lỗi trong nội dung.", "Xem: motcua knowledge check")
        ]
    return [KNOWLEDGE.well("nội dung biên soạn không có lỗi.")]


async def _imported(settings: Settings) -> Mapping[str, Procedure]:
    """Return the records in force; none where the database cannot be read, which is told apart."""
    from api.store.diagnosis import examine  # noqa: PLC0415 - SQL costs half a second

    if not settings.has_database():
        return {}
    try:
        async with unmigrated(settings) as database:
            facts = await examine(database)
            if facts.schema != facts.newest:
                return {}
            imported = await active_import(database)
            return await asyncio.to_thread(imported.load)
    except StoreUnavailable:
        return {}
