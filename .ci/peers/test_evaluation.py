"""The engine's scores against an evaluator that nobody wrote for it: the same figures to four digits, on hard cases too."""

import json
import random
import subprocess
from pathlib import Path

import pytest
from hub import HOME, SHARED

CLIPS = [("PETS09-S2L1", "gt/gt-300.txt", 300), ("TUD-Campus", "gt/gt.txt", 71)]


def rows_of(file):
    rows = []
    for line in Path(file).read_text().splitlines():
        part = line.split(",")
        rows.append([int(part[0]), int(part[1])] + [float(value) for value in part[2:6]] + [float(part[6])])
    return rows


def write(file, rows, flag=None):
    with open(file, "w") as out:
        for frame, number, x, y, width, height, confidence in rows:
            last = f"{confidence:.4f}" if flag is None else f"{flag(confidence)}"
            out.write(f"{frame},{number},{x:.2f},{y:.2f},{width:.2f},{height:.2f},{last},-1,-1,-1\n")
    return file


def spoilt(rows, dice):
    """What trackers do wrong, at random: missed, moved, doubled and invented boxes, exchanged and new numbers."""
    strength = dice.choice([0.02, 0.1, 0.3])
    result, renamed, fresh = [], {}, 1000
    for frame, number, x, y, width, height, _ in rows:
        if dice.random() < strength:
            continue
        if dice.random() < strength / 5:
            others = [other for other in range(1, 20) if other != number]
            renamed[number] = dice.choice(others) if dice.random() < 0.5 else (fresh := fresh + 1)
        box = [x + dice.gauss(0, width * strength), y + dice.gauss(0, height * strength / 2),
               width * dice.uniform(1 - strength, 1 + strength), height * dice.uniform(1 - strength, 1 + strength)]
        result.append([frame, renamed.get(number, number), *box, round(dice.random(), dice.choice([1, 4]))])
        if dice.random() < strength / 2:
            result.append([frame, (fresh := fresh + 1), *box, round(dice.random(), 1)])
        if dice.random() < strength / 2:
            result.append([frame, (fresh := fresh + 1), dice.uniform(0, 600), dice.uniform(0, 400), 40, 90, dice.random()])
    unique = {(row[0], row[1]): row for row in result}
    return list(unique.values())


@pytest.mark.parametrize("clip,truth,frames", CLIPS)
@pytest.mark.parametrize("overlap", [0.3, 0.5])
def test_engine_and_evaluator_agree(tmp_path, clip, truth, frames, overlap):
    dice = random.Random(f"{clip} {overlap}")
    rows = rows_of(SHARED / "data" / clip / truth)
    pairs = []
    for case in range(12):
        # some boxes of the truth need not be found
        ignored = dice.choice([0.0, 0.1, 0.4])
        wanted = write(tmp_path / f"truth-{case}.txt", rows, lambda _: 0 if dice.random() < ignored else 1)
        pairs += [wanted, write(tmp_path / f"result-{case}.txt", spoilt(rows, dice))]
    pairs += [wanted, write(tmp_path / "nothing.txt", [])]
    ours = subprocess.run(["java", "-cp", f"{HOME}/hub/target/app/lib/*", str(HOME / ".ci/peers/ScoreFiles.java"),
                           str(overlap), str(frames), *map(str, pairs)], check=True, capture_output=True, text=True)
    scores = [json.loads(line) for line in ours.stdout.splitlines()]
    assert len(scores) == 13
    for number, score in enumerate(scores):
        theirs = subprocess.run(
            ["/usr/bin/python3", str(SHARED / "tools/eval_mot.py"), str(pairs[2 * number]), str(pairs[2 * number + 1]),
             "--iou", str(overlap), "--json"], check=True, capture_output=True, text=True)
        expected = json.loads(theirs.stdout)
        for name, value in score.items():
            assert value == pytest.approx(expected[name], abs=5e-5), f"{name} of case {number}"
