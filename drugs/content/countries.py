"""Emergency numbers, poison lines, crisis lines and reporting schemes of each country, as ready phrases for readers.

Where a number or an address is not certain, or where a country has no single one, the field is empty and the phrase
falls back on the wording of `intl`, which is true everywhere.

Sources, by their publisher; check them again whenever this file is edited:
- Emergency numbers: the national service itself, as its government or regulator publishes it. 112 works in
  the whole European Union (Directive (EU) 2018/1972, article 109), and in Great Britain and Northern Ireland
  beside 999. France: 15 is SAMU, the medical service. India: 112 (Emergency Response Support System), 108
  for ambulances. South Africa: 10177 for ambulances, 112 from mobile telephones. Australia: 000, and 112
  from mobile telephones.
- Poison lines: NHS 111 (the National Poisons Information Service sends the public there; Northern Ireland
  has no such line); National Poisons Information Centre, Beaumont Hospital, Dublin; America's Poison Centers;
  Health Canada (Quebec has a number of its own); Australian Poisons Information Centres; New Zealand National
  Poisons Centre; Poisons Information Helpline of the Western Cape; Instituto Nacional de Toxicología y
  Ciencias Forenses, Madrid. Germany and France have regional centres only; India's line is left out until
  somebody has checked it.
- Crisis lines, as each publishes its own number, all of them day and night and free of charge: Samaritans (United
  Kingdom and Ireland; 116 123 is the European number of emotional support, Commission Decision 2007/698/EC);
  988 Suicide & Crisis Lifeline (SAMHSA; 47 CFR 52.200); 9-8-8 Suicide Crisis Helpline (CRTC decision 2022-234,
  Public Health Agency of Canada); Lifeline Australia; 1737 Need to talk? (Health New Zealand); Tele-MANAS (Ministry of
  Health and Family Welfare, India); South African Depression and Anxiety Group (SADAG); TelefonSeelsorge (Germany);
  3114, the national number of suicide prevention (French Ministry of Health); 024, the line for suicidal behaviour
  (Spanish Ministry of Health).
- Reporting schemes, as each country's product information tells patients to report: in the European Union
  Appendix V of the European Medicines Agency's templates (HPRA; BfArM and Paul-Ehrlich-Institut; ANSM and the
  regional centres; AEMPS), the leaflets of the United Kingdom (MHRA, Yellow Card), the labels of the United
  States (FDA, 21 CFR 201.57), the Canadian product monographs (Health Canada), Consumer Medicine Information
  of Australia (TGA) and New Zealand (Medsafe), the Indian Pharmacopoeia Commission (PvPI), SAHPRA.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from drugs.content.vocabulary import URGENCY_LABELS

# A text, or one that is translated at the moment of reading.
Text = str | Promise


@dataclass(frozen=True)
class Country:
    """What depends on where the readers are. Phrases are in the active language at the moment of reading.

    `emergency` holds the number to call in a medical emergency, or two, the first one first; `other_numbers`
    hold further emergency numbers that are right in this country but that we do not print. `poison_note` says
    when or where the poison line does not answer. `crisis_line` is for people who want to die or to harm themselves,
    and whoever worries about them; it answers day and night.
    """

    code: str  # of two letters as in ISO 3166, or `intl`
    name: Text
    emergency: tuple[str, ...] = ()
    other_numbers: tuple[str, ...] = ()
    poison_line: Text = ""
    poison_number: str = ""
    poison_note: Text = ""
    crisis_line: Text = ""
    crisis_number: str = ""
    reporting: Text = ""
    reporting_url: str = ""

    @property
    def emergency_number(self) -> str:
        """The emergency number as it stands after "call": "999", "112 or 999", "your local emergency number"."""
        if not self.emergency:
            return gettext("your local emergency number")
        if len(self.emergency) == 1:
            return self.emergency[0]
        first, second = self.emergency
        return gettext("%(first)s or %(second)s") % {"first": first, "second": second}

    @property
    def call_now(self) -> str:
        return gettext("Call %(number)s now") % {"number": self.emergency_number}

    def urgency_heading(self, urgency: str) -> str:
        """The heading above the side effects of one urgency; "" for those that nobody has sorted.

        Raises KeyError for a word that is no urgency.
        """
        heading = URGENCY_LABELS[urgency].heading
        return gettext(heading) % {"number": self.emergency_number} if heading else ""

    @property
    def if_unwell(self) -> str:
        """The advice that holds whatever the page says."""
        return gettext("If you feel very unwell, call %(number)s now.") % {"number": self.emergency_number}

    @property
    def call_now_if(self) -> str:
        return gettext("Call %(number)s now if") % {"number": self.emergency_number}

    @property
    def ask_first(self) -> str:
        return gettext("Ask your doctor or pharmacist")

    @property
    def tell_somebody(self) -> str:
        return gettext("Tell your doctor or pharmacist about it.")

    @property
    def poison_advice_alone(self) -> str:
        """The advice on an overdose where no one poison line is the country's."""
        return gettext("Call a poison centre, a doctor or a hospital at once, even if nothing seems wrong.")

    @property
    def poison_advice(self) -> str:
        """The advice on an overdose, whoever took too much. The emergency number stands in it too."""
        if not self.poison_number:
            advice = self.poison_advice_alone
        elif self.poison_note:
            advice = gettext(
                "Call %(line)s on %(poison)s (%(note)s), or go to a hospital at once, even if nothing seems wrong."
            )
        else:
            advice = gettext("Call %(line)s on %(poison)s at once, even if nothing seems wrong.")
        worse = gettext("Call %(number)s if the person cannot be woken, has a fit or has trouble breathing.")
        return f"{advice} {worse}" % {
            "line": self.poison_line,
            "poison": self.poison_number,
            "note": self.poison_note,
            "number": self.emergency_number,
        }

    @property
    def reporting_name(self) -> str:
        """The scheme as it stands in "You can report side effects to ..."."""
        return str(self.reporting) or gettext("the medicines authority of your country")

    @property
    def report_side_effects(self) -> str:
        """The sentence on reporting a side effect, without the address, which is `reporting_url` and may be empty."""
        return gettext("You can report side effects yourself, to %(scheme)s.") % {
            "scheme": self.reporting_name
        }


_ALL = (
    Country("intl", _("International")),
    Country(
        "gb",
        _("United Kingdom"),
        emergency=("999",),
        other_numbers=("112",),
        poison_line=_("the NHS advice line"),
        poison_number="111",
        poison_note=_("England, Scotland and Wales"),
        crisis_line=_("Samaritans"),
        crisis_number="116 123",
        reporting=_("the Yellow Card scheme"),
        reporting_url="https://yellowcard.mhra.gov.uk",
    ),
    Country(
        "ie",
        _("Ireland"),
        emergency=("112", "999"),
        poison_line=_("the National Poisons Information Centre"),
        poison_number="01 809 2166",
        poison_note=_("8 in the morning to 10 at night"),
        crisis_line=_("Samaritans"),
        crisis_number="116 123",
        reporting=_("the Health Products Regulatory Authority (HPRA)"),
        reporting_url="https://www.hpra.ie",
    ),
    Country(
        "us",
        _("United States"),
        emergency=("911",),
        poison_line="Poison Help",
        poison_number="1-800-222-1222",
        crisis_line=_("the 988 Suicide & Crisis Lifeline"),
        crisis_number="988",
        reporting="FDA MedWatch",
        reporting_url="https://www.fda.gov/medwatch",
    ),
    Country(
        "ca",
        _("Canada"),
        emergency=("911",),
        poison_line=_("the poison centre"),
        poison_number="1-844-764-7669",
        poison_note=_("in Quebec 1-800-463-5060"),
        crisis_line=_("the 9-8-8 Suicide Crisis Helpline"),
        crisis_number="988",
        reporting=_("the Canada Vigilance Program"),
        reporting_url="https://www.canada.ca/en/health-canada/services/drugs-health-products/medeffect-canada.html",
    ),
    Country(
        "au",
        _("Australia"),
        emergency=("000",),
        other_numbers=("112",),
        poison_line=_("the Poisons Information Centre"),
        poison_number="13 11 26",
        crisis_line=_("Lifeline"),
        crisis_number="13 11 14",
        reporting=_("the Therapeutic Goods Administration (TGA)"),
        reporting_url="https://www.tga.gov.au/reporting-problems",
    ),
    Country(
        "nz",
        _("New Zealand"),
        emergency=("111",),
        poison_line=_("the National Poisons Centre"),
        poison_number="0800 764 766",
        crisis_line=_("1737, Need to talk?"),
        crisis_number="1737",
        reporting=_("Medsafe"),
        reporting_url="https://www.medsafe.govt.nz",
    ),
    Country(
        "in",
        _("India"),
        emergency=("112",),
        other_numbers=("108", "102"),
        crisis_line=_("Tele-MANAS"),
        crisis_number="14416",
        reporting=_("the Pharmacovigilance Programme of India (PvPI)"),
        reporting_url="https://www.ipc.gov.in",
    ),
    Country(
        "za",
        _("South Africa"),
        emergency=("10177", "112"),
        poison_line=_("the Poisons Information Helpline"),
        poison_number="0861 555 777",
        crisis_line=_("the Suicide Crisis Helpline of SADAG"),
        crisis_number="0800 567 567",
        reporting=_("the South African Health Products Regulatory Authority (SAHPRA)"),
        reporting_url="https://www.sahpra.org.za",
    ),
    Country(
        "de",
        _("Germany"),
        emergency=("112",),
        crisis_line=_("TelefonSeelsorge"),
        crisis_number="0800 111 0 111",
        reporting=_("the Federal Institute for Drugs and Medical Devices (BfArM)"),
        reporting_url="https://www.nebenwirkungen.bund.de",
    ),
    Country(
        "fr",
        _("France"),
        emergency=("15", "112"),
        crisis_line=_("the national suicide prevention line"),
        crisis_number="3114",
        reporting=_("the regional pharmacovigilance centre or the ANSM"),
        reporting_url="https://signalement.social-sante.gouv.fr",
    ),
    Country(
        "es",
        _("Spain"),
        emergency=("112",),
        poison_line=_("the Toxicology Information Service"),
        poison_number="91 562 04 20",
        crisis_line=_("the national line for suicidal behaviour"),
        crisis_number="024",
        reporting=_("the Spanish Pharmacovigilance System"),
        reporting_url="https://www.notificaram.es",
    ),
)

COUNTRIES = {country.code: country for country in _ALL}

_EUROPEAN_UNION = frozenset({"ie", "de", "fr", "es"})  # those of `_ALL`


def _numbers_by_place() -> tuple[tuple[str, tuple[Text, ...]], ...]:
    places: dict[str, list[Text]] = {"112": [_("European Union")]}
    for country in _ALL:
        if country.emergency and country.code not in _EUROPEAN_UNION:
            places.setdefault(country.emergency[0], []).append(country.name)
    return _widest_first(places)


def _crisis_numbers_by_place() -> tuple[tuple[str, tuple[Text, ...]], ...]:
    places: dict[str, list[Text]] = {}
    for country in _ALL:
        if country.crisis_number:
            places.setdefault(country.crisis_number, []).append(country.name)
    return _widest_first(places)


def _widest_first(places: dict[str, list[Text]]) -> tuple[tuple[str, tuple[Text, ...]], ...]:
    numbers = sorted(places, key=lambda number: len(places[number]), reverse=True)
    return tuple((number, tuple(places[number])) for number in numbers)


# For readers of whom nobody knows where they are: the first number of each country, and the places where it is right.
NUMBERS_BY_PLACE = _numbers_by_place()
# The same of crisis lines, of the countries that have one for the whole of them.
CRISIS_NUMBERS_BY_PLACE = _crisis_numbers_by_place()

# Every emergency number that is right in a country, printed or not; none for intl. Numbers such as 15, 102
# and 111 are also ordinary numbers: whoever searches a text looks for them after a word such as "call".
EMERGENCY_NUMBERS = {
    code: frozenset(country.emergency + country.other_numbers) for code, country in COUNTRIES.items()
}


def country(code: str) -> Country:
    """The Country called `code`, in lower case as MEDINFO_COUNTRY gives it.

    Raises ValueError for any other code, naming those that there are.
    """
    try:
        return COUNTRIES[code]
    except KeyError:
        raise ValueError(f"{code!r} is not one of {', '.join(COUNTRIES)}.") from None


def country_name(code: str) -> str:
    """The name of the country called `code`, in capitals or not; the code itself where this file has no name for it."""
    if code.lower() == "eu":
        return gettext("European Union")
    return str(COUNTRIES[code.lower()].name) if code.lower() in COUNTRIES else code.upper()


def foreign_emergency_numbers(code: str) -> frozenset[str]:
    """The emergency numbers of other countries that are wrong in the country called `code`.

    Its own poison line is not wrong, though the number may mean something else elsewhere.
    """
    home = country(code)
    everywhere = frozenset[str]().union(*EMERGENCY_NUMBERS.values())
    return everywhere - EMERGENCY_NUMBERS[code] - {home.poison_number}
