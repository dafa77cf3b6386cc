"""What all channels share: long texts in parts, and replies as plain text with numbered menus."""

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import chain

from bot.channels.graphemes import boundary_before, is_boundary
from bot.messages import Block, Checklist, Choice, Choices, FactList, Reply
from bot.phrasebook import Phrasebook
from bot.rendering.filing.checklist import how_to_tick
from bot.rendering.plain import block_lines, source_lines

MIN_LIMIT = 2
"""One emoji takes two UTF-16 units."""

MIN_SHARE = 3
"""A part is cut between paragraphs, lines or sentences where that fills a third of it."""

_GAP = "\n\n"

_PARAGRAPH = re.compile(r"\n[^\S\n]*\n\s*")
_LINE = re.compile(r"\n\s*")
_SENTENCE = re.compile(r"(?<=[.!?…;:])[ \t]+")
_SPACE = re.compile(r"[^\S\u00a0\u202f]+")
_BLANK = re.compile(r"\s*")
_URL = re.compile(r"https?://\S+")


def code_points(text: str) -> int:
    """Return the length as Zalo counts it, in Unicode characters."""
    return len(text)


def utf16_units(text: str) -> int:
    """Return the length as Telegram counts it, in UTF-16 code units.

    >>> utf16_units("Được 👍")
    7
    """
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def split_text(text: str, limit: int, measure: Callable[[str], int] = code_points) -> list[str]:
    r"""Return `text` in parts that a platform takes, none of them blank.

    Cut between paragraphs, else lines, sentences, words, else letters; never inside an emoji, an
    accented letter or an address that fits a part. Only blanks around the cuts are left out.

    Args:
        text: without markup.
        limit: the longest part, as `measure` counts; at least `MIN_LIMIT`.
        measure: the length in the platform's unit; at least one for each character.

    Raises:
        ValueError: the limit is less than one emoji.

    >>> split_text("Bạn cần hai loại giấy tờ. Nộp ở xã.", 26)
    ['Bạn cần hai loại giấy tờ.', 'Nộp ở xã.']
    """
    if limit < MIN_LIMIT:
        raise ValueError(f"No text fits {limit}. Give a limit of at least {MIN_LIMIT}.")
    return list(_parts(text, limit, measure))


def split_reply(
    reply: Reply, text: str, limit: int, measure: Callable[[str], int] = code_points
) -> list[str]:
    """Return the text of `reply` in parts, a checklist at the beginning of one of them.

    It is read and ticked as a whole, with what stands under it. It stays where it is if it would
    cost a part more although none cuts it.
    """
    parts = split_text(text, limit, measure)
    lists = [block for block in reply.blocks if isinstance(block, Checklist)]
    lines = "\n".join(block_lines(lists[0])) if lists else ""
    if len(parts) == 1 or not lines:
        return parts
    at = text.find(lines)
    apart = [*split_text(text[:at], limit, measure), *split_text(text[at:], limit, measure)]
    is_cut = not any(lines in part for part in parts)
    return apart if len(apart) <= len(parts) + is_cut else parts


def with_last_words(
    texts: Sequence[str], words: str, limit: int, measure: Callable[[str], int] = code_points
) -> list[str]:
    r"""Return the parts of a text with `words` under the last, which is cut anew to make room.

    So the words never stand alone in a part, as long as any text goes before them.

    >>> with_last_words(["Lệ phí: miễn.\n\nNguồn: 1.001193"], "Có ích không?", 32)
    ['Lệ phí: miễn.', 'Nguồn: 1.001193\n\nCó ích không?']
    """
    *before, last = texts or [""]
    room = limit - measure(words) - measure(_GAP)
    if measure(last) > room:
        *cut, last = split_text(last, room, measure)
        before += cut
    return [*before, _GAP.join(filter(None, (last, words)))]


def plain_text(reply: Reply, book: Phrasebook, *, menu: bool) -> str:
    """Return `reply` as plain text with its sources at the end.

    Args:
        reply: what is answered.
        book: says how to choose.
        menu: the channel shows no buttons: all of them are numbered as `Reply.buttons` orders
            them, and can be chosen by number or name. False: buttons are left to the channel.
    """
    blocks = [block for block in reply.blocks if menu or not isinstance(block, Choices)]
    further = _further(reply) if menu else ()
    parts = list(_texts(blocks, book, told_how=bool(further)))
    if further:
        lines = _menu(further, len(reply.buttons) - len(further) + 1)
        if parts and parts[-1].endswith(":"):  # a sentence of the reply introduces them
            parts[-1] = "\n".join((parts[-1], *lines, book.say("menu.answer")))
        else:
            parts.append("\n".join((book.say("menu.further"), *lines)))
    parts.append("\n".join(chain.from_iterable(map(source_lines, reply.sources))))
    return "\n\n".join(part for part in parts if part.strip())


def _texts(blocks: Sequence[Block], book: Phrasebook, *, told_how: bool) -> Iterator[str]:
    """Yield the text of each block; buttons beside a question are told behind everything else.

    How to choose is said once: not here, if it is told with those buttons.
    """
    how = () if told_how else (book.say("menu.answer"),)
    shown = 0
    before: Block | None = None
    for block in blocks:
        if isinstance(block, Choices):
            if block.open_question and block.items:
                told = _told(before, block.items)
                lines = _menu(block.items[told:], shown + told + 1)
                yield "\n".join((*lines, *how))
                shown += len(block.items)
        elif isinstance(block, Checklist):
            yield "\n".join(block_lines(block))
            yield how_to_tick(book, len(block.items))
        else:
            yield "\n".join(block_lines(block))
        before = block


def _told(before: Block | None, items: Sequence[Choice]) -> int:
    """Return how many choices the numbered list above them already names, with more words."""
    if not isinstance(before, FactList) or not before.ordered or len(before.items) > len(items):
        return 0
    pairs = zip(before.items, items, strict=False)
    return len(before.items) if all(line.startswith(one.label) for line, one in pairs) else 0


def _further(reply: Reply) -> Sequence[Choice]:
    blocks = (block for block in reply.blocks if isinstance(block, Choices))
    return [choice for block in blocks if not block.open_question for choice in block.items]


def _menu(items: Sequence[Choice], first: int) -> Iterator[str]:
    return (f"{number}. {choice.label}" for number, choice in enumerate(items, start=first))


def _parts(text: str, limit: int, measure: Callable[[str], int]) -> Iterator[str]:
    rest = _without_blank_start(text)
    while rest:
        fits = _fitting(rest, limit, measure)
        cut = fits if fits == len(rest) else _cut(rest, fits, limit, measure)
        if part := rest[:cut].rstrip():
            yield part
        rest = _without_blank_start(rest[cut:])


def _without_blank_start(text: str) -> str:
    blank = _BLANK.match(text)
    end = blank.end() if blank else 0
    return text[boundary_before(text, end) :]


def _fitting(text: str, limit: int, measure: Callable[[str], int]) -> int:
    """Return how many characters of the beginning fit, at least one."""
    low, high = 1, min(len(text), limit)
    if measure(text[:high]) <= limit:  # nearly every text: nothing of it takes two units
        return high
    while low < high:
        middle = (low + high + 1) // 2
        if measure(text[:middle]) <= limit:
            low = middle
        else:
            high = middle - 1
    return low


def _cut(text: str, fits: int, limit: int, measure: Callable[[str], int]) -> int:
    """Return where to cut at or before `fits`, which is inside the text."""
    for pattern, at_least in (
        (_PARAGRAPH, fits // MIN_SHARE),
        (_LINE, fits // MIN_SHARE),
        (_SENTENCE, fits // MIN_SHARE),
        (_SPACE, 1),
    ):
        if (cut := _last_gap(pattern, text, fits)) >= max(at_least, 1):
            return cut
    return _inside_a_word(text, fits, limit, measure)


def _last_gap(pattern: re.Pattern[str], text: str, fits: int) -> int:
    """Return where the last gap ends whose beginning still fits; 0: there is none."""
    ends = [
        gap.end()
        for gap in pattern.finditer(text, 0, fits + 1)
        if 0 < gap.start() <= fits and is_boundary(text, gap.end())
    ]
    return ends[-1] if ends else 0


def _inside_a_word(text: str, fits: int, limit: int, measure: Callable[[str], int]) -> int:
    for url in _URL.finditer(text):
        if url.start() >= fits:
            break
        whole = url.start() > 0 and measure(url[0]) <= limit
        if url.end() > fits and whole and is_boundary(text, url.start()):
            return url.start()
    return boundary_before(text, fits) or _between_code_points(text, fits)


def _between_code_points(text: str, fits: int) -> int:
    """Cut a letter with more marks than a part holds, though not a surrogate pair."""
    high_and_low = "\ud800" <= text[fits - 1] <= "\udbff" and "\udc00" <= text[fits] <= "\udfff"
    return fits - 1 if high_and_low and fits > 1 else fits
