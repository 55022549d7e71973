package io.sightline.processors;

import java.util.Map;

/** Puts bytes on the spine. Any thread. */
@FunctionalInterface
public interface SpineSender {
    /**
     * Returns when the spine's durable commit has returned.
     *
     * @param address multicast address, checked by the caller
     * @throws Exception if that is not known to have happened; the caller sends the same bytes again
     */
    void send(String address, byte[] bytes, Map<String, Object> headers) throws Exception;
}
