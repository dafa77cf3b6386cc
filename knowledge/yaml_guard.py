"""Composes YAML that anybody may have written: bounded in depth, in what it unfolds to, in kinds.

The C composer recurses, so deep nesting would end the whole program; anchors and aliases let a
file of a few lines unfold to millions of values; tags name types of a programming language.
"""

from typing import Final

import yaml

_DEEPEST: Final = 20
"""Levels of a content file: six are needed."""
_MOST_NODES: Final = 50_000
"""Values of a file once its aliases are written out; the largest of ours has 1,870."""


class Hostile(yaml.YAMLError):
    """The file is not what people write; the message, in Vietnamese, says what to do."""


def compose(text: str) -> yaml.Node | None:
    """Return the nodes of a text; None where it holds nothing.

    Raises:
        Hostile: it nests too deeply, unfolds to too much, or names types.
        yaml.YAMLError: it is no YAML.
    """
    depth = 0
    for event in yaml.parse(text, Loader=yaml.CSafeLoader):
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        if depth > _DEEPEST:
            raise Hostile("YAML lồng quá sâu. Viết lại theo mẫu.")
        tag = getattr(event, "tag", None)
        if tag:
            line = event.start_mark.line + 1 if event.start_mark else 0
            raise Hostile(f"Dòng {line} có thẻ kiểu '{tag}'. Xoá thẻ, chỉ ghi giá trị.")
    node: yaml.Node | None = yaml.compose(text, Loader=yaml.CSafeLoader)
    if node is not None and _unfolded(node, {}) > _MOST_NODES:
        raise Hostile("Dấu & và * làm tệp phình ra quá lớn. Viết rõ từng giá trị.")
    return node


def _unfolded(node: yaml.Node, known: dict[int, int]) -> int:
    """Return how many values a node holds with every alias written out; each is counted once."""
    if id(node) in known:
        return known[id(node)]
    known[id(node)] = _MOST_NODES + 1  # met again inside itself: it would never end
    parts: list[yaml.Node] = []
    if isinstance(node, yaml.SequenceNode):
        parts = list(node.value)
    elif isinstance(node, yaml.MappingNode):
        parts = [one for pair in node.value for one in pair]
    known[id(node)] = 1 + sum(_unfolded(part, known) for part in parts)
    return known[id(node)]
