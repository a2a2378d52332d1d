"""A text in several languages, each a compiled template."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from dialogs.templates import Template


@dataclass(frozen=True, slots=True)
class Text:
    """One message in every language the script's author wrote it in."""

    by_language: Mapping[str, Template]
    default: str
    """The language to fall back to; always present in ``by_language``."""

    def render(self, language: str, shown: Mapping[str, str], facts: Mapping[Any, Any] | None = None) -> str:
        """The text in ``language``, or in the script's own language, with ``shown`` values filled in.

        ``facts`` are the answers as they are stored, for conditions and formats within the text.
        """
        template = self.by_language.get(language)
        if template is None:
            template = self.by_language[self.default]
        return template.render(shown, facts)

    @property
    def names(self) -> frozenset[str]:
        """Every name that any language of it mentions."""
        return frozenset().union(*(template.names for template in self.by_language.values()))
