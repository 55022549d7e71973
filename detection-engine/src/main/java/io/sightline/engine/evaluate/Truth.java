package io.sightline.engine.evaluate;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a recording really shows: the file that labelling tools export as <em>MOT 1.1</em>, or {@code gt.txt} of the MOT
 * Challenge (Leal-Taixé et al., "MOTChallenge 2015: Towards a Benchmark for Multi-Target Tracking", 2015, arXiv
 * 1504.01942).
 *
 * <p>One box per line: {@code frame,id,x,y,width,height[,flag[,class,visibility…]]}. Frames count from 1; pixels are
 * those of the original picture. A flag of 0 marks a box that need not be found. Class numbers mean something only with
 * a file {@code labels.txt} beside it, one label a line, the first is number 1. Lines that are empty or begin with
 * {@code #} say nothing.
 */
public final class Truth {
    private static final String LABELS = "labels.txt";
    private static final int MAX_ROWS = 5_000_000;
    private static final int MAX_PROBLEMS = 10;

    private final Path file;
    private final Rows rows;
    private final boolean labelled;
    private final Map<Integer, Long> firstLineOfFrame;

    private Truth(Path file, Reader reader) {
        this.file = file;
        this.rows = reader.rows;
        this.labelled = !reader.labels.isEmpty();
        this.firstLineOfFrame = reader.firstLines;
    }

    /**
     * Reads a file of ground truth.
     *
     * @throws TruthException if it is not there or not of that form, with up to ten problems, each on a line of its own
     */
    public static Truth read(Path file) throws TruthException {
        Path folder = file.toAbsolutePath().getParent();
        Path labels = folder == null ? Path.of(LABELS) : folder.resolve(LABELS);
        var reader = new Reader(file, Files.isRegularFile(labels) ? lines(labels) : List.of());
        reader.read();
        return new Truth(file, reader);
    }

    /** Number of the last frame with a box. */
    public int lastFrame() {
        return rows.frames().stream().mapToInt(Integer::intValue).max().orElse(0);
    }

    /**
     * Refuses truth that tells of more than the recording has.
     *
     * @param frames pictures in the recording
     */
    public void requireWithin(long frames) throws TruthException {
        int last = lastFrame();
        if (last > frames) {
            throw new TruthException(file + ":" + firstLineOfFrame.get(last) + ": frame " + last
                    + ", but the recording has only " + frames + "; is this the truth of another recording?");
        }
    }

    /** Whether boxes have labels. */
    public boolean labelled() {
        return labelled;
    }

    Rows rows() {
        return rows;
    }

    private static List<String> lines(Path file) throws TruthException {
        var lines = new ArrayList<String>();
        try (BufferedReader text = Files.newBufferedReader(file)) {
            for (String line = text.readLine(); line != null; line = text.readLine()) {
                if (line.indexOf('\0') >= 0) {
                    throw new TruthException(file + ":" + (lines.size() + 1) + ": is not text");
                }
                lines.add(lines.isEmpty() && line.startsWith("\uFEFF") ? line.substring(1) : line);
                if (lines.size() > MAX_ROWS) {
                    throw new TruthException(file + ": has more than " + MAX_ROWS + " lines; cut it into parts");
                }
            }
            return lines;
        } catch (CharacterCodingException e) {
            throw new TruthException(file + ": is not text in UTF-8");
        } catch (NoSuchFileException e) {
            throw new TruthException(file + ": there is no such file");
        } catch (AccessDeniedException e) {
            throw new TruthException(file + ": may not be read by this user");
        } catch (TruthException e) {
            throw e;
        } catch (IOException e) {
            throw new TruthException(file + ": cannot be read: " + e.getMessage());
        }
    }

    /** Reads line by line and gathers what is wrong. */
    private static final class Reader {
        private final Path file;
        private final List<String> labels;
        private final Rows rows = new Rows();
        private final Map<Integer, Long> firstLines = new HashMap<>();
        private final Map<Long, Long> lineOfId = new HashMap<>();
        private final List<String> problems = new ArrayList<>();

        Reader(Path file, List<String> labels) {
            this.file = file;
            this.labels = labels;
        }

        void read() throws TruthException {
            long number = 0;
            for (String line : lines(file)) {
                number++;
                if (!line.isBlank() && !line.stripLeading().startsWith("#")) {
                    take(line, number);
                }
                if (problems.size() == MAX_PROBLEMS) {
                    throw new TruthException(problems);
                }
            }
            if (problems.isEmpty() && rows.size() == 0) {
                problems.add(file + ": holds no box; a line is frame,id,x,y,width,height,flag,class,visibility");
            }
            if (!problems.isEmpty()) {
                throw new TruthException(problems);
            }
        }

        private void take(String line, long number) {
            try {
                Row row = TruthLine.parse(line, labels);
                Long before = row.counts() && row.id() >= 0
                        ? lineOfId.putIfAbsent((long) row.frame() << Integer.SIZE | row.id(), number)
                        : null;
                if (before != null) {
                    throw new IllegalArgumentException("frame " + row.frame() + " has id " + row.id()
                            + " twice, first in line " + before + "; give each object a number of its own");
                }
                firstLines.putIfAbsent(row.frame(), number);
                rows.add(row);
            } catch (IllegalArgumentException e) {
                problems.add(file + ":" + number + ": " + e.getMessage());
            }
        }
    }
}
