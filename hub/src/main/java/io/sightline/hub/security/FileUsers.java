package io.sightline.hub.security;

import com.fasterxml.jackson.core.type.TypeReference;
import io.sightline.hub.data.DataFolder;
import io.sightline.hub.launcher.UsageException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The users, kept in one file of the data folder. Any thread; changes are on disk before the method returns. */
public final class FileUsers implements HubUsers {
    static final String ADMIN = "admin";
    static final int MOST = 1000;

    private static final Logger LOG = LoggerFactory.getLogger(FileUsers.class);
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._@-]{2,49}");
    private static final Pattern EMAIL = Pattern.compile("[^@\\s\\p{Cntrl}]{1,64}@[^@\\s\\p{Cntrl}]{1,189}");

    private final SecretFile file;
    private final SecretFile initialPassword;
    private final Passwords passwords = new Passwords();
    private final WrongLogins wrongLogins;
    private final Clock clock;
    /** By name in lower case; replaced whole on each change. */
    private volatile Map<String, StoredUser> users;

    /**
     * Reads the users; at the first start makes {@code admin}.
     *
     * @param adminPassword from the environment; empty: a random one, written to a file, to be changed at first login
     * @throws UsageException if the given password is not allowed
     */
    public FileUsers(DataFolder data, Optional<String> adminPassword, Clock clock) {
        this.file = new SecretFile(data.security().resolve("users.json"));
        this.initialPassword = new SecretFile(data.initialAdminPassword());
        this.clock = clock;
        this.wrongLogins = new WrongLogins(clock);
        this.users = index(file.readList(new TypeReference<List<StoredUser>>() {}));
        if (users.isEmpty()) {
            makeAdmin(adminPassword);
        }
    }

    private void makeAdmin(Optional<String> given) {
        try {
            given.ifPresent(Passwords::requireAllowed);
        } catch (AccountException e) {
            throw new UsageException("SIGHTLINE_ADMIN_PASSWORD: " + e.getMessage());
        }
        String password = given.orElseGet(passwords::invent);
        if (given.isEmpty()) {
            // Before the user: a crash in between leaves a password that is replaced, not a user nobody can be.
            initialPassword.write(password + "\n");
        }
        save(newUser(new NewAccount(ADMIN, "", Set.of(Role.ADMIN), password), given.isEmpty()));
    }

    private StoredUser newUser(NewAccount wanted, boolean mustChange) {
        Instant now = clock.instant();
        String hash = passwords.hash(wanted.password());
        String id = UUID.randomUUID().toString();
        return new StoredUser(id, wanted.username(), wanted.email(), wanted.roles(), hash, mustChange, false, now, now);
    }

    @Override
    public Optional<HubUser> authenticate(String username, String password, String address) {
        return login(username, password, address) instanceof LoginResult.Accepted accepted
                ? Optional.of(accepted.user())
                : Optional.empty();
    }

    /** As {@link #authenticate}, telling apart who has to wait. */
    public LoginResult login(String username, String password, String address) {
        String name = key(username.length() > 50 ? "" : username);
        Optional<Duration> wait = wrongLogins.waiting(name, address);
        if (wait.isPresent()) {
            return new LoginResult.Wait(wait.get());
        }
        StoredUser user = users.get(name);
        boolean known = user != null && !user.disabled();
        return switch (passwords.check(password, known ? user.password() : null)) {
            case BUSY -> new LoginResult.Wait(Duration.ofSeconds(1));
            case RIGHT -> {
                wrongLogins.right(name, address);
                yield new LoginResult.Accepted(user.user());
            }
            case WRONG -> {
                wrongLogins.wrong(name, address);
                LOG.atInfo().addKeyValue("address", address).log("refused a login");
                yield new LoginResult.Refused();
            }
        };
    }

    @Override
    public Optional<HubUser> find(String username) {
        return enabled(username).map(StoredUser::user);
    }

    /** @return when the user's sessions have to have begun at the earliest; empty if there is no such user */
    Optional<Instant> sessionsSince(String username) {
        return enabled(username).map(StoredUser::passwordChanged);
    }

    private Optional<StoredUser> enabled(String username) {
        return Optional.ofNullable(users.get(key(username))).filter(user -> !user.disabled());
    }

    public List<Account> all() {
        return users.values().stream()
                .sorted(Comparator.comparing(StoredUser::username))
                .map(FileUsers::account)
                .toList();
    }

    public Account get(String id) {
        return account(byId(id));
    }

    /** @throws AccountException if the name is taken or something is not allowed */
    public synchronized Account create(NewAccount wanted) {
        if (!NAME.matcher(wanted.username()).matches()) {
            throw new AccountException(
                    AccountException.Kind.INVALID,
                    "username: 3 to 50 of letters, digits, '.', '_', '@' and '-', the first a letter or digit");
        }
        requireEmail(wanted.email());
        requireRoles(wanted.roles());
        if (users.containsKey(key(wanted.username()))) {
            throw new AccountException(AccountException.Kind.CONFLICT, "username: there is a user of this name");
        }
        if (users.size() >= MOST) {
            throw new AccountException(AccountException.Kind.CONFLICT, "there are " + MOST + " users already");
        }
        StoredUser made = newUser(wanted, false);
        save(made);
        return account(made);
    }

    /** Changes what is present in the request; the last administrator stays one. */
    public synchronized Account change(String id, AccountChange wanted) {
        StoredUser before = byId(id);
        String email = wanted.email().orElse(before.email());
        Set<Role> roles = wanted.roles().orElse(before.roles());
        requireEmail(email);
        requireRoles(roles);
        StoredUser after = before.with(email, roles, wanted.disabled().orElse(before.disabled()));
        if (after.disabled() || !after.roles().contains(Role.ADMIN)) {
            requireAnotherAdmin(before);
        }
        if (wanted.password().isPresent()) {
            after = after.withPassword(passwords.hash(wanted.password().get()), false, clock.instant());
        }
        save(after);
        if (wanted.password().isPresent()) {
            forgetInitialPassword(after.username());
        }
        return account(after);
    }

    public synchronized void delete(String id) {
        StoredUser user = byId(id);
        requireAnotherAdmin(user);
        var left = new LinkedHashMap<>(users);
        left.remove(key(user.username()));
        store(left);
    }

    /** Sets the user's own new password and ends its sessions; the old one is checked like a login. */
    public LoginResult changePassword(String username, PasswordChange change, String address) {
        LoginResult result = login(username, change.current(), address);
        if (result instanceof LoginResult.Accepted) {
            if (change.wanted().equals(change.current())) {
                throw new AccountException(
                        AccountException.Kind.INVALID, "the new password is the same as the old one");
            }
            String hash = passwords.hash(change.wanted());
            replace(username, user -> user.withPassword(hash, false, clock.instant()));
        }
        return result;
    }

    private synchronized void replace(String username, UnaryOperator<StoredUser> change) {
        StoredUser user = enabled(username)
                .orElseThrow(() -> new AccountException(AccountException.Kind.MISSING, "the user is gone"));
        save(change.apply(user));
        forgetInitialPassword(username);
    }

    private void forgetInitialPassword(String username) {
        if (key(username).equals(ADMIN)) {
            initialPassword.delete();
        }
    }

    private static Account account(StoredUser user) {
        return new Account(
                user.id(),
                user.username(),
                user.email(),
                user.roles(),
                user.mustChangePassword(),
                user.disabled(),
                user.created());
    }

    private StoredUser byId(String id) {
        return users.values().stream()
                .filter(user -> user.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new AccountException(AccountException.Kind.MISSING, "no user has this id"));
    }

    private void requireAnotherAdmin(StoredUser one) {
        boolean other = users.values().stream()
                .anyMatch(user -> !user.id().equals(one.id())
                        && !user.disabled()
                        && user.roles().contains(Role.ADMIN));
        if (one.roles().contains(Role.ADMIN) && !one.disabled() && !other) {
            throw new AccountException(AccountException.Kind.CONFLICT, "this is the last administrator");
        }
    }

    private static void requireEmail(String email) {
        if (!email.isEmpty() && !EMAIL.matcher(email).matches()) {
            throw new AccountException(AccountException.Kind.INVALID, "email: not an e-mail address");
        }
    }

    private static void requireRoles(Set<Role> roles) {
        if (roles.isEmpty()) {
            throw new AccountException(AccountException.Kind.INVALID, "roles: a user has at least one");
        }
    }

    private synchronized void save(StoredUser user) {
        var next = new LinkedHashMap<>(users);
        next.put(key(user.username()), user);
        store(next);
    }

    private void store(Map<String, StoredUser> next) {
        file.writeList(List.copyOf(next.values()));
        users = Map.copyOf(next);
    }

    private static Map<String, StoredUser> index(List<StoredUser> list) {
        var byName = new LinkedHashMap<String, StoredUser>();
        list.forEach(user -> byName.put(key(user.username()), user));
        return Map.copyOf(byName);
    }

    private static String key(String username) {
        return username.toLowerCase(Locale.ROOT);
    }
}
