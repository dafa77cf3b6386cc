"""What a request wants to see of the services filed online."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from api.wiring.services import Services
from bot.parse import AskedField
from knowledge.online_services import ONLINE, OnlineServices, Stated, Wanted
from knowledge.procedure import Level
from knowledge.work_calendar import VIETNAM

ANY_ONLINE: Final = "online"
"""In place of a group: whatever can be filed online."""

MAX_QUERY: Final = 200
"""Characters of a search; the longest name has some 300, and nobody types it."""

_MOST_PAGE_DIGITS: Final = 4


def services_told(services: Services) -> OnlineServices:
    """Return what may be told today: what holds, and nothing that waits to be confirmed."""
    waits = services.held.holding(AskedField.ONLINE, AskedField.METHODS)
    today = services.now().astimezone(VIETNAM).date().isoformat()
    return services.library.online_services().told(today, waits)


def groups_of(stated: str) -> frozenset[Stated]:
    """Return the groups behind a filter; empty: all.

    Raises:
        ValueError: there is no such filter.
    """
    if not stated:
        return frozenset()
    return ONLINE if stated == ANY_ONLINE else frozenset({Stated(stated)})


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address of the page asks for; what cannot be read is as if it were not there."""

    words: str = ""
    field: str = ""
    level: Level | None = None
    stated: str = ""
    page: int = 1
    faulty: bool = False
    """Something of it could not be read."""

    @classmethod
    def of(cls, given: Mapping[str, str], known: OnlineServices) -> "Asked":
        """Read the parameters `q`, `linh-vuc`, `cap`, `muc` and `trang`."""
        words = given.get("q", "").strip()
        field, level = given.get("linh-vuc", ""), given.get("cap", "")
        stated, page = given.get("muc", ""), given.get("trang", "")
        sound = cls(
            words=words[:MAX_QUERY],
            field=field if known.fields.get(field) else "",
            level=Level(level) if level in set(Level) else None,
            stated=stated if stated == ANY_ONLINE or stated in set(Stated) else "",
            page=int(page) if _is_page(page) else 1,
        )
        read = (sound.words, sound.field, sound.level or "", sound.stated)
        faulty = read != (words, field, level, stated) or bool(page and not _is_page(page))
        return cls(sound.words, sound.field, sound.level, sound.stated, sound.page, faulty)

    def wanted(self) -> Wanted:
        """Return what to select, of all groups: those that are not shown are counted."""
        return Wanted(self.words, self.field, self.level)

    def given(self, **changes: str) -> dict[str, str]:
        """Return the parameters of an address; the page is left out unless it is in `changes`."""
        level = self.level.value if self.level else ""
        known = {"q": self.words, "linh-vuc": self.field, "cap": level, "muc": self.stated}
        return {name: value for name, value in (known | changes).items() if value}


def _is_page(text: str) -> bool:
    plain = text.isascii() and text.isdecimal() and len(text) <= _MOST_PAGE_DIGITS
    return plain and int(text) > 0
