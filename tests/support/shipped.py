"""The library of the knowledge that ships, built once."""

from functools import cache

from knowledge.content import SHIPPED, load_procedures
from knowledge.faq_finder import shelf_beside
from knowledge.faq_yaml import load_faq_content
from knowledge.guides_yaml import load_guides
from knowledge.library import Library
from knowledge.merging import merge_all
from knowledge.sayings import load_sayings
from knowledge.siblings_file import load_siblings
from knowledge.synonyms_file import load_vocabulary
from knowledge.tables_yaml import load_tables


@cache
def shipped_library() -> Library:
    """Return procedures, siblings, tables and general questions that ship."""
    everything = merge_all(load_procedures(), (), load_sayings(SHIPPED))
    words = load_vocabulary()
    return Library.of(
        everything.procedures,
        words,
        siblings=load_siblings(),
        tables=load_tables(),
        guides=load_guides(),
        faqs=shelf_beside(load_faq_content(), everything.procedures, words),
    )
