"""Vectors that came with an import, kept as the course's own."""

from preceptor.course import Course
from preceptor.data import ImportedVectors
from preceptor.domain import Bank, digest
from preceptor.embed import BankTexts, CourseVectors, in_order
from preceptor.workflow.vectors import KIND

ENCODER = "exrec"


def keep_vectors(course: Course, given: ImportedVectors, bank: Bank) -> bool:
    """Save vectors as a run of the course and choose them; those that were saved before change nothing.

    They count as tuned: ExRec fits its encoder to the labels of these very questions.

    Args:
        course: The course.
        given: What came with an import.
        bank: The course's bank.

    Returns:
        Whether the course keeps them: it does not where it has questions or concepts that came without.

    Raises:
        UserError: If they cannot be written.
    """
    texts = BankTexts.of(bank)
    if not (set(texts.question_ids) <= set(given.question_ids) and set(texts.concept_ids) <= set(given.concept_ids)):
        return False
    questions = in_order(given.question_ids, given.questions, texts.question_ids)
    concepts = in_order(given.concept_ids, given.concepts, texts.concept_ids)
    run_id = f"imported-{digest(texts.content, questions.tobytes().hex(), concepts.tobytes().hex())[:12]}"
    if any(folder.name == run_id for folder in course.saved_runs(KIND)):
        return True
    vectors = CourseVectors(
        texts.question_ids, texts.concept_ids, questions, concepts, ENCODER, tuned=True, content=texts.content,
        question_hashes=texts.question_hashes, concept_hashes=texts.concept_hashes,
    )  # fmt: skip
    with course.new_run_folder(KIND, ENCODER, run_id) as folder:
        vectors.save(folder)
    course.set_default(KIND, ENCODER, run_id)
    return True
