package io.sightline.hub.proof;

import java.nio.charset.StandardCharsets;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttCallback;
import org.eclipse.paho.mqttv5.client.MqttClient;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.MqttDisconnectResponse;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.jspecify.annotations.Nullable;

/**
 * A subscriber with a session that outlives its connections. It is connected anew after each start of the broker by
 * {@link #connect}, which one thread calls.
 */
final class MqttSubscriber implements AutoCloseable, MqttCallback {
    private static final long KEPT_SECONDS = 86_400;
    private static final int PATIENCE_SECONDS = 10;
    private static final String ID = "witness-mqtt";

    private final String user;
    private final String password;
    private final HttpReceiver.Arrival arrival;
    private @Nullable MqttClient client;

    MqttSubscriber(String user, String password, HttpReceiver.Arrival arrival) {
        this.user = user;
        this.password = password;
        this.arrival = arrival;
    }

    /** @throws MqttException if the broker does not let it in, or was killed meanwhile */
    void connect(String address, String topic) throws MqttException {
        close();
        var options = new MqttConnectionOptions();
        options.setUserName(user);
        options.setPassword(password.getBytes(StandardCharsets.UTF_8));
        options.setCleanStart(false);
        options.setSessionExpiryInterval(KEPT_SECONDS);
        options.setConnectionTimeout(PATIENCE_SECONDS);
        options.setReceiveMaximum(100);
        var fresh = new MqttClient(address, ID, new MemoryPersistence());
        client = fresh;
        fresh.setTimeToWait(PATIENCE_SECONDS * 1000L);
        fresh.setCallback(this);
        fresh.connect(options);
        fresh.subscribe(topic, 1);
    }

    /** Acknowledged to the broker after this returns. */
    @Override
    public void messageArrived(String topic, MqttMessage message) {
        arrival.of(message.getPayload());
    }

    @Override
    public void close() {
        MqttClient before = client;
        client = null;
        if (before == null) {
            return;
        }
        try {
            before.disconnectForcibly(0, 0, false);
        } catch (MqttException e) {
            // it was not connected any more
        }
        try {
            before.close(true);
        } catch (MqttException e) {
            // closed already
        }
    }

    @Override
    public void disconnected(MqttDisconnectResponse response) {
        // expected: the broker is killed again and again
    }

    @Override
    public void mqttErrorOccurred(MqttException exception) {
        // ends with the connection
    }

    @Override
    public void deliveryComplete(IMqttToken token) {
        // sends nothing
    }

    @Override
    public void connectComplete(boolean reconnect, String address) {
        // connect returns then
    }

    @Override
    public void authPacketArrived(int reason, MqttProperties properties) {
        // no such login
    }
}
