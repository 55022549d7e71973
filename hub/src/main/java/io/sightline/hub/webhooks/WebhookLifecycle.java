package io.sightline.hub.webhooks;

import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.dao.DataAccessException;

/** Starts the webhooks when Camel runs, later where the database is away by then, and keeps their records short. */
final class WebhookLifecycle implements ApplicationRunner, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(WebhookLifecycle.class);
    private static final long FLUSH_MILLIS = 500;
    private static final long EXPIRE_MINUTES = 30;
    private static final long AGAIN_SECONDS = 2;

    private final Webhooks webhooks;
    private final DeliveryLog log;
    private final Inbox inbox;
    private final ScheduledExecutorService background;

    WebhookLifecycle(Webhooks webhooks, DeliveryLog log, Inbox inbox, ScheduledExecutorService background) {
        this.webhooks = webhooks;
        this.log = log;
        this.inbox = inbox;
        this.background = background;
    }

    @Override
    public void run(ApplicationArguments arguments) {
        start();
        background.scheduleWithFixedDelay(() -> calmly(log::flush), FLUSH_MILLIS, FLUSH_MILLIS, TimeUnit.MILLISECONDS);
        background.scheduleWithFixedDelay(() -> calmly(this::expire), 1, EXPIRE_MINUTES, TimeUnit.MINUTES);
    }

    private void expire() {
        log.expire();
        inbox.expire();
    }

    private void start() {
        try {
            webhooks.start();
        } catch (DataAccessException e) {
            LOG.atDebug().log("webhooks wait for the database");
            background.schedule(this::start, AGAIN_SECONDS, TimeUnit.SECONDS);
        }
    }

    /** What fails once is tried again the next time. */
    private static void calmly(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            LOG.atDebug().setCause(e).log("records of webhooks could not be kept");
        }
    }

    @Override
    public void close() {
        background.shutdownNow();
        calmly(log::flush);
        webhooks.endpoints().forEach(Endpoint::close);
    }
}
