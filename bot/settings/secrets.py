"""Secrets in settings: which keys hold them, how they are read from files of their own, which are only examples."""

import os
import re
import stat
from pathlib import Path

_SECRET_KEY = re.compile(r"(?:^|_)(?:token|secret|password|passphrase|api_key|private_key)$")
_LARGEST_FILE = 64 * 1024
_PLACEHOLDER = re.compile(
    r"""
      change[-_ .]?(?:me|this|it)\b.* | replace[-_ .]?(?:me|this|with)\b.* | (?:to[-_ ]?do|tbd|fixme|placeholder)\b.*
    | .*(?:^|[-_: ])your[-_ ].* | .*(?:^|[-_: ])(?:goes|put|insert|enter|fill)[-_ ](?:it[-_ ])?(?:here|in)\b.*
    | <.*> | \{\{?.*\}\}? | \$\{?\w+\}? | .*(?:\.\.\.|…).* | .*(?:x{6,}|\*{3,}).*
    | (?:xox[abeprs]|xapp)-? | 123456(?:789)?:ABC-?DEF.* | (?:my[-_ ]?)?(?:secret|password|passwort|token|s3cr3t)
    | none | null | undefined
    """,
    re.IGNORECASE | re.VERBOSE | re.DOTALL,
)


def is_secret_key(key: str) -> bool:
    """Whether a key's name says that its value is nobody's business."""
    return bool(_SECRET_KEY.search(key))


def is_placeholder(secret: str) -> bool:
    """Whether it is what examples have in place of a secret: ``changeme``, ``xoxb-…``, ``<your token>``."""
    return bool(_PLACEHOLDER.fullmatch(secret.strip()))


def read_secret(given: object) -> str:
    """A secret without the line break at its end. Raises ``ValueError`` that says why it is none."""
    if not isinstance(given, str):
        raise ValueError("must be a text in quotation marks")
    secret = given.strip()
    if not secret:
        raise ValueError("is empty; write the secret, or leave the setting out")
    if not secret.isprintable():
        raise ValueError("must be one line, without control characters")
    if is_placeholder(secret):
        raise ValueError("is still an example; write the real one")
    return secret


def read_secret_file(path: Path) -> str:
    """What a secret's file holds, without the line break at its end. Raises ``ValueError`` when it cannot be read."""
    try:
        with open(path, "rb", opener=_without_waiting) as file:
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                raise ValueError(f"{path} is no file")
            content = file.read(_LARGEST_FILE + 1)
    except OSError as error:
        raise ValueError(f"{path} cannot be read: {(error.strerror or 'unknown reason').lower()}") from None
    if len(content) > _LARGEST_FILE:
        raise ValueError(f"{path} is too large for a secret")
    try:
        secret = content.decode("utf-8-sig").rstrip("\r\n")
    except UnicodeDecodeError:
        raise ValueError(f"{path} is not a text") from None
    if not secret.strip():
        raise ValueError(f"{path} is empty")
    return secret


def _without_waiting(path: str, flags: int) -> int:
    """Open without waiting for whoever writes a named pipe."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))
