"""A database with something in every table, and everything that is in one."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import String, Table, insert, select

from api.store.channel_tables import audit, contacts, inbox, outbox, sealed_tokens
from api.store.database import Database
from api.store.dossier_tables import (
    dossier_alerts,
    dossier_follows,
    dossier_tries,
    dossier_updates,
    dossier_words,
    dossiers,
    factor_keys,
    machine_keys,
    sealed_phones,
)
from api.store.schema import metadata
from api.store.tables import chat_sessions, conversations, holds, records, revisions, state, turns
from api.store.zalo_tables import zalo_consents, zns_messages
from tests.support.stored_filings import FILING_ROWS

MORNING = datetime(2026, 11, 22, 1, 30, 15, 123456, tzinfo=UTC)
LAN = {"channel": "telegram", "user_id": "9007199254740993"}
"""A number that a float cannot hold."""

ROWS: dict[Table, list[dict[str, Any]]] = {
    conversations: [
        {**LAN, "id": 41, "dialogue": '{"topic":"1.004222"}', "updated_at": MORNING},
        {"id": 42, "channel": "web", "user_id": "ab" * 32, "dialogue": "{}", "updated_at": MORNING},
    ],
    turns: [
        {
            "id": 7,
            "conversation_id": 41,
            "event_id": "1001",
            "reply": '{"blocks":[{"kind":"Paragraph","text":"Lệ phí: 20.000 đồng “nhé” \\n😀"}]}',
            "intent": "ask_procedure",
            "confidence": 0.1 + 0.2,
            "asked": "fee,time",
            "procedure": "1.004222",
            "outcome_family": "answered",
            "outcome_kind": "fee",
            "duration_ms": 12.5,
            "sent_at": MORNING,
            "rating": 1,
            "private": False,
        },
        {
            "id": 8,
            "conversation_id": 41,
            "event_id": "1002",
            "reply": "{}",
            "intent": None,
            "confidence": None,
            "asked": "",
            "procedure": None,
            "outcome_family": "error",
            "outcome_kind": "nlu",
            "duration_ms": 1.0,
            "sent_at": MORNING,
            "rating": None,
            "private": True,
        },
    ],
    chat_sessions: [{"token_hash": "ab" * 32, "created_at": MORNING}],
    revisions: [
        {
            "id": 3,
            "digest": "d" * 64,
            "origin": "tệp quý 3.jsonl",
            "records": 1,
            "created_at": MORNING,
            "active": False,
            "before_id": None,
        },
        {
            "id": 4,
            "digest": "e" * 64,
            "origin": "tệp quý 4.jsonl",
            "records": 1,
            "created_at": MORNING,
            "active": True,
            "before_id": 3,
        },
    ],
    records: [{"revision_id": 4, "code": "1.004222", "record": '{"name":"Đăng ký thường trú"}'}],
    holds: [
        {
            "revision_id": 4,
            "subject": "1.004222",
            "field": "fee",
            "told_before": "20.000 đồng",
            "told_after": "25.000 đồng",
            "why": "bản nhập đổi",
            "because": "",
            "since": MORNING,
            "confirmed_at": None,
        }
    ],
    inbox: [
        {
            **LAN,
            "id": 5,
            "event_id": "1003",
            "arrival": '{"text":"còn thiếu gì không"}',
            "press": "",
            "received_at": 1795311015.25,
            "claimed_by": None,
            "claimed_until": 0.0,
            "next_at": 0.0,
            "attempts": 0,
            "done_at": None,
        }
    ],
    outbox: [
        {
            **LAN,
            "id": 9,
            "turn_id": 7,
            "part": '{"body":{"text":"Lệ phí"}}',
            "created_at": 1795311015.5,
            "claimed_by": None,
            "claimed_until": 0.0,
            "next_at": 0.0,
            "attempts": 2,
            "unknowns": 1,
            "message_id": None,
            "result": None,
            "reason": None,
            "done_at": None,
        }
    ],
    contacts: [
        {
            **LAN,
            "first_seen_at": 1795000000.0,
            "last_seen_at": 1795311015.25,
            "blocked_at": None,
            "blocked_why": None,
            "human_until": 0.0,
        }
    ],
    audit: [{"id": 2, "at": 1795311000.0, "what": "erased", "channel": "zalo_oa", "details": ""}],
    sealed_tokens: [
        {
            "name": "zalo_oa",
            "sealed": "gAAAA-kín",
            "pending": None,
            "previous": None,
            "version": 5,
            "renewed_at": 1795311000.0,
            "failed_at": None,
            "failure": None,
        }
    ],
    zalo_consents: [
        {"state_hash": "cd" * 32, "sealed": "gAAAA", "expires_at": 1795311600.0, "used_at": None}
    ],
    zns_messages: [
        {
            "tracking_id": "H01.01-261122-0001/7",
            "fate": "sent",
            "attempts": 1,
            "began_at": 1795311000.0,
            "message_id": "5",
            "reason": None,
            "delivered_at": None,
        }
    ],
    dossiers: [
        {
            "code": "H17.15-250710-0012",
            "state": 4,
            "changed_at": 1795300000.5,
            "as_of": 1795310000.0,
            "due_at": 1795910000.0,
            "lapses_at": None,
            "head": "01795300000.500|04|ab",
            "record": '{"unit":"UBND phường Bến Thành"}',
            "factors": "ab" * 32,
            "source": "motcua-tinh",
            "stored_at": 1795310001.0,
        }
    ],
    dossier_updates: [
        {
            "id": 6,
            "code": "H17.15-250710-0012",
            "at": 1795300000.5,
            "state": 4,
            "digest": "cd" * 16,
            "content": '{"note":"Đang thẩm định"}',
            "source": "motcua-tinh",
            "stored_at": 1795310001.0,
        }
    ],
    dossier_follows: [
        {
            **LAN,
            "id": 11,
            "code": "H17.15-250710-0012",
            "remembered_at": 1795310100.0,
            "followed_at": 1795310101.0,
            "terms": 1,
        }
    ],
    dossier_alerts: [
        {
            "id": 12,
            "follow_id": 11,
            "code": "H17.15-250710-0012",
            "kind": "change",
            "subject": "01795300000.500|04|ab",
            "created_at": 1795310200.0,
            "next_at": 1795310200.0,
            "claimed_by": None,
            "claimed_until": 0.0,
            "attempts": 0,
            "told_at": None,
            "outbox_id": None,
            "way": None,
        }
    ],
    dossier_tries: [
        {"subject": "ef" * 32, "failures": 6, "last_at": 1795311000.0, "locked_until": 1795311060.0}
    ],
    dossier_words: [
        {
            "word_hash": "12" * 32,
            "code": "H17.15-250710-0012",
            "expires_at": 1795311900.0,
            "used_at": None,
        }
    ],
    factor_keys: [{"id": 1, "fingerprint": "56" * 32}],
    machine_keys: [
        {
            "id": "k3v9d2m7p4q8",
            "name": "Hệ thống một cửa",
            "scopes": "dossiers:write",
            "key_hash": "34" * 32,
            "created_at": 1795000000.0,
            "expires_at": None,
            "revoked_at": None,
            "last_used_at": 1795310000.0,
            "own_key": False,
        }
    ],
    sealed_phones: [{**LAN, "sealed": "gAAAA-kín", "given_at": 1795310000.0}],
    **FILING_ROWS,
}


async def fill(database: Database) -> None:
    """Put something into every table."""
    async with database.writing() as connection:
        for table in metadata.sorted_tables:
            if table in ROWS:
                await connection.execute(insert(table), ROWS[table])
        if not database.is_sqlite:  # rows came with their numbers: go on after them
            for table in ROWS:
                if "id" in table.columns and not isinstance(table.c.id.type, String):
                    await connection.exec_driver_sql(
                        f"SELECT setval(pg_get_serial_sequence('{table.name}', 'id'), 1000)"
                    )


async def everything(database: Database) -> dict[str, list[tuple[Any, ...]]]:
    """Return all rows of all tables, datetimes in UTC."""
    found = {}
    async with database.reading() as connection:
        for table in metadata.sorted_tables:
            query = select(table).order_by(*table.primary_key.columns)
            rows = (await connection.execute(query)).all()
            found[table.name] = [tuple(_utc(value) for value in row) for row in rows]
    return found


def _utc(value: Any) -> Any:
    if not isinstance(value, datetime):
        return value
    return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def is_filled() -> bool:
    """Tell whether `ROWS` names every table but the number of changes."""
    return {table.name for table in ROWS} == set(metadata.tables) - {state.name}
