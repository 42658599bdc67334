# ruff: noqa: E501 - one pattern a line reads best
"""English word lists that the statement rules need. Own selection; all lower case."""


def word_set(text: str) -> frozenset[str]:
    """The words of a text."""
    return frozenset(text.split())


FAMILY = word_set(
    """mother mom mum mam mama mummy father dad papa daddy parents parent brother brothers sister
    sisters sibling siblings son sons daughter daughters child children kid kids baby twins wife
    husband spouse partner fiancé fiancée fiance fiancee boyfriend girlfriend ex uncle uncles aunt
    aunts auntie cousin cousins nephew nephews niece nieces grandmother grandma granny nana
    grandfather grandpa granddad grandparents grandson granddaughter grandchild grandchildren
    godmother godfather godson goddaughter stepmother stepfather stepmom stepdad stepson
    stepdaughter stepbrother stepsister stepson-in-law
    abuela abuelo oma opa nonna nonno yiayia pappou babcia dziadek bubbe zaide halmoni harabeoji
    lola lolo tita tito tía tío tante onkel nene dede babushka dedushka mormor morfar farmor farfar
    nani dadi lad lass mother-in-law father-in-law brother-in-law sister-in-law
    son-in-law daughter-in-law eldest youngest boy boys girl girls toddler teenager grandad gran nan
    mommy mummy stepsister bro sis missus hubby wifey firstborn triplets"""
)
OTHER_PEOPLE = word_set(
    """friend friends roommate roommates flatmate flatmates housemate neighbour neighbours neighbor
    neighbors boss manager supervisor colleague colleagues coworker coworkers co-worker landlord
    landlady teacher tutor professor coach trainer mentor advisor adviser supervisor doctor dentist
    physician surgeon gp therapist psychologist psychiatrist physiotherapist optician nurse vet
    lawyer solicitor accountant agent hairdresser barber babysitter nanny cleaner gardener plumber
    electrician mechanic driver assistant secretary editor publisher student students pupil intern
    client customer captain teammate bandmate pastor priest rabbi imam godparents bestie buddy
    midwife guitarist drummer singer bassist instructor designer developer
    engineer programmer architect nurse investor co-founder cofounder founder apprentice trainee
    successor predecessor chef carpenter builder baker butcher florist postman janitor caretaker
    lodger tenant guru translator photographer producer coauthor co-author deputy lead
    paediatrician pediatrician cardiologist dermatologist orthodontist gynaecologist gynecologist
    physio osteopath chiropractor counsellor counselor ophthalmologist oncologist pharmacist masseuse
    instructor penpal mate mates workmate schoolmate deskmate teammates classmate groomer bodyguard stylist tailor dressmaker bride groom bridesmaid consultant banker broker realtor"""
)
PEOPLE = FAMILY | OTHER_PEOPLE
PLURAL_PEOPLE = word_set(
    """parents brothers sisters siblings sons daughters children kids boys girls triplets twins uncles aunts cousins
    nephews nieces grandparents grandchildren friends roommates flatmates neighbours neighbors
    colleagues coworkers students in-laws grandparents"""
)
PETS = word_set(
    """dog cat puppy kitten rabbit bunny hamster parrot parakeet budgie canary bird horse pony
    goldfish fish turtle tortoise lizard gecko snake ferret rat mouse gerbil hen chicken goat sheep
    cow pig donkey iguana cockatiel chinchilla hedgehog duck goose pet spaniel labrador poodle
    terrier beagle husky retriever dachshund corgi tarantula axolotl guinea-pig alpaca llama
    pinscher chihuahua doberman rottweiler dalmatian schnauzer whippet weimaraner
    labradoodle cockapoo mutt hound setter pointer malamute samoyed shih-tzu pitbull boxer
    donkey rooster cockerel macaw cockatoo finch dove pigeon lovebird degu stick-insect frog toad newt
    skink chameleon tomcat tabby bulldog greyhound collie pug shepherd mare stallion foal kitty pup"""
)
OCCUPATIONS = word_set(
    """nurse chef cook pilot judge architect student clerk cashier barista waitress actress
    journalist athlete scientist librarian musician physician surgeon dentist pharmacist
    paramedic veterinarian vet lawyer attorney solicitor accountant analyst consultant manager
    director engineer developer programmer designer teacher lecturer professor tutor researcher
    writer author editor translator interpreter photographer painter sculptor artist actor singer
    dancer carpenter plumber electrician mechanic welder builder farmer gardener florist baker
    butcher fisherman sailor soldier policeman firefighter driver courier hairdresser barber tailor
    therapist psychologist psychiatrist physiotherapist midwife carer caregiver nanny babysitter
    realtor broker banker economist historian chemist biologist physicist geologist mathematician
    statistician secretary receptionist assistant intern apprentice retiree freelancer entrepreneur
    salesman saleswoman salesperson politician priest pastor diplomat detective guard potter weaver
    beekeeper bookkeeper brewer jeweller jeweler optician surveyor technician coach trainer
    instructor comedian composer conductor violinist pianist guitarist drummer homemaker housewife
    stay-at-home bartender server janitor cleaner cop officer bus-driver postman mailman
    contractor recruiter marketer blogger youtuber streamer zookeeper lifeguard stuntman model
    ceo cto cfo coo founder co-founder head principal dean nun monk rabbi imam veteran marine paralegal radiographer sonographer
    planner inspector supervisor operator machinist paediatrician pediatrician cardiologist
    stylist beautician electrician roofer locksmith blacksmith vintner sommelier
    miner joiner plasterer bricklayer trader grocer producer composer vicar curate sheriff bailiff steward stewardess
    croupier magician clown acrobat upholsterer farrier actuary auditor registrar curator archivist copywriter councillor mayor
    ambassador forester arborist landscaper postwoman policewoman tiler glazier carer childminder au-pair porter warehouseman
    phlebotomist sub-editor reporter newsreader presenter broadcaster anthropologist archaeologist advisor adviser signaller
    signalman captain dispatcher estimator buyer merchandiser tester scientist ranger trucker dietitian nutritionist dermatologist anesthesiologist"""
)
INSTRUMENTS = word_set(
    """piano guitar violin cello flute drums trumpet saxophone clarinet harp bass ukulele banjo
    viola oboe accordion harmonica trombone mandolin bagpipes organ keyboard erhu guzheng bassoon
    lute lyre sitar tabla djembe marimba xylophone vibraphone glockenspiel tuba euphonium cornet
    recorder piccolo theremin concertina melodica didgeridoo bouzouki balalaika zither dulcimer
    hurdy-gurdy fiddle kora oud shamisen koto harpsichord synthesizer synth bongos cajon timpani
    fife flugelhorn ocarina saxophones congas handpan"""
)
SPORTS = word_set(
    """football soccer tennis basketball baseball volleyball badminton hockey golf rugby cricket
    squash handball table-tennis ping-pong padel lacrosse softball netball pickleball futsal
    darts billiards snooker bowling pool boules pétanque floorball hurling camogie croquet"""
)
VEHICLES = word_set(
    """car truck van vespa motorcycle motorbike bike bicycle scooter boat sailboat suv jeep pickup
    convertible camper"""
)
COLOURS = word_set(
    """red orange yellow green blue purple violet pink brown black white grey gray silver gold
    golden beige turquoise navy teal maroon crimson cream magenta burgundy lilac"""
)
CONDITIONS = word_set(
    """asthma diabetes epilepsy migraines migraine arthritis anxiety depression adhd autism eczema
    insomnia hypertension tinnitus celiac coeliac psoriasis dyslexia anaemia anemia vertigo
    scoliosis hypothyroidism hayfever hay-fever rosacea ibs crohn's fibromyalgia lupus ms
    parkinson's osteoporosis gout sciatica glaucoma cataracts anaphylaxis ptsd ocd bipolar
    narcolepsy osteoarthritis pcos hepatitis hiv cancer leukaemia leukemia endometriosis"""
)
ADJECTIVES_WITH = (
    "allergic to|intolerant to|afraid of|scared of|terrified of|frightened of|interested in|good at|"
    "bad at|terrible at|great at|fluent in|married to|engaged to|addicted to|obsessed with|"
    "proud of|passionate about|fond of|tired of|responsible for|sensitive to|named after|"
    "familiar with|keen on|crazy about|excited about|worried about|nervous about|trained in|"
    "in charge of|related to|immune to|jealous of|in love with|into|a fan of|a big fan of|"
    "a huge fan of|a member of|the owner of|the author of|vaccinated against|subscribed to|"
    "enrolled in|enrolled at|certified in"
)
TRANSIENT_ING = word_set(
    """going trying looking wondering asking thinking having getting feeling doing hoping calling
    talking saying being wanting coming making sitting waiting kidding joking telling sorry
    starting leaving using needing struggling dealing working running writing writting reading
    planning considering"""
)
LASTING_ING = word_set("""working running writing reading planning learning training""")
STOP_VERBS = word_set(
    """think know guess mean suppose wonder see understand agree disagree hear ask say tell thank
    appreciate apologize apologise hope wish doubt bet promise swear assume imagine remember forget
    recall notice realise realize feel look seem sound let show send bet figure admit insist deny
    expect reckon gather trust mind care happen appear"""
)
VAGUE_VERBS = word_set(
    """go come get do make take give put keep find have need try start stop use want spend
    visit see leave bring set turn begin finish end meet help call read watch eat"""
)
VERBS = word_set(
    """live work study teach play drive own speak learn collect like love hate prefer enjoy dislike
    adore detest play sing dance paint draw write read cook bake run swim hike ride climb ski surf
    sail fish hunt garden knit sew build repair fix grow raise breed train coach volunteer travel
    commute catch bet sign set walk cycle jog fly move stay sleep wake eat drink avoid smoke wear use follow support
    watch listen practise practice perform record produce design develop program code manage lead
    run sell buy rent lease share keep feed adopt rescue marry meet date divorce graduate attend
    join leave quit retire start begin finish complete win lose earn save invest donate owe spend
    weigh measure believe worship pray celebrate serve visit return come go plan want need hope
    intend dream fear miss admire respect hold have contain cost open close arrive depart end
    expire belong suffer recover break injure fracture sprain undergo take make give get call name
    christen inherit find lose bring carry park store hide keep publish translate edit photograph
    film host organise organize chair found launch create invent research specialise specialize
    major minor deliver ship order pay receive celebrate do bark purr snore weigh stand sit lie
    hang charge renew die pass become grow turn dye cut stream blog compose craft brew
    ferment restore tinker experiment hail originate descend see say think know tell help care
    shop dive kayak row box wrestle fence skate snowboard jump lift exercise meditate juggle
    consult audit represent defend treat examine assist supervise tutor mentor drop skip switch
    subscribe vote swear snack crave tolerate digest inject track rank compete lease host
    commission weave carve mould sculpt quilt embroider crochet forage camp trek backpack
    repair restore deliver supply handle oversee direct coordinate maintain operate install cater
    bike hitchhike busk dj mix sketch tattoo pierce groom shear milk harvest plough brew distil
    roast grill ferment pickle bottle press curate archive catalogue translate interpret tune
    moderate edit proofread copyedit test debug deploy administer audit invoice budget trade
    count smell taste hear lack possess share rehearse compete spar bowl shoot golf rent sublet
    commission specialise volunteer foster babysit nurse propose elope separate relocate settle
    emigrate immigrate adopt expect enrol enroll train qualify apply register renew land depart
    board kick begin open shut launch premiere air graduate major start resume reopen
    swim tolerate fast abstain bite scratch shed moult chew jump chase sleepwalk stutter stammer
    limp squint overlook face border need owe manage like tutor lecture preach paint plaster
    commute shuttle drive pilot navigate crew captain skipper moor dock anchor park garage
    mow prune plant compost water build construct assemble 3d-print print solder weld forge blow
    throw glaze fire crochet stitch tailor mend darn dye felt spin weave bead engrave
    journal sketch meditate pray chant host stream podcast vlog blog tweet post upload
    cost take last run get feed walk brush bathe ride lead assist support help look
    contribute report bank honeymoon root cheer crave answer belong subscribe donate sponsor coach referee umpire caddie score
    stock manufacture export import sell ship pack wrap serve wait bartend clean cook bake"""
)
IRREGULAR_PAST = {
    "began": "begin", "became": "become", "bought": "buy", "broke": "break", "brought": "bring",
    "built": "build", "came": "come", "caught": "catch", "chose": "choose", "cut": "cut",
    "did": "do", "drank": "drink", "drew": "draw", "drove": "drive", "ate": "eat", "fed": "feed",
    "fell": "fall", "felt": "feel", "flew": "fly", "forgot": "forget", "found": "find",
    "gave": "give", "got": "get", "grew": "grow", "had": "have", "heard": "hear", "held": "hold",
    "hid": "hide", "hung": "hang", "kept": "keep", "knew": "know", "led": "lead", "left": "leave",
    "lent": "lend", "lost": "lose", "made": "make", "meant": "mean", "met": "meet", "paid": "pay",
    "put": "put", "quit": "quit", "ran": "run", "read": "read", "rode": "ride", "said": "say",
    "sang": "sing", "sat": "sit", "saw": "see", "sent": "send", "set": "set", "slept": "sleep",
    "sold": "sell", "spent": "spend", "spoke": "speak", "stood": "stand", "swam": "swim",
    "swore": "swear", "taught": "teach", "took": "take", "told": "tell", "thought": "think",
    "threw": "throw", "understood": "understand", "woke": "wake", "won": "win", "wore": "wear",
    "wrote": "write", "went": "go", "began ": "begin", "bit": "bite", "blew": "blow", "bred": "breed",
    "dove": "dive", "froze": "freeze", "hurt": "hurt", "laid": "lay", "lay": "lie", "rose": "rise",
    "shot": "shoot", "spun": "spin", "split": "split", "struck": "strike", "tore": "tear",
    "withdrew": "withdraw", "proved": "prove", "dealt": "deal", "shook": "shake", "lit": "light", "knit": "knit", "wove": "weave",
}  # fmt: skip
PARTICIPLES = {
    "been": "be", "begun": "begin", "become": "become", "broken": "break", "come": "come",
    "done": "do", "drunk": "drink", "driven": "drive", "eaten": "eat", "flown": "fly",
    "given": "give", "gone": "go", "gotten": "get", "grown": "grow", "known": "know", "ridden": "ride",
    "run": "run", "seen": "see", "spoken": "speak", "sung": "sing", "swum": "swim",
    "born": "bear", "hidden": "hide", "frozen": "freeze", "shaken": "shake", "torn": "tear",
    "bitten": "bite", "forgotten": "forget", "written": "write", "beaten": "beat", "hung": "hang",
    "taken": "take", "woken": "wake", "worn": "wear", "chosen": "choose",
}  # fmt: skip
MONTHS = (
    "January|February|March|April|May|June|July|August|September|October|November|December|"
    "Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec"
)
WEEKDAYS = "Mondays?|Tuesdays?|Wednesdays?|Thursdays?|Fridays?|Saturdays?|Sundays?"
NATIONALITIES = word_set(
    """american british english scottish welsh irish french german spanish portuguese italian dutch
    belgian swiss austrian danish norwegian swedish finnish icelandic polish czech slovak hungarian
    romanian bulgarian greek turkish russian ukrainian chinese japanese korean vietnamese thai
    indian pakistani bangladeshi indonesian malaysian filipino australian canadian mexican
    brazilian argentinian chilean colombian peruvian egyptian moroccan nigerian kenyan ethiopian
    israeli iranian iraqi lebanese syrian jordanian croatian serbian slovenian estonian latvian
    lithuanian cuban jamaican singaporean taiwanese nepali"""
)
