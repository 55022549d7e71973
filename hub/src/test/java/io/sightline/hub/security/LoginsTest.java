package io.sightline.hub.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import io.sightline.hub.data.DataFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Date;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoginsTest {
    private static final String PASSWORD = "correct-horse";

    @TempDir
    Path folder;

    private final TestClock clock = new TestClock();
    private DataFolder data;
    private FileUsers users;
    private Logins logins;

    @BeforeEach
    void open() {
        data = new DataFolder(folder, "site-7", 1);
        users = new FileUsers(data, Optional.of(PASSWORD), clock);
        logins = new Logins(data, users, clock);
    }

    @Test
    void shouldMakeAdminWithTheGivenPasswordOnceAndKeepHashesInPrivateFiles() throws Exception {
        var again = new FileUsers(data, Optional.of("another-password"), clock);

        assertThat(again.login("admin", PASSWORD, "here")).isInstanceOf(LoginResult.Accepted.class);
        assertThat(data.initialAdminPassword()).doesNotExist();
        Path file = data.security().resolve("users.json");
        assertThat(Files.readString(file)).doesNotContain(PASSWORD).contains("{bcrypt}");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void shouldMakeARandomPasswordThatIsGoneOnceItIsChanged(@TempDir Path other) throws Exception {
        // Given
        var fresh = new DataFolder(other, "site-8", 1);
        var random = new FileUsers(fresh, Optional.empty(), clock);
        String first = Files.readString(fresh.initialAdminPassword()).strip();
        assertThat(random.authenticate("admin", first, "here"))
                .hasValueSatisfying(
                        user -> assertThat(user.mustChangePassword()).isTrue());
        // When
        random.changePassword("admin", new PasswordChange(first, PASSWORD), "here");
        // Then
        assertThat(fresh.initialAdminPassword()).doesNotExist();
        assertThat(random.authenticate("admin", first, "here")).isEmpty();
        assertThat(random.authenticate("admin", PASSWORD, "here"))
                .hasValueSatisfying(
                        user -> assertThat(user.mustChangePassword()).isFalse());
    }

    @Test
    void shouldForgetTheRandomPasswordWhenAnAdministratorSetsAnother(@TempDir Path other) {
        // Given
        var fresh = new DataFolder(other, "site-9", 1);
        var random = new FileUsers(fresh, Optional.empty(), clock);
        String id = random.find("admin").orElseThrow().id();
        random.change(id, change(Optional.empty(), Optional.empty()));
        assertThat(fresh.initialAdminPassword()).exists();
        // When
        random.change(id, change(Optional.of(PASSWORD), Optional.empty()));
        // Then
        assertThat(fresh.initialAdminPassword()).doesNotExist();
    }

    @Test
    void shouldKeepTokensOverARestartUntilTheyExpire() {
        // Given
        Logins.Tokens tokens = logins.open(admin());
        // When
        var restarted = new Logins(data, users, clock);
        // Then
        assertThat(restarted.check(tokens.accessToken(), Logins.Use.API)).isPresent();
        clock.pass(Logins.ACCESS_LENGTH.plusSeconds(1));
        assertThat(restarted.check(tokens.accessToken(), Logins.Use.API)).isEmpty();
        assertThat(restarted.refresh(tokens.refreshToken())).isPresent();
    }

    @Test
    void shouldEndTheSessionWhenAUsedRefreshTokenComesBack() {
        // Given
        Logins.Tokens first = logins.open(admin());
        Logins.Tokens second = logins.refresh(first.refreshToken()).orElseThrow();
        assertThat(logins.check(second.accessToken(), Logins.Use.API)).isPresent();
        // When
        var stolen = logins.refresh(first.refreshToken());
        // Then
        assertThat(stolen).isEmpty();
        assertThat(logins.refresh(second.refreshToken())).isEmpty();
        assertThat(logins.check(second.accessToken(), Logins.Use.API)).isEmpty();
        assertThat(new Logins(data, users, clock).refresh(second.refreshToken()))
                .as("after a restart as well")
                .isEmpty();
    }

    @Test
    void shouldRefuseForgedTokensAndThoseOfAnotherUse() throws Exception {
        Logins.Tokens good = logins.open(admin());
        JWTClaimsSet claims = SignedJWT.parse(good.accessToken()).getJWTClaimsSet();
        byte[] key = Files.readAllBytes(data.security().resolve("signing-key"));
        var wrongIssuer = new JWTClaimsSet.Builder(claims).issuer("urn:other").build();
        var noEnd = new JWTClaimsSet.Builder(claims).expirationTime(null).build();
        var future = new JWTClaimsSet.Builder(claims)
                .notBeforeTime(Date.from(clock.instant().plus(Duration.ofMinutes(5))))
                .build();

        assertThat(logins.check(signed(claims, key, JWSAlgorithm.HS256), Logins.Use.API))
                .as("the way to sign is right")
                .isPresent();
        assertThat(logins.check(new PlainJWT(claims).serialize(), Logins.Use.API))
                .isEmpty();
        assertThat(logins.check(signed(claims, new byte[32], JWSAlgorithm.HS256), Logins.Use.API))
                .isEmpty();
        assertThat(logins.check(signed(wrongIssuer, key, JWSAlgorithm.HS256), Logins.Use.API))
                .isEmpty();
        assertThat(logins.check(signed(noEnd, key, JWSAlgorithm.HS256), Logins.Use.API))
                .isEmpty();
        assertThat(logins.check(signed(future, key, JWSAlgorithm.HS256), Logins.Use.API))
                .isEmpty();
        assertThat(logins.check(good.accessToken(), Logins.Use.CONSOLE)).isEmpty();
        assertThat(logins.check(logins.cookie(good.sessionId(), good.user()), Logins.Use.API))
                .isEmpty();
        assertThat(logins.check("x".repeat(100_000), Logins.Use.API)).isEmpty();
    }

    @Test
    void shouldEndSessionsOfWhoIsDisabledOrHasANewPassword() {
        // Given
        Account anna = users.create(new NewAccount("anna", "", Set.of(Role.VIEWER), "password-of-anna"));
        String token = logins.open(users.find("anna").orElseThrow()).accessToken();
        assertThat(logins.check(token, Logins.Use.API)).isPresent();
        // When
        clock.pass(Duration.ofSeconds(1));
        users.change(anna.id(), change(Optional.of("new-password-of-anna"), Optional.empty()));
        // Then
        assertThat(logins.check(token, Logins.Use.API)).isEmpty();
        String next = logins.open(users.find("anna").orElseThrow()).accessToken();
        users.change(anna.id(), change(Optional.empty(), Optional.of(true)));
        assertThat(logins.check(next, Logins.Use.API)).isEmpty();
    }

    @Test
    void shouldKeepTheLastAdministrator() {
        String id = users.find("admin").orElseThrow().id();

        assertThatThrownBy(() -> users.delete(id)).hasMessageContaining("last administrator");
        assertThatThrownBy(() -> users.change(id, change(Optional.empty(), Optional.of(true))))
                .hasMessageContaining("last administrator");
    }

    @Test
    void shouldCheckKeysByTheirHashUntilTheyExpire() throws Exception {
        // Given
        var keys = new ApiKeys(data, clock);
        ApiKeys.Made made = keys.create(
                "plant", Set.of("events:read"), Optional.of(clock.instant().plusSeconds(60)));
        // When, Then
        assertThat(Files.readString(data.security().resolve("api-keys.json")))
                .doesNotContain(made.secret().substring(20));
        assertThat(new ApiKeys(data, clock).check(made.secret())).isPresent();
        assertThat(keys.check(made.secret().substring(0, made.secret().length() - 1) + "x"))
                .isEmpty();
        assertThat(keys.check("")).isEmpty();
        clock.pass(Duration.ofSeconds(61));
        assertThat(keys.check(made.secret())).isEmpty();
        assertThatThrownBy(() -> keys.create("x", Set.of("admin:all"), Optional.empty()))
                .isInstanceOf(AccountException.class);
    }

    private HubUser admin() {
        return users.find("admin").orElseThrow();
    }

    private static AccountChange change(Optional<String> password, Optional<Boolean> disabled) {
        return new AccountChange(Optional.empty(), Optional.empty(), password, disabled);
    }

    private static String signed(JWTClaimsSet claims, byte[] key, JWSAlgorithm algorithm) throws Exception {
        var jwt = new SignedJWT(new JWSHeader(algorithm), claims);
        jwt.sign(new MACSigner(key));
        return jwt.serialize();
    }
}
