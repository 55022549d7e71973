package io.sightline.hub.http;

import io.sightline.hub.security.Logins;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.security.web.csrf.CsrfTokenRepository;
import org.springframework.security.web.csrf.DefaultCsrfToken;

/**
 * The console's cookies. The CSRF token is worked out from the session's cookie, so another program on the same host,
 * which can set cookies too, cannot make a pair that fits.
 */
public final class SessionCsrf implements CsrfTokenRepository {
    static final String HEADER = "X-XSRF-TOKEN";
    static final String COOKIE = "XSRF-TOKEN";
    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS", "TRACE");

    private final Logins logins;

    SessionCsrf(Logins logins) {
        this.logins = logins;
    }

    /** Requests that a page of another site could have made a browser send. */
    static boolean needed(HttpServletRequest request) {
        return !SAFE.contains(request.getMethod())
                && CallerFilter.byCookie(request)
                && CallerFilter.cookie(request).isPresent();
    }

    /** Whether the request comes from our own page, which sends this header, be it empty. */
    public boolean fromPage(HttpServletRequest request) {
        return request.getHeader(HEADER) != null;
    }

    /** Gives the browser its session. */
    public void open(HttpServletRequest request, HttpServletResponse response, String value) {
        write(response, cookie(request, CallerFilter.COOKIE, value).httpOnly(true));
        write(response, cookie(request, COOKIE, logins.boundTo(value)));
    }

    /** Makes the browser forget it. */
    public void close(HttpServletRequest request, HttpServletResponse response) {
        write(response, cookie(request, CallerFilter.COOKIE, "").httpOnly(true).maxAge(0));
        write(response, cookie(request, COOKIE, "").maxAge(0));
    }

    private static ResponseCookie.ResponseCookieBuilder cookie(HttpServletRequest request, String name, String value) {
        return ResponseCookie.from(name, value).path("/").sameSite("Strict").secure(request.isSecure());
    }

    private static void write(HttpServletResponse response, ResponseCookie.ResponseCookieBuilder cookie) {
        response.addHeader(HttpHeaders.SET_COOKIE, cookie.build().toString());
    }

    @Override
    public CsrfToken generateToken(HttpServletRequest request) {
        return new DefaultCsrfToken(
                HEADER, "_csrf", logins.boundTo(CallerFilter.cookie(request).orElse("")));
    }

    @Override
    public void saveToken(@Nullable CsrfToken token, HttpServletRequest request, HttpServletResponse response) {
        // Given to the browser together with the session, never later.
    }

    @Override
    public CsrfToken loadToken(HttpServletRequest request) {
        return generateToken(request);
    }
}
