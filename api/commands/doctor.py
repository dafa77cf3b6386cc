"""`motcua doctor`: what is wrong, and what to do."""

import asyncio
import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Final

import typer

from api.commands.terminal import EXIT_FAILED, say
from api.errors import SettingsInvalid
from api.logs import configure_logs
from api.settings import load_settings
from api.wiring.build import now

if TYPE_CHECKING:
    from api.wiring.doctor import Finding

_SIGNS: Final[Mapping[str, str]] = {"ok": "✓", "off": "–", "warning": "!", "error": "✗"}

AsJson = Annotated[bool, typer.Option("--json", help="In một đối tượng JSON cho máy đọc.")]
Offline = Annotated[
    bool, typer.Option("--offline", help="Không gọi đến Telegram, Zalo, nguồn hồ sơ.")
]


def doctor(*, as_json: AsJson = False, offline: Offline = False) -> int:
    """Kiểm tra mọi thứ: cài đặt, kho dữ liệu, đĩa, giờ, mô hình, nội dung, hồ sơ, các kênh.

    ✓ tốt · – không dùng · ! nên xem · ✗ sai. Không sửa gì và không in mã bí mật nào. Mã thoát 1 khi
    có dòng ✗.
    """
    from api.wiring.doctor.findings import Mark  # noqa: PLC0415 - only this command

    configure_logs("error", sys.stderr)
    findings = _findings(offline=offline)
    wrong = [one for one in findings if one.mark is Mark.WRONG]
    if as_json:
        shown = {"ok": not wrong, "findings": [asdict(one) for one in findings]}
        say(json.dumps(shown, ensure_ascii=False, indent=1))
    else:
        for finding in findings:
            _show(finding)
        say(f"{len(wrong)} điều sai." if wrong else "Không có gì sai.")
    return EXIT_FAILED if wrong else 0


def _findings(*, offline: bool) -> "Sequence[Finding]":
    from api.wiring.doctor import examine  # noqa: PLC0415 - as above
    from api.wiring.doctor.machine import SETTINGS  # noqa: PLC0415

    try:
        settings = load_settings()
    except SettingsInvalid as error:
        return [SETTINGS.wrong(line) for line in str(error).splitlines()]
    return asyncio.run(examine(settings, now, offline=offline))


def _show(finding: "Finding") -> None:
    say(f"{_SIGNS[finding.mark]} {finding.area}: {finding.told}")
    if finding.remedy:
        say(f"    → {finding.remedy}")
