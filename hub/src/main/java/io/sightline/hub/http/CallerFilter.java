package io.sightline.hub.http;

import io.sightline.hub.security.ApiKeys;
import io.sightline.hub.security.FileUsers;
import io.sightline.hub.security.HubUser;
import io.sightline.hub.security.LoginResult;
import io.sightline.hub.security.Logins;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.context.RequestAttributeSecurityContextRepository;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Finds out who calls: by {@code Authorization: Bearer}, by {@code X-API-Key}, by the console's cookie, and, where
 * allowed, by HTTP Basic. Wrong credentials end the request, a cookie that is over counts as none.
 */
final class CallerFilter extends OncePerRequestFilter {
    static final String KEY_HEADER = "X-API-Key";
    static final String COOKIE = "sightline_session";

    private static final int LONGEST_BASIC = 600;

    private final FileUsers users;
    private final Logins logins;
    private final ApiKeys keys;
    private final boolean management;
    private final RequestAttributeSecurityContextRepository contexts = new RequestAttributeSecurityContextRepository();

    /** @param management whether it is for the management port, where HTTP Basic is allowed */
    CallerFilter(FileUsers users, Logins logins, ApiKeys keys, boolean management) {
        this.users = users;
        this.logins = logins;
        this.keys = keys;
        this.management = management;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Optional<Caller> caller;
        if (byCookie(request)) {
            caller = cookie(request)
                    .flatMap(value -> logins.check(value, Logins.Use.CONSOLE))
                    .map(found -> Caller.of(found.user(), Optional.of(found.sessionId())));
        } else {
            caller = explicit(request);
            if (caller.isEmpty()) {
                Refusals.unauthorised(request, response);
                return;
            }
        }
        if (caller.isPresent() && byCookie(request) && mustChangeFirst(caller.get(), request)) {
            Refusals.passwordFirst(request, response);
            return;
        }
        caller.ifPresent(one -> {
            SecurityContext context = SecurityContextHolder.createEmptyContext();
            context.setAuthentication(one);
            SecurityContextHolder.setContext(context);
            contexts.saveContext(context, request, response);
        });
        chain.doFilter(request, response);
    }

    /** Programs may still read with the first password; a person at the console has to choose an own one before all else. */
    private boolean mustChangeFirst(Caller caller, HttpServletRequest request) {
        boolean must = caller.user().filter(HubUser::mustChangePassword).isPresent();
        return must && (management || !Rights.duringPasswordChange(request));
    }

    /** Whether nothing but a cookie can tell who calls: only then can another site have made the browser call. */
    static boolean byCookie(HttpServletRequest request) {
        return request.getHeader("Authorization") == null && request.getHeader(KEY_HEADER) == null;
    }

    static Optional<String> cookie(HttpServletRequest request) {
        Cookie[] cookies = request.getCookies();
        return cookies == null
                ? Optional.empty()
                : Arrays.stream(cookies)
                        .filter(cookie -> cookie.getName().equals(COOKIE))
                        .map(Cookie::getValue)
                        .findFirst();
    }

    private Optional<Caller> explicit(HttpServletRequest request) {
        String authorization = request.getHeader("Authorization");
        if (authorization == null) {
            return keys.check(request.getHeader(KEY_HEADER)).map(Caller::of);
        }
        if (authorization.regionMatches(true, 0, "Bearer ", 0, 7)) {
            return logins.check(authorization.substring(7).trim(), Logins.Use.API)
                    .map(found -> Caller.of(found.user(), Optional.of(found.sessionId())));
        }
        if (management && authorization.regionMatches(true, 0, "Basic ", 0, 6)) {
            return basic(authorization.substring(6).trim(), request.getRemoteAddr());
        }
        return Optional.empty();
    }

    private Optional<Caller> basic(String encoded, String address) {
        if (encoded.length() > LONGEST_BASIC) {
            return Optional.empty();
        }
        String pair;
        try {
            pair = new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        int colon = pair.indexOf(':');
        return colon > 0
                        && users.login(pair.substring(0, colon), pair.substring(colon + 1), address)
                                instanceof LoginResult.Accepted accepted
                ? Optional.of(Caller.of(accepted.user(), Optional.empty()))
                : Optional.empty();
    }
}
