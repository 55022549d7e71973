package io.sightline.hub.changes;

import io.sightline.hub.files.FileProblems;
import java.util.List;

/** A change that was not made; nothing is other than before. The message is for callers. */
public final class ChangeRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Why, in one word. */
    public enum Kind {
        /** What should be changed is not there. */
        MISSING,
        /** It does not go together with what is there, or the file cannot be written. */
        CONFLICT,
        /** It is not any more what the caller has seen. */
        STALE,
        /** With the change the file would be wrong. */
        INVALID
    }

    private final Kind kind;
    private final transient List<FieldProblem> problems;

    private ChangeRefusedException(Kind kind, String message, List<FieldProblem> problems) {
        super(message, null, false, false);
        this.kind = kind;
        this.problems = List.copyOf(problems);
    }

    static ChangeRefusedException missing(String what) {
        return new ChangeRefusedException(Kind.MISSING, what + " does not exist.", List.of());
    }

    static ChangeRefusedException conflict(String reason) {
        return new ChangeRefusedException(Kind.CONFLICT, reason, List.of());
    }

    static ChangeRefusedException stale(String reason) {
        return new ChangeRefusedException(Kind.STALE, reason, List.of());
    }

    static ChangeRefusedException invalid(FieldProblem problem) {
        return new ChangeRefusedException(Kind.INVALID, problem.text(), List.of(problem));
    }

    /** @param item the key that paths begin from */
    static ChangeRefusedException invalid(FileProblems problems, String item) {
        return of(Kind.INVALID, "", problems, item);
    }

    /** The file is wrong already. */
    static ChangeRefusedException wrongBefore(FileProblems problems) {
        return of(
                Kind.CONFLICT,
                "sightline.yaml is not valid as it is now; mend it in the file, or go back to a revision. ",
                problems,
                "");
    }

    private static ChangeRefusedException of(Kind kind, String begin, FileProblems problems, String item) {
        List<FieldProblem> fields = problems.problems().stream()
                .map(problem -> FieldProblem.of(problem, item))
                .toList();
        String all = String.join("; ", fields.stream().map(FieldProblem::text).toList());
        return new ChangeRefusedException(kind, begin + all, fields);
    }

    public Kind kind() {
        return kind;
    }

    /** Each thing that is wrong, where there is a list. */
    public List<FieldProblem> problems() {
        return problems;
    }
}
