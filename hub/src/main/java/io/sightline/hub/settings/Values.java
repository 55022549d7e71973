package io.sightline.hub.settings;

import io.sightline.engine.net.Network;
import io.sightline.hub.files.Suggestion;
import io.sightline.hub.files.YamlFile;
import java.math.BigDecimal;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** Turns one written value into what a record wants; says what is allowed where it cannot. */
final class Values {
    private static final Set<String> SWITCH_WORDS =
            Set.of("yes", "no", "on", "off", "true", "false", "y", "n", "null", "~", "");
    private static final int COLOURS = 3;

    /** Stands for what is found out; where it is the default, an optional value is empty then. */
    static final String AUTO = "auto";

    private static final Pattern NUMBER = Pattern.compile("-?(0|[1-9]\\d{0,14})(\\.\\d{1,9})?");
    private static final Pattern WITH_UNIT = Pattern.compile("(\\d{1,12}(?:\\.\\d{1,6})?) ?([A-Za-z%]*)");
    private static final Pattern CLOCK = Pattern.compile("([01]\\d|2[0-3]):[0-5]\\d");
    private static final Map<String, Double> SECONDS =
            Map.of("ms", 0.001, "s", 1.0, "m", 60.0, "h", 3600.0, "d", 86_400.0);
    private static final Map<String, Long> BYTES =
            Map.of("B", 1L, "KiB", 1L << 10, "MiB", 1L << 20, "GiB", 1L << 30, "TiB", 1L << 40);

    private final Reading reading;

    Values(Reading reading) {
        this.reading = reading;
    }

    /** @return the value, or null where it was refused */
    @Nullable
    Object read(Class<?> type, Setting setting, Written written) {
        if (type == boolean.class) {
            return flag(written);
        } else if (type == Duration.class) {
            return duration(setting, written);
        } else if (type == int.class || type == long.class || type == double.class) {
            return number(type, setting, written);
        } else if (type == URI.class) {
            return web(written);
        } else if (type == Path.class) {
            return existing(written);
        } else if (type == LocalTime.class) {
            return clock(written);
        } else if (type == ZoneId.class) {
            return zone(written);
        }
        return text(setting, written);
    }

    private @Nullable Boolean flag(Written written) {
        boolean known = written.text().equals("true") || written.text().equals("false");
        if (known && (!written.quoted() || Secrets.refers(written.source()))) {
            return Boolean.valueOf(written.text());
        }
        reading.refuse(written, known ? "is true or false without quotes" : "is true or false");
        return null;
    }

    private @Nullable String text(Setting setting, Written written) {
        String text = written.text();
        if (!written.quoted() && SWITCH_WORDS.contains(text.toLowerCase(Locale.ROOT))) {
            reading.refuse(
                    written,
                    text.isEmpty()
                            ? "is a text"
                            : "is a text; YAML takes this word for something else, so put it in quotes");
            return null;
        }
        List<String> words = List.of(setting.oneOf());
        if (!words.isEmpty() && !words.contains(text)) {
            String are = words.size() == 1 ? "is " : "are ";
            reading.refuse(written, are + String.join(", ", words) + Suggestion.text(text, words));
            return null;
        }
        if (text.length() > 2000 || text.chars().anyMatch(Character::isISOControl)) {
            reading.refuse(written, "is a text of at most 2000 characters in one line");
            return null;
        }
        if (!setting.refersTo().isEmpty()) {
            reading.references().add(new Reading.Reference(setting.refersTo(), written));
        }
        return text;
    }

    private @Nullable Duration duration(Setting setting, Written written) {
        Matcher matcher = WITH_UNIT.matcher(written.text());
        Double unit = matcher.matches() ? SECONDS.get(matcher.group(2)) : null;
        String allowed =
                "is " + (setting.standard().equals(AUTO) ? AUTO + " or " : "") + "a time from " + time(setting.min())
                        + " to " + time(setting.max()) + " with a unit, for example 500ms, 2s, 5m, 1h, 30d";
        if (unit == null) {
            reading.refuse(written, allowed);
            return null;
        }
        double seconds = Double.parseDouble(matcher.group(1)) * unit;
        if (seconds < setting.min() || seconds > setting.max()) {
            reading.refuse(written, allowed);
            return null;
        }
        return Duration.ofMillis(Math.round(seconds * 1000));
    }

    private static String time(double seconds) {
        for (String unit : List.of("d", "h", "m", "s")) {
            if (seconds > 0 && seconds % SECONDS.get(unit) == 0) {
                return Math.round(seconds / SECONDS.get(unit)) + unit;
            }
        }
        return seconds == 0 ? "0s" : Math.round(seconds * 1000) + "ms";
    }

    private @Nullable Number number(Class<?> type, Setting setting, Written written) {
        BigDecimal value = plain(setting.unit(), written);
        boolean whole = type != double.class;
        boolean fits = value != null
                && value.compareTo(BigDecimal.valueOf(setting.min())) >= 0
                && value.compareTo(BigDecimal.valueOf(setting.max())) <= 0
                && (!whole || value.stripTrailingZeros().scale() <= 0);
        if (!fits) {
            reading.refuse(written, allowed(setting, whole) + quotes(setting, written));
            return null;
        }
        if (type == int.class) {
            return value.intValueExact();
        } else if (type == long.class) {
            return value.longValueExact();
        }
        return value.doubleValue();
    }

    /** @return one or three numbers, or null where something else was written */
    @Nullable
    List<Double> numbers(Node node, String key) {
        List<Node> items = node instanceof SequenceNode list ? list.getValue() : List.of(node);
        boolean all = items.stream()
                .allMatch(item -> item instanceof ScalarNode scalar
                        && NUMBER.matcher(scalar.getValue()).matches());
        if (all && (items.size() == 1 || items.size() == COLOURS)) {
            return items.stream()
                    .map(item -> Double.valueOf(((ScalarNode) item).getValue()))
                    .toList();
        }
        reading.problem(
                YamlFile.line(node), key + ": allowed are one or three numbers, for example [0.485, 0.456, 0.406]");
        return null;
    }

    /** @return the networks, or null where something else was written */
    @Nullable
    List<Network> networks(Node node, String key) {
        List<Node> items = node instanceof SequenceNode list ? list.getValue() : List.of(node);
        List<Network> networks = items.stream()
                .map(item -> item instanceof ScalarNode scalar ? scalar.getValue() : "")
                .flatMap(text -> Network.parse(text).stream())
                .toList();
        if (!networks.isEmpty() && networks.size() == items.size()) {
            return networks;
        }
        reading.problem(
                YamlFile.line(node),
                key + ": allowed are networks and addresses, for example [192.168.10.0/24, 10.1.2.3]; names are none");
        return null;
    }

    private static @Nullable BigDecimal plain(Setting.Unit unit, Written written) {
        String text = written.text();
        if (unit == Setting.Unit.NONE) {
            boolean number = NUMBER.matcher(text).matches() && (!written.quoted() || Secrets.refers(written.source()));
            return number ? new BigDecimal(text) : null;
        }
        Matcher matcher = WITH_UNIT.matcher(text);
        if (!matcher.matches()) {
            return null;
        }
        var amount = new BigDecimal(matcher.group(1));
        return switch (unit) {
            case METRES -> matcher.group(2).equals("m") ? amount : null;
            case PIXELS -> matcher.group(2).equals("px") ? amount : null;
            case PERCENT -> matcher.group(2).equals("%") ? amount : null;
            default -> {
                Long factor = BYTES.get(matcher.group(2));
                yield factor == null ? null : amount.multiply(BigDecimal.valueOf(factor));
            }
        };
    }

    private static String allowed(Setting setting, boolean whole) {
        return switch (setting.unit()) {
            case METRES -> "are " + range(setting) + " metres, for example 2m";
            case PIXELS -> "are " + range(setting) + " pixels, for example 64px";
            case PERCENT -> "are " + range(setting) + " percent, for example 10%";
            case BYTES -> "is a size from 1MiB to 1024TiB with a unit of B, KiB, MiB, GiB or TiB, for example 10GiB";
            case NONE -> "is a " + (whole ? "whole " : "") + "number from " + range(setting);
        };
    }

    private static String range(Setting setting) {
        return new BigDecimal(String.valueOf(setting.min()))
                        .stripTrailingZeros()
                        .toPlainString() + " to "
                + new BigDecimal(String.valueOf(setting.max()))
                        .stripTrailingZeros()
                        .toPlainString();
    }

    private static String quotes(Setting setting, Written written) {
        boolean quotedNumber = setting.unit() == Setting.Unit.NONE
                && written.quoted()
                && NUMBER.matcher(written.text()).matches();
        return quotedNumber ? " without quotes" : "";
    }

    private @Nullable LocalTime clock(Written written) {
        if (CLOCK.matcher(written.text()).matches()) {
            return LocalTime.parse(written.text());
        }
        reading.refuse(written, "is a time of the day from 00:00 to 23:59");
        return null;
    }

    private @Nullable ZoneId zone(Written written) {
        try {
            return ZoneId.of(written.text());
        } catch (DateTimeException expected) {
            reading.refuse(
                    written,
                    "is a time zone, for example UTC or Europe/Berlin"
                            + Suggestion.text(written.text(), ZoneId.getAvailableZoneIds()));
            return null;
        }
    }

    private @Nullable URI web(Written written) {
        try {
            var uri = new URI(written.text());
            boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            if (web && uri.getHost() != null && uri.getUserInfo() == null) {
                return uri;
            }
        } catch (URISyntaxException expected) {
            // told below
        }
        reading.refuse(written, "is an address like https://hub.example.com, without a login");
        return null;
    }

    /** A file of ours: whether it is there is known before the start. */
    @Nullable
    Path existing(Written written) {
        Path path = reading.resolve(written.text());
        if (Files.isRegularFile(path) && Files.isReadable(path)) {
            return path;
        }
        reading.refuse(written, "is a file that can be read; there is none at " + path);
        return null;
    }
}
