package io.sightline.hub.files;

import io.sightline.hub.launcher.UsageException;
import java.util.List;
import java.util.stream.Collectors;

/** Files are refused whole; the message holds every problem, one a line. */
public final class FileProblems extends UsageException {
    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;

    public FileProblems(List<Problem> problems) {
        super(problems.stream().sorted().distinct().map(Problem::toString).collect(Collectors.joining("\n")));
        this.problems = problems.stream().sorted().distinct().toList();
    }

    /** In the order of files and lines. */
    public List<Problem> problems() {
        return problems;
    }
}
