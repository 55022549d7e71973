package io.sightline.hub.proof;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/** What can be proved, one after the other, in processes of their own. One thread. */
public final class Proof {
    private static final double MOST_RECOVERY = 10;
    private static final double MOST_SLOWER = 1.25;
    private static final double MOST_LATER_MILLIS = 5;

    private Proof() {}

    /** Kills the spine with its sinks, then the whole hub. */
    public static List<Finding> kills(ProofPlan plan) throws IOException, InterruptedException {
        var findings = new ArrayList<Finding>();
        if (plan.spineCycles() > 0) {
            Killed spine = new KillLoop(plan.seed(), plan.progress()).run(plan.spineCycles());
            findings.add(
                    lost("R1", "spine and sinks killed " + spine.cycles() + " times: acknowledged and lost", spine));
        }
        if (plan.cycles() > 0) {
            Killed hub = new HubKillLoop(plan.seed(), plan.progress()).run(plan.launcher(), plan.cycles());
            findings.add(lost("R1", "whole hub killed " + hub.cycles() + " times: acknowledged and lost", hub));
        }
        return findings;
    }

    /** Order of many events, through faults. */
    public static List<Finding> order(ProofPlan plan) throws IOException, InterruptedException {
        Killed run = new OrderRun(plan.seed(), plan.progress()).run(plan.events());
        long inversions = run.accounts().stream().mapToLong(Account::inversions).sum();
        String name = "order by key of " + plan.events() + " events through faults: inversions";
        return List.of(new Finding("R5", name, inversions, clean(run), lines(run)));
    }

    /** Every sink with every fault. */
    public static List<Finding> faults(ProofPlan plan) throws IOException, InterruptedException {
        var matrix = new FaultMatrix(plan.faultLasts(), plan.seed(), plan.progress()).run();
        var findings = new ArrayList<Finding>();
        findings.add(lost("R4", "every sink with every fault: acknowledged and lost", matrix.events()));
        double slowest = matrix.rows().stream()
                .flatMap(row -> row.recovery().values().stream())
                .mapToDouble(recovery -> recovery.orElse(Double.POSITIVE_INFINITY))
                .max()
                .orElse(0);
        findings.add(new Finding(
                "R4", "slowest recovery after a fault, in s", slowest, slowest <= MOST_RECOVERY, table(matrix)));
        double latest = matrix.rows().stream()
                .mapToDouble(FaultMatrix.Row::neighbour)
                .max()
                .orElse(Double.NaN);
        boolean unhurt = latest <= matrix.healthy() * MOST_SLOWER || latest <= matrix.healthy() + MOST_LATER_MILLIS;
        String note = String.format(Locale.ROOT, "without a fault %.1f ms; all faulty sinks at once", matrix.healthy());
        findings.add(new Finding("R4", "p99 of a healthy sink beside them, worst fault, in ms", latest, unhurt, note));
        return findings;
    }

    private static Finding lost(String id, String name, Killed run) {
        long lost = run.accounts().stream().mapToLong(Account::lost).sum();
        return new Finding(id, name, lost, clean(run), lines(run));
    }

    private static boolean clean(Killed run) {
        return run.accounts().stream().allMatch(Account::isClean) && run.letters() == 0;
    }

    private static String lines(Killed run) {
        String accounts = run.accounts().stream().map(Account::toString).collect(Collectors.joining("\n        "));
        return run.letters() == 0 ? accounts : accounts + "\n        dead letters: " + run.letters();
    }

    /** Recovery in s by fault and sink; a dash where there is no such fault. */
    private static String table(FaultMatrix.Result matrix) {
        var text = new StringBuilder(String.format("%-22s", "recovery in s"));
        matrix.why().keySet().forEach(sink -> text.append(String.format("%8s", sink)));
        text.append(String.format("%18s", "neighbour, p99 ms"));
        for (FaultMatrix.Row row : matrix.rows()) {
            text.append(String.format("%n        %-22s", row.fault().words()));
            matrix.why().keySet().forEach(sink -> text.append(String.format("%8s", cell(row, sink))));
            text.append(String.format(Locale.ROOT, "%18.1f", row.neighbour()));
        }
        matrix.why().values().forEach(why -> text.append("\n        –: ").append(why));
        return text.toString();
    }

    private static String cell(FaultMatrix.Row row, String sink) {
        if (!row.recovery().containsKey(sink)) {
            return "–";
        }
        OptionalDouble seconds = row.recovery().get(sink);
        return seconds.isPresent() ? String.format(Locale.ROOT, "%.1f", seconds.getAsDouble()) : "never";
    }
}
