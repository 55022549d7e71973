package io.sightline.hub.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sightline.hub.http.ProblemException;
import io.sightline.hub.security.Account;
import io.sightline.hub.security.AccountChange;
import io.sightline.hub.security.ApiKeyView;
import io.sightline.hub.security.ApiKeys;
import io.sightline.hub.security.FileUsers;
import io.sightline.hub.security.NewAccount;
import io.sightline.hub.security.Role;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.camel.Body;
import org.apache.camel.Header;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The operations on users and API keys, for administrators. Bodies are checked against the contract before. */
public final class AccountOperations {
    private static final Logger LOG = LoggerFactory.getLogger(AccountOperations.class);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final FileUsers users;
    private final ApiKeys keys;

    AccountOperations(FileUsers users, ApiKeys keys) {
        this.users = users;
        this.keys = keys;
    }

    public Map<String, Object> users() {
        return Map.of("users", users.all().stream().map(AccountOperations::view).toList());
    }

    public Map<String, Object> user(@Header("id") String id) {
        return view(users.get(id));
    }

    public Map<String, Object> createUser(@Body byte[] body) {
        JsonNode wanted = json(body);
        Account made = users.create(new NewAccount(
                wanted.path("username").asText(),
                wanted.path("email").asText(""),
                roles(wanted.path("roles")),
                wanted.path("password").asText()));
        audit("made a user", made.id());
        return view(made);
    }

    public Map<String, Object> changeUser(@Header("id") String id, @Body byte[] body) {
        JsonNode wanted = json(body);
        Account changed = users.change(
                id,
                new AccountChange(
                        text(wanted, "email"),
                        wanted.has("roles") ? Optional.of(roles(wanted.path("roles"))) : Optional.empty(),
                        text(wanted, "password"),
                        wanted.has("disabled")
                                ? Optional.of(wanted.path("disabled").asBoolean())
                                : Optional.empty()));
        audit("changed a user", id);
        return view(changed);
    }

    public void deleteUser(@Header("id") String id) {
        users.delete(id);
        audit("removed a user", id);
    }

    public Map<String, Object> keys() {
        return Map.of(
                "api_keys", keys.all().stream().map(AccountOperations::view).toList());
    }

    public Map<String, @Nullable Object> createKey(@Body byte[] body) {
        JsonNode wanted = json(body);
        var scopes = new LinkedHashSet<String>();
        wanted.path("scopes").forEach(scope -> scopes.add(scope.asText()));
        ApiKeys.Made made = keys.create(
                wanted.path("name").asText(), scopes, text(wanted, "expires").map(AccountOperations::time));
        audit("made an API key", made.key().id());
        Map<String, @Nullable Object> view = view(made.key());
        view.put("key", made.secret());
        return view;
    }

    public void deleteKey(@Header("id") String id) {
        keys.delete(id);
        audit("removed an API key", id);
    }

    private static void audit(String what, String id) {
        LOG.atInfo()
                .addKeyValue("caller", CallerArgument.current().getName())
                .addKeyValue("id", id)
                .log(what);
    }

    private static Map<String, Object> view(Account account) {
        var view = new LinkedHashMap<String, Object>();
        view.put("id", account.id());
        view.put("username", account.username());
        view.put("email", account.email());
        view.put("roles", account.roles().stream().map(Role::word).sorted().toList());
        view.put("must_change_password", account.mustChangePassword());
        view.put("disabled", account.disabled());
        view.put("created", account.created());
        return view;
    }

    private static Map<String, @Nullable Object> view(ApiKeyView key) {
        var view = new LinkedHashMap<String, @Nullable Object>();
        view.put("id", key.id());
        view.put("name", key.name());
        view.put("scopes", key.scopes().stream().sorted().toList());
        view.put("created", key.created());
        view.put("expires", key.expires());
        return view;
    }

    private static Set<Role> roles(JsonNode words) {
        var roles = new LinkedHashSet<Role>();
        words.forEach(word -> roles.add(Role.valueOf(word.asText().toUpperCase(Locale.ROOT))));
        return roles;
    }

    private static Optional<String> text(JsonNode node, String name) {
        return node.hasNonNull(name) ? Optional.of(node.path(name).asText()) : Optional.empty();
    }

    private static Instant time(String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw new ProblemException(400, "expires: a time as in RFC 3339 is needed.");
        }
    }

    private static JsonNode json(byte[] body) {
        try {
            return JSON.readTree(body);
        } catch (IOException e) {
            throw new ProblemException(400, "The body is not JSON.");
        }
    }
}
