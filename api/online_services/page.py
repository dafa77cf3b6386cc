"""`/dich-vu`: the public list of services filed online, with search and filters.

It needs no script: one form, and links that hold everything in their address. The route is no
coroutine, for whoever comes first waits until all records are read, and nobody else shall.
"""

import uuid
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from api.online_services.reading import ANY_ONLINE, Asked, groups_of, services_told
from api.online_services.wording import (
    CAUTION,
    GROUPS,
    LEVELS,
    MEANING,
    levels_text,
    number,
    statement_text,
)
from api.static_files import static_address
from api.wiring.services import Services
from bot.deciding.found import press_value
from bot.parse import AskedField
from bot.rendering.sources import search_address
from bot.rendering.wording import date
from knowledge.online_services import Counts, OnlineService, OnlineServices, Stated, origins_of

PAGE: Final = "/dich-vu"
ON_A_PAGE: Final = 50
NEAR: Final = 2
"""So many pages on either side are linked, beside the first and the last."""

MOST_ORIGINS: Final = 4
_SCHEMES: Final = ("https://", "http://")


def online_page_router(services: Services) -> APIRouter:
    """Return the route of the page; it is no part of the public interface for machines."""
    router = APIRouter(include_in_schema=False)
    view = ServicesView()

    @router.get(PAGE)
    def show(request: Request) -> HTMLResponse:
        told = services_told(services)
        asked = Asked.of(request.query_params, told)
        return HTMLResponse(view.page(told, asked), status_code=422 if asked.faulty else 200)

    return router


class ServicesView:
    """Renders the page; every value is escaped."""

    def __init__(self) -> None:
        """Read the template once."""
        templates = Environment(
            loader=FileSystemLoader(Path(__file__).parent / "templates"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        templates.globals.update(
            icon=static_address("icon.svg"),
            styles=(static_address("chat.css"), static_address("services.css")),
            number=number,
            levels=LEVELS,
            meaning=MEANING,
            caution=CAUTION,
        )
        self._template = templates.get_template("services.html")
        self._fields = lru_cache(maxsize=1)(_fields)
        self._origins = lru_cache(maxsize=1)(_origins)

    def page(self, told: OnlineServices, asked: Asked) -> str:
        """Return the page; one beyond the last shows the last."""
        fit = told.select(asked.wanted())
        groups = groups_of(asked.stated)
        chosen = [one for one in fit if one.stated in groups] if groups else fit
        last = max(1, -(-len(chosen) // ON_A_PAGE))
        page = min(asked.page, last)
        shown = chosen[(page - 1) * ON_A_PAGE : page * ON_A_PAGE]
        return self._template.render(
            asked=asked,
            fields=self._fields(told),
            origins=self._origins(told),
            tiles=list(_tiles(asked, Counts.of(fit))),
            total=len(chosen),
            everything=len(told.all),
            first=(page - 1) * ON_A_PAGE + 1,
            rows=[_row(one) for one in shown],
            page=page,
            pages=list(_pages(asked, page, last)),
            data={name: _address(path, asked) for name, path in _DATA.items()},
        )


_DATA: Final = {"CSV": "/v1/online-services.csv", "JSON": "/v1/online-services"}


def _fields(told: OnlineServices) -> tuple[tuple[str, str, int], ...]:
    """Return key, name and number of services of each field, by name."""
    named = ((field.key, field.name, counts.total) for field, counts in told.by_field())
    return tuple(sorted(named, key=lambda one: one[0]))


def _origins(told: OnlineServices) -> tuple[str, ...]:
    dated = (
        f"{origin}, dữ liệu {date(as_of)}" if as_of else f"{origin}, không ghi ngày"
        for origin, as_of in origins_of(told.all)
        if origin
    )
    return tuple(dated)[:MOST_ORIGINS]


def _tiles(asked: Asked, counts: Counts) -> Iterator[dict[str, Any]]:
    """Yield a link for each group that has any, the one that is shown marked."""
    named = (("", "Tất cả", counts.total), (ANY_ONLINE, "Nộp trực tuyến được", counts.online))
    yield from (_tile(asked, *one) for one in named)
    for group in Stated:
        if counts.groups[group] or group is Stated.FULL:
            yield _tile(asked, group.value, GROUPS[group], counts.groups[group])


def _tile(asked: Asked, stated: str, name: str, count: int) -> dict[str, Any]:
    return {
        "name": name,
        "count": number(count),
        "address": _link(asked.given(muc=stated)),
        "chosen": asked.stated == stated,
        "key": stated or "all",
    }


def _row(one: OnlineService) -> dict[str, Any]:
    official = one.name if one.label and one.label != one.name else ""
    safe = one.url if one.url.startswith(_SCHEMES) else ""
    return {
        "code": one.code,
        "title": one.title,
        "official": official,
        "field": one.field.name,
        "levels": levels_text(one),
        "group": GROUPS[one.stated],
        "kind": one.stated.value,
        "statements": [statement_text(statement) for statement in one.statements],
        "unnamed": bool(one.statements) and one.online is False,
        "changed_to": ", ".join(one.changed_to),
        "url": safe or search_address(one.name),
        "searched": not safe,
        "choice": press_value(one.code, (AskedField.ONLINE,)),
        "question": f"{one.title}: nộp trực tuyến được không?",
        "id": uuid.uuid4().hex,
    }


def _pages(asked: Asked, page: int, last: int) -> Iterator[dict[str, Any]]:
    """Yield the pages that are linked, None for a gap; nothing where all is on one page."""
    if last == 1:
        return
    before = 0
    for one in range(1, last + 1):
        if one not in {1, last} and abs(one - page) > NEAR:
            continue
        address = _link(asked.given(trang=str(one)))
        yield {"page": one, "gap": one - before > 1, "address": address, "here": one == page}
        before = one


def _link(given: Mapping[str, str]) -> str:
    return f"{PAGE}?{urlencode(given)}" if given else PAGE


def _address(path: str, asked: Asked) -> str:
    """Return the address of the same list as open data."""
    names = {"q": "query", "linh-vuc": "field", "cap": "level", "muc": "stated"}
    given = {names[name]: value for name, value in asked.given().items()}
    return f"{path}?{urlencode(given)}" if given else path
