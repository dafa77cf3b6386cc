"""Chatting over HTTP: sessions and messages."""
