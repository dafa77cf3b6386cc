"""Reads a condition on the answers of a decision table, as tables and guides write it.

`if: {a: x, b: y | z}`: a is x and b is y or z. `if_any: [{a: x}, {b: y}]`: one is enough.
"""

from typing import Final

from knowledge.tables import ALWAYS, Condition
from knowledge.yaml_sections import Section

_OR: Final = "|"

Asked = dict[str, dict[str, str]]
"""Keys of the questions that can have been asked, with their answers."""


def condition_in(part: Section, one: str, several: str, asked: Asked | None) -> Condition:
    """Return what stands under `one` (all of it must hold) or `several` (one of them).

    Args:
        part: where it stands; faults are noted there.
        one: a key such as "if".
        several: a key such as "if_any".
        asked: what questions and answers are known; None: they are not looked at here.
    """
    if part.has(one) and part.has(several):
        part.fault(several, f"Chỉ ghi một trong hai khoá '{one}' và '{several}'.")
    single = part.section(one)
    mappings = [single] if single else part.sections(several)
    if single:
        part.sections(several)
    every = tuple(_every(mapping, asked) for mapping in mappings)
    return Condition(every) if every else ALWAYS


def _every(mapping: Section, asked: Asked | None) -> tuple[tuple[str, tuple[str, ...]], ...]:
    found = []
    for key in mapping.names():
        wanted = tuple(one.strip() for one in mapping.text(key).split(_OR))
        if asked is not None:
            _check(mapping, key, wanted, asked)
        found.append((key, wanted))
    if not found:
        mapping.fault("", "Điều kiện để trống. Ghi câu hỏi và câu trả lời, hoặc bỏ đi.")
    return tuple(found)


def _check(mapping: Section, key: str, wanted: tuple[str, ...], asked: Asked) -> None:
    if key not in asked:
        told = ", ".join(asked) or "chưa có câu hỏi nào đứng trước"
        mapping.fault(key, f"Không có câu hỏi '{key}' ở đây. Các câu hỏi: {told}.")
        return
    known = asked[key]
    for answer in sorted(set(wanted) - known.keys()):
        told = ", ".join(known)
        mapping.fault(key, f"'{key}' không có câu trả lời '{answer}'. Chọn: {told}.")
