"""Where dossiers are looked up, and the key of the four digits."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from api.errors import CannotStart
from api.settings import Settings
from api.wiring.doctor.findings import Area, Finding
from api.wiring.doctor.stored import unmigrated
from api.wiring.dossiers.key import KEY_FILE, OTHER_KEY, fingerprint, has_key, open_factor_key
from api.wiring.dossiers.sources import missing_settings, rest, tracuuhoso
from bot.dossiers.status import FactorKind
from bot.errors import StoreUnavailable

if TYPE_CHECKING:
    from bot.dossier_sources.tracuuhoso import TraCuuHoSo
    from bot.dossiers.ports import DossierSource

DOSSIERS: Final = Area("Hồ sơ")

NOBODYS_CODE: Final = "H00.00-250101-0000"
"""Issuers are counted from 01 (Decision 20/2020/QĐ-TTg): asking about it shows nobody's dossier."""

_NEAR: Final = frozenset({"localhost", "127.0.0.1", "::1"})
_LINE: Final = "Kiểm tra mạng, tường lửa và"


async def look_at_dossiers(settings: Settings, *, offline: bool) -> Sequence[Finding]:
    """Return how the key and the source are; unless `offline` the source is asked."""
    key = [*_key(settings), *await _mark(settings), *_factors(settings)]
    if settings.dossier_source == "store":
        told = "tra trong kho riêng: hệ thống một cửa đẩy vào, hoặc nhập từ tệp."
        return [*key, DOSSIERS.well(told)]
    look = _rest if settings.dossier_source == "rest" else _tracuuhoso
    return [*key, *await look(settings, offline=offline)]


def _key(settings: Settings) -> Sequence[Finding]:
    if settings.dossier_key.get_secret_value():
        return [DOSSIERS.well("khoá băm 4 số cuối lấy từ DOSSIER_KEY.")]
    if settings.database_url:
        return [
            DOSSIERS.look(
                "chưa có DOSSIER_KEY: mỗi máy chủ tự tạo một khoá, hồ sơ máy này nhận thì máy khác "
                "không so được 4 số cuối.",
                f"Chạy nhiều máy thì ghi cùng một DOSSIER_KEY, và giữ nội dung tệp {KEY_FILE}.",
            )
        ]
    if not (settings.data_folder / KEY_FILE).exists():
        return [DOSSIERS.well(f"chưa có khoá; tệp {KEY_FILE} được tạo khi máy chủ chạy lần đầu.")]
    try:
        open_factor_key(settings)
    except CannotStart as error:
        return [DOSSIERS.wrong("khoá băm 4 số cuối bị hỏng.", str(error))]
    return [DOSSIERS.well(f"khoá băm 4 số cuối đọc được ({KEY_FILE}).")]


async def _mark(settings: Settings) -> Sequence[Finding]:
    """Return whether the database was filled with another key; nothing where it fits.

    Nor where the database cannot be read, or is of an earlier version: that is told apart.
    """
    from api.store.dossiers.key_mark import KeyMark  # noqa: PLC0415 - SQL costs half a second

    if not settings.has_database():
        return ()
    try:
        mark = fingerprint(open_factor_key(settings)) if has_key(settings) else ""
    except CannotStart:  # told above
        return ()
    try:
        async with unmigrated(settings) as database:
            fits = await KeyMark(database).fits(mark)
    except StoreUnavailable:
        return ()
    if fits:
        return ()
    return [DOSSIERS.wrong("khoá băm 4 số cuối không phải khoá đã dùng cho kho này.", OTHER_KEY)]


def _factors(settings: Settings) -> Sequence[Finding]:
    if FactorKind.BIRTH_YEAR not in settings.dossier_factors:
        return ()
    return [
        DOSSIERS.look(
            "năm sinh (birth_year) trong DOSSIER_FACTORS dễ đoán: chỉ chừng tám mươi năm, ai biết "
            "mã thì 15 lần thử ngay ngày đầu trúng gần một phần năm.",
            "Chỉ dùng phone4,id4 nếu hệ thống một cửa gửi được bốn số ấy.",
        )
    ]


async def _tracuuhoso(settings: Settings, *, offline: bool) -> Sequence[Finding]:
    if missing := missing_settings(settings):
        remedy = "Ghi đủ các biến này theo tài khoản mà đơn vị quản lý trục cấp."
        return [DOSSIERS.wrong(f"TraCuuHoSo còn thiếu {', '.join(missing)}.", remedy)]
    findings = []
    address = urlsplit(settings.tracuuhoso_url)
    if address.scheme != "https" and address.hostname not in _NEAR:
        findings.append(
            DOSSIERS.look(
                "TRACUUHOSO_URL không phải https: mật khẩu đi trên mạng không được che.",
                "Dùng https, hoặc chắc chắn rằng đường đến trục là mạng riêng.",
            )
        )
    if offline:
        return [*findings, DOSSIERS.off("hỏi TraCuuHoSo; không hỏi thử vì có --offline.")]
    source = tracuuhoso(settings)
    try:
        return [*findings, await _logged_in(source)]
    finally:
        await source.close()


async def _logged_in(source: "TraCuuHoSo") -> Finding:
    from bot.dossier_sources.tracuuhoso import LoginRefused  # noqa: PLC0415
    from bot.dossiers.ports import SourceUnreachable  # noqa: PLC0415 - as in build_source

    try:
        await source.log_in()
    except LoginRefused as error:
        names = "TRACUUHOSO_USERNAME, TRACUUHOSO_PASSWORD và TRACUUHOSO_DSTCODE"
        return DOSSIERS.wrong(f"TraCuuHoSo không nhận tài khoản ({error})", f"Kiểm tra {names}.")
    except SourceUnreachable as error:
        return DOSSIERS.wrong(f"TraCuuHoSo không trả lời ({error})", f"{_LINE} TRACUUHOSO_URL.")
    told = "TraCuuHoSo nhận tài khoản, và trả lời khi hỏi thử một mã không có thật."
    remedy = "Kiểm tra TRACUUHOSO_UNIT, và hỏi đơn vị quản lý trục về mã lỗi."
    return await _asked(source, "TraCuuHoSo nhận tài khoản", told, remedy)


async def _rest(settings: Settings, *, offline: bool) -> Sequence[Finding]:
    try:
        source = rest(settings)
    except CannotStart as error:
        return [DOSSIERS.wrong(line) for line in str(error).splitlines()]
    try:
        if offline:
            told = "tệp DOSSIER_REST_FILE đúng; không hỏi thử vì có --offline."
            return [DOSSIERS.off(told)]
        told = "hệ thống trong DOSSIER_REST_FILE trả lời khi hỏi thử một mã không có thật."
        remedy = f"{_LINE} url, headers, succeeded trong DOSSIER_REST_FILE."
        return [await _asked(source, "tệp DOSSIER_REST_FILE đúng", told, remedy)]
    finally:
        await source.close()


async def _asked(source: "DossierSource", so_far: str, well: str, remedy: str) -> Finding:
    from bot.dossiers.ports import SourceUnreachable  # noqa: PLC0415 - as in build_source

    try:
        await source.fetch(NOBODYS_CODE)
    except SourceUnreachable as error:
        told = f"{so_far}, nhưng hỏi thử một mã không có thật thì không được ({error})"
        return DOSSIERS.wrong(told, remedy)
    return DOSSIERS.well(well)
