import pytest
import torch

from preceptor.recommend.learned import mve_questions
from preceptor.recommend.learned.mve import MveCritic
from preceptor.recommend.learned.mve_questions import MveQuestionValues, NearTarget


def values(own, looks_at, **options):
    return MveQuestionValues(own.world, own.layout, own.weights(looks_at), **options)


@pytest.mark.parametrize("calibrated", [False, True])
def test_every_question_has_the_value_of_its_vector(small, looks_at, calibrated):
    own = small(calibrated=calibrated)
    obs = own.obs(looks_at)
    of_vector = MveCritic(own.world, own.layout, own.weights(looks_at), twin=2, scale=10.0)
    columns = [of_vector(obs, vector.expand(7, -1)) for vector in own.world.question_vectors]
    found = values(own, looks_at, twin=2, scale=10.0)(obs)
    torch.testing.assert_close(found, torch.cat(columns, dim=1), atol=1e-5, rtol=0)
    assert found.std(dim=1).min() > 1e-3


def test_pieces_change_neither_values_nor_gradients(small, looks_at, monkeypatch):
    own = small()
    obs = own.obs(looks_at)
    found = []
    for hypotheses in (8_192, 30):
        monkeypatch.setattr(mve_questions, "HYPOTHESES", hypotheses)
        critic = values(own, looks_at)
        every = critic(obs)
        every.square().sum().backward()
        found.append([every.detach(), *(weight.grad for weight in critic.parameters())])
    for whole, pieces in zip(*found, strict=True):
        torch.testing.assert_close(pieces, whole, atol=1e-6, rtol=1e-4)


def test_gradients_are_those_of_finite_differences(small, looks_at):
    own = small(double=True)
    critic, obs = values(own, looks_at), own.obs(looks_at)
    weights = dict(critic.named_parameters())

    def of(*given):
        return torch.func.functional_call(critic, dict(zip(weights, given, strict=True)), (obs,))

    given = tuple(weight.detach().clone().requires_grad_() for weight in weights.values())
    assert torch.autograd.gradcheck(of, given, eps=1e-6, atol=1e-7, fast_mode=True)


def test_single_questions_can_be_asked_for(small, looks_at):
    own = small()
    critic, obs = values(own, looks_at), own.obs(looks_at)
    asked = torch.tensor([[3, 3], [0, 7], [1, 2], [4, 5], [6, 0], [7, 7], [2, 1]])
    torch.testing.assert_close(critic.of(obs, asked), critic(obs).gather(1, asked), atol=1e-6, rtol=0)


def test_candidates_have_exact_values_and_the_rest_the_least(small, looks_at):
    own = small()
    obs = own.obs(looks_at)
    near = NearTarget(own.world, own.layout, 3)
    question, exact = near(obs), values(own, looks_at)(obs)
    found = values(own, looks_at, candidates=near)(obs)
    torch.testing.assert_close(found.gather(1, question), exact.gather(1, question), atol=1e-6, rtol=0)
    rest = torch.ones_like(found, dtype=torch.bool).scatter(1, question, False)
    least = -own.value(own.state, looks_at)[:, None].expand_as(found)
    torch.testing.assert_close(found[rest], least[rest])
    assert (exact > least).all()


def test_asked_questions_have_the_values_and_gradients_of_the_whole_bank(small, looks_at):
    """Candidates teach as they do in a whole bank; the others have the least value and teach nothing."""
    own = small()
    obs, found = own.obs(looks_at), []
    near = NearTarget(own.world, own.layout, 3)
    asked = near(obs)[:, :1].clone()
    asked[3:5] = NearTarget(own.world, own.layout, 8)(obs)[3:5, -1:]
    for candidates in (near, None):
        for alone in (True, False):
            critic = values(own, looks_at, twin=1, candidates=candidates)
            value = critic.asked(obs, asked) if alone else critic(obs).gather(1, asked)
            value.square().sum().backward()
            found.append([value.detach(), *(weight.grad for weight in critic.parameters())])
    for alone, whole in (found[:2], found[2:]):
        for ours, theirs in zip(alone, whole, strict=True):
            torch.testing.assert_close(ours, theirs, atol=1e-6, rtol=1e-4)


def test_near_questions_are_near_by_cosine(small):
    own = small()
    question = NearTarget(own.world, own.layout, 3)(own.obs("one"))
    cosine = torch.nn.functional.cosine_similarity(
        own.world.question_vectors, own.world.concept_vectors[own.target][:, None], dim=2
    )
    assert question.tolist() == cosine.argsort(dim=1, descending=True)[:, :3].tolist()
    assert NearTarget(own.world, own.layout, 99)(own.obs("one")).shape == (7, 8)


def test_nothing_is_left_to_gain_at_the_end(small, looks_at):
    own = small()
    over = own.obs(looks_at, remaining=0.0)
    for candidates in (None, NearTarget(own.world, own.layout, 3)):
        assert torch.equal(values(own, looks_at, candidates=candidates)(over), torch.zeros(7, 8))
