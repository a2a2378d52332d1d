"""``handraiser outbox``: what is still to be done in the outside world, what fails, what was given up."""

import argparse
import sys
from collections.abc import Callable
from typing import Any

from bot.cli.command import DONE, FAILED, Arguments, Command, CommandFailed
from bot.cli.options import add_config, add_json, now, with_database
from bot.cli.terminal import print_json, table
from bot.visible import visible
from storage import outbox
from storage.outbox import Backlog, DeadLetter, FailingEffect
from storage.transaction import Transaction

_WHAT = {
    "hand_off": "decide who gets a lead",
    "show_desk": "show a lead to people",
    "show_later": "show a lead to people, once more",
    "digest": "send the morning's work list",
    "deliver": "say something to a visitor",
    "forget_posts": "take down what was shown of an erased lead",
    "renew_list": "show a list of leads without one that was erased",
    "timer": "wake a conversation",
}
"""What each kind of effect does, for people."""
_ERROR_MOST = 300
"""Characters: whole sentences, as they say what to do."""


def _list(options: argparse.Namespace) -> int:
    def read(tx: Transaction) -> tuple[Backlog, list[FailingEffect], list[DeadLetter], str | None]:
        return outbox.backlog(tx, now()), outbox.failing(tx), outbox.dead_letters(tx), outbox.paused(tx)

    backlog, failing, dead, paused = with_database(options, lambda db: db.read(read))
    if options.json:
        print_json(
            {
                "waiting": backlog.waiting,
                "oldest": backlog.oldest and backlog.oldest.isoformat(),
                "paused": paused,
                "failing": [_as_json(one) | {"next_try": one.next_try and one.next_try.isoformat()} for one in failing],
                "given_up": [_as_json(one) for one in dead],
            }
        )
        return DONE
    if paused is not None:
        print(f"Nothing is performed at present: {paused}")
    print(f"{backlog.waiting} waiting, {len(failing)} of them failing, {len(dead)} given up.")
    rows = [_row(one, "at it" if one.next_try is None else f"again {one.next_try:%H:%M:%S}") for one in failing]
    rows += [_row(one, "given up") for one in dead]
    if rows:
        print(table(("ID", "WHAT", "TRIES", "STATE", "SINCE (UTC)", "WHY"), rows))
    if dead:
        print("`handraiser outbox resend ID` tries one again, `outbox drop ID` forgets it.", file=sys.stderr)
    return DONE


def _as_json(one: FailingEffect | DeadLetter) -> dict[str, Any]:
    return {
        "id": one.id,
        "kind": one.kind,
        "handoff": one.payload.get("handoff"),
        "target": one.payload.get("target"),
        "attempts": one.attempts,
        "error": one.error,
        "created": one.created.isoformat(),
    }


def _row(one: FailingEffect | DeadLetter, state: str) -> tuple[str, ...]:
    what = _WHAT.get(one.kind, one.kind)
    if target := one.payload.get("target"):
        what += f" ({target})"
    error = visible(one.error if len(one.error) <= _ERROR_MOST else one.error[: _ERROR_MOST - 1] + "…")
    return str(one.id), what, str(one.attempts), state, f"{one.created:%Y-%m-%d %H:%M}", error


def _resend(options: argparse.Namespace) -> int:
    moment = now()
    if options.all:
        numbers = [one.id for one in with_database(options, lambda db: db.read(outbox.dead_letters))]
    elif options.ids:
        numbers = options.ids
    else:
        raise CommandFailed("say which: `handraiser outbox list` shows their numbers; or --all")
    return _each(options, numbers, lambda tx, number: outbox.resend(tx, number, moment), "is tried again")


def _drop(options: argparse.Namespace) -> int:
    return _each(options, options.ids, outbox.drop, "is forgotten")


def _each(
    options: argparse.Namespace, numbers: list[int], change: Callable[[Transaction, int], bool], told: str
) -> int:
    done = with_database(options, lambda db: db.write(lambda tx: [bool(change(tx, number)) for number in numbers]))
    for number, was in zip(numbers, done, strict=True):
        print(f"{number} {told}." if was else f"There is nothing of number {number} among what was given up.")
    return DONE if all(done) else FAILED


def _only_config(arguments: Arguments) -> None:
    add_config(arguments)
    add_json(arguments)


def _with_ids(arguments: Arguments) -> None:
    arguments.add_argument("ids", metavar="ID", type=int, nargs="+", help="number of what was given up")
    add_config(arguments)


def _with_ids_or_all(arguments: Arguments) -> None:
    arguments.add_argument("ids", metavar="ID", type=int, nargs="*", help="number of what was given up")
    arguments.add_argument("--all", action="store_true", help="everything that was given up")
    add_config(arguments)


LIST = Command(
    description="Show what is still to be done in the outside world: how much, what fails and why, what was given up.",
    examples="outbox list\noutbox list --json",
    arguments=_only_config,
    run=_list,
)
RESEND = Command(
    description="Try once more what was given up.",
    examples="outbox resend 17\noutbox resend --all",
    arguments=_with_ids_or_all,
    run=_resend,
)
DROP = Command(
    description="Forget what was given up. The lead stays.",
    examples="outbox drop 17",
    arguments=_with_ids,
    run=_drop,
)
