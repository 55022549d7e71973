package io.sightline.hub.launcher;

import org.springframework.boot.SpringBootExceptionReporter;
import org.springframework.context.ConfigurableApplicationContext;

/** Keeps Spring from logging a stack trace of what the command line tells people in words. */
public final class UsageReporter implements SpringBootExceptionReporter {

    /** Called by Spring, with its context. */
    public UsageReporter(ConfigurableApplicationContext context) {}

    @Override
    public boolean reportException(Throwable failure) {
        return UsageException.in(failure).isPresent();
    }
}
