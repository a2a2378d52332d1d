"""No path leads to a file that was not meant for visitors, however it is written."""

from collections.abc import Iterable
from pathlib import Path

import aiohttp
import pytest

from bot.app import Application
from tests.application import config_for, running
from tests.bot.web.conftest import SCRIPT
from tests.corpora.conftest import CANARY
from tests.corpora.raw import get
from tests.corpora.reading import Corpora
from tests.corpora.visiting import HttpVisitor

TRAVERSALS = (
    "../{FILE}",
    "../../{FILE}",
    "..%2f..%2f{FILE}",
    "%2e%2e/%2e%2e/{FILE}",
    "%2e%2e%2f%2e%2e%2f{FILE}",
    "%252e%252e%252f{FILE}",
    "..%5c..%5c{FILE}",
    "..\\..\\{FILE}",
    "..%c0%af..%c0%af{FILE}",
    "....//....//{FILE}",
    "..;/..;/{FILE}",
    "{FILE}%00.png",
    "..%2f..%2f{FILE}%00.png",
    "..%2f..%2f{FILE}%0a.png",
    "%2f{FILE}",
    "/{FILE}",
    "//{FILE}",
    "file:///{FILE}",
    "a.png/../../../{FILE}",
    "a.png%2f..%2f..%2f..%2f{FILE}",
    ".{FILE}",
    "~/{FILE}",
    "\u2025\u2215{FILE}",
    "a" * 300 + ".png",
    "%ff%fe.png",
    "%",
    "%zz",
    ".",
    "..",
)
FILES = ("canary.txt", "welcome.yaml", "files/codes.txt", "handraiser.db")


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """Files have nothing to do with the kind of database."""
    return sqlite_url


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A scripts' folder with pictures and files, and canaries everywhere else."""
    folder = tmp_path / "dialogs"
    for name in ("files", "pictures"):
        (folder / name).mkdir(parents=True)
    (folder / "welcome.yaml").write_text(f"# {CANARY}\n{SCRIPT}", "utf-8")
    (folder / "files" / "guide.pdf").write_bytes(b"%PDF-1.4")
    (folder / "files" / "codes.txt").write_text(f"{CANARY}\n", "utf-8")
    (folder / "pictures" / "a.png").write_bytes(b"a picture")
    for outside in (tmp_path / "canary.txt", folder / "canary.txt", folder / "files" / "canary.txt"):
        outside.write_text(CANARY, "utf-8")
    for name in ("linked.png", ".hidden.png"):
        (folder / "pictures" / name).symlink_to(tmp_path / "canary.txt")
    (folder / "pictures" / "folder.png").mkdir()
    (folder / "pictures" / "notes.txt").write_text(CANARY, "utf-8")
    return folder


async def token_of_the_guide(app: Application, session: aiohttp.ClientSession) -> str:
    """The personal part of a link to the guide."""
    visitor = HttpVisitor(session, app.base_url, "welcome")
    await visitor.arrives()
    await visitor.says("Ada")
    await visitor.says("ada@example.com")
    return str(visitor.cards[0]["url"]).rpartition("/")[2]


async def assert_nothing_leaks(app: Application, token: str, paths: Iterable[str]) -> None:
    """Through every address that has a name in it, and as an address of its own."""
    for path in paths:
        for address in (f"/pictures/{path}", f"/m/{token}/{path}", f"/m/{path}", f"/chat/{path}", f"/{path}"):
            answer = await get(app.base_url, address)
            assert CANARY.encode() not in answer.body, address
            assert b"root:x:" not in answer.body, address
            assert answer.status in (400, 404) or is_a_page(answer.status, answer.body), (address, answer.status)


def is_a_page(status: int, body: bytes) -> bool:
    """Whether this is a page or a file that everybody may have: some attacks add up to no more than an address."""
    return status == 200 and (b"handraiser" in body.lower() or body in (b"a picture", b"%PDF-1.4"))


async def test_ours_lead_nowhere(app: Application, session: aiohttp.ClientSession) -> None:
    token = await token_of_the_guide(app, session)
    await assert_nothing_leaks(app, token, {one.replace("{FILE}", file) for one in TRAVERSALS for file in FILES})


async def test_other_peoples_lead_nowhere(app: Application, session: aiohttp.ClientSession, corpora: Corpora) -> None:
    token = await token_of_the_guide(app, session)
    await assert_nothing_leaks(app, token, (one.replace("{FILE}", "canary.txt") for one in corpora.traversals()))


@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("a.png", 200),
        ("linked.png", 404),
        (".hidden.png", 404),
        ("folder.png", 404),
        ("notes.txt", 404),
        ("A.PNG", 404),
    ],
)
async def test_a_picture_is_a_file_of_the_folder_and_no_way_out_of_it(app: Application, name: str, status: int) -> None:
    assert (await get(app.base_url, f"/pictures/{name}")).status == status


async def test_a_file_that_is_a_way_out_is_not_given(
    sqlite_url: str,
    folder: Path,
    tmp_path: Path,
    session: aiohttp.ClientSession,
    caplog: pytest.LogCaptureFixture,
) -> None:
    (folder / "files" / "guide.pdf").unlink()
    (folder / "files" / "guide.pdf").symlink_to(tmp_path / "canary.txt")
    async with running(config_for(sqlite_url, folder), targets={}) as app:
        answer = await get(app.base_url, f"/m/{await token_of_the_guide(app, session)}")
        assert answer.status == 404
    assert "guide.pdf" in caplog.text  # Whoever runs the server is told.
    caplog.clear()
