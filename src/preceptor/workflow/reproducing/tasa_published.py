"""What the TASA paper published (Wu et al., AAAI 2026 workshop, arXiv 2511.15163).

Its numbers in parentheses are left out: the script that prints the tables draws them from a uniform distribution.
"""

from collections.abc import Mapping

Four = tuple[float, float, float, float]
SETS = ("Assist2017", "NIPS34", "Algebra2005", "Bridge2006")
BACKBONES = ("gpt-oss-120b", "Qwen3-4B-Instruct", "Llama3.1-8B-Instruct")
TABLE_1: Mapping[str, Mapping[str, tuple[Four, Four | None]]] = {
    "gpt-oss-120b": {
        "vanilla-icl": ((44.8, 35.2, 46.1, 36.0), None),
        "mathchat": ((23.0, 34.9, 36.8, 23.7), (21.4, 7.7, 68.8, 15.4)),
        "tutorllm": ((43.6, 25.1, 62.1, 40.3), (65.7, 67.1, 55.0, 50.0)),
        "pss-mv": ((23.6, 43.5, 50.5, 31.1), (52.7, 58.0, 60.0, 38.8)),
        "tasa": ((54.1, 45.6, 67.4, 44.5), (86.4, 79.4, 82.5, 75.6)),
    },
    "Qwen3-4B-Instruct": {
        "vanilla-icl": ((47.6, 36.5, 61.9, 35.4), None),
        "mathchat": ((25.5, 22.2, 41.7, 36.6), (47.1, 35.3, 37.5, 58.8)),
        "tutorllm": ((38.0, 16.3, 51.8, 39.5), (88.2, 47.1, 75.0, 73.3)),
        "pss-mv": ((53.0, 38.1, 68.4, 37.9), (35.3, 5.9, 31.2, 23.5)),
        "tasa": ((56.7, 40.3, 66.7, 42.8), (76.8, 62.3, 82.4, 88.2)),
    },
    "Llama3.1-8B-Instruct": {
        "vanilla-icl": ((45.2, 33.4, 58.1, 35.5), None),
        "mathchat": ((33.9, 31.1, 56.6, 31.8), (52.9, 64.7, 50.0, 70.6)),
        "tutorllm": ((45.8, 50.1, 62.1, 36.5), (11.1, 76.5, 41.7, 82.4)),
        "pss-mv": ((41.6, 26.3, 64.9, 43.9), (76.5, 54.5, 56.2, 88.2)),
        "tasa": ((59.4, 54.9, 62.3, 53.9), (86.1, 82.5, 76.9, 92.1)),
    },
}
"""Backbone → method → gain and win rate against vanilla-icl, both in percent, by data set."""
TABLE_2: Mapping[str, tuple[Four, Four | None]] = {
    "vanilla-icl": ((45.2, 33.4, 58.1, 35.5), None),
    "tasa-no-memory": ((55.0, 46.5, 57.3, 49.5), (64.2, 76.5, 59.1, 84.5)),
    "tasa-no-persona": ((47.9, 48.4, 59.7, 42.9), (78.3, 71.8, 72.7, 79.4)),
    "tasa-no-forgetting": ((50.8, 51.3, 54.7, 49.7), (74.6, 76.9, 68.4, 86.2)),
    "tasa": ((59.4, 54.9, 62.3, 53.9), (86.1, 82.5, 76.9, 92.1)),
}
"""Ablations with Llama."""
TABLE_3: Mapping[str, Four] = {
    "history": (46.6, 34.1, 57.5, 48.1),
    "akt": (59.2, 43.1, 60.6, 39.7),
    "simplekt": (56.1, 44.4, 47.3, 25.1),
    "lpkt": (52.5, 51.7, 55.4, 54.3),
    "dkt": (59.4, 54.9, 62.3, 53.9),
}
"""Gain by tracer, with Llama."""
TURNS: Mapping[str, Mapping[int, float]] = {
    "PSS-MV (in the code: Vanilla-ICL)": {
        0: 0, 4: 32.57, 8: 38.71, 12: 49.90, 16: 42.29, 20: 48.86, 24: 43.19, 28: 47.29,
    },
    "TutorLLM": {0: 0, 4: 54.29, 8: 48.10, 12: 54.90, 16: 50.71, 20: 53.57, 24: 58.57, 28: 54.29},
    "TASA": {0: 0, 4: 47.90, 8: 44.19, 12: 54.67, 16: 42.19, 20: 51.43, 24: 50.14, 28: 46.10},
}  # fmt: skip
"""Figure 3's script: messages of a session (two a round) → gain, Assist2017, Llama."""
LAMBDAS = (0.0, 0.1, 0.3, 0.5, 0.7, 0.9, 1.0)
BY_LAMBDA: Mapping[str, tuple[float, ...]] = {
    "GPT": (48.95, 44.43, 50.00, 54.05, 50.62, 48.57, 59.52),
    "Qwen": (47.14, 47.62, 45.62, 47.19, 59.67, 54.05, 47.76),
    "Llama": (45.14, 50.38, 42.52, 59.19, 50.29, 56.67, 57.52),
}
"""Figure 3's script: gain at each of `LAMBDAS`, Assist2017."""
TAU_STORED: Mapping[str, str] = {
    "Assist2017": "23 s",
    "NIPS34": "5 min",
    "Algebra2005": "235 s",
    "Bridge2006": "2.5 min",
}
"""What the original's time constants really are; three of them stood there in minutes."""
