"""Names of one substance: the same however the page or the label writes it, and never the name of another.

Two substances are the same if their folded names are equal after what stands here: a bracket at the end and the salt
left out, and the national name of the United States put for the international one (INN) or that of Great Britain.
Sources: WHO's lists of INN, the USP Dictionary, the British change of names of 2003.
"""

import re

from drugs.content.normalisation import fold
from drugs.formats.label import base_name

_BRACKET = re.compile(r"\s*\([^()]*\)\s*$")
_NATIONAL_NAMES = """
acetylsalicylic acid = aspirin
aciclovir = acyclovir
adrenaline = epinephrine
alimemazine = trimeprazine
amfetamine = amphetamine
amoxycillin = amoxicillin
beclometasone = beclomethasone
bendrofluazide = bendroflumethiazide
benzhexol = trihexyphenidyl
benzylpenicillin = penicillin g
cefalexin = cephalexin
cefradine = cephradine
chlormethine = mechlorethamine
chlorphenamine = chlorpheniramine
ciclosporin = cyclosporine
clomifene = clomiphene
colecalciferol = cholecalciferol
dexamfetamine = dextroamphetamine
dextropropoxyphene = propoxyphene
dicycloverine = dicyclomine
ethinylestradiol = ethinyl estradiol
frusemide = furosemide
glibenclamide = glyburide
glyceryl trinitrate = nitroglycerin
hydroxycarbamide = hydroxyurea
indometacin = indomethacin
isoprenaline = isoproterenol
levomepromazine = methotrimeprazine
levosalbutamol = levalbuterol
lignocaine = lidocaine
mercaptamine = cysteamine
mesalazine = mesalamine
metamfetamine = methamphetamine
nicotinamide = niacinamide
nicotinic acid = niacin
noradrenaline = norepinephrine
oestradiol = estradiol
orciprenaline = metaproterenol
oxybuprocaine = benoxinate
paracetamol = acetaminophen
pethidine = meperidine
phenobarbitone = phenobarbital
phenoxymethylpenicillin = penicillin v
phytomenadione = phytonadione
pizotifen = pizotyline
rifampicin = rifampin
salbutamol = albuterol
sulphamethoxazole = sulfamethoxazole
sulphasalazine = sulfasalazine
suxamethonium = succinylcholine
thiamazole = methimazole
tioguanine = thioguanine
torasemide = torsemide
ursodeoxycholic acid = ursodiol
"""
_IN_THE_UNITED_STATES = dict(line.split(" = ") for line in _NATIONAL_NAMES.strip().splitlines())


def same_name(name: str) -> str:
    """The form of a substance's name that is equal for all names of it, its salt kept."""
    folded = fold(name)
    return _IN_THE_UNITED_STATES.get(folded, folded)


def same_base(name: str) -> str:
    """The form of a substance's name that is equal for all names of it, whatever its salt."""
    return same_name(base_name(fold(name)))


def forms(name: str) -> set[str]:
    """The forms under which a label may know the substance that a page calls `name`."""
    names = {name, _BRACKET.sub("", name)}
    return {form(one) for one in names for form in (same_name, same_base)} - {""}
