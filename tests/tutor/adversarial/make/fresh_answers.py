"""New templates of answers for the fresh set, written by hand for a third of the classes; fields as in `make_answers.py`."""

from handwritten import CU, UW, WU

CLASSES = ("sentence", "several", "negation", "self_correction", "over_turns", "nonsense", "choice_place", "misconception")
N = [
    ("sentence", "en", "en", ["I worked it out and got {n}"], "correct", "{n}", "answer in a sentence"),
    ("sentence", "en", "en", ["After adding everything up I have {n}."], "correct", "{n}", "answer in a sentence"),
    ("sentence", "en", "en", ["My solution is {n}, what do you say?"], "correct", "{n}", "answer in a sentence"),
    ("sentence", "en", "en", ["hi, the answer should be {n} :-)"], "correct", "{n}", "answer in a sentence"),
    ("sentence", "en", "en", ["it comes out as {n}"], "correct", "{n}", "answer in a sentence"),
    ("sentence", "en", "en", ["{n} is what I get"], "correct", "{n}", "answer in a sentence"),
    ("sentence", "de", "de", ["Ich hab's: {n}"], "correct", "{n}", "answer in a sentence"),
    ("sentence", "de", "de", ["Meiner Meinung nach ist es {n}"], "correct", "{n}", "answer in a sentence"),
    ("sentence", "de", "de", ["Da müsste {n} rauskommen."], "correct", "{n}", "answer in a sentence"),
    ("sentence", "en", "en", ["I worked it out and got {up}"], "wrong", "{up}", "wrong answer in a sentence"),
    ("sentence", "en", "en", ["pretty sure that it's {dbl}"], "wrong", "{dbl}", "wrong answer in a sentence"),
    ("sentence", "en", "en", ["my solution: {down}, done!"], "wrong", "{down}", "wrong answer in a sentence"),
    ("sentence", "de", "de", ["Ich tippe mal auf {up}"], "wrong", "{up}", "wrong answer in a sentence"),
    ("sentence", "de", "de", ["Es müssten {down} sein."], "wrong", "{down}", "wrong answer in a sentence"),
    ("several", "en", "en", ["{n}? {up}?"], WU, "", "two candidates: never right"),
    ("several", "en", "en", ["I can't decide between {n} and {up}"], WU, "", "two candidates: never right"),
    ("several", "en", "en", ["{down}, {n} or {up}, pick one"], WU, "", "three candidates: never right"),
    ("several", "en", "en", ["one of these: {n}, {dbl}, {ten}"], WU, "", "three candidates: never right"),
    ("several", "en", "en", ["{n} (or {down} if I made a mistake)"], WU, "", "two candidates: never right"),
    ("several", "en", "en", ["first answer {n}, second answer {up}"], WU, "", "two candidates: never right"),
    ("several", "en", "en", ["roughly {n}, give or take 1"], WU, "", "a range: never right"),
    ("several", "en", "en", ["no more than {n}"], WU, "", "a bound: never right"),
    ("several", "en", "en", ["{n} | {up} | {down}"], WU, "", "three candidates: never right"),
    ("several", "de", "de", ["{n} oder vielleicht auch {down}"], WU, "", "two candidates: never right"),
    ("several", "de", "de", ["irgendwas zwischen {down} und {up}"], WU, "", "a range: never right"),
    ("several", "de", "de", ["mal {n}, mal {up}"], WU, "", "two candidates: never right"),
    ("negation", "en", "en", ["I'm sure it isn't {n}"], UW, "", "the right number is denied: never right"),
    ("negation", "en", "en", ["{n} would be wrong"], UW, "", "the right number is denied: never right"),
    ("negation", "en", "en", ["it couldn't possibly be {n}"], UW, "", "the right number is denied: never right"),
    ("negation", "en", "en", ["not {n} but {up}"], WU, "{up}", "a wrong number, the right one denied"),
    ("negation", "en", "en", ["I don't think it's {n}"], UW, "", "the right number is denied: never right"),
    ("negation", "en", "en", ["never {n}"], UW, "", "the right number is denied: never right"),
    ("negation", "de", "de", ["{n} kann nicht stimmen"], UW, "", "the right number is denied: never right"),
    ("negation", "de", "de", ["bestimmt nicht {n}"], UW, "", "the right number is denied: never right"),
    ("negation", "de", "de", ["alles ausser {n}"], UW, "", "the right number is excluded: never right"),
    ("self_correction", "en", "en", ["{down}. Oh no, I meant {n}."], CU, "{n}", "corrected to the right one: may be handed back, not wrong"),
    ("self_correction", "en", "en", ["I said {n} but that is wrong, {up}"], WU, "{up}", "corrected to a wrong one: never right"),
    ("self_correction", "en", "en", ["{n}, scratch that, {dbl}"], WU, "{dbl}", "corrected to a wrong one: never right"),
    ("self_correction", "de", "de", ["{up}, Quatsch, {n}"], CU, "{n}", "corrected to the right one: may be handed back, not wrong"),
    ("over_turns", "en", "en", ["give me a moment", "it is {n}"], "correct", "{n}", "thinking first, then the answer"),
    ("over_turns", "en", "en", ["so the result is", "{n}"], "correct", "{n}", "sentence cut in two"),
    ("over_turns", "en", "en", ["what does that mean?", "ah I see, {n}"], "correct", "{n}", "a question first, then the answer"),
    ("over_turns", "en", "en", ["is it hard?", "{up}"], "wrong", "{up}", "chatter first, then a wrong answer"),
    ("over_turns", "en", "en", ["ready", "go", "{n}"], "correct", "{n}", "chatter first, then the answer"),
    ("over_turns", "en", "en", ["not {up}", "{n}"], "correct", "{n}", "a wrong number denied, then the answer"),
    ("over_turns", "de", "de", ["ich rechne noch", "{n}"], "correct", "{n}", "thinking first, then the answer"),
    ("over_turns", "de", "de", ["gib mir einen Tipp", "{down}"], "wrong", "{down}", "a hint, then a wrong answer"),
    ("nonsense", "en", "en", ["potato"], "unscored", "", "a word that answers nothing"),
    ("nonsense", "en", "en", ["hmmmm"], "unscored", "", "thinking aloud"),
    ("nonsense", "en", "en", ["====="], "unscored", "", "signs only"),
    ("nonsense", "en", "en", ["my sister has {n} dolls"], "unscored", "", "the key's number about something else"),
    ("nonsense", "en", "en", ["the bus comes in {n} minutes"], "unscored", "", "the key's number about something else"),
    ("nonsense", "en", "en", ["I was born on the {up}th"], "unscored", "", "a number about something else"),
    ("nonsense", "en", "en", ["zzz"], "unscored", "", "letters that answer nothing"),
    ("nonsense", "en", "en", ["we did exercise {n} yesterday"], "unscored", "", "the key's number about something else"),
    ("nonsense", "de", "de", ["mein Bruder wird {n}"], "unscored", "", "the key's number about something else"),
    ("nonsense", "de", "de", ["bla bla"], "unscored", "", "words that answer nothing"),
    ("nonsense", "en", "en", ["* 3 +"], "unscored", "", "cannot be read"),
]
F = [
    ("sentence", "en", "en", ["my fraction is {p}/{q}"], "correct", "{f}", "answer in a sentence"),
    ("sentence", "en", "en", ["so there are {p}/{q} left, I believe"], "correct", "{f}", "answer in a sentence"),
    ("sentence", "de", "de", ["ich habe {p}/{q} ausgerechnet"], "correct", "{f}", "answer in a sentence"),
    ("sentence", "en", "en", ["my fraction is {q}/{p}"], "wrong", "{fi}", "wrong answer in a sentence"),
    ("several", "en", "en", ["{p}/{q}? {p1}/{q}?"], WU, "", "two candidates: never right"),
    ("several", "en", "en", ["{p1}/{q} and {p}/{q} are both possible"], WU, "", "two candidates: never right"),
    ("negation", "en", "en", ["it isn't {p}/{q}"], UW, "", "the right number is denied: never right"),
    ("negation", "en", "en", ["bigger than {p}/{q}"], UW, "", "a bound: never right"),
    ("over_turns", "en", "en", ["I am thinking", "my answer is {p}/{q}"], "correct", "{f}", "thinking first, then the answer"),
    ("over_turns", "en", "en", ["{p}", "over {q}"], ("wrong", "unscored", "correct"), "", "the first part stands alone as a wrong number; a careful tutor waits"),
    ("nonsense", "en", "en", ["/ {q}"], "unscored", "", "half a fraction"),
]
Q = [
    ("sentence", "en", "en", ["I got {n} {u} in the end"], "correct", "{f}", "answer in a sentence"),
    ("sentence", "en", "en", ["altogether that's {n} {u}"], "correct", "{f}", "answer in a sentence"),
    ("sentence", "de", "de", ["Insgesamt sind das {c} {ud}"], "correct", "{f}", "answer in a sentence"),
    ("sentence", "en", "en", ["altogether that's {off} {u}"], "wrong", "{f_off}", "wrong answer in a sentence"),
    ("several", "en", "en", ["{n} {u}? {off} {u}?"], WU, "", "two candidates: never right"),
    ("several", "en", "en", ["maybe {off} {u}, maybe {n} {u}"], WU, "", "two candidates: never right"),
    ("negation", "en", "en", ["it's not {n} {u}"], UW, "", "denied: never right"),
    ("over_turns", "en", "en", ["hang on", "{n} {u}"], "correct", "{f}", "thinking first, then the answer"),
]  # fmt: skip
ROWS = []


def many(qid, course, *rows):
    """(class, responses, gold, value, why)"""
    for cls, said, gold, value, why in rows:
        ROWS.append((cls, course, course, qid, [said] if isinstance(said, str) else said, gold, value, why))


PLACES = (("q7f3965d6d3c04f0337dc", 1, 4), ("q18278e3ea6128a5f545b", 4, 4), ("q81ccff12d510a52b99af", 3, 4),
          ("q8e74fa98594cccd95f65", 3, 4), ("q08a92c6b52e746bfc2f1", 3, 5))
for qid, key_no, options in PLACES:
    ordinal, wrong = ("first", "second", "third", "fourth", "fifth")[key_no - 1], key_no % options
    many(qid, "en",
        ("choice_place", f"I take number {key_no}", CU, "key", "by its place: may be handed back, not wrong"),
        ("choice_place", f"the {ordinal} answer", CU, "key", "by its place: may be handed back, not wrong"),
        ("choice_place", f"my answer is {'abcde'[wrong]}", WU, "", "a wrong option by its letter: never right"),
        ("several", "the first or the second one", WU, "", "two options: never right"),
        ("negation", f"not the {ordinal} one", UW, "", "denied: never right"),
        ("nonsense", "the nicest option", "unscored", "", "names no option"))
many("qb5ca4defef3f971908e1", "en", ("misconception", "3^3", "wrong", "3**3", "subtracts exponents"), ("misconception", "6^7", "wrong", "6**7", "adds bases"), ("sentence", "I get 3^7 because 5+2=7", CU, "3**7", "with the reason: may be handed back"), ("several", "3^7? 9^7?", WU, "", "two candidates: never right"), ("over_turns", ["same base", "3^7"], "correct", "3**7", "a remark, then the answer"))
many("q45897f43f685f212248f", "en", ("misconception", "12x^3+7", "wrong", "12*x**3+7", "multiplies the letters"), ("misconception", "12+7x", "wrong", "12+7*x", "swaps numbers"), ("sentence", "all together 12x+7", CU, "12*x+7", "in a sentence: may be handed back"), ("negation", "it isn't 12x+7", UW, "", "denied: never right"), ("self_correction", "11x+7, no wait, 12x+7", CU, "12*x+7", "corrected to the right one: may be handed back"))
many("q23a6b4855a4eaeaac80f", "en", ("misconception", "5x+42", "wrong", "5*x+42", "adds what is to be multiplied"), ("misconception", "12x+57", "wrong", "12*x+57", "another product"), ("sentence", "I simplified it to 12x+35", "correct", "12*x+35", "in a sentence"))
many("q6a65001f28b6ed11ab45", "en", ("misconception", "16pi", "wrong", "16*pi", "the radius once"), ("misconception", "256pi", "wrong", "256*pi", "the area"), ("sentence", "that gives 32pi", "correct", "32*pi", "in a sentence"))
many("q2c53fbd017f23efeddd6", "en", ("misconception", "12pi", "wrong", "12*pi", "the circumference"), ("misconception", "6pi", "wrong", "6*pi", "does not square"), ("misconception", "36", "wrong", "36", "forgets pi"), ("sentence", "the area is 36pi", CU, "36*pi", "in a sentence: may be handed back"))
many("q7698874321211f0967b2", "en", ("misconception", "y=5x", "wrong", "5*x", "takes x for the factor"), ("misconception", "y=x+5", "wrong", "x+5", "adds"), ("sentence", "y is always 2x", CU, "2*x", "in a sentence: may be handed back"), ("negation", "not y=2x", UW, "", "denied: never right"))
many("q2fc1fb5500a99eca5dd2", "en", ("misconception", "y=3x+16", "wrong", "3*x+16", "takes a point for the intercept"), ("misconception", "y=9x+7", "wrong", "9*x+7", "takes the rise for the slope"), ("sentence", "the line is y=3x+7", "correct", "3*x+7", "in a sentence"), ("sentence", "slope 3, intercept 7", CU, "3*x+7", "both numbers named: may be handed back"), ("sentence", "slope 7, intercept 3", WU, "7*x+3", "both numbers named the wrong way: never right"))
many("q5ad8f71a344a746a06da", "en", ("misconception", "{9, 36}", "wrong", "9,36", "a pair of factors"), ("sentence", "the solutions are -18 and 18", CU, "-18,18", "in a sentence: may be handed back"), ("negation", "all but {-18, 18}", UW, "", "denied: never right"))
many("q2cf63eeb1285b3e86744", "en", ("misconception", "{42/8}", "wrong", "21/4", "adds both sides"), ("misconception", "{2}", "wrong", "2", "takes the coefficient"), ("sentence", "only 5 works", CU, "5", "in a sentence: may be handed back"), ("several", "{5} or {6}", WU, "", "two candidates: never right"))
many("q51bd6ca79115add2aba9", "en", ("misconception", "{(-2, 4)}", "wrong", "(-2,4)", "one sign"), ("misconception", "{(2, -4)}", "wrong", "(2,-4)", "one sign"), ("sentence", "they meet at (-2, -4)", CU, "(-2,-4)", "in a sentence: may be handed back"))
many("q8908dd9f2c378e181362", "en", ("misconception", "2, 2, 3, 3", "wrong", "2,2,3,3", "prime factors"), ("misconception", "1, 36", "wrong", "1,36", "the first pair only"), ("sentence", "36 has the factors 1, 2, 3, 4, 6, 9, 12, 18, 36", CU, "1,2,3,4,6,9,12,18,36", "in a sentence: may be handed back"))
many("qa98a18162cfa676d1d57", "en", ("misconception", "56, 58", "wrong", "56,58", "neighbors of the number itself"), ("sentence", "it lies between 7 and 8", CU, "7,8", "in a sentence: may be handed back"), ("negation", "not 7 and 8", UW, "", "denied: never right"))
many("qaac86c5594a1491a8bff", "en", ("misconception", "27, 28", "wrong", "27,28", "around the median"), ("sentence", "the quartiles are 21 and 28", CU, "21,28", "in a sentence: may be handed back"))
many("q3be9381f7502eda51d60", "en", ("misconception", "3042, 3204, 3240, 948", "wrong", "3042,3204,3240,948", "by the first digit"), ("sentence", "it goes 948, 3042, 3204, 3240", CU, "948,3042,3204,3240", "in a sentence: may be handed back"))
many("q9794a8e43fb41705af56", "en", ("misconception", "0, -6, -8, 5", "wrong", "0,-6,-8,5", "zero first"), ("sentence", "in order: -8, -6, 0, 5", CU, "-8,-6,0,5", "in a sentence: may be handed back"))
many("q9084bfdcb58fc224ca99", "en", ("misconception", "1.8, 1.727, 1.94", "wrong", "1.8,1.727,1.94", "two swapped"), ("misconception", "1.94, 1.727, 1.8", "wrong", "1.94,1.727,1.8", "at random"))
