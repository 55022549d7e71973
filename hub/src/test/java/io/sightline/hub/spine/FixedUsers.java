package io.sightline.hub.spine;

import io.sightline.hub.security.HubUser;
import io.sightline.hub.security.HubUsers;
import io.sightline.hub.security.Role;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** One user per role, named like it; the password is the name and {@code -pw}, until it is changed. */
public final class FixedUsers implements HubUsers {
    private final Map<String, HubUser> users = new ConcurrentHashMap<>();
    private final Map<String, String> passwords = new ConcurrentHashMap<>();
    final AtomicInteger asked = new AtomicInteger();

    public FixedUsers() {
        for (Role role : Role.values()) {
            add(role.word(), role);
        }
    }

    void add(String name, Role role) {
        users.put(name, new HubUser("id-" + name, name, "", Set.of(role), false));
        passwords.put(name, name + "-pw");
    }

    void password(String name, String password) {
        passwords.put(name, password);
    }

    @Override
    public Optional<HubUser> authenticate(String username, String password, String address) {
        asked.incrementAndGet();
        return password.equals(passwords.get(username)) ? find(username) : Optional.empty();
    }

    @Override
    public Optional<HubUser> find(String username) {
        return Optional.ofNullable(users.get(username));
    }
}
