"""Number words for the examiner, English and German, below a million; a small table for other languages."""

ONES = ("zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
        "eighteen nineteen").split()
TENS = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
EINS = ("null eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn siebzehn "
        "achtzehn neunzehn").split()
ZIG = ("", "", "zwanzig", "dreißig", "vierzig", "fünfzig", "sechzig", "siebzig", "achtzig", "neunzig")
OTHER = {
    "es": "cero uno dos tres cuatro cinco seis siete ocho nueve diez once doce".split(),
    "fr": "zéro un deux trois quatre cinq six sept huit neuf dix onze douze".split(),
    "tr": "sıfır bir iki üç dört beş altı yedi sekiz dokuz on".split(),
    "zh": list("零一二三四五六七八九十"),
    "it": "zero uno due tre quattro cinque sei sette otto nove dieci undici dodici".split(),
}


def english(n: int) -> str:
    if n < 0:
        return f"minus {english(-n)}"
    if n < 20:
        return ONES[n]
    if n < 100:
        return TENS[n // 10] + (f"-{ONES[n % 10]}" if n % 10 else "")
    for size, name in ((1000, "thousand"), (100, "hundred")):
        if n >= size:
            rest = n % size
            joint = "" if not rest else (" and " if rest < 100 else " ") + english(rest)
            return f"{english(n // size)} {name}{joint}"
    raise AssertionError


def german(n: int) -> str:
    if n < 0:
        return f"minus {german(-n)}"
    if n < 20:
        return EINS[n]
    if n < 100:
        one = "ein" if n % 10 == 1 else EINS[n % 10]
        return (f"{one}und" if n % 10 else "") + ZIG[n // 10]
    for size, name in ((1000, "tausend"), (100, "hundert")):
        if n >= size:
            head = german(n // size)
            head = head[:-1] if head.endswith("eins") else head
            return head + name + (german(n % size) if n % size else "")
    raise AssertionError
