"""How many syllables a Spanish word has, by the rules of its spelling. Used by spanish.py.

Libraries that count places to hyphenate are wrong here: they find three syllables in "heroína" and one in
"agua". Numbers count as if read digit by digit.
"""

import re

DIGITS = {"0": 2, "1": 2, "2": 1, "3": 1, "4": 2, "5": 2, "6": 1, "7": 2, "8": 2, "9": 2}
SILENT_U = re.compile(r"qu(?=[eiéí])|gu(?=[eiéí])")
GLIDE_AFTER_H = re.compile(r"h(?=[iu][aeoáéó])")  # a-hue-car: this h opens a syllable
VOWEL_Y = re.compile(r"y(?![aeiouáéíóúü])")
RUN = re.compile(r"[aeiouáéíóúü]+")
NUCLEUS = re.compile(r"[aeoáéóíú]")
DOUBLED = re.compile(r"(?<=i)(?=[ií])|(?<=u)(?=[uú])")


def syllables(word):
    """Return the number of syllables of one `word`, at least one."""
    if digits := [DIGITS[sign] for sign in word if sign in DIGITS]:
        return sum(digits)
    text = SILENT_U.sub("q", word.lower())
    text = GLIDE_AFTER_H.sub("j", text).replace("ch", "x").replace("h", "")
    return max(1, sum(_in_run(run) for run in RUN.findall(VOWEL_Y.sub("i", text))))


def _in_run(vowels):
    """Return the syllables of neighboring vowels: i and u without an accent lean on the vowel beside them."""
    return sum(max(1, len(NUCLEUS.findall(part))) for part in DOUBLED.split(vowels))
