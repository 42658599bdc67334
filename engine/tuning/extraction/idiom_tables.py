# ruff: noqa: E501 - one idiom a line reads best
"""Idioms: set phrases whose verb does not say what they tell, one a line.

A row holds the pattern of a predicate after "I" or "we", the question, the answer and the noun.
``v`` is the value; other named groups fill the question, the answer and the noun.
"""

import re
from dataclasses import dataclass

from engine.tuning.extraction.words import word_set

NAMED = r"(?P<v>(?:the )?[A-ZÀ-Þ][\w&'’.-]*(?: (?:(?:of|the|and|&|de|la|in|on) ){0,2}[A-Z0-9À-Þ][\w&'’.-]*)*)"
TYPED = r"(?P<v>(?!an?\b|the\b|my\b|our\b|it\b|you\b|them\b)[\w&'’.-]+(?: [A-Z&][\w&'’.-]*)*)"
ANY = r"(?P<v>.+)"
_MUCH = r"(?:an? )?(?:absolute |absolutely |huge |big |massive |real |total |lifelong |bit of an? |complete |proper )*"
_SIGN = r"(?P<v>aries|taurus|gemini|cancer(?= |$)|leo|virgo|libra|scorpio|sagittarius|capricorn|aquarius|pisces)"
_FAITH = r"(?P<v>(?:roman |greek |russian )?(?:muslim|christian|catholic|jewish|buddhist|hindu|sikh|quaker|mormon|protestant|baptist|methodist|lutheran|anglican|orthodox|pagan|atheist|agnostic|jehovah's witness))"
_FIELDS = r"(?P<v>(?:\w+ )?(?:sales|marketing|finance|hr|it|logistics|insurance|publishing|advertising|education|construction|retail|hospitality|banking|recruitment|procurement|catering|healthcare|accounting|journalism|pharma|tech|telecoms|farming|fashion))"
_CARRIER = r"(?P<v>(?i:vodafone|o2|ee|giffgaff|t-mobile|verizon|at&t|telstra|optus|sprint|movistar|telekom|swisscom|lycamobile|virgin mobile|tesco mobile))"
_AIRLINE = r"(?P<v>(?i:klm|lufthansa|ryanair|easyjet|british airways|air france|emirates|qantas|delta|united|jetblue|sas|finnair|iberia|qatar airways|turkish airlines|wizz air|swiss|aer lingus|norwegian))"
_GIVEN_UP = r"(?P<v>(?:red |added |eating )?(?:meat|sugar|dairy|alcohol|gluten|caffeine|coffee|drinking|smoking|fish|bread|carbs|sweets|chocolate|wheat|milk|soda|pork|beef|social media|wine|beer))"
_FEET = r"(?P<v>(?:\d|four|five|six) ?(?:foot|feet|ft) ?(?:(?:\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|eleven)(?: inch(?:es)?)?)?|\d['’]\d{1,2}\"?|[12][.,]\d\d ?(?:m|metres?|meters?)?|1\d\d ?(?:cm|centimet(?:re|er)s?))"
_KIND_OF = r"(?P<v>an? (?:(?:early|late|light|heavy|keen|slow|real|total|big|bit of an? ) ?)*(?:night owl|morning person|early bird|early riser|introvert|extrovert|homebody|perfectionist|pacifist|minimalist|optimist|pessimist|(?:cat|dog|people|coffee|tea|beach|mountain|city|outdoor) person|light sleeper|heavy sleeper|light packer|chocoholic|bookworm|loner|worrier|procrastinator|hoarder))"
_CLUB = r"(?P<what>church|mosque|temple|synagogue|gym|club|choir|nursery|pub|library|pool|parish|market|café|cafe|barber|yoga studio|climbing wall|leisure centre)"
_KIDS = r"(?P<v>\d+|one|two|three|four|five|six|seven|eight|nine|ten)"
_FEE = r"(?P<v>[£$€]?\d[\d.,]*k?(?: (?:euros?|pounds?|dollars?|francs|kroner|crowns|zloty|rupees|yen))?(?: (?:an?|per|every|each) (?:month|week|year|hour|day|annum)| monthly| yearly| annually)?)"
_TIME = r"(?:at |by |around |about )*(?P<v>(?:half past |quarter (?:to|past) )?(?:\d{1,2}(?:[:.]\d\d)?(?: ?[ap]\.?m\.?)?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|midnight|noon|dawn)(?: o'clock)?(?: in the (?:morning|evening)| at night)?)(?: (?:most|every|each|on) [\w ]+| sharp)?$"


@dataclass(frozen=True, slots=True)
class Idiom:
    """One row: see the module."""

    pattern: re.Pattern[str]
    question: str
    answer: str
    noun: str = ""


def _mine(*rows: tuple[str, str, str, str]) -> tuple[Idiom, ...]:
    return tuple(Idiom(re.compile(pattern), *row) for pattern, *row in rows)


MINE = _mine(
    # money, contracts, journeys
    (rf"bank (?:with|at) {TYPED}", "What is my bank?", "Your bank is {}.", "my bank"),
    (rf"(?:am|are) (?:(?:still|now) )?(?:with|on) {_CARRIER}$", "What is my phone provider?", "Your phone provider is {}.", "my phone provider"),
    (rf"(?:am|are) (?:flying|travelling|traveling|going) (?:out |back )?(?:with|on) {_AIRLINE}\b", "Which airline am I flying with?", "You are flying with {}.", "my airline"),
    (rf"(?:get|buy|order) (?:my|our) (?P<what>[a-z]+(?: [a-z]+)?) (?:from|at) {NAMED}", "Where do I get my {what}?", "You get your {what} from {}.", ""),
    (rf"(?:earn|make|get paid|am paid|am on) {_FEE}(?: (?:after|before) tax| net| gross)?$", "How much do I earn?", "You earn {}.", "my salary"),
    (r"(?:am|are) (?:booked )?on the (?P<v>\d{1,2}[:.]\d\d) (?P<what>flight|train|bus|ferry|boat|coach)(?P<to> to [A-Z]\w+(?: [A-Z]\w+)?)?", "When does my {what}{to} leave?", "Your {what}{to} leaves at {}.", ""),
    (r"(?:get|take|catch) the (?P<v>\d{1,2}[:.]\d\d to [A-Z]\w+(?: [A-Z]\w+)?)", "Which train do I take?", "You take the {}.", "my train"),
    (r"(?P<v>cycle|walk|drive|run|bike|jog|skate|hitchhike|take (?:the|a) (?:bus|train|tram|tube|metro|subway|ferry|car|bike)|go by [a-z]+|commute by [a-z]+) to (?:work|the office)\b", "How do I get to work?", "You {} to work.", "my way to work"),
    (rf"play (?:football |rugby |hockey |cricket |tennis |netball |basketball )?for {NAMED}", "Which team do I play for?", "You play for {}.", "my team"),
    (rf"(?:hold|travel on|have) an? {ANY} passport$", "What is my nationality?", "You hold a {} passport.", "my nationality"),
    # work and learning
    (rf"(?:work |am |are )in {_FIELDS}(?=$| (?:at|for|with)\b)", "What field do I work in?", "You work in {}.", "the field I work in"),
    (rf"report (?:directly )?to (?:an? (?:woman|man|guy|lady|person|chap) (?:called|named) )?{NAMED}", "What is my boss's name?", "Your boss's name is {}.", "my boss's name"),
    (r"(?:did|have|got|hold|earned|took|am doing|finished) (?:an?|my) (?:\w+ )?(?:degree|bachelor's|bachelors|master's|masters|phd|PhD|doctorate|diploma|MA|MSc|BA|BSc|MBA|apprenticeship|certificate|qualification) in (?P<v>[\w&, -]+?)(?= (?:at|from|in|by)\b|$)", "What did I study?", "You studied {}.", ""),
    (rf"(?:did|am doing|are doing|have done) (?:my|a|an) (?P<what>military service|national service|apprenticeship|internship|residency|placement|traineeship|year abroad|erasmus|postdoc|gap year)(?: year)? (?P<at>in|at|with|on) {ANY}", "Where did I do my {what}?", "You did your {what} {at} {}.", "my {what}"),
    (rf"(?:had )?dropped out of {ANY}", "What did I drop out of?", "You dropped out of {}.", ""),
    (rf"went to (?P<what>school|university|uni|college|high school|primary school|art school|boarding school|med school|law school) (?P<at>in|at) {NAMED}", "Where did I go to {what}?", "You went to {what} {at} {}.", ""),
    (rf"(?:go|went|belong) to {NAMED} {_CLUB}$", "Which {what} do I go to?", "You go to {} {what}.", "my {what}"),
    (rf"(?:go|belong) to the {_CLUB} (?:on|in|at|of|called) {NAMED}$", "Which {what} do I go to?", "You go to {}.", "my {what}"),
    (rf"grew up speaking {NAMED}", "What is my mother tongue?", "You grew up speaking {}.", "my mother tongue"),
    (rf"(?:host|have|run|write|do|make|started) an? (?:\w+ )?(?P<what>podcast|blog|newsletter|channel|column|zine|vlog) (?:about|on) {ANY}", "What is my {what} about?", "Your {what} is about {}.", ""),
    (r"(?:have )?(?:switched|migrated|moved over|changed over|went back) (?:over |back )?(?:from \w+ )?to (?P<v>[\w+-]+)", "What do I use?", "You use {}.", ""),
    (r"(?:got|bought|have got|ended up with) (?P<v>an? (?:iPhone|Pixel|Galaxy|Fairphone|OnePlus|Xperia)[\w ]*)", "What phone do I have?", "You have {}.", "my phone"),
    (r"(?:have |just |have just )?(?:got|found|landed|started) (?:an?|my) (?:new )?(?:job|position|apprenticeship|placement) (?P<at>at|with|in) (?P<v>(?:the |an? )?[\w&' -]+)", "Where do I work?", "You work {at} {}.", "my workplace"),
    (rf"(?:have |just |have just )?started (?:work |working )?(?P<at>at|with) {NAMED}", "Where do I work?", "You work {{at}} {{}}.".replace("{{", "{").replace("}}", "}"), "my workplace"),
    (r"(?:have |just |have just )?(?:got|been|was|am being) promoted to (?P<v>.+)", "What was I promoted to?", "You were promoted to {}.", ""),
    (r"(?:(?:am|are) off(?: work)?|do not work) on (?P<v>(?:mon|tues|wednes|thurs|fri|satur|sun)days?(?: and (?:mon|tues|wednes|thurs|fri|satur|sun)days?)?)".replace("(?:mon", "(?i:mon"), "When do I not work?", "You do not work on {}.", "my days off"),
    (r"(?:get|am|are) paid (?:on )?(?P<v>(?:the )?(?:\d{1,2}(?:st|nd|rd|th)|first|last|fifteenth)[\w ]*|weekly|monthly|every [\w ]+)", "When do I get paid?", "You get paid on {}.", "my payday"),
    (r"(?:am|are) (?P<v>unemployed|retired|self-employed|a student|a housewife|a househusband|a pensioner|between jobs|a freelancer|a stay-at-home (?:mum|mom|dad|parent|mother|father))(?=$|,| (?:and|but|so|now)\b)", "What is my job?", "You are {}.", "my job"),
    (r"(?:am|are) in (?:my|the) (?:first|second|third|fourth|final|last) year of (?:an? |my )?(?:degree in |phd in |master's in )?(?P<v>[\w ]+?)(?= (?:at|in)\b|$)", "What do I study?", "You study {}.", "my field of study"),
    (r"(?:am|are) in (?P<v>(?:year|grade|class) \w+|(?:the )?\d{1,2}(?:st|nd|rd|th) grade)", "What school year am I in?", "You are in {}.", "my school year"),
    (rf"can (?:also )?speak (?:(?:a bit of|a little|some|basic|fluent|conversational) )?{NAMED}", "Which languages do I speak?", "You speak {}.", "my languages"),
    (r"(?:am|are) (?:in|part of|a member of|with) (?P<v>(?:an?|the) [\w' -]*?(?P<what>club|group|band|choir|team|orchestra|society|league|troupe|union))(?= called|$|,| (?:and|but|so)\b)", "Which {what} am I in?", "You are in {}.", "my {what}"),
    (rf"(?:am|are) getting married (?P<at>at|in) {NAMED}$", "Where am I getting married?", "You are getting married {at} {}.", "my wedding venue"),
    (rf"(?:am|are|have been) saving (?:up |money )?for {ANY}", "What am I saving for?", "You are saving for {}.", ""),
    # food and health
    (r"do (?P<v>intermittent fasting|low[- ]carb|keto|paleo|veganuary|meatless mondays)\b", "What is my diet?", "You do {}.", "my diet"),
    (r"(?:get|suffer from|have had) (?P<v>(?:bad |frequent |awful |chronic |cluster )?(?:migraines|hay fever|panic attacks|nosebleeds|vertigo|seizures|eczema|heartburn|sciatica))\b", "Which health condition do I have?", "You get {}.", "my health condition"),
    (r"(?:need|use|have) (?P<v>(?:reading |thick |varifocal )?(?:glasses|varifocals|bifocals))(?= to|$| for)", "What do I wear for my eyesight?", "You need {}.", ""),
    (rf"(?:always|usually|normally|generally) order (?:the )?{ANY}", "What do I usually order?", "You usually order {}.", "my usual order"),
    (rf"(?:can|do|must|should) not (?:eat|have|touch|tolerate|digest|stomach) (?:anything (?:with|containing|made (?:with|of))|(?:foods?|things|stuff|dishes) (?:with|containing)|any(?: kind of)?) {ANY}", "What can I not eat?", "You can not eat {}.", "the food I do not eat"),
    (rf"eat no {ANY}", "What do I not eat?", "You do not eat {}.", "the food I do not eat"),
    (rf"(?:go into (?:anaphylactic )?shock|(?:come|break) out in (?:hives|spots|a rash|an itchy rash)|swell up|get (?:hives|a rash)|have (?:a bad |a |an allergic |a severe )?reaction|react badly|itch all over) (?:if I (?:eat|touch|drink)|when I (?:eat|touch|drink)|whenever I (?:eat|touch|drink)|from|to|with|near|around)(?: eating| touching| drinking)? {ANY}", "What am I allergic to?", "You are allergic to {}.", "my allergy"),
    (rf"(?:have )?(?:gave up|given up|stopped eating|stopped drinking|cut out|quit|stopped) {_GIVEN_UP}\b(?! (?:in|on|at|last) )", "What did I give up?", "You gave up {}.", ""),
    (r"(?:keep|eat) (?:strictly )?(?P<v>kosher|halal|vegan|vegetarian|keto|paleo|plant[- ]based|low[- ]carb|gluten[- ]free|macrobiotic|raw)\b", "What is my diet?", "You eat {}.", "my diet"),
    (r"(?:follow|am following|eat|am eating|stick to|keep to) (?:an?|the) (?:strict )?(?P<v>[\w-]+(?: [\w-]+)?) diet\b", "What is my diet?", "You follow a {} diet.", "my diet"),
    (r"(?:have|got|wear|use) (?P<v>an? (?:pacemaker|stoma|prosthetic \w+|insulin pump|hip replacement|slipped disc|heart murmur|hernia|(?:bad|dodgy|weak|artificial) (?:knee|back|hip|heart|shoulder|ankle)|lazy eye|curved spine|thyroid problem|heart condition))\b", "Which health condition do I have?", "You have {}.", "my health condition"),
    (r"(?:am|are) (?P<v>a wheelchair user)\b", "What do I use to get around?", "You are {}.", "my walking aid"),
    (r"(?:use|walk with|am on|get around (?:in|with)) (?P<v>an? (?:wheelchair|walking stick|cane|walker|rollator|mobility scooter|walking frame)|crutches)\b", "What do I use to get around?", "You use {}.", "my walking aid"),
    (r"(?:had|got) my (?P<what>appendix|tonsils|wisdom teeth|gallbladder|spleen|cataracts?|thyroid|braces) (?:taken |whipped )?(?:out|removed|off) (?P<at>in|when I was|at|on) (?P<v>.+)", "When did I have my {what} out?", "You had your {what} out {at} {}.", ""),
    (rf"(?:am|are|stand|measure) (?:about |only |just |nearly |almost )?{_FEET}(?: tall)?(?=$|,| (?:and|so|but|in my)\b)", "How tall am I?", "You are {} tall.", "my height"),
    # likes and fears
    (rf"(?:(?:am|are) not {_MUCH}(?:fan of|keen on|fond of|into|one for|crazy about|big on|mad about)|have never (?:liked|been a fan of|been into)|never liked|can not bear|can not (?:really )?stomach|have no time for|could do without|go off) {ANY}", "What do I dislike?", "You dislike {}.", ""),
    (rf"(?:(?:am|are) (?:{_MUCH}(?:sucker for|fiend for|devotee of|admirer of|lover of)|(?:really |very )?(?:partial to|hooked on|big on|mad keen on|nuts about|addicted to))|have (?:a|an) (?:weakness|soft spot|thing|passion|love) for|can not (?:get enough of|live without|resist)|live for|swear by) {ANY}", "What do I like?", "You like {}.", ""),
    (rf"(?:am|are) {_MUCH}(?P<v>(?!no\b|ceiling\b)[A-Z][\w&' -]+|[a-z][\w&'-]*(?: [a-z][\w&'-]+)?) (?:fan|nerd|buff|geek|enthusiast|lover|fanatic|nut|aficionado|addict)\b(?! of\b)", "What am I a fan of?", "You are a fan of {}.", ""),
    (rf"(?:have |have always )?(?:supported|support|followed|root for|cheer for|barrack for) {NAMED}", "Which team do I support?", "You support {}.", "my team"),
    (rf"(?:am|are) {_MUCH}{NAMED} supporter\b", "Which team do I support?", "You support {}.", "my team"),
    (rf"(?:(?:am|are) (?:(?:scared|frightened|bored) (?:stiff|to death|silly) (?:of|by)|petrified of|phobic (?:of|about))|have (?:a|an) (?:\w+ )?(?:phobia|fear|dread|terror) of|(?:am|get) freaked out by) {ANY}", "What am I afraid of?", "You are afraid of {}.", "my fear"),
    # oneself and one's people
    (rf"(?:am|are) (?:an? )?(?i:{_SIGN})(?:$|,| (?:and|so|but|by)\b)", "What is my star sign?", "Your star sign is {}.", "my star sign"),
    (rf"(?:am|are) (?:an? )?(?:practising |practicing |devout |lapsed |strict )?(?i:{_FAITH})(?:$|,| (?:and|so|but)\b)", "What is my religion?", "You are {}.", "my religion"),
    (r"(?:am|are) in my (?P<v>(?:early |late |mid[- ]?)?(?:twenties|thirties|forties|fifties|sixties|seventies|eighties|nineties|\d0s))", "How old am I?", "You are in your {}.", "my age"),
    (r"(?:am|are) (?P<v>an only child)\b", "How many siblings do I have?", "You are {}.", "the number of my siblings"),
    (rf"(?:am|are) (?:an? )?(?:single |proud |busy |working |stay-at-home |divorced |new |tired )*(?:mum|mom|mam|mother|dad|father|parent) (?:of|to) {_KIDS}\b", "How many children do I have?", "You have {} children.", "the number of my children"),
    (rf"(?:am|are) (?:an? )?(?:proud )?(?:grandmother|grandma|granny|nan|grandfather|grandad|grandpa|grandparent) (?:of|to) {_KIDS}\b", "How many grandchildren do I have?", "You have {} grandchildren.", "the number of my grandchildren"),
    (rf"(?:am|are) {_KIND_OF}", "What kind of person am I?", "You are {}.", ""),
    (r"(?:am|are) (?:an? |the )?(?P<v>goalkeeper|goalie|striker|captain|drummer|lead singer|treasurer|chairwoman|chairman|chair|secretary|conductor) (?:of|for|in|on) (?P<at>(?:my|our|the) [\w' -]+)", "What is my role in {at}?", "You are the {} of {at}.", "my role in {at}"),
    (r"live (?P<v>alone|on my own|by myself)\b", "Who do I live with?", "You live {}.", ""),
    (rf"have always (?:wanted|dreamed of|dreamt of) (?P<at>to )?{ANY}", "What have I always wanted to do?", "You have always wanted {at}{}.", ""),
    (r"listen (?:mostly |mainly |only )?to (?:a lot of |lots of |mostly |mainly |only )?(?P<v>(?!you\b|music\b|podcasts?\b|the\b|my\b)[\w& -]+)", "What music do I listen to?", "You listen to {}.", "my music"),
    (r"read (?:a lot of|lots of|mostly|mainly|only|nothing but) (?P<v>[\w -]+)", "What do I like to read?", "You mostly read {}.", ""),
    (rf"have been (?:together|a couple|dating|going out)(?: with my \w+)? (?P<at>since|for) {ANY}", "How long have I been with my partner?", "You have been together {at} {}.", ""),
    (rf"(?:honeymooned|(?:spent|had) (?:my|our) honeymoon) (?P<at>in|on|at) {ANY}", "Where did I go on my honeymoon?", "You went to {} on your honeymoon.", "my honeymoon"),
    (rf"(?:spent|had) (?:my|our) (?P<what>gap year|childhood|sabbatical|teens|twenties|year abroad|first year) (?P<at>in|on|at) {ANY}", "Where did I spend my {what}?", "You spent your {what} {at} {}.", ""),
    (r"(?:got|were|was|have got) (?P<what>engaged|married|hitched) (?P<at>in|on|at) (?P<v>(?:an? |the )?(?!(?:january|february|march|april|may|june|july|august|september|october|november|december)\b)(?-i:[A-Za-z])[\w' -]*)$", "Where did I get {what}?", "You got {what} {at} {}.", ""),
    # habits
    (rf"(?P<what>wake up|wake|get up|go to bed|go to sleep|have lunch|have breakfast|have dinner|eat dinner|start work|finish work|leave work|leave home|leave the house|get home) {_TIME}", "When do I {what}?", "You {what} at {}.", ""),
    (r"(?:hid|keep|kept|put|store|left|hide) (?:my|our|the) (?P<what>(?:spare |house |car |shed |front door |back door )*keys?|passport|will|insurance papers|savings|medicine|first[- ]aid kit|torch|toolbox|jewellery|glasses|charger|birth certificate|documents) (?P<v>(?:under|behind|in|inside|on|above|below|next to|beside|near|with) .+)", "Where is my {what}?", "Your {what} is {}.", ""),
)  # fmt: skip

ADDITIVE = frozenset(
    ("What am I allergic to?", "What do I like?", "What do I dislike?", "What am I afraid of?",
     "Which health condition do I have?", "What am I a fan of?", "What can I not eat?",
     "What do I not eat?", "What did I give up?", "Which languages do I speak?", "What kind of person am I?")
)  # fmt: skip
PREFERENCES = frozenset(
    ("What do I like?", "What do I dislike?", "What am I a fan of?", "What do I not eat?")
)
CRAFTS = {
    "knit": "knitting", "crochet": "crocheting", "sew": "sewing", "paint": "painting",
    "draw": "drawing", "garden": "gardening", "climb": "climbing", "fish": "fishing",
    "sail": "sailing", "surf": "surfing", "ski": "skiing", "juggle": "juggling", "box": "boxing",
    "fence": "fencing", "row": "rowing", "dance": "dancing", "sing": "singing", "bake": "baking",
    "meditate": "meditating", "hike": "hiking", "swim": "swimming", "run": "running",
    "jog": "jogging", "whittle": "whittling", "embroider": "embroidery", "quilt": "quilting",
    "weave": "weaving", "skateboard": "skateboarding", "kayak": "kayaking", "cycle": "cycling",
    "birdwatch": "birdwatching", "forage": "foraging", "brew": "brewing",
}  # fmt: skip
"""Verbs that name a hobby where nothing but a filler follows them."""
HARMS = re.compile(
    r"^(?P<v>[A-Za-z][\w' -]*?) (?:(?:could|would|can|will) (?:literally |actually )?kill me|makes? me (?:swell up|itch|sneeze|wheeze|come out in hives|break out)|"
    r"gives? me (?:hives|a rash|an allergic reaction|asthma)|brings? me out in (?:hives|spots|a rash))\b"
)
ABOUT = re.compile(r"^(?P<whose>my|our) (?P<what>thesis|dissertation|podcast|blog|novel|book|channel|phd|paper|talk|newsletter) is (?:all |mostly |mainly )?(?:about|on) (?P<v>.+)$", re.IGNORECASE)
UPSETS = re.compile(r"^(?P<v>[A-Za-z][\w' -]*?) (?:(?:do|does) not agree with me|upsets? my (?:stomach|tummy)|makes? me ill|makes? me sick|gives? me (?:heartburn|migraines|cramps))\b")
SCARES = re.compile(r"^(?P<v>[A-Za-z][\w' -]*?) (?:terrif(?:y|ies) me|scares? me(?: (?:to death|stiff))?|gives? me the (?:creeps|willies|heebie-jeebies)|freaks? me out|creeps? me out)\b")
POINTS_AT = word_set("it that this they these those he she you everything nothing something which what who and but so")
