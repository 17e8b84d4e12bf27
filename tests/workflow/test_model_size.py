"""How large a model is, by its name or by what the user says."""

import pytest

from preceptor.domain import UserError
from preceptor.workflow.model_size import is_evidence, parameters_of


@pytest.mark.parametrize(
    ("name", "parameters"),
    [
        ("Llama3.1-8B-Instruct", 8e9), ("Qwen3-4B-Instruct", 4e9), ("gpt-oss-120b", 120e9), ("qwen2.5:1.5b", 1.5e9),
        ("SmolLM2-135M-Instruct", 135e6), ("mixtral-8x7b", 56e9), ("Qwen3-30B-A3B", 30e9), ("org/model_7b.gguf", 7e9),
        ("smollm2", None), ("gemma-3n-E2B", None), ("llama-8bit", None), ("bge-m3", None), ("70B-distilled-to-7B", 7e9),
    ],
)  # fmt: skip
def test_a_name_tells_the_size_that_stands_in_it(name, parameters):
    assert parameters_of(name) == parameters


def test_what_the_user_says_counts_before_the_name():
    assert parameters_of("tiny-7B", "135M") == 135_000_000
    assert parameters_of("secret", " 8x7b ") == 56_000_000_000
    for wrong in ("large", "7", "B", "7B or so"):
        with pytest.raises(UserError, match="size"):
            parameters_of("secret", wrong)


def test_a_size_that_nobody_knows_is_no_evidence():
    assert not is_evidence(None)
    assert not is_evidence(3_999_999_999)
    assert is_evidence(4_000_000_000)
