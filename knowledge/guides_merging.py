"""Puts the steps of a single procedure among the common ones."""

from collections.abc import Container, Sequence

from knowledge.guides import GuideStep
from knowledge.guides_parts import Written
from knowledge.yaml_sections import Notebook


def merged(
    notebook: Notebook,
    common: Sequence[GuideStep],
    written: Sequence[Written],
    left_out: Container[str],
) -> tuple[GuideStep, ...]:
    """Return all steps in order.

    Without common steps the written ones stand as they are. A step whose place cannot be found
    stands at the end, with its fault noted: behind an unknown step, or in a circle.
    """
    own = [one for one in written if not one.instead]
    _keys_twice(notebook, common, own)
    _words_twice(notebook, written)
    if not common:
        return tuple(one.step for one in own)
    worded = {one.step.key: one.step for one in written if one.instead}
    order = [worded.get(one.key, one) for one in common]
    waiting = list(own)
    while waiting:
        placed = [one for one in waiting if _place(order, one)]
        if not placed:
            _note_lost(notebook, order, waiting)
            order += [one.step for one in waiting]
            break
        waiting = [one for one in waiting if one not in placed]
    return tuple(one for one in order if one.key not in left_out)


def _place(order: list[GuideStep], one: Written) -> bool:
    """Put a step into its place; False: the step that it follows is not there yet."""
    keys = [step.key for step in order]
    if one.after and one.after not in keys:
        return False
    order.insert(keys.index(one.after) + 1 if one.after else 0, one.step)
    return True


def _note_lost(notebook: Notebook, order: Sequence[GuideStep], waiting: Sequence[Written]) -> None:
    known = ", ".join(one.key for one in order)
    lost = {one.step.key for one in waiting}
    for one in waiting:
        if one.after in lost:
            told = f"Bước '{one.step.key}' đứng sau '{one.after}', tạo thành vòng. Sửa 'after'."
        else:
            told = f"'after' ghi '{one.after}', không có bước nào như vậy. Chọn: {known}."
        notebook.note(one.line, told)


def _keys_twice(notebook: Notebook, common: Sequence[GuideStep], own: Sequence[Written]) -> None:
    seen = {one.key for one in common}
    for one in own:
        if one.step.key in seen and one.step.key:
            told = f"Khoá '{one.step.key}' đã có. Đặt tên khác, hoặc nói lại bước chung ở 'words'."
            notebook.note(one.line, told)
        seen.add(one.step.key)


def _words_twice(notebook: Notebook, written: Sequence[Written]) -> None:
    seen: set[str] = set()
    for one in written:
        if one.instead and one.step.key in seen:
            notebook.note(one.line, f"Bước '{one.step.key}' đã được nói lại. Giữ một mục.")
        if one.instead:
            seen.add(one.step.key)
