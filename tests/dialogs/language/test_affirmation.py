"""Whether people are heard right when they say yes, no, or something in between."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dialogs.language.affirmation import Stance, polarity, stance

YES = """
ok our team does that|what you said is true|definitely a thing for our team|yes|Yes, that sounds great.
|Sure, please go ahead and book it|That works|that's perfect|yeah sure|yup|ofcourse|hell yes|i would say yes
|that is correct|for sure|absolutely, affirmative|why not|why not?|no problem|not bad|I don't mind|yesss|suuure
|definately|👍|👍🏽|uh-huh|I'd like that|go ahead and reserve the table|That's right. What is the address?
|Sure, can you do that for me?|you are right|I do|it is|absolutely I was waiting for it|count me in
|no doubt about it|I have no objection|as you said, yes|ja|Ja, gerne|klar|na klar|auf jeden Fall
|das passt mir gut|kein Problem|warum nicht|das würde ich gerne|sí|claro que sí|vale|por supuesto|me parece bien
|por qué no|oui|d'accord|bien sûr|ça marche|pourquoi pas|I can't say no|I'd never say no to that|who could say no
|I don't see a problem with that|that won't be a problem|no harm in trying|I see no reason not to|yeah, no worries
|why wouldn't I|it'd be silly not to|technically yes|no, I mean yes|we already do|there is one|damn straight
|not gonna lie, yes|defo|I'm willing|no veo por qué no|no puedo decir que no|je ne dis pas non
|da sage ich nicht nein|keine schlechte Idee|klappt|venga, va|je ne dirais pas non
"""
NO = """
no|No, that's all I need.|Nope, I'm good|Actually no|I'd rather not|not really|no thanks|nah|no way
|absolutely not|don't like that|negative|no indeed|it's false|i'd say no|I don't think so|that can't be true
|nooo|👎|No, that's perfect, thanks|Great, no thanks.|okay, no thanks|No, I want it for 3 people|No, maybe later
|that's all, thanks|I do not need it|I'm not interested|not right now|definitely false|im not interested
|that's not what i want|of course not|nö|lieber nicht|auf keinen Fall|das stimmt nicht|gefällt mir gar nicht
|im Moment nicht|kein Interesse|certainly not in this weather|I don't think that's a good idea|natürlich nicht
|para nada|no quiero|claro que no|creo que no|no me interesa|non merci|pas du tout|je ne veux pas
|certainement pas|ce n'est pas vrai|ça ne me plaît pas|afraid not|heavens no|technically no|yes... I mean no
|we have no budget|there is no budget|definitely a no|like hell I will|that's a problem|she doesn't|it wasn't
|too expensive|leave me alone|it's fine, don't bother|thanks anyway|almost never|not gonna lie, no|no, try again
|geht leider nicht|haben wir noch nicht|wir haben keine|supongo que no|nous n'en avons pas|on n'a pas
"""
NEITHER = """
maybe|I don't know|later|maybe later|I'm not sure|it depends|yes and no|yes but no|no, yes|no, go ahead
|no, I do want it|yes that is not correct|no that is correct|I said yes but I meant no
|sounds good but I don't want it|👍👎|could be|idk|what is the weather|tell me a joke|how do i change my oil
|is it true|can i say no|are you a robot|hello|thanks|yes?|ok google what is the weather|what does no mean
|i have no internet connection|my card is not working|i love you|you are great|never mind|no more than 20 people
|i don't get it|we are a team of five|ada@example.com|not a yes|sounds good to everyone not here|not my bad
|sounds good to everyone who is not me or you|I'm not too certain|nothing is great|that is never not true
|not right now or never wrong|vielleicht|weiß nicht|jein|mal sehen|was kostet das?|tal vez|no sé|no entiendo
|peut-être|je ne sais pas|ça dépend||...|yes@yes.com|No. 5 Main Street|cool, what else do you have?
|I'm fine, how are you?|not bad, and you?|I want something else|kind of|not entirely|I'd rather not say|yeah right
|I'm good at this|sure enough it broke|no habla inglés|we have no internet at the office today|not so fast
|happy to hear that from you. and you?
"""


def phrases(text: str) -> list[str]:
    return text.replace("\n", "").split("|")


@pytest.mark.parametrize("text", phrases(YES))
def test_a_yes_is_heard_as_yes(text: str) -> None:
    assert polarity(text, "en") is True


@pytest.mark.parametrize("text", phrases(NO))
def test_a_no_is_heard_as_no(text: str) -> None:
    assert polarity(text, "en") is False


@pytest.mark.parametrize("text", phrases(NEITHER))
def test_what_is_no_answer_is_taken_for_none(text: str) -> None:
    assert polarity(text, "en") is None


@pytest.mark.parametrize("text", ["yes and no", "yes, no", "no, I do want it", "yes, I don't agree", "👍👎"])
def test_a_yes_beside_a_no_is_called_mixed_or_unsure_but_never_decided(text: str) -> None:
    heard = stance(text, "en")
    assert heard.says is None


def test_a_contradiction_is_told_from_silence() -> None:
    assert stance("yes, I don't want it", "en").mixed
    assert not stance("what is the weather", "en").mixed


@pytest.mark.parametrize("text", ["why not", "I guess so", "i guess yes", "nice", "not bad", "please", "pourquoi pas"])
def test_a_shrug_is_a_yes_but_not_a_clear_one(text: str) -> None:
    assert stance(text, "en") == Stance(True, clear=False)


@pytest.mark.parametrize("text", ["yes", "ok", "sure, why not", "I agree", "great", "ja", "go ahead"])
def test_an_outright_yes_is_clear(text: str) -> None:
    assert stance(text, "en") == Stance(True)


@pytest.mark.parametrize("text", ["maybe", "later", "I don't know", "vielleicht", "no sé", "ça dépend"])
def test_not_knowing_is_told_from_saying_nothing(text: str) -> None:
    assert stance(text, "en") == Stance(None, unsure=True)
    assert not stance("what is the weather", "en").unsure


def test_ne_is_a_no_in_german_and_a_particle_in_french() -> None:
    assert polarity("ne, danke", "de") is False
    assert polarity("ne, danke", "fr") is None


@pytest.mark.parametrize("text", ["yes " * 1000, "yes " * 370 + "." * 30, "no. " * 300])
def test_a_story_is_not_an_answer_even_if_it_begins_with_yes(text: str) -> None:
    assert polarity(text + "." * 200, "en") is None


@settings(deadline=None)
@given(st.text(max_size=300))
def test_any_text_is_survived(text: str) -> None:
    assert polarity(text, "en") in {True, False, None}


@settings(deadline=None)
@given(st.lists(st.sampled_from([*phrases(YES), *phrases(NO), *phrases(NEITHER), "but", ",", "not"]), max_size=8))
def test_any_mix_of_answers_is_survived(parts: list[str]) -> None:
    assert polarity(" ".join(parts), "de") in {True, False, None}


@settings(deadline=None)
@given(st.sampled_from(phrases(YES)), st.sampled_from(phrases(NO)))
def test_a_yes_followed_by_a_no_is_never_a_yes(yes: str, no: str) -> None:
    assert polarity(f"{yes}. {no}", "en") is not True
