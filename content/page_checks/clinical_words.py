"""Words that tell a clinical instruction, English and Spanish. Used by wording.py and admin/site_words.py.

No machine can judge such a text; these lists only tell that a clinician has to.
"""

import re


def _set(words):
    return frozenset(words.split())


# What counts a medicine.
MEASURES = _set(
    """mg mcg ml dose doses dosing dosed tablet tablets pill pills spray sprays injection injections dosis
    pastilla pastillas tableta tabletas gotas parche inyección inyecciones"""
)
# Medicines and what they act against. Wherever one is named, a claim about it is near.
NAMES = _set(
    """overdose overdoses overdosed naloxone narcan naltrexone methadone buprenorphine suboxone opioid opioids
    fentanyl cpr dosage milligram milligrams breathe breathes breathing breath breaths unconscious nostril
    nostrils sobredosis naloxona naltrexona metadona buprenorfina opioide opioides fentanilo rcp miligramo
    miligramos respira respirar respire respiración inconsciente"""
)
# What somebody in danger does or is given up for, and what happens to who stops.
SIGNS = _set(
    """wake wakes waking woke awake sleep sleeps sleeping asleep snore snores snoring snored pulse vomit
    vomits vomiting vomited seizure seizures ambulance ambulances tolerance withdrawal withdrawals
    despierta despierte despertar despiértelo despiértela duerma duerme dormir ronca ronque roncar pulso
    vomita vomite vomitar vómito vómitos convulsión convulsiones ambulancia ambulancias tolerancia
    abstinencia"""
)
# What is done, and to what: only together do they tell somebody what to do.
VERBS = _set(
    """give gives take takes taking turn turns lay lie put push press tilt roll rub shake swallow inject
    inhale mix mixes mixing combine combines combining avoid avoids stop stops stopping skip double taper
    dé dele dar tome toma tomar voltee gire ponga póngalo póngala acueste empuje presione incline frote
    sacuda trague inyecte mezcle combine combinar evite evitar deje suspenda"""
)
# Of these, also with a medicine that may be named: “Stop your methadone”.
ENDING = _set(
    "stop stops stopping skip double taper mix mixing combine avoid suspenda deje mezcle combine evite"
)
TAKEN = _set(
    """medicine medicines medication medications drug drugs heroin alcohol medicina medicinas medicamento
    medicamentos droga drogas heroína wine beer liquor vino cerveza licor"""
)
THINGS = TAKEN | _set(
    """chest nose mouth head chin airway arm leg pecho nariz boca cabeza mentón brazo pierna"""
)
# Where news of a clinic names one of these, it says something about what people take.
DRUGS = TAKEN | _set(
    """fentanyl opioid opioids dope smack fent pill pills shot shots batch benzo benzos xylazine tranq cocaine
    meth fentanilo opioide opioides chiva dosis pastilla pastillas inyección cocaína"""
)
# “Take two at night”, but not “this can take two days”.
DOSE = re.compile(
    r"\b(?:take|give|swallow|drink|inject|tome|dé|trague|beba|inyecte)\s+"
    r"(?:\d+|half|one|two|three|media|dos|tres)\b"
    r"(?!\W+(?:(?!every|each|cada)\w+\W+){0,2}(?:minut|hour|hora|day|día|week|semana|month|mes|year|año|call|llamada))",
    re.IGNORECASE,
)
# “Turn them on the back”: alone, “back” is how a clinic calls back.
POSITION = re.compile(
    r"\b(?:turn|lay|put|roll|lie)\b[^.!?]*\b(?:back|side)\b|\b(?:voltee|gire|ponga|póngal[oa]|acueste)\b"
    r"[^.!?]*\b(?:lado|costado|espalda|boca arriba)\b",
    re.IGNORECASE,
)
_NOT = r"(?:not|never|no need|need no|n[’']t|without|before you|stop|avoid|no|sin|nunca|jamás|evite|deje de)"
_CALL = r"(?:call|calling|dial|dialing|phone|phoning|ask|asking|llame|llamen|llamar|marque|marcar|pida|pedir)"
_FOR_HELP = (
    r"(?:(?:for|the|an|any|a|al|la|una)\s+)*(?:\{?911|\{?988|help|any\w+|ayuda|nadie|emergenc\w+|ambulanc\w+)"
)
_WAIT = r"(?:wait|waiting|espere|esperar|aguarde)"
_DOCTOR = r"(?:doctors?|doctora|hospital|nurse|treatment|help|médic[oa]s?|tratamiento|ayuda|enfermera)"
# Each kind in both languages: no call for help, waiting, no need of a doctor, using, stopping alone, and what
# a clinician is said to have said.
ADVICE = re.compile(
    "|".join(
        (
            rf"\b{_NOT}\b[^.!?]{{0,20}}\b{_CALL}\s+{_FOR_HELP}",
            r"\b(?:call|llame)\s+(?:never|nunca|tomorrow|mañana|later|después)\b",
            r"\b(?:llame|call)\b[^.!?]{0,8}\b(?:nunca|never)\b|\b(?:nunca|jamás|never)\s+(?:llame|call)\b",
            rf"\b{_WAIT}\s+(?:first|and see|it out|until|primero|hasta|a que|y)\b",
            rf"\b{_WAIT}\s+(?:(?:for|one|more|unos|unas)\s+)*"
            r"(?:an?|un|una|dos|two|\d+)?\s*(?:minut|hour|hora|day|día|night|noche|week|semana)",
            r"\b(?:to|can|could|may|must|should|puede|debe)\s+(?:wait|esperar)\b(?!\s+(?:for|in|on|en)\b)",
            r"\bof waiting\b",
            rf"\b(?:no need|need no|not need|n[’']t need|no necesita|no hace falta|replaces?|better than"
            rf"|reemplaza|sustituye|(?:mejor|más) que)\b[^.!?]*\b{_DOCTOR}\b",
            rf"\b{_DOCTOR}\s+(?:says?|said|dice|dijo)\b",
            r"\b(?:checked|reviewed|approved|signed|revisad[oa]s?|aprobad[oa]s?)\s+(?:off\s+)?(?:by|por)\b",
            r"\b(?:use|using|uses|usar)\s+(?:alone|again|less|more|twice|otra vez|solo|sola|menos|más)\b",
            r"\b(?:not|never|no|n[’']t|nunca)\b[^.!?]*\b(?:alcohol|wine|beer|liquor|vino|cerveza|licor)\b",
            r"\b(?:quit|quits|quitting|stop|stops|stopping|dejan|dejarlo|deja)\s+(?:alone|whenever|any ?time"
            r"|solos?|solas?|cuando|at home|en casa|on (?:your|their) own|by (?:yourself|themselves))\b",
            r"\bcold turkey\b|\b(?:old|usual|same|misma)\s+(?:amount|cantidad)\b",
        )
    ),
    re.IGNORECASE,
)
# What is said of something that people take: “heroin is harmless”, “la heroína no hace daño”.
_IN_GENERAL = _set("medicine medicines medication medications medicina medicinas medicamento medicamentos")
_SUBJECTS = "|".join(sorted((NAMES | TAKEN) - _IN_GENERAL))  # “your medicine is ready”
CLAIM = re.compile(
    rf"\b(?:{_SUBJECTS})\s+(?:is|are|isn[’']t|aren[’']t|does|doesn[’']t|do|don[’']t|can|can[’']t|cannot|has|never|kills?"
    rf"|harms?|helps|works?|es|son|está|están|no|nunca|hace|sirve|mata|cura|ayuda)\b"
    rf"|\b(?:harmless|safe|useless|poison|clean|good|bad)\s+(?:{_SUBJECTS})\b"
    rf"|\b(?:{_SUBJECTS})\s+(?:segur[oa]|inofensiv[oa]|inútil|buen[oa]|mal[oa]|limpi[oa])\b",
    re.IGNORECASE,
)
SENTENCE = re.compile(r"[^.!?\n]+")
WORD = re.compile(r"[^\W\d_]+")
ALL = MEASURES | NAMES | SIGNS | VERBS | THINGS


def drugs_in(text):
    """Return the words in `text` that name what people take, or an empty text."""
    return ", ".join(word for word in WORD.findall(text) if word.casefold() in DRUGS)


def instruction_in(text, *, may_name=False):
    """Return the words in `text` that may tell somebody what to do clinically, or an empty text.

    A label of a link `may_name` what the page is about.
    """
    for sentence in SENTENCE.findall(text):
        words = [word.casefold() for word in WORD.findall(sentence)]
        told = [word for word in words if word in MEASURES or (word in NAMES | SIGNS and not may_name)]
        if VERBS.intersection(words) and THINGS.intersection(words):
            told += [word for word in words if word in VERBS | THINGS]
        if ENDING.intersection(words) and NAMES.intersection(words):
            told += [word for word in words if word in ENDING | NAMES]
        told += [
            match[0] for pattern in (DOSE, POSITION, ADVICE, CLAIM) for match in pattern.finditer(sentence)
        ]
        if told:
            return ", ".join(dict.fromkeys(told))
    return ""
