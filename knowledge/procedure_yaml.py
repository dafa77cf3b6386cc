"""Makes a Procedure of one content file, and notes what is wrong in it.

The format is told in `knowledge/content/README.md`.
"""

import re

from knowledge.dates import is_date, is_day
from knowledge.methods_yaml import read_methods
from knowledge.procedure import (
    Circumstance,
    FormDocument,
    Level,
    OnlineLevel,
    Paper,
    Procedure,
    ReplacedPaper,
    Source,
    Step,
)
from knowledge.text import fold
from knowledge.yaml_sections import Section

LONGEST_LABEL = 40
"""Characters of a button's label: more is cut off in Telegram and Zalo on a telephone."""
FEWEST_ALIASES = 4
"""Fewer names were not enough to find a procedure by what people say."""
MOST_PAPERS = 99

CODE = re.compile(r"\d\.\d{6}")
_PORTAL_PAGE = re.compile(r"https://dichvucong\.gov\.vn/\S+")
_REQUIRED = ("aliases", "levels", "methods", "papers", "steps", "source", "popularity")


def read_procedure(top: Section) -> Procedure:
    """Return the procedure that `top` describes; what is faulty in it is noted and left empty."""
    top.require(_REQUIRED)
    level = top.choice("online_level", OnlineLevel)
    procedure = Procedure(
        code=_code(top),
        name=top.required_text("name"),
        field=top.required_text("field"),
        levels=_levels(top),
        source=_source(top),
        label=_label(top),
        aliases=_aliases(top),
        keywords=top.texts("keywords"),
        former_codes=codes_under(top, "former_codes"),
        summary=top.required_text("summary"),
        who=top.texts("who"),
        agency=top.text("agency"),
        where=top.text("where"),
        methods=read_methods(top),
        circumstances=_circumstances(top),
        replaced_papers=tuple(_replaced(part) for part in top.sections("replaced_papers")),
        steps=tuple(Step(text) for text in top.texts("steps")),
        conditions=top.texts("conditions"),
        results=top.texts("results"),
        legal_basis=top.texts("legal_basis"),
        forms=tuple(_form(part) for part in top.sections("forms")),
        online_level=level,
        online_level_source=_online_source(top, level),
        url=_url(top),
        popularity=top.integer("popularity", low=0, high=5, default=0),
        ours=True,
        changed_to=codes_under(top, "changed_to"),
        valid_from=_day(top, "valid_from", top.text("valid_from")),
        valid_to=_day(top, "valid_to", top.text("valid_to")),
    )
    _in_order(top, ("valid_from", "valid_to"), procedure)
    return procedure


def _code(top: Section) -> str:
    code = top.required_text("code")
    if code and not CODE.fullmatch(code):
        top.fault("code", f"Mã '{code}' không đúng dạng 1.004222. Sửa mã.")
    return code


def codes_under(top: Section, key: str) -> tuple[str, ...]:
    """Return the codes listed under `key`; those of another shape are noted."""
    codes = top.texts(key)
    for code in codes:
        if not CODE.fullmatch(code):
            top.fault(key, f"Mã '{code}' không đúng dạng 1.004222. Sửa mã.")
    return codes


def _levels(top: Section) -> tuple[Level, ...]:
    levels = top.choices("levels", Level)
    if top.has("levels") and not levels:
        top.fault("levels", "'levels' chưa có cấp nào. Ghi commune, province, ministry hoặc other.")
    return levels


def _label(top: Section) -> str:
    label = top.required_text("label")
    if len(label) > LONGEST_LABEL:
        top.fault("label", f"'label' dài {len(label)} ký tự. Rút còn {LONGEST_LABEL}.")
    return label


def _aliases(top: Section) -> tuple[str, ...]:
    aliases = top.texts("aliases")
    if top.has("aliases") and len(aliases) < FEWEST_ALIASES:
        top.fault("aliases", f"Mới có {len(aliases)} tên gọi. Ghi ít nhất {FEWEST_ALIASES}.")
    if len({fold(alias) for alias in aliases}) < len(aliases):
        top.fault("aliases", "Hai tên gọi chỉ khác nhau ở dấu hoặc chữ hoa. Xoá bớt một tên.")
    return aliases


def _source(top: Section) -> Source:
    part = top.section("source")
    if part is None:
        return Source(decision="", origin="", as_of="")
    source = Source(
        decision=part.text("decision"),
        origin=part.required_text("origin"),
        as_of=part.required_text("as_of"),
    )
    if source.as_of and not is_date(source.as_of):
        part.fault(
            "as_of", f'Không nhận "{source.as_of}". Viết "2026", "2026-07" hoặc "2026-07-15".'
        )
    part.finish()
    return source


def _url(top: Section) -> str:
    url = top.text("url")
    if url and not _PORTAL_PAGE.fullmatch(url):
        top.fault("url", "'url' phải bắt đầu bằng https://dichvucong.gov.vn/. Sửa hoặc để trống.")
    return url


def _online_source(top: Section, level: OnlineLevel | None) -> str:
    source = top.text("online_level_source")
    if level is not None and not source:
        top.fault("online_level_source", "Ghi quyết định nêu mức trực tuyến này.")
    if level is None and source and not top.has("online_level"):
        top.fault("online_level", "Có quyết định mà thiếu mức: ghi full hoặc partial.")
    return source


def _circumstances(top: Section) -> tuple[Circumstance, ...]:
    parts = top.sections("papers")
    circumstances = tuple(_circumstance(part) for part in parts)
    seen: set[str] = set()
    for part, circumstance in zip(parts, circumstances, strict=True):
        if circumstance.title in seen:
            part.fault("case", f"Trường hợp '{circumstance.title}' đã có. Gộp giấy tờ lại.")
        seen.add(circumstance.title)
    return circumstances


def _circumstance(part: Section) -> Circumstance:
    part.require(("case", "items"))
    circumstance = Circumstance(
        title=part.text("case"),
        papers=tuple(_paper(item) for item in part.sections("items")),
        notes=part.texts("notes"),
    )
    if not circumstance.papers and not circumstance.notes:
        part.fault("items", "Trường hợp này chưa có giấy tờ nào. Ghi giấy tờ hoặc xoá trường hợp.")
    part.finish()
    return circumstance


def _paper(part: Section) -> Paper:
    paper = Paper(
        name=part.required_text("name"),
        original=part.integer("original", low=0, high=MOST_PAPERS, default=1),
        copies=part.integer("copies", low=0, high=MOST_PAPERS, default=0),
        form=part.text("form"),
        when=part.text("when"),
        note=part.text("note"),
    )
    part.finish()
    return paper


def _replaced(part: Section) -> ReplacedPaper:
    replaced = ReplacedPaper(
        paper=part.required_text("paper"),
        database=part.required_text("database"),
        resolution=part.required_text("resolution"),
        valid_from=_day(part, "from", part.required_text("from")),
        valid_to=_day(part, "to", part.required_text("to")),
    )
    _in_order(part, ("from", "to"), replaced)
    part.finish()
    return replaced


def _day(part: Section, key: str, day: str) -> str:
    if day and not is_day(day):
        part.fault(key, f'\'{key}\' là "{day}". Viết ngày dạng "2026-01-31".')
        return ""
    return day


def _in_order(part: Section, keys: tuple[str, str], held: Procedure | ReplacedPaper) -> None:
    """Note a last day before the first day; one that is left out has no order."""
    first, last = keys
    if held.valid_to and held.valid_from > held.valid_to:
        part.fault(last, f"'{last}' trước '{first}'. Sửa ngày.")


def _form(part: Section) -> FormDocument:
    form = FormDocument(name=part.required_text("name"), number=part.text("number"))
    part.finish()
    return form
