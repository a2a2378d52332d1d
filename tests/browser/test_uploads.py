"""Files sent from the widget: the real server, a real browser, and a network that breaks off."""

from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import BrowserContext, FilePayload, Route, expect

import bot.uploads.folder
from bot.app import Application
from tests.application import HeardTarget, config_for, running
from tests.bot.web.test_uploads import PDF, PNG
from tests.browser.visitor import Visitor, chat
from tests.colleagues import anna

pytestmark = pytest.mark.browser

SCRIPT = """
dialog: brief
title: A brief
language: en
languages: [en, ar]
persona: {name: Mia}
fields:
  brief: {type: file, label: The brief, types: [pdf, image], largest: 100 KB}
  email: {type: email, label: E-mail}
steps:
  - ask: brief
    text: {en: Send me the brief., ar: أرسل الملف.}
  - ask: email
    text: {en: "I have {{ brief }}. Your address?", ar: العنوان؟}
  - end: {en: Bye., ar: وداعا.}
"""
FILE: FilePayload = {"name": "brief.pdf", "mimeType": "application/pdf", "buffer": PDF}
BRING = """
([target, event, name, type, bytes]) => {
  const data = new DataTransfer();
  data.items.add(new File([new Uint8Array(bytes)], name, { type }));
  const init = { bubbles: true, composed: true, cancelable: true };
  const made = event === "paste" ? new ClipboardEvent(event, { ...init, clipboardData: data })
    : new DragEvent(event, { ...init, dataTransfer: data });
  document.querySelector("handraiser-chat").shadowRoot.querySelector(target).dispatchEvent(made);
  return made.defaultPrevented;
}
"""
Comes = Callable[..., Awaitable[Visitor]]


@pytest.fixture
def target() -> HeardTarget:
    return HeardTarget()


@pytest_asyncio.fixture
async def app(tmp_path: Path, target: HeardTarget) -> AsyncIterator[Application]:
    folder = tmp_path / "dialogs"
    folder.mkdir()
    (folder / "brief.yaml").write_text(SCRIPT, "utf-8")
    config = config_for(f"sqlite:///{tmp_path}/handraiser.db", folder)
    async with running(config, targets={"terminal": target}) as application:
        yield application


@pytest.fixture
def comes(app: Application, contexts: Callable[..., Awaitable[BrowserContext]]) -> Comes:
    """A visitor who is asked for the brief."""

    async def come(chooser: str = "Choose a file", **options: Any) -> Visitor:
        page = await (await contexts(**options)).new_page()
        await page.goto(f"{app.base_url}/chat/brief")
        visitor = chat(page)
        await expect(visitor.button(chooser)).to_be_visible()
        return visitor

    return come


def kept(app: Application) -> list[bytes]:
    folder = app.config.uploads.folder
    return [path.read_bytes() for path in folder.rglob("*") if path.is_file()] if folder.exists() else []


async def test_a_file_is_chosen_sent_and_answers(app: Application, comes: Comes) -> None:
    visitor = await comes()
    await expect(visitor.chat.locator(".upload small")).to_have_text("a PDF, a picture ≤ 100 KB")
    async with visitor.page.expect_file_chooser() as choosing:
        await visitor.presses("Choose a file")
    await (await choosing.value).set_files([FILE])
    await visitor.sees("I have brief.pdf (1.6 KB). Your address?")
    await visitor.sees_state("brief.pdf", "sent")
    await expect(visitor.chat.locator(".upload")).to_have_count(0)
    assert kept(app) == [PDF]
    await visitor.page.reload()
    await visitor.sees("brief.pdf (1.6 KB)")


async def test_what_is_dropped_or_pasted_is_sent_too(app: Application, comes: Comes) -> None:
    visitor = await comes()
    bring = visitor.page.evaluate
    assert await bring(BRING, [".log", "dragover", "a.png", "image/png", list(PNG)])
    assert await bring(BRING, [".log", "drop", "a.png", "image/png", list(PNG)])
    await visitor.sees("I have a.png")
    other = await comes()
    assert await other.page.evaluate(BRING, ["#field", "paste", "image.png", "image/png", list(PNG)])
    await other.sees("I have image.png")


@pytest.mark.parametrize(
    ("name", "kind", "content", "told"),
    [
        ("big.pdf", "application/pdf", PDF * 80, "big.pdf: This file is too large: ≤ 100 KB"),
        ("setup.exe", "application/x-msdownload", b"MZ\x90\0", "setup.exe: This kind of file is not taken here."),
        ("a.svg", "image/svg+xml", b"<svg/>", "a.svg: This kind of file is not taken here."),
        (
            "page.pdf",
            "application/pdf",
            b"<html>",
            "page.pdf: By its content this is text/html. These are taken: a PDF, a picture.",
        ),
        ("none.pdf", "application/pdf", b"", "none.pdf: The file is empty."),
    ],
)
async def test_what_is_not_taken_is_told_with_the_reason_and_another_one_may_be_chosen(
    app: Application, comes: Comes, name: str, kind: str, content: bytes, told: str
) -> None:
    visitor = await comes()
    chooser = visitor.chat.locator("input[type=file]")
    file: FilePayload = {"name": name, "mimeType": kind, "buffer": content}
    await chooser.set_input_files([file])
    await expect(visitor.chat.get_by_role("status").filter(has_text=name)).to_have_text(told)
    assert kept(app) == []
    await chooser.set_input_files([FILE])
    await visitor.sees("I have brief.pdf")


async def test_a_connection_that_breaks_off_costs_one_press_and_one_file(app: Application, comes: Comes) -> None:
    visitor = await comes()
    tried: list[str] = []

    async def breaks_off(route: Route) -> None:
        tried.append(route.request.url)
        if len(tried) == 1:
            await route.abort("connectionreset")
        else:
            await route.continue_()

    await visitor.page.route("**/files?*", breaks_off)
    await visitor.chat.locator("input[type=file]").set_input_files([FILE])
    await expect(visitor.chat.locator(".upload [role=status]")).to_have_text("brief.pdf: Not sent.")
    await visitor.presses("Try again")
    await visitor.sees("I have brief.pdf")
    assert len(tried) == 2 and tried[0] == tried[1]
    assert kept(app) == [PDF]


async def test_where_there_is_no_room_that_is_said_and_it_can_be_tried_again(
    app: Application, comes: Comes, monkeypatch: pytest.MonkeyPatch
) -> None:
    visitor = await comes()
    with monkeypatch.context() as patch:
        patch.setattr(bot.uploads.folder, "FREE_BYTES", 2**62)
        await visitor.chat.locator("input[type=file]").set_input_files([FILE])
        status = visitor.chat.locator(".upload [role=status]")
        await expect(status).to_have_text("brief.pdf: There is no room for more files at the moment.")
    await visitor.presses("Try again")
    await visitor.sees("I have brief.pdf")
    assert kept(app) == [PDF]


async def test_a_file_on_its_way_shows_how_far_it_is_and_can_be_stopped(app: Application, comes: Comes) -> None:
    visitor = await comes()

    held: list[Route] = []

    async def hold(route: Route) -> None:
        held.append(route)

    await visitor.page.route("**/files?*", hold)
    await visitor.chat.locator("input[type=file]").set_input_files([FILE])
    await expect(visitor.chat.get_by_role("progressbar", name="brief.pdf")).to_be_visible()
    await expect(visitor.chat.locator(".upload [role=status]")).to_have_text("brief.pdf: Sending…")
    await expect(visitor.button("Choose a file")).to_be_disabled()
    await visitor.presses("Cancel")
    await expect(visitor.chat.get_by_role("progressbar")).to_be_hidden()
    await expect(visitor.button("Choose a file")).to_be_enabled()
    await visitor.focuses("Choose a file")
    assert kept(app) == []
    for route in held:
        await route.abort()


async def test_to_a_person_files_are_sent_by_a_paper_clip_beside_the_field(
    app: Application, comes: Comes, target: HeardTarget
) -> None:
    visitor = await comes()
    await visitor.says("a person, please")
    rep = anna(app)
    await rep.alerted(target)
    await rep.says("Show me the plan.")
    await visitor.sees("Show me the plan.")
    await expect(visitor.chat.locator("form.composer").get_by_role("button", name="Choose a file")).to_be_visible()
    await visitor.field.fill("half a sentence")
    plan: FilePayload = {"name": "plan.png", "mimeType": "image/png", "buffer": PNG}
    await visitor.chat.locator("input[type=file]").set_input_files([plan])
    await visitor.sees_state("plan.png", "sent")
    await expect(visitor.field).to_have_value("half a sentence")
    await rep.says("I see it.")
    await visitor.sees("I see it.")
    await expect(visitor.button("Choose a file")).to_have_count(1)
    await visitor.presses("Back to the bot")
    await expect(visitor.chat.locator("form.composer").get_by_role("button", name="Choose a file")).to_have_count(0)
    await expect(visitor.button("Choose a file")).to_be_visible()
    assert kept(app) == [PNG]


async def test_several_files_for_a_person_are_sent_one_after_the_other_and_each_says_what_became_of_it(
    app: Application, comes: Comes, target: HeardTarget
) -> None:
    visitor = await comes()
    await visitor.says("a person, please")
    rep = anna(app)
    await rep.alerted(target)
    await rep.says("Show me the plans.")
    await visitor.sees("Show me the plans.")
    underway: list[Route] = []

    async def fails_once(route: Route) -> None:
        underway.append(route)
        if len(underway) == 2:
            await route.abort("connectionreset")
        else:
            await route.continue_()

    await visitor.page.route("**/files?*", fails_once)
    chooser = visitor.chat.locator("input[type=file]")
    files: list[FilePayload] = [
        {"name": "a.png", "mimeType": "image/png", "buffer": PNG},
        {"name": "b.exe", "mimeType": "text/x-strange", "buffer": b"MZ"},
        {"name": "c.png", "mimeType": "image/png", "buffer": PNG + b"c"},
    ]
    await chooser.set_input_files(files)
    await visitor.sees_state("a.png", "sent")
    status = visitor.chat.locator(".upload [role=status]")
    await expect(status).to_have_text("b.exe: This kind of file is not taken here. c.png: Not sent.")
    await visitor.presses("Try again")
    await visitor.sees_state("c.png", "sent")
    await expect(status).to_have_text("b.exe: This kind of file is not taken here.")
    assert len(underway) == 3
    assert sorted(kept(app)) == sorted([PNG, PNG + b"c"])


async def test_of_several_files_a_question_takes_the_first(app: Application, comes: Comes) -> None:
    visitor = await comes()
    await visitor.page.evaluate(
        """bytes => {
          const data = new DataTransfer();
          for (const name of ["a.png", "b.png"]) {
            data.items.add(new File([new Uint8Array(bytes)], name, { type: "image/png" }));
          }
          const log = document.querySelector("handraiser-chat").shadowRoot.querySelector(".log");
          log.dispatchEvent(new DragEvent("drop", { bubbles: true, cancelable: true, dataTransfer: data }));
        }""",
        list(PNG),
    )
    await visitor.sees("I have a.png")
    assert kept(app) == [PNG]


async def test_it_speaks_the_visitors_language_from_right_to_left_and_by_keyboard(comes: Comes) -> None:
    visitor = await comes("اختر ملفًا", locale="ar")
    button = visitor.button("اختر ملفًا")
    await expect(visitor.panel).to_have_attribute("dir", "rtl")
    async with visitor.page.expect_file_chooser():
        await button.press("Enter")
    box = await button.bounding_box()
    assert box is not None and box["height"] >= 44
    await expect(visitor.chat.locator(".upload small")).to_have_text("ملف PDF, صورة ≤ 100 KB")
    file: FilePayload = {"name": "none.pdf", "mimeType": "application/pdf", "buffer": b""}
    await visitor.chat.locator("input[type=file]").set_input_files([file])
    await expect(visitor.chat.locator(".upload [role=status]")).to_have_text("none.pdf: الملف فارغ.")
