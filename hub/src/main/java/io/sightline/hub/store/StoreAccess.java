package io.sightline.hub.store;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The database of the hub, for subjects that keep their own tables in it; those come with the migrations in
 * {@code sightline/store}. Any thread.
 *
 * <p>While the database is away every method throws {@link org.springframework.dao.DataAccessException}.
 */
public interface StoreAccess {
    JdbcClient jdbc();

    TransactionTemplate transactions();
}
