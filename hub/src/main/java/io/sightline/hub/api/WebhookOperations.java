package io.sightline.hub.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sightline.hub.http.Caller;
import io.sightline.hub.http.ProblemException;
import io.sightline.hub.spine.Spine;
import io.sightline.hub.status.Integration;
import io.sightline.hub.status.IntegrationState;
import io.sightline.hub.status.Integrations;
import io.sightline.hub.webhooks.Attempt;
import io.sightline.hub.webhooks.Inbox;
import io.sightline.hub.webhooks.Webhook;
import io.sightline.hub.webhooks.WebhookHistory;
import io.sightline.hub.webhooks.WebhookReplays;
import io.sightline.hub.webhooks.WebhookSettings;
import io.sightline.hub.webhooks.WebhookTests;
import io.sightline.hub.webhooks.Webhooks;
import io.sightline.processors.Event;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.apache.camel.Body;
import org.apache.camel.Header;
import org.apache.camel.Headers;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/** The operations on webhooks. Bodies are checked against the contract before; what is another's does not exist here. */
public final class WebhookOperations {
    private static final Logger LOG = LoggerFactory.getLogger(WebhookOperations.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int USUAL_LIMIT = 100;
    private static final int USUAL_OVERLAP_HOURS = 24;
    private static final double NANOS_PER_MILLI = 1e6;

    private final Parts parts;
    private final Inbox inbox;
    private final Spine spine;
    private final Integrations integrations;

    /** What is known of registered webhooks. */
    record Parts(Webhooks webhooks, WebhookHistory history, WebhookReplays replays, WebhookTests tests) {}

    WebhookOperations(Parts parts, Inbox inbox, Spine spine, Integrations integrations) {
        this.parts = parts;
        this.inbox = inbox;
        this.spine = spine;
        this.integrations = integrations;
    }

    public Map<String, Object> list() {
        Caller caller = CallerArgument.current();
        List<Map<String, @Nullable Object>> seen = asked(() -> parts.webhooks().all()).stream()
                .filter(webhook -> isOf(webhook, caller))
                .map(this::view)
                .toList();
        return Map.of("webhooks", seen);
    }

    public Map<String, @Nullable Object> get(@Header("id") String id) {
        return view(own(id));
    }

    public Map<String, @Nullable Object> create(@Body byte[] body) {
        JsonNode wanted = json(body);
        WebhookSettings none = new WebhookSettings("", "", Set.of(), List.of(), List.of());
        Webhook made = asked(() -> parts.webhooks().create(settings(wanted, none), owner(CallerArgument.current())));
        audit("registered a webhook", made.id());
        return withSecret(made);
    }

    public Map<String, @Nullable Object> change(@Header("id") String id, @Body byte[] body) {
        Webhook before = own(id);
        JsonNode wanted = json(body);
        boolean enabled = wanted.path("enabled").asBoolean(before.state().enabled());
        Webhook now = asked(() -> parts.webhooks().change(id, settings(wanted, before.settings()), enabled));
        audit("changed a webhook", id);
        return view(now);
    }

    public void delete(@Header("id") String id) throws InterruptedException {
        own(id);
        parts.webhooks().delete(id);
        audit("removed a webhook", id);
    }

    public Map<String, @Nullable Object> rotate(@Header("id") String id, @Body byte[] body) {
        own(id);
        Duration overlap = Duration.ofHours(json(body).path("overlap_hours").asInt(USUAL_OVERLAP_HOURS));
        Webhook now = asked(() -> parts.webhooks().rotate(id, overlap));
        audit("rotated the secret of a webhook", id);
        return withSecret(now);
    }

    public Map<String, @Nullable Object> test(@Header("id") String id) {
        Attempt attempt = parts.tests().send(own(id));
        audit("tried a webhook", id);
        return view(attempt);
    }

    public Map<String, Object> deliveries(@Header("id") String id, @Header("limit") @Nullable Integer limit) {
        Webhook webhook = own(id);
        int most = limit == null ? USUAL_LIMIT : limit;
        List<Attempt> attempts = asked(() -> parts.history().attempts(webhook, most));
        return Map.of(
                "deliveries", attempts.stream().map(WebhookOperations::view).toList());
    }

    public Map<String, @Nullable Object> replay(@Header("id") String id, @Body byte[] body) {
        Webhook webhook = own(id);
        JsonNode wanted = json(body);
        boolean one = wanted.has("event_id");
        boolean range = wanted.has("from") && wanted.has("to");
        if (one == range || one && wanted.size() > 1) {
            throw new ProblemException(
                    400, "Allowed is either event_id alone, or from and to, and after where it goes on.");
        }
        if (!webhook.state().enabled()) {
            throw new ProblemException(409, "The webhook is disabled; enable it first.");
        }
        var result = asked(() -> one
                ? one(webhook, wanted.path("event_id").asText())
                : parts.replays().range(webhook, range(wanted)));
        audit("replayed events to a webhook", id);
        var view = new LinkedHashMap<String, @Nullable Object>();
        view.put("events", result.events());
        view.put("next_after", result.last());
        return view;
    }

    private WebhookReplays.Result one(Webhook webhook, String eventId) {
        if (!parts.replays().one(webhook, eventId)) {
            throw new ProblemException(404, "The event is not kept (any more).");
        }
        return new WebhookReplays.Result(1, null);
    }

    private static WebhookReplays.Range range(JsonNode wanted) {
        Instant from = time(wanted, "from");
        Instant to = time(wanted, "to");
        if (!from.isBefore(to)) {
            throw new ProblemException(400, "from: a time before to is needed.");
        }
        return new WebhookReplays.Range(from, to, wanted.path("after").asText(null));
    }

    /** The sender has signed instead of logging in. */
    public Map<String, @Nullable Object> receive(
            @Header("source") String source, @Headers Map<String, Object> headers, @Body byte[] body) {
        var all = new TreeMap<String, List<String>>(String.CASE_INSENSITIVE_ORDER);
        headers.forEach((name, value) -> all.put(name, values(value)));
        Inbox.Receipt receipt = asked(() -> inbox.receive(source, all, body));
        switch (receipt.result()) {
            case UNTRUSTED -> throw new ProblemException(401, "The message is not signed by a source that is known.");
            case UNREADABLE ->
                throw new ProblemException(
                        400, "The body is not JSON, names a key twice, or is too large for an event.");
            default -> {
                var answer = new LinkedHashMap<String, @Nullable Object>();
                answer.put("event_id", receipt.eventId());
                answer.put("repeated", receipt.result() == Inbox.Result.REPEATED);
                return answer;
            }
        }
    }

    private static List<String> values(@Nullable Object value) {
        var values = new ArrayList<String>();
        if (value instanceof Iterable<?> several) {
            several.forEach(one -> values.add(String.valueOf(one)));
        } else if (value != null) {
            values.add(value.toString());
        }
        return values;
    }

    private Webhook own(String id) {
        Caller caller = CallerArgument.current();
        return asked(() -> parts.webhooks().find(id))
                .filter(webhook -> isOf(webhook, caller))
                .orElseThrow(() -> ProblemException.notFound("The webhook"));
    }

    private static boolean isOf(Webhook webhook, Caller caller) {
        return caller.isAdmin() || webhook.owner().id().equals(owner(caller).id());
    }

    private static Webhook.Owner owner(Caller caller) {
        String name = caller.getName();
        return new Webhook.Owner(caller.user().map(user -> user.id()).orElse(name), name);
    }

    private static <T> T asked(Supplier<T> question) {
        try {
            return question.get();
        } catch (Webhooks.RefusedException e) {
            throw new ProblemException(e.isFull() ? 409 : 422, String.valueOf(e.getMessage()));
        } catch (DataAccessException e) {
            throw new ProblemException(503, "The store is away; try again in a moment.");
        }
    }

    private static WebhookSettings settings(JsonNode wanted, WebhookSettings before) {
        return new WebhookSettings(
                wanted.path("url").asText(before.url()),
                wanted.path("description").asText(before.description()),
                wanted.has("kinds") ? kinds(wanted.path("kinds")) : before.kinds(),
                wanted.has("types") ? words(wanted.path("types")) : before.types(),
                wanted.has("cameras") ? words(wanted.path("cameras")) : before.cameras());
    }

    private static List<String> words(JsonNode list) {
        var words = new ArrayList<String>();
        list.forEach(word -> words.add(word.asText()));
        return words;
    }

    private static Set<Event.Kind> kinds(JsonNode list) {
        List<String> words = words(list);
        Set<Event.Kind> kinds = EnumSet.allOf(Event.Kind.class);
        kinds.removeIf(kind -> !words.contains(kind.word()));
        return kinds;
    }

    private Map<String, @Nullable Object> withSecret(Webhook webhook) {
        Map<String, @Nullable Object> view = view(webhook);
        view.put("secret", webhook.secret());
        return view;
    }

    private Map<String, @Nullable Object> view(Webhook webhook) {
        WebhookSettings settings = webhook.settings();
        Optional<Integration> sink = integrations.find("sink", webhook.sink());
        var view = new LinkedHashMap<String, @Nullable Object>();
        view.put("id", webhook.id());
        view.put("owner", webhook.owner().name());
        view.put("url", settings.url());
        view.put("description", settings.description());
        view.put(
                "kinds",
                settings.kinds().stream().map(Event.Kind::word).sorted().toList());
        view.put("types", settings.types());
        view.put("cameras", settings.cameras());
        view.put("enabled", webhook.state().enabled());
        view.put("state", sink.map(Integration::state).orElse(IntegrationState.ONLINE));
        view.put("code", sink.map(Integration::code).orElse(null));
        view.put("reason", sink.map(Integration::reason).orElse(null));
        view.put("waiting", spine.waiting(webhook.sink()));
        view.put("created", webhook.created());
        view.put("previous_secret_until", webhook.previousSecretUntil());
        return view;
    }

    private static Map<String, @Nullable Object> view(Attempt attempt) {
        var view = new LinkedHashMap<String, @Nullable Object>();
        view.put("event_id", attempt.eventId());
        view.put("type", attempt.type());
        view.put("attempt", attempt.number());
        view.put("replay", attempt.replay());
        view.put("at", attempt.at());
        view.put("outcome", attempt.end().outcome().name().toLowerCase(Locale.ROOT));
        view.put("status", attempt.end().status());
        view.put("duration_ms", attempt.end().took().toNanos() / NANOS_PER_MILLI);
        view.put("text", attempt.end().text());
        return view;
    }

    private static Instant time(JsonNode wanted, String name) {
        try {
            return OffsetDateTime.parse(wanted.path(name).asText()).toInstant();
        } catch (DateTimeException e) {
            throw new ProblemException(400, name + ": a time as in RFC 3339 is needed.");
        }
    }

    private static JsonNode json(byte[] body) {
        try {
            return JSON.readTree(body);
        } catch (IOException e) {
            throw new ProblemException(400, "The body is not JSON.");
        }
    }

    private static void audit(String what, String id) {
        LOG.atInfo()
                .addKeyValue("caller", CallerArgument.current().getName())
                .addKeyValue("id", id)
                .log(what);
    }
}
