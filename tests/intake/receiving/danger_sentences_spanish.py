"""Sentences in Spanish for test_danger_words.py, as people type them: by ear, without accents, in slang."""

SUICIDE = """\
ya no tengo fuerzas para vivir
dios mio ya llevame
no quiero amanecer mañana
ya estoy arto de todo me quiero morir
mi carnal se kiere matar
me dan ganas de aventarme del puente
mi nieto dice que ya no quiere vivir
ya no le hallo sentido a mi vida
a veces pienso que estarian mejor sin mi
quisiera dormirme y no despertar
tengo pensamientos de suicidarme
ya no aguanto mas me voy a matar
no tengo motivos pa vivir
quiero morirme con una sobredosis
mi hija se corta las muñecas
mi hijo se intentó ahorcar anoche
trae una pistola y dice que se va a matar
ya pensé como matarme
me da igual si me muero
no me importa si me muero
hoy me mato
me voy a tomar un frasco de pastillas para morirme
mi esposo escribió una carta de despedida
me quiero hacer daño con un cuchillo
ya no valgo nada quiero desaparecer
me quisiera morir
mejor muerta que seguir asi
Me quiero aorcar
todos los días pienso en la muerte y en matarme
ya no quiero existir
mi mamá se quiere quitar la vida
dice q se quiere morir
no kiero seguir viviendo
ya no quiero seguir con esta vida, me quiero morir
mi hijo quiere acabar con su vida
Estoy pensando en el suicidio
se quiere tirar de la azotea
mi hija se quería matar con pastillas
me siento suicida
vivir así no tiene sentido para mi
ojala dios me lleve ya
ya me quiero ir con dios
ya no puedo mas con la vida
mi vecino se kiere pegar un tiro
ke caso tiene vivir
si no me ayudan me mato
me voy a matar si me deja
se anda queriendo matar
dice que se va a colgar
mi esposo amenaza con matarse
prefiero estar muerta
ya no quiero estar en este mundo
me quiero colgar
estoy harta de vivir
me kiero matar
mi hijo se quiso matar anoche
quiero aventarme del puente
ke me muera de una vez
quiero acabar con todo esto
tengo ganas de no estar viva
qiero morir
prefiero morirme que seguir así
ya no tiene sentido vivir
quiero morrir
se quiere dar un tiro
me quiero tirar al tren
me voy a tomar todas las pastillas
ya no le encuentro sentido a vivir
estarían mejor sin mí
ya no quiero vivir asi, me quiero petatear
"""

OVERDOSE = """\
no c despierta mi amiga
mi hijo no respira que ago
mi esposo ta tirado y no despierta
ayuda mi amigo no despierta le di narcan
mi novia se puso azul
mi hermano no reacciona tomo muchas pastillas
esta bien morado de los labios
no puedo aser que despierte
lo encontré en el baño, no se movía y está frío
mi hija se tomó un bote de pastillas
no siento que respire
respira bien poquito
esta respirando muy lento
casi no esta respirando
no le encuentro pulso
se le pusieron moradas las uñas
sus labios se ven azules
mi papá se desmayó después de inyectarse
se inyecto fentanilo y no contesta, no despierta
no abre los ojos
le esta saliendo espuma de la boca
mi sobrino esta en una sobredosis
le esta dando una sobredosis
se está asfixiando
no tiene respiración
hace ruidos raros al respirar y no responde
le pegó una sobredosis
se metio mucha chiva
me metí demasiado
me tome muchas pastillas
esta todo aguado y no responde
se quedo dormido y no lo podemos despertar
ya le di narcan y no responde
se me pasó la dosis
mi niño se tragó una pastilla azul
ya se puso frío y no respira
mi compa no reacsiona le dimos fenta
mi hija está en el suelo y no despierta
no respira mi niño
mi mama no se despierta se tomo las pastillas
se le ponen los labios morados
está como muerto no se mueve
no le siento respirar
tiene los labios asules
mi hermano esta desmayado en el carro
esta respirando raro
se le olvida respirar
mi tio se puso bien morado
se tomó toda la metadona
se inyectó de más
creo que se paso de heroina
se metió de más
le dio una convulsion ahorita
se tomo un monton de pastillas
las uñas se le ven azules
inyectó demasiado
no vuelve en sí
no respira vien
se quedó inconsciente
no le siento el pulso
mi hijo no se dispierta
sobredosis ahora mismo
le dio sobredosis
lo encontre tirado en el baño con la jeringa
mi hija esta morada
no logro que despierte
está muy frío y no se despierta
saca espuma de la boca
se esta ahogando
no resolla
casi no respira
respira muy despacio
se trago las pastillas
tiene la boca morada
no la puedo despertar
se nos esta yendo
esta gris y no se mueve
"""

HARMLESS = """\
no despierta sospechas
la vida es dura
me cansé de la calle
no puedo con la renta
Quiero dejar la heroína por mis hijos
mi hija está embarazada y consume
Llevo 5 días sin usar y me siento mal
mi hijo llega tarde y no quiere hablar
¿El tratamiento es gratis?
mi esposo salió de la cárcel la semana pasada
siento que me muero con la malilla
la malilla me está matando
no aguanto el dolor
ya no aguanto los temblores
Quiero que mi hijo viva
Tengo miedo de una sobredosis
mi hermana tuvo una sobredosis hace dos años y sobrevivió
¿Qué es la naloxona?
no puedo dormir ni comer
estoy harta de que me mienta
me duele el pecho cuando toso
mi hijo perdió su trabajo
se perdió la cita
no encuentro doctor que hable español
no quiero que se enteren en mi trabajo
¿Ayudan a gente sin papeles?
mi cuñado falleció de sobredosis
perdí a mi hijo por una sobredosis el año pasado
ya no puedo pagar la renta
no puedo seguir faltando al trabajo
quiero terminar el tratamiento
mi hijo fuma mota, ¿es peligroso?
toma pastillas para la presión
tomo cuatro pastillas al día
tiene los ojos rojos
tiene las pupilas chiquitas
se rasca mucho
me encontré papel aluminio quemado en su cuarto
encontré una jeringa en su cuarto
encontré a mi hijo tirado en la calle el mes pasado
se mueve mucho cuando duerme
no se mueve rápido el seguro
la línea no responde
me cortaron la llamada
me cortó mi novia
quiero cortar con esta vida
quiero una vida nueva
quiero volver a vivir
no quiero perder a mis hijos
no quiero regresar a la cárcel
no quiero seguir en la calle
no quiere seguir el tratamiento
no quiere estar en el programa
mi vida no tiene rumbo
prefiero que me llamen en la mañana
prefiero morirme antes que decirle a mi mamá
mi mamá se muere si se entera
casi me muero del susto
respiro bien pero tengo catarro
le cuesta dejarlo
le cuesta hablar de esto
mi hijo tiene convulsiones desde niño, ¿puede tomar metadona?
compró una pistola de agua
trabajo de guardia y traigo pistola
¿Tienen línea para suicidio?
mi hijo dice que no quiere ir al tratamiento
quiero hacer una cita para mañana
no me ha respondido nadie de su oficina
ya mandé un mensaje y no responden
mi esposo toma metadona y está bien
¿la buprenorfina quita las ganas?
tengo muchas ganas de vivir
tengo ganas de usar
me quiero mover a California
se quiere salir del programa
estoy pensando en internarlo
¿Cuántas pastillas puedo tomar?
me tomé las pastillas de la presión
le dio gripa
me dio miedo
tiene moretones en el brazo
mi hijo está azotando las puertas
no tengo aseguranza
no hay citas
no quiero que se sepa
Tengo miedo de que se muera
¿Aceptan Medi-Cal?
ya no tengo ganas de nada
quiero terminar con mi novio
gastó demasiado
tiene frío y sudor
Hola, quiero información sobre el tratamiento
se tomó las pastillas que le recetaron
la clínica no responde
no contesta el teléfono
estoy cansada de vivir con miedo
mi hija no responde mis mensajes
Mi esposo no despierta temprano para ir a trabajar
se me pasó la mano con la sal
mi hijo no quiere morir, quiere salir adelante
no tiene sentido lo que dice
me cuesta respirar cuando subo escaleras por mi asma
Quiero saber si dan naloxona para una sobredosis
mi vieja me va a matar si se entera
No quiero que se muera mi hijo
se desmayó la semana pasada pero ya está bien
fuma mota y toma mucho
se me pasó la cita
se está muriendo mi teléfono, mándenme texto
se cortó el pelo
ya no quiero estar aquí en esta ciudad
tuvo una convulsión hace un año
¿Cómo sé si es una sobredosis?
mi vida cambió mucho
el tratamiento lo mató de aburrimiento
no responde el doctor
toma demasiado los fines de semana
no quiero vivir en la calle
Quiero quitarme el vicio
no se mueve el trámite del seguro
respira bien y está dormido
me estoy ahogando en deudas
Este trabajo es un suicidio
Me corté el dedo cocinando
tengo una pistola de silicona
mi hija toma demasiado alcohol
me muero por un cigarro
me tiré al suelo del cansancio
no reaccionan en la clínica a mis mensajes
quiero vivir por mis hijos
tengo las venas moradas de inyectarme
ya no quiero vivir con él
Me despierto en la noche sudando
¿El perro puede intoxicarse con fentanilo?
me mata el dolor de espalda
no quiero que le pase nada
mi hijo ya no me contesta
no me despierta la alarma
se pasó de la hora
le salió un moretón morado en el brazo
ya despertó y está bien
Compré pastillas azules en la calle
"""
