"""``handraiser leads``: lists, sheets, exports, erasure."""

import asyncio
import csv
import io
import json
import shutil
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.cli.lead_export import COLUMNS, cell
from bot.visible import visible
from dialogs.desk.acts import Claim, Judge, Verdict
from dialogs.desk.standing import Phase
from dialogs.effects import HandOff
from dialogs.events import ConsentRecord
from dialogs.stages import Stage
from dialogs.state import Receipt
from dialogs.values import Value
from storage import conversations, handoffs, uploads
from storage.conversations import StoredConversation
from storage.database import open_database
from storage.leads import number_of
from storage.scripts import publish
from storage.uploads import StoredUpload, UploadLimits
from tests.bot.cli.conftest import Call
from tests.storage.desk_samples import ANNA, did, line, on_desk, route
from tests.storage.samples import NOON, answering, begun, bot, later, new_turn, said, saved, visitor

FORMULA = "=cmd|'/C calc'!A0"
TRICK = "\x1b[2J\u202eAda"


@pytest.fixture
def leads(folder: Path, leads_template: Path) -> Path:
    """Two leads of one person, and a hot one of another; where they are kept."""
    (folder / "data").mkdir()
    return Path(shutil.copy(leads_template, folder / "data"))


@pytest.fixture(scope="session")
def leads_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with those leads, to be copied."""
    path = tmp_path_factory.mktemp("leads") / "handraiser.db"

    async def fill() -> None:
        async with await open_database(f"sqlite:///{path}") as database:

            async def lead(address: str, answers: dict[str, Value], **standing: object) -> StoredConversation:
                stored = await begun(database, address=address, person=f"person-{address}")
                state = replace(stored.state, answers=answers, **standing)  # type: ignore[arg-type]
                identities = [(kind, str(answers[kind])) for kind in ("email", "phone") if kind in answers]
                change = answering(
                    answers,
                    identities=identities,
                    receipts_added=state.receipts,
                    consents={"keep_in_touch": ConsentRecord(True, "v1", NOON)},
                    consent_texts={"keep_in_touch": "May we write?"},
                )
                new = new_turn(
                    said("there", later(60)),
                    state,
                    [visitor("I am\n2 of them"), bot("Thanks!")],
                    lead=change,
                    effects=(HandOff(to="sales", reason="Ready to buy"),) if state.stage is Stage.MQL else (),
                )
                return (await saved(database, stored, new)).conversation

            points = Receipt(
                rule="fit.1",
                axis="fit",
                points=30,
                because="Team of 50 or more",
                evidence="team_size = 80",
                at=NOON,
                version="aaaa000011112222",
            )
            await lead("a", {"first_name": TRICK, "email": "ada@example.com", "team_size": 80})
            await lead("b", {"first_name": "Ada", "email": "ada@example.com", "team_size": -5})
            await lead(
                "c",
                {"first_name": FORMULA, "last_name": "Lovelace", "phone": "+493012345678", "notes": "a;=1+1\n@b"},
                stage=Stage.MQL,
                fit=30,
                receipts=(points,),
            )

    asyncio.run(fill())
    return path


def ids(call: Call) -> dict[str, str]:
    """Lead by the value of its e-mail address or phone."""
    listed = json.loads(call("leads", "list", "--json").out)
    return {lead["contacts"][0]["value"]: lead["id"] for lead in listed}


def test_the_list_has_one_line_for_each_person(call: Call, leads: Path) -> None:
    done = call("leads", "list")
    assert done.status == 0
    head, *rows = done.out.splitlines()
    assert head.split()[:4] == ["ID", "NAME", "CONTACT", "STAGE"]
    assert len(rows) == 2
    assert any("Ada (+1)" in row and "ada@example.com" in row and "cold" in row for row in rows)
    assert any("Lovelace" in row and "mql" in row and "hot" in row for row in rows)
    assert "(+1): one more lead of the same person" in done.err
    assert "(+1)" not in call("leads", "list", "--hot").err


@pytest.mark.parametrize(
    ("words", "count"),
    [
        (["--hot"], 1),
        (["--stage", "mql"], 1),
        (["--stage", "warm"], 0),
        (["--script", "guide"], 2),
        (["--script", "other"], 0),
        (["--search", "lovelace 4930"], 1),
        (["--since", "2027-01-01"], 2),
        (["--since", "2028-01-01"], 0),
        (["--limit", "1"], 1),
        (["--owner", "nobody"], 0),
        (["--tag", "nothing"], 0),
    ],
)
def test_the_list_can_be_narrowed(call: Call, leads: Path, words: list[str], count: int) -> None:
    done = call("leads", "list", "--json", *words)
    assert done.status == 0
    assert len(json.loads(done.out)) == count


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["--stage", "mlq"], 'unknown stage "mlq", did you mean "mql"?'),
        (["--since", "yesterdayish"], '--since must be a day such as 2027-01-05, or a time such as "7 days"'),
        (["--limit", "0"], "--limit must be from 1 to 10000"),
        (["--limit", "many"], "--limit"),
    ],
)
def test_a_wrong_filter_is_a_wrong_call(call: Call, leads: Path, words: list[str], expected: str) -> None:
    done = call("leads", "list", *words)
    assert done.status == 2
    assert expected in done.err


def test_programs_get_typed_answers(call: Call, leads: Path) -> None:
    listed = json.loads(call("leads", "list", "--json", "--search", "ada@example.com").out)
    assert listed[0]["answers"] == {"first_name": "Ada", "email": "ada@example.com", "team_size": -5}
    assert listed[0]["source"]["first"]["utm_source"] == "news"
    assert listed[0]["linked"] == 1


def test_a_sheet_tells_everything_and_where_each_point_came_from(call: Call, leads: Path) -> None:
    done = call("leads", "show", "+493012345678")
    assert done.status == 0
    lines = [line.strip() for line in done.out.splitlines()]
    assert "+30 Team of 50 or more (team_size = 80) · guide@aaaa000011112222 · 2027-01-05 12:00" in lines
    assert "Team size: 80" not in lines
    assert 'keep_in_touch: yes · 2027-01-05 12:00 · v1 · "May we write?"' in lines
    assert any(line.startswith("to sales: Ready to buy") for line in lines)
    assert any(line.startswith("phone +493012345678 · claimed") for line in lines)
    assert any("utm_source news" in line for line in lines)
    assert lines[-4:] == ["12:00  bot: Hello!", "12:00  visitor: I am", "2 of them", "12:00  bot: Thanks!"]


def test_a_sheet_tells_what_people_did_with_the_lead(call: Call, leads: Path) -> None:
    async def work() -> None:
        async with await open_database(f"sqlite:///{leads}") as database:
            stored = await database.read(lambda tx: conversations.find(tx, "web", "c"))
            assert stored is not None
            lead_id = stored.lead_id or 0
            (handoff,) = await database.read(lambda tx: handoffs.of_lead(tx, lead_id))
            stored = await route(database, stored, handoff.id)
            stored = await on_desk(
                database, stored, did(handoff.id, Claim()), line("claimed", "Anna Berg"),
                phase=Phase.CLAIMED, rep=ANNA, claimed_at=later(60),
            )  # fmt: skip
            lost = did(handoff.id, Judge(verdict=Verdict.LOST, reason=TRICK))
            await on_desk(
                database, stored, lost, line("verdict", "Anna Berg", TRICK),
                phase=Phase.CLOSED, verdict=Verdict.LOST, verdict_reason=TRICK, amount="900", currency="EUR",
            )  # fmt: skip

    asyncio.run(work())
    shown = call("leads", "show", "+493012345678").out
    assert not {"\x1b", "\u202e"} & set(shown)
    lines = [line.strip() for line in shown.splitlines()]
    began = next(number for number, text in enumerate(lines) if text.startswith("to sales: Ready to buy"))
    assert lines[began].endswith(f"taken by Anna Berg, 2027-01-05 12:01 · lost · {visible(TRICK)} · 900 EUR")
    assert lines[began + 1 : began + 4] == [
        "2027-01-05 12:00 · routed",
        "2027-01-05 12:00 · claimed by Anna Berg",
        f"2027-01-05 12:00 · verdict by Anna Berg · {visible(TRICK)}",
    ]
    (told,) = json.loads(call("leads", "show", "+493012345678", "--json").out)["handoffs"]
    assert (told["rep"], told["verdict"], told["amount"]) == ({"key": "anna", "name": "Anna Berg"}, "lost", "900")
    assert [entry["what"] for entry in told["entries"]] == ["routed", "claimed", "verdict"]


def test_linked_leads_are_named_with_what_they_share(call: Call, leads: Path) -> None:
    done = call("leads", "show", ids(call)["ada@example.com"])
    assert "Seems to be the same person" in done.out
    assert "ada@example.com" in done.out.split("Seems to be the same person")[1]


def test_a_sheet_for_programs_holds_every_word(call: Call, leads: Path) -> None:
    sheet = json.loads(call("leads", "show", "+493012345678", "--json").out)
    assert [receipt["points"] for receipt in sheet["receipts"]] == [30]
    assert sheet["conversations"][0]["messages"][1]["text"] == "I am\n2 of them"
    assert sheet["handoffs"][0]["target"] == "sales"
    assert sheet["consents"][0]["wording"] == "May we write?"


def test_what_a_visitor_wrote_cannot_move_the_cursor(call: Call, leads: Path) -> None:
    for words in (["list"], ["show", ids(call)["ada@example.com"]]):
        assert not {"\x1b", "\u202e"} & set(call("leads", *words).out)
    first = json.loads(call("leads", "list", "--json", "--search", "person").out)
    assert first == []


def test_a_lead_is_shown_by_the_beginning_of_its_address_and_erased_unasked_only_by_all_of_it(
    call: Call, leads: Path
) -> None:
    assert "ada@example.com" in call("leads", "show", "ada").out
    done = call("leads", "erase", "ada", "--linked", "--yes")
    assert done.status == 2
    assert '"ada" is only the beginning of ada@example.com; with --yes write all of it' in done.err
    assert call("leads", "erase", "ADA@example.com", "--linked", "--yes").status == 0


def test_an_unknown_or_ambiguous_lead_is_a_failure(call: Call, leads: Path) -> None:
    done = call("leads", "show", "nobody@example.com")
    assert done.status == 1
    assert 'there is no lead "nobody@example.com"' in done.err


def test_an_export_has_a_row_for_each_lead_and_nothing_that_a_spreadsheet_would_run(call: Call, leads: Path) -> None:
    done = call("leads", "export")
    assert done.status == 0
    assert "Exported 3 leads." in done.err
    rows = list(csv.DictReader(io.StringIO(done.out)))
    assert list(rows[0])[: len(COLUMNS)] == list(COLUMNS)
    assert [row["answer.first_name"] for row in rows if row["stage"] == "mql"] == [f"'{FORMULA}"]
    assert {row["answer.team_size"] for row in rows} == {"80", "-5", ""}
    assert {row["phone"] for row in rows} == {"+493012345678", ""}
    assert [row["answer.notes"] for row in rows if row["answer.notes"]] == ["a;'=1+1\n'@b"]
    assert {row["hot"] for row in rows} == {"yes", "no"}
    for delimiter in ";\t":
        for row in csv.reader(io.StringIO(done.out), delimiter=delimiter):
            assert not any(one.startswith(("=", "@", "+")) for one in row)


def test_columns_are_those_of_the_rows(call: Call, leads: Path) -> None:
    row = json.loads(call("leads", "export", "--format", "json", "--hot").out)
    assert tuple(name for name in row if not name.startswith("answer.")) == COLUMNS


def test_json_is_asked_for_as_everywhere_else(call: Call, leads: Path) -> None:
    assert call("leads", "export", "--json").out == call("leads", "export", "--format", "json").out
    done = call("leads", "export", "--json", "--format", "csv")
    assert done.status == 2
    assert "name one" in done.err


def test_an_exported_file_is_whole_and_only_its_owners(call: Call, leads: Path, folder: Path) -> None:
    done = call("leads", "export", "--output", "leads.csv")
    assert done.status == 0
    assert done.out == ""
    assert (folder / "leads.csv").stat().st_mode & 0o077 == 0
    content = (folder / "leads.csv").read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    assert len(list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))) == 4
    assert call("leads", "export", "--output", "leads.jsonl").status == 0
    assert len((folder / "leads.jsonl").read_text().splitlines()) == 3
    assert not list(folder.glob(".*.part"))


def test_an_export_that_cannot_be_written_says_so(call: Call, leads: Path, folder: Path) -> None:
    done = call("leads", "export", "--output", "nowhere/leads.csv")
    assert done.status == 1
    assert "nowhere" in done.err
    assert "Traceback" not in done.err
    assert call("leads", "export", "--output", "dialogs").status == 1


def test_an_export_without_leads_still_has_its_columns(call: Call, leads: Path) -> None:
    assert call("leads", "export", "--stage", "customer").out.startswith("id,person,created,")


@pytest.mark.parametrize(
    "value",
    [
        "=1+1",
        "+1+1",
        "-1+1",
        "@SUM(1+1)",
        "\t=1",
        "\r=1",
        "\n=1",
        " =1",
        "+1-202-555-0100",
        "-cmd",
        "+a",
        "＝1",
    ],
)
def test_what_a_spreadsheet_would_calculate_is_shown_as_text(value: str) -> None:
    assert cell(value).startswith("'")
    assert cell(value).replace("'", "") == value


@pytest.mark.parametrize(
    "value", ["-5", "+49 30 123456", "-5.25", "+493012345678", "80", "Ada", "a=b", "ada@b.example"]
)
def test_what_is_no_formula_stays_as_it_is(value: str) -> None:
    assert cell(value) == value


def test_a_person_is_forgotten_without_a_trace(call: Call, leads: Path) -> None:
    key = ids(call)["ada@example.com"]
    done = call("leads", "erase", key, "--linked", "--yes")
    assert done.status == 0
    assert "Erased 2 leads with 2 conversations." in done.out
    assert call("leads", "show", key).status == 1
    assert len(json.loads(call("leads", "list", "--json").out)) == 1
    for path in leads.parent.iterdir():
        assert b"ada@example.com" not in path.read_bytes()


def test_nothing_is_erased_unasked(call: Call, leads: Path) -> None:
    key = ids(call)["+493012345678"]
    done = call("leads", "erase", key)
    assert done.status == 2
    assert "say --yes" in done.err
    assert call("leads", "show", key).status == 0


@pytest.mark.parametrize(("answer", "status"), [("erase", 0), ("no", 1), ("", 1)])
def test_erasing_asks_whether_this_is_the_one(
    call: Call, leads: Path, monkeypatch: pytest.MonkeyPatch, answer: str, status: int
) -> None:
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("builtins.input", lambda _: answer)
    key = ids(call)["+493012345678"]
    done = call("leads", "erase", key)
    assert done.status == status
    assert "Lovelace, +493012345678; guide" in done.out
    assert call("leads", "show", key).status == (1 if status == 0 else 0)


def test_a_database_that_is_not_there_is_not_made_by_looking(call: Call, folder: Path) -> None:
    for words in (["leads", "list"], ["leads", "export"], ["scripts", "list"]):
        done = call(*words)
        assert done.status == 1
        assert "there is no database" in done.err
    assert not (folder / "data").exists()


@pytest.mark.parametrize("content", [b"", b"not a database at all" * 100])
def test_a_damaged_database_is_one_line_and_untouched(call: Call, folder: Path, content: bytes) -> None:
    (folder / "data").mkdir()
    (folder / "data" / "handraiser.db").write_bytes(content)
    done = call("leads", "list")
    assert done.status == 1
    assert done.err.count("\n") == 1
    assert (folder / "data" / "handraiser.db").read_bytes() == content


def test_points_fade_in_lists_sheets_and_exports_while_nothing_happens(
    call: Call, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "data").mkdir()
    asyncio.run(_lead_that_opened_the_guide(folder / "data" / "handraiser.db"))
    for days, points in ((0, 30), (30, 20), (60, 15)):
        monkeypatch.setattr("bot.cli.lead_points.now", lambda days=days: NOON + timedelta(days=days))
        monkeypatch.setattr("bot.cli.lead_sheet.now", lambda days=days: NOON + timedelta(days=days))
        (listed,) = json.loads(call("leads", "list", "--json").out)
        assert (listed["fit"], listed["engagement"], listed["stage"]) == (5, points, "warm")
        exported = json.loads(call("leads", "export", "--json").out)
        assert (exported["engagement"], exported["score"]) == (points, 5 + points)
        shown = call("leads", "show", listed["id"]).out
        assert f"engagement {points}" in shown
        assert ("+10 now" in shown) == (days == 30) and ("+5 now" in shown) == (days == 60)
        assert "+10 Says something (always)" in shown and "now" not in shown.partition("Says something")[2]


async def _lead_that_opened_the_guide(path: Path) -> None:
    text = """
dialog: guide
title: The guide
fields: {team_size: number}
steps:
  - ask: team_size
    text: How many?
  - end: Goodbye!
scoring:
  fit: {rules: [{when: team_size > 0, points: 5, because: A lead}]}
  engagement:
    cap: 30
    half_life: 30 days
    rules: [{on: guide.opened, points: 20, because: Opened the guide}]
    groups: {words: {rules: [{when: known(team_size), points: 10, because: Says something}]}}
"""
    async with await open_database(f"sqlite:///{path}") as database:
        stored = await begun(database)
        await database.write(lambda tx: publish(tx, name="guide", version=stored.state.version, text=text, at=NOON))
        opened, fit, words = (
            Receipt(
                rule=rule, axis=axis, points=points, because=because, evidence="always", at=NOON,
                version=stored.state.version, half_life=half_life,
            )
            for rule, axis, points, because, half_life in (
                ("engagement.1", "engagement", 20, "Opened the guide", 30 * 86_400),
                ("fit.1", "fit", 5, "A lead", None),
                ("engagement.words.1", "engagement", 10, "Says something", None),
            )
        )  # fmt: skip
        state = replace(stored.state, stage=Stage.WARM, fit=5, engagement=30, receipts=(opened, fit, words))
        change = answering({"team_size": 8}, receipts_added=state.receipts)
        await saved(database, stored, new_turn(said("8"), state, [visitor("8")], lead=change))


def test_files_are_listed_and_go_with_their_lead(call: Call, leads: Path, folder: Path) -> None:
    upload = "ab" * 16
    path = folder / "data" / "uploads" / "ab" / upload
    path.parent.mkdir(parents=True)
    path.write_bytes(b"%PDF-1.7")
    (id,) = [one["id"] for one in json.loads(call("leads", "list", "--hot", "--json").out)]

    async def send() -> None:
        async with await open_database(f"sqlite:///{leads}") as database:
            number = await database.read(lambda tx: number_of(tx, id))
            assert number is not None
            stored = await database.read(lambda tx: conversations.last_of_lead(tx, number))
            assert stored is not None
            new = StoredUpload(
                id=upload, conversation_id=stored.id, client_id="u1", name=f"{TRICK}.pdf", type="application/pdf",
                size=8, sha256="0" * 64, at=NOON,
            )  # fmt: skip
            limits = UploadLimits(files_in_conversation=9, bytes_a_day=999, bytes_in_all=999)
            await database.write(lambda tx: uploads.add(tx, new, limits))
            await database.write(lambda tx: uploads.mark_said(tx, upload, NOON))

    asyncio.run(send())
    shown = call("leads", "show", id).out
    assert str(path) in shown and "application/pdf" in shown and "\x1b" not in shown
    assert json.loads(call("leads", "show", id, "--json").out)["files"][0]["id"] == upload
    erased = call("leads", "erase", id, "--yes", "--json")
    assert json.loads(erased.out)["files"] == 1
    assert not path.exists()
