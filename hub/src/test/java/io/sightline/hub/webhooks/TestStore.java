package io.sightline.hub.webhooks;

import com.zaxxer.hikari.HikariDataSource;
import io.sightline.hub.store.StoreAccess;
import org.flywaydb.core.Flyway;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** A database with the hub's tables, which can be away. */
final class TestStore implements StoreAccess, AutoCloseable {
    private final HikariDataSource pool = new HikariDataSource();
    private final JdbcClient jdbc;
    private volatile boolean away;

    TestStore(String url, String user, String password) {
        pool.setJdbcUrl(url);
        pool.setUsername(user);
        pool.setPassword(password);
        pool.setMaximumPoolSize(4);
        Flyway.configure()
                .dataSource(pool)
                .locations("classpath:sightline/store")
                .load()
                .migrate();
        jdbc = JdbcClient.create(pool);
        for (String table : new String[] {"webhooks", "webhook_deliveries", "inbound_webhooks"}) {
            jdbc.sql("DELETE FROM " + table).update();
        }
    }

    void away(boolean now) {
        away = now;
    }

    @Override
    public JdbcClient jdbc() {
        if (away) {
            throw new DataAccessResourceFailureException("the database is away");
        }
        return jdbc;
    }

    @Override
    public TransactionTemplate transactions() {
        jdbc();
        return new TransactionTemplate(new DataSourceTransactionManager(pool));
    }

    @Override
    public void close() {
        pool.close();
    }
}
