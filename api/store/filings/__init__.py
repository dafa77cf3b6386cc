"""Slips, what people are told of ourselves about filings, and what is counted of them."""
