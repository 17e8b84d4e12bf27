"""Small files in ExRec's schemas, and its tracing network as plain torch."""

import json

import numpy as np
import torch
from torch import nn

QUESTIONS = {
    "0": {
        "question": "Ann has $$30$$ sweets and eats $$10$$. How many are left?",
        "type": "填空",
        "answer": ["20"],
        "options": None,
        "analysis": "$$30-10=20$$",
        "step_by_step_solution_list": ["Start with $$30$$.", "$$30-10=20$$"],
        "knowledge_concepts_list": ["Subtraction", "Counting"],
        "mapping_step_kc_gpt-4o": "1-2, 2-1, 2-2",
    },
    "1": {
        "question": "Which is a circle?",
        "type": "单选",
        "answer": ["B"],
        "options": {"B": "the round one", "A": "the square one"},
        "analysis": "",
        "step_by_step_solution_gpt4o": {"Solution_Steps": ["A circle is round."]},
        "kc_mapping_gpt4o": {"Reasoning": "…", "list_KCs": ["Circles"], "mapping_step_KC": "1-1"},
    },
    "3": {
        "question": "See question_3-image_0. How long is it?",
        "type": "填空",
        "answer": ["5"],
        "options": {},
        "analysis": "Measure.",
        "step_by_step_solution_gpt4o": {},
        "kc_mapping_gpt4o": {},
    },
}
LINKS = {"Counting": [0], "Circles": [1, 3], "Subtraction": [0], "Length": [3]}
CLUSTERS = {"0": ["Counting", "Subtraction"], "1": ["Circles", "Length"]}
CLUSTER_QUESTIONS = {"0": [0], "1": [1, 3]}
WIDTH = 24


def vectors(names, seed):
    rng = np.random.default_rng(seed)
    return {str(name): rng.normal(size=WIDTH).tolist() for name in names}


def write_all(folder, **changed):
    """Write every file; `changed` replaces one by its key here, None leaves it out."""
    contents = {
        "questions_translated_kc_sol_annotated_mapped": QUESTIONS,
        "kc_questions_map": LINKS,
        "kc_clusters": CLUSTERS,
        "cluster_to_que_ids_map": CLUSTER_QUESTIONS,
        "part1_qid2content_sol_avg_emb": vectors(["0", "1"], 1),
        "part2_qid2content_sol_avg_emb": vectors(["3"], 2),
        "kc_emb": vectors(LINKS, 3),
        **changed,
    }
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in contents.items():
        if content is not None:
            (folder / f"{name}.json").write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
    return folder


class Head(nn.Module):
    """Section 4.1 of the specification: F(h, z) as one dense network."""

    def __init__(self, width, hidden, lift):
        super().__init__()
        self.lstm_transform_layer = nn.Linear(hidden, hidden)
        self.question_transform_layer = nn.Linear(width, hidden)
        self.fc1 = nn.Linear(2 * hidden, lift)
        self.output_layer = nn.Linear(lift, 1)

    def forward(self, state, vector):
        both = [self.lstm_transform_layer(state), self.question_transform_layer(vector)]
        return self.output_layer(self.fc1(torch.cat(both, dim=-1).relu()).relu()).squeeze(-1).sigmoid()


class Network(nn.Module):
    """Vectors of questions and their answers → P(correct) on the next ones."""

    def __init__(self, width=768, hidden=300, lift=1200):
        super().__init__()
        self.correctness_encoding = nn.Embedding(2, width)
        self.lstm_layer = nn.LSTM(width, hidden, batch_first=True)
        self.prediction_layer = Head(width, hidden, lift)

    def states(self, questions, correct):
        return self.lstm_layer(questions + self.correctness_encoding(correct))[0]


def network(width=768, hidden=300, lift=1200, seed=5):
    """A network with weights of a trained one's size: the default's predictions are all about 0.5."""
    torch.manual_seed(seed)
    made = Network(width, hidden, lift)
    with torch.no_grad():
        for weight in made.parameters():
            weight.mul_(2)
    return made.eval()


def checkpoint(made, path, prefix="model.model."):
    torch.save({f"{prefix}{name}": value for name, value in made.state_dict().items()}, path)
    return path


def scaled(table):
    """To length √width, as every consumer of the vectors does."""
    rows = torch.tensor(np.array(list(table.values())), dtype=torch.float32)
    return nn.functional.normalize(rows, dim=1) * rows.shape[1] ** 0.5
