"""Other people's attack strings, read from the folder that ``HANDRAISER_CORPORA`` names."""

import base64
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

Expectation = Literal["accept", "reject", "either"]


@dataclass(frozen=True, slots=True, kw_only=True)
class JsonCase:
    """A text, and whether it is JSON."""

    name: str
    body: bytes
    expect: Expectation


class Corpora:
    """The folder. Each method reads one file, or all files of a kind."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def json_cases(self) -> list[JsonCase]:
        """Texts that are JSON, are none, or may be taken either way."""
        cases = self._read("json/jsontestsuite.json")["cases"]
        return [JsonCase(name=one["name"], body=_bytes(one), expect=one["expect"]) for one in cases]

    def strings(self) -> list[str]:
        """Strings that break programs."""
        fuzz = self._read("strings/fuzzdb_strings.json")
        kinds = [fuzz[kind] for kind in fuzz if kind != "meta"]
        return list(dict.fromkeys([*self._read("strings/blns.json"), *(text for kind in kinds for text in kind)]))

    def scripting(self) -> list[str]:
        """Strings that want to run in a browser."""
        payloads = [one["p"] for one in self._read("xss/xss_payloads.json")["cases"]]
        for name in ("dompurify_expect", "bleach_clean"):
            payloads += [one["payload"] for one in self._read(f"xss/{name}.json")["cases"]]
        return list(dict.fromkeys(payloads))

    def traversals(self) -> list[str]:
        """Paths that want to leave a folder; ``{FILE}`` is where they want to go."""
        return list(self._read("path/traversal.json")["cases"])

    def templates(self) -> list[str]:
        """Texts that want to be run by a template engine."""
        return list(self._read("template/ssti.json")["cases"])

    def formulas(self) -> list[str]:
        """Texts that want to be calculated by a spreadsheet."""
        return [one["p"] for one in self._read("csv/csv_injection.json")["cases"]]

    def header_splits(self) -> list[str]:
        """Addresses that want to add a header."""
        return list(self._read("headers/crlf.json")["cases"])

    def redirects(self) -> list[str]:
        """Addresses that want to lead elsewhere."""
        return list(self._read("url/open_redirects.json")["cases"])

    def addresses(self) -> list[dict[str, Any]]:
        """What a browser makes of an ``input``: ``href``, ``protocol``, ``hostname``, or ``failure``."""
        return [one for one in self._read("url/wpt_urltestdata.json")["cases"] if isinstance(one, dict)]

    def slack(self, name: str) -> list[dict[str, Any]]:
        """Samples of what Slack sends and answers: ``bolt_payloads``, ``formatting``, ``signatures``, …"""
        return list(self._read(f"slack/{name}.json")["cases"])

    def inward(self) -> list[str]:
        """Addresses that want to be reached from within."""
        return list(self._read("url/ssrf_urls.json")["cases"])

    def webhooks(self) -> list[dict[str, Any]]:
        """What to sign with which secret, and the signature; how to verify one."""
        return list(self._read("webhooks/standard_webhooks.json")["cases"])

    def _read(self, name: str) -> Any:
        return json.loads((self._folder / name).read_text("utf-8"))


def batches(texts: list[str], size: int) -> Iterator[list[str]]:
    """``texts``, so many at a time."""
    for start in range(0, len(texts), size):
        yield texts[start : start + size]


def _bytes(case: dict[str, Any]) -> bytes:
    if "b64" in case:
        return base64.b64decode(case["b64"])
    if "repeat" in case:
        text, times = case["repeat"]
        return str(text).encode() * int(times)
    return str(case["text"]).encode()
