"""What marketers get wrong in a script, and what they are told: one message for one mistake, in their own words."""
# ruff: noqa: E501 - a table of slips and messages, one a line.

from datetime import date
from pathlib import Path

import pytest

from bot.magnets import MAGNET_OPTIONS
from bot.script_files import load_with_files

SHOP = """\
dialog: shop
title: {en: The shop, de: Der Laden}
language: en
languages: [en, de]
persona: {name: Mia}
page_acts: [calculator, video]
look:
  accent: "#0b6b57"
  radius: 12px
fields:
  email: {type: email, label: {en: E-mail, de: E-Mail}}
  brief: {type: file, label: {en: The brief, de: Das Briefing}, types: [pdf, image], largest: 10 MB}
page:
  plan: {type: choice, options: {free: Free, pro: Pro}}
magnets:
  guide: {kind: file, title: {en: Guide, de: Leitfaden}, file: guide.pdf}
doors: [prices]
attract:
  - name: prices
    pages: [/pricing*]
    when: {seen_for: 20 seconds, scrolled: 50%}
    only_if: {visit: returning, hours: open}
    tease: {en: "Questions?", de: "Fragen?"}
    at_most: [once a visit, 3 times]
    until: engaged
steps:
  - say: {en: Hi, de: Hallo}
    choices: [{label: {en: "Yes", de: "Ja"}, key: "yes"}]
  - ask: email
    text: {en: Where to?, de: Wohin?}
  - step: prices
    say: {en: Look here, de: Sehen Sie}
    when: plan == "free"
    picture: chart.png
    alt: {en: A chart, de: Ein Diagramm}
    links:
      - {label: {en: Prices, de: Preise}, url: https://example.com/prices}
  - ask: brief
    text: {en: Have you a brief?, de: Gibt es ein Briefing?}
  - offer: guide
    text: {en: Here, de: Hier}
  - end: {en: Bye, de: Tschüss}
"""

MISTAKES = {
    "    pages: [/pricing*]": [
        ("   pages: [/pricing*]", "20:4: this line is indented unlike its neighbours"),
        ("    page: [/pricing*]", '20:5: an entry of "attract" has no "page", did you mean "pages"?'),
        ("    pages: /pricing*, /plans", "20:12: several stand in brackets: pages: [/pricing*, /plans]"),
        ("    pages: [https://shop.com/pricing]", '20:12: write the page without "https://", such as /pricing*'),
        ("    pages: *", '20:12: a star must stand in quotes: "*"'),
        ("    pages: [*pricing*]", '20:13: a text that starts with "*" must stand in quotes'),
        (
            "    pages: ^/pricing/.*$",
            '20:12: warning: "^/pricing/.*$" is a regular expression; pages are written plainly, * stands for anything: /pricing/*',
        ),
        ("    pages: [pricing.html]", '20:12: "pricing.html" is no page: write its path (/…), or host/path'),
        ("    pages: {on: /pricing}", '20:12: "pages" needs a list, each entry on a line with "- "'),
    ],
    "    when: {seen_for: 20 seconds, scrolled: 50%}": [
        ("    when: {seen_for: 20, scrolled: 50%}", '21:22: "20" is no duration; write its unit, such as "20 seconds"'),
        ("    when: {seen_for: 20 sec, scrolled: 50%}", '21:22: "20 sec" is no duration, did you mean "20 seconds"?'),
        ("    when: {seen_for: 20s}", '21:22: "20s" is no duration, did you mean "20 seconds"?'),
        ("    when: {scrolled: 0,5}", '21:22: a comma inside { } begins a new entry; write "scrolled: 0.5"'),
        (
            "    when: {scrolled: 0.5}",
            '21:22: "scrolled" is a part of the page such as 60%, not "0.5", did you mean 50%?',
        ),
        (
            "    when: {scrolled: half}",
            '21:22: "scrolled" is a part of the page such as 60%, not "half", did you mean 50%?',
        ),
        ("    when: {scrolled: 150 %}", '21:22: "scrolled" is a part of the page such as 60%, not "150 %"'),
        ("    when: leaving", '21:11: "leaving" is no moment for a teaser; write {leaving: yes}'),
        ("    when: {leaving}", '21:12: nothing is written after "leaving:"; write "leaving: yes"'),
        ("    when: {leaving: Yes please}", '21:21: "leaving" is yes or no, not "Yes please"'),
        ("    when: [{seen_for: 20 seconds}]", '21:11: "when" needs entries (key: value), not a list'),
        (
            "    when: {did: pricing_calculator}",
            '21:17: no page reports "pricing_calculator", did you mean "calculator"?',
        ),
        ("    when: {exit_intent: yes}", '21:12: "when" has no "exit_intent", did you mean "leaving"?'),
        (
            "    when: {seen_for: 20 seconds, scrolled 50%}",
            '21:34: a colon is missing in "scrolled 50%"; write "scrolled: 50%"',
        ),
        (
            "    when: seen_for: 20 seconds",
            '21:19: a colon in a text: put the text in quotes or use |; or if "seen_for" is a key, in braces: {seen_for: 20 seconds}',
        ),
        (
            "    when: {seen_for:20 seconds}",
            '21:12: a space is missing after the colon in "seen_for:20 seconds"; write "seen_for: 20 seconds"',
        ),
        ("\twhen: {seen_for: 20 seconds}", "21:1: a tab cannot indent; use spaces"),
        (
            "    when: team_size > 5",
            '21:11: "team_size > 5" is no moment for a teaser; write such as {seen_for: 20 seconds} or {leaving: yes}',
        ),
    ],
    "    only_if: {visit: returning, hours: open}": [
        ("    only_if: {visits: returning}", '22:15: "only_if" has no "visits", did you mean "visit"?'),
        (
            "    only_if: {visit: second}",
            '22:22: "visit" is first, returning, a number such as 3 (the third), or 3+, not "second"',
        ),
        (
            "    only_if: {visit: 2 +}",
            '22:22: "visit" is first, returning, a number such as 3 (the third), or 3+, not "2 +"',
        ),
        (
            "    only_if: {hours: on}",
            '22:22: "hours" is "open" or "closed" (the team\'s), or hours of its own such as {mon-fri: "09:00-17:00"}, not "on"',
        ),
        ("    only_if: {language: deutsch}", '22:25: "deutsch" is no language, did you mean "de"?'),
        ("    only_if: {utm-source: google}", '22:15: "only_if" has no "utm-source", did you mean "utm_source"?'),
        ("    only_if: {source: google}", '22:15: "only_if" has no "source", did you mean "utm_source"?'),
        (
            "    only_if: {click_id: yes}",
            '22:25: "yes" is no click id; there are gclid, gbraid, wbraid, fbclid, msclkid, ttclid, li_fat_id, twclid, and "*" for any',
        ),
        ("    only_if: {click_id: *}", '22:25: a star must stand in quotes: "*"'),
        (
            "    only_if: {referrer: https://www.linkedin.com/}",
            '22:25: warning: a referrer is a host alone: write "www.linkedin.com"',
        ),
        (
            "    only_if: visit: returning",
            '22:19: a colon in a text: put the text in quotes or use |; or if "visit" is a key, in braces: {visit: returning}',
        ),
        (
            "    only_if: {dates: 1.12.-24.12.}",
            '22:22: "1.12.-24.12." is no day; write 2026-12-25, or 12-25 for every year',
        ),
        (
            "    only_if: {dates: [2026-12-01, 2026-11-31]}",
            '22:35: "2026-11-31" is no day; write 2026-12-25, or 12-25 for every year',
        ),
    ],
    '    tease: {en: "Questions?", de: "Fragen?"}': [
        ('    tease: "Questions?', "23:12: this quotation mark is never closed"),
        (
            "    tease: {en: Questions, or not?, de: Fragen?}",
            '23:28: a comma inside { } begins a new entry, here "or not?"; put the text in quotes',
        ),
        ('    tease: {en: "Questions?" de: "Fragen?"}', '23:30: a comma is missing before "de"'),
        ('    tease: {de: "Fragen?"}', '23:12: the text is missing in the script\'s own language, "en"'),
        ("    tease: Note: we have a sale", "23:16: a colon in a text: put the text in quotes or use |"),
        (
            '    teaser: {en: "Questions?", de: "Fragen?"}',
            '23:5: an entry of "attract" has no "teaser", did you mean "tease"?',
        ),
        (
            '    text: {en: "Questions?", de: "Fragen?"}',
            '23:5: an entry of "attract" has no "text", did you mean "tease"?',
        ),
        ("    tease: {{ first_name }}, questions?", '23:12: a text that starts with "{{" must stand in quotes'),
        (
            '    tease: {en: "Questions?", de: "Fragen?"}\n    tease: {en: "Questions?", de: "Fragen?"}',
            '24:5: "tease" is here twice; the first one is in line 23',
        ),
        (
            "    tease:\n      en:Questions?\n      de: Fragen?",
            '24:7: a space is missing after the colon; write "en: Questions?"',
        ),
        ("    tease:\n      en: Questions?\n      De: Fragen?", '25:7: "De" is no language, did you mean "de"?'),
        (
            "    tease:\n      en: Questions?\n      deutsch: Fragen?",
            '25:7: "deutsch" is no language, did you mean "de"?',
        ),
        (
            "    tease:\n      en: Questions?\n      de: **Fragen?**",
            '25:11: a text that starts with "*" must stand in quotes',
        ),
        (
            "    tease:\n      en: Questions?\n      de: % Fragen",
            '25:11: a text that starts with "%" must stand in quotes',
        ),
        (
            "    tease:\n      en: Questions?\n      de: 'Wie geht's?'",
            '25:21: the text goes on after this apostrophe; put all of it in "double quotes"',
        ),
        (
            "    tease:\n      en: Questions?\n      de: Fragen {email}?",
            '25:11: warning: visitors see {email} as it stands; an answer is written "{{ email }}"',
        ),
        (
            "    tease:\n      en: Questions?\n      de: See [here](https://example.com)",
            '25:11: warning: texts are shown as they are, with all [ ]( ) and **: write the address alone, use "links:", or leave the signs out',
        ),
        (
            "    tease:\n      en: Questions?\n      de: |Fragen?",
            "25:12: after | or > the text begins in the next line, indented",
        ),
        (
            "    tease: {en: Hi, de: Hallo}\n    choices: [{label: Prices, go: prices}]",
            "24:15: a teaser's choice is its words alone: they begin the talk, and lead where they lead there",
        ),
        (
            "    tease: {en: Hi, de: Hallo}\n    choices: [Prices: {go: prices}]",
            "24:15: a teaser's choice is its words alone: they begin the talk, and lead where they lead there",
        ),
        (
            "    tease: {en: Hi, de: Hallo}\n    choices: [A, B, C, D, E]",
            "24:14: a teaser has room for 4 choices, these are 5",
        ),
    ],
    "    at_most: [once a visit, 3 times]": [
        ("    at_most: 3", '24:14: "3" is not how often, did you mean "3 times"?'),
        ("    at_most: once per session", '24:14: "once per session" is not how often, did you mean "once per visit"?'),
        ("    at_most: 1x", '24:14: "1x" is not how often, did you mean "once"?'),
        (
            "    at_most: once a week",
            '24:14: "once a week" is not how often; write "once a visit", "twice a day" or "3 times"',
        ),
    ],
    "    until: engaged": [
        ("    until: clicked", '25:12: unknown end "clicked", did you mean "engaged"?'),
        ("    until: yes", '25:12: unknown end "yes"; there are shown, closed, engaged'),
        ("    open: yes", '25:5: either "tease" or "open": a chat that opens needs no teaser'),
        ("    open: maybe", '25:11: "open" is yes or no, not "maybe"'),
        ("    wait: 5", '25:11: "5" is no duration; write its unit, such as "5 seconds"'),
    ],
    "  - name: prices": [
        (
            "  - name: Prices & more",
            '19:11: "Prices & more" is no name for a teaser: use small letters, digits, - and _',
        ),
        (
            "  name: prices",
            "20:10: this line belongs to the text above it; indent it like its neighbours, or if it is text, put the text in quotes or use |",
        ),
    ],
    "attract:\n  - name: prices": [
        ("attract:\n    name: prices", '19:5: "attract" needs a list, each entry on a line with "- "'),
    ],
    "attract:": [
        ("Attract:", '18:1: a script has no "Attract", did you mean "attract"?'),
        ("teasers:", '18:1: a script has no "teasers", did you mean "attract"?'),
    ],
    '  accent: "#0b6b57"': [
        ("  accent: #0b6b57", '8:3: "#" begins a comment in YAML; put the colour in quotes: accent: "#0b6b57"'),
        ('  accent: "#0b6b5"', '8:11: "#0b6b5" is no colour; after its # it has 3 or 6 of 0-9 and a-f, not 5'),
        ("  accent: grün", '8:11: "grün" is no colour, did you mean "green"?'),
        ("  accent: teel", '8:11: "teel" is no colour, did you mean "teal"?'),
        ("  accent: rgb(1, 2, 3)", '8:11: "rgb(1, 2, 3)" is no colour, did you mean "#010203"?'),
        ('  color: "#0b6b57"', '8:3: "look" has no "color", did you mean "accent"?'),
        ("  accent: [red]", '8:11: "accent" needs a text, not a list; if it is one, put it in quotes'),
    ],
    "  radius: 12px": [
        ("  radius: 12,5px", '9:11: "radius" is a number of pixels from 0 to 40, such as 12px, not "12,5px"'),
        ("  radius: 50%", '9:11: "radius" is a number of pixels from 0 to 40, such as 12px, not "50%"'),
        ("  font: Inter; color: red", "9:21: a colon in a text: put the text in quotes or use |"),
    ],
    'look:\n  accent: "#0b6b57"': [
        ('look:\n- accent: "#0b6b57"', '8:1: "look" needs entries (key: value), not a list'),
    ],
    "page_acts: [calculator, video]": [
        ("page_acts: calculator, video", "6:12: several stand in brackets: page_acts: [calculator, video]"),
        (
            "page_acts: [price calculator]",
            '6:12: "price calculator" is no name for an act, did you mean "price_calculator"?',
        ),
        ("page_act: [calculator]", '6:1: a script has no "page_act", did you mean "page_acts"?'),
        ("page_acts: {calculator: 5}", '6:12: "page_acts" needs a list, each entry on a line with "- "'),
        ("page_acts: [page.calculator]", '6:12: "page.calculator" is no name for an act, did you mean "calculator"?'),
    ],
    "doors: [prices]": [
        ("doors: [pries]", '17:9: unknown step "pries", did you mean "prices"?'),
        ("door: [prices]", '17:1: a script has no "door", did you mean "doors"?'),
        ("doors: {prices: demo}", '17:8: "doors" needs a list, each entry on a line with "- "'),
    ],
    "types: [pdf, image], largest: 10 MB": [
        (
            "types: [pdf, jpg], largest: 10 MB",
            '12:78: "types": unknown kind of file "jpg", or the ending ".jpg"; there are image, pdf, document, spreadsheet, audio, video, archive, and endings such as .dwg',
        ),
        (
            "types: [PDF, images], largest: 10 MB",
            '12:78: "types": unknown kind of file "images", did you mean "image"?',
        ),
        (
            "types: pdf, image, largest: 10 MB",
            '12:77: a comma inside { } begins a new entry, here "image"; put a text in quotes, or several entries in [ ]',
        ),
        (
            "types: [pdf], largest: 10",
            '12:88: "largest": must be a size with its unit, such as 10 MB or 500 KB, not "10"',
        ),
        ("types: [pdf], largest: 10,5 MB", '12:88: a comma inside { } begins a new entry; write "largest: 10.5 MB"'),
        (
            "types: [pdf], largest: 10 megabytes",
            '12:88: "largest": must be a size with its unit, such as 10 MB or 500 KB, not "10 megabytes"',
        ),
        ("type: [pdf]", '12:65: "type" is here twice; the first one is in line 12'),
        ("accept: [pdf]", '12:65: "file" has no option "accept", did you mean "types"?'),
        ("types: [pdf], max: 10 MB", '12:79: "file" has no option "max", did you mean "largest"?'),
    ],
    "brief: {type: file,": [
        ("brief: {type: upload,", '12:17: unknown type "upload", did you mean "file"?'),
        ("brief: {type: files,", '12:17: unknown type "files", did you mean "file"?'),
    ],
    "      - {label: {en: Prices, de: Preise}, url: https://example.com/prices}": [
        (
            "      - https://example.com/prices",
            "37:9: a link is written {label: Prices, url: https://example.com/prices}",
        ),
        (
            "      - Prices: https://example.com/prices",
            "37:9: a link is written {label: Prices, url: https://example.com/prices}",
        ),
        (
            "      - {label: Prices, url: www.example.com}",
            '37:30: "www.example.com" is no link: write "https://www.example.com"',
        ),
        (
            "      - [Prices](https://example.com)",
            "37:9: a link is written {label: Prices, url: https://example.com}; if this is text, put all of it in quotes",
        ),
    ],
    "    links:\n      - {label: {en: Prices, de: Preise}, url: https://example.com/prices}": [
        (
            "    links: {label: {en: Prices, de: Preise}, url: https://example.com/prices}",
            '36:12: "links" needs a list, each entry on a line with "- "',
        ),
        ("    link: https://example.com/prices", '36:5: "say" has no "link", did you mean "links"?'),
    ],
    "title: {en: The shop, de: Der Laden}": [
        (
            "title: The shop",
            '2:1: warning: texts are missing in "de" in line 2; visitors see them in the script\'s own language',
        ),
        ("title: {de: Der Laden}", '2:8: the text is missing in the script\'s own language, "en"'),
        (
            'title: {en: "{{ bot_name }} asks", de: Der Laden}',
            "2:13: warning: visitors see {{ bot_name }} as it stands: nothing is filled in here",
        ),
        ("title: The shop\nprogress: 50%", '3:11: "progress" is yes or no, not "50%"'),
        ("title: The shop\nprogress: bar", '3:11: "progress" is yes or no, not "bar"'),
        ("title: The shop\nindexed: on please", '3:10: "indexed" is yes or no, not "on please"'),
        ("title: Shop: the best", "2:12: a colon in a text: put the text in quotes or use |"),
        ("title: The shop\nprogres: true", '3:1: a script has no "progres", did you mean "progress"?'),
        (
            "title: The shop\ndescription: [a, b]",
            '3:14: "description" needs a text, not a list; if it is one, put it in quotes',
        ),
        ("title: The shop\ntitle: Another", '3:1: "title" is here twice; the first one is in line 2'),
        (
            "title: {en: The shop, de: Der Laden}\ndescription: {en: All of it, fr: Tout}",
            '3:30: "fr" is none of the script\'s languages (en, de); add it to "languages:"',
        ),
    ],
    "file: guide.pdf}": [
        (
            "file: guide.pdf, in_messengers: links}",
            "16:90: \"links\" is not possible for \"in_messengers\"; it may be 'file' or 'link'",
        ),
        (
            "file: guide.pdf, in_messengers: yes}",
            "16:90: \"yes\" is not possible for \"in_messengers\"; it may be 'file' or 'link'",
        ),
        ("file: guide.pfd}", '16:3: there is no file files/guide.pfd, did you mean "guide.pdf"?'),
        ("file: files/guide.pdf}", '16:3: there is no file files/files/guide.pdf, did you mean "guide.pdf"?'),
        (
            "file: guide.pdf, expires: 30}",
            '16:84: "expires": a duration is written "30 seconds", "10 minutes", "2 hours", "3 days", "2 weeks" or "1 month", not "30"',
        ),
        (
            "file: guide.pdf, in_messenger: link}",
            '16:75: a lead magnet of kind "file" has no option "in_messenger", did you mean "in_messengers"?',
        ),
    ],
    "    alt: {en: A chart, de: Ein Diagramm}": [
        ("    alt_text: A chart", '35:5: "say" has no "alt_text", did you mean "alt"?'),
        (
            "    alt: {en: A chart}",
            '31:5: warning: texts are missing in "de" in line 31; visitors see them in the script\'s own language',
        ),
        (
            "    alt:",
            '35:5: nothing is written after "alt:"; say what the picture shows, or write alt: "" if it only decorates',
        ),
        ("    Alt: A chart", '35:5: "say" has no "Alt", did you mean "alt"?'),
        ("    alt: A chart: half", "35:17: a colon in a text: put the text in quotes or use |"),
    ],
    "    picture: chart.png": [
        (
            "    picture: pictures/chart.png",
            '34:14: "pictures/chart.png" is no picture: write "chart.png" alone, and put the file into the folder "pictures" beside the script',
        ),
        ("    picture: charts.png", '31:5: warning: there is no file pictures/charts.png, did you mean "chart.png"?'),
        (
            "    picture: http://example.com/a.png",
            '34:14: "http://example.com/a.png" is no picture: it is shown in pages with https, so its address begins with https:// too',
        ),
        (
            "    picture: {file: chart.png, alt: A chart}",
            '34:14: a picture is named on one line, "picture: chart.png", and "alt: …" stands in the next',
        ),
        ("    image: chart.png", '34:5: "say" has no "image", did you mean "picture"?'),
        (
            "    picture: [chart.png, b.png]",
            '34:14: "picture" needs a text, not a list; if it is one, put it in quotes',
        ),
        (
            "    picture: C:\\\\Users\\\\Mia\\\\chart.png",
            '34:14: "C:\\\\Users\\\\Mia\\\\chart.png" is no picture: write "chart.png" alone, and put the file into the folder "pictures" beside the script',
        ),
    ],
    "languages: [en, de]": [
        ("languages: en, de", "4:12: several stand in brackets: languages: [en, de]"),
        ("languages: {en: English, de: Deutsch}", '4:12: "languages" needs a list, each entry on a line with "- "'),
    ],
    "language: en": [
        ("language: English", '3:11: "English" is no language, did you mean "en"?'),
        ("language: EN", '3:11: "EN" is no language, did you mean "en"?'),
        ("language: [en, de]", '3:11: "language" needs a text, not a list; if it is one, put it in quotes'),
    ],
    "  - end: {en: Bye, de: Tschüss}": [
        (
            "  - end: {en: Bye, du: Tschüss}",
            '42:20: "du" is none of the script\'s languages (en, de); add it to "languages:"',
        ),
        (
            "  - end: {en: Bye; de: Tschüss}",
            "42:22: inside { } and [ ], a text that holds , : { } [ or ] must stand in quotes",
        ),
        ("  - end: {en: Bye, de: Tschüss", "42:10: this { is never closed"),
        (
            "  - end:\n      - en: Bye\n      - de: Tschüss",
            '43:7: languages stand without "- ": each on a line, such as "en: Hello!"',
        ),
        (
            "  - end: en: Bye",
            '42:12: a colon in a text: put the text in quotes or use |; or if "en" is a key, in braces: {en: Bye}',
        ),
        ("  -end: Bye", '42:3: a space is missing after the dash: "- end: Bye"'),
        ("  end: Bye", '42:3: this line stands among others that begin with "- "; add the dash, or indent it further'),
        ("  - end: 'It's over'", '42:14: the text goes on after this apostrophe; put all of it in "double quotes"'),
    ],
    "steps:": [
        ("step:", '26:1: a script has no "step", did you mean "steps"?'),
    ],
    "  - offer: guide": [
        ("  - give: guide", '40:5: unknown kind of step "give", did you mean "offer"?'),
        ("  - offer: guide.pdf", '40:12: unknown lead magnet "guide.pdf", did you mean "guide"?'),
    ],
    "  - ask: brief": [
        ("  - ask: breif", '38:10: unknown field "breif", did you mean "brief"?'),
        ("  - ask: brief\n    otional: yes", '39:5: "ask" has no "otional", did you mean "optional"?'),
    ],
    '    when: plan == "free"': [
        ("    when: plan = free", '33:16: "=" has no meaning here: write == to compare'),
        ("    when: plan == free", '33:19: unknown field "free": a text stands in quotes, "free"'),
    ],
    "persona: {name: Mia}": [
        ("persona: {name: Mia, image: mia.png}", '5:22: the persona has no "image", did you mean "picture"?'),
    ],
}
"""What is in the script, and instead of it each slip with what is said, as ``line:column: message``."""


def told(folder: Path, script: str) -> list[str]:
    """Everything that is said of a script beside its guide and its chart."""
    for name in ("files/guide.pdf", "pictures/chart.png"):
        (folder / name).parent.mkdir()
        (folder / name).write_bytes(b"there")
    path = folder / "shop.yaml"
    path.write_text(script, "utf-8")
    problems = load_with_files(path, "shop.yaml", MAGNET_OPTIONS, today=date(2026, 11, 29)).problems
    return [str(one).removeprefix("shop.yaml:") for one in problems]


def test_without_a_mistake_nothing_is_said(tmp_path: Path) -> None:
    assert told(tmp_path, SHOP) == []


@pytest.mark.parametrize(
    ("right", "wrong", "said"), [(right, *slip) for right, slips in MISTAKES.items() for slip in slips]
)
def test_a_mistake_is_named_once_where_it_stands_and_with_what_was_meant(
    tmp_path: Path, right: str, wrong: str, said: str
) -> None:
    assert SHOP.count(right) == 1
    assert told(tmp_path, SHOP.replace(right, wrong)) == [said]


@pytest.mark.parametrize(
    ("right", "other"),
    [
        ("doors: [prices]", "doors: prices"),
        ('accent: "#0b6b57"', "accent: 0b6b57"),
        ("pages: [/pricing*]", "pages: shop.example.com/preise/*"),
        ("visit: returning", "visit: 2 or more"),
        ("until: engaged", "wait: 1.5 minutes"),
        ("hours: open", "language: no"),  # Norwegian, not a no.
        ("url: https://example.com/prices", "url: mailto:mia@example.com"),
        ("pages: [/pricing*]", "pages: /pricing,all"),
        ("{free: Free, pro: Pro}", "{free: 1,2: Two}"),
        ("steps:\n", "progress: on\nsteps:\n"),
    ],
)
def test_what_may_be_written_otherwise_is_no_mistake(tmp_path: Path, right: str, other: str) -> None:
    assert told(tmp_path, SHOP.replace(right, other)) == []
