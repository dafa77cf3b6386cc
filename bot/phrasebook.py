"""The sentences of the assistant, by key. The text is data: `phrases/vi.yaml`."""

import re
from collections.abc import Iterator, Mapping

from bot.errors import PhrasebookInvalid

_KEY = re.compile(r"[a-z_]+\.[a-z_]+")
_PLACEHOLDER = re.compile(r"\{(\w*)\}")


class Phrasebook:
    """Sentences with named placeholders, looked up as `section.key`."""

    def __init__(self, sentences: Mapping[str, str]) -> None:
        self._sentences = dict(sentences)

    @classmethod
    def from_mapping(cls, sections: Mapping[str, object]) -> "Phrasebook":
        """Build the book from sections of sentences, as the file holds them.

        Raises:
            PhrasebookInvalid: with all faults at once.
        """
        sentences = dict(_flat(sections))
        faults = [
            f"{key!r} is {value!r:.40}. Write a sentence there."
            for key, value in sentences.items()
            if not isinstance(value, str) or not value.strip()
        ]
        faults += [
            f"{key!r} is no key of lower-case letters. YAML reads yes and no as truth values."
            for key in sentences
            if not _KEY.fullmatch(key)
        ]
        if faults or not sentences:
            raise PhrasebookInvalid("\n".join(faults) or "The phrasebook is empty.")
        return cls({key: str(value).strip() for key, value in sentences.items()})

    def known_keys(self) -> frozenset[str]:
        """Return all keys, as `section.key`."""
        return frozenset(self._sentences)

    def placeholders(self, key: str) -> frozenset[str]:
        """Return the names in braces that the sentence of `key` wants."""
        return frozenset(_PLACEHOLDER.findall(self._sentences[key]))

    def say(self, key: str, /, **values: object) -> str:
        """Return the sentence with its placeholders filled.

        Values are put in as they are; braces inside them mean nothing.

        Raises:
            PhrasebookInvalid: the key or a value is missing.
        """
        if key not in self._sentences:
            raise PhrasebookInvalid(f"The phrasebook has no sentence {key!r}. Add it to vi.yaml.")
        if missing := self.placeholders(key) - values.keys():
            raise PhrasebookInvalid(
                f"The sentence {key!r} wants {sorted(missing)}, not given here."
            )
        return _PLACEHOLDER.sub(lambda match: str(values[match[1]]), self._sentences[key])


def _flat(sections: Mapping[str, object]) -> Iterator[tuple[str, object]]:
    for section, content in sections.items():
        if not isinstance(content, Mapping):
            yield str(section), None
            continue
        for key, sentence in content.items():
            yield f"{section}.{key}", sentence
