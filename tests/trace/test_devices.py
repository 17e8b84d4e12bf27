import ast
from pathlib import Path

import preceptor

DEVICES = ("cuda", "cpu", "mps")


def test_no_device_is_named_in_the_code():
    """Where to compute is torch's default or the user's choice; a literal would break one of them."""
    found = []
    for path in Path(preceptor.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                word = node.value.split(":")[0]
                if word in DEVICES:
                    found.append(f"{path.name}:{node.lineno} {node.value!r}")
    assert found == []
