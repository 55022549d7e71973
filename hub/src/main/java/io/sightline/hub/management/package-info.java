/**
 * The management port: health, metrics, and Hawtio, which reaches MBeans through Jolokia and only as far as
 * {@link io.sightline.hub.management.MBeanPolicy} lets it. Logins are checked before anything here is asked.
 */
@NullMarked
package io.sightline.hub.management;

import org.jspecify.annotations.NullMarked;
