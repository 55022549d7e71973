package io.sightline.hub.clips;

import io.micrometer.core.instrument.binder.MeterBinder;
import io.sightline.camera.streams.RecordingTaps;
import io.sightline.hub.data.DataFolder;
import io.sightline.hub.security.SignedLinks;
import io.sightline.hub.settings.SettingsFile;
import io.sightline.hub.spine.Spine;
import io.sightline.hub.status.Integrations;
import io.sightline.hub.store.Retention;
import io.sightline.processors.Ids;
import io.sightline.processors.clips.ClipRecorder;
import io.sightline.processors.clips.KeptVideos;
import java.net.URI;
import java.time.Clock;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Builds what keeps packets and writes clips. */
@Configuration(proxyBeanMethods = false)
class ClipsConfiguration {
    private final Clock clock;
    private final SettingsFile settings;

    ClipsConfiguration(Clock clock, SettingsFile settings) {
        this.clock = clock;
        this.settings = settings;
    }

    @Bean
    KeptVideos keptVideos(ClipFiles files) {
        return new KeptVideos(files::cover);
    }

    @Bean
    RecordingTaps recordingTaps(KeptVideos videos) {
        return videos::tap;
    }

    @Bean
    SignedLinks signedLinks(DataFolder data) {
        return new SignedLinks(data, clock);
    }

    @Bean
    ClipFiles clipFiles(DataFolder data, SignedLinks signer) {
        String base = settings.current()
                .hub()
                .publicUrl()
                .map(URI::toString)
                .orElse("")
                .replaceAll("/+$", "");
        var links = new ClipFiles.Links(
                base, signer, () -> settings.current().retention().clips().links());
        return new ClipFiles(data.clips(), links, clock);
    }

    @Bean
    ClipStates clipStates(Integrations integrations) {
        return new ClipStates(integrations);
    }

    @Bean
    ClipRetention clipRetention(ClipFiles files, Integrations integrations, Spine spine) {
        var limits = new ClipRetention.Limits(() -> settings.current().retention(), spine::oldestWaiting);
        var retention = new ClipRetention(files, integrations, clock, limits);
        files.ask(retention);
        return retention;
    }

    /** Clips go before snapshots. */
    @Bean
    SmartInitializingSingleton clipsFirst(Retention all, ClipRetention clips) {
        return () -> all.first(clips::sweep);
    }

    @Bean(destroyMethod = "close")
    ClipRecorder clipRecorder(KeptVideos videos, ClipFiles files, ClipStates states, ClipRetention room) {
        var recorder = new ClipRecorder(videos, files, new Ids(clock), clock, states);
        room.spare(recorder::isOpen);
        return recorder;
    }

    @Bean
    MeterBinder clipMetrics(ClipStates states, ClipRecorder recorder, ClipRetention retention, KeptVideos videos) {
        return states.metrics(recorder, retention, videos);
    }
}
