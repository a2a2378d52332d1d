"""Ways to tell a person from a program: one line each."""

from collections.abc import Callable, Mapping

from bot.human_checks.contract import HumanCheck, Means
from bot.human_checks.hcaptcha import Hcaptcha
from bot.human_checks.puzzle import Puzzle
from bot.human_checks.turnstile import Turnstile

HUMAN_CHECKS: Mapping[str, Callable[[Means], HumanCheck]] = {
    "puzzle": Puzzle,
    "turnstile": Turnstile,
    "hcaptcha": Hcaptcha,
}
"""By the word in ``[web] human_check``."""
ELSEWHERE: Mapping[str, str] = {"turnstile": "dash.cloudflare.com", "hcaptcha": "dashboard.hcaptcha.com"}
"""Those that ask somebody else, and where their keys are from."""


def sources_of(kind: str | None) -> Mapping[str, str]:
    """What a page's Content-Security-Policy has to allow for a check, by directive; nothing where nobody is asked."""
    check = HUMAN_CHECKS.get(kind or "")
    return getattr(check, "sources", {})
