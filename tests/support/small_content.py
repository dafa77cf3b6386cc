"""A content folder of one procedure and one general question, which is read in no time."""

import shutil
from pathlib import Path
from typing import Any

from knowledge.content import SHIPPED
from tests.support.exports import an_exported_method, an_exported_record

CODE = "1.004222"
_ENTRY = """\
key: phi-thuong-tru
question: Đăng ký thường trú có mất tiền không?
label: Phí thường trú
asked:
  - nhập khẩu có tốn tiền không
  - chuyển khẩu về quê có phải đóng tiền không
  - nhập hộ khẩu tốn nhiều tiền không vậy
  - làm hộ khẩu có đắt không
  - khoản tiền phải nộp khi nhập khẩu
  - tiền làm thường trú là khoản nào
answer:
  - Bạn nộp 20.000 đồng khi nộp trực tiếp.
procedures: ["1.004222"]
sources:
  - code: "1.004222"
    field: fee
    says: ["20.000 đồng"]
"""


def a_small_content(folder: Path) -> Path:
    """Make the folder `content` with registering a residence, and what it costs."""
    content = folder / "content"
    for name in (
        "procedures/cu-tru/1.004222.yaml",
        "synonyms.yaml",
        "calendar.yaml",
        "code_changes.yaml",
    ):
        target = content / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(SHIPPED / name, target)
    entry = content / "faq" / "phi" / "phi-thuong-tru.yaml"
    entry.parent.mkdir(parents=True)
    entry.write_text(_ENTRY, "utf-8")
    return content


def a_residence_record(counter: str = "20.000 đồng", **changes: Any) -> dict[str, Any]:
    """The record of November 2026; `counter` is the fee at the counter."""
    methods = [
        an_exported_method("Trực tuyến"),
        an_exported_method("Trực tiếp", fees=[{"amount": counter, "text": ""}]),
    ]
    source = "dichvucong.gov.vn, crawled (November 2026)"
    return an_exported_record(methods=methods, source=source, **changes)


def a_birth_record(**changes: Any) -> dict[str, Any]:
    """A record of which nothing is written by us in the small content."""
    return an_exported_record(code="1.001193", name="Đăng ký khai sinh", **changes)
