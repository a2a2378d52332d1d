"""The plain values an answer may have, and the text limits that hold everywhere.

Every value is JSON: what a question type accepts is stored, exported and sent over the API as it is.
"""

from collections.abc import Mapping
from typing import TypeAlias

Value: TypeAlias = bool | int | float | str | list[str] | dict[str, int | float | str | None] | None
"""One answer, by its question type's shape.

A string: text, name, email, phone (E.164), company, website, choice (the option's key), date, time, datetime
(ISO 8601), duration (ISO 8601, ``P3M``). A boolean: yes_no, consent. A list of keys: choices. An integer: rating.
A number: number, or ``{"from", "to"}`` with None for an open end. An object: money, as ``{"amount", "currency"}``
or ``{"from", "to", "currency"}``; file.
"""

Answers: TypeAlias = Mapping[str, Value]
"""Answers by field name."""

ANSWER_MAX_CHARACTERS = 4096
"""Longest answer that is read; what is longer is kept in the transcript and politely refused as an answer."""
