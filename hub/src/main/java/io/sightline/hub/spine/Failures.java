package io.sightline.hub.spine;

import com.fasterxml.jackson.core.JacksonException;
import io.sightline.engine.net.AddressSecrets;
import jakarta.jms.JMSException;
import java.io.IOException;
import java.net.MalformedURLException;
import java.nio.charset.CharacterCodingException;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.transaction.CannotCreateTransactionException;

/**
 * Tells an outage, which passes or which somebody can mend, from a rejection of this one event, which does not. A login or
 * an address that the receiver refuses is an outage: no event is at fault, so none goes to the dead letters.
 */
public final class Failures {
    private static final int REASON_LENGTH = 300;
    private static final int MAX_DEPTH = 20;

    /** Answers that are about the login, the address or the moment, and not about the event. */
    private static final Set<Integer> PASSING_STATUS = Set.of(401, 403, 404, 405, 407, 408, 421, 423, 425, 429);

    private Failures() {}

    /** True if trying again later may help: the other side is away, slow, overloaded, or does not let the hub in. */
    public static boolean isOutage(Throwable failure) {
        return causes(failure)
                .flatMap(cause -> verdict(cause).stream())
                .findFirst()
                .orElse(false);
    }

    /** True if no receiver can be at fault: the event cannot be read. */
    static boolean isUnreadable(Throwable failure) {
        return causes(failure).anyMatch(UnreadableEventException.class::isInstance);
    }

    private static Stream<Throwable> causes(Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
                .limit(MAX_DEPTH);
    }

    /** Whether it is an outage; empty where this exception does not say. */
    private static Optional<Boolean> verdict(Throwable cause) {
        if (cause instanceof HttpOperationFailedException http) {
            int status = http.getStatusCode();
            return Optional.of(status >= 500 || status < 400 || PASSING_STATUS.contains(status));
        } else if (cause instanceof JacksonException
                || cause instanceof CharacterCodingException
                || cause instanceof MalformedURLException
                || cause instanceof UnreadableEventException) {
            return Optional.of(false);
        } else if (cause instanceof SQLException sql) {
            return DriverFailures.sql(sql);
        }
        return isConnectivity(cause) ? Optional.of(true) : DriverFailures.verdict(cause);
    }

    private static boolean isConnectivity(Throwable cause) {
        return cause instanceof IOException
                || cause instanceof TimeoutException
                || cause instanceof InterruptedException
                || cause instanceof JMSException
                || cause instanceof TransientDataAccessException
                || cause instanceof RecoverableDataAccessException
                || cause instanceof DataAccessResourceFailureException
                || cause instanceof CannotCreateTransactionException;
    }

    /** For people: what went wrong at the root, short, and without a login. */
    public static String reason(Throwable failure) {
        Throwable root = failure;
        for (int depth = 0; root.getCause() != null && depth < MAX_DEPTH; depth++) {
            root = root.getCause();
        }
        String text = root.getClass().getSimpleName().replace("Exception", "")
                + (root.getMessage() == null ? "" : ": " + root.getMessage());
        String clean = AddressSecrets.hiddenIn(text);
        return clean.length() <= REASON_LENGTH ? clean : clean.substring(0, REASON_LENGTH) + "…";
    }
}
