import pytest

from preceptor.answers import check, preview
from preceptor.answers.measures import measure
from preceptor.answers.unreadable import Unreadable
from preceptor.domain import QuestionKind

QUANTITY = QuestionKind.QUANTITY


@pytest.mark.parametrize(
    ("key", "responses"),
    [
        ("48 cm^2", ["48 cm²", "48cm2", "48 square cm", "48 sq cm", "48 sq. cm", "A = 48 cm^2"]),
        ("48 cm^2", ["48.0 centimetres squared", "48 Quadratzentimeter", "6*8 cm^2", "0.0048 m^2", "4800 mm²"]),
        ("48 cm^2", ["48 square centimeters"]),
        ("5 m", ["500 cm", "5m", "50 dm", "0.005 km", "5 meters", "5 Meter", "4 m 100 cm"]),
        ("2 m^2", ["20000 cm²", "2 qm", "20000 cm2", "2 Quadratmeter", "0.0002 ha"]),
        ("2 m^2", ["200 qdm", "20000 qcm", "2000000 qmm", "0.000002 qkm"]),
        ("2 m^3", ["2000 l", "2 cbm", "2000000 ccm", "2000000 cm3", "2 cubic meters", "2 Kubikmeter", "20 hl"]),
        ("90 minutes", ["1.5 h", "90 min", "1 h 30 min", "1h30min", "1 hour and 30 minutes", "1 1/2 Stunden"]),
        ("90 minutes", ["5400 s"]), ("20 min", ["1/3 h", "0.333 h"]),
        ("168 dollars", ["$168", "168 $", "168$", "\\$168", "$168.00", "168 dollar", "16800 cents", "$ 168 dollars"]),
        ("168 Euro", ["168 €", "168€", "€168", "168 EUR", "167 € 100 ct"]),
        ("4 dollars per hour", ["$4 per hour", "$4/h", "4 $/h", "4 dollars each hour", "$4 an hour"]),
        ("3.5 km/h", ["3.5 km per hour", "3500 m/h", "7/2 km/h", "3.5 Kilometer pro Stunde", "3.5 Stundenkilometer"]),
        ("36 km/h", ["10 m/s", "36 kmh", "600 m/min"]),
        ("12 pages per day", ["12 pages/day", "12 page a day", "84 pages per week"]),
        ("30 degrees", ["30°", "30 Grad", "30 °C"]), ("25 %", ["25%", "25 percent"]), ("2 t", ["2000 kg"]),
        ("-5 °C", ["-5 degrees Celsius", "−5°"]), ("24 months", ["2 years", "24 Monate"]),
    ],
)  # fmt: skip
def test_a_number_with_any_fitting_unit_is_right(key, responses, ask, outcome):
    assert {response: outcome(ask(key, QUANTITY), response) for response in responses} == dict.fromkeys(
        responses, "correct"
    )


@pytest.mark.parametrize(
    ("key", "response"),
    [
        ("48 cm^2", "48 cm"), ("48 cm^2", "48 cm^3"), ("48 cm^2", "48 m^2"), ("48 cm^2", "49 cm^2"), ("5 m", "5 km"),
        ("48 cm^2", "-48 cm^2"), ("90 minutes", "90 m"), ("90 minutes", "1.3 h"), ("3.5 km/h", "3.5 km"),
        ("3.5 km/h", "3.5 h/km"), ("168 dollars", "168 cents"), ("20 min", "0.33 h"), ("12 pages", "12 cm"),
    ],
)  # fmt: skip
def test_another_value_or_another_dimension_is_wrong(key, response, ask, outcome):
    assert outcome(ask(key, QUANTITY), response) == "wrong"


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Take $55$ meters away from $82$ meters. How many meters are left?", "27 meters"),
        ("Wie viele Meter bleiben übrig?", "27 Meter"), ("Gib das Ergebnis in Metern an.", "27 m"),
        (r"What is its volume in $\text{cm}^3$?", "27 cm^3"), ("How many cm high is it?", "27 cm"),
        ("How many square meters is that?", "27 m^2"), ("What is its speed? Give it in km/h.", "27 km/h"),
        ("How many dollars is that in the end?", "27 dollars"), ("How many pages are left?", "27 pages"),
        (r"Write $2.7\ \text{cm}$ in $\text{mm}$.", "27 mm"), ("What is the angle in degrees?", "27°"),
        ("How wide is it (in meters)?", "27 m"), ("How many more meters does Ana run?", "27 m"),
        ("How many kilometers in an hour is that?", "27 km/h"), ("How many full weeks is that?", "27 weeks"),
        ("Wie viele ganze Meter sind das?", "27 m"), ("How long is it [in cm]?", "27 cm"), ("In **meters**?", "27 m"),
        (r"$\begin{array}{l|r} \text{base in cm} & 7 \end{array}$ What is its area in $\text{cm}^2$?", "27 cm^2"),
    ],
)  # fmt: skip
def test_a_number_alone_is_in_the_unit_that_the_question_names(text, key, ask, worker):
    question = ask(key, QUANTITY, text, distractors={f"28{key[2:]}": "m"})
    assert check(question, "27", worker=worker).outcome.value == "correct"
    assert check(question, "28", worker=worker).misconception_id == "m"
    assert check(question, "27.", worker=worker).outcome.value == "correct"
    assert check(question, "27 kg", worker=worker).outcome.value == "wrong"


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("A box is 4 cm long and 3 cm wide. What is its area?", "12 cm^2"), ("How wide is it? Answer in m.", "12 cm"),
        ("How far does it go in 3 hours?", "12 km"), ("Nine pages in a book. How long?", "12 pages"),
        ("How many meters per second?", "12 m"),
    ],
)  # fmt: skip
def test_a_number_alone_is_handed_back_where_the_question_names_no_unit(text, key, ask, worker):
    assert check(ask(key, QUANTITY, text), "12", worker=worker).scored is None


@pytest.mark.parametrize("response", ["48", "49", "x = 48", "48.0", "96/2"])
def test_a_missing_unit_is_handed_back_whatever_the_number(response, ask, worker):
    verdict = check(ask("48 cm^2", QUANTITY, distractors={"49 cm^2": "m"}), response, worker=worker)
    assert (verdict.scored, verdict.message, verdict.misconception_id) == (
        None,
        "Add the unit that the question asks for.",
        "",
    )


@pytest.mark.parametrize(
    ("key", "response", "message"),
    [
        ("48 cm^2", "48 blah", "I don't know the unit “blah”."), ("48 cm", "48 x", "I don't know the unit “x”."),
        ("168 dollars", "168 €", "The question asks in dollars, not in euros."), ("7 pages", "7 books", "“books”"),
        ("48 cm", "cm", "one number with its unit"), ("48 cm", "x cm", "one number with its unit"),
        ("48 cm", "4, 8 cm", "one number with its unit"), ("1 h", "1 h 5 cm", "one number with its unit"),
        ("1 m", "1/0 m", "one number with its unit"), ("1 m", "1 m 1 m 1 m 1 m", "one number with its unit"),
        ("1 m", "1" * 300 + " m", "longer than"),
    ],
)  # fmt: skip
def test_what_is_no_quantity_is_handed_back(key, response, message, ask, worker):
    verdict = check(ask(key, QUANTITY), response, worker=worker)
    assert verdict.scored is None
    assert message in verdict.message


def test_a_wrong_quantity_names_its_misconception_in_any_unit(ask, worker):
    question = ask("48 cm^2", QUANTITY, distractors={"28 cm": "perimeter", "24 cm^2": "halves"})
    assert check(question, "0.28 m", worker=worker).misconception_id == "perimeter"
    assert check(question, "24 square cm", worker=worker).misconception_id == "halves"
    assert check(question, "28 cm^2", worker=worker).misconception_id == ""


def test_a_key_without_a_unit_scores_nobody(ask, outcome):
    assert outcome(ask("48", QUANTITY), "48 cm") == "undecided"


@pytest.mark.parametrize(
    ("response", "shown"),
    [
        ("48 sq cm", r"48\,\text{cm}^{2}"), ("$5 per hour", r"5\,\$/\text{hour}"),
        ("1 h 30 min", r"1\,\text{h}\ 30\,\text{min}"), ("5%", r"5\,\%"),
        ("12 Quadratzentimeter", r"12\,\text{Zentimeter}^{2}"), ("12 Kubikmeter", r"12\,\text{Meter}^{3}"),
        ("12 quadratzentimeter", r"12\,\text{zentimeter}^{2}"), ("12 qcm", r"12\,\text{qcm}"),
    ],
)  # fmt: skip
def test_the_preview_shows_number_and_unit(response, shown, ask):
    assert preview(response, ask("1 cm", QUANTITY)) == shown


def test_a_german_quantity(ask, outcome):
    question = ask("3.5 km/h", QUANTITY, language="de")
    for response in ("3,5 km/h", "3,5 Kilometer pro Stunde", "3,5 Stundenkilometer", "3500 m pro Stunde", "3.5 km/h"):
        assert outcome(question, response) == "correct"
    assert preview("3,5 km/h", question) == r"3{,}5\,\text{km}/\text{h}"
    assert outcome(ask("12000 Euro", QUANTITY, language="de"), "12.000,00 €") == "correct"
    assert outcome(ask("12000 Euro", QUANTITY, language="de"), "12 000 Euro") == "correct"


def test_units_that_are_no_units_are_refused():
    with pytest.raises(Unreadable):
        measure("/")
    with pytest.raises(Unreadable):
        measure("cm^7", ())
