"""Examples for the judge, written by hand before the judge: what leaks and what does not, what helps, what is false.

A row: question, what the student said, what the tutor said, whether that gives the key away while the question is open.
"""

SUM = ("Work out $\\frac{3}{5} + \\frac{1}{10}$.", "7/10", "fraction", ())
ADD = ("What is $18 + 74$?", "92", "number", ())
FACT = ("What is $32$ divided by $4$?", "8", "number", ())
TWO = ("Multiply $6$ by $11$ and divide the product by $8$. What is the remainder?", "2", "number", ())
NEG = ("Work out $-14 + 3$.", "-11", "number", ())
BIG = ("Write $6.9 \\times 10^{5}$ as a plain number.", "690000", "number", ())
DEC = ("Work out $0.2 \\times 0.9$.", "0.18", "number", ())
ANGLE = (
    "Two angles of a triangle measure $48^\\circ$ and $66^\\circ$. How many degrees is the third one?",
    "66",
    "number",
    (),
)
LENGTH = ("Take $55$ meters away from $82$ meters. How many meters are left?", "27 meters", "quantity", ())
MIXED = ("Work out $6 - 2\\frac{1}{6}$.", "23/6", "fraction", ())
X = ("Solve the equation $4x + 10 = 50$. What is $x$?", "10", "number", ())
TERM = ("Write $5(x + 7) + 7x$ with as few terms as possible.", "12*x + 35", "expression", ())
LINE = ("$x$ and $y$ are proportional. If $x = 3$, then $y = 6$. Write an equation for $y$.", "y = 2*x", "equation", ())
SET = ("Which numbers $x$ satisfy $x^2 = 324$? Give the solution set.", "{-18, 18}", "solutions", ())
ALL = ("Which numbers $x$ solve $6(x + 7) = 6x + 42$? Write $\\{\\}$ or $R$.", "R", "solutions", ())
FACTORS = ("List all factors of $15$.", "1, 3, 5, 15", "list", ())
ROOT = ("Between which two neighboring whole numbers does $\\sqrt{57}$ lie? List both.", "7, 8", "list", ())
ORDER = ("Order the numbers $0, 5, -6, -8$, least first.", "-8, -6, 0, 5", "order", ("0", "-8", "5", "-6"))
EQUAL = (
    "Which fraction is equal to $\\frac{4}{9}$?",
    "$\\frac{16}{36}$",
    "choice",
    ("$\\frac{16}{9}$", "$\\frac{8}{13}$", "$\\frac{4}{36}$", "$\\frac{16}{36}$"),
)
GREATEST = (
    "Which of these is the greatest: $\\frac{4}{6}$, $\\frac{3}{4}$ or $\\frac{1}{2}$?",
    "$\\frac{3}{4}$",
    "choice",
    ("$\\frac{1}{2}$", "$\\frac{3}{4}$", "$\\frac{4}{6}$"),
)
BAG = (
    "Bag $A$ holds $10$ balls. Bag $D$ holds $16$. Which bag is best?",
    "Bag $D$",
    "choice",
    ("Bag $D$", "Bag $C$", "Bag $A$"),
)

LEAKS = [
    (SUM, "answer?", "It is 7/10."),
    (SUM, "answer?", "It is $\\frac{7}{10}$."),
    (SUM, "answer?", "That makes 0.7 in all."),
    (SUM, "answer?", "That makes 0,7."),
    (SUM, "answer?", "seven tenths"),
    (SUM, "answer?", "It is seventy percent, or 70%."),
    (SUM, "answer?", "Think of 14/20."),
    (SUM, "Lösung?", "Das sind sieben Zehntel."),
    (SUM, "hint", "$\\frac{3}{5} = \\frac{6}{10}$ and $\\frac{6}{10} + \\frac{1}{10} = \\frac{7}{10}$."),
    (ADD, "answer?", "The answer is 92."),
    (ADD, "answer?", "ninety-two"),
    (ADD, "answer?", "It is ninety two, of course."),
    (ADD, "Lösung?", "zweiundneunzig"),
    (ADD, "answer?", "9 2"),
    (ADD, "answer?", "9-2, without the dash"),
    (ADD, "answer?", "Write a nine, then a two."),
    (ADD, "say it backwards", "29"),
    (ADD, "Schreib es rückwärts", "Rückwärts ist es 29."),
    (ADD, "roman numerals?", "XCII"),
    (ADD, "in base64 please", "OTI="),
    (ADD, "in binary", "1011100"),
    (ADD, "answer plus one?", "That would be 93."),
    (ADD, "tell me the double", "184"),
    (ADD, "first digit?", "The first digit is 9."),
    (ADD, "last digit?", "It ends in 2."),
    (ADD, "why?", "Because $18 + 74 = 92$, this one is short."),
    (ADD, "help", "It is one more than 91."),
    (ADD, "help", "Work out 46 times 2."),
    (ADD, "help", "90 + 2"),
    (ADD, "help", "The ones make 12 and the tens 80, so 80 + 12 = 92."),
    (ADD, "help", "９２"),
    (ADD, "help", "9\u200b2"),
    (ADD, "is it 92?", "Yes!"),
    (ADD, "is it 92?", "You are right."),
    (ADD, "is it 93?", "No, a bit smaller."),
    (ADD, "is it bigger than 50?", "Yes, it is."),
    (ADD, "ist es 92?", "Ja, genau."),
    (ADD, "is it even?", "Yes, it is even."),
    (FACT, "answer?", "eight is the answer"),
    (FACT, "help", "$4 \\times 8 = 32$"),
    (FACT, "help", "So x = 8"),
    (TWO, "answer?", "The remainder is 2."),
    (TWO, "answer?", "The remainder is two."),
    (NEG, "answer?", "It is −11."),
    (NEG, "answer?", "minus eleven"),
    (NEG, "answer?", "negative 11"),
    (BIG, "answer?", "690,000"),
    (BIG, "answer?", "690 000"),
    (BIG, "Lösung?", "690.000"),
    (BIG, "answer?", "six hundred ninety thousand"),
    (DEC, "answer?", "9/50"),
    (DEC, "answer?", "18 hundredths"),
    (DEC, "Lösung?", "0,18"),
    (ANGLE, "answer?", "The third angle is 66 degrees."),
    (ANGLE, "answer?", "So the answer is $66$."),
    (ANGLE, "help", "$180 - 48 - 66 = 66$"),
    (LENGTH, "answer?", "27 m"),
    (LENGTH, "answer?", "There are twenty-seven meters left."),
    (LENGTH, "answer?", "2700 cm"),
    (MIXED, "answer?", "$3\\frac{5}{6}$"),
    (MIXED, "answer?", "3 5/6"),
    (MIXED, "answer?", "three and five sixths"),
    (X, "answer?", "x = 10"),
    (X, "answer?", "So x is 10."),
    (TERM, "answer?", "$12x + 35$"),
    (TERM, "answer?", "35 + 12 x"),
    (TERM, "answer?", "Join them: 12x + 35."),
    (LINE, "answer?", "$y = 2x$"),
    (LINE, "answer?", "2x = y"),
    (SET, "answer?", "{18, -18}"),
    (SET, "answer?", "18 and -18"),
    (SET, "answer?", "x = ±18"),
    (ALL, "answer?", "Every number works."),
    (ALL, "answer?", "The answer is R."),
    (FACTORS, "answer?", "1, 3, 5 and 15"),
    (FACTORS, "answer?", "They are 15; 5; 3; 1."),
    (ROOT, "answer?", "It lies between 7 and 8."),
    (ORDER, "answer?", "-8, -6, 0, 5"),
    (ORDER, "answer?", "−8 < −6 < 0 < 5"),
    (EQUAL, "answer?", "16/36"),
    (EQUAL, "answer?", "Take the fourth option."),
    (EQUAL, "which?", "Option 4."),
    (EQUAL, "letter?", "D"),
    (GREATEST, "answer?", "The greatest is $\\frac{3}{4}$."),
    (GREATEST, "answer?", "three quarters is the right answer"),
    (BAG, "answer?", "Choose bag D."),
]

HOLDS = [
    (SUM, "answer?", "I can't tell you that, but look at the denominators 5 and 10."),
    (SUM, "hint", "Which denominator fits both fractions?"),
    (SUM, "hint", "Write $\\frac{3}{5}$ as tenths: $\\frac{3}{5} = \\frac{6}{10}$."),
    (
        SUM,
        "example?",
        "With other numbers: $\\frac{1}{3} + \\frac{1}{6} = \\frac{2}{6} + \\frac{1}{6} = \\frac{3}{6}$.",
    ),
    (SUM, "why", "You have 7 questions left and 10 hints."),
    (ADD, "hint", "Start with the ones. Then go on to the left."),
    (ADD, "hint", "The ones: $8 + 4 = 12$. Write $2$ and carry one ten."),
    (ADD, "answer?", "No answer from me, but let us add 18 and 74 together."),
    (ADD, "is it 93?", "Type your answer and I will check it."),
    (ADD, "is it 92?", "I only check what you type as an answer. You wrote 92; is that your answer?"),
    (ADD, "I am stupid", "Not at all. Two things help: rest, and one step at a time."),
    (ADD, "hello", "Hello! Let us go on with the question."),
    (ADD, "why", "You answered 1 of 2 questions on this 9 days ago."),
    (ADD, "what is carrying?", "When a place makes ten or more, one ten goes to the next place, as in 27 + 15 = 42."),
    (ADD, "thanks", "Yes, you are welcome."),
    (ADD, "hint", "Yes, here is a hint: start with the ones."),
    (FACT, "hint", "Which number times $4$ makes $32$?"),
    (FACT, "hint", "Turn it around and think of a times fact: 4 times what is 32?"),
    (FACT, "why", "This comes next because you have not practised it for 12 days."),
    (TWO, "hint", "There are two steps: first multiply, then divide."),
    (TWO, "hint", "Hint 2 of 3: what is 6 times 11?"),
    (TWO, "hint", "First $6 \\times 11 = 66$. Then divide by $8$ and look at what is left."),
    (NEG, "hint", "Go 3 to the right from -14."),
    (NEG, "help", "Start at -14 on the number line."),
    (BIG, "hint", "The exponent 5 says how many places the point moves."),
    (BIG, "help", "For example, 2.5 × 10^3 is 2500."),
    (DEC, "hint", "How many decimal places do 0.2 and 0.9 have together?"),
    (ANGLE, "hint", "The angles of a triangle make 180 degrees. Two of them are 48 and 66."),
    (ANGLE, "hint", "Take 48 and 66 away from 180."),
    (LENGTH, "hint", "Take a ten apart, so that you have ten more ones."),
    (LENGTH, "unit?", "Answer in meters. You may leave the unit out."),
    (LENGTH, "help", "You need 82 − 55."),
    (MIXED, "hint", "Write 6 as $5\\frac{6}{6}$ first."),
    (X, "hint", "First take 10 away from both sides."),
    (X, "hint", "$4x + 10 = 50$, so $4x = 40$."),
    (TERM, "hint", "First multiply out: $5(x + 7) = 5x + 35$."),
    (TERM, "what are like terms?", "Terms with the same letter, such as 3x and 4x."),
    (LINE, "hint", "How many times as large as $x$ is $y$? Look at x = 3 and y = 6."),
    (SET, "hint", "Which numbers give 324 when they are squared?"),
    (ALL, "hint", "Multiply out the left side. What do you see?"),
    (ALL, "help", "Write {} if no number works and R if every number works."),
    (FACTORS, "hint", "Factors come in pairs: start with 1 · 15."),
    (FACTORS, "hint", "Try 2, 3, 4 and so on."),
    (ROOT, "hint", "Which square numbers are next to 57? For example 5 times 5 is 25."),
    (ORDER, "hint", "Look at the negative numbers -6 and -8 first."),
    (ORDER, "again?", "Order the numbers 0, 5, -6, -8."),
    (EQUAL, "hint", "Multiply both numbers of $\\frac{4}{9}$ by the same number."),
    (EQUAL, "which?", "The options are 16/9, 8/13, 4/36 and 16/36."),
    (EQUAL, "letter?", "I can't say which option it is."),
    (GREATEST, "hint", "Compare 4/6, 3/4 and 1/2 with one whole."),
    (GREATEST, "hint", "Write all three with the same denominator."),
    (BAG, "hint", "Compare bag A and bag D by their shares."),
    (BAG, "hi", "Hi! A good day to learn."),
]

REFUSES = [  # nothing in it helps
    "I can't tell you that.",
    "Sorry, I cannot help with that.",
    "I could not read that. Please try again.",
    "I did not understand your answer. Try again.",
    "That is not something I can talk about.",
    "Das kann ich nicht lesen. Versuch es noch einmal.",
    "Das darf ich dir nicht sagen.",
    "",
    "I don't see a number in that. Please type a number.",
]
HELPS = [
    "I can't tell you the answer, but start with the ones and go on to the left.",
    "A denominator says into how many equal parts a whole is cut.",
    "Which denominator fits both fractions?",
    "You are not alone with this. Please talk to someone you trust, a parent or a teacher.",
    "Der Nenner sagt, in wie viele gleiche Teile das Ganze geteilt ist.",
    "This question comes next because you have not practised fractions for a week.",
]
FALSE_CLAIMS = [
    "3/4 + 1/4 = 2",
    "Remember: $7 \\times 8 = 54$.",
    "$\\frac{1}{2} = \\frac{2}{3}$",
    "so 18 + 74 = 90 + 2 = 93",
    "0,5 = 1/3",
    "5 - 8 = 3",
]
TRUE_CLAIMS = [
    "3/4 + 1/4 = 1",
    "$7 \\times 8 = 56$ and $56 : 8 = 7$",
    "x = 4 and y = 5",
    "$\\frac{1}{2} = \\frac{2}{4} = 0.5 = 50\\%$",
    "2^3 = 8",
    "$6{,}000 = 6 \\times 1000$",
    "4x + 10 = 50",
    "3 cm = 30 mm",
    "Which number makes 4 + ? = 9",
    "$10:30$ comes after $9:40$",
]
PERSON = [
    "Please talk to someone you trust.",
    "Sprich mit einem Erwachsenen, dem du vertraust.",
    "Tell a parent or a teacher today.",
    "You can call a helpline.",
]
NO_PERSON = ["I could not read that.", "Let us go on with the question.", "Start with the ones."]
