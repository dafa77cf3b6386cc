"""Slips, reminders and what is counted of guided filings, behind the ports of `bot.filings`."""
