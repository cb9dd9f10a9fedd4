"""Sentences for test_danger_words.py: half of them speak of danger, half only sound like it."""

SUICIDE = """\
I really dont think I can keep living
I have a plan and pills to end my life
There's no point to living anymore
I keep having thoughts of hurting myself
my wife threatened to kill herself last night
I don't see any reason to keep going
im gonna end it tonight
I want to disappear forever
Siento que no quiero vivir más
quiero terminar con todo
I hate my life and want to die every day
sometimes I think about ending it all
my boyfriend said goodbye and has a gun
I’m gonna OD on purpose
I wanted to be dead yesterday
i am thinking about hanging myself
I want to kill myself.
i wanna kill myself tonight
I’m going to kill myself if I can’t stop
I keep thinking about killing myself
My son says he wants to kill himself
she said she would kill herself, I don’t know what to do
I want to die
I just want to die. Nothing helps.
he wants to die
I don’t want to live anymore
i dont want to be here anymore
She doesn’t want to live
I don't want to be alive
I no longer want to live
I have nothing left to live for
there is no reason to live
My life is not worth living
I'm so tired of living
I wish I was dead
I wish I were dead
sometimes I hope I don’t wake up
my family would be better off without me
Everyone is better off dead with me... I mean I am better off dead
I feel suicidal
I am suicidal and withdrawing
my husband is suicidal
he keeps talking about suicide
I’ve been having thoughts of suicide
suicidal thoughts all night
I attempted suicide yesterday
she is threatening suicide
He wrote a suicide note
I'm thinking of ending my life
I want to end it all
I am planning to take my own life
He has a gun to his head
I am going to jump off a bridge
I want to hurt myself
she is cutting herself again
kms tonight
I feel like unaliving... no, I want to unalive myself
I cannot go on anymore
I can't go on like this anymore
I can’t go on like this
we cant go on any longer
I just cannot carry on like this
I don't know how to go on
I don’t know if I can go on
He says he can't keep going like this
I can't go on without her
No puedo seguir así
ya no puedo seguir adelante
no puedo seguir viviendo así
no sé cómo seguir adelante
My husband died last year and I want to kill myself
I can't stop using I want to die
Quiero morir
Me quiero morir, ya no aguanto
quiero matarme
Mi hijo dice que se quiere matar
mi hermana se quiere suicidar
Estoy pensando en suicidarme
pienso en quitarme la vida
Ya no quiero vivir
no tengo ganas de vivir
Quiero acabar con mi vida
Mi esposo habla del suicidio
tengo pensamientos suicidas
voy a matarme esta noche
Ojalá no despierte mañana
No puedo más, quiero morirme
"""

OVERDOSE = """\
Dad is unconscious and breathing weird
I OD'd an hour ago and feel weird
he od'd just now
he's making a snoring sound and I can't wake him
mi amigo no se despierta
mi esposa está morada y no respira bien
my bf is blue and wont respond
my friend shot up and won't wake
please help my daughter took 40 pills
se inyectó demasiado y no responde
she stopped breathing for a minute
she's cold and not responding
we can't get my cousin to wake up
he is not breathing, lips are blue
He isn’t breathing
my friend stopped breathing
she's barely breathing
his breathing is really slow
he won’t wake up
I can't wake him up
She is not waking up!!
my brother doesn't wake up
her lips are turning blue
his lips look blue
he's turning blue
blue lips, please help
he is unresponsive
She is unconscious on the floor
I think she is overdosing
my son is overdosing right now
I think I overdosed
he just overdosed
I took too much
I took way too much fentanyl and I’m scared
I just took a whole bottle of pills
she took all her pills
she swallowed a handful of pills
my roommate passed out and I can't get him up
he has no pulse
he's gurgling and I cannot wake him
she is foaming at the mouth
No, no respira
No respira, tiene los labios morados
mi hijo no está respirando
no despierta, ayuda
No puedo despertarlo
está inconsciente
creo que tiene una sobredosis
mi hermano tuvo una sobredosis hoy
tomé demasiadas pastillas
me tomé todas las pastillas
se puso morado
no reacciona
"""

HARMLESS = """\
My daughter is in rehab and doing well
I died inside when I saw the bill
How long does withdrawal last?
I don't have thoughts of suicide, just sick
He is breathing fine now
Are you open on Monday?
My brother killed himself in 2015 and I started using
I lost my husband to an overdose three years ago
Kill two birds with one stone
I want my son to stop before he dies
I took methadone for a year
He woke up fine
Do you take Medi-Cal?
The clinic hung up on me
My feet turn blue in the cold every winter
I am scared he will overdose one day
Can you overdose on suboxone?
no estoy pensando en matarme
tengo miedo de que le dé una sobredosis
La metadona me salvó la vida
me duele todo, estoy en abstinencia
Quiero dejar de inyectarme
this job is suicide
I'd rather die than go back there
She's to die for
I'm beating myself up
I want to cut down
I hurt myself falling at work
I use too much and want to stop
I cut myself off from friends
it is just odd
he won't respond to my texts
This habit is killing me.
My battery died.
my phone died, so please text later
I would never kill myself.
I am not suicidal
I'm not going to kill myself
I don’t want to die, I want to get better
I do not want to hurt myself
I never thought about suicide
I don’t have suicidal thoughts
He has never talked about suicide
My mom is going to kill me when she finds out
I'm dying for a smoke
I nearly died laughing
I'm dead tired
the deadline at work is killing me
my father died two years ago
My brother died of an overdose last year.
my son overdosed last year and survived
She overdosed two years ago
What are the signs of an overdose?
Can I get naloxone for overdose?
Do you teach overdose prevention?
How much does treatment cost?
I feel like I’m going to die from withdrawal
I feel like dying every morning
I can’t live like this anymore, I want treatment
I can't go on vacation with this habit
I can’t go on the website to sign up
I cannot go on Tuesday
we can't go on the bus that early
I can't keep going to that clinic, it is too far
I can’t go anymore to my old doctor
can I go on like this with my pills or do I need a refill?
I don't know how to go on the patient portal
I don’t know how long treatment goes on
my insurance can't carry on with payments
No puedo seguir las instrucciones de la página
no puedo seguir esperando la cita
no puedo seguir pagando la clínica
no sé cómo seguir el tratamiento
I want to quit before it kills me
Heroin killed my best friend
I want my life back
I want to live
I'd kill for a good night's sleep
I want to stop using.
I can't wake up in the morning without it
I wake up sick every day
He won't talk to me
She won’t answer my calls
I took too much time to write this
This took too much of my life
I spent too much money
I used to take pills for pain
I take two pills a day
I was shooting myself up for years
I shot myself in the foot by quitting rehab
Do you treat people who shoot up?
Is suboxone safe?
I lost my job and my wife left
I'm in withdrawal and everything hurts
My car is blue and parked in front
I feel blue
I am blue and lonely
The pills are blue
someone sold me blue pills
I have not slept for three days
I can finally breathe easier
my breath smells
It's to die for
I passed out flyers for your clinic
the program ended my lease
I ended it with my boyfriend
I want to end this addiction
how do I end the cycle
My life is a mess
I cut my hand at work
I hurt my back and got pain pills
Is there a suicide prevention line?
My doctor died
the meeting went dead
Do you have a bridge program?
jump in front of the line
I am a nurse and have a question about overdose training
He was not breathing two years ago but they saved him
When I was 16 I overdosed
In 2019 he overdosed at a party
I’m killing myself laughing at your website
I'm working myself to death
Este vicio me está matando
se me murió la batería
Mi mamá me va a matar
me muero de hambre
me muero de ganas de verlo
No quiero morir, quiero ayuda
no me quiero morir
nunca he pensado en suicidarme
No pienso en suicidarme
quiero dejar la heroína
mi hijo no responde mis llamadas
no responde el teléfono
Mi hermano murió de una sobredosis
tuvo una sobredosis el año pasado
¿Qué hago en una sobredosis?
tomó demasiado tiempo
quiero vivir
respiro mejor ahora
mi carro es azul
¿Cuánto cuesta?
No puedo dormir
Quiero morirme de risa
quiero una cita para mi esposa
"""
