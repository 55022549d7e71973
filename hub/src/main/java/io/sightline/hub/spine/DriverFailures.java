package io.sightline.hub.spine;

import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientException;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordBatchTooLargeException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SerializationException;
import org.springframework.amqp.AmqpException;

/** What the exceptions of drivers say, for those that are no {@link java.io.IOException}. */
final class DriverFailures {
    /** Classes of SQLSTATE that are about the values: data exception, and a constraint that they break. */
    private static final Set<String> ABOUT_VALUES = Set.of("22", "23", "44");

    /** MQTT 5: topic name invalid, packet too large, payload format invalid. */
    private static final Set<Integer> MQTT_REJECTIONS = Set.of(0x90, 0x95, 0x99);

    private DriverFailures() {}

    /** Whether it is an outage; empty where the exception is of none of these drivers. */
    static Optional<Boolean> verdict(Throwable cause) {
        if (cause instanceof KafkaException) {
            return Optional.of(!(cause instanceof RecordTooLargeException
                    || cause instanceof RecordBatchTooLargeException
                    || cause instanceof SerializationException
                    || cause instanceof InvalidRecordException));
        } else if (cause instanceof org.eclipse.paho.mqttv5.common.MqttException mqtt) {
            return Optional.of(!MQTT_REJECTIONS.contains(mqtt.getReasonCode()));
        } else if (cause instanceof org.eclipse.paho.client.mqttv3.MqttException) {
            return Optional.of(true); // 3.1.1 has no way to refuse one message
        } else if (cause instanceof AmqpException) {
            return Optional.of(true);
        }
        return Optional.empty();
    }

    /**
     * A missing table or right is an outage: somebody can make it. Where the driver tells no SQLSTATE, its class of
     * exception decides.
     */
    static Optional<Boolean> sql(SQLException failure) {
        if (failure instanceof SQLTransientException
                || failure instanceof SQLRecoverableException
                || failure instanceof SQLNonTransientConnectionException) {
            return Optional.of(true);
        }
        String state = failure.getSQLState();
        return state == null || state.length() < 2
                ? Optional.empty()
                : Optional.of(!ABOUT_VALUES.contains(state.substring(0, 2)));
    }
}
