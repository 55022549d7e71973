package io.sightline.hub.security;

import io.sightline.hub.data.DataFolder;
import java.time.Clock;
import java.util.Optional;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Builds users, keys and logins from the data folder. */
@Configuration(proxyBeanMethods = false)
class UsersConfiguration {

    @Bean
    FileUsers hubUsers(DataFolder data, Clock clock) {
        Optional<String> password = Optional.ofNullable(System.getenv("SIGHTLINE_ADMIN_PASSWORD"));
        return new FileUsers(data, password.filter(text -> !text.isEmpty()), clock);
    }

    @Bean
    ApiKeys apiKeys(DataFolder data, Clock clock) {
        return new ApiKeys(data, clock);
    }

    @Bean
    Logins logins(DataFolder data, FileUsers users, Clock clock) {
        return new Logins(data, users, clock);
    }
}
