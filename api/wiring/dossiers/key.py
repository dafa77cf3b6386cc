"""The secret key with which the four digits that prove a dossier are hashed."""

import os
import secrets
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

from api.errors import CannotStart
from api.settings import Settings
from bot.dossiers.factors import FactorKey

if TYPE_CHECKING:
    from api.store.database import Database

KEY_FILE: Final = "dossier.key"
KEY_BYTES: Final = 32

OTHER_KEY: Final = (
    "Bốn số cuối trong kho được băm bằng khoá khác với khoá đang có. Hãy lấy lại tệp dossier.key "
    "(hoặc giá trị DOSSIER_KEY) đã dùng cùng kho này. Nếu mất hẳn, chạy: motcua dossiers new-key, "
    "rồi để hệ thống một cửa đẩy lại, hoặc nhập lại hồ sơ."
)
"""Told where the database was filled with another key: restored elsewhere, or a replica's own."""

_DAMAGED: Final = (
    "Tệp {file} không đọc được hoặc không phải khoá do chương trình tạo. Hãy lấy lại tệp này từ "
    "bản sao lưu, hoặc ghi khoá vào biến DOSSIER_KEY. Nếu mất hẳn, xoá tệp rồi nhập lại hồ sơ."
)


def open_factor_key(settings: Settings) -> FactorKey:
    """Return the key of the settings, else that of the data folder, made where there is none.

    Raises:
        CannotStart: the file cannot be read or made, or holds something else.
    """
    if secret := settings.dossier_key.get_secret_value():
        return FactorKey(secret.encode())
    file = settings.data_folder / KEY_FILE
    try:
        if not file.exists():
            _make(file)
        key = bytes.fromhex(file.read_text("ascii").strip())
    except (OSError, ValueError) as error:
        raise CannotStart(_DAMAGED.format(file=file)) from error
    if len(key) != KEY_BYTES:
        raise CannotStart(_DAMAGED.format(file=file))
    return FactorKey(key)


async def open_checked_key(settings: Settings, database: "Database") -> FactorKey:
    """Return the key, once it is sure that the factors of the database are hashed with it.

    With another one every right proof would be refused, and count as an attempt to guess.

    Raises:
        CannotStart: they are hashed with another key, or the file is damaged.
        StoreUnavailable: the database cannot be read.
    """
    from api.store.dossiers.key_mark import KeyMark  # noqa: PLC0415 - SQL costs half a second

    mark = KeyMark(database)
    if not has_key(settings) and not await mark.fits(""):  # a new one would fit no better
        raise CannotStart(OTHER_KEY)
    key = open_factor_key(settings)
    if not await mark.settle(fingerprint(key)):
        raise CannotStart(OTHER_KEY)
    return key


def has_key(settings: Settings) -> bool:
    """Tell whether there is a key already; looking makes none."""
    in_file = (settings.data_folder / KEY_FILE).exists()
    return in_file or bool(settings.dossier_key.get_secret_value())


async def exchange_key(settings: Settings, database: "Database") -> int:
    """Go on with the key of the settings, and drop what the lost one hashed; return how much.

    Raises:
        CannotStart: the file is damaged.
        StoreUnavailable: nothing was changed.
    """
    from api.store.dossiers.key_mark import KeyMark  # noqa: PLC0415 - as above

    return await KeyMark(database).exchange(fingerprint(open_factor_key(settings)))


def fingerprint(key: FactorKey) -> str:
    """Return what tells keys apart; the key cannot be made of it."""
    return key.subject("fingerprint")


def _make(file: Path) -> None:
    """Make the file whole or not at all; of two processes one makes it and both read it."""
    file.parent.mkdir(0o700, parents=True, exist_ok=True)
    draft = file.with_name(f"{file.name}.{secrets.token_hex(4)}")
    try:
        with os.fdopen(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as out:
            out.write(secrets.token_hex(KEY_BYTES))
            out.flush()
            os.fsync(out.fileno())
        with suppress(FileExistsError):  # another process was faster
            os.link(draft, file)
    finally:
        draft.unlink(missing_ok=True)
