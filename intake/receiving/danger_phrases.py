"""The English phrases of danger that are shipped, and what denies them. Read by danger_words.py.

One phrase a line, in small letters without accents or apostrophes. “a/b” means one of them, “...” up to
three other words. A misspelling that sounds alike is found by itself. A wrong alarm costs a minute, a missed
one may cost a life: when in doubt, a phrase is in. Words that people in withdrawal often use of themselves
(“I feel like dying”) are left out on purpose.
"""

SUICIDE = """\
kill/killing/kills myself/himself/herself/themself/themselves/ourselves
killmyself
kms
unalive myself/himself/herself/themself/themselves
hang/hanging myself/himself/herself/themself
drown/drowning myself/himself/herself
shoot/shooting myself/himself/herself
want/wants/going/gonna/wanna/might/will ... hurt/hurting/harm/cut/cutting myself/himself/herself/themself
thinking/thoughts/urge ... hurt/hurting/harm/harming/cut/cutting myself/himself/herself/themself
hurting/harming/cutting myself/himself/herself/themself again/tonight/now/today
self harm/harming
end/ending/ended my/his/her/their own life
end/ending my/his/her/their life
end/ending it all
end/ending it tonight/today/now
end/ending everything tonight
take/taking my/his/her/their own life
take/taking my life
want/wants/wanted/wanting to die
want/wants/wanted to be dead
wanna die
wanna be dead
wish/wishes/wishing ... was/were dead
wish/wishes/wishing ... could die
wish/wishes i/he/she/they would die
wish/wishes/hope/hopes ... dont/didnt/never/wont wake up
hope ... not wake up
pray/praying/prays ... to/not/dont wake up
go/going to sleep and never wake up
better off dead
better off without me
world ... better without me
rather be dead
ready to die
plan/planning/planned/going to die tonight/today
dont/doesnt/didnt want to live
dont/doesnt want to be alive
dont/doesnt want to exist
dont/doesnt want to be here anymore
dont/doesnt want to be on this earth
dont/doesnt wanna live
dont/doesnt wanna be here anymore
dont/doesnt want to wake up
not want to live
no longer want/wants to live
no longer want/wants to be here
no reason/will to live
no reason to go on
nothing ... to live for
nothing left to live
no point ... living
no point ... being alive
not worth living
isnt worth living
tired of living
tired of being alive
done with life
done with living
cant/cannot/couldnt go on living
cant/cannot keep living
dont think ... can keep living
dont/doesnt/cant see any/a reason/point in/to live/living/keep
want ... disappear forever
want everything to be over
has/have/got/holding ... gun
cant/cannot go/keep on anymore
cant/cannot go on like this/that
cant/cannot go on this/that way
cant/cannot go on any longer/more
cant/cannot go on without him/her
cant/cannot ... go on like this
cant/cannot keep going like this
cant/cannot keep going anymore
cant/cannot keep going on like this
cant/cannot carry on like this/anymore
dont/doesnt know how ... go on
dont/doesnt know if/whether ... can go on
dont/doesnt know how much longer ... can go on
dont/doesnt want to go on anymore/like/living
dont/doesnt wanna go on anymore/like
cant/cannot do this life anymore
commit/committing/contemplating/considering/attempt/attempting/attempted/plan/planning suicide
committ suicide
think/thinks/thinking/thought/talk/talks/talking/talked/thoughts of/about suicide
thinking of/about ... suicide
threaten/threatens/threatening/threatened suicide
suicide note/plan/attempt
suicidal thoughts/ideas/ideation/feelings
am/im/is/hes/shes/feel/feels/feeling/felt/was/become/becoming/being ... suicidal
suicidal again/now/tonight/since
sucide
suicidle
jump/jumping off/from ... bridge/building/roof/balcony/overpass
jump/jumping in front of ... train/car/truck/bus
slit/slitting/cut/cutting my/his/her wrists
gun to my/his/her head
put a bullet in my/his/her head
blow my/his/her brains out
goodbye/farewell/suicide note/letter
overdose on purpose
od on purpose
take/taking all my/his/her/the pills
"""

OVERDOSE = """\
not/isnt/wasnt/arent/aint breathing
not ... breathing right/well/anymore
stopped/stops/stop/quit breathing
no longer breathing
barely/hardly/scarcely breathing
breathing ... barely/slow/slowly/shallow/weird/funny/stopped
cant/cannot breathe
doesnt breathe
not take/taking a breath
no pulse
cant/cannot/dont find/feel ... pulse
wont/doesnt/didnt/wouldnt wake up
wont/doesnt wake
not wake/waking up
isnt waking
cant/cannot/couldnt wake him/her/them/my
cant/cannot/couldnt wake up him/her/them/my
cant/cannot/couldnt get ... to wake
cant/cannot/couldnt get him/her/them up
trying to wake him/her/them
unresponsive
not/isnt/wont/doesnt respond/responding
not responsive
unconscious
passed out and/on/in/cold
is/hes/shes/are/just passed out
lips ... blue/purple/gray/grey
blue/purple lips
face/fingers/fingertips/nails/skin ... blue/gray/grey
turning/turned/going/gone/went blue
turning/turned/going/gone/went purple
hes/shes/he/she blue
he/she is/looks blue
foaming at ... mouth
foam ... mouth
gurgling
choking on ... vomit
overdosing
oding
od ing
having an overdose
had an overdose tonight/today/now
i overdosed
i have overdosed
ive overdosed
just overdosed
overdosed and/on/again/tonight/today/now
hes/shes/has/have/may/might/must ... overdosed
think ... overdosed
i/he/she/they/we/has/have/son/daughter/brother/sister/friend odd/oded
he/she/just/have/has od
think ... oding/od/oded
taking an overdose
took/taken an overdose
i/he/she/they/we/ive/hes/shes/just/have/has took/taken/used/did/shot/injected/snorted/smoked too much/many
friend/son/daughter/brother/sister/husband/wife/mom/dad took/used/did/shot/injected too much/many
i/he/she/they/we/ive/just/have/has took/taken/used/did/shot/injected/snorted/smoked way/far/so too much/many
i/he/she/they/ive/just/have/has took/taken/swallowed all ... pills/meds/medication/methadone/bottle
took/taken/swallowed/swallowing ... whole/entire/full bottle
took/taken/swallowed ... bottle of
drank ... bottle of methadone/pills/meds
took/taken/swallowed ... handful of
took/taken/swallowed ... bunch of pills
took/taken/swallowed ... lot of pills
took/taken 20/25/30/35/40/50/60/80/90/100/twenty/thirty/forty/fifty/sixty pills
swallowed ... pills
having/has/had a seizure now
having a seizure
"""

HARMLESS = """\
too much time
too much ... work
too many times
not breathing the words
took too much of my/our/his/her time/life/energy
took too much out of me/us
kill/killing/kills myself/himself/herself laughing/working/studying/training/exercising/trying
kill/killing/kills myself/himself/herself at work/school/the
shoot/shooting/shot myself/himself/herself up
shoot/shooting/shot myself/himself/herself in the foot
want/wanted to die of/from/laughing embarrassment/shame/laughter
want/wanted to die laughing
hurt/cut myself at work
suicide prevention/hotline/line/awareness/squad
not breathing a word
pharmacy/doctor/clinic/insurance/therapist/counselor ... not/isnt/wont/doesnt respond/responding
not/isnt/wont/doesnt respond/responding to my/our/calls/texts/messages/emails/treatment/the
passed out flyers/flowers/candy/cards
passed out and/on flyers
going/gone/turned/went blue state/collar
can/cant breathe easier/easy
go on the/your website/site/page/portal/app/internet/computer/patient/bus/list/medication/medicine
"""

# Words that deny what follows them, and those that may stand in between.
NEGATIONS = """\
not never no dont doesnt didnt isnt arent wasnt wont wouldnt cant cannot aint nor neither without nunca jamas
sin tampoco
"""
FILLERS = """\
to going gonna want wanting wanted wanna trying try tried think thinking thought about of be been being have
had having ever really actually feel feeling planning plan would do an any a he ha me se lo la voy va quiero
quiere pienso piensa pensado en estoy esta este pensando pensar queria querido quiera querer intentado intento
tratado tengo tiene tenido tuvo ideas
"""
# A sentence that tells of long ago is no overdose now, unless it also says “now”.
LONG_AGO = """\
last year/month/week/summer/winter/spring/fall/christmas
year/years/month/months/week/weeks ago
years back
used to
in the past
when i/he/she was
in 2010/2011/2012/2013/2014/2015/2016/2017/2018/2019
in 2020/2021/2022/2023/2024/2025/2026
hace ... ano/anos/mes/meses/semanas
ano/mes/semana pasado/pasada
cuando era
"""
NOW = "now tonight today currently again just ahora ahorita orita hoy"
