"""Brand names told from generic ones: most of what labels give as the name of a product is its substance again."""

import re
import unicodedata
from collections.abc import Iterable

_WORD = re.compile(r"[a-z0-9]+")
# Forms, strengths, salts and words of the trade, which make no brand of the name of a substance.
_DESCRIPTIVE = frozenset(
    """
    tablet tablets tab tabs capsule capsules cap caps caplet caplets softgel softgels solution suspension syrup elixir
    injection injectable infusion powder granules cream ointment gel lotion foam spray patch patches film suppository
    suppositories drops ophthalmic otic nasal oral topical transdermal intravenous subcutaneous intramuscular vaginal
    rectal sublingual buccal chewable dispersible disintegrating orally effervescent coated enteric delayed extended
    sustained immediate modified release er xr sr dr ir cr la hour hours kit system concentrate liquid emulsion aerosol
    inhalation inhaler inhalant lozenge lozenges pellet pellets wafer gum for in and or with of the to a per plus
    usp nf ip bp unit units dose single use only rx otc sterile preservative free sugar alcohol
    mg mcg g gm ml l iu meq mmol percent w v strength regular extra maximum max high low junior adult adults children
    childrens child infant infants pediatric
    hydrochloride hcl hydrobromide hbr sodium potassium calcium magnesium zinc chloride bromide iodide sulfate sulphate
    bisulfate phosphate diphosphate nitrate acetate citrate tartrate bitartrate maleate fumarate succinate lactate
    gluconate carbonate bicarbonate besylate mesylate tosylate esylate pamoate palmitate stearate valerate propionate
    dipropionate furoate hyclate benzoate salicylate oxalate malate malonate mandelate edisylate napsylate xinafoate
    decanoate enanthate cypionate undecanoate axetil proxetil medoxomil cilexetil disoproxil alafenamide marboxil
    monohydrate dihydrate trihydrate hemihydrate sesquihydrate anhydrous hydrate disodium dipotassium trisodium
    tromethamine meglumine lysine arginine acid base salt micronized recombinant human
    drug facts medicine compare
    """.split()
)


def fold_words(name: str) -> set[str]:
    """The words of a name without case, accents and punctuation."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return set(_WORD.findall(plain))


def filter_brands(names: Iterable[str], substances: Iterable[str]) -> tuple[str, ...]:
    """Those of `names` that say more than the names in `substances`, their forms, salts and strengths."""
    known = set[str]()
    for substance in substances:
        known |= fold_words(substance)
    return tuple(
        name
        for name in names
        if any(not word[0].isdigit() for word in fold_words(name) - known - _DESCRIPTIVE)
    )


# Words at the end of the name of a salt, an ester or a hydrate; before them stands the name of what acts.
_SALTS = frozenset(
    """
    hydrochloride dihydrochloride monohydrochloride hcl hydrobromide hydroiodide sodium disodium trisodium potassium
    dipotassium calcium magnesium chloride bromide iodide sulfate sulphate bisulfate phosphate diphosphate nitrate
    acetate diacetate citrate tartrate bitartrate hydrogentartrate maleate fumarate hemifumarate succinate gluconate
    lactate oxalate malate malonate mucate adipate orotate glycolate benzoate aspartate pidolate besylate besilate
    mesylate mesilate tosylate tosilate esylate edisylate isethionate isetionate napsylate napsilate camsylate
    camsilate pamoate embonate palmitate stearate valerate propionate dipropionate butyrate hexanoate furoate hyclate
    xinafoate teoclate benzathine axetil proxetil pivoxil dipivoxil medoxomil cilexetil etexilate disoproxil
    alafenamide marboxil decanoate enanthate cypionate undecanoate tromethamine trometamol meglumine olamine lysine
    arginine erbumine tert-butylamine diethylamine diethylammonium epolamine
    """.split()
)
_HYDRATES = frozenset(
    """
    monohydrate dihydrate trihydrate tetrahydrate pentahydrate heptahydrate hemihydrate sesquihydrate hydrate anhydrous
    """.split()
)
# Of these the salt says which medicine it is: calcium carbonate and calcium acetate are two.
_BASES = frozenset(
    """
    sodium potassium calcium magnesium zinc iron ferrous ferric aluminum aluminium ammonium silver barium bismuth
    copper cupric manganese selenium lithium strontium lanthanum benzalkonium benzethonium choline hydrogen
    """.split()
)


def without_hydrate(name: str) -> str:
    """The folded `name` of a substance without what says how much water is in it, which is the same substance."""
    words = name.split()
    while len(words) > 1 and words[-1] in _HYDRATES:
        words.pop()
    return " ".join(words[1:] if len(words) > 1 and words[0] == "anhydrous" else words)


def base_name(name: str) -> str:
    """The folded `name` of a substance without the salt, ester or hydrate at its end, where it is named before that."""
    name = without_hydrate(name)
    words = name.split()
    end = len(words)
    while end > 1 and words[end - 1] in _SALTS:
        end -= 1
    return name if set(words[:end]) <= _BASES else " ".join(words[:end])
