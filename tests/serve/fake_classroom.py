"""A scripted class with made-up figures, for tests of the app alone. Run as a script it serves itself."""

import sys
import threading
import time
from dataclasses import dataclass, field, replace

from preceptor.annotate import Annotation, Failed, Label, Prerequisite, QuestionLabels, Source, Stage, content_of
from preceptor.annotate.review_events import Event, Undo
from preceptor.domain import Bank, Concept, ConflictError, Question, QuestionKind, Step, UserError, unknown_name
from preceptor.serve import DONT_KNOW, run
from preceptor.workflow.review_room import ReviewRoom
from preceptor.workflow.reviewing import NotAnnotatedError, ReviewState
from preceptor.workflow.transcripts import Session
from preceptor.workflow.views import (
    AnswerView,
    ClassConcept,
    ConceptName,
    ConceptPath,
    ConceptProgress,
    ConceptView,
    ContestedAnswer,
    ContestView,
    Evidence,
    KeyReport,
    NextView,
    PathStep,
    PathView,
    QuestionView,
    Recommendation,
    RosterRow,
    SessionSummary,
    SittingView,
    StudentView,
    TutorMessage,
    TutorTurnView,
)

GOAL = 5
HOSTILE = "<script>alert(1)</script> <img src=x onerror=alert(2)> $\\href{javascript:alert(3)}{x}$ [a](javascript:4)"
COURSE = """4|Multi-digit addition;4|Multi-digit multiplication:0;4|Division with remainders:1;4|Factors and multiples:1
4|Equivalent fractions:3;4|Comparing fractions:4;4|Adding like fractions:4;4|Decimal notation:4
5|Adding unlike fractions:4,6;5|Multiplying fractions:6;5|Dividing unit fractions:9;5|Decimal addition:7
5|Decimal multiplication:11;5|Order of operations:1,2;5|Volume of boxes:1;5|Coordinate plane
6|Ratios and rates:9;6|Unit rates:16;6|Percentages:16,7;6|Dividing fractions:10;6|Greatest common factor:3
6|Negative numbers:15;6|Expressions with letters:13;6|One-step equations:22;6|Area of triangles:9;6|Mean and median:2
7|Proportional relationships:17;7|Percent change:18;7|Adding integers:21;7|Multiplying integers:28
7|Two-step equations:23,28;7|Inequalities:30;7|Circles:26;7|Probability:18"""
NAMES = ("Amina Yusuf", "Ben Okafor", "Clara Lindqvist", "Diego Fuentes", "Elif Demir", "Femi Adeyemi", "Grace Liu")
BANDS = ("weak", "fading", "steady", "strong")
QUESTIONS = (
    ("number", r"A cake is cut into $8$ equal pieces. Three pieces are eaten. Work out $1 - \frac{3}{8}$.", "5/8", ()),
    ("choice", r"Which fraction is equal to $\frac{2}{3}$?", r"$\frac{4}{6}$", ("4/6", "3/4", "2/6", "4/3")),
    ("expression", r"Simplify $3x + 2 + 2x - 5$.", "5x-3", ()),
    ("number", r"Solve for $n$: $2n + 7 = 19$.", "6", ()),
    ("choice", r"What is $25\%$ of $60$?", "$15$", ("15", "20", "24", "35")),
    ("order", "Ordne die Zahlen. Beginne mit der kleinsten.", "-1,5; 1/2; 2", ("2", "-1,5", "1/2")),
    (
        "quantity",
        r"The table shows a trip by bike. $\begin{array}{l|rrrrrrrr} \text{time in minutes} & 10 & 20 & 30 & 40 & 50 "
        r"& 60 & 70 & 80 \\ \text{way in kilometers} & 2 & 4 & 6 & 8 & 10 & 12 & 14 & 16 \end{array}$ How long does it "
        r"take to ride $9$ km? Give the unit, too.",
        "45 minutes",
        (),
    ),
)


def _concepts() -> tuple[tuple[int, str, tuple[str, ...]], ...]:
    found = []
    for entry in COURSE.replace("\n", ";").split(";"):
        grade, rest = entry.split("|")
        name, _, needs = rest.partition(":")
        found.append((int(grade), name, tuple(f"c{i}" for i in needs.split(",") if i)))
    return tuple(found)


CONCEPTS = _concepts()


def _option(text: str) -> str:
    top, _, bottom = text.partition("/")
    return rf"$\frac{{{top}}}{{{bottom}}}$" if bottom else f"${text}$"


REVIEWED = 12
"""How many of the concepts the scripted annotator found."""
STEPS = (r"Write both over one denominator: $\frac{2}{6}$ and $\frac{3}{6}$.", r"Add the numerators: $2 + 3 = 5$.")


def _reviewed_question(i: int) -> Question:
    kind, text, key, _ = QUESTIONS[i % 5]
    return Question(f"a{i}", text, QuestionKind(kind), key, ())


def _annotation() -> Annotation:
    """What an annotator might have found: three questions a concept, surer and less sure."""
    questions, links = [], []
    for i in range(3 * REVIEWED):
        concept, other = f"k{i % REVIEWED}", f"k{(i + 1) % REVIEWED}"
        labels = [Label(concept, 0.35 + (i * 7 % 13) / 20, f"nearest to standard {CONCEPTS[i % REVIEWED][0]}.NF.{i}")]
        labels += [Label(other, 0.3, "shares half of its words")] if i % 5 == 0 else []
        steps = tuple(Step(text, (concept,)) for text in STEPS) if i % 2 == 0 else ()
        questions.append(QuestionLabels(f"a{i}", content_of(_reviewed_question(i)), tuple(labels), steps))
    for i, (_, _, needs) in enumerate(CONCEPTS[:REVIEWED]):
        source = Source.FRAMEWORK if i % 3 else Source.PROPOSED
        links += [Prerequisite(f"k{i}", f"k{needed[1:]}", source, "asked just before it") for needed in needs]
    concepts = tuple(Concept(f"k{i}", CONCEPTS[i][1], f"{CONCEPTS[i][0]}.NF.{i}") for i in range(REVIEWED))
    failed = (Failed("a36", Stage.CONCEPTS, "timeout", "the annotator gave no answer"),)
    return Annotation("builtin", "ccssm", concepts, tuple(links), tuple(questions), failed)


class FakeReview:
    """Keeps decisions in memory."""

    def __init__(self) -> None:
        self.annotation: Annotation | None = _annotation()
        self.events: tuple[Event, ...] = ()
        self.torn = False
        self.lock = threading.Lock()
        self.bank = Bank((), tuple(map(_reviewed_question, range(3 * REVIEWED + 1))))

    def state(self) -> ReviewState:
        if self.annotation is None:
            raise NotAnnotatedError("never annotated")
        return ReviewState(self.bank, self.annotation, self.events, self.torn)

    def record(self, actions, author, at_seconds) -> ReviewState:
        with self.lock:
            return self._record(actions, author, at_seconds)

    def _record(self, actions, author, at_seconds) -> ReviewState:
        first = len(self.events)
        new = tuple(Event(f"r{first + i}", at_seconds, author, action) for i, action in enumerate(actions))
        after = ReviewState(self.bank, self.annotation, (*self.events, *new))
        refused = [entry.reason for entry in after.reviewed.stranded if entry.event in new]
        if refused:
            raise UserError(refused[0], mend="look at what stands now and decide again")
        self.events = after.events
        return after

    def undo(self, event_id, author, at_seconds) -> ReviewState:
        return self.record((Undo(event_id),), author, at_seconds)

    def use(self) -> bool:
        self.bank = self.state().wanted
        return True


@dataclass
class Person:
    """One student of the scripted class."""

    name: str
    answers: int = 0
    position: int = 0
    sitting: SittingView = field(default_factory=lambda: SittingView(1, 0, GOAL, 0.0, finished=False))
    keys: dict[str, tuple[str, AnswerView]] = field(default_factory=dict)
    said: list[TutorMessage] = field(default_factory=list)
    shown: int = -1


class FakeClassroom:
    """Everything the app may ask, answered from a script."""

    course_name = "Mathematics, grades 4–7"
    language = "en"

    def __init__(self, students: int = 40) -> None:
        self.people = {
            f"s{i}": Person(NAMES[i % 7].split()[0] + f" {chr(65 + i % 26)}.", 40 + i) for i in range(students)
        }
        self.reports: list[KeyReport] = []
        self.contested: list[ContestedAnswer] = []
        self.gate = threading.Event()
        self.out: dict[str, str] = {}
        self.calls: list[tuple[str, object]] = []
        self.reviews = FakeReview()
        self.review = ReviewRoom(self.reviews)

    def _person(self, student_id: str) -> Person:
        if student_id not in self.people:
            raise unknown_name("student", student_id, self.people)
        return self.people[student_id]

    def _view(self, number: int) -> QuestionView:
        kind, text, _, wrong = QUESTIONS[number % len(QUESTIONS)]
        shown = tuple(_option(option).replace(",", "{,}") for option in wrong)
        options, language = (wrong, "de") if kind == "order" else (shown, "en")
        named = ConceptName("c4", "Equivalent fractions"), ConceptName("c8", "Adding unlike fractions")
        return QuestionView(
            f"q{number % len(QUESTIONS)}", "r1", text, kind, options, named[: 1 + number % 2], 3, shown, language
        )

    def _known(self, question_id: str) -> int:
        names = [f"q{i}" for i in range(len(QUESTIONS))]
        if question_id not in names:
            raise unknown_name("question", question_id, names)
        return names.index(question_id)

    def roster(self, at_seconds):
        return tuple(
            RosterRow(
                name,
                person.name,
                person.answers,
                0.35 + 0.017 * i,
                i % 5,
                CONCEPTS[(7 * i) % 34][1],
                i / 3 if i % 9 else None,
            )
            for i, (name, person) in enumerate(self.people.items())
        )

    def class_map(self, at_seconds):
        count = len(self.people)
        return tuple(
            ClassConcept(
                f"c{i}", name, f"{grade}.A.{i}", grade, needs, mean, round(count * max(0.0, 0.95 - mean) ** 1.4), count
            )
            for i, (grade, name, needs) in enumerate(CONCEPTS)
            for mean in [0.32 + 0.6 * ((i * 17) % 29) / 29]
        )

    def student(self, student_id, at_seconds):
        person = self._person(student_id)
        concepts = tuple(self._concept(i, person.answers) for i in range(len(CONCEPTS)))
        mean = sum(concept.recall for concept in concepts) / len(concepts)
        return StudentView(student_id, person.name, person.answers, mean, "power", True, True, concepts)

    def _concept(self, i: int, answers: int) -> ConceptView:
        grade, name, needs = CONCEPTS[i]
        recall = 0.25 + 0.7 * ((i * 11 + answers) % 31) / 31
        forecast = tuple((float(day), 0.2 + (recall - 0.2) * (1 + day / 12) ** -0.5) for day in range(31))
        new = i > 28
        band = "new" if new else BANDS[min(3, int((recall - 0.25) * 5.8))]
        due = band == "fading" and i % 2 == 0
        seen = None if new else i / 2
        return ConceptView(
            f"c{i}",
            name,
            f"{grade}.NF.{i}",
            grade,
            needs,
            recall,
            recall,
            forecast,
            0 if new else 6,
            4.0,
            seen,
            band,
            due,
        )

    def last_path(self, student_id, at_seconds):
        if not self._person(student_id).answers:
            return PathView(False, (), ())
        views = [self._view(i) for i in range(6)]
        steps = tuple(
            PathStep(view.question_id, view.text, tuple(c.concept_id for c in view.concepts), float(i % 3 > 0))
            for i, view in enumerate(views)
        )
        recalls = ((0.42, 0.38, 0.47, 0.55, 0.5, 0.58, 0.63), (0.31, 0.31, 0.29, 0.33, 0.36, 0.35, 0.4))
        named = (ConceptName("c4", "Equivalent fractions"), ConceptName("c8", "Adding unlike fractions in long sums"))
        concepts = tuple(ConceptPath(c.concept_id, c.name, r) for c, r in zip(named, recalls, strict=True))
        return PathView(True, steps, concepts)

    def add_student(self, display_name, at_seconds):
        student_id = f"new{len(self.people)}"
        self.people[student_id] = Person(display_name)
        return student_id

    def rename(self, student_id, display_name):
        if not display_name:
            raise UserError("The name is empty.", mend="type a name")
        self._person(student_id).name = display_name

    def next(self, student_id, at_seconds, objective="", skip=False):
        if objective not in {"", "global", "weakest"}:
            raise unknown_name("objective", objective, ["global", "weakest"])
        person = self._person(student_id)
        if person.sitting.finished:
            person.sitting = SittingView(person.sitting.sitting_id + 1, 0, GOAL, 0.0, finished=False)
        person.position += skip
        view = self._view(person.position)
        resumed = person.shown == person.position and not skip
        person.shown = person.position
        return NextView(view, self._reason(view), person.sitting, resumed)

    def _reason(self, view: QuestionView) -> Recommendation:
        evidence = (
            Evidence("e1", "q1", r"Which fraction is equal to $\frac{1}{2}$?", 1.0, 3.2),
            Evidence("e2", "q2", r"Work out $\frac{1}{4} + \frac{2}{4}$.", 0.0, 9.0),
        )
        why = "You have not practised equivalent fractions for 9 days, and three later concepts build on them."
        return Recommendation(view.question_id, view.text, view.concepts, 0.71, 0.024, why, evidence)

    def hint(self, student_id, question_id, level):
        self._known(question_id)
        return (
            "What is a whole, written in eighths?",
            r"Write the whole as $\frac{8}{8}$ first.",
            r"$\frac{8}{8} - \frac{3}{8} = \frac{5}{8}$.",
        )[level - 1]

    def preview(self, response, question_id=""):
        self.calls.append(("preview", (response, question_id)))
        if "<" in response or "^^" in response:
            return "", "I cannot read this yet. Use digits, letters, + - * / and brackets."
        top, slash, bottom = response.partition("/")
        return (rf"\frac{{{top}}}{{{bottom}}}" if slash and bottom else response), ""

    def answer(
        self, student_id, question_id, response, *, idempotency_key, at_seconds, hints_used=0, duration_seconds=None
    ):
        self.calls.append(("answer", (response, idempotency_key, hints_used, duration_seconds)))
        person, number = self._person(student_id), self._known(question_id)
        content = f"{question_id} {response}"
        if idempotency_key in person.keys:
            before, view = person.keys[idempotency_key]
            if before != content:
                raise ConflictError("This idempotency key belongs to another answer.", mend="use a new key")
            return view
        if "?" in response:
            return AnswerView("unreadable", False, "I cannot read this yet.", "", (), 0, 0, person.sitting)
        view = self._judge(person, number, response)
        person.keys[idempotency_key] = (content, view)
        return view

    def _judge(self, person: Person, number: int, response: str) -> AnswerView:
        key = QUESTIONS[number][2]
        right = response == key
        outcome = "correct" if right else "dont_know" if response == DONT_KNOW else "wrong"
        old = person.sitting
        answered = old.answered + 1
        person.sitting = replace(old, answered=answered, correct=old.correct + right, finished=answered >= old.goal)
        person.answers += 1
        person.position += 1
        feedback = (
            "You wrote the whole in the same parts. That is the step that matters."
            if right
            else ("You subtracted the top from the whole. **Write the whole in eighths first**, then take away $3$.")
        )
        steps = (
            r"Write $1$ as $\frac{8}{8}$.",
            r"Subtract: $\frac{8}{8} - \frac{3}{8} = \frac{8-3}{8}$.",
            r"The result is $\frac{5}{8}$.",
        )
        return AnswerView(outcome, True, feedback, key, steps, 0.62, 0.71 if right else 0.55, person.sitting, "e9")

    def end_sitting(self, student_id, at_seconds):
        person = self._person(student_id)
        person.sitting = replace(person.sitting, finished=True)
        return person.sitting

    def tutor_open(self, student_id, at_seconds):
        person = self._person(student_id)
        if not person.said:
            greeting = (
                "Good to see you again. Last week **adding unlike fractions** went well, so we build on it.\n\n"
                r"Here is one to warm up: work out $1 - \frac{3}{8}$."
            )
            person.said.append(TutorMessage("tutor", greeting, ("e1", "e2")))
            return TutorTurnView(tuple(person.said), self._view(person.position), person.sitting)
        if person.sitting.finished:
            person.sitting = SittingView(person.sitting.sitting_id + 1, 0, GOAL, 0.0, finished=False)
        return TutorTurnView((), self._view(person.position), person.sitting, earlier=tuple(person.said))

    def tutor_stream(self, student_id, message, *, idempotency_key, at_seconds, question_id=""):
        self.calls.append(("tutor_stream", (message, question_id)))
        person = self._person(student_id)
        if message == "boom":
            raise UserError("The tutor cannot read this.", mend="say it in other words")
        yield from self._spoken(person, message, idempotency_key)

    def _spoken(self, person, message, key):
        right, graded = message == "5/8", "/" in message
        first = "Yes, that's right." if right else "Almost."
        rest = " Two things to look at:\n- the whole is $\\frac{8}{8}$\n- then take away $3$ parts"
        if message == "slow":
            self.gate.wait(timeout=20)
        yield first
        if message == "slow":
            self.gate.clear()
            self.gate.wait(timeout=20)
        if message == "echo":
            rest = f" {HOSTILE}"
        yield rest
        if graded:
            old = person.sitting
            answered = old.answered + 1
            person.sitting = replace(old, answered=answered, correct=old.correct + right, finished=answered >= old.goal)
        outcome = ("correct" if right else "wrong") if graded else ""
        reply = TutorMessage("tutor", first + rest, ("e1",), key if graded else "", outcome)
        person.said += [TutorMessage("student", message), reply]
        person.position += graded
        question = None if message == "stop" else self._view(person.position)
        yield TutorTurnView(tuple(person.said[-2:]), question, person.sitting)

    def tutor_session(self, student_id, sitting_id=None):
        self._person(student_id)
        return Session(self.course_name, student_id, sitting_id or 1, (), Bank((), ()))

    def tutor_summary(self, student_id, at_seconds, sitting_id=None):
        gains = (
            ConceptProgress("c4", "Equivalent fractions", 0.62, 0.71, 3),
            ConceptProgress("c8", "Adding unlike fractions", 0.55, 0.55, 0),
            ConceptProgress("c9", "Multiplying fractions", 0.8, 0.74, None),
        )
        return SessionSummary(self._person(student_id).sitting, gains)

    def contest(self, student_id, event_id, note, at_seconds):
        person = self._person(student_id)
        if event_id == "nothing":
            raise UserError("This answer was not graded wrong.")
        self.calls.append(("contest", (event_id, note)))
        status = "waiting" if note else "corrected"
        if not note:
            person.sitting = replace(person.sitting, correct=person.sitting.correct + 1)
        else:
            text, key = QUESTIONS[0][1:3]
            self.contested.append(
                ContestedAnswer(
                    len(self.contested) + 1, student_id, event_id, "q0", text, key, "3/8", note, None, at_seconds
                )
            )
        told = "You were right." if not note else "Your teacher will look at it soon."
        return ContestView(event_id, status, told, person.sitting)

    def contests(self):
        return tuple(self.contested)

    def accept_contest(self, contest_id, at_seconds):
        return self._decided(contest_id, "corrected")

    def uphold_contest(self, contest_id, at_seconds):
        return self._decided(contest_id, "upheld")

    def _decided(self, contest_id, status):
        found = next((one for one in self.contested if one.contest_id == contest_id), None)
        if found is None:
            raise UserError(f"There is no contest {contest_id}.")
        self.calls.append((status, contest_id))
        self.contested.remove(found)
        return ContestView(found.event_id, status, "Decided.", self._person(found.student_id).sitting)

    def explain(self, student_id, at_seconds):
        return self._reason(self._view(0))

    def report_key(self, student_id, question_id, note, at_seconds):
        text = QUESTIONS[self._known(question_id)][1]
        self.reports.append(KeyReport(len(self.reports), question_id, text, "5/8", note, student_id, at_seconds))

    def key_reports(self):
        return tuple(self.reports)

    def resolve_report(self, report_id):
        self.reports = [report for report in self.reports if report.report_id != report_id]

    def exclude(self, question_id, reason, at_seconds):
        self._known(question_id)
        self.out[question_id] = reason

    def include(self, question_id):
        self.out.pop(question_id)

    def excluded(self):
        return tuple((name, QUESTIONS[self._known(name)][1], reason) for name, reason in self.out.items())

    def questions(self, search="", limit=50):
        views = [self._view(i) for i in range(len(QUESTIONS))]
        return tuple(view for view in views if search.lower() in view.text.lower())[:limit]


if __name__ == "__main__":
    run(FakeClassroom(), "127.0.0.1", int(sys.argv[1]), time.time)
