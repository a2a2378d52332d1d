"""Every question type: one file and one line each."""

from typing import Any

from dialogs.questions.base import QuestionType
from dialogs.questions.choice import ChoiceQuestion
from dialogs.questions.choices import ChoicesQuestion
from dialogs.questions.company import CompanyQuestion
from dialogs.questions.consent import ConsentQuestion
from dialogs.questions.date import DateQuestion
from dialogs.questions.date_time import DateTimeQuestion
from dialogs.questions.duration import DurationQuestion
from dialogs.questions.email import EmailQuestion
from dialogs.questions.file import FileQuestion
from dialogs.questions.money import MoneyQuestion
from dialogs.questions.name import NameQuestion
from dialogs.questions.number import NumberQuestion
from dialogs.questions.phone import PhoneQuestion
from dialogs.questions.rating import RatingQuestion
from dialogs.questions.text import TextQuestion
from dialogs.questions.time import TimeQuestion
from dialogs.questions.website import WebsiteQuestion
from dialogs.questions.yes_no import YesNoQuestion

QUESTION_TYPES: dict[str, QuestionType[Any]] = {
    "text": TextQuestion(),
    "name": NameQuestion(),
    "email": EmailQuestion(),
    "phone": PhoneQuestion(),
    "company": CompanyQuestion(),
    "website": WebsiteQuestion(),
    "number": NumberQuestion(),
    "money": MoneyQuestion(),
    "choice": ChoiceQuestion(),
    "choices": ChoicesQuestion(),
    "yes_no": YesNoQuestion(),
    "date": DateQuestion(),
    "time": TimeQuestion(),
    "datetime": DateTimeQuestion(),
    "duration": DurationQuestion(),
    "rating": RatingQuestion(),
    "consent": ConsentQuestion(),
    "file": FileQuestion(),
}
"""By the word in scripts: ``type: email``."""
