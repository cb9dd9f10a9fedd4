"""The words in which a clinic says when and where it is there. Used by admin/site_words.py.

A list of what is harmless holds where no list of advice can: whatever else somebody says, a clinician reads.
"""

import re

OFFICE = frozenset(
    """a after afternoon afternoons again all also an and answer answered answering answers appointment
    appointments are at available avenue back be because before between both building by call called
    callers calling calls can cannot clinic close closed closes closing day days do does door down due
    each early earlier email emails english entrance eve evening evenings every fire first floor for
    desk form from front has have here holiday holidays hour hours in internet interpreter interpreters
    is it its language languages last late line lines location lot maintenance may message messages
    midnight minute minutes month months morning mornings move moved moves moving new next night nights
    no noon normal not now number numbers of office offices on online only open opening opens or other
    our out outage page parking phone phones place please power reopen reopens repair repairs replies
    reply road room second service services session sessions side since site sorry spanish staff storm
    street suite team text texts than thank thanks that the there third this through till time times to
    today tomorrow tonight until us usual video visit visits was water we weather website week weekday
    weekdays weekend weekends weeks were when where will with work working works year years you your am
    pm

    monday tuesday wednesday thursday friday saturday sunday january february march april june july
    august september october november december christmas thanksgiving easter memorial labor independence
    juneteenth

    abierta abierto abiertos abre abren abrimos agua al antes cada calle cerrada cerrado cerrados
    cerramos cierra cierran cita citas clínica con contestamos correo de del desde después dirección día
    días edificio el en enfrente entrada entre equipo español estamos está están estará estaremos favor
    feriado festivo formulario gracias hasta hay hemos hora horas hoy idioma idiomas incendio inglés la
    las los lo luz línea líneas llamada llamadas llamar llame llámenos mantenimiento mañana mediodía
    mensaje mensajes mes meses minutos mudado mudamos mudanza no noche noches nos nuestra nuestras
    nuestro nuestros nueva nuevo número números o oficina otra otro para personal piso por primer
    primero próxima próximo puede puerta página que recepción respondemos respuesta sala se segundo
    semana semanas servicio servicios sesiones sesión sitio solo su sus sábado también tarde tardes
    teléfono teléfonos todo todos tormenta un una usted ustedes video visita visitas volvemos y

    lunes martes miércoles jueves viernes domingo enero febrero marzo abril mayo junio julio agosto
    septiembre octubre noviembre diciembre navidad""".split()  # noqa: SIM905 - reads better than a list of 300 lines
)
CODE = re.compile(r"\{[^{}]*\}")
WORD = re.compile(r"(^|[.!?]\s*)?\b([^\W\d_]+)")


def names_and_hours_alone(text):
    """Whether `text` says nothing but such words, names with a capital, and numbers."""
    return all(word.casefold() in OFFICE or not word.islower() for _, word in WORD.findall(text))


def others_in(text, *, may_name=True):
    """Return the words of `text` that say something else; names in the middle of a sentence may be none."""
    found = [
        word
        for start, word in WORD.findall(CODE.sub(" ", text))
        if word.casefold() not in OFFICE and (start or word.islower() or not may_name)
    ]
    return ", ".join(dict.fromkeys(found))
