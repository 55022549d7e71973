/** Users, roles, logins, tokens: one set for REST, console, Hawtio and broker. */
@NullMarked
package io.sightline.hub.security;

import org.jspecify.annotations.NullMarked;
