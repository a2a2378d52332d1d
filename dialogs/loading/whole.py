"""A whole script: its sections in the order in which they depend on each other."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from pydantic import BaseModel

from dialogs.loading.attracting import read_attract, read_look, read_page_acts
from dialogs.loading.catalogue import declare_magnets, read_experiments, read_magnets
from dialogs.loading.context import Context
from dialogs.loading.cursor import Cursor
from dialogs.loading.decoding import decode, readable
from dialogs.loading.fields import read_fields
from dialogs.loading.header import (
    read_alt,
    read_doors,
    read_languages,
    read_name,
    read_personas,
    read_picture,
    read_purposes,
    read_title,
)
from dialogs.loading.nodes import Mapping as MappingNode
from dialogs.loading.problems import Problem, Report, TooManyProblemsError
from dialogs.loading.scoring import read_axes, read_disqualifiers, read_handoffs, read_stages
from dialogs.loading.side import read_faq, read_patterns
from dialogs.loading.steps import read_steps
from dialogs.loading.tree import read_tree
from dialogs.script import Script

VERSION_DIGITS = 16
"""How much of the text's SHA-256 names a script version."""


@dataclass(frozen=True, slots=True)
class LoadResult:
    """A script, or what keeps it from being one."""

    script: Script | None
    """None if any problem is an error."""
    problems: tuple[Problem, ...] = ()
    """Everything that is wrong, by place; warnings also come with a script."""


def load_script(text: str | bytes, path: str, magnet_kinds: Mapping[str, type[BaseModel]] | None = None) -> LoadResult:
    """Read a dialog script; never raises for what is in it.

    ``path`` is the file's name in messages. ``magnet_kinds`` are the models of the lead magnets' own options by kind;
    without them any kind and any option is taken.
    """
    report = Report(path)
    script = None
    try:
        source = decode(text, report)
        tree = None if source is None else read_tree(readable(source), report)
        if source is not None and tree is not None:
            script = _read_script(tree, source, path, report, magnet_kinds)
    except TooManyProblemsError:
        pass
    return LoadResult(None if report.has_errors else script, report.problems)


def version_of(text: str) -> str:
    """The name of a script version: the first digits of its text's SHA-256."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:VERSION_DIGITS]


def _read_script(
    tree: MappingNode,
    source: str,
    path: str,
    report: Report,
    magnet_kinds: Mapping[str, type[BaseModel]] | None,
) -> Script:
    context = Context(source=readable(source), report=report, magnet_kinds=magnet_kinds)
    root = Cursor(tree, report, "a script")
    name = read_name(root)
    picture, indexed, progress = read_picture(root), root.flag("indexed"), root.flag("progress")
    read_languages(root, context)
    title, description = read_title(root, context), context.heading(root, "description")
    read_purposes(root, context)
    persona, personas = read_personas(root, context)
    read_fields(root, context)
    experiments = read_experiments(root, context)
    magnets_section = declare_magnets(root, context)
    context.arms = {one.name: tuple(one.arms) for one in experiments.values()}
    context.settle_names()
    _outline(root, context)
    magnets = read_magnets(magnets_section, context)
    steps = read_steps(context)
    lists = context.outline.lists
    page_acts = read_page_acts(root, context)
    script = Script(
        name=name,
        version=version_of(source),
        title=title,
        description=description,
        picture=picture,
        alt=read_alt(root, context),
        indexed=indexed,
        progress=progress,
        language=context.language,
        languages=context.languages,
        persona=persona,
        personas=personas,
        fields=context.declared,
        page=context.page_data,
        doors=read_doors(root, context),
        purposes=context.purposes,
        magnets=magnets,
        experiments=experiments,
        faq=read_faq(root, context),
        patterns=read_patterns(root, context),
        axes=read_axes(root, context),
        stages=read_stages(root, context),
        disqualifiers=read_disqualifiers(root, context),
        handoffs=read_handoffs(root, context),
        first=lists[None][0].id if lists.get(None) else "",
        steps=steps,
        dialogs={key: tuple(one.id for one in sketches) for key, sketches in lists.items() if key is not None},
        page_acts=page_acts,
        attract=read_attract(root, context, page_acts),
        look=read_look(root, context),
        places={key: root.key_place(key) for key in ("title", "description", "alt")},
        source=source,
        path=path,
    )
    root.finish()
    context.settle_doubts()
    return script


def _outline(root: Cursor, context: Context) -> None:
    """Find every list of steps and every step's name, before any step is read."""
    outline, report = context.outline, context.report
    section = root.cursor("dialogs", '"dialogs"')
    if section is None and root.node("dialogs") is not None:
        outline.uncertain = True
    for key, place, _ in section.entries() if section else ():
        outline.dialogs[key] = place
    steps = root.node("steps")
    if steps is not None:
        outline.add(None, steps, report)
    else:
        root.need("steps", "[{say: Hello!}]")
        outline.uncertain = True
    for key, _, value in section.entries() if section else ():
        outline.add(key, value, report)
