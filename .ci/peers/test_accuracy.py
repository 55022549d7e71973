"""Real video with ground truth: what the documented settings reach. Thresholds are the ones promised in docs/benchmarks.md."""

import json
import subprocess

import pytest
from hub import HOME, SHARED

PETS = SHARED / "data/PETS09-S2L1"
CAMPUS = SHARED / "data/TUD-Campus"
YOLOX = SHARED / "data/yolox_nano.onnx"


def score(clip, truth, tmp_path, *options):
    result = tmp_path / "result.txt"
    subprocess.run([str(HOME / "sightline"), "detect", str(clip), "--mot", str(result), *options], check=True,
                   stdout=subprocess.DEVNULL)
    scored = subprocess.run(["/usr/bin/python3", str(SHARED / "tools/eval_mot.py"), str(truth), str(result), "--json"],
                            check=True, capture_output=True, text=True)
    return {name.lower(): value for name, value in json.loads(scored.stdout).items()}


def test_hog_finds_people_of_64_pixels(tmp_path):
    figures = score(PETS / "PETS09-S2L1.mp4", PETS / "gt/gt-300.txt", tmp_path)
    print(figures)
    assert figures["f1"] >= 0.80


def test_yolox_finds_and_follows(tmp_path):
    figures = score(PETS / "PETS09-S2L1.mp4", PETS / "gt/gt-300.txt", tmp_path, "--detector", "onnx", "--model",
                    str(YOLOX))
    print(figures)
    assert figures["f1"] >= 0.86
    assert figures["mota"] >= 0.70


@pytest.mark.parametrize("options", [["--detector", "onnx", "--model", str(YOLOX)]])
def test_campus(tmp_path, options):
    figures = score(CAMPUS / "TUD-Campus.mp4", CAMPUS / "gt/gt.txt", tmp_path, *options)
    print(figures)
    assert figures["f1"] >= 0.78
