"""Writes procedures and general questions as the YAML files that `knowledge.content` reads."""

from collections.abc import Mapping
from typing import Any, Final

import yaml
from typing_extensions import override

from knowledge.faq import Faq, FaqSource
from knowledge.procedure import (
    Amount,
    Circumstance,
    FilingMethod,
    Paper,
    Procedure,
    ReplacedPaper,
)

_WIDTH: Final = 120


def procedure_yaml(one: Procedure) -> str:
    """Return the file of a procedure of ours; what is empty and optional is left out."""
    always = {"methods", "papers", "steps"}
    told = {key: value for key, value in _rest(one).items() if value or key in always}
    source = {
        "decision": one.source.decision,
        "origin": one.source.origin,
        "as_of": one.source.as_of,
    }
    return _dumped({**_named(one), **told, "popularity": one.popularity, "source": source})


def faq_yaml(one: Faq) -> str:
    """Return the file of a general question; what is empty and optional is left out."""
    needed = {
        "key": one.key,
        "question": one.question,
        "label": one.label,
        "asked": [*one.asked],
        "answer": [*one.answer],
    }
    rest = {
        "steps": [*one.steps],
        "links": [{"label": link.label, "url": link.url} for link in one.links],
        "procedures": [*one.procedures],
        "related": [*one.related],
    }
    end = {"valid_from": one.valid_from, "valid_to": one.valid_to, "until": [*one.until]}
    sources = [_source(source) for source in one.sources]
    return _dumped({**needed, **_told(rest), "sources": sources, **_told(end)})


def _named(one: Procedure) -> dict[str, Any]:
    """Return what the file begins with: the keys that are always there."""
    return {
        "code": one.code,
        "name": one.name,
        "label": one.label,
        "field": one.field,
        "levels": [level.value for level in one.levels],
        "aliases": [*one.aliases],
    }


def _rest(one: Procedure) -> dict[str, Any]:
    """Return the other keys in their order, empty ones too.

    What the format has no place for stands there all the same: the check refuses it.
    """
    return {
        "keywords": [*one.keywords],
        "former_codes": [*one.former_codes],
        "summary": one.summary,
        "who": [*one.who],
        "agency": one.agency,
        "where": one.where,
        "methods": [_method(method) for method in one.methods],
        "papers": [_circumstance(part) for part in one.circumstances],
        "replaced_papers": [_replaced(part) for part in one.replaced_papers],
        "steps": [step.text for step in one.steps],
        "conditions": [*one.conditions],
        "results": [*one.results],
        "legal_basis": [*one.legal_basis],
        "forms": [_told({"name": form.name, "number": form.number}) for form in one.forms],
        "online_level": one.online_level.value if one.online_level else None,
        "online_level_source": one.online_level_source,
        "url": one.url,
        "changed_to": [*one.changed_to],
        "valid_from": one.valid_from,
        "valid_to": one.valid_to,
        "suspect": one.suspect,
        "online_levels": [said.decision for said in one.online_levels],
    }


def _told(values: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value}


def _method(method: FilingMethod) -> dict[str, Any]:
    time = method.time
    limit = time and {
        "amount": time.amount,
        "unit": time.unit and time.unit.value,
        **_told({"text": time.text}),
    }
    amounts = [_amount(amount) for amount in method.fee.amounts]
    fee = {
        "status": method.fee.status.value,
        **_told({"amounts": amounts, "text": method.fee.text}),
    }
    return {
        "channel": method.channel.value,
        "time": limit,
        "fee": fee,
        **_told({"note": method.note}),
    }


def _amount(amount: Amount) -> dict[str, Any]:
    return {amount.currency.lower(): amount.value, **_told({"for": amount.purpose})}


def _circumstance(part: Circumstance) -> dict[str, Any]:
    papers = [_paper(paper) for paper in part.papers]
    return {"case": part.title, "items": papers, **_told({"notes": [*part.notes]})}


def _paper(paper: Paper) -> dict[str, Any]:
    more = {"form": paper.form, "when": paper.when, "note": paper.note}
    return {
        "name": paper.name,
        "original": paper.original,
        "copies": paper.copies,
        **_told(more),
    }


def _replaced(part: ReplacedPaper) -> dict[str, Any]:
    return {
        "paper": part.paper,
        "database": part.database,
        "resolution": part.resolution,
        "from": part.valid_from,
        "to": part.valid_to,
        **_told({"case": part.case}),
    }


def _source(source: FaqSource) -> dict[str, Any]:
    named = {
        "document": source.document,
        "page": source.page,
        "title": source.title,
        "article": source.article,
        "code": source.code,
        "field": source.field,
        "says": [*source.says],
        "read": source.read,
    }
    return _told(named)


class _Dumper(yaml.SafeDumper):
    """Block style, lists indented, no anchors."""

    @override
    def ignore_aliases(self, data: Any) -> bool:
        return True

    @override
    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow=flow, indentless=False)


def _dumped(values: Mapping[str, Any]) -> str:
    text: str = yaml.dump(
        dict(values), Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=_WIDTH
    )
    return text
