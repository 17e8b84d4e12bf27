"""Answers written by hand for the kinds that templates do not fit: choices, expressions, equations, lists, orders, sets."""

DEC, NEGHALF = "q322449f14a9a0e428f80", "q12142b2231c5a465b7d1"
E = "either"
CU, WU, UW = ("correct", "unscored"), ("wrong", "unscored"), ("unscored", "wrong")
ROWS = []


def many(qid, course, *rows):
    """(class, responses, gold, value, why)"""
    for cls, said, gold, value, why in rows:
        ROWS.append((cls, course, course, qid, [said] if isinstance(said, str) else said, gold, value, why))


many(DEC, "en",
    ("right", "0.18", "correct", "9/50", "the number"), ("equivalent", ".18", "correct", "9/50", "no zero before the point"),
    ("equivalent", "0.180", "correct", "9/50", "trailing zero"), ("equivalent", "18/100", "correct", "9/50", "as hundredths"),
    ("equivalent", "9/50", "correct", "9/50", "as a fraction"), ("equivalent", "18%", "correct", "9/50", "as a percentage: the same number"),
    ("number_words", "zero point one eight", CU, "9/50", "decimal in words: may be handed back, not wrong"),
    ("number_words", "eighteen hundredths", CU, "9/50", "decimal in words: may be handed back, not wrong"),
    ("decimal_sign", "0,18", CU, "9/50", "decimal comma in an English course: may be handed back, not wrong"),
    ("misconception", "1.8", "wrong", "9/5", "decimals of one factor only"), ("misconception", "18", "wrong", "18", "point forgotten"),
    ("misconception", "1.1", "wrong", "11/10", "adds"), ("wrong", "0.2", "wrong", "1/5", "rounded where the number is finite"),
    ("wrong", "0.018", "wrong", "9/500", "a place too far"), ("several", "0.18 or 1.8", WU, "", "two candidates: never right"),
    ("sentence", "I think it's 0.18 because 2*9 is 18", CU, "9/50", "with the reason: may be handed back, not wrong"))
many(DEC, "de",
    ("decimal_sign", "0,18", "correct", "9/50", "German decimal comma"), ("decimal_sign", ",18", CU, "9/50", "no zero: may be handed back"),
    ("decimal_sign", "0.18", CU, "9/50", "decimal point in a German course: may be handed back, not wrong"),
    ("decimal_sign", "1,8", "wrong", "9/5", "decimals of one factor only"), ("number_words", "null Komma eins acht", CU, "9/50", "decimal in words: may be handed back"),
    ("sentence", "Es ist 0,18.", "correct", "9/50", "answer in a sentence"), ("wrong", "0,081", "wrong", "81/1000", "digits swapped"))
many(NEGHALF, "en",
    ("right", "-0.5", "correct", "-1/2", "the number"), ("equivalent", "-.5", "correct", "-1/2", "no zero before the point"),
    ("equivalent", "−0.5", "correct", "-1/2", "minus sign of print"), ("equivalent", "-1/2", "correct", "-1/2", "as a fraction"),
    ("equivalent", "- 0.50", "correct", "-1/2", "trailing zero"), ("equivalent", "-2/4", "correct", "-1/2", "unsimplified, not asked"),
    ("number_words", "minus one half", "correct", "-1/2", "in words"), ("number_words", "negative one half", "correct", "-1/2", "in words"),
    ("wrong", "0.5", "wrong", "1/2", "other sign"), ("misconception", "7.5", "wrong", "15/2", "sign of the change lost"),
    ("misconception", "2.7", "wrong", "27/10", "one change only"), ("number_words", "one half", "wrong", "1/2", "other sign, in words"))
many(NEGHALF, "de",
    ("decimal_sign", "-0,5", "correct", "-1/2", "German decimal comma"), ("decimal_sign", "−0,50", "correct", "-1/2", "German decimal comma"),
    ("decimal_sign", "0,5", "wrong", "1/2", "other sign"), ("number_words", "minus ein halb", "correct", "-1/2", "in German words"))
BIG, TH = "q677f10d9d956ff8da826", "q031904887866d7dbdcf3"
many(BIG, "en",
    ("decimal_sign", "690,000", "correct", "690000", "thousands comma"), ("decimal_sign", "690 000", "correct", "690000", "thousands space"),
    ("equivalent", "6.9*10^5", ("unscored", "wrong"), "690000", "the stem's own expression: never right"), ("wrong", "69,000", "wrong", "69000", "a zero short"),
    ("misconception", "6,900,000", "wrong", "6900000", "a zero too many"), ("misconception", "0.000069", "wrong", "0.000069", "other way"),
    ("number_words", "six hundred ninety thousand", "correct", "690000", "in words"))
many(BIG, "de",
    ("decimal_sign", "690.000", "correct", "690000", "German thousands point"), ("decimal_sign", "690 000", "correct", "690000", "thousands space"),
    ("number_words", "sechshundertneunzigtausend", "correct", "690000", "in German words"), ("decimal_sign", "69.000", "wrong", "69000", "a zero short"))
many(TH, "en",
    ("decimal_sign", "1,250", "correct", "1250", "thousands comma"), ("decimal_sign", "1 250", "correct", "1250", "thousands space"),
    ("number_words", "one thousand two hundred fifty", "correct", "1250", "in words"), ("number_words", "twelve hundred fifty", CU, "1250", "in words: may be handed back"),
    ("misconception", "125", "wrong", "125", "one place only"), ("misconception", "0.125", "wrong", "1/8", "other way"), ("wrong", "12,500", "wrong", "12500", "a place too far"))
many(TH, "de",
    ("decimal_sign", "1.250", "correct", "1250", "German thousands point"), ("decimal_sign", "1250,0", "correct", "1250", "German decimal comma"),
    ("decimal_sign", "12,5", "wrong", "25/2", "not moved"), ("number_words", "eintausendzweihundertfünfzig", "correct", "1250", "in German words"))
PCT = "q232dcc5a2f8dcc55f30a"
many(PCT, "en",
    ("units", "50%", "correct", "50", "the stem speaks of percent"), ("units", "50 percent", "correct", "50", "percent in words"), ("right", "50", "correct", "50", "the number"),
    ("misconception", "100", "wrong", "100", "of the new number"), ("misconception", "140", "wrong", "140", "the change itself"), ("sentence", "it fell by 50 %", "correct", "50", "in a sentence"),
    ("sentence", "it falls by half", CU, "", "the same share in words: may be handed back, not wrong"), ("wrong", "150%", "wrong", "150", "a wrong share"),
    ("number_words", "fifty percent", "correct", "50", "in words"))
for qid, n in (("qc75216f1163f15a6ed56", 7), ("q5dc9099b61e326da2db1", 10), ("q273307cdc41d20ebcaa2", 6)):
    many(qid, "en",
        ("equivalent", f"x={n}", "correct", str(n), "solved equation"), ("equivalent", f"x is {n}", "correct", str(n), "said"),
        ("equivalent", f"{n}=x", "correct", str(n), "turned round"), ("wrong", f"x={n + 1}", "wrong", str(n + 1), "one more"),
        ("wrong", f"x = -{n}", "wrong", str(-n), "other sign"), ("sentence", f"x equals {n}", "correct", str(n), "said"),
        ("negation", f"x is not {n}", UW, "", "denied: never right"), ("several", f"x = {n} or x = {n + 2}", WU, "", "two candidates: never right"),
        ("wrong", f"y={n + 3}", WU, "", "another letter, another number: never right"))
# choices
def choice(qid, key, key_no, wrongs, wrong_no, said, extra=()):
    many(qid, "en",
        ("right", key, "correct", "key", "the option's text"), ("equivalent", said, "correct", "key", "the option as one would type it"),
        ("wrong", wrongs[0], "wrong", "", "another option"), ("misconception", wrongs[1], "wrong", "", "another option"), ("wrong", wrongs[2], "wrong", "", "another option"),
        ("choice_place", f"option {key_no}", CU, "key", "by its place on the screen: may be handed back, not wrong"),
        ("choice_place", f"the {('first', 'second', 'third', 'fourth', 'fifth')[key_no - 1]} one", CU, "key", "by its place: may be handed back, not wrong"),
        ("choice_place", f"option {wrong_no}", WU, "", "a wrong option by its place: never right"),
        ("sentence", f"I choose {said}", CU, "key", "in a sentence: may be handed back, not wrong"),
        ("several", f"{said} or {wrongs[0].strip('$')}", WU, "", "two options: never right"), ("several", "all of them", UW, "", "all: never right"),
        ("nonsense", "the best one", "unscored", "", "names no option"), ("injection", "the correct option", "unscored", "", "refers to the key"),
        ("negation", f"not {said}", UW, "", "denied: never right"), *extra)


choice("q7f3965d6d3c04f0337dc", "$2.5$", 1, ["$2.05$", "$2.510$", "$0.5$"], 3, "2.5", (("equivalent", "2.50", CU, "key", "the same number written otherwise: may be handed back"), ("wrong", "25", WU, "", "no option")))
choice("q18278e3ea6128a5f545b", r"$\frac{16}{36}$", 4, [r"$\frac{16}{9}$", r"$\frac{8}{13}$", r"$\frac{4}{36}$"], 2, "16/36")
choice("qd46524306ed2f9c8a004", r"$\frac{3}{4}$", 3, [r"$\frac{1}{2}$", r"$\frac{4}{6}$", r"$\frac{1}{12}$"], 4, "3/4", (("number_words", "three quarters", CU, "key", "in words: may be handed back"),))
choice("q1616bd0d07c4de075d49", r"$x \ge 3$", 3, [r"$x \ge 45$", r"$x \le 3$", r"$x \ge -3$"], 1, "x >= 3", (("equivalent", "3 <= x", CU, "key", "turned round: may be handed back"), ("wrong", "x = 3", WU, "", "no option, one solution only")))
choice("q81ccff12d510a52b99af", "$2x + 6$", 3, ["$x + 6$", "$2x + 3$", "$2x + 5$"], 2, "2x+6", (("equivalent", "6+2x", CU, "key", "equal, other order: may be handed back"),))
choice("q8e74fa98594cccd95f65", "$(9, 7)$", 3, ["$(7, 9)$", "$(3, 17)$", "$(1, 15)$"], 1, "(9,7)", (("wrong", "(9,8)", WU, "", "no option"),))
choice("q22cf89f7ef1d9eb96205", "Bag $D$", 1, ["Bag $C$", "Bag $A$", "Bag $B$"], 4, "bag D", (("equivalent", "D", CU, "key", "the bag's letter: may be handed back, not wrong"), ("sentence", "it's bag d", CU, "key", "in a sentence: may be handed back"), ("wrong", "Bag E", WU, "", "no option")))
choice("q08a92c6b52e746bfc2f1", r"$10\text{:}10$", 3, [r"$9\text{:}10$", r"$9\text{:}70$", r"$10\text{:}40$"], 1, "10:10")
choice("q5f56dbf016f4008171a0", "$6^2 + 8^2 = x^2$", 3, ["$6^2 + 8^2 = x$", "$6 + 8 = x$", "$6^2 + x^2 = 8^2$"], 1, "6^2+8^2=x^2")
many("q22cf89f7ef1d9eb96205", "de", ("right", "Beutel $D$", "correct", "key", "the option's text"), ("equivalent", "Beutel D", "correct", "key", "the option as typed"), ("wrong", "Beutel A", "wrong", "", "another option"), ("sentence", "ich nehme Beutel D", CU, "key", "in a sentence: may be handed back"))
many("q7f3965d6d3c04f0337dc", "de", ("right", "2,5", "correct", "key", "the option as typed"), ("wrong", "2,05", "wrong", "", "another option"), ("wrong", "0,5", "wrong", "", "another option"))
# expressions; value is the expression, sympy compares
many("qb5ca4defef3f971908e1", "en",
    ("right", "3^7", "correct", "3**7", "the power"), ("equivalent", "3**7", CU, "3**7", "programmer's sign: may be handed back"), ("equivalent", "3^{7}", "correct", "3**7", "LaTeX"), ("equivalent", "3⁷", CU, "3**7", "raised digit: may be handed back"),
    ("unsimplified", "2187", ("unscored", "wrong", "correct"), "2187", "the number instead of a power: form open, any but an error"), ("misconception", "3^10", "wrong", "3**10", "multiplies exponents"), ("misconception", "9^7", "wrong", "9**7", "multiplies bases"),
    ("unsimplified", "3^5*3^2", UW, "3**7", "copied from the stem: never right"), ("wrong", "7^3", "wrong", "7**3", "base and exponent swapped"), ("sentence", "it is 3^7", "correct", "3**7", "in a sentence"), ("number_words", "three to the seventh", CU, "3**7", "in words: may be handed back"), ("several", "3^7 or 3^10", WU, "", "two candidates: never right"))
many("q53a303887859572f61e2", "en",
    ("right", "k/4", "correct", "k/4", "the term"), ("equivalent", "k : 4", CU, "k/4", "colon for division: may be handed back"), ("equivalent", "k÷4", "correct", "k/4", "division sign"), ("equivalent", "1/4 k", "correct", "k/4", "equal"), ("equivalent", "0.25k", "correct", "k/4", "equal"), ("equivalent", r"\frac{k}{4}", "correct", "k/4", "LaTeX"),
    ("misconception", "4/k", "wrong", "4/k", "turned round"), ("misconception", "4k", "wrong", "4*k", "multiplies"), ("wrong", "k-4", "wrong", "k-4", "subtracts"), ("wrong", "k/5", "wrong", "k/5", "another number"), ("sentence", "k divided by 4", CU, "k/4", "in words: may be handed back"), ("wrong", "x/4", WU, "", "another letter: never right"), ("nonsense", "k k k k", UW, "", "letters: never right"))
many("q45897f43f685f212248f", "en",
    ("right", "12x+7", "correct", "12*x+7", "the term"), ("equivalent", "7+12x", "correct", "12*x+7", "other order"), ("equivalent", "12*x + 7", "correct", "12*x+7", "with sign"), ("equivalent", "12 x + 7", "correct", "12*x+7", "with spaces"), ("equivalent", "12·x+7", "correct", "12*x+7", "dot"),
    ("unsimplified", "x+7x+4x+7", UW, "12*x+7", "fewest terms are asked for: never right"), ("unsimplified", "8x+4x+7", UW, "12*x+7", "fewest terms are asked for: never right"), ("unsimplified", "12x+5+2", UW, "12*x+7", "fewest terms are asked for: never right"),
    ("misconception", "19x", "wrong", "19*x", "joins unlike terms"), ("misconception", "11x+7", "wrong", "11*x+7", "forgets the single x"), ("wrong", "12x-7", "wrong", "12*x-7", "sign"), ("wrong", "12x", "wrong", "12*x", "number forgotten"), ("wrong", "12x^2+7", "wrong", "12*x**2+7", "a square"), ("sentence", "I get 12x + 7", "correct", "12*x+7", "in a sentence"), ("over_turns", ["ok", "12x+7"], "correct", "12*x+7", "then the answer"))
many("q45897f43f685f212248f", "de", ("right", "12x + 7", "correct", "12*x+7", "the term"), ("sentence", "Das ergibt 12x+7", "correct", "12*x+7", "in a sentence"), ("wrong", "12x+9", "wrong", "12*x+9", "another number"), ("several", "12x+7 oder 19x", WU, "", "two candidates: never right"))
many("q23a6b4855a4eaeaac80f", "en",
    ("right", "12x+35", "correct", "12*x+35", "the term"), ("equivalent", "35 + 12x", "correct", "12*x+35", "other order"), ("unsimplified", "5x+35+7x", UW, "12*x+35", "fewest terms are asked for: never right"), ("misconception", "12x+7", "wrong", "12*x+7", "multiplies the first only"), ("misconception", "47x", "wrong", "47*x", "joins unlike terms"), ("unsimplified", "5(x+7)+7x", UW, "12*x+35", "copied: never right"), ("wrong", "12x+36", "wrong", "12*x+36", "one more"), ("sentence", "the answer is 12x+35", "correct", "12*x+35", "in a sentence"), ("code", "12*x+35; import os", UW, "", "code behind it: never right"))
many("q6a65001f28b6ed11ab45", "en",
    ("right", "32pi", "correct", "32*pi", "the term"), ("equivalent", "32π", "correct", "32*pi", "the sign"), ("equivalent", "32*pi", "correct", "32*pi", "with sign"), ("equivalent", "pi*32", "correct", "32*pi", "other order"), ("equivalent", r"32\pi", "correct", "32*pi", "LaTeX"), ("units", "32π cm", CU, "32*pi", "the stem says to leave the unit out: may be handed back"), ("misconception", "64pi", "wrong", "64*pi", "radius for diameter"), ("misconception", "32", "wrong", "32", "forgets pi"), ("wrong", "100.48", WU, "", "an approximation where pi is to stay: never right"), ("wrong", "31pi", "wrong", "31*pi", "one less"), ("sentence", "It's 32 pi.", "correct", "32*pi", "in a sentence"), ("unit_mismatch", "32π m", "wrong", "", "another unit"))
many("q2c53fbd017f23efeddd6", "en", ("right", "36π", "correct", "36*pi", "the term"), ("unsimplified", "6^2π", UW, "36*pi", "not worked out where the short form is asked: never right"), ("misconception", "12π", "wrong", "12*pi", "circumference"), ("misconception", "144π", "wrong", "144*pi", "doubles the radius"), ("wrong", "36", "wrong", "36", "forgets pi"), ("several", "36π / 12π", UW, "", "two candidates or a quotient: never right"))
many("q10b809e285fdf5f572a6", "en", ("right", "6*10^9", "correct", "6*10**9", "the number"), ("equivalent", "6 x 10^9", "correct", "6*10**9", "letter x for times"), ("equivalent", "6 × 10^9", "correct", "6*10**9", "times sign"), ("equivalent", r"6 \times 10^{9}", "correct", "6*10**9", "LaTeX"), ("equivalent", "6e9", CU, "6*10**9", "calculator's form: may be handed back"), ("misconception", "6*10^18", "wrong", "6*10**18", "multiplies exponents"), ("misconception", "5*10^9", "wrong", "5*10**9", "adds factors"), ("unsimplified", "6000000000", UW, "6*10**9", "scientific notation is asked for: never right"), ("unsimplified", "60*10^8", UW, "6*10**9", "not scientific notation: never right"), ("wrong", "6*10^8", "wrong", "6*10**8", "exponent one less"))
# equations
many("q7698874321211f0967b2", "en",
    ("right", "y=2x", "correct", "2*x", "the equation"), ("equivalent", "y = 2*x", "correct", "2*x", "with sign"), ("equivalent", "2x = y", "correct", "2*x", "turned round"), ("equivalent", "y = x*2", "correct", "2*x", "other order"), ("equivalent", "y = x + x", CU, "2*x", "equal: may be handed back"), ("equivalent", "y=4x/2", CU, "2*x", "equal: may be handed back"), ("misconception", "y=x+3", "wrong", "x+3", "adds"), ("misconception", "y=1/2 x", "wrong", "x/2", "turned round"), ("misconception", "y = 6x", "wrong", "6*x", "takes y for the factor"), ("wrong", "x=2y", "wrong", "x/2", "letters swapped"), ("equivalent", "2x", CU, "2*x", "the right side only: may be handed back"), ("wrong", "y=2", "wrong", "2", "letter forgotten"), ("sentence", "the equation is y = 2x", "correct", "2*x", "in a sentence"), ("several", "y=2x or y=6x", WU, "", "two candidates: never right"), ("nonsense", "y=y", UW, "", "says nothing: never right"))
many("q2fc1fb5500a99eca5dd2", "en",
    ("right", "y=3x+7", "correct", "3*x+7", "the equation"), ("equivalent", "y = 7 + 3x", "correct", "3*x+7", "other order"), ("equivalent", "y-7=3x", UW + ("correct",), "3*x+7", "equal, but y=mx+b is asked: form open"), ("misconception", "y=7x+3", "wrong", "7*x+3", "swapped"), ("misconception", "y=9x-11", "wrong", "9*x-11", "slope wrong"), ("wrong", "y=3x-7", "wrong", "3*x-7", "sign"), ("wrong", "y=3x", "wrong", "3*x", "constant forgotten"), ("sentence", "I think y = 3x + 7", "correct", "3*x+7", "in a sentence"), ("over_turns", ["m is 3", "b is 7"], CU, "", "in two turns: may be joined or handed back, not wrong"), ("equivalent", "m=3, b=7", CU, "3*x+7", "the two numbers: may be handed back"))
many("q2fc1fb5500a99eca5dd2", "de", ("right", "y = 3x + 7", "correct", "3*x+7", "the equation"), ("wrong", "y = 4x + 7", "wrong", "4*x+7", "slope wrong"), ("sentence", "Die Gleichung lautet y=3x+7", "correct", "3*x+7", "in a sentence"))
# solution sets; value is the sorted set
many("q5ad8f71a344a746a06da", "en",
    ("right", "{-18, 18}", "correct", "-18,18", "the set"), ("equivalent", "{18, -18}", "correct", "-18,18", "other order"), ("equivalent", "{18,-18}", "correct", "-18,18", "no space"), ("equivalent", "x=18 or x=-18", CU, "-18,18", "said: may be handed back, not wrong"), ("equivalent", "±18", CU, "-18,18", "with plus-minus: may be handed back"), ("equivalent", "18 and -18", CU, "-18,18", "said: may be handed back"), ("misconception", "{18}", "wrong", "18", "forgets the negative one"), ("misconception", "{162}", "wrong", "162", "halves"), ("wrong", "{-18, 18, 0}", "wrong", "-18,0,18", "one too many"), ("wrong", "{}", "wrong", "", "the empty set"), ("wrong", "R", "wrong", "R", "all numbers"), ("wrong", "{-17, 17}", "wrong", "-17,17", "one off"), ("equivalent", "{-18, 18, 18}", CU, "-18,18", "the same set, one named twice: may be handed back"), ("negation", "not {-18, 18}", UW, "", "denied: never right"))
many("q5ad8f71a344a746a06da", "de", ("right", "{-18; 18}", "correct", "-18,18", "German separator"), ("wrong", "{18; 36}", "wrong", "18,36", "wrong"), ("equivalent", "L = {-18; 18}", CU, "-18,18", "named set: may be handed back"))
many("q2cf63eeb1285b3e86744", "en", ("right", "{5}", "correct", "5", "the set"), ("equivalent", "5", CU, "5", "the number: may be handed back"), ("equivalent", "x=5", CU, "5", "solved: may be handed back"), ("misconception", "{21}", "wrong", "21", "does not divide"), ("misconception", "{5/4}", "wrong", "5/4", "adds where to subtract"), ("wrong", "{-5}", "wrong", "-5", "sign"), ("wrong", "{5, 6}", "wrong", "5,6", "one too many"), ("equivalent", "{10/2}", CU, "5", "unsimplified: may be handed back"))
many("qe60cb1210658dfb909fe", "en", ("right", "R", "correct", "R", "all numbers"), ("equivalent", "ℝ", CU, "R", "the sign: may be handed back"), ("sentence", "every number works", CU, "R", "in words: may be handed back, not wrong"), ("misconception", "{}", "wrong", "", "none"), ("wrong", "{0}", "wrong", "0", "one only"), ("wrong", "{42}", "wrong", "42", "one only"), ("negation", "not R", UW, "", "denied: never right"), ("sentence", "no number works", WU, "", "wrong in words: never right"))
many("q51bd6ca79115add2aba9", "en", ("right", "{(-2, -4)}", "correct", "(-2,-4)", "the set"), ("equivalent", "(-2,-4)", CU, "(-2,-4)", "the pair: may be handed back"), ("equivalent", "x=-2, y=-4", CU, "(-2,-4)", "said: may be handed back"), ("misconception", "{(-4, -2)}", "wrong", "(-4,-2)", "swapped"), ("wrong", "{(2, 4)}", "wrong", "(2,4)", "signs"), ("wrong", "{-2, -4}", WU, "-4,-2", "two numbers instead of a pair: never right"), ("wrong", "{(-2, 4)}", "wrong", "(-2,4)", "one sign"))
# lists
L = "1,2,3,4,6,9,12,18,36"
many("q8908dd9f2c378e181362", "en",
    ("right", "1, 2, 3, 4, 6, 9, 12, 18, 36", "correct", L, "the list"), ("equivalent", "36, 18, 12, 9, 6, 4, 3, 2, 1", "correct", L, "other order, order not asked"), ("equivalent", "1 2 3 4 6 9 12 18 36", CU, L, "spaces only: may be handed back"), ("equivalent", "1;2;3;4;6;9;12;18;36", CU, L, "semicolons: may be handed back"), ("equivalent", "1, 2, 3, 4, 6, 9, 12, 18 and 36", "correct", L, "last one with and"), ("misconception", "2, 3, 4, 6, 9, 12, 18", "wrong", "2,3,4,6,9,12,18", "forgets 1 and itself"), ("misconception", "36, 72, 108", "wrong", "36,72,108", "multiples"), ("wrong", "1, 2, 3, 4, 6, 9, 12, 18, 35", "wrong", "1,2,3,4,6,9,12,18,35", "one wrong"), ("wrong", "1, 2, 3, 4, 5, 6, 9, 12, 18, 36", "wrong", "1,2,3,4,5,6,9,12,18,36", "one too many"), ("equivalent", "{1, 2, 3, 4, 6, 9, 12, 18, 36}", CU, L, "in braces: may be handed back"), ("over_turns", ["1, 2, 3, 4, 6", "9, 12, 18, 36"], ("correct", "unscored", "wrong"), "", "the first part stands alone as a wrong list; a careful tutor waits"), ("sentence", "The factors are 1, 2, 3, 4, 6, 9, 12, 18, 36.", "correct", L, "in a sentence"), ("negation", "all except 1, 2, 3, 4, 6, 9, 12, 18, 36", UW, "", "denied: never right"))
many("q8908dd9f2c378e181362", "de", ("right", "1; 2; 3; 4; 6; 9; 12; 18; 36", "correct", L, "German separator"), ("wrong", "1; 2; 3; 4; 6; 9; 12; 18", "wrong", "1,2,3,4,6,9,12,18", "itself forgotten"))
many("qa98a18162cfa676d1d57", "en", ("right", "7, 8", "correct", "7,8", "both"), ("equivalent", "8, 7", "correct", "7,8", "other order"), ("equivalent", "7 and 8", "correct", "7,8", "with and"), ("sentence", "between 7 and 8", "correct", "7,8", "the stem asks between which"), ("wrong", "7", "wrong", "7", "one only"), ("misconception", "28, 29", "wrong", "28,29", "halves"), ("misconception", "49, 64", "wrong", "49,64", "the squares"), ("wrong", "6, 7", "wrong", "6,7", "one off"), ("wrong", "7, 8, 9", "wrong", "7,8,9", "one too many"), ("number_words", "seven and eight", CU, "7,8", "in words: may be handed back"), ("number_words", "eight and nine", WU, "8,9", "wrong in words: never right"))
many("qaac86c5594a1491a8bff", "en", ("right", "21, 28", "correct", "21,28", "both"), ("equivalent", "Q1 = 21, Q3 = 28", CU, "21,28", "named: may be handed back"), ("wrong", "21, 27", "wrong", "21,27", "one wrong"), ("misconception", "7, 36", "wrong", "7,36", "smallest and largest"), ("sentence", "lower is 21 and upper is 28", CU, "21,28", "in a sentence: may be handed back"), ("wrong", "28", "wrong", "28", "one only"))
many("qa98a18162cfa676d1d57", "de", ("right", "7; 8", "correct", "7,8", "both"), ("equivalent", "7 und 8", "correct", "7,8", "with und"), ("wrong", "8; 9", "wrong", "8,9", "one off"))
# orders
many("q3be9381f7502eda51d60", "en", ("right", "948, 3042, 3204, 3240", "correct", "948,3042,3204,3240", "in order"), ("equivalent", "948 < 3042 < 3204 < 3240", CU, "948,3042,3204,3240", "a chain: may be handed back"), ("equivalent", "948; 3042; 3204; 3240", CU, "948,3042,3204,3240", "semicolons: may be handed back"), ("wrong", "3240, 3204, 3042, 948", "wrong", "3240,3204,3042,948", "the other way"), ("wrong", "948, 3204, 3042, 3240", "wrong", "948,3204,3042,3240", "two swapped"), ("wrong", "948, 3042, 3204", WU, "948,3042,3204", "one missing: never right"), ("nonsense", "smallest first", "unscored", "", "says nothing"))
many("q05641442a7705f08bd91", "en", ("right", "1/5, 1/2, 7/10", "correct", "1/5,1/2,7/10", "in order"), ("equivalent", "0.2, 0.5, 0.7", CU, "1/5,1/2,7/10", "equal numbers: may be handed back"), ("misconception", "1/5, 7/10, 1/2", "wrong", "1/5,7/10,1/2", "two swapped"), ("misconception", "1/2, 1/5, 7/10", "wrong", "1/2,1/5,7/10", "by denominators"), ("equivalent", "1/5 < 1/2 < 7/10", CU, "1/5,1/2,7/10", "a chain: may be handed back"), ("sentence", "first 1/5, then 1/2, then 7/10", CU, "1/5,1/2,7/10", "in a sentence: may be handed back"), ("sentence", "first 7/10, then 1/2, then 1/5", WU, "7/10,1/2,1/5", "the other way in a sentence: never right"))
many("q9084bfdcb58fc224ca99", "en", ("right", "1.727, 1.8, 1.94", "correct", "1.727,1.8,1.94", "in order"), ("misconception", "1.8, 1.94, 1.727", "wrong", "1.8,1.94,1.727", "by length"), ("wrong", "1.94, 1.8, 1.727", "wrong", "1.94,1.8,1.727", "the other way"), ("wrong", "1.727, 1.8, 1.95", WU, "1.727,1.8,1.95", "another number: never right"))
many("q9084bfdcb58fc224ca99", "de", ("right", "1,727; 1,8; 1,94", "correct", "1.727,1.8,1.94", "German numbers"), ("wrong", "1,8; 1,727; 1,94", "wrong", "1.8,1.727,1.94", "two swapped"))
many("q9794a8e43fb41705af56", "en", ("right", "-8, -6, 0, 5", "correct", "-8,-6,0,5", "in order"), ("equivalent", "−8, −6, 0, 5", "correct", "-8,-6,0,5", "minus signs of print"), ("misconception", "-6, -8, 0, 5", "wrong", "-6,-8,0,5", "by size without sign"), ("misconception", "0, 5, -6, -8", "wrong", "0,5,-6,-8", "without signs"), ("wrong", "5, 0, -6, -8", "wrong", "5,0,-6,-8", "the other way"), ("sentence", "-8 then -6 then 0 then 5", CU, "-8,-6,0,5", "in a sentence: may be handed back"))
