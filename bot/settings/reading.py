"""From what was given to frozen values: each setting is a field of a dataclass and knows its kind and an example."""

from collections.abc import Mapping, Sequence
from dataclasses import Field, dataclass, fields
from dataclasses import field as dataclass_field
from pathlib import Path
from typing import Any, TypeVar, cast

from bot.settings.kinds import Kind
from bot.settings.layers import Given, Layer, variable
from bot.settings.problems import ConfigProblem
from bot.settings.secrets import is_secret_key, read_secret, read_secret_file
from dialogs.spelling import did_you_mean

Value = TypeVar("Value")
Settings = TypeVar("Settings")
_KIND, _EXAMPLE = "kind", "example"


def setting(kind: Kind[Any], default: Value, *, example: str) -> Value:
    """A field of a section's dataclass. ``example`` is written as in the file: ``"0.0.0.0"`` with its quotes."""
    metadata = {_KIND: kind, _EXAMPLE: example}
    declared: Any = dataclass_field(default=default, metadata=metadata, repr=not kind.is_secret)
    return cast(Value, declared)


def key_of(field: Field[Any]) -> str:
    """What a setting is called; a field whose name Python keeps for itself has an underscore behind it."""
    return field.name.rstrip("_")


def keys_of(section: type[Any]) -> tuple[str, ...]:
    """Everything that may stand in a section."""
    names = []
    for one in fields(section):
        names.append(key_of(one))
        if one.metadata[_KIND].is_secret:
            names.append(f"{key_of(one)}_file")
    return tuple(names)


@dataclass(slots=True)
class Reader:
    """Reads sections from layers, the first the strongest; gathers what is wrong and what is secret."""

    layers: Sequence[Layer]
    home: Path
    """Relative paths among the defaults count from here."""
    problems: list[ConfigProblem] = dataclass_field(default_factory=list)
    secrets: list[str] = dataclass_field(default_factory=list)

    def section(self, name: str, model: type[Settings]) -> Settings:
        """A section's values; defaults where nothing, or something wrong, was given."""
        keys = keys_of(cast(type[Any], model))
        for layer in self.layers:
            for key, unknown in layer.table.get(name, {}).items():
                if key not in keys:
                    self._unknown_key(name, key, unknown, keys)
        values = {}
        for one in fields(cast(Any, model)):
            kind = one.metadata[_KIND]
            given: Given | None = self._pick(name, key_of(one), kind.is_secret)
            try:
                values[one.name] = self._default(one.default, kind) if given is None else self._value(given, kind)
            except ValueError as error:
                self._wrong(name, key_of(one), given, str(error), one.metadata[_EXAMPLE])
        return model(**values)

    def open_section(self, name: str) -> Mapping[str, Any] | None:
        """A section as it was written, with secrets read from their files; None where there is none."""
        if not any(name in layer.table for layer in self.layers):
            return None
        keys = dict.fromkeys(key for layer in self.layers for key in layer.table.get(name, {}))
        values: dict[str, Any] = {}
        for key in dict.fromkeys(_secret_of(key) or key for key in keys):
            given = self._pick(name, key, is_secret_key(key))
            if given is None:
                continue
            try:
                values[key] = self._secret(given) if is_secret_key(key) else given.value
            except ValueError as error:
                self._wrong(name, key, given, str(error), "")
        return values

    def _pick(self, section: str, key: str, is_secret: bool) -> Given | None:
        """The strongest layer's word on a setting; a secret's may be in a file that it names."""
        for layer in self.layers:
            table = layer.table.get(section, {})
            direct, in_file = table.get(key), table.get(f"{key}_file") if is_secret else None
            if direct and in_file:
                self.problems.append(in_file.problem(f"is set as well as {direct.called}; keep one of them"))
            if direct or not in_file:
                if direct:
                    return direct
                continue
            try:
                if not isinstance(in_file.value, str) or not in_file.value.strip():
                    raise ValueError('must be the path of a file, such as "/run/secrets/handraiser"')
                content = read_secret_file(in_file.folder / in_file.value.strip())
            except ValueError as error:
                self.problems.append(in_file.problem(str(error)))
                return None
            return Given(content, in_file.where, in_file.called, in_file.folder, True)
        return None

    def _value(self, given: Given, kind: Kind[Any]) -> Any:
        raw = given.value
        if given.is_text:
            if not raw.strip():
                raise ValueError("is empty; write a value, or do not set it at all")
            raw = kind.parse(raw)
        value = kind.anchor(kind.read(raw), given.folder)
        self.secrets.extend(kind.secrets_in(value))
        return value

    def _default(self, default: Any, kind: Kind[Any]) -> Any:
        return default if default is None else kind.anchor(default, self.home)

    def _secret(self, given: Given) -> str:
        secret = read_secret(given.value)
        self.secrets.append(secret)
        return secret

    def _wrong(self, section: str, key: str, given: Given | None, message: str, example: str) -> None:
        if given is None:
            self.problems.append(ConfigProblem("", f"{section}.{key}", message))
            return
        if any(words in message for words in ("such as", "for example")):
            example = ""
        if example and given.is_text:
            plain = example.strip("[]").replace('"', "")
            message += f"; for example {variable(section, key)}={plain}"
        elif example:
            message += f"; for example {key} = {example}"
        self.problems.append(given.problem(message))

    def _unknown_key(self, section: str, key: str, given: Given, keys: Sequence[str]) -> None:
        names = {variable(section, one): one for one in keys} if given.is_text else dict.fromkeys(keys)
        written = variable(section, key) if given.is_text else key
        meant = did_you_mean(written, names)
        listed = meant or f"; there are {', '.join(names)}"
        self.problems.append(given.problem(f"unknown setting{listed}"))


def unknown_sections(layers: Sequence[Layer], known: Mapping[str, Sequence[str]]) -> list[ConfigProblem]:
    """What stands in sections that do not exist."""
    problems = []
    for layer in layers:
        for section, table in layer.table.items():
            if section in known:
                continue
            if where := layer.sections.get(section):
                listed = did_you_mean(section, known) or f"; there are {', '.join(f'[{name}]' for name in known)}"
                problems.append(ConfigProblem(where, f"[{section}]", f"unknown section{listed}"))
                continue
            names = [variable(name, one) for name, keys in known.items() for one in keys]
            for key, given in table.items():
                listed = did_you_mean(variable(section, key), names) or f"; there are {', '.join(known)}"
                problems.append(given.problem(f"unknown section{listed}"))
    return problems


def _secret_of(key: str) -> str | None:
    """``bot_token`` for ``bot_token_file``."""
    name = key.removesuffix("_file")
    return name if name != key and is_secret_key(name) else None
