"""What people without a company say where one is asked for: "I'm self-employed", "none, I'm a freelancer", "keine"."""

import re
from collections.abc import Mapping

from dialogs.language.folding import fold_words

_AS_WRITTEN: Mapping[str, str] = {
    name.replace("-", " "): shown
    for shown in (
        *("Freelancer", "Freelance", "Self-employed", "Sole trader", "Sole proprietor", "Solopreneur", "Private"),
        *("Private person", "Private individual", "Contractor", "Student", "Retired", "Pensioner", "Unemployed"),
        *("Independent", "Independent contractor", "Between jobs", "Freelancerin", "Freiberufler", "Freiberuflerin"),
        *("Freiberuflich", "Selbstständig", "Selbständig", "Selbstständiger", "Selbstständige", "Privat"),
        *(
            "Privatperson",
            "Einzelunternehmer",
            "Einzelunternehmerin",
            "Studentin",
            "Rentner",
            "Rentnerin",
            "Im Ruhestand",
        ),
        *("Arbeitslos", "Autónomo", "Autónoma", "Independiente", "Por cuenta propia", "Particular", "Estudiante"),
        *("Jubilado", "Jubilada", "Desempleado", "Desempleada", "Indépendant", "Indépendante", "Auto-entrepreneur"),
        *("Auto-entrepreneuse", "Autoentrepreneur", "À mon compte", "Particulier", "Étudiant", "Étudiante", "Retraité"),
        *("Retraitée", "Sans emploi"),
    )
    for name in (fold_words(shown),)
} | {"self employment": "Self-employed", "i work for myself": "Self-employed", "working for myself": "Self-employed"}
"""How what people are is written, by its folded words."""
_NONE = r"(?:none|no|nope|nothing|keine?|nein|nichts|no company|keine firma|ningun[ao]?|nada|aucune?|non|n/a)"
_BEFORE = re.compile(
    rf"(?:{_NONE}[,.;:!]? ?-? ?(?:but )?)?"
    r"(?:(?:i'm|i am|im|we're|ich bin|ich arbeite|soy|yo soy|estoy|je suis|c'est|it's|am|bin|i work|working|trabajo"
    r"|just|only|nur|solo|seulement|currently|as|als|como|comme|a|an|ein|eine|un|une|derzeit|aktuell|still|noch) )*"
)
_BEHIND = re.compile(r"(?: here| now| at the moment| right now| derzeit| gerade| thanks| danke| gracias| merci)$")
_NO_COMPANY = re.compile(
    rf"{_NONE}|(?:it's |it is )?(?:just|only) (?:me|myself)|nur ich|solo yo|(?:juste|seulement) moi"
    r"|none yet|not applicable|(?:i |we )?(?:don't|do not|dont) have (?:one|a company|any)(?: yet)?"
    r"|(?:i |we )have (?:none|no company)|without a company"
    r"|(?:ich |wir )?(?:habe|haben) (?:keine|keine firma|kein unternehmen)|kein unternehmen|ohne firma"
    r"|no tengo(?: empresa| ninguna)?|no hay|sin empresa|ninguna empresa"
    r"|je n'(?:en )?ai pas(?: d'entreprise| de societe)?|j'(?:en )?ai pas|pas d'entreprise|aucune entreprise"
)
_LONGEST = 60


def words_of_occupations() -> frozenset[str]:
    """Every word of what people may be instead of having a company."""
    return frozenset(word for name in _AS_WRITTEN for word in name.split())


def read_occupation(text: str) -> str | None:
    """What somebody is who has no company, as it is written: "none, I'm a freelancer" gives "Freelancer"."""
    said = _BEHIND.sub("", fold_words(text[:_LONGEST]))
    if len(text) > _LONGEST or not said:
        return None
    found = _AS_WRITTEN.get(said.replace("-", " "))
    if found is None:
        begins = _BEFORE.match(said)
        found = _AS_WRITTEN.get(said[begins.end() :].replace("-", " ")) if begins is not None else None
    return found


def says_there_is_none(text: str) -> bool:
    """Whether a text says that there is no company, and nothing else; a mere "no" may also refuse to say."""
    said = fold_words(text[:_LONGEST])
    return said not in ("no", "nein", "non", "nope") and _NO_COMPANY.fullmatch(said) is not None
