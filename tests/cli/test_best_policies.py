from preceptor.cli.best_policies import best, judged


def record(objective, algorithm, critic, *scores, test=0.0):
    told = {"objective": objective, "algorithm": algorithm, "critic": critic, "scores": list(scores), "seconds": 1.0}
    return {**told, "improvement": {"mean": test}}


def test_pairs_are_ranked_by_validation_within_every_objective():
    records = [
        record("global", "ddpg", "mve", 0.0, 0.02, 0.01, test=-1.0),
        record("global", "dqn", "plain", 0.0, 0.01, test=1.0),
        record("global", "ppo", "plain", 0.0, 0.005),
        record("weakest", "ddpg", "mve", 0.0, 0.30),
        record("weakest", "dqn", "plain", 0.0, 0.10),
        record("weakest", "ppo", "plain", 0.0, 0.20),
    ]
    assert best(records, 2) == [("ddpg", "mve"), ("dqn", "plain")]
    assert len(best(records, 5)) == 3


def test_all_of_an_objective_are_judged_with_every_seed():
    records = [{"objective": "global", "policy": "ddpg-mve-global/1"}, {"objective": "weakest", "policy": "dqn/7"}]
    records.append({"objective": "global", "policy": "ddpg-mve-global/2"})
    assert judged(records, "global") == "ddpg-mve-global/*"
    assert judged(records, "upcoming") == ""
