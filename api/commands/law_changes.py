"""How an import, a rollback and what is held are told: in plain Vietnamese, the most first."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from api.wiring.imports import ImportReport
from knowledge.changes import SHORT, Changes
from knowledge.facts import FIELDS
from knowledge.holds import FAQ_MARK, Hold
from knowledge.importer import Summary

MOST_LISTED: Final = 20
"""More lines of one kind hide the others; the number of the rest is told."""


def told_import(report: ImportReport, *, full: bool = False) -> Iterator[str]:
    """Yield what an import did or would do; `full`: every line, whole values."""
    for path, summary in report.summaries:
        yield from _of_file(path.name, summary, full=full)
    if report.kept_back:
        yield (
            f"{report.kept_back} thủ tục nhập trước đây không có trong lần này, vẫn giữ nguyên. "
            "Muốn bỏ chúng: thêm --replace."
        )
    verdict = report.verdict
    differing = [one.message() for one in verdict.disagreements]
    yield from listed("Khác với bản biên soạn", differing, full=full)
    if not report.first:
        yield from told_changes(verdict.changes, full=full)
        lines = [one.message() for one in verdict.dependants]
        yield from listed("Nội dung cần sửa theo giá trị mới", lines, full=full)
        yield from _told_holds(report, full=full)
    yield from _ending(report)


def told_changes(changes: Changes, *, full: bool = False) -> Iterator[str]:
    """Yield the changes in what is answered, by procedure."""
    yield from listed("Thủ tục mới", changes.new, full=full)
    yield from listed("Thủ tục không còn được trả lời", changes.removed, full=full)
    limit = None if full else SHORT
    lines = [f"{one.code}: {one.message(limit)}" for one in changes.changed]
    count = len(changes.codes)
    yield from listed(f"Câu trả lời thay đổi, ở {count} thủ tục", lines, full=full)
    lines = [f"{one.change.code}: {one.message(limit)}" for one in changes.unfollowed]
    count = len({one.change.code for one in changes.unfollowed})
    yield from listed(f"Bản biên soạn cần xem lại, ở {count} thủ tục", lines, full=full)


def told_hold(hold: Hold, *, full: bool = False) -> str:
    """Return what is held, with the old and the new value, or with what it depends on."""
    since = f"từ {hold.since:%d/%m/%Y}"
    if hold.subject.startswith(FAQ_MARK):
        return f"{hold.place}: câu hỏi thường gặp, {since}. Vì {hold.why}"
    name = FIELDS.get(hold.field, hold.field)
    if hold.in_our_words:
        return f"{hold.place}: {name}, {since}. Vì {hold.why}"
    if hold.why:
        return f"{hold.place}: {name}, {since}. Còn ghi giá trị cũ. Vì {hold.why}"
    old, new = (_short(text, full=full) for text in (hold.before, hold.after))
    return f"{hold.place}: {name}, {since}. {old} → {new}"


def listed(title: str, lines: Iterable[str], *, full: bool = False) -> Iterator[str]:
    """Yield a title with the number of lines, then the lines, cut where there are many."""
    everything = list(lines)
    if not everything:
        return
    yield f"{title} ({len(everything)}):"
    shown = everything if full else everything[:MOST_LISTED]
    yield from (f"  {line}" for line in shown)
    if len(everything) > len(shown):
        yield f"  … và {len(everything) - len(shown)} dòng nữa."


def _of_file(name: str, summary: Summary, *, full: bool) -> Iterator[str]:
    if summary.unknown is not None:
        yield (
            f"{name}: đọc {summary.read} dòng; thay đổi {len(summary.changed)} thủ tục, "
            f"giữ nguyên {summary.unchanged}, dòng của mã chưa có ở đây {summary.unknown}, "
            f"dòng hỏng {len(summary.damaged)}."
        )
    else:
        yield (
            f"{name}: đọc {summary.read} thủ tục; mới {len(summary.new)}, "
            f"thay đổi {len(summary.changed)}, giữ nguyên {summary.unchanged}, "
            f"dòng hỏng {len(summary.damaged)}."
        )
    damaged = [f"dòng {line.number}: {line.reason}" for line in summary.damaged]
    yield from listed("Dòng hỏng", damaged, full=full)
    suspects = summary.suspects
    yield from listed("Nội dung không khớp tên, không dùng để trả lời", suspects, full=full)
    doubts = [f"dòng {doubt.line}, mã {doubt.code}: {doubt.reason}" for doubt in summary.doubts]
    yield from listed("Cần người xem lại", doubts, full=full)


def _told_holds(report: ImportReport, *, full: bool) -> Iterator[str]:
    verdict = report.verdict
    would = "Sẽ tạm giữ" if report.revision is None else "Tạm giữ"
    title = f"{would}, trả lời “đang cập nhật” cho đến khi xác nhận"
    yield from listed(title, (told_hold(one, full=full) for one in verdict.fresh), full=full)
    freed = (hold.place for hold in verdict.freed)
    yield from listed("Không còn phải giữ", freed, full=full)
    older = len(verdict.holds) - len(verdict.fresh)
    if older:
        yield f"Vẫn giữ từ trước: {older}. Xem: motcua knowledge held"


def _ending(report: ImportReport) -> Iterator[str]:
    if report.revision is None:
        yield (
            "Mới chỉ xem trước, chưa lưu gì. Bỏ --dry-run để nhập."
            if report.changed
            else "Không có gì thay đổi so với bản đang dùng."
        )
        return
    if not report.changed:
        yield f"Không có gì thay đổi so với bản số {report.revision} đang dùng."
        return
    yield f"Đã lưu bản số {report.revision} với {report.records} thủ tục."
    if report.verdict.holds:
        yield "Xem phần đang giữ: motcua knowledge held. Xác nhận: motcua knowledge confirm MÃ"
    if not report.first:
        yield "Quay lại bản trước: motcua knowledge rollback"


def told_confirmed(released: Sequence[Hold], left: int) -> Iterator[str]:
    """Yield what is answered again, and how much is still held."""
    lines = (f"{hold.place}: {_answered_again(hold)}" for hold in released)
    yield from listed("Đã xác nhận, trả lời lại từ bây giờ", lines, full=True)
    yield f"Còn giữ {left}." if left else "Không còn phần nào bị giữ."


def _answered_again(hold: Hold) -> str:
    return "theo bản biên soạn" if hold.in_our_words else _short(hold.after, full=False)


def _short(text: str, *, full: bool) -> str:
    flat = "; ".join(text.splitlines()) or "không có"
    return flat if full or len(flat) <= SHORT else f"{flat[: SHORT - 1]}…"
