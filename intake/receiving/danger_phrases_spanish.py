"""The Spanish phrases of danger that are shipped, Mexico and Central America first. Read by danger_words.py.

They are written as the English ones (danger_phrases.py): without accents, and “matar” finds “me boy a matar”.
"""

SUICIDE = """\
quiero/quisiera/quiere/queria/quieren/quise/quiso/deseo/desea morir/morirme/morirse
prefiero/prefiere/preferiria/mejor morir/morirme/morirse
me quiero/quisiera/queria/quise/voy/intente/trate ... morir/matar/suicidar/colgar/ahorcar/petatear
se quiere/quisiera/queria/quiso/va/iba/intento/trato ... matar/suicidar/colgar/ahorcar
se quiere/quisiera/queria morir
matarme/matarse
suicidarme/suicidarse
hoy/mejor/ya/o/si ... me mato
si no ... me mato
mato hoy/ahora/ya
pastillas/algo/frasco ... para morir/morirme
estoy/esta/soy/es/siento/siente suicida
pensando/pienso/piensa/pense/pensado/habla/hablando ... suicidio
pensando/pienso/piensa/pensado/habla/hablando ... morirme/morirse
intento/intente/intentado suicidio
quitarme/quitarse la vida
me/se quiero/quiere/quiso/voy/va/iba/intente/intento ... quitar la vida
acabar/terminar con mi/su vida
acabar/terminar con todo
todo se acabe/termine
no quiero/quiere/queria vivir
no quiero/quiere/puedo/puede seguir viviendo
no puedo/puede/podemos seguir asi/adelante
no quiero/quiere seguir asi/adelante/mas/ya/luchando
no quiero/quiere estar/seguir aqui
no quiero/quiere estar/seguir en este mundo
ir/irme/irse de este mundo
quiero/quisiera ... ir/irme con dios
ojala/quiero/pido ... dios me lleve/recoja
dios ... llevame
no puedo/puede mas con la/mi/esta vida
caso tiene vivir/seguir
queriendo morir/matar/matarme/matarse/morirme
no aguanto/aguanta vivir
no se como seguir adelante/viviendo
no se si puedo seguir
no quiero/quiere estar vivo/viva
no quiero/quiere despertar/existir/amanecer
quiero/quisiera/quiere/ojala/espero/dormir/dormirme ... no despertar/despertarme/despierte
quiero/quisiera/quiere desaparecer
quiero/quisiera/quiere/prefiero/prefiere estar muerto/muerta
sin ganas de vivir
no tengo/tiene fuerzas/animo para vivir/seguir
no tengo/tiene ganas de vivir
ganas de no vivir/estar/existir/despertar
no tengo/hay razon/razones/motivo/motivos para vivir
no ... veo/ve/encuentro/encuentra/hallo/halla sentido ... vida/vivir/seguir/nada
no tiene sentido vivir/seguir
vida/vivir ... no tiene sentido
no vale la pena vivir
no me/le importa morir/morirme/morirse/vivir
no me importa si me muero
igual/vale si me muero
la vida no vale nada
cansado/cansada/canse/harto/harta/fastidiado/fastidiada de vivir
hacerme/hacerse/lastimarme/lastimarse dano
me/se quiero/quiere/voy/va/iba ... dano/lastimar
me hago dano
se hace dano
lastimarme/lastimarse
se lastima a si/ella/el
cortar/cortarme/cortarse/corta/cortando ... venas/munecas/brazos
me estoy cortando otra/de
mejor muerto/muerta
mejor me muero/mato
me muera/muriera de una vez
ojala me muera/muriera
ojala estuviera muerto/muerta
estarian/estaran/estar/estaria mejor sin mi
ganas/deseo/deseos de morir/morirme/morirse
pensamientos/ideas/tendencias suicidas
pensamientos/ideas de suicidio
colgarme/ahorcarme/ahorcarse/colgarse
dar/darme/darse/pegar/pegarme/pegarse un tiro/balazo
tengo/tiene/trae/agarro/saco un/una/la/mi/su pistola/arma/rifle/escopeta
tomar/tomarme/tomarse/tragar/tragarme/tragarse todas las/mis/sus pastillas
carta de despedida
se despidio de todos/nosotros
aventar/aventarme/aventarse/tirar/tirarme/tirarse ... puente/edificio/azotea/balcon/tren
lanzar/lanzarme/lanzarse ... puente/edificio/azotea/balcon/tren
aventar/aventarme/aventarse/tirarme/tirarse ... carros/freeway
darme/darse/hacerme/meterme ... sobredosis
sobredosis a proposito
sobredosis adrede
"""

OVERDOSE = """\
no/ya respira
no/ya respira bien
casi/apenas no respira
apenas si/y/puede/puedo respira/respirar
apenas respira
no esta/estaba respirando
no/apenas resuella/resolla/resollando
dejo/deja de respirar
no puede/puedo respirar
le cuesta ... respirar
se le olvida respirar
no le siento/siente/oigo respirar
respira/respirando/respiracion ... poco/poquito/lento/despacio/raro/feo/mal/cada
boqueando
asfixiando
no ... tiene/hay/siento ... respiracion
no ... siento/veo/oigo que respire/respira
ronca/roncando ... raro/feo
no despierta/dispierta
no se/c/lo/la/me despierta/dispierta
no puedo/podemos/logro/pude/hay ... despertarlo/despertarla/despertarle/despertar
no lo/la/le puedo/podemos/pude/logro despertar
no logro/logramos/puedo/podemos/hay/quiere ... despierte/dispierte/reaccione/respire
no vuelve/volvio en si
no abre ... ojos
no se mueve/movia
no reacciona/reaciona
no responde
inconsciente
perdio/pierde/perdido ... conocimiento
se desmayo
esta/quedo ... desmayado/desmayada
encontre/encontramos/encontro/halle ... tirado/tirada/desmayado/desmayada
labios/boca/cara/piel/unas/dedos ... azul/azules/morado/morada/morados/moradas/gris/grises
azul/azules/morada/morados/moradas la/los/las/sus boca/cara/labios/unas/dedos
esta/puso/poniendo/pone ... azul/morado/morada/moradito/moradita/gris
tiene/tengo/teniendo/tuvo/sufrio/sufriendo/hizo ... sobredosis
tiene/tengo/teniendo/tuvo/sufrio/sufriendo/hizo/dio una sobre dosis
le/me/nos dio/esta/dando ... sobredosis
esta en/de/con sobredosis
esta en/con una sobredosis
dando/pego/pegando ... sobredosis
creo/parece ... sobredosis
sobredosis ahora/ahorita/orita
sobredosifico/sobredosifique/sobredosificado/sobredosificada
me/se paso/pase de dosis/droga/drogas/heroina/chiva/fentanilo/pastillas
me/se paso/pase con la dosis
me/se dio/di una sobredosis
le/me/nos paso la mano/dosis
tome/tomo/inyecto/inyecte/metio/meti/uso/consumio demasiado/demasiada/demasiados/demasiadas
tome/tomo/inyecto/inyecte/metio/meti/fumo/fume/consumio de mas
inyecto/inyecte/metio/meti mucho/mucha/muchas
tome/tomo/trago/trague todas las/mis/sus pastillas
tome/tomo/trago/trague ... frasco
tome/tomo/trago/trague ... monton/chorro/punado/puno/bonche/chingo/bote/caja de pastillas
tome/tomo/trago/trague ... 15/20/25/30/35/40/50/60/80/90/100 pastillas
tome/tomo/trago/trague ... quince/veinte/treinta/cuarenta/cincuenta/sesenta/cien pastillas
trago/trague ... pastillas
me/se tome/tomo muchas/tantas pastillas
me/se tome/tomo toda la/mi/su metadona/botella
nino/nina/bebe ... trago/comio
se/me enveneno/envenene/intoxico/intoxique con/de
no ... tiene/siento/siente/encuentro/encuentra/hallo/hay ... pulso
sin pulso
no ... tiene/hay/encuentro signos
no le late
corazon no late
se esta muriendo
se me/nos esta muriendo/yendo
se me/nos muere
hijo/hija/esposo/esposa/hermano/hermana/amigo/amiga/novio/novia/mama/papa se muere
ahoga/ahogando ... vomito
se esta ahogando
espuma ... boca
saca/sacando/echa/echando/bota/botando/sale/saliendo espuma
convulsionando
teniendo/dando ... convulsion/convulsiones
dio/tiene ... convulsion ahora/ahorita/orita
"""

HARMLESS = """\
respirar por la nariz
no responde mis/los/el/a mensajes/llamadas/telefono/mis/las
no responde nadie
no responde el/la/mi/su doctor/doctora/clinica/consejero/consejera/terapeuta/seguro/oficina
doctor/doctora/clinica/consejero/consejera/terapeuta/seguro/oficina/farmacia ... no responde
linea/numero/telefono/nadie ... no responde
no reacciona con
no ... despierta/dispierta/despertar temprano/tarde/hasta/para/en
no me despierta la/el/mi/ni alarma/despertador
no despierta sospechas/interes
no me puedo despertar
no se mueve de/el/la/del/rapido
no quiero/quiere vivir con/en/aqui/alla/sola/solo/lejos/cerca
no quiero/quiere estar/seguir aqui en/con/encerrado/encerrada/esperando
cansado/cansada/harto/harta/canse de vivir con/en/aqui/lejos/mintiendo
prefiero morir/morirme antes
prefiero morir/morirme que volver/regresar/ir
mama/papa/vieja/esposa/esposo/jefe me queria/quiere matar
mejor me muero de
importa morir de
miedo/pregunta/preguntas/duda/dudas/riesgo/riesgos ... sobredosis
muere si se entera
matarme/matarse a/de trabajar/trabajando/estudiar/hambre/risa
matarme/matarse trabajando/estudiando
muriendo/muere ... telefono/celular/cel/bateria
muriendo/muere de cancer/hambre/frio/calor/sueno/pena/risa/miedo/ganas/sed/amor
ahoga/ahogando en deudas/problemas/trabajo/un/alcohol/penas
paso la mano con/en la/el/lo sal/azucar/comida/chile/comentario/regano
murio/fallecio/muere/muerto/muerta ... sobredosis
pistola/arma de silicon/silicona/agua/juguete
respira ... mal aliento
morir/morirme de risa/verguenza/hambre/pena
demasiado tiempo/trabajo/dinero
"""
