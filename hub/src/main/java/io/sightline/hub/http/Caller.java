package io.sightline.hub.http;

import io.sightline.hub.security.ApiKeyView;
import io.sightline.hub.security.HubUser;
import io.sightline.hub.security.Role;
import io.sightline.hub.security.Scope;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.core.authority.SimpleGrantedAuthority;

/** Who is calling: a user, or a program with a key. */
public final class Caller extends AbstractAuthenticationToken {
    private static final long serialVersionUID = 1L;

    private final String name;
    private final transient Optional<HubUser> user;
    private final transient Optional<String> sessionId;
    private final transient Optional<String> keyId;

    private Caller(
            String name,
            Stream<String> authorities,
            Optional<HubUser> user,
            Optional<String> sessionId,
            Optional<String> keyId) {
        super(authorities.map(SimpleGrantedAuthority::new).collect(Collectors.toUnmodifiableSet()));
        this.name = name;
        this.user = user;
        this.sessionId = sessionId;
        this.keyId = keyId;
        setAuthenticated(true);
    }

    static Caller of(HubUser user, Optional<String> sessionId) {
        return new Caller(
                user.username(),
                user.roles().stream().flatMap(Caller::included),
                Optional.of(user),
                sessionId,
                Optional.empty());
    }

    static Caller of(ApiKeyView key) {
        Stream<String> scopes = key.scopes().stream().map(Caller::authority);
        return new Caller(
                "key:" + key.id(),
                Stream.concat(scopes, Stream.of(authority(Role.INTEGRATION))),
                Optional.empty(),
                Optional.empty(),
                Optional.of(key.id()));
    }

    /** An admin may what an operator may, and an operator what a viewer may; a user who integrates has webhooks. */
    private static Stream<String> included(Role role) {
        return switch (role) {
            case ADMIN -> Stream.of(Role.ADMIN, Role.OPERATOR, Role.VIEWER).map(Caller::authority);
            case OPERATOR -> Stream.of(Role.OPERATOR, Role.VIEWER).map(Caller::authority);
            case INTEGRATION -> Stream.of(authority(role), authority(Scope.WEBHOOKS.word()));
            case VIEWER -> Stream.of(authority(role));
        };
    }

    static String authority(Role role) {
        return "ROLE_" + role.name();
    }

    static String authority(String scope) {
        return "SCOPE_" + scope;
    }

    public boolean may(Set<String> anyOf) {
        return getAuthorities().stream().anyMatch(one -> anyOf.contains(one.getAuthority()));
    }

    /** Empty for a program with a key. */
    public Optional<HubUser> user() {
        return user;
    }

    /** Empty where the caller did not log in before, but sent key or password. */
    public Optional<String> sessionId() {
        return sessionId;
    }

    public boolean isAdmin() {
        return may(Set.of(authority(Role.ADMIN)));
    }

    /** Empty for a user. */
    public Optional<String> keyId() {
        return keyId;
    }

    @Override
    public Object getCredentials() {
        return "";
    }

    @Override
    public Object getPrincipal() {
        return name;
    }
}
