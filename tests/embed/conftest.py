import numpy as np
import pytest

from preceptor.domain import Bank, Concept, Question, QuestionKind, Step
from preceptor.embed import TextVectors
from preceptor.embed.labels import Labels
from preceptor.embed.texts import unit

WORDS = ("add", "sum", "fraction", "half", "area", "rectangle", "angle", "of", "the", "a", "number", "what", "find")


@pytest.fixture(scope="session")
def clustered_bank():
    """Five questions of four concepts in three clusters; one has no steps, one has no concept."""
    concepts = (
        Concept("add", "Adding", cluster="sums"),
        Concept("plus", "Addition", cluster="sums"),
        Concept("area", "Area of a rectangle"),
        Concept("half", "Halving"),
    )
    questions = (
        Question("q0", "Add 1 and 2", QuestionKind.NUMBER, "3", ("add",), steps=(Step("1 + 2", ("add",)),)),
        Question("q1", "Find the area", QuestionKind.NUMBER, "6", ("area", "half"),
                 steps=(Step("a · b", ("area",)), Step("halve it", ("half",)), Step("done"))),
        Question("q2", "What is 4 plus 5?", QuestionKind.NUMBER, "9", ("plus",)),
        Question("q3", "A riddle", QuestionKind.NUMBER, "0", ()),
        Question("q4", "Half of the sum", QuestionKind.NUMBER, "2", ("half",),
                 steps=(Step("add them", ("plus",)), Step("halve", ("half",)))),
    )  # fmt: skip
    return Bank(concepts, questions)


@pytest.fixture(scope="session")
def labels(clustered_bank):
    return Labels.of(clustered_bank)


@pytest.fixture(scope="session")
def hidden_space():
    """A bank of 240 questions whose concepts are seen only after a rotation of half of the dimensions' weights.

    Texts say much about something else (the first eight dimensions) and little about their concept (the last eight).
    """
    rng = np.random.default_rng(8)
    concepts, questions, per, width = 12, 240, 2, 16
    meaning = unit(rng.normal(size=(concepts, 8)))
    own = rng.integers(concepts, size=questions)
    owner = np.repeat(np.arange(questions), per)

    def rows(which):
        noise = rng.normal(size=(len(which), 8))
        return unit(np.hstack([noise, 0.8 * meaning[which] + 0.05 * rng.normal(size=(len(which), 8))]))

    of_question = np.zeros((questions, concepts), dtype=bool)
    of_question[np.arange(questions), own] = True
    made = Labels(of_question, of_question[owner], owner, np.arange(concepts))
    assert width == rows(own).shape[1]
    return TextVectors(rows(own), rows(own[owner]), rows(np.arange(concepts)), owner), made


@pytest.fixture(scope="session")
def tiny_model(tmp_path_factory):
    """A folder with a random transformer of a few thousand weights, as the hub would give it."""
    pytest.importorskip("sentence_transformers")
    import torch
    from transformers import BertConfig, BertModel, BertTokenizerFast

    folder = tmp_path_factory.mktemp("tiny") / "tiny-bert"
    folder.mkdir()
    (folder / "vocab.txt").write_text("\n".join(["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *WORDS]))
    BertTokenizerFast(str(folder / "vocab.txt"), do_lower_case=True).save_pretrained(folder)
    with torch.random.fork_rng():
        torch.manual_seed(1)
        shape = {"hidden_size": 16, "num_hidden_layers": 1, "num_attention_heads": 2, "intermediate_size": 32}
        BertModel(BertConfig(vocab_size=5 + len(WORDS), max_position_embeddings=64, **shape)).save_pretrained(folder)
    return folder
