package io.sightline.hub.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.sightline.hub.data.DataFolder;
import io.sightline.hub.launcher.UsageException;
import io.sightline.hub.settings.StoreSettings;
import io.sightline.hub.spine.Failures;
import io.sightline.hub.status.Integrations;
import java.time.Duration;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The database: an H2 file of the hub's own, or a PostgreSQL. A broken file stops the start; a PostgreSQL that is away
 * does not: it is tried again with growing pauses, on a thread of its own, and events wait in their queue meanwhile.
 */
final class StoreDatabase implements AutoCloseable, StoreAccess, StoreProbe.Target {
    private static final Logger LOG = LoggerFactory.getLogger(StoreDatabase.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
    private static final int CONNECTIONS = 4;

    private final HikariDataSource pool;
    private final boolean external;
    private final Integrations integrations;
    private final JdbcClient jdbc;
    private final JdbcTemplate probe;
    private final TransactionTemplate transactions;
    private volatile boolean ready;
    private volatile boolean away = true;
    private volatile boolean closed;

    StoreDatabase(DataFolder data, StoreSettings settings, Integrations integrations) {
        this.integrations = integrations;
        external = settings.url().isPresent();
        pool = new HikariDataSource(external ? postgres(settings) : h2(data));
        probe = new JdbcTemplate(pool);
        probe.setQueryTimeout((int) StoreProbe.LIMIT.toSeconds());
        jdbc = JdbcClient.create((DataSource) pool);
        transactions = new TransactionTemplate(new DataSourceTransactionManager(pool));
    }

    /** @throws UsageException if the hub's own file cannot be used */
    void start() {
        if (external) {
            var thread = new Thread(this::migrateUntilDone, "store-connect");
            thread.setDaemon(true);
            thread.start();
            return;
        }
        try {
            migrate();
        } catch (RuntimeException e) {
            pool.close();
            throw new UsageException("the database " + h2Address(pool.getJdbcUrl()) + " cannot be used ("
                    + Failures.reason(e) + "); restore it from a backup, or move it away to start with an empty one");
        }
    }

    @Override
    public JdbcClient jdbc() {
        requireReady();
        return jdbc;
    }

    @Override
    public TransactionTemplate transactions() {
        requireReady();
        return transactions;
    }

    /** The database has answered. */
    void online() {
        if (away) {
            away = false;
            integrations.online("store", "store");
        }
    }

    void offline(Throwable failure) {
        away = true;
        integrations.offline("store", "store", "UNREACHABLE", Failures.reason(failure));
    }

    @Override
    public void ask() {
        requireReady();
        probe.queryForObject("SELECT 1", Integer.class);
    }

    @Override
    public void answered() {
        online();
    }

    /** Until it has answered once, {@link #migrate} knows better why it does not. */
    @Override
    public void failed(Throwable failure) {
        if (ready && !closed) {
            offline(failure);
        }
    }

    private void requireReady() {
        if (!ready) {
            throw new DataAccessResourceFailureException("the database is away");
        }
    }

    private void migrateUntilDone() {
        Duration pause = FIRST_PAUSE;
        while (!closed && !ready) {
            try {
                migrate();
            } catch (RuntimeException e) {
                offline(e);
                LOG.atDebug().addKeyValue("reason", Failures.reason(e)).log("database is away, trying again");
                sleep(pause);
                pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
            }
        }
    }

    private void sleep(Duration pause) {
        long until = System.nanoTime() + pause.toNanos();
        try {
            while (!closed && System.nanoTime() < until) {
                Thread.sleep(50);
            }
        } catch (InterruptedException e) {
            closed = true;
            Thread.currentThread().interrupt();
        }
    }

    private void migrate() {
        Flyway.configure()
                .dataSource(pool)
                .locations("classpath:sightline/store")
                .load()
                .migrate();
        ready = true;
        online();
    }

    private static HikariConfig h2(DataFolder data) {
        var config = new HikariConfig();
        config.setPoolName("store");
        // without WRITE_DELAY=0 a killed process loses its last commits
        config.setJdbcUrl("jdbc:h2:file:" + data.database().resolve("sightline").toAbsolutePath()
                + ";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE;CACHE_SIZE=16384");
        config.setUsername("sa");
        config.setPassword("");
        config.setMaximumPoolSize(CONNECTIONS);
        config.setMinimumIdle(1);
        return config;
    }

    private static HikariConfig postgres(StoreSettings settings) {
        var config = new HikariConfig();
        config.setPoolName("store");
        config.setJdbcUrl(settings.url().orElseThrow());
        settings.username().ifPresent(config::setUsername);
        settings.password().ifPresent(config::setPassword);
        config.setMaximumPoolSize(CONNECTIONS);
        config.setMinimumIdle(0);
        config.setConnectionTimeout(3000);
        config.setInitializationFailTimeout(-1);
        config.addDataSourceProperty("tcpKeepAlive", "true");
        config.addDataSourceProperty("socketTimeout", "30");
        return config;
    }

    private static String h2Address(String url) {
        return url.substring("jdbc:h2:file:".length(), url.indexOf(';'));
    }

    @Override
    public void close() {
        closed = true;
        pool.close();
    }
}
