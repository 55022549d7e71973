package io.sightline.hub.files;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.CollectionEndEvent;
import org.yaml.snakeyaml.events.CollectionStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.reader.ReaderException;
import org.yaml.snakeyaml.representer.Representer;

/**
 * One YAML document as nodes with positions. Nothing is constructed from it: no tags, no aliases, at most 1 MiB and 50
 * levels.
 *
 * @param text what the file holds
 * @param root its only document
 */
public record YamlFile(Path path, String text, Node root) {
    static final int MAX_BYTES = 1 << 20;
    static final int MAX_DEPTH = 50;

    /** @throws FileProblems if the file cannot be read or is no YAML document */
    public static YamlFile read(Path path) {
        return parse(path, content(path));
    }

    /** @throws FileProblems if the text is no YAML document */
    public static YamlFile parse(Path path, String text) {
        try {
            refuseTraps(path, text);
            Node root = yaml().compose(new StringReader(text));
            if (root == null) {
                throw problem(path, 1, "the file is empty");
            }
            return new YamlFile(path, text, root);
        } catch (ReaderException e) {
            int at = Math.min(Math.max(e.getPosition(), 0), text.length());
            throw problem(
                    path,
                    lines(text, at),
                    String.format("got the character 0x%x, which YAML does not allow", e.getCodePoint()));
        } catch (MarkedYAMLException e) {
            int line = e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 1;
            throw problem(path, line, "this is no YAML: " + explained(e));
        } catch (YAMLException e) {
            throw problem(path, 1, "this is no YAML: " + e.getMessage());
        }
    }

    /** What keeps a file from being YAML, several documents and anchors allowed. */
    public static List<Problem> syntax(Path path) {
        try {
            yaml().parse(new StringReader(content(path))).forEach(event -> {});
            return List.of();
        } catch (FileProblems e) {
            return e.problems();
        } catch (MarkedYAMLException e) {
            int line = e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 1;
            return List.of(new Problem(path, line, "this is no YAML: " + explained(e)));
        } catch (YAMLException e) {
            return List.of(new Problem(path, 1, "this is no YAML: " + e.getMessage()));
        }
    }

    /** Line of a node, counted from 1. */
    public static int line(Node node) {
        return node.getStartMark() == null ? 1 : node.getStartMark().getLine() + 1;
    }

    /** Text of a file in UTF-8, at most 1 MiB; a byte order mark is left out. */
    public static String content(Path path) {
        byte[] bytes;
        try (InputStream in = Files.newInputStream(path)) {
            bytes = in.readNBytes(MAX_BYTES + 1);
        } catch (NoSuchFileException e) {
            throw problem(path, 1, "there is no such file");
        } catch (IOException e) {
            throw problem(path, 1, "the file cannot be read: " + e.getClass().getSimpleName());
        }
        if (bytes.length > MAX_BYTES) {
            throw problem(path, 1, "the file is larger than 1 MiB, which is the most that is allowed");
        }
        CharBuffer text = CharBuffer.allocate(bytes.length);
        ByteBuffer left = ByteBuffer.wrap(bytes);
        CoderResult result = StandardCharsets.UTF_8.newDecoder().decode(left, text, true);
        text.flip();
        if (result.isError()) {
            throw problem(path, lines(text, text.length()), "got bytes that are not UTF-8; save the file as UTF-8");
        }
        return text.length() > 0 && text.charAt(0) == '\uFEFF'
                ? text.subSequence(1, text.length()).toString()
                : text.toString();
    }

    /** Tells this text from any other: SHA-256 of its UTF-8 bytes, in lower case hex. */
    public String sha256() {
        return sha256(text);
    }

    /** The same of any text. */
    public static String sha256(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static void refuseTraps(Path path, String text) {
        int depth = 0;
        for (Event event : yaml().parse(new StringReader(text))) {
            int line = event.getStartMark().getLine() + 1;
            if (event instanceof AliasEvent || event instanceof NodeEvent node && node.getAnchor() != null) {
                throw problem(
                        path,
                        line,
                        "anchors (&) and aliases (*) are not allowed; put a text that starts with them in quotes");
            }
            if (event instanceof CollectionStartEvent) {
                depth++;
            } else if (event instanceof CollectionEndEvent) {
                depth--;
            }
            if (depth > MAX_DEPTH) {
                throw problem(
                        path, line, "nested deeper than " + MAX_DEPTH + " levels, which is the most that is allowed");
            }
        }
    }

    private static Yaml yaml() {
        var options = new LoaderOptions();
        options.setCodePointLimit(MAX_BYTES);
        options.setNestingDepthLimit(MAX_DEPTH + 1);
        var dumper = new DumperOptions();
        return new Yaml(new SafeConstructor(options), new Representer(dumper), dumper, options);
    }

    private static String explained(MarkedYAMLException e) {
        String problem = String.valueOf(e.getProblem());
        if (problem.contains("(TAB)") || problem.contains("'\\t'")) {
            return "got a tab, allowed are spaces for indentation";
        }
        if (problem.contains("but got {")) {
            problem += "; put ${…} and {{…}} in quotes inside of { }";
        }
        return e.getContext() == null ? problem : e.getContext() + ", " + problem;
    }

    private static int lines(CharSequence text, int end) {
        return 1 + (int) text.subSequence(0, end).chars().filter(c -> c == '\n').count();
    }

    private static FileProblems problem(Path path, int line, String text) {
        return new FileProblems(List.of(new Problem(path, line, text)));
    }
}
