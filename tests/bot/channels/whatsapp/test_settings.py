"""``[whatsapp]``, and what ``handraiser doctor`` says of it."""

from pathlib import Path
from typing import Any

import pytest

from bot.channels import MESSENGERS
from bot.channels.contract import Remark
from bot.channels.whatsapp import KIND, WhatsAppSettings, look, read_settings
from bot.config import load_config
from bot.settings.problems import ConfigError
from bot.settings.reading import keys_of
from tests.bot.channels.whatsapp.conftest import section_for
from tests.stand_ins.faults import Status
from tests.whatsapp.server import WhatsApp

PUBLIC = "https://chat.example.com"
EXAMPLE = Path(__file__).parents[4] / "config.example.toml"


def test_it_is_in_the_registry() -> None:
    assert MESSENGERS["whatsapp"]() is KIND
    assert KIND.capabilities.name == "whatsapp"


def test_the_example_shows_every_setting_as_it_can_be_used(tmp_path: Path) -> None:
    shown = EXAMPLE.read_text().split("\n[whatsapp]\n")[1].split("\n[")[0]
    lines = [line.removeprefix("# ") for line in shown.splitlines() if " = " in line]
    (tmp_path / "handraiser.toml").write_text("[whatsapp]\n" + "\n".join(lines))
    section = load_config(tmp_path / "handraiser.toml", {}).sections["whatsapp"]
    assert set(section) == {key for key in keys_of(WhatsAppSettings) if not key.endswith("_file")}
    settings = read_settings(section)
    assert settings.api_url == WhatsAppSettings().api_url
    assert (settings.template, settings.template_language) == ("come_back", "en_US")


def test_secrets_come_from_files_and_are_never_shown(tmp_path: Path) -> None:
    (tmp_path / "token").write_text("EAAGsecret\n")
    path = tmp_path / "handraiser.toml"
    path.write_text('[whatsapp]\ntoken_file = "token"\nphone_number_id = "106540352242922"\n')
    environment = {"HANDRAISER_WHATSAPP__APP_SECRET": "0f1e2d", "HANDRAISER_WHATSAPP__VERIFY_TOKEN": "b5bb9d80"}
    config = load_config(path, environment)
    settings = read_settings(config.sections["whatsapp"], path)
    assert (settings.token, settings.app_secret, settings.verify_token) == ("EAAGsecret", "0f1e2d", "b5bb9d80")
    assert not {"EAAGsecret", "0f1e2d", "b5bb9d80"} & set(repr(settings).split("'"))
    assert {"EAAGsecret", "0f1e2d", "b5bb9d80"} <= set(config.secrets)


def test_what_is_wrong_or_missing_is_told_at_once_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "handraiser.toml"
    path.write_text('[whatsapp]\nphone_number_id = "+49 170 123"\ntemplat = "x"\ntemplate_language = "English"\n')
    with pytest.raises(ConfigError) as caught:
        read_settings(load_config(path, {}).sections["whatsapp"], path)
    told = str(caught.value)
    assert ":2: whatsapp.phone_number_id: must be the Phone number ID" in told
    assert ':3: whatsapp.templat: unknown setting, did you mean "template"?' in told
    assert ":4: whatsapp.template_language: must be a language such as en_US" in told
    for key in ("token", "app_secret", "verify_token"):
        assert f"whatsapp.{key}: is missing" in told


async def remarks(whatsapp: WhatsApp, base_url: str = PUBLIC, **settings: Any) -> dict[str, Remark]:
    found = look(section_for(whatsapp, **settings), None, base_url)
    return {one.subject: one async for one in found}


async def test_the_doctor_says_who_we_are_and_what_meta_has_to_know(whatsapp: WhatsApp) -> None:
    found = await remarks(whatsapp, template="come_back")
    assert found["whatsapp"] == Remark("whatsapp", "ok", "the number is +15550783881, Acme")
    assert "enter https://chat.example.com/whatsapp/webhook" in found["whatsapp webhook"].message
    assert "whatsapp template" not in found
    assert "no [whatsapp] template" in (await remarks(whatsapp))["whatsapp template"].message


async def test_the_doctor_says_what_is_wrong(whatsapp: WhatsApp) -> None:
    local = await remarks(whatsapp, "http://127.0.0.1:8080")
    assert (local["whatsapp webhook"].verdict, "public_url" in local["whatsapp webhook"].cure) == ("failed", True)
    whatsapp.fails("number", Status(502), times=1)
    away = (await remarks(whatsapp))["whatsapp"]
    assert (away.verdict, "127.0.0.1" in away.cure) == ("failed", True)
    refused = (await remarks(whatsapp, token="EAAGother"))["whatsapp"]
    assert (refused.verdict, "make a new token" in refused.cure) == ("failed", True)
    assert "EAAGother" not in refused.message
    whatsapp.violations.clear()
