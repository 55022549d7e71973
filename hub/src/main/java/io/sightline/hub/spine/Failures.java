package io.sightline.hub.spine;

import com.fasterxml.jackson.core.JacksonException;
import io.sightline.engine.net.AddressSecrets;
import jakarta.jms.JMSException;
import java.io.IOException;
import java.net.MalformedURLException;
import java.nio.charset.CharacterCodingException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientException;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.transaction.CannotCreateTransactionException;

/** Tells an outage, which passes, from a rejection, which does not. */
public final class Failures {
    private static final int REASON_LENGTH = 300;
    private static final Set<Integer> PASSING_STATUS = Set.of(408, 425, 429);

    private Failures() {}

    /** True if trying again later may help: the other side is away, slow or overloaded. */
    public static boolean isOutage(Throwable failure) {
        int depth = 0;
        for (Throwable cause = failure; cause != null && depth < 20; cause = cause.getCause(), depth++) {
            if (isRejection(cause)) {
                return false;
            }
            if (isConnectivity(cause)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isRejection(Throwable cause) {
        return cause instanceof JacksonException
                || cause instanceof CharacterCodingException
                || cause instanceof MalformedURLException
                || (cause instanceof HttpOperationFailedException http && !passes(http.getStatusCode()));
    }

    private static boolean passes(int status) {
        return status >= 500 || PASSING_STATUS.contains(status);
    }

    private static boolean isConnectivity(Throwable cause) {
        return cause instanceof IOException
                || cause instanceof TimeoutException
                || cause instanceof InterruptedException
                || cause instanceof HttpOperationFailedException
                || cause instanceof JMSException
                || cause instanceof SQLTransientException
                || cause instanceof SQLRecoverableException
                || cause instanceof SQLNonTransientConnectionException
                || cause instanceof TransientDataAccessException
                || cause instanceof RecoverableDataAccessException
                || cause instanceof DataAccessResourceFailureException
                || cause instanceof CannotCreateTransactionException;
    }

    /** For people: what went wrong at the root, short, and without a login. */
    public static String reason(Throwable failure) {
        Throwable root = failure;
        for (int depth = 0; root.getCause() != null && depth < 20; depth++) {
            root = root.getCause();
        }
        String text = root.getClass().getSimpleName().replace("Exception", "")
                + (root.getMessage() == null ? "" : ": " + root.getMessage());
        String clean = AddressSecrets.hiddenIn(text);
        return clean.length() <= REASON_LENGTH ? clean : clean.substring(0, REASON_LENGTH) + "…";
    }
}
