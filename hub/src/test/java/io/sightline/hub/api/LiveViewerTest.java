package io.sightline.hub.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sightline.processors.clips.ClipSettings;
import io.sightline.processors.clips.KeptVideo;
import io.sightline.processors.clips.KeptVideos;
import jakarta.websocket.RemoteEndpoint;
import jakarta.websocket.Session;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.adapter.NativeWebSocketSession;

class LiveViewerTest {
    private final List<CloseStatus> closed = new ArrayList<>();

    @Test
    void shouldSendAViewerAwayWhomAnErrorHits() {
        // Given
        var videos = new KeptVideos(covered -> {});
        var noClips = new ClipSettings(false, Duration.ZERO, Duration.ZERO, Duration.ofSeconds(1), 1 << 20);
        videos.use("gate", new KeptVideo.Use(noClips, false, true));
        var count = new SimpleMeterRegistry().counter("any");
        var tools = new LiveViewer.Tools(Runnable::run, Clock.systemUTC(), new LiveViewer.Counts(count, count, count));
        var viewer = new LiveViewer(broken(), videos.find("gate").orElseThrow(), tools);

        // When
        viewer.start();

        // Then
        assertThat(closed).containsExactly(CloseStatus.SERVER_ERROR);
    }

    private NativeWebSocketSession broken() {
        var remote = stub(RemoteEndpoint.Async.class, (proxy, method, arguments) -> null);
        var bare = stub(Session.class, (proxy, method, arguments) -> remote);
        return stub(NativeWebSocketSession.class, (proxy, method, arguments) -> switch (method.getName()) {
            case "getNativeSession" -> bare;
            case "isOpen" -> throw new NoClassDefFoundError("a library");
            case "close" -> {
                closed.add((CloseStatus) arguments[0]);
                yield null;
            }
            default -> null;
        });
    }

    private static <T> T stub(Class<T> type, InvocationHandler answers) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, answers));
    }
}
