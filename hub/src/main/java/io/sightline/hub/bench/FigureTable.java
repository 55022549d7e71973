package io.sightline.hub.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** Shows figures to people and to programs. */
public final class FigureTable {
    private static final String ROW = "%-7s %-64s %10s %10s %7s %7s  %s%n";

    private FigureTable() {}

    /** A table; what is to be said about a row stands below it. */
    public static String text(List<Figure> figures) {
        var text = new StringBuilder(
                String.format(Locale.ROOT, ROW, "figure", "", "ours", "reference", "ratio", "spread", "verdict"));
        for (Figure figure : figures) {
            text.append(String.format(
                    Locale.ROOT,
                    ROW,
                    figure.id(),
                    figure.name(),
                    number(figure.ours()),
                    number(figure.reference()),
                    figure.ratio().isPresent() ? decimals(figure.ratio().getAsDouble(), 3) : "",
                    figure.spread().isPresent() ? decimals(100 * figure.spread().getAsDouble(), 1) + " %" : "",
                    figure.verdict().words()));
            if (!figure.note().isEmpty()) {
                text.append(String.format(Locale.ROOT, "%-7s %s%n", "", figure.note()));
            }
        }
        return text.toString();
    }

    /** An array of objects. */
    public static String json(List<Figure> figures) {
        var mapper = new ObjectMapper();
        var rows = mapper.createArrayNode();
        for (Figure figure : figures) {
            ObjectNode row = rows.addObject()
                    .put("figure", figure.id())
                    .put("name", figure.name())
                    .put("verdict", figure.verdict().words())
                    .put("note", figure.note());
            figure.ours().ifPresent(value -> row.put("ours", value));
            figure.reference().ifPresent(value -> row.put("reference", value));
            figure.ratio().ifPresent(value -> row.put("ratio", value));
            figure.spread().ifPresent(value -> row.put("spread", value));
        }
        try {
            return mapper.writerWithDefaultPrettyPrinter().writeValueAsString(rows) + System.lineSeparator();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("numbers and words are always JSON", e);
        }
    }

    private static String number(OptionalDouble value) {
        if (value.isEmpty()) {
            return "";
        }
        double number = value.getAsDouble();
        return decimals(number, Math.abs(number) >= 1000 ? 0 : Math.abs(number) >= 1 ? 2 : 4);
    }

    private static String decimals(double value, int digits) {
        return String.format(Locale.ROOT, "%." + digits + "f", value);
    }
}
