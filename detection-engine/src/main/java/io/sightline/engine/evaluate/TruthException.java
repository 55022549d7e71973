package io.sightline.engine.evaluate;

import java.io.IOException;
import java.util.List;

/** A file of ground truth cannot be used; says each problem with its line. */
public final class TruthException extends IOException {
    private static final long serialVersionUID = 1L;

    TruthException(List<String> problems) {
        super(String.join(System.lineSeparator(), problems));
    }

    TruthException(String problem) {
        super(problem);
    }
}
