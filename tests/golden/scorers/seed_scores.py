"""Golden scores of the original notebook's four scorers, in Python, as the notebook has them.

One mend, as in lib/scorers/seed.ts: a pattern that re refuses ("[::-1]") is searched literally.
Run from the project root with Python 3.11; it writes seed_scores.json beside this file.
"""

import json
import re
from pathlib import Path

EXPECTED = {
    "math_apples": {"answer": 5},
    "train_time": {"answer": 40},
    "ratio_mix": {"answer": 6},
    "csv_format": {"must_include": ["oak,pine,birch"]},
    "json_shape": {"must_include": ["backup", "high"], "format": "json"},
    "style_rule": {"must_include": ["READY!"]},
    "add_func": {"patterns": [r"def\s+add_numbers", r"return\s+a\s*\+\s*b"]},
    "list_comprehension": {"patterns": [r"\[n\*\*2\s+for\s+n\s+in\s+range\(1,\s*5\)"]},
    "doc_comment": {"patterns": [r"def", r"docstring", r"[::-1]"]},
    "search_tool": {"required": ["SEARCH", "Paris"]},
    "calc_tool": {"required": ["CALC", "12", "7"]},
    "retrieval_tool": {"required": ["RETRIEVE", "quantum"]},
}


def score_reasoning(output, expected):
    nums = [int(x) for x in re.findall(r"-?\d+", output)]
    return 1.0 if expected.get("answer") in nums else 0.0


def score_instruction(output, expected):
    for token in expected.get("must_include", []):
        if token.lower() not in output.lower():
            return 0.0
    if expected.get("format") == "json":
        try:
            json.loads(output)
        except json.JSONDecodeError:
            return 0.0
    return 1.0


def found(pattern, output):
    try:
        return re.search(pattern, output, flags=re.IGNORECASE)
    except re.error:
        return pattern.lower() in output.lower()


def score_coding(output, expected):
    return 1.0 if all(found(p, output) for p in expected.get("patterns", [])) else 0.0


def score_tool(output, expected):
    return 1.0 if all(t.lower() in output.lower() for t in expected.get("required", [])) else 0.0


SCORERS = {
    "reasoning": score_reasoning,
    "instruction": score_instruction,
    "coding": score_coding,
    "tool_use": score_tool,
}
rows = []
for source in ("data/labelled_answers.jsonl", "tests/scorers/freshAnswers.jsonl"):
    for line in Path(source).read_text(encoding="utf8").splitlines():
        row = json.loads(line)
        rows.append([row["id"], SCORERS[row["facet"]](row["response"], EXPECTED[row["task"]])])
Path(__file__).with_name("seed_scores.json").write_text(json.dumps(dict(rows), indent=0) + "\n")
