"""What a question is about, however it is worded: "price", "fee" and "what do I pay" are all about the cost."""

from collections.abc import Mapping
from functools import cache

from dialogs.language.slips import Slips
from dialogs.language.vocabulary import word_set

_BY_TOPIC: Mapping[str, frozenset[str]] = {
    "~cost": word_set(
        "cost costs costing price prices priced pricing fee fees charge charges expensive pay paying payment rates "
        "free "
        "kosten kostet preis preise preislich gebuhr gebuhren teuer gratis kostenlos kostenfrei bezahlen zahlen cuesta "
        "cuestan cuestas precio precios coste costes costo tarifa tarifas caro pagar gratuito cout couts coute coutent "
        "prix tarif tarifs cher gratuit gratuitement payer payant"
    ),
    "~length": word_set(
        "long lasts last duration lengthy minutes dauert dauer lange dura duran duracion largo duree dure durent "
        "longtemps"
    ),
    "~recording": word_set(
        "record records recorded recording recordings replay rewatch aufzeichnung aufgezeichnet aufnahme aufgenommen "
        "mitschnitt grabacion graba grabado enregistrement enregistre replays"
    ),
    "~trial": word_set(
        "trial trials try test testing testen testphase probe probieren ausprobieren testversion probar prueba essai "
        "essayer tester"
    ),
    "~language": word_set("language languages sprache sprachen idioma idiomas lengua langue langues"),
    "~shipping": word_set(
        "shipping ship delivery deliver postage versand lieferung liefern porto envio entrega livraison expedition port"
    ),
    "~return": word_set(
        "return returns refund refunds exchange zuruckgeben ruckgabe umtauschen umtausch erstattung devolver "
        "devolucion "
        "reembolso renvoyer retourner rembourser remboursement"
    ),
    "~validity": word_set(
        "valid validity expire expires expiry expiration gilt gultig gultigkeit ablauf vale valido caduca caducidad "
        "valable "
        "validite expiration"
    ),
    "~tax": word_set("tax taxes vat steuer steuern mwst mehrwertsteuer impuesto impuestos iva taxe taxes tva impots"),
    "~import": word_set(
        "import importing migrate migration move moving transfer importieren umziehen umzug ubernehmen migrieren "
        "importar "
        "migrar importer migrer"
    ),
    "~data": word_set("data daten datos donnees records dataset"),
    "~colleague": word_set(
        "colleague colleagues coworker coworkers boss team kollegen kollege kollegin chef mitbringen companeros colega "
        "colegas collegue collegues"
    ),
    "~cancel": word_set(
        "cancel cancelling cancellation quit kundigen kundigung kundbar stornieren cancelar cancelacion annuler "
        "resilier "
        "resiliation annulation"
    ),
    "~integration": word_set(
        "integrate integrates integration integrations connect connects connection plugin anbinden anbindung "
        "integrieren "
        "schnittstelle integrar integracion integrer integration"
    ),
    "~security": word_set("secure security safe safety sicher sicherheit seguro seguridad securise securite"),
    "~support": word_set("support helpdesk hilfe unterstutzung soporte ayuda assistance"),
}
_TOPICS: Mapping[str, str] = {word: topic for topic, words in _BY_TOPIC.items() for word in words}
GENERIC = word_set(
    """
    tool things policy policies conditions terms possible version product service system software platform thing "
    "whole plan month monthly year yearly annual user users person
    license licence seat total approximately roughly about exactly overall usually produkt dienst werkzeug monat jahr
    nutzer lizenz insgesamt ganze ganzen spass herramienta producto servicio mes usuario outil produit mois utilisateur
    """
)
"""Words that do not change what a question is about."""


def topic_of(word: str) -> str | None:
    """The topic that a folded word speaks of, also with a slip in it; None for any other word."""
    found = _TOPICS.get(word)
    if found is None and len(word) >= 5:
        meant = _slips().meant(word)
        found = _TOPICS[meant] if meant is not None and meant[0] == word[0] else None
    return found


@cache
def _slips() -> Slips:
    return Slips(sorted(word for word in _TOPICS if len(word) >= 5))
