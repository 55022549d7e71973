package io.sightline.hub.api;

import static io.sightline.hub.api.DetectionOperations.text;
import static io.sightline.hub.api.DetectionOperations.time;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sightline.hub.counts.CountFilter;
import io.sightline.hub.counts.CountKind;
import io.sightline.hub.counts.CountNow;
import io.sightline.hub.counts.CountPeriod;
import io.sightline.hub.counts.CountSeries;
import io.sightline.hub.counts.CountStore;
import io.sightline.hub.counts.HistoryQuery;
import io.sightline.hub.counts.HistoryQuery.Bucket;
import io.sightline.hub.http.ProblemException;
import java.io.IOException;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.camel.Body;
import org.apache.camel.Headers;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The operations on counts. Words and ranges are checked against the contract before. */
public final class CountOperations {
    private static final Logger LOG = LoggerFactory.getLogger(CountOperations.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Map<Bucket, Duration> USUAL =
            Map.of(Bucket.HOUR, Duration.ofDays(1), Bucket.DAY, Duration.ofDays(30));
    private static final Map<Bucket, Duration> LONGEST =
            Map.of(Bucket.HOUR, Duration.ofDays(31), Bucket.DAY, Duration.ofDays(3660));
    private static final double THOUSAND = 1000;

    private final CountStore counts;
    private final Supplier<ZoneId> zone;
    private final Clock clock;

    /** @param zone by which days begin where the caller does not say */
    CountOperations(CountStore counts, Supplier<ZoneId> zone, Clock clock) {
        this.counts = counts;
        this.zone = zone;
        this.clock = clock;
    }

    public Map<String, Object> list(@Headers Map<String, Object> parameters) {
        return Map.of(
                "counts",
                counts.now(filter(parameters)).stream()
                        .map(CountOperations::view)
                        .toList());
    }

    private static Map<String, @Nullable Object> view(CountNow count) {
        Map<String, @Nullable Object> view = view(count.series());
        view.put("current", count.current());
        view.put("in", count.in());
        view.put("out", count.out());
        view.put("reset_at", count.reset().orElse(null));
        return view;
    }

    private static Map<String, @Nullable Object> view(CountSeries series) {
        var view = new LinkedHashMap<String, @Nullable Object>();
        view.put("camera_id", series.camera());
        view.put("kind", series.kind().word());
        view.put("name", series.name());
        view.put("label", series.label());
        return view;
    }

    public Map<String, Object> history(@Headers Map<String, Object> parameters) {
        HistoryQuery query = query(parameters);
        List<CountPeriod> history = counts.history(query)
                .orElseThrow(() -> new ProblemException(
                        400, "More than " + CountStore.MOST + " hours of all series together; ask for less at once."));
        var answer = new LinkedHashMap<String, Object>();
        answer.put("bucket", query.bucket() == Bucket.DAY ? "day" : "hour");
        answer.put("time_zone", query.zone().getId());
        answer.put("history", history.stream().map(CountOperations::view).toList());
        return answer;
    }

    private static Map<String, @Nullable Object> view(CountPeriod period) {
        var view = new LinkedHashMap<String, @Nullable Object>();
        view.put("start", period.start());
        view.putAll(view(period.series()));
        view.put("in", period.in());
        view.put("out", period.out());
        boolean line = period.series().kind() == CountKind.LINE;
        view.put("peak", line ? null : period.peak());
        view.put("average", line ? null : Math.round(period.average() * THOUSAND) / THOUSAND);
        return view;
    }

    private HistoryQuery query(Map<String, Object> parameters) {
        Bucket bucket = "day".equals(text(parameters, "bucket")) ? Bucket.DAY : Bucket.HOUR;
        Instant end = time(parameters, "end_time");
        Instant to = end == null ? clock.instant() : end;
        Instant start = time(parameters, "start_time");
        Instant from = start == null ? to.minus(USUAL.get(bucket)) : start;
        if (!from.isBefore(to)) {
            throw new ProblemException(400, "start_time has to be before end_time.");
        }
        Duration longest = LONGEST.get(bucket);
        if (Duration.between(from, to).compareTo(longest) > 0) {
            throw new ProblemException(
                    400,
                    "From start_time to end_time are more than " + longest.toDays() + " days; ask for less at once.");
        }
        return new HistoryQuery(filter(parameters), bucket, from, to, zone(text(parameters, "time_zone")));
    }

    private ZoneId zone(@Nullable String name) {
        try {
            return name == null ? zone.get() : ZoneId.of(name);
        } catch (DateTimeException e) {
            throw new ProblemException(400, "time_zone: a time zone is needed, for example Europe/Berlin.");
        }
    }

    public Map<String, Object> reset(@Body byte[] body) {
        JsonNode wanted = json(body);
        var filter = new CountFilter(
                field(wanted, "camera_id"),
                field(wanted, "kind").map(CountKind::of),
                field(wanted, "name"),
                field(wanted, "label"));
        if (filter.name().isPresent() && filter.kind().isEmpty()) {
            throw new ProblemException(400, "name: needs kind beside it, because a zone and a line may have the same.");
        }
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS); // as it is stored
        int reset = counts.reset(filter, now);
        LOG.atInfo()
                .addKeyValue("caller", CallerArgument.current().getName())
                .addKeyValue("filter", filter)
                .addKeyValue("counts", reset)
                .log("counts were reset through REST");
        return Map.of("reset", reset, "reset_at", now);
    }

    private static CountFilter filter(Map<String, Object> parameters) {
        return new CountFilter(
                Optional.ofNullable(text(parameters, "camera_id")),
                Optional.ofNullable(text(parameters, "kind")).map(CountKind::of),
                Optional.ofNullable(text(parameters, "name")),
                Optional.ofNullable(text(parameters, "label")));
    }

    private static Optional<String> field(JsonNode node, String name) {
        return node.hasNonNull(name) ? Optional.of(node.path(name).asText()) : Optional.empty();
    }

    private static JsonNode json(byte[] body) {
        try {
            return JSON.readTree(body);
        } catch (IOException e) {
            throw new ProblemException(400, "The body is not JSON.");
        }
    }
}
