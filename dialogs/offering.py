"""Giving lead magnets: who may have which, what is given instead, and what is said when there is nothing to give."""

from dialogs import phrases
from dialogs.draft import Draft
from dialogs.effects import GiveMagnet, Say
from dialogs.facts import FactKind
from dialogs.scoring import holds
from dialogs.script import Magnet, OfferStep


def offer(draft: Draft, step: OfferStep) -> None:
    """Give the magnet, or the one given instead; say so when there is nothing to give."""
    magnets, language = draft.script.magnets, draft.language
    wanted = magnets[step.magnet]
    magnet: Magnet | None = wanted
    tried: set[str] = set()
    while magnet is not None and magnet.key not in tried:
        tried.add(magnet.key)
        used_up = magnet.key in draft.unavailable
        if not used_up and (magnet.when is None or holds(draft, magnet.when)):
            break
        draft.note(FactKind.UNAVAILABLE, magnet.key, step.id)
        magnet = magnets[magnet.otherwise] if magnet.otherwise is not None else None
    else:
        magnet = None
    title = draft.words((magnet or wanted).title)
    if magnet is None:
        if wanted.key in draft.unavailable or wanted.empty is not None:
            text = draft.words(wanted.empty) if wanted.empty else phrases.say("empty", language, title=title)
            draft.say(Say(text=text, step=step.id, persona=step.persona))
    elif magnet.key in draft.magnets and not magnet.again and not _has_run_out(draft, magnet):
        text = draft.words(magnet.already) if magnet.already else phrases.say("already", language, title=title)
        draft.say(Say(text=text, step=step.id, persona=step.persona))
    else:
        draft.effects.append(
            GiveMagnet(
                magnet=magnet.key,
                kind=magnet.kind,
                title=title,
                description=draft.words(magnet.description) if magnet.description else "",
                text=draft.words(step.text) if step.text else "",
                step=step.id,
                persona=step.persona,
            )
        )
        if magnet.key not in draft.magnets:
            draft.magnets = (*draft.magnets, magnet.key)
        draft.note(FactKind.OFFERED, magnet.key, step.id)
        draft.act(f"{magnet.key}.given")


def _has_run_out(draft: Draft, magnet: Magnet) -> bool:
    """Whether what was given can no longer be used, so that having it is worth nothing."""
    if magnet.lasts is None:
        return False
    given = [act.at for act in draft.acts if act.name == f"{magnet.key}.given"]
    return not given or (draft.at - given[-1]).total_seconds() >= magnet.lasts
