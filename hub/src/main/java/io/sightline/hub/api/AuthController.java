package io.sightline.hub.api;

import io.sightline.hub.http.Caller;
import io.sightline.hub.http.ProblemException;
import io.sightline.hub.http.SessionCsrf;
import io.sightline.hub.security.FileUsers;
import io.sightline.hub.security.HubUser;
import io.sightline.hub.security.LoginResult;
import io.sightline.hub.security.Logins;
import io.sightline.hub.security.PasswordChange;
import io.sightline.hub.security.Role;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Login, refresh, logout, own password. A page of ours gets cookies as well, so that its scripts hold no token. */
@RestController
@RequestMapping("/api/v1/auth")
final class AuthController {
    private static final int LONGEST_NAME = 50;
    private static final int SHORTEST_NAME = 3;
    private static final int SHORTEST_PASSWORD = 8;
    private static final int LONGEST_TOKEN = 200;

    private final FileUsers users;
    private final Logins logins;
    private final SessionCsrf cookies;

    AuthController(FileUsers users, Logins logins, SessionCsrf cookies) {
        this.users = users;
        this.logins = logins;
        this.cookies = cookies;
    }

    record LoginRequest(@Nullable String username, @Nullable String password) {
        @Override
        public String toString() {
            return "LoginRequest";
        }
    }

    record RefreshRequest(@Nullable String refreshToken) {
        @Override
        public String toString() {
            return "RefreshRequest";
        }
    }

    record PasswordRequest(
            @Nullable String currentPassword, @Nullable String newPassword) {
        @Override
        public String toString() {
            return "PasswordRequest";
        }
    }

    record UserView(String id, String username, String email, List<String> roles, boolean mustChangePassword) {}

    record TokenView(String accessToken, String refreshToken, String tokenType, long expiresIn, UserView user) {
        @Override
        public String toString() {
            return "TokenView";
        }
    }

    @PostMapping(path = "/login", consumes = "application/json")
    ResponseEntity<TokenView> login(
            @RequestBody LoginRequest wanted, HttpServletRequest request, HttpServletResponse response) {
        String username = required(wanted.username(), SHORTEST_NAME, LONGEST_NAME, "username");
        String password = required(wanted.password(), SHORTEST_PASSWORD, LONGEST_TOKEN, "password");
        HubUser user = accepted(users.login(username, password, request.getRemoteAddr()), response);
        return open(user, request, response);
    }

    private ResponseEntity<TokenView> open(HubUser user, HttpServletRequest request, HttpServletResponse response) {
        Logins.Tokens tokens = logins.open(user);
        if (cookies.fromPage(request)) {
            cookies.open(request, response, logins.cookie(tokens.sessionId(), user));
        }
        return answer(tokens);
    }

    private static HubUser accepted(LoginResult result, HttpServletResponse response) {
        if (result instanceof LoginResult.Accepted accepted) {
            return accepted.user();
        }
        if (result instanceof LoginResult.Wait wait) {
            response.setHeader("Retry-After", String.valueOf(wait.patience().toSeconds() + 1));
            throw new ProblemException(429, "Too many wrong logins; wait as long as Retry-After says.");
        }
        throw new ProblemException(401, "User name or password is wrong.");
    }

    @PostMapping(path = "/refresh", consumes = "application/json")
    ResponseEntity<TokenView> refresh(@RequestBody RefreshRequest wanted) {
        String token = required(wanted.refreshToken(), 1, LONGEST_TOKEN, "refresh_token");
        return answer(logins.refresh(token)
                .orElseThrow(() -> new ProblemException(401, "The refresh token is not good any more; log in again.")));
    }

    private static ResponseEntity<TokenView> answer(Logins.Tokens tokens) {
        return ResponseEntity.ok()
                .cacheControl(CacheControl.noStore())
                .body(new TokenView(
                        tokens.accessToken(),
                        tokens.refreshToken(),
                        "Bearer",
                        Logins.ACCESS_LENGTH.toSeconds(),
                        view(tokens.user())));
    }

    @GetMapping("/me")
    Map<String, Object> me(Caller caller) {
        return Map.of("user", caller.user().map(AuthController::view).orElseGet(() -> program(caller)));
    }

    @PostMapping("/logout")
    ResponseEntity<Void> logout(Caller caller, HttpServletRequest request, HttpServletResponse response) {
        caller.sessionId().ifPresent(logins::end);
        cookies.close(request, response);
        return ResponseEntity.noContent().build();
    }

    /** Ends all sessions of the user but the new one that it answers with. */
    @PostMapping(path = "/password", consumes = "application/json")
    ResponseEntity<TokenView> password(
            @RequestBody PasswordRequest wanted,
            Caller caller,
            HttpServletRequest request,
            HttpServletResponse response) {
        HubUser user = caller.user().orElseThrow(() -> new ProblemException(403, "A key has no password."));
        String current = required(wanted.currentPassword(), 1, LONGEST_TOKEN, "current_password");
        String next = required(wanted.newPassword(), SHORTEST_PASSWORD, LONGEST_TOKEN, "new_password");
        LoginResult result =
                users.changePassword(user.username(), new PasswordChange(current, next), request.getRemoteAddr());
        if (result instanceof LoginResult.Refused) {
            throw new ProblemException(422, "The current password is wrong.");
        }
        accepted(result, response);
        return open(users.find(user.username()).orElseThrow(), request, response);
    }

    private static UserView view(HubUser user) {
        List<String> roles = user.roles().stream().map(Role::word).sorted().toList();
        return new UserView(user.id(), user.username(), user.email(), roles, user.mustChangePassword());
    }

    private static UserView program(Caller caller) {
        return new UserView(caller.getName(), caller.getName(), "", List.of(Role.INTEGRATION.word()), false);
    }

    private static String required(@Nullable String text, int least, int most, String name) {
        if (text == null || text.length() < least || text.length() > most) {
            throw new ProblemException(400, name + ": a text of " + least + " to " + most + " characters is needed.");
        }
        return text;
    }
}
