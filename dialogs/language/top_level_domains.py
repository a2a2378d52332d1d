"""What may stand behind the last dot of a domain: countries, the common general endings, and what never does."""

from dialogs.language.vocabulary import word_set

COUNTRIES = word_set(
    """
    ac ad ae af ag ai al am ao aq ar as at au aw ax az ba bb bd be bf bg bh bi bj bm bn bo br bs bt bw by bz ca cc
    cd cf cg ch ci ck cl cm cn co cr cu cv cw cx cy cz de dj dk dm do dz ec ee eg er es et eu fi fj fk fm fo fr ga
    gd ge gf gg gh gi gl gm gn gp gq gr gs gt gu gw gy hk hm hn hr ht hu id ie il im in io iq ir is it je jm jo jp
    ke kg kh ki km kn kp kr kw ky kz la lb lc li lk lr ls lt lu lv ly ma mc md me mg mh mk ml mm mn mo mp mq mr ms
    mt mu mv mw mx my mz na nc ne nf ng ni nl no np nr nu nz om pa pe pf pg ph pk pl pm pn pr ps pt pw py qa re ro
    rs ru rw sa sb sc sd se sg sh si sk sl sm sn so sr ss st su sv sx sy sz tc td tf tg th tj tk tl tm tn to tr tt
    tv tw tz ua ug uk us uy uz va vc ve vg vi vn vu wf ws ye yt za zm zw
    """
)
"""Country endings in use."""

GENERAL = word_set(
    """
    com net org edu gov mil int biz info name pro aero coop museum jobs mobi travel tel cat asia post app dev tech
    cloud online site website store shop blog agency company digital design studio solutions software systems
    services consulting group team work works world global international network academy education school
    university training institute center media news press marketing social community club life live love fun games
    game music video film photo photos photography art gallery fashion style beauty salon fitness health care
    clinic dental doctor energy solar green eco bio farm garden food restaurant cafe coffee bar pub pizza kitchen
    wine beer hotel holiday vacations tours flights cruises auto cars taxi bike homes house properties realty
    estate immo immobilien haus construction builders repair plumbing tools parts supply equipment industries
    engineering technology computer host hosting domains email chat link click page space zone xyz top vip one
    plus best expert guru ninja rocks cool today now city town berlin hamburg koeln cologne bayern nrw ruhr
    saarland wien tirol swiss zuerich paris bzh alsace corsica madrid barcelona gal eus london scot wales cymru
    irish nyc boston miami vegas tokyo amsterdam brussels vlaanderen gent moscow istanbul africa capetown joburg
    durban lat legal law lawyer attorney tax finance financial fund capital bank insurance insure credit loans
    money cash exchange market trade trading ventures partners holdings management enterprises business gmbh ltd
    inc llc limited sarl srl kaufen versicherung versicherungen reise reisen schule gratis foundation charity ngo
    ong church bible family kids baby pet dog horse ski golf run football soccer hockey tennis yoga dance theater
    tickets events wedding party gifts flowers jewelry watches shoes clothing boutique sale deals discount
    bargains promo reviews guide directory wiki science bot io ai cam moda viajes tienda abogado casa futbol amor
    soy uno maison voyage okinawa google amazon apple microsoft bmw sap
    """
)
"""General endings often seen; there are many more."""

FILE_ENDINGS = word_set(
    """
    txt pdf doc docx xls xlsx ppt pptx odt csv json xml yml yaml toml html htm php asp aspx jsp js ts css jpg jpeg
    png gif svg webp mp3 mp4 avi exe dll bat cmd bin iso rar tar gz log sql cpp java jar class
    """
)
"""Endings of files, which are no domains."""

RESERVED = word_set(
    """
    local localhost localdomain lan home internal intranet corp private test invalid onion arpa example
    """
)
"""Endings that no public address has."""


def is_usual(ending: str) -> bool:
    """Whether a lower-case ending is one people have websites under, as far as is known here."""
    return ending in COUNTRIES or ending in GENERAL
