"""The counter of Spanish syllables against words divided by hand after the rules of spelling."""

import pytest

from content.readability.syllables import syllables

pytestmark = pytest.mark.once

DIVIDED = """
a a-bri-go a-bril a-bue-la a-ca-bar a-cei-te a-com-pa-ñar a-cuer-do a-de-más a-dic-ción a-e-ro-sol a-é-re-o
a-fue-ra a-gua a-gu-do a-gu-ja a-hí a-ho-go a-ho-ra a-hue-car ai-re al-co-hol a-le-grí-a al-guien al-gún
a-lu-mi-nio a-ma-ri-llo am-bu-lan-cia a-mi-go an-sie-dad an-ti-bió-ti-co an-ti-in-fla-ma-to-rio a-ño a-o-jar
a-pe-nas a-pun-te a-quí ar-güir á-re-a a-sien-to a-sue-to a-ten-ción a-tien-de aun a-ún au-to a-van-zar
a-ve-ri-guáis a-ve-ri-güe a-vi-so a-yer a-yu-da a-yu-de a-zul ba-hí-a bai-le ba-ja ba-úl be-bé bien bi-lin-güe
bol-sa bo-ti-quín bra-zo bre-ve bue-no bui-tre bu-pre-nor-fi-na bus-que bú-ho ca-be-za ca-ca-hua-te ca-da
ca-er ca-í-da ca-í-as ca-lien-te ca-lle cam-biar ca-ma can-sa-da ca-o-ba car-go ca-sa cau-sa ce-pi-llo cien
cien-cia ci-ga-rri-llo cin-co cien-tí-fi-co ciu-dad clí-ni-ca co-he-te co-lec-ción co-me-dia co-mien-za
co-mún con-fian-za con-fi-den-cial con-fí-o con-sien-te con-su-me con-sul-ta con-ti-nú-a con-ti-nuo cons-truí
cons-trui-do cons-tru-ye con-ver-sa-ción co-o-pe-rar co-ra-zón co-rre-o cre-er cre-í-a cre-o cri-sis cruel
cuan-do cuá-les cua-tro cuan-to cue-llo cuen-ta cuer-po cui-da cui-dar cu-ñas cu-ra da-ño de-ba-jo de-jar
de-lei-te de-pen-den-cia des-a-yu-no des-hie-lo des-mien-te des-pa-cio des-pier-ta des-pués de-tie-ne dí-a
dia-rre-a die-ta diez di-fí-cil di-ga di-ne-ro do-lor dos dú-o due-le dul-ce e-dad o-í-mos e-lec-tri-ci-dad
e-mer-gen-cia e-mer-gen-cias em-ba-ra-za-da em-pie-za en-cí-a en-tien-de e-quis es-cri-ba es-cu-cha
es-pa-ñol es-pe-cial es-ta-do es-ta-dou-ni-den-se es-tu-dio e-va-lú-a e-xa-men ex-tran-je-ro fa-mi-lia
fa-mi-lia-res fen-ta-ni-lo fie-bre fiel fi-nal fle-co fluir fre-cuen-cia frí-o fuer-te fu-ma gen-te
gra-cias gra-tis gra-tui-to guan-te gua-pa gue-rra guiar guí-a guion guí-a-me ha-bla ha-ce ha-cia ha-cí-a
ham-bre he-ro-í-na her-ma-na hie-lo hi-jo hin-cha-da hoy hue-so huér-fa-no hue-vo huí huir i-de-a i-dio-ma
i-gual im-por-tan-te in-cluí in-clu-ye in-de-pen-dien-te i-ne-fi-caz in-fec-ción in-me-dia-to in-quie-to
in-yec-ción is-la je-fe je-suí-ti-co jó-ve-nes jue-ves jun-to ju-ris-ta la-bios la-gui-to la-van-da le-a
le-er le-í-a le-í-do ley li-ci-to lim-pie lin-güís-ti-ca li-bre llan-to lla-me lle-gue llu-via lo-gra
lue-go lu-gar ma-dre ma-íz ma-lo ma-lli-lla ma-no más ma-yo ma-yo-rí-a me-dia-no me-di-ci-na mé-di-co
mé-di-ca me-jor me-nos men-sa-je mes me-ta-do-na mie-do mien-tras mi-nu-to mis-mo mi-rar mo-hí-no mo-lé-cu-la
mu-cho mue-re mue-ra mu-jer muy na-riz na-tu-ral náu-se-a ne-ce-si-ta nin-gún ni-ño no no-che nom-bre nue-ve
nu-tria o-a-sis o-bli-gue o-cho o-í-do o-ír o-jo o-pio o-pioi-de o-pri-ma o-re-ja o-to-ño pa-cien-te
pa-ís pai-sa-je pa-na-de-rí-a pan-ta-lla pa-ña-les pa-pel pa-ra-guas pa-re-ce par-que pa-sa-do pa-se-o
pas-ti-lla pa-tio pei-ne pe-le-a pen-sa-mien-to pe-or per-mi-so pe-rí-o-do per-so-na pie pien-sa pin-güi-no
po-e-ta po-é-ti-co po-lí-ti-ca por-que pre-gun-te pre-o-cu-pa pri-me-ro pri-va-ci-dad pro-gra-ma
pro-por-ción prue-ba psi-có-lo-go pues-to pul-món pun-ta pu-pi-las que quie-re quién qui-zás ra-íz ra-yo
re-al re-a-li-dad re-ce-ta re-ha-bi-li-ta-ción re-hú-sa rei-na re-ír res-pi-ra-ción res-pi-re reu-nión
re-ú-ne re-ve-la rey rí-e rí-o ro-e-dor ro-jo rui-do rui-na sa-bí-a sa-la sa-lud sa-lió san-gre san-grí-a
se-guir se-gu-ro seis se-ma-na se-ñal sí sie-te siem-pre sien-te si-guien-te si-len-cio sín-to-ma so-bre
so-bre-do-sis soy sua-ve su-dor sue-ño su-fi-cien-te sui-zo tan-to ta-re-a te-a-tro te-lé-fo-no te-ra-peu-ta
te-ra-pia ter-cio tie-ne tien-da tí-o to-a-lla to-da-ví-a to-le-ran-cia tra-er tra-í-da tra-ta-mien-to
trein-ta triun-fo tu-be-rí-a tu-vo ú-ni-co u-no u-ru-gua-yo us-ted va-cí-o va-cia va-ya vein-te ver-güen-za
vez ví-a via-je vi-da vie-jo vien-to viu-da vi-ví-ais vo-lun-tad vol-ver voy vuel-ve xi-la-ci-na y ya ye-so yo
za-na-ho-ria za-pa-to zo-na zo-o-ló-gi-co
"""
WORDS = {word.replace("-", ""): word.count("-") + 1 for word in DIVIDED.split()}


def test_at_least_three_hundred_words_are_known():
    assert len(WORDS) >= 300


@pytest.mark.parametrize(("word", "count"), WORDS.items())
def test_the_word_has_the_syllables_of_its_spelling(word, count):
    assert syllables(word) == count
