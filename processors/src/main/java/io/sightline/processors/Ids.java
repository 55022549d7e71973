package io.sightline.processors;

import com.github.f4b6a3.uuid.factory.standard.TimeOrderedEpochFactory;
import java.security.SecureRandom;
import java.time.Clock;

/** Makes ids (UUIDv7) that are unique for ever and, within one instance, grow. Any thread. */
public final class Ids {
    private final TimeOrderedEpochFactory factory;

    public Ids(Clock clock) {
        this.factory = new TimeOrderedEpochFactory(new SecureRandom(), clock);
    }

    public String next() {
        return factory.create().toString();
    }
}
