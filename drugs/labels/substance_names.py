"""Names of one substance: the same however the page or the label writes it, and never the name of another.

Two substances are the same if their folded names are equal after what stands here: a bracket at the end and the salt
or hydrate left out, and the national name of the United States put for the international one (INN) or that of Great
Britain.
Sources: WHO's lists of INN, the USP Dictionary, the British change of names of 2003.
"""

import re

from drugs.content.normalisation import fold
from drugs.formats.label import base_name, without_hydrate

_BRACKET = re.compile(r"\s*\([^()]*\)\s*$")
_NATIONAL_NAMES = """
acetylsalicylic acid = aspirin
aciclovir = acyclovir
actinomycin d = dactinomycin
ado trastuzumab emtansine = trastuzumab emtansine
adrenaline = epinephrine
alimemazine = trimeprazine
amethocaine = tetracaine
amfebutamone = bupropion
amfetamine = amphetamine
amoxycillin = amoxicillin
argipressin = vasopressin
azidothymidine = zidovudine
beclometasone = beclomethasone
bendrofluazide = bendroflumethiazide
benzatropine = benztropine
benzhexol = trihexyphenidyl
benzylpenicillin = penicillin g
borax = sodium borate
calcium folinate = leucovorin calcium
cefalexin = cephalexin
cefalotin = cephalothin
cefapirin = cephapirin
cefradine = cephradine
charcoal = activated charcoal
chlorbutol = chlorobutanol
chlormethine = mechlorethamine
chlorphenamine = chlorpheniramine
chlortalidone = chlorthalidone
ciclosporin = cyclosporine
clomifene = clomiphene
colecalciferol = cholecalciferol
colestyramine = cholestyramine
cromoglicic acid = cromolyn
dexamfetamine = dextroamphetamine
dextropropoxyphene = propoxyphene
dicycloverine = dicyclomine
dimeticone = dimethicone
dithranol = anthralin
divalproex = valproic acid
dosulepin = dothiepin
eformoterol = formoterol
etacrynic acid = ethacrynic acid
ethinylestradiol = ethinyl estradiol
etynodiol = ethynodiol
fam trastuzumab deruxtecan = trastuzumab deruxtecan
fludroxycortide = flurandrenolide
flumetasone = flumethasone
flurandrenolone = flurandrenolide
folinic acid = leucovorin
frusemide = furosemide
gamma benzene hexachloride = lindane
gentamycin = gentamicin
glibenclamide = glyburide
glucose = dextrose
glyceryl trinitrate = nitroglycerin
glycopyrronium = glycopyrrolate
glycopyrronium bromide = glycopyrrolate
guaiphenesin = guaifenesin
hexamine = methenamine
hydroxycarbamide = hydroxyurea
hydroxypropylmethylcellulose = hypromellose
hyoscine = scopolamine
indometacin = indomethacin
isoprenaline = isoproterenol
ispaghula = psyllium husk
ispaghula husk = psyllium husk
levofolinic acid = levoleucovorin
levomepromazine = methotrimeprazine
levosalbutamol = levalbuterol
lignocaine = lidocaine
liquid paraffin = mineral oil
macrogol 3350 = polyethylene glycol 3350
macrogol = polyethylene glycol
meclozine = meclizine
mecobalamin = methylcobalamin
mepacrine = quinacrine
mepyramine = pyrilamine
mercaptamine = cysteamine
mesalazine = mesalamine
metamfetamine = methamphetamine
metamizole = dipyrone
milk of magnesia = magnesium hydroxide
mitozantrone = mitoxantrone
nicotinamide = niacinamide
nicotinic acid = niacin
nitrofural = nitrofurazone
noradrenaline = norepinephrine
norethisterone = norethindrone
orciprenaline = metaproterenol
oxybuprocaine = benoxinate
paracetamol = acetaminophen
pethidine = meperidine
phenazone = antipyrine
phenobarbitone = phenobarbital
phenoxymethylpenicillin = penicillin v
phytomenadione = phytonadione
pizotifen = pizotyline
psyllium = psyllium husk
retinol = vitamin a
rifampicin = rifampin
salbutamol = albuterol
salcatonin = calcitonin salmon
simeticone = simethicone
sodium calcium edetate = edetate calcium disodium
sodium cromoglicate = cromolyn sodium
sodium cromoglycate = cromolyn sodium
stilboestrol = diethylstilbestrol
sulfafurazole = sulfisoxazole
suxamethonium = succinylcholine
tetracosactide = cosyntropin
tetryzoline = tetrahydrozoline
thiamazole = methimazole
thiopentone = thiopental
thyroxine = levothyroxine
tiabendazole = thiabendazole
tioguanine = thioguanine
tiotixene = thiothixene
torasemide = torsemide
ursodeoxycholic acid = ursodiol
vitamin b1 = thiamine
vitamin b12 = cyanocobalamin
vitamin b2 = riboflavin
vitamin b6 = pyridoxine
vitamin c = ascorbic acid
vitamin d2 = ergocalciferol
vitamin d3 = cholecalciferol
vitamin k1 = phytonadione
"""
_IN_THE_UNITED_STATES = dict(line.split(" = ") for line in _NATIONAL_NAMES.strip().splitlines())


_SPELLINGS = (("sulph", "sulf"), ("oestr", "estr"), ("aluminium", "aluminum"))
_SLASH = re.compile(r"\s*/\s*")
# Stems of INN in -ate that are esters, not salts of the acid of that name: fenofibrate is taken in other doses than
# fenofibric acid.
_ESTERS = ("fibrate", "phenidate")
_SHORT = re.compile(r"[A-Z][A-Z0-9]{0,4}")


def same_name(name: str) -> str:
    """The form of a substance's name that is equal for all names of it, its salt kept."""
    folded = without_hydrate(fold(name))
    for british, american in _SPELLINGS:
        folded = folded.replace(british, american)
    return _IN_THE_UNITED_STATES.get(folded, folded)


def same_base(name: str) -> str:
    """The form of a substance's name that is equal for all names of it, whatever its salt."""
    return same_name(base_name(same_name(name)))


def same_acid(name: str) -> str:
    """As `same_base`, and equal for an acid and what its salts are named after: alendronate, alendronic acid."""
    base = same_base(name)
    is_acid = base.endswith("ate") and not base.endswith(_ESTERS) and " " not in base
    return f"{base[:-3]}ic acid" if is_acid else base


SAME = (same_name, same_base, same_acid)


def forms(name: str) -> set[str]:
    """The forms under which a label may know the substance that a page calls `name`."""
    return {form(one) for one in (name, bare_name(name)) for form in SAME} - {""}


def bare_name(name: str) -> str:
    """`name` without a bracket at its end, and of several names of one substance with slashes between them the first.

    With a slash, substances that are not known to be one stay together: they may be a combination.
    """
    name = _BRACKET.sub("", name)
    first, *others = _SLASH.split(name)
    is_one = all(same_base(other) == same_base(first) or _SHORT.fullmatch(other) for other in others)
    return first if others and is_one and fold(first) else name


def names_in(title: str) -> list[str]:
    """The substances of which the title of a page speaks: of a combination, those between its signs."""
    return [name for name in map(str.strip, _BRACKET.sub("", title).split("+")) if name] or [title]
