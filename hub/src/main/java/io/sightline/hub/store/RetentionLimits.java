package io.sightline.hub.store;

import io.sightline.hub.settings.RetentionSettings;
import java.time.Clock;

/** What to keep at the start, and by which clock. */
record RetentionLimits(RetentionSettings settings, Clock clock) {}
