"""The world's money: ISO 4217 codes, signs, and what people call it in four languages, folded."""

from collections.abc import Mapping
from fractions import Fraction
from typing import NamedTuple

from dialogs.language.vocabulary import word_set

CODES = word_set(
    "AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF "
    "CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG "
    "HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA "
    "MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD "
    "RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX "
    "USD UYU UZS VES VND VUV WST XAF XCD XCG XOF HRK XPF YER ZAR ZMW ZWG"
)
"""Every currency in use, and some lately withdrawn."""

WORDLIKE_CODES = word_set("ALL TRY TOP CUP MAD NAD GEL PEN SOS RON BAM ANG BOB MOP MUR COP DOP LAK SAR SEK TND CAD MOP")
"""Codes that are words as well: only meant where they are written in capitals."""

THREE_DECIMALS = word_set("BHD IQD JOD KWD LYD OMR TND")
NO_DECIMALS = word_set("BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF")


def _pairs(*lines: str) -> dict[str, str]:
    """ "a|b=X c=Y" as a mapping; ``_`` stands for a space."""
    entries: dict[str, str] = {}
    for pair in " ".join(lines).split():
        names, _, meaning = pair.rpartition("=")
        entries.update((name.replace("_", " "), meaning) for name in names.split("|"))
    return entries


COUNTRIES: Mapping[str, str] = _pairs(
    "us|usa|u.s.|u.s|american|americano|amerikanisch|estadounid|united_states|estados_unidos|etats-unis=US",
    "canad|kanad|cdn=CA austral|aussie=AU hong_kong|hongkong|hong-kong=HK singap=SG taiwan|nt|new_taiwan=TW",
    "new_zealand|neuseel|neozel=NZ",
    "neo-zel|kiwi|nouvelle-zelande=NZ mexic|mexik|mejic=MX argentin=AR chilen|chili|chile=CL colomb|kolumb=CO urug=UY",
    "filip|philip=PH domin=DO cuban|kuban|cuba=CU swiss|schweiz|suiz|suiss=CH sterling|brit|engl|uk|gb=GB",
    "egypt|agypt|egipc|egipto=EG leban|liban=LB syri|siri=SY south_sudan|sursudan|sudsudan=SS sudan|soudan=SD",
    "falkland|malvin=FK gibraltar=GI st_helena|saint_helena=SH swed|schwed|suec|suedo|suede=SE norw|norueg|norveg=NO",
    "danish|danisch|danes|danois|denmark|dinamarca|danemark|daner=DK iceland|island=IS czech|tschech|chec|tcheq=CZ",
    "indian|indisch|india|indien|inde|indias|hindu=IN pakist|paquist=PK sri_lank|srilank=LK nepal=NP",
    "mauriti|maurici=MU",
    "seychell=SC indones=ID saudi|saud=SA omani|oman=OM qatar|katar|catar=QA yemen|jemen=YE iran=IR iraq|irak=IQ",
    "jordan|jordanien=JO kuwait|koweit=KW bahrain|bahrein|barein=BH tunis|tunec=TN",
    "algeri|argelin|alger=DZ liby|libi=LY",
    "serb=RS macedon|mazedon=MK emirat|uae|emirates|emiratos=AE moroc|marok|marroq|maroc=MA turk|turc|turqu=TR",
    "russ|ruso|rusa|rusia=RU belar|weissruss|bielorr|bieloruss=BY ukrain|ucran=UA japan|japon=JP chin=CN",
    "north_korea|nordkorea|norcorea|nord-core=KP korea|korean|corea|coree|sudkorea|surcorea|sud-core|south_korea=KR",
    "kenya|kenia|kenyan=KE tanzan|tansan=TZ ugand|ougand=UG somal=SO bulgar=BG",
    "roman|ruman|rumen|roumain=RO moldov|moldau=MD",
    "polish|polnisch|polaco|polonais|polon=PL hungar|ungar|hongr=HU israel|new_israel=IL",
    "brazil|brasil|bresil=BR peru|perou=PE",
    "boliv=BO venez|venes=VE costa_ric|costarr=CR paragu=PY guatem=GT hondur=HN nicarag=NI jamaic|jamaik=JM barbad=BB",
    "baham=BS trinidad=TT beliz=BZ bermud=BM fiji|fidji|fidsch=FJ guyan=GY liber=LR namib=NA surinam=SR",
    "zimbabw=ZW brunei=BN",
    "cayman|kaiman|caiman=KY east_carib|eastern_carib|ostkarib=XC solomon=SB zambi|sambi=ZM malawi=MW",
    "nigeri=NG ghana=GH",
    "south_afric|sudafric|sudafrik|sud-afric=ZA ethiop|athiop|etiop=ET cfa=XO west_african=XO",
    "central_african=XA cfp=XP",
    "congol|kongol=CD rwand|ruand=RW burund=BI guine=GN djibout|dschibut|yibut=DJ comor|komor=KM",
    "lao|laot=LA malays|malas=MY",
    "afghan|afgan=AF albani=AL armeni=AM azerbai|aserbai=AZ turkmen=TM bangladesh=BD bhutan=BT botswan=BW",
    "cambod|kambod=KH",
    "cape_verde|cabo_verd=CV georgi=GE haiti=HT kazakh|kasach|kazaj=KZ kyrgyz|kirg=KG mongol=MN myanm|burm|birm=MM",
    "mozamb|mosamb=MZ thai|tailand|thailand=TH tajik|tadsch=TJ tonga=TO samoa=WS uzbek|usbek=UZ viet=VN",
    "vanuat=VU macau|macan|macao=MO",
    "gambi=GM lesoth=LS madagas|malagas=MG maldiv=MV maurit=MR papua=PG sierra_leon=SL swazi|eswat=SZ",
    "angol=AO aruba=AW",
    "panam=PA eritre=ER bosni=BA croat|kroat=HR",
)
"""How words for a country begin, to its ISO 3166 code (XC, XO, XA, XP for currency areas)."""

_FAMILIES: Mapping[str, Mapping[str, str]] = {
    "dollar": _pairs(
        "=USD US=USD CA=CAD AU=AUD HK=HKD SG=SGD TW=TWD NZ=NZD JM=JMD BB=BBD BS=BSD TT=TTD BZ=BZD BM=BMD FJ=FJD GY=GYD",
        "LR=LRD NA=NAD SR=SRD ZW=ZWG BN=BND KY=KYD XC=XCD SB=SBD",
    ),
    "peso": _pairs("=MXN MX=MXN AR=ARS CL=CLP CO=COP UY=UYU PH=PHP DO=DOP CU=CUP"),
    "franc": _pairs("=CHF CH=CHF XO=XOF XA=XAF XP=XPF CD=CDF RW=RWF BI=BIF GN=GNF DJ=DJF KM=KMF"),
    "pound": _pairs("=GBP GB=GBP EG=EGP LB=LBP SY=SYP SD=SDG SS=SSP FK=FKP GI=GIP SH=SHP"),
    "rupee": _pairs("=INR IN=INR PK=PKR LK=LKR NP=NPR MU=MUR SC=SCR ID=IDR"),
    "dinar": _pairs("=KWD KW=KWD BH=BHD JO=JOD IQ=IQD TN=TND DZ=DZD LY=LYD RS=RSD MK=MKD"),
    "krone": _pairs("=SEK SE=SEK NO=NOK DK=DKK IS=ISK CZ=CZK"),
    "riyal": _pairs("=SAR SA=SAR OM=OMR QA=QAR YE=YER IR=IRR"),
    "rial": _pairs("=IRR IR=IRR OM=OMR QA=QAR YE=YER SA=SAR KH=KHR"),
    "dirham": _pairs("=AED AE=AED MA=MAD"),
    "lira": _pairs("=TRY TR=TRY LB=LBP SY=SYP EG=EGP"),
    "won": _pairs("=KRW KR=KRW KP=KPW"),
    "shilling": _pairs("=KES KE=KES TZ=TZS UG=UGX SO=SOS"),
    "ruble": _pairs("=RUB RU=RUB BY=BYN"),
    "leu": _pairs("=RON RO=RON MD=MDL"),
    "kwacha": _pairs("=ZMW ZM=ZMW MW=MWK"),
    "som": _pairs("=KGS KG=KGS UZ=UZS"),
    "manat": _pairs("=AZN AZ=AZN TM=TMT"),
    "real": _pairs("=BRL BR=BRL"),
    "colon": _pairs("=CRC CR=CRC"),
}
_FAMILY_WORDS: Mapping[str, str] = _pairs(
    "dollar|dollars|dolar|dolares|dollari|dollarn|dolars|buck|bucks|$|k$|m$|usdollar|usdollars|greenbacks=dollar",
    "peso|pesos=peso franc|francs|franken|franco|francos|frank|sfr|fr|frs|stutz=franc",
    "pound|pounds|pfund|libra|libras|livre|livres|£|k£|m£|pound_sterling|pounds_sterling|pfund_sterling|livre_sterling=pound",
    "livres_sterling|libra_esterlina|libras_esterlinas|brit_pounds=pound",
    "rupee|rupees|rupie|rupien|rupia|rupias|roupie|roupies|rs|rs.|re=rupee dinar|dinars|dinare|dinares=dinar",
    "krone|kroner|kronen|krona|kronor|kronur|kronas|crown|crowns|corona|coronas|couronne|couronnes|kr|kr.|koruna|korunas=krone",
    "riyal|riyals|saudiriyal|saudiriyals|sr=riyal rial|rials|riales=rial dirham|dirhams|dh|dhs|dirhem=dirham",
    "lira|liras|lire|lirasi|tl|livre_turque|livres_turques=lira won|wons|₩=won",
    "shilling|shillings|chelin|chelines|shilings|/=|/-=shilling ruble|rubles|rouble|roubles|rubel|rublo|rublos=ruble",
    "leu|lei=leu kwacha|kwachas=kwacha som|soms=som manat|manats=manat real|reals|reais|reales|reaux=real",
    "colon|colones|colons=colon",
)
NAMES: Mapping[str, str] = _pairs(
    "euro|euros|eur|€|eu|eurs=EUR",
    "quid|quids|sterling|gbp|ukp|pound_stirling=GBP yen|yens|yenes|円|japanese_yen=JPY",
    "yuan|yuans|rmb|renminbi|cnh|元|块|人民币|kuai|¥rmb=CNY ¥=JPY ₹|inr=INR",
    "₽|rub|rur|рубль|рубля|рублеи=RUB ₺=TRY ₪=ILS",
    "₫|đ|dong|dongs=VND",
    "₱=PHP ₦|naira|nairas=NGN ₵|gh₵|cedi|cedis=GHS",
    "₴|грн|гривна|гривень|hryvnia|hryvnias|hrivnya|hrywnja|grivna|griwna=UAH ₸|tenge=KZT",
    "₼=AZN ₾|lari|laris=GEL ฿|baht|bahts=THB ₡=CRC ₲|guarani|guaranis|guaranies=PYG",
    "₮|tugrik|tugriks|togrog=MNT ₭|kip|kips=LAK",
    "៛|riel|riels=KHR ֏|dram|drams=AMD ؋|afghani|afghanis=AFN ৳|taka|takas=BDT 원=KRW د.إ=AED",
    "shekel|shekels|shequel|schekel|sheqel|sheqels|nis|siclos=ILS",
    "zł|zl|zloty|zlotys|zlote|zlotych|sloty|zloti|esloti=PLN",
    "kc|czk=CZK ft|forint|forints|florines=HUF лв|lv|lev|levs|leva|lew=BGN kn|kuna|kunas=HRK руб|rubley=RUB",
    "rand|rands=ZAR ringgit|ringgits|rm=MYR rupiah|rupiahs|rp|rp.=IDR real_brasileiro=BRL r$=BRL",
    "s/.|s/|nuevo_sol|nuevos_soles|sol|soles=PEN bs|bs.|boliviano|bolivianos=BOB bolivar|bolivares|bolivars=VES",
    "quetzal|quetzals|quetzales=GTQ lempira|lempiras=HNL cordoba|cordobas=NIO balboa|balboas=PAB gourde|gourdes=HTG",
    "birr|birrs=ETB r=ZAR kwanza|kwanzas=AOA pula|pulas=BWP metical|meticals|meticais=MZN ariary=MGA",
    "dalasi|dalasis=GMD",
    "nakfa|nakfas=ERN",
    "leone|leones=SLE loti|maloti=LSL lilangeni|emalangeni=SZL ouguiya|ouguiyas=MRU kyat|kyats=MMK kina|kinas=PGK",
    "tala|talas=WST vatu|vatus=VUV paanga|pa'anga=TOP pataca|patacas=MOP rufiyaa|rufiyaas=MVR ngultrum|ngultrums=BTN",
    "somoni|somonis=TJS sum|soum=UZS lek|leks=ALL dobra|dobras=STN florin|florins=AWG egyptianpound|egyptianpounds=EGP",
    "convertible_mark|konvertible_mark|konvertible_marka=BAM cfa|fcfa|f_cfa=XOF cve|escudo|escudos=CVE",
    "denar|denars=MKD",
    "us$|$us|usd$|$usd|u.s.$|us_$=USD a$|au$|aud$|$a=AUD c$|ca$|cdn$|can$|cad$|$ca|$cad|cdn=CAD nz$|$nz|nzd$=NZD",
    "hk$|$hk=HKD s$|sg$|sgd$=SGD nt$|twd$|ntd=TWD mx$|mex$|$mx|mxn$=MXN ar$|arg$=ARS cl$|clp$=CLP",
    "co$|col$|cop$=COP u$|$u=UYU",
    "j$|ja$=JMD tt$=TTD bz$=BZD fj$=FJD n$=NAD z$|zw$=ZWG l$=LRD ec$=XCD bds$=BBD rd$=DOP b$=BND gy$=GYD",
    "ksh|kshs|ksh.=KES tsh|tshs=TZS ush|ushs=UGX e£|£e|£e.|le|l.e.=EGP l£|£l|ll|l.l.=LBP sfr.|fr.|chf.=CHF",
    "cn¥|rmb¥=CNY jp¥=JPY ₨=INR balles=EUR pavos=EUR kroten=EUR mause=EUR teur|keur|meur|k€|m€|t€=EUR",
)
"""A sign or a word for one currency only."""

SUBUNITS: Mapping[str, tuple[str | None, Fraction]] = {
    **{
        name: (currency or None, Fraction(1, 100))
        for name, currency in _pairs(
            "cent|cents|c|¢|ct|cts|centavo|centavos|centimo|centimos|centime|centimes|centimi|eurocent|euro_cents|centen=",
            "pence|penny|pennies|p|peniques|penique=GBP paise|paisa|paisas=INR sen|sens=MYR",
            "kopek|kopeks|kopeken|kopecks=RUB",
            "ore|ores=SEK satang=THB agorot|agora=ILS halala|halalas=SAR grosz|grosze|groszy=PLN rappen=CHF kobo=NGN",
            "kurus=TRY pesewa|pesewas=GHS euro_cent=EUR us_cents|us_cent=USD stotinki=BGN bani=RON jiao=CNY",
        ).items()
    },
    **dict.fromkeys(("fils",), (None, Fraction(1, 1000))),
    **dict.fromkeys(("dime", "dimes"), ("USD", Fraction(1, 10))),
    **dict.fromkeys(("nickel", "nickels"), ("USD", Fraction(1, 20))),
}
"""A word for a part of a currency: the currency, where it says so, and the share."""

PREFIX_MAGNITUDES = {
    "teur": 1000,
    "keur": 1000,
    "k€": 1000,
    "t€": 1000,
    "k$": 1000,
    "k£": 1000,
    "m$": 10**6,
    "m£": 10**6,
    "meur": 10**6,
    "m€": 10**6,
}
"""Signs that carry a magnitude of their own, as on German balance sheets."""

ONLY_BEHIND = word_set(
    "won real reals sum som re sol lev mark kip lek sen p c ct le ll eu tala pula balles pavos kroten mause ore l us"
)
"""Names that are ordinary words too: money only right behind a number."""

ONLY_BEFORE = word_set("r")
"""Names that stand right before their number: R100."""

ONLY_ATTACHED = word_set("p c")
"""Names that must touch their number: 50p."""

POINT_GROUPING = word_set("EUR CHF DKK NOK SEK PLN CZK HUF RON BGN TRY BRL ARS CLP COP UYU PYG VES IDR VND ISK RSD")
"""Currencies at home where a point parts thousands."""

_HOME: Mapping[str, str] = {
    country: code for family in ("dollar", "peso", "krone") for country, code in _FAMILIES[family].items() if country
}


class Currency(NamedTuple):
    """What a word or sign for money says."""

    code: str | None
    """ISO 4217; None for a part of whatever currency is meant (cents)."""
    share: Fraction = Fraction(1)
    """How much of a whole unit one of it is."""
    named: bool = False
    """Whether it is a word, not a sign or a code."""
    exact: bool = True
    """Whether it can be no other currency: US$, not $."""


def family_of(word: str) -> str | None:
    """The family of currencies that ``word`` names: dollar, peso, krone; None for other words."""
    return _FAMILY_WORDS.get(word)


def currency_of_family(family: str, country: str | None, default: str | None, region: str | None) -> Currency:
    """Which of a family: the country said, else the field's own currency, else the visitor's, else the best known."""
    members = _FAMILIES[family]
    if country is not None:
        return Currency(members.get(country), named=True)
    if default is not None and default in members.values():
        return Currency(default, exact=False)
    if region is not None and region.upper() in members:
        return Currency(members[region.upper()], exact=False)
    return Currency(members[""], exact=False)


def country_of(word: str) -> str | None:
    """The country whose word begins like ``word``: ``kanadische`` is CA."""
    for length in range(min(len(word), 14), 1, -1):
        country = COUNTRIES.get(word[:length])
        if country is not None and (length > 3 or length == len(word)):
            return country
    return None
