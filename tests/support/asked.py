"""Questions that benchmarks ask beside the facts: of general knowledge, and about nothing told.

Own text. None is meant to stand in the program's own lists; `tests.bench.learned` leaves out those
that do.
"""

GENERAL = """
What is the capital of Greece? | athens
What is the capital of Finland? | helsinki
What is the capital of South Korea? | seoul
What is the capital of Russia? | moscow
What is the capital of Thailand? | bangkok
What is the capital of Colombia? | bogot
Which country has Ottawa as its capital? | canada
Which country is Milan in? | italy
Which country is Munich in? | germany
Which country is Kyoto in? | japan
Which continent is Egypt in? | africa
Which continent is Japan in? | asia
Which ocean lies between Europe and America? | atlantic
Which desert is the largest hot desert? | sahara
Through which city does the Seine flow? | paris
Which mountains separate France from Spain? | pyrenees
Who wrote The Adventures of Tom Sawyer? | twain
Who wrote War and Peace? | tolstoy
Who wrote Don Quixote? | cervantes
Who wrote Nineteen Eighty-Four? | orwell
Who painted the ceiling of the Sistine Chapel? | michelangelo
Who composed The Four Seasons? | vivaldi
Who wrote the Ninth Symphony with the Ode to Joy? | beethoven
Who discovered gravity when an apple fell? | newton
Who discovered radium? | curie
Who led India to independence without violence? | gandhi
Who was the first man to walk on the Moon? | armstrong
Which ship sank in 1912 after hitting an iceberg? | titanic
In which country was the game of chess champion Magnus Carlsen born? | norway
Which planet is closest to the Sun? | mercury
Which planet has the best-known rings? | saturn
What do we call the star of our solar system? | sun
What gas do humans need to breathe? | oxygen
What is the chemical symbol of gold? | au
What is the chemical symbol of iron? | fe
At how many degrees Celsius does water boil? | 100; hundred
What is the freezing point of water in degrees Celsius? | 0; zero
How many sides does a triangle have? | three; 3
How many sides does a hexagon have? | six; 6
How many hours are in a day? | 24; twenty-four
How many minutes are in an hour? | 60; sixty
How many letters are in the English alphabet? | 26; twenty-six
How many legs does a spider have? | eight; 8
How many legs does an insect have? | six; 6
What is five plus four? | nine; 9
What is three times three? | nine; 9
What is half of twenty? | ten; 10
What is the opposite of big? | small; little
What is the opposite of day? | night
What colour is the sky on a clear day? | blue
What colour do you get from blue and yellow? | green
What animal says meow? | cat
What is a young dog called? | puppy
What is a young cat called? | kitten
Which bird cannot fly and lives in Antarctica? | penguin
Which animal has a trunk? | elephant
Which animal has black and white stripes? | zebra
What do cows drink as calves? | milk
Which organ do we think with? | brain
Which organs do we breathe with? | lung
What do you use to cut paper? | scissors
Which language is spoken in France? | french
Which language is spoken in China? | chinese; mandarin
What is the currency of Great Britain? | pound
What is the currency of Russia? | ruble; rouble
Which sport uses a hoop and an orange ball? | basketball
Which month comes after March? | april
Which day comes before Saturday? | friday
Which season is the coldest? | winter
What are baked from flour, water and yeast? | bread
""".strip()

NEVER_TOLD = """
What is the name of my chiropractor?
What is my locker number at the swimming pool?
Which brand of toothpaste do I use?
What did I have for lunch on Tuesday?
How many cousins do I have?
What is my goldsmith called?
Which seat did I book for the concert?
What is my library card number?
Who repaired my roof?
What is my stepsister's profession?
Where did I spend my last honeymoon?
Which crossword do I solve on Sundays?
What is my ferret's name?
Which charity do I give to?
What is the colour of my front door?
Who cut my hair last time?
Which perfume do I wear?
What is my ring size?
Where did I lose my umbrella?
What is my godson's name?
Which floor is my office on?
What is my piano tuner's name?
Which school do my nieces go to?
How much do I pay for electricity?
What is my canary called?
Which train do I take on Fridays?
Who is my favourite politician?
What is my fencing instructor's name?
When did I stop smoking?
What is the name of my sailing boat?
Which tattoo do I have?
What is my grandmother's maiden name?
Which newspaper do I subscribe to?
How tall is my youngest brother-in-law?
What is the name of my optician?
Which insurance company am I with?
""".strip()


def general():
    """(question, accepted words in lower case), in order."""
    rows = (line.split(" | ") for line in GENERAL.splitlines())
    return [(question, tuple(accepted.split("; "))) for question, accepted in rows]


def never_told():
    """Questions about things that nobody tells in the benchmarks."""
    return NEVER_TOLD.splitlines()
