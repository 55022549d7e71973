package io.sightline.hub.http;

import io.sightline.hub.security.ApiKeys;
import io.sightline.hub.security.FileUsers;
import io.sightline.hub.security.Logins;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletContext;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.csrf.CsrfFilter;
import org.springframework.security.web.csrf.CsrfTokenRequestAttributeHandler;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;

/**
 * One filter chain for each port. The management port has a web server of its own but shares this chain proxy; requests
 * are told apart by their servlet context, and whatever has no row in {@link Rights} is denied.
 */
@Configuration(proxyBeanMethods = false)
@EnableWebSecurity
class SecurityConfiguration {
    private static final String CONSOLE_POLICY = "default-src 'self'; img-src 'self' data: blob:; connect-src 'self'; "
            + "media-src 'self' blob:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
    /** Hawtio makes styles at run time. */
    private static final String MANAGEMENT_POLICY = "default-src 'self'; img-src 'self' data: blob:; "
            + "style-src 'self' 'unsafe-inline'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; font-src 'self' data:; "
            + "worker-src 'self' blob:; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'";

    @Bean
    SessionCsrf sessionCsrf(Logins logins) {
        return new SessionCsrf(logins);
    }

    @Bean
    Ports ports() {
        return new Ports();
    }

    @Bean
    @Order(1)
    SecurityFilterChain mainPort(HttpSecurity http, ServletContext main, SessionCsrf csrf, Callers callers)
            throws Exception {
        http.securityMatcher(request -> request.getServletContext() == main);
        common(http, csrf, callers.filter(false));
        rights(http, Rights.main());
        var refusals = new Refusals(Rights.main(), request -> Refusals.loginWithReturn("", request.getRequestURI()));
        http.exceptionHandling(it -> it.authenticationEntryPoint(refusals).accessDeniedHandler(refusals));
        http.headers(it -> it.contentSecurityPolicy(policy -> policy.policyDirectives(CONSOLE_POLICY)));
        return http.build();
    }

    @Bean
    @Order(2)
    SecurityFilterChain managementPort(HttpSecurity http, Ports ports, SessionCsrf csrf, Callers callers)
            throws Exception {
        http.securityMatcher(request -> true);
        common(http, csrf, callers.filter(true));
        rights(http, Rights.management());
        var refusals =
                new Refusals(Rights.management(), request -> Refusals.loginWithReturn(ports.main(request), "/hawtio"));
        http.exceptionHandling(it -> it.authenticationEntryPoint(refusals).accessDeniedHandler(refusals));
        http.headers(it -> it.contentSecurityPolicy(policy -> policy.policyDirectives(MANAGEMENT_POLICY)));
        return http.build();
    }

    @Bean
    Callers callers(FileUsers users, Logins logins, ApiKeys keys) {
        return management -> new CallerFilter(users, logins, keys, management);
    }

    /** Makes the filter that finds out who calls; not a bean itself, or the server would run it outside the chain. */
    interface Callers {
        CallerFilter filter(boolean management);
    }

    private static void common(HttpSecurity http, SessionCsrf csrf, CallerFilter callers) throws Exception {
        http.sessionManagement(it -> it.sessionCreationPolicy(SessionCreationPolicy.STATELESS));
        http.requestCache(AbstractHttpConfigurer::disable);
        http.logout(AbstractHttpConfigurer::disable);
        http.csrf(it -> it.csrfTokenRepository(csrf)
                .requireCsrfProtectionMatcher(SessionCsrf::needed)
                .csrfTokenRequestHandler(new CsrfTokenRequestAttributeHandler()));
        http.addFilterBefore(callers, CsrfFilter.class);
        http.headers(it -> it.frameOptions(frame -> frame.deny())
                .referrerPolicy(policy -> policy.policy(ReferrerPolicy.SAME_ORIGIN)));
    }

    private static void rights(HttpSecurity http, List<Rights.Row> rows) throws Exception {
        http.authorizeHttpRequests(it -> {
            it.dispatcherTypeMatchers(DispatcherType.ERROR, DispatcherType.ASYNC, DispatcherType.FORWARD)
                    .permitAll();
            for (Rights.Row row : rows) {
                var matched = it.requestMatchers(
                        PathPatternRequestMatcher.withDefaults().matcher(row.method(), row.path()));
                if (row.open()) {
                    matched.permitAll();
                } else {
                    matched.hasAnyAuthority(row.authorities().toArray(String[]::new));
                }
            }
            it.anyRequest().denyAll();
        });
    }
}
