"""The secret key with which the four digits that prove a dossier are hashed."""

import os
import secrets
from contextlib import suppress
from pathlib import Path
from typing import Final

from api.errors import CannotStart
from api.settings import Settings
from bot.dossiers.factors import FactorKey

KEY_FILE: Final = "dossier.key"
KEY_BYTES: Final = 32

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


def _make(file: Path) -> None:
    """Make the file whole or not at all; of two processes one makes it and both read it."""
    file.parent.mkdir(parents=True, exist_ok=True)
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
