"""The texts of one part of a record, named as citizens' questions name it ("fee", "time")."""

from collections.abc import Callable, Iterator, Mapping

from knowledge.procedure import FilingMethod, Procedure, TimeLimit, TimeUnit

_UNITS = {
    TimeUnit.WORKING_DAY: "ngày làm việc",
    TimeUnit.DAY: "ngày",
    TimeUnit.HOUR: "giờ",
    TimeUnit.MONTH: "tháng",
}


def texts_of(procedure: Procedure, part: str) -> tuple[str, ...]:
    """Return what the record says in `part`, empty texts left out; () for an unknown part.

    Sums and times stand in words a citizen reads: "10000 đồng", "7 ngày làm việc".
    """
    texts = _PARTS.get(part)
    return tuple(text for text in texts(procedure) if text) if texts else ()


def _fee(procedure: Procedure) -> Iterator[str]:
    for method in procedure.methods:
        yield from (method.fee.text, method.note)
        for amount in method.fee.amounts:
            unit = "đồng" if amount.currency == "VND" else amount.currency
            yield from (f"{amount.value} {unit}", amount.purpose)


def _time(procedure: Procedure) -> Iterator[str]:
    for method in procedure.methods:
        yield from _time_of(method)


def _time_of(method: FilingMethod) -> Iterator[str]:
    limit: TimeLimit | None = method.time
    if limit is not None:
        unit = _UNITS[limit.unit] if limit.unit is not None else ""
        yield from (f"{limit.amount} {unit}".strip(), limit.text)
    yield method.note


def _methods(procedure: Procedure) -> Iterator[str]:
    yield from (method.note for method in procedure.methods)
    yield from _fee(procedure)
    yield from _time(procedure)


def _documents(procedure: Procedure) -> Iterator[str]:
    for circumstance in procedure.circumstances:
        yield from (circumstance.title, *circumstance.notes)
        for paper in circumstance.papers:
            yield from (paper.name, paper.form, paper.when, paper.note)
            yield from (f"{count} bản" for count in (paper.original, paper.copies) if count)
    for gone in procedure.replaced_papers:
        yield from (gone.paper, gone.database, gone.resolution, gone.valid_from, gone.valid_to)


def _overview(procedure: Procedure) -> Iterator[str]:
    yield from (procedure.name, procedure.summary, *procedure.conditions, *procedure.results)
    for part in (_methods, _documents):
        yield from part(procedure)
    yield from (step.text for step in procedure.steps)


def _online(procedure: Procedure) -> Iterator[str]:
    yield procedure.online_level_source
    yield from _methods(procedure)
    yield from (step.text for step in procedure.steps)


def _forms(procedure: Procedure) -> Iterator[str]:
    for form in procedure.forms:
        yield from (form.name, form.number)
    yield from (paper.form for one in procedure.circumstances for paper in one.papers)


_PARTS: Mapping[str, Callable[[Procedure], Iterator[str]]] = {
    "overview": _overview,
    "documents": _documents,
    "fee": _fee,
    "time": _time,
    "steps": lambda one: (step.text for step in one.steps),
    "agency": lambda one: iter((one.agency,)),
    "where": lambda one: iter((one.where, one.agency)),
    "online": _online,
    "methods": _methods,
    "conditions": lambda one: iter(one.conditions),
    "legal_basis": lambda one: iter(one.legal_basis),
    "result": lambda one: iter(one.results),
    "forms": _forms,
    "who": lambda one: iter(one.who),
}
RECORD_PARTS = tuple(_PARTS)
"""The parts of a record that can be named."""
