"""Scripts that the engine's tests talk to."""

GUIDE = """
dialog: guide
title: The guide
language: en
languages: [en, de]
persona: {name: Mia}
fields:
  first_name: {type: name, label: First name}
  email: {type: email, label: {en: E-mail, de: E-Mail}, why: It is where the guide goes.}
  team_size: {type: number, label: Team size, min: 1, max: 100000}
  crm: {type: text, label: Present CRM}
  timeline:
    type: choice
    label: Timeline
    options: {now: This month, quarter: This quarter, later: Just looking}
magnets:
  guide: {kind: link, title: The guide, url: https://example.com/guide.pdf}
steps:
  - say: {en: Shall I send you the guide?, de: Soll ich Ihnen den Leitfaden schicken?}
    choices:
      - {label: {en: "Yes, please", de: "Ja, bitte"}, key: "yes"}
      - I have a question: {go: questions}
  - ask: first_name
    text: {en: What may I call you?, de: Wie darf ich Sie nennen?}
  - ask: email
    text: Where shall it go, {{ first_name }}?
    attempts: {most: 3, then: {go: goodbye}}
  - consent: keep_in_touch
    text: May we write to you now and then?
  - offer: guide
    text: Here it is.
  - ask: team_size
    text: How many people would use it?
  - when: team_size < 50
    go: timing
  - say: For a team of {{ team_size }} there is an enterprise plan.
  - ask: crm
    text: Which CRM do you have now?
    optional: true
  - step: timing
    ask: timeline
    text: When would you like to start?
  - end: Enjoy the guide, {{ first_name }}!
  - step: questions
    say: Just ask.
    choices:
      - Back to the guide: {go: back_again}
  - step: back_again
    ask: first_name
  - step: goodbye
    end: Another time, then.
scoring:
  fit:
    cap: 60
    rules:
      - {when: team_size >= 50, points: 30, because: Team of 50 or more}
      - {when: timeline == "now", points: 40, because: Wants to start now}
      - {when: free_mail(email), points: -10, because: Private address}
  engagement:
    cap: 40
    half_life: 30 days
    rules:
      - {on: guide.opened, points: 10, because: Opened the guide}
      - {on: visit, points: 2, most: 3, because: Came back}
stages:
  warm: engagement >= 10
  mql: fit >= 50 and engagement >= 10
handoff:
  - {when: stage == "mql", to: sales, because: Ready to buy, say: I am calling a colleague.}
faq:
  - ask: [Is there a free plan?, Do you have a free version]
    say: Yes, for teams of up to three.
"""


def script(steps: str, *, fields: str = "", more: str = "") -> str:
    """A small script around ``steps``; ``fields`` and ``more`` are YAML too."""
    lines = "".join(f"  {line}\n" for line in steps.strip("\n").splitlines())
    declared = "".join(f"  {line}\n" for line in fields.strip("\n").splitlines())
    return "dialog: small\ntitle: Small\n" + (f"fields:\n{declared}" if fields else "") + f"steps:\n{lines}{more}\n"
