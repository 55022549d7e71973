package io.sightline.hub.spine;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
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

/** An MQTT 5 client that keeps what it gets. */
final class MqttReader implements AutoCloseable, MqttCallback {
    record Got(String topic, MqttMessage message) {}

    private final MqttClient client;
    private final BlockingQueue<Got> got = new LinkedBlockingQueue<>();

    MqttReader(String url, String id, String user) throws MqttException {
        this(url, id, user, user + "-pw", 0);
    }

    MqttReader(String url, String id, @Nullable String user, @Nullable String password, long keepSeconds)
            throws MqttException {
        client = new MqttClient(url, id, new MemoryPersistence());
        client.setCallback(this);
        var options = new MqttConnectionOptions();
        if (user != null) {
            options.setUserName(user);
            options.setPassword(password == null ? null : password.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        }
        options.setCleanStart(keepSeconds == 0);
        options.setSessionExpiryInterval(keepSeconds);
        options.setConnectionTimeout(10);
        client.connect(options);
    }

    /** @return the reason code of the broker */
    int subscribe(String topic) throws MqttException {
        IMqttToken token = client.subscribe(topic, 1);
        return token.getReasonCodes()[0];
    }

    /** @return the reason code of the broker */
    int publish(String topic, String body) throws MqttException {
        var message = new MqttMessage(body.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        message.setQos(1);
        IMqttToken token = client.getTopic(topic).publish(message);
        token.waitForCompletion(10_000);
        return token.getReasonCodes() == null ? 0 : token.getReasonCodes()[0];
    }

    @Nullable
    Got next(long millis) throws InterruptedException {
        return got.poll(millis, TimeUnit.MILLISECONDS);
    }

    @Override
    public void messageArrived(String topic, MqttMessage message) {
        got.add(new Got(topic, message));
    }

    @Override
    public void disconnected(MqttDisconnectResponse response) {
        // tests that care look at the client
    }

    @Override
    public void mqttErrorOccurred(MqttException exception) {
        // thrown at the caller as well
    }

    @Override
    public void deliveryComplete(IMqttToken token) {
        // waited for by the token
    }

    @Override
    public void connectComplete(boolean reconnect, String serverUri) {
        // waited for by connect
    }

    @Override
    public void authPacketArrived(int reasonCode, MqttProperties properties) {
        // not used
    }

    @Override
    public void close() throws MqttException {
        if (client.isConnected()) {
            client.disconnect();
        }
        client.close();
    }
}
