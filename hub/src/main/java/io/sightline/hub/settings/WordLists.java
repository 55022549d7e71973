package io.sightline.hub.settings;

import io.sightline.hub.files.Suggestion;
import io.sightline.hub.files.YamlFile;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** Reads a list of words; where only some are allowed, or each is an id, a single one may stand without brackets. */
final class WordLists {
    private static final int LONGEST = 100;

    private final Reading reading;

    WordLists(Reading reading) {
        this.reading = reading;
    }

    /** @return the words, or null where something else was written */
    @Nullable
    Set<String> read(Setting setting, @Nullable Node node, String key) {
        if (node == null) {
            return Set.of();
        }
        List<String> known = Words.of(setting);
        boolean mayBeOne = !known.isEmpty() || !setting.refersTo().isEmpty();
        if (!(node instanceof SequenceNode) && !(mayBeOne && node instanceof ScalarNode)) {
            String example = known.isEmpty() ? "person" : known.get(0);
            reading.problem(
                    YamlFile.line(node),
                    key + ": got " + RecordReader.kind(node) + ", allowed is a list of words, for example [" + example
                            + "]");
            return null;
        }
        var words = new LinkedHashSet<String>();
        for (Node item : node instanceof SequenceNode list ? list.getValue() : List.of(node)) {
            Written word = RecordReader.scalar(reading, item, new RecordReader.At(key, false));
            if (word == null || word.text().isBlank() || word.text().length() > LONGEST) {
                reading.problem(YamlFile.line(item), key + ": allowed are words of 1 to 100 characters");
                return null;
            }
            if (!known.isEmpty() && !known.contains(word.text())) {
                reading.refuse(word, "are " + String.join(", ", known) + Suggestion.text(word.text(), known));
                return null;
            }
            take(setting, word);
            words.add(word.text());
        }
        return Collections.unmodifiableSet(words);
    }

    private void take(Setting setting, Written word) {
        if (setting.refersTo().isEmpty()) {
            reading.words().add(word);
        } else {
            reading.references().add(new Reading.Reference(setting.refersTo(), word));
        }
    }
}
