"""The section about what visitors have to prove before something that costs."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.human_checks import ELSEWHERE, HUMAN_CHECKS
from bot.human_checks.contract import HUMAN_ACTS
from bot.settings.addresses import WebAddress
from bot.settings.kinds import Each, Line, Secret, Whole, Word
from bot.settings.layers import Layer
from bot.settings.outside import is_given, problem
from bot.settings.problems import ConfigProblem
from bot.settings.reading import setting


@dataclass(frozen=True, slots=True, kw_only=True)
class HumanCheckSettings:
    """``[human_check]``: what is to be proven, and before what."""

    kind: str | None = setting(Word(tuple(HUMAN_CHECKS)), None, example='"puzzle"')
    """None for nothing."""
    site_key: str | None = setting(Line(), None, example='"0x4AAAAAAAB1cD2eF3gH4iJ5"')
    secret: str | None = setting(Secret(), None, example='"0x4AAAAAAAB1cD2eF3gH4iJ5kL6mN7oP8qR9"')
    url: str | None = setting(WebAddress(), None, example='"https://api.hcaptcha.com/siteverify"')
    """Where answers are checked, if not where they usually are."""
    before: tuple[str, ...] = setting(Each(Word(HUMAN_ACTS)), HUMAN_ACTS, example='["code", "handoff"]')
    after: int = setting(Whole(0, 1_000_000), 5, example="5")
    """Conversations that one network address begins in an hour without being checked."""


def human_check_problems(layers: Sequence[Layer], check: HumanCheckSettings) -> Iterator[ConfigProblem]:
    """A check that another house makes needs its keys; keys need a check."""
    where = ELSEWHERE.get(check.kind or "")
    for key in ("site_key", "secret"):
        if where is not None and not is_given(layers, "human_check", key):
            yield problem(layers, "human_check", "kind", f"needs {key} beside it, from {where}")
        elif (
            check.kind is None and is_given(layers, "human_check", key) and not is_given(layers, "human_check", "kind")
        ):
            kinds = " or ".join(f'kind = "{one}"' for one in ELSEWHERE)
            yield problem(layers, "human_check", key, f"needs the kind of check beside it: {kinds}")
