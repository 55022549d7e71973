package io.sightline.hub.bench;

import io.sightline.hub.proof.Finding;
import io.sightline.hub.proof.Proof;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** R1, R4, R5: that no acknowledged event is lost, whatever is killed and whatever fails. Nothing here is about cost. */
final class ProofBench {
    private ProofBench() {}

    static List<Figure> all(BenchPlan plan) throws IOException, InterruptedException, SkippedException {
        var figures = new ArrayList<Figure>();
        figures.addAll(kills(plan));
        figures.addAll(order(plan));
        figures.addAll(faults(plan));
        return figures;
    }

    static List<Figure> kills(BenchPlan plan) throws IOException, InterruptedException, SkippedException {
        plan.launcher();
        return figures(Proof.kills(plan.proof()));
    }

    static List<Figure> order(BenchPlan plan) throws IOException, InterruptedException {
        return figures(Proof.order(plan.proof()));
    }

    static List<Figure> faults(BenchPlan plan) throws IOException, InterruptedException {
        return figures(Proof.faults(plan.proof()));
    }

    private static List<Figure> figures(List<Finding> findings) {
        return findings.stream().map(ProofBench::figure).toList();
    }

    private static Figure figure(Finding finding) {
        Verdict verdict = finding.passed() ? Verdict.PASSED : Verdict.MISSED;
        return Figure.alone(finding.id(), finding.name(), finding.value(), verdict)
                .with(finding.note());
    }
}
