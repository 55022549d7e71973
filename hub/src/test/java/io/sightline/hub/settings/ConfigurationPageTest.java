package io.sightline.hub.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.sightline.engine.scene.Point;
import io.sightline.hub.sinks.SinkSettings;
import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The tables of docs/configuration.md come from the records; {@code -Dsightline.write-docs=true} writes them anew. */
class ConfigurationPageTest {
    private static final Path PAGE = Path.of("../docs/configuration.md");
    private static final String MARK = "<!-- From here on written by ConfigurationPageTest. -->\n";

    @Test
    void shouldTellEveryKeyAsItIs() throws IOException {
        String page = Files.readString(PAGE);
        String wanted = page.substring(0, page.indexOf(MARK)) + MARK + tables();
        if (Boolean.getBoolean("sightline.write-docs")) {
            Files.writeString(PAGE, wanted);
        }

        assertThat(Files.readString(PAGE))
                .as("run this test with -Dsightline.write-docs=true and commit the page")
                .isEqualTo(wanted);
    }

    private static String tables() {
        var page = new StringBuilder();
        table(page, "hub", HubSettings.class);
        table(page, "ports", PortSettings.class);
        table(page, "store", StoreSettings.class);
        table(page, "retention", RetentionSettings.class);
        table(page, "retention.clips", RetentionSettings.Clips.class);
        table(page, "counting", CountingSettings.class);
        table(page, "inbound-webhooks.<name>", InboundWebhookKeys.class);
        table(page, "detectors.<id>", DetectorSettings.class);
        table(page, "detectors.<id>.input", InputSettings.class);
        table(page, "cameras.<id>", CameraSettings.class);
        table(page, "cameras.<id>.streams", StreamKeys.class);
        table(page, "cameras.<id>.decode", DecodeKeys.class);
        table(page, "cameras.<id>.require", RequireKeys.class);
        table(page, "cameras.<id>.motion", MotionKeys.class);
        table(page, "cameras.<id>.motion.masks.<id>", OutlineKeys.class);
        table(page, "cameras.<id>.usb", UsbKeys.class);
        table(page, "cameras.<id>.clips", ClipKeys.class);
        table(page, "cameras.<id>.zones.<id>", ZoneKeys.class);
        table(page, "cameras.<id>.lines.<id>", LineKeys.class);
        table(page, "cameras.<id>.filters.<label>", FilterKeys.class);
        table(page, "cameras.<id>.masks.<id>", OutlineKeys.class);
        table(page, "cameras.<id>.ground", GroundKeys.class);
        table(page, "cameras.<id>.near-miss", NearMissKeys.class);
        table(page, "cameras.<id>.privacy", PrivacyKeys.class);
        table(page, "cameras.<id>.privacy.regions.<id>", OutlineKeys.class);
        table(page, "sinks.<id>", SinkSettings.class);
        table(page, "sinks.<id>.retry", SinkSettings.Retry.class);
        page.append("\n## `sightline.camera-defaults`\n\nHolds for every camera that does not say otherwise: `")
                .append(String.join("`, `", RecordReader.sharedKeys(CameraSettings.class)))
                .append("`.\n");
        return page.toString();
    }

    private static void table(StringBuilder page, String place, Class<?> type) {
        page.append("\n## `sightline.")
                .append(place)
                .append("`\n\n| key | type | default | takes effect | meaning |\n|---|---|---|---|---|\n");
        for (RecordComponent component : type.getRecordComponents()) {
            Setting setting = component.getAnnotation(Setting.class);
            if (setting != null) {
                page.append(String.format(
                        "| `%s` | %s | %s | %s | %s |%n",
                        RecordReader.key(component),
                        type(component, setting),
                        standard(component, setting),
                        setting.restart() ? "restart" : "live",
                        setting.value()));
            }
        }
    }

    private static String standard(RecordComponent component, Setting setting) {
        boolean mayMiss =
                (Set.of(Optional.class, List.class, Set.class, Map.class).contains(component.getType())
                                || isKeys(component.getType()))
                        && !Set.of("polygon", "points", "metres").contains(component.getName());
        if (Record.class.isAssignableFrom(component.getType()) && component.getType() != Point.class) {
            return "see below";
        }
        if (setting.standard().isEmpty()) {
            return mayMiss || setting.items() != Record.class ? "none" : "**required**";
        }
        return "`" + setting.standard() + "`";
    }

    private static String type(RecordComponent component, Setting setting) {
        Class<?> type = component.getType();
        if (type == Optional.class && setting.items() == Record.class) {
            type = (Class<?>) ((ParameterizedType) component.getGenericType()).getActualTypeArguments()[0];
        }
        if (setting.oneOf().length > 0) {
            return "`" + String.join("`, `", setting.oneOf()) + "`";
        } else if (!Words.of(setting).isEmpty()) {
            return "word";
        } else if (setting.items() != Record.class) {
            return type == List.class ? "items by id" : "keys below";
        } else if (isKeys(type)) {
            return "keys below";
        } else if (component.getGenericType().getTypeName().endsWith("<java.lang.Double>")) {
            return "list of numbers";
        } else if (component.getGenericType().getTypeName().endsWith("java.lang.Integer>")) {
            return "whole numbers by name";
        } else if (component.getName().equals("metres")) {
            return "list of places";
        } else if (setting.unit() != Setting.Unit.NONE) {
            return setting.unit().name().toLowerCase(java.util.Locale.ROOT) + range(setting);
        }
        if (Record.class.isAssignableFrom(type) && type != Point.class) {
            return "keys";
        }
        return NAMES.getOrDefault(type, "number" + range(setting));
    }

    private static boolean isKeys(Class<?> type) {
        return type.isRecord() && type != Point.class;
    }

    private static final Map<Class<?>, String> NAMES = Map.ofEntries(
            Map.entry(String.class, "text"),
            Map.entry(URI.class, "address"),
            Map.entry(Path.class, "file"),
            Map.entry(boolean.class, "`true`, `false`"),
            Map.entry(Set.class, "list of words"),
            Map.entry(List.class, "list of points"),
            Map.entry(Point.class, "point"),
            Map.entry(Duration.class, "time"),
            Map.entry(LocalTime.class, "time of the day"),
            Map.entry(ZoneId.class, "time zone"));

    private static String range(Setting setting) {
        if (setting.unit() == Setting.Unit.BYTES) {
            return "";
        }
        return ", " + plain(setting.min()) + " to " + plain(setting.max());
    }

    private static String plain(double number) {
        return number == Math.rint(number) ? String.valueOf((long) number) : String.valueOf(number);
    }
}
