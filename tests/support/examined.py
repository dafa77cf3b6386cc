"""What the doctor is given, and what it says."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from api.settings import Settings, load_settings
from api.wiring.doctor.findings import Finding, Mark

PUBLIC = "https://motcua.example.gov.vn"
SECRET = "chuoi-bi-mat-cua-phep-thu"  # noqa: S105 - of these tests


def a_setting(folder: Path, **changes: Any) -> Settings:
    return load_settings(**({"data_folder": folder / "var", "public_url": PUBLIC} | changes))


def now() -> datetime:
    return datetime.now(UTC)  # noqa: TID251 - compared with the Date header of a real server


def marks(findings: Sequence[Finding]) -> set[Mark]:
    assert findings
    return {finding.mark for finding in findings}


def told(findings: Sequence[Finding], mark: Mark) -> str:
    return "\n".join(f"{one.told} {one.remedy}" for one in findings if one.mark is mark)
