"""What holds digits and is no quantity: phone numbers, dates, times, addresses. Found, so as to be left out."""

import re
from collections.abc import Mapping
from typing import NamedTuple

MASK = "\ufffc"
"""What stands in the place of each character that was left out; part of no word and no number."""

_MONTH = (
    r"(?:jan(?:uary|uar|vier)?|feb(?:ruary|ruar)?|fevrier|mar(?:ch|s|z)?|maerz|apr(?:il)?|avril|mai|mayo|jun[ei]?|juin|"
    r"jul[yi]?|juillet|aug(?:ust)?|aout|sept?(?:ember)?|septembre|o[ck]t(?:ober)?|octobre|nov(?:ember)?|novembre|"
    r"de[cz](?:ember)?|decembre|enero|febrero|marzo|abril|junio|julio|agosto|septiembre|octubre|noviembre|diciembre)"
)
_OCTET = r"(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)"

_ADDRESSES = (
    ("email", r"[^\s@]{1,64}@[^\s@]{1,255}"),
    ("website", r"\b(?:https?://|www\.)\S{1,2000}|\b[a-z0-9-]{1,63}\.(?:com|org|net|io|de|fr|es|eu|co|ai|app|dev)\b"),
)
_DIGITS = (
    ("version", rf"\b(?!\d{{1,3}}(?:\.\d{{3}}){{3}}\b){_OCTET}(?:\.{_OCTET}){{3}}\b(?![.,]?\d)|\bv ?\d+(?:\.\d+)+\b"),
    ("date", r"\b\d{4}[-/.](?:0?[1-9]|1[0-2])[-/.](?:3[01]|[12]\d|0?[1-9])(?![\d.,/-]*\d)(?:t[\d:.z+-]*)?"),
    ("date", r"\b(?:3[01]|[12]\d|0?[1-9])(?P<by>[./-])(?:3[01]|[12]\d|0?[1-9])(?P=by)(?:\d{4}|\d{2})\b(?![./-]\d)"),
    ("date", rf"\b(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th|\.)? ?(?:of |de )?{_MONTH}\b\.?(?: (?:de )?(?:19|20)\d\d\b)?"),
    ("date", rf"\b{_MONTH}\.? (?:the )?(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?\b(?![.,]?\d)(?:,? (?:19|20)\d\d\b)?"),
    ("time", r"\b(?:2[0-4]|[01]?\d):[0-5]\d(?::[0-5]\d)?\b(?! ?(?:h|hours?|hrs?)\b)(?: ?[ap]\.?m\b\.?)?"),
    ("time", r"\b(?:1[0-2]|0?[1-9]) ?(?:[ap]\.m\.|[ap]m\b)|\b24/7\b"),
    ("phone", r"\+ ?\d[\d ()/.-]{6,24}\d"),
    ("phone", r"\(0?\d{2,5}\)[ .-]?\d[\d .-]{3,14}\d"),
    ("phone", r"\b\d{3}(?P<dash>[-. ])\d{3}(?P=dash)\d{4}\b"),
    ("phone", r"\b\d{3}-\d{3}[1-46-9]\b(?! ?[k%€$£])"),
    ("phone", r"(?<!\d )\b0(?=(?:[ /-]{0,3}\d){7})\d{1,4}[ /-]{1,3}\d{2,8}(?:[ /-]\d{2,8}){0,5}\b"),
    ("phone", r"\b0\d{6,14}\b"),
    ("phone", r"\b(?:\d{2}[ .-]){4}\d{2}\b"),
    ("phone", r"(?<![$€£¥₹])(?<![$€£¥₹] )\b[1-9]\d{9,14}\b(?<!000)(?![.,]\d)"),
)
"""In order: what matches first is left out first."""


def _any_of(kinds: tuple[tuple[str, str], ...]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?P<{kind}{number}>{pattern})" for number, (kind, pattern) in enumerate(kinds)))


_SPANISH_PHONE = re.compile(r"(?<!\d )\b[6-9]\d{2} \d{3} \d{2}[1-9]\b(?![ .,]\d)|\b[6-9]\d{2} \d{2} \d{2} \d{2}\b")
_ANY_ADDRESS, _ANY_DIGITS = _any_of(_ADDRESSES), _any_of(_DIGITS)
_CODE = re.compile(
    r"<[/!?]?[a-z]|\{[{%]|\$\{|javascript:|alert\(|prompt\(|confirm\(|\\x[0-9a-f]|&#|%[0-9a-f]{2}(?<!%\d\d)|['\"] or "
)
_DIGIT = re.compile(r"\d")


class Masked(NamedTuple):
    """A text without its lookalikes."""

    text: str
    """As long as the original, with MASK where something was left out."""
    kinds: tuple[str, ...]
    """What was left out: email, website, version, date, time, phone, code."""


def mask_lookalikes(text: str, language: str) -> Masked:
    """``text`` (from ``plain_digits``) with everything masked that holds digits and is no quantity.

    Spaniards write phone numbers as others write millions: 612 345 678.
    """
    kinds: list[str] = []
    if _CODE.search(text):
        return Masked("", ("code",))

    def leave_out(match: re.Match[str]) -> str:
        kinds.append((match.lastgroup or "").rstrip("0123456789"))
        return MASK * len(match.group())

    if "@" in text or "." in text:
        text = _ANY_ADDRESS.sub(leave_out, text)
    if _DIGIT.search(text):
        text = _ANY_DIGITS.sub(leave_out, text)
        if language == "es" and _SPANISH_PHONE.search(text):
            return Masked(_SPANISH_PHONE.sub(lambda match: MASK * len(match.group()), text), (*kinds, "phone"))
    return Masked(text, tuple(kinds))


WHAT_IT_LOOKS_LIKE: Mapping[str, Mapping[str, str]] = {
    "phone": {
        "en": "a phone number",
        "de": "einer Telefonnummer",
        "es": "un número de teléfono",
        "fr": "un numéro de téléphone",
        "pt": "um número de telefone",
        "it": "un numero di telefono",
        "nl": "een telefoonnummer",
        "ar": "رقم هاتف",
    },
    "date": {
        "en": "a date",
        "de": "einem Datum",
        "es": "una fecha",
        "fr": "une date",
        "pt": "uma data",
        "it": "una data",
        "nl": "een datum",
        "ar": "تاريخًا",
    },
    "time": {
        "en": "a time of day",
        "de": "einer Uhrzeit",
        "es": "una hora",
        "fr": "une heure",
        "pt": "uma hora",
        "it": "un orario",
        "nl": "een tijdstip",
        "ar": "وقتًا",
    },
    "email": {
        "en": "an e-mail address",
        "de": "einer E-Mail-Adresse",
        "es": "una dirección de correo",
        "fr": "une adresse e-mail",
        "pt": "um endereço de e-mail",
        "it": "un indirizzo e-mail",
        "nl": "een e-mailadres",
        "ar": "عنوان بريد إلكتروني",
    },
    "website": {
        "en": "a web address",
        "de": "einer Webadresse",
        "es": "una dirección web",
        "fr": "une adresse web",
        "pt": "um endereço web",
        "it": "un indirizzo web",
        "nl": "een webadres",
        "ar": "عنوان موقع",
    },
    "code": {
        "en": "program code",
        "de": "Programmcode",
        "es": "código de programa",
        "fr": "du code informatique",
        "pt": "código de programa",
        "it": "codice di programma",
        "nl": "programmacode",
        "ar": "شيفرة برمجية",
    },
    "version": {
        "en": "a version number",
        "de": "einer Versionsnummer",
        "es": "un número de versión",
        "fr": "un numéro de version",
        "pt": "um número de versão",
        "it": "un numero di versione",
        "nl": "een versienummer",
        "ar": "رقم إصدار",
    },
}
"""What an answer full of digits may be instead, after "That looks like"."""
