"""Something in every table of guided filings and of officials' accounts."""

from typing import Any

from sqlalchemy import Table

from api.store.filing_tables import (
    filing_counts,
    guided_dossiers,
    notices,
    slip_holders,
    slips,
    staff,
    staff_sessions,
)

LAN = {"channel": "telegram", "user_id": "9007199254740993"}

FILING_ROWS: dict[Table, list[dict[str, Any]]] = {
    slips: [
        {
            "code_hash": "78" * 32,
            "procedure": "1.001193",
            "filing": '{"code":"1.001193","answers":[["nop","mang"]]}',
            "version": 3,
            "seen": "0a1b2c3d 4e5f6071",
            "checked_at": 1795311000.5,
            "checked_by": 21,
            "created_at": 1795310000.0,
            "expires_at": 1797900000.0,
        }
    ],
    slip_holders: [{**LAN, "code_hash": "78" * 32, "held_since": 1795310000.0}],
    notices: [
        {
            **LAN,
            "id": 15,
            "kind": "reminder",
            "subject": "1.001193",
            "content": '{"code":"1.001193"}',
            "due_at": 1795400000.0,
            "created_at": 1795311000.0,
            "next_at": 0.0,
            "claimed_by": None,
            "claimed_until": 0.0,
            "attempts": 0,
            "told_at": None,
            "outbox_id": None,
            "way": None,
        }
    ],
    filing_counts: [
        {"day": "2026-11-22", "procedure": "1.001193", "milestone": "guided", "count": 12}
    ],
    guided_dossiers: [
        {"dossier_hash": "9a" * 32, "procedure": "1.001193", "noted_at": 1795311000.0}
    ],
    staff: [
        {
            "id": 21,
            "login": "lan.nguyen",
            "name": "Nguyễn Thị Lan",
            "unit": "UBND phường Bến Thành",
            "password_hash": "$argon2id$v=19$m=65536,t=3,p=4$YWJjZA$ZWZnaA",
            "created_at": 1795000000.0,
            "changed_at": 1795000000.0,
            "disabled_at": None,
        }
    ],
    staff_sessions: [
        {
            "token_hash": "bc" * 32,
            "staff_id": 21,
            "created_at": 1795310000.0,
            "last_seen_at": 1795311000.0,
            "expires_at": 1795350000.0,
        }
    ],
}
