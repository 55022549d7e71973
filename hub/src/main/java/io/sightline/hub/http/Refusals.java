package io.sightline.hub.http;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.csrf.CsrfException;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;

/** Answers who is not, or not enough, logged in: a browser that wants a page is sent to the login, others get 401, 403. */
final class Refusals implements AuthenticationEntryPoint, AccessDeniedHandler {
    private final List<Rights.Row> rows;
    private final Function<HttpServletRequest, String> loginPage;

    /** @param loginPage address of the login for a request, which never depends on what the caller sent but its path */
    Refusals(List<Rights.Row> rows, Function<HttpServletRequest, String> loginPage) {
        this.rows = rows;
        this.loginPage = loginPage;
    }

    static String loginWithReturn(String prefix, String path) {
        return prefix + "/login" + (path.equals("/") ? "" : "?next=" + URLEncoder.encode(path, StandardCharsets.UTF_8));
    }

    @Override
    public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException reason)
            throws IOException {
        if (wantsPage(request)) {
            toPage(response, loginPage.apply(request));
            return;
        }
        unauthorised(request, response);
    }

    static void unauthorised(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setHeader("WWW-Authenticate", "Bearer");
        Problems.write(request, response, Problems.usual(HttpServletResponse.SC_UNAUTHORIZED));
    }

    /** Answers a person whose first password is not changed yet: pages lead to the login, which asks for a new one. */
    static void passwordFirst(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (wantsPage(request)) {
            toPage(response, "/login");
            return;
        }
        Problems.write(
                request,
                response,
                Problem.of(
                        HttpServletResponse.SC_FORBIDDEN,
                        "This session has to set a new password first, by POST /api/v1/auth/password."));
    }

    private static void toPage(HttpServletResponse response, String address) {
        response.setStatus(HttpServletResponse.SC_FOUND);
        response.setHeader("Location", address);
        response.setHeader("Cache-Control", "no-store");
    }

    private static boolean wantsPage(HttpServletRequest request) {
        String accept = request.getHeader("Accept");
        String path = request.getRequestURI();
        return request.getMethod().equals("GET")
                && accept != null
                && accept.contains("text/html")
                && !path.startsWith("/api/");
    }

    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response, AccessDeniedException reason)
            throws IOException {
        Problems.write(
                request,
                response,
                Problems.usual(reason instanceof CsrfException ? HttpServletResponse.SC_FORBIDDEN : status(request)));
    }

    /** What has no row is denied to all, but a caller who may look at all learns that it is not there. */
    private int status(HttpServletRequest request) {
        boolean path = false;
        for (Rights.Row row : rows) {
            if (PathPatternRequestMatcher.withDefaults().matcher(row.path()).matches(request)) {
                path = true;
                if (row.method().matches(request.getMethod())) {
                    return HttpServletResponse.SC_FORBIDDEN;
                }
            }
        }
        return path ? HttpServletResponse.SC_METHOD_NOT_ALLOWED : HttpServletResponse.SC_NOT_FOUND;
    }
}
