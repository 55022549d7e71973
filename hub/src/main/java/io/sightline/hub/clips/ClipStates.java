package io.sightline.hub.clips;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.sightline.hub.status.Integrations;
import io.sightline.processors.clips.ClipListener;
import io.sightline.processors.clips.ClipRecorder;
import io.sightline.processors.clips.KeptVideos;
import java.util.concurrent.atomic.LongAdder;

/** What becomes of clips, as a state and as metrics. */
final class ClipStates implements ClipListener {
    private static final String KIND = "store";
    private static final String ID = "clips";
    private static final String LOST = "CLIP_LOST";

    private final Integrations integrations;
    private final LongAdder written = new LongAdder();
    private final LongAdder failed = new LongAdder();

    ClipStates(Integrations integrations) {
        this.integrations = integrations;
    }

    @Override
    public void written(String cameraId) {
        written.increment();
        integrations
                .find(KIND, ID)
                .filter(clips -> LOST.equals(clips.code()))
                .ifPresent(clips -> integrations.online(KIND, ID));
    }

    @Override
    public void failed(String cameraId, String reason) {
        failed.increment();
        boolean told = integrations
                .find(KIND, ID)
                .filter(clips -> "DISK_SHORT".equals(clips.code()))
                .isPresent();
        if (!told) {
            integrations.degraded(KIND, ID, LOST, "a clip of camera " + cameraId + " is lost: " + reason);
        }
    }

    /** Counters of this, of the recorder and of retention, and the memory that packets take. */
    MeterBinder metrics(ClipRecorder recorder, ClipRetention retention, KeptVideos videos) {
        return registry -> {
            counter(registry, "sightline.clips.written", "Clips completed").accept(written);
            counter(registry, "sightline.clips.lost", "Clips that could not be written")
                    .accept(failed);
            FunctionCounter.builder("sightline.clips.removed", retention, ClipRetention::removed)
                    .description("Clips removed for their age or for want of space")
                    .register(registry);
            FunctionCounter.builder("sightline.clips.packets.lost", recorder, ClipRecorder::packetsLost)
                    .description("Packets that were gone before they could be written into a clip")
                    .register(registry);
            Gauge.builder("sightline.clips.running", recorder, ClipRecorder::running)
                    .description("Clips that are being written")
                    .register(registry);
            Gauge.builder("sightline.clips.memory.bytes", videos, ClipStates::memory)
                    .description("Memory outside the heap that the packets of all cameras take")
                    .register(registry);
            FunctionCounter.builder("sightline.clips.shortened", videos, ClipStates::shortened)
                    .description("Groups of pictures that went early, for want of memory")
                    .register(registry);
        };
    }

    private static java.util.function.Consumer<LongAdder> counter(MeterRegistry registry, String name, String what) {
        return adder -> FunctionCounter.builder(name, adder, LongAdder::sum)
                .description(what)
                .register(registry);
    }

    private static double memory(KeptVideos videos) {
        return videos.all().stream()
                .mapToLong(stream -> stream.ring().reserved())
                .sum();
    }

    private static double shortened(KeptVideos videos) {
        return videos.all().stream()
                .mapToLong(stream -> stream.ring().shortened())
                .sum();
    }
}
