"""The benchmarks run and tell what they promise. No limits here: what a shared machine measures is no verdict."""

import json
import subprocess

from hub import HOME, SHARED


def bench(tmp_path, *arguments):
    result = tmp_path / "figures.json"
    subprocess.run([str(HOME / "sightline"), "bench", *arguments, "--data", str(SHARED / "data"), "--json", str(result)],
                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return json.loads(result.read_text())


def test_pipeline_beside_bare_inference(tmp_path):
    figure = bench(tmp_path, "P1", "--rounds", "2")[0]
    assert figure["verdict"] != "skipped", figure
    assert 0.5 < figure["ratio"] < 1.2


def test_memory_through_all_detectors(tmp_path):
    figure, = bench(tmp_path, "memory", "--frames", "1000")
    print(figure)
    assert figure["verdict"] in ("passed", "aim reached"), figure
