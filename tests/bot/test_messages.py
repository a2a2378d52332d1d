"""Messages as clients get them."""

from bot.messages import dump_input
from dialogs.questions.rating import RatingOptions, RatingQuestion


def test_a_scale_from_zero_begins_at_zero() -> None:
    asked = RatingQuestion().input(RatingOptions(min=0, max=10), "en")
    told = dump_input(asked)
    assert (told["minimum"], told["maximum"]) == (0, 10)
    assert [option.key for option in asked.options] == [str(point) for point in range(11)]
    assert "optional" not in told and "placeholder" not in told
