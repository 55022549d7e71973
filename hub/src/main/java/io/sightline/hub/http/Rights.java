package io.sightline.hub.http;

import static io.sightline.hub.security.Role.ADMIN;
import static io.sightline.hub.security.Role.OPERATOR;
import static io.sightline.hub.security.Role.VIEWER;
import static io.sightline.hub.security.Scope.CAMERAS_READ;
import static io.sightline.hub.security.Scope.DETECTIONS_READ;
import static io.sightline.hub.security.Scope.EVENTS_READ;
import static io.sightline.hub.security.Scope.STATUS_READ;

import io.sightline.hub.security.Role;
import io.sightline.hub.security.Scope;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.http.HttpMethod;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;

/** Who may do what over HTTP on the main port: the one table. What has no row here is denied to everyone. */
final class Rights {
    private static final String API = "/api/v1";

    private static final List<Row> ROWS = List.of(
            open("GET", API + "/health"),
            open("POST", API + "/auth/login"),
            open("POST", API + "/auth/refresh"),
            open("GET", "/login"),
            open("GET", "/login.html"),
            open("GET", "/login/**"),
            open("GET", "/assets/**"),
            open("GET", "/favicon.ico"),
            anyone("GET", API + "/auth/me"),
            anyone("POST", API + "/auth/logout"),
            anyone("POST", API + "/auth/password"),
            read(API + "/cameras", CAMERAS_READ),
            read(API + "/cameras/{id}", CAMERAS_READ),
            read(API + "/cameras/{id}/history", CAMERAS_READ),
            row("POST", API + "/cameras", ADMIN),
            row("PUT", API + "/cameras/{id}", ADMIN),
            row("DELETE", API + "/cameras/{id}", ADMIN),
            row("GET", API + "/cameras/{id}/configuration", OPERATOR),
            row("PUT", API + "/cameras/{id}/configuration", ADMIN),
            row("GET", API + "/configuration/revisions", OPERATOR),
            row("GET", API + "/configuration/revisions/{revision}", OPERATOR),
            row("POST", API + "/configuration/revisions/{revision}/restore", ADMIN),
            read(API + "/cameras/{id}/snapshot", CAMERAS_READ),
            read(API + "/cameras/{id}/stream", CAMERAS_READ),
            row("POST", API + "/cameras/{id}/release", OPERATOR),
            row("GET", API + "/discovery/cameras", OPERATOR),
            read(API + "/detections", DETECTIONS_READ),
            read(API + "/detections/summary", DETECTIONS_READ),
            read(API + "/detections/{id}", DETECTIONS_READ),
            read(API + "/detections/{id}/snapshot", DETECTIONS_READ),
            read(API + "/detections/{id}/crop", DETECTIONS_READ),
            read(API + "/detections/{id}/clip", DETECTIONS_READ),
            new Row(
                    HttpMethod.POST,
                    API + "/detections/{id}/clip/link",
                    Set.of(Caller.authority(VIEWER), Caller.authority(DETECTIONS_READ.word()))),
            read(API + "/clips/{camera}/{name}", DETECTIONS_READ),
            open("GET", API + "/shared/clips/{camera}/{name}"),
            read(API + "/snapshots/{name}", DETECTIONS_READ),
            read(API + "/counts", DETECTIONS_READ),
            read(API + "/counts/history", DETECTIONS_READ),
            row("POST", API + "/counts/reset", OPERATOR),
            read(API + "/events", EVENTS_READ),
            read(API + "/ws/events", EVENTS_READ),
            read(API + "/ws/cameras/{id}/live", CAMERAS_READ),
            read(API + "/integrations", STATUS_READ),
            read(API + "/openapi.yaml", STATUS_READ),
            read(API + "/asyncapi.yaml", STATUS_READ),
            read(API + "/schemas/{kind}/{version}", STATUS_READ),
            row("GET", API + "/routes", VIEWER),
            row("POST", API + "/routes/{id}/start", OPERATOR),
            row("POST", API + "/routes/{id}/stop", OPERATOR),
            read(API + "/sinks", STATUS_READ),
            read(API + "/sinks/{id}", STATUS_READ),
            row("GET", API + "/dead-letters", OPERATOR),
            row("POST", API + "/dead-letters/replay", OPERATOR),
            row("POST", API + "/dead-letters/remove", OPERATOR),
            row("GET", API + "/dead-letters/{id}", OPERATOR),
            row("POST", API + "/dead-letters/{id}/replay", OPERATOR),
            row("DELETE", API + "/dead-letters/{id}", OPERATOR),
            row("GET", API + "/orphans", OPERATOR),
            row("DELETE", API + "/orphans/{queue}", OPERATOR),
            webhooks("GET", "/webhooks"),
            webhooks("POST", "/webhooks"),
            webhooks("GET", "/webhooks/{id}"),
            webhooks("PUT", "/webhooks/{id}"),
            webhooks("DELETE", "/webhooks/{id}"),
            webhooks("POST", "/webhooks/{id}/secret"),
            webhooks("POST", "/webhooks/{id}/test"),
            webhooks("GET", "/webhooks/{id}/deliveries"),
            webhooks("POST", "/webhooks/{id}/replay"),
            open("POST", API + "/hooks/{source}"), // signed
            row("GET", API + "/users", ADMIN),
            row("POST", API + "/users", ADMIN),
            row("GET", API + "/users/{id}", ADMIN),
            row("PUT", API + "/users/{id}", ADMIN),
            row("DELETE", API + "/users/{id}", ADMIN),
            row("GET", API + "/api-keys", ADMIN),
            row("POST", API + "/api-keys", ADMIN),
            row("DELETE", API + "/api-keys/{id}", ADMIN),
            row("GET", "/", VIEWER),
            row("GET", "/index.html", VIEWER),
            row("GET", "/console/**", VIEWER),
            row("GET", "/webjars/**", VIEWER),
            row("GET", "/hawtio", VIEWER));

    /** On the management port, by path below {@code /actuator}. Changing operations are judged by Jolokia's policy too. */
    private static final List<Row> MANAGEMENT_ROWS = List.of(
            row("GET", "/actuator/health/**", VIEWER),
            row("GET", "/actuator/prometheus", VIEWER),
            row("GET", "/actuator/hawtio/**", OPERATOR),
            row("POST", "/actuator/hawtio/**", OPERATOR),
            row("GET", "/actuator/jolokia/**", OPERATOR),
            row("POST", "/actuator/jolokia/**", OPERATOR),
            row("GET", "/actuator", OPERATOR),
            row("GET", "/hawtio/**", OPERATOR),
            row("GET", "/", OPERATOR));

    /**
     * One row.
     *
     * @param authorities any of them is enough; empty: open to everyone
     */
    record Row(HttpMethod method, String path, Set<String> authorities) {
        boolean open() {
            return authorities.isEmpty();
        }
    }

    private static final Set<String> PASSWORD_CHANGE =
            Set.of("GET " + API + "/auth/me", "POST " + API + "/auth/password", "POST " + API + "/auth/logout");

    private Rights() {}

    static List<Row> main() {
        return ROWS;
    }

    static List<Row> management() {
        return MANAGEMENT_ROWS;
    }

    /** Whether a console session that has to set a new password may do this on the main port. */
    static boolean duringPasswordChange(HttpServletRequest request) {
        return ROWS.stream()
                .filter(row -> row.open() || PASSWORD_CHANGE.contains(row.method() + " " + row.path()))
                .anyMatch(row -> PathPatternRequestMatcher.withDefaults()
                        .matcher(row.method(), row.path())
                        .matches(request));
    }

    /** @param path as in the mapping, with names in braces */
    static Optional<Row> find(String method, String path) {
        return ROWS.stream()
                .filter(row -> row.method().name().equals(method) && row.path().equals(path))
                .findFirst();
    }

    private static Row open(String method, String path) {
        return new Row(HttpMethod.valueOf(method), path, Set.of());
    }

    private static Row anyone(String method, String path) {
        return new Row(
                HttpMethod.valueOf(method),
                path,
                Stream.of(Role.values()).map(Caller::authority).collect(Collectors.toUnmodifiableSet()));
    }

    private static Row read(String path, Scope scope) {
        return new Row(HttpMethod.GET, path, Set.of(Caller.authority(VIEWER), Caller.authority(scope.word())));
    }

    private static Row webhooks(String method, String path) {
        return new Row(
                HttpMethod.valueOf(method),
                API + path,
                Set.of(Caller.authority(ADMIN), Caller.authority(Scope.WEBHOOKS.word())));
    }

    private static Row row(String method, String path, Role least) {
        return new Row(HttpMethod.valueOf(method), path, Set.of(Caller.authority(least)));
    }
}
