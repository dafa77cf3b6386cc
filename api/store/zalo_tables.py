"""The tables that only Zalo Official Accounts need. Times are seconds since 1970."""

from typing import Final

from sqlalchemy import Column, Float, Integer, String, Table, Text

from api.store import channel_tables

metadata: Final = channel_tables.metadata
"""With the tables of this module among them."""

zalo_consents: Final = Table(
    "zalo_consents",
    metadata,
    Column("state_hash", String(64), primary_key=True),
    Column("sealed", Text, nullable=False),
    Column("expires_at", Float, nullable=False),
    Column("used_at", Float),
)
"""Consents that an operator began. `sealed`: the verifier and where Zalo sends the browser back."""

zns_messages: Final = Table(
    "zns_messages",
    metadata,
    Column("tracking_id", String(48), primary_key=True),
    Column("fate", String(20), nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("began_at", Float, nullable=False),
    Column("message_id", String(80)),
    Column("reason", String(80)),
    Column("delivered_at", Float),
)
"""Template messages, one row for one change of a dossier; no telephone number and no content.

`fate`: a `bot.channels.zalo_oa.zns_ports.Fate`; `began_at`: of the latest attempt.
"""
