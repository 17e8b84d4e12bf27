"""What the command line, the API and the pages show: plain values, ready to print or to send as JSON."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal

from preceptor.workflow.published import PublishedCounts


@dataclass(frozen=True, slots=True)
class ConceptName:
    """A concept as a label."""

    concept_id: str
    name: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """One earlier answer that a recommendation rests on.

    Args:
        event_id: The answer event.
        question_id: The question answered.
        text: The question, shortened.
        correct: Credit in 0..1.
        days_ago: Days since the answer; None without times.
        effect: How much of the question's expected improvement is due to this answer: with it less without it, in
            recall; None where no recommendation is explained.
    """

    event_id: str
    question_id: str
    text: str
    correct: float
    days_ago: float | None
    effect: float | None = None


@dataclass(frozen=True, slots=True)
class Recommendation:
    """One recommended question.

    Args:
        question_id: The question.
        text: Its stem.
        concepts: Its concepts.
        p_correct: Predicted P(correct) now.
        expected_improvement: Expected gain in the objective at the horizon, in recall (0..1).
        why: The reason in plain English.
        evidence: The answers that caused it, the most weighty first.
        policy: The policy that chose it, in a few words; what is expected of it is the planner's word always.
        lead: What it is for, in the tutor's words; empty where no tutor asked.
    """

    question_id: str
    text: str
    concepts: tuple[ConceptName, ...]
    p_correct: float
    expected_improvement: float
    why: str
    evidence: tuple[Evidence, ...] = ()
    policy: str = "planner"
    lead: str = ""


@dataclass(frozen=True, slots=True)
class QuestionView:
    """A question as a student sees it: no key, no steps, no distractors.

    Args:
        kind: A `preceptor.domain.QuestionKind`: "number", "quantity", "fraction", "choice", "order", ….
        options: What to choose from, or to put in order, as it is typed; empty for other kinds.
        hints: How many hints exist.
        options_shown: The options as they are read, mathematics in dollar signs.
        language: Language of text, options and typed numbers, as an ISO 639-1 code.
    """

    question_id: str
    revision: str
    text: str
    kind: str
    options: tuple[str, ...]
    concepts: tuple[ConceptName, ...]
    hints: int
    options_shown: tuple[str, ...] = ()
    language: str = "en"

    @property
    def in_words(self) -> bool:
        """Whether words are typed: a short text, or the items of an order, where they are no formulas."""
        ordered = self.kind == "order" and bool(self.options_shown)
        return self.kind == "text" or (ordered and not any("$" in item for item in self.options_shown))


@dataclass(frozen=True, slots=True)
class SittingView:
    """Progress of one sitting.

    Args:
        answered: Questions answered so far.
        goal: Questions planned.
        correct: Sum of credit.
        finished: Whether the goal is reached or the sitting was ended.
    """

    sitting_id: int
    answered: int
    goal: int
    correct: float
    finished: bool


@dataclass(frozen=True, slots=True)
class NextView:
    """The next question and why it was chosen.

    Args:
        resumed: Whether this question was already waiting from before.
        hints_opened: The hints the student has already opened.
    """

    question: QuestionView
    recommendation: Recommendation
    sitting: SittingView
    resumed: bool
    hints_opened: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AnswerView:
    """What came of an answer.

    Args:
        outcome: "correct", "wrong", "dont_know", "unreadable" or "undecided"; the last two are not scored.
        scored: Whether the answer became an event.
        feedback: Text for the student, mathematics in dollar signs.
        key: The right answer for display; empty while the student may try again.
        steps: The worked solution; empty while the student may try again.
        recall_before: Mean recall of the question's concepts before the answer.
        recall_after: The same after the answer.
        sitting: Progress of the sitting after this answer.
    """

    outcome: str
    scored: bool
    feedback: str
    key: str
    steps: tuple[str, ...]
    recall_before: float
    recall_after: float
    sitting: SittingView
    event_id: str = ""


@dataclass(frozen=True, slots=True)
class ConceptView:
    """One concept of one student.

    Args:
        mastery: P(correct) at the last practice.
        recall: P(correct) now.
        forecast: Pairs (days from now, recall then) if nothing is practised.
        last_practice_days: Days since the last practice; None if never or without times.
        band: "new", "weak", "fading", "steady" or "strong".
        due: Whether a review is due now.
    """

    concept_id: str
    name: str
    code: str
    grade: int | None
    prerequisites: tuple[str, ...]
    mastery: float
    recall: float
    forecast: tuple[tuple[float, float], ...]
    attempts: int
    correct: float
    last_practice_days: float | None
    band: str
    due: bool


@dataclass(frozen=True, slots=True)
class StudentView:
    """The state of one student.

    Args:
        time_model: the forgetting curve; "none" where times are unknown and for a tracer that knows time itself.
        knows_time: Whether the model has learned how recall changes while nobody answers.
        timed: Whether any imported answer has a time.
    """

    student_id: str
    display_name: str
    answers: int
    mean_recall: float
    time_model: str
    knows_time: bool
    timed: bool
    concepts: tuple[ConceptView, ...]
    recent: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class PathStep:
    """One answered question of a path.

    Args:
        text: The question, shortened.
        concepts: The ids of its concepts.
        correct: Credit in 0..1.
    """

    question_id: str
    text: str
    concepts: tuple[str, ...]
    correct: float


@dataclass(frozen=True, slots=True)
class ConceptPath:
    """How recall of one concept went.

    Args:
        recall: P(correct) before each question and after the last, at the moment of the answer.
    """

    concept_id: str
    name: str
    recall: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class PathView:
    """A student's last sitting: what was asked, and how recall of its concepts went.

    Args:
        sitting: Whether it is a sitting of the app; otherwise the last imported answers.
        steps: In order; empty where nothing was answered yet.
        concepts: Those of the questions, in the order in which they were first asked.
    """

    sitting: bool
    steps: tuple[PathStep, ...]
    concepts: tuple[ConceptPath, ...]


@dataclass(frozen=True, slots=True)
class RosterRow:
    """One student in the teacher's list; `simulated` where the student is no person."""

    student_id: str
    display_name: str
    answers: int
    mean_recall: float
    due: int
    weakest: str
    last_active_days: float | None
    simulated: bool = False


@dataclass(frozen=True, slots=True)
class ClassConcept:
    """One concept over the whole class.

    Args:
        mean_recall: Mean recall over students.
        below_half: How many students' recall is below one half.
        students: How many students are counted.
    """

    concept_id: str
    name: str
    code: str
    grade: int | None
    prerequisites: tuple[str, ...]
    mean_recall: float
    below_half: int
    students: int


@dataclass(frozen=True, slots=True)
class TutorMessage:
    """One message of a tutoring dialogue.

    Args:
        role: "student" or "tutor".
        text: Markdown, mathematics in dollar signs.
        cites: Event ids the text rests on.
        event_id: The answer on record that it speaks about; empty for none.
        outcome: How that answer was graded when this was said; empty for none.
        contest: Where a contest of that grade stands, a `ContestStatus`; empty where it is not contested.
    """

    role: Literal["student", "tutor"]
    text: str
    cites: tuple[str, ...] = ()
    event_id: str = ""
    outcome: str = ""
    contest: str = ""


@dataclass(frozen=True, slots=True)
class TutorTurnView:
    """The tutor's reply: feedback and the question that is open now.

    Args:
        hints_opened: The hints of the open question that the student has already opened.
        earlier: What was said in this session before, where a dialogue is opened again.
    """

    messages: tuple[TutorMessage, ...]
    question: QuestionView | None
    sitting: SittingView
    hints_opened: tuple[str, ...] = ()
    earlier: tuple[TutorMessage, ...] = ()


class ContestStatus(StrEnum):
    """Where a contested grade stands."""

    CORRECTED = "corrected"  # the answer counts as right
    WAITING = "waiting"  # for a teacher, because no second check could settle it
    CONFIRMED = "confirmed"  # by the second check; a teacher may still decide otherwise
    UPHELD = "upheld"  # by a teacher


@dataclass(frozen=True, slots=True)
class ContestView:
    """What became of a contest.

    Args:
        event_id: The answer.
        status: A `ContestStatus`.
        message: The same in words.
        sitting: The sitting of the answer, as it counts now.
    """

    event_id: str
    status: str
    message: str
    sitting: SittingView


@dataclass(frozen=True, slots=True)
class ContestedAnswer:
    """A contested grade, as a teacher sees it.

    Args:
        text: The question.
        key: Its answer in the bank.
        response: The student's answer.
        note: The student's words; may be empty.
        second_right: Whether the second checker takes the answer for right; None if it cannot say.
    """

    contest_id: int
    student_id: str
    event_id: str
    question_id: str
    text: str
    key: str
    response: str
    note: str
    second_right: bool | None
    time_seconds: float


@dataclass(frozen=True, slots=True)
class ConceptProgress:
    """What a session changed in one concept.

    Args:
        recall_before: P(correct) at the session's first question.
        recall_now: P(correct) now.
        review_days: In how many days a review is due, 0 for now; None if later than is looked ahead.
    """

    concept_id: str
    name: str
    recall_before: float
    recall_now: float
    review_days: int | None


@dataclass(frozen=True, slots=True)
class SessionSummary:
    """What a session changed.

    Args:
        sitting: Its score as it counts now.
        concepts: What was asked about, what gained most first.
    """

    sitting: SittingView
    concepts: tuple[ConceptProgress, ...]


@dataclass(frozen=True, slots=True)
class KeyReport:
    """A student's report that a key is wrong."""

    report_id: int
    question_id: str
    text: str
    key: str
    note: str
    student_id: str
    time_seconds: float


@dataclass(frozen=True, slots=True)
class CourseStatus:
    """What a course holds."""

    name: str
    students: int
    questions: int
    concepts: int
    interactions: int
    simulated: bool = False
    models: tuple[str, ...] = ()
    policies: tuple[str, ...] = ()
    example_students: tuple[str, ...] = ()
    notes: tuple[str, ...] = field(default=())
    published: PublishedCounts | None = None
    default_model: str = ""


@dataclass(frozen=True, slots=True)
class TraitView:
    """One statistic of a student.

    Args:
        kind: A `preceptor.tutor.traits.TraitKind`.
        concept_id: The concept; empty for all together.
        count: Answers it rests on.
        value: A share, or for the pace seconds; None where too little is known.
        ci95: Its 95 % interval.
        event_ids: The newest of these answers.
        text: The same in words.
    """

    kind: str
    concept_id: str
    count: int
    value: float | None
    ci95: tuple[float, float] | None
    event_ids: tuple[str, ...]
    text: str


@dataclass(frozen=True, slots=True)
class PersonaCard:
    """What is known of a student on one concept.

    Args:
        text: Recall, mastery, what is forgotten, the last error and what to do, in words.
        action: What to do: "review", "practise" or "advance".
        event_ids: The newest answers it rests on.
        traits: Its statistics; those on too little evidence are left out.
    """

    concept_id: str
    name: str
    text: str
    action: str
    event_ids: tuple[str, ...]
    traits: tuple[TraitView, ...]


@dataclass(frozen=True, slots=True)
class PersonaView:
    """What is known of a student.

    Args:
        answers: Answers in the history.
        traits: Statistics over all concepts; a value is None where too little is known.
        concepts: One card a practised concept.
        versions: How many versions are stored, one a sitting.
    """

    student_id: str
    answers: int
    traits: tuple[TraitView, ...]
    concepts: tuple[PersonaCard, ...]
    versions: int
