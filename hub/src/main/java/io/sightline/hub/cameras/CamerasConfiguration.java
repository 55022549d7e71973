package io.sightline.hub.cameras;

import io.sightline.camera.CameraCatalog;
import io.sightline.engine.detect.InferenceListener;
import io.sightline.engine.detect.InferencePool;
import io.sightline.engine.video.JpegEncoder;
import io.sightline.hub.crashes.Quarantine;
import io.sightline.hub.data.DataFolder;
import io.sightline.hub.events.Background;
import io.sightline.hub.routefiles.RouteFiles;
import io.sightline.hub.settings.SettingsFile;
import io.sightline.hub.spine.Spine;
import io.sightline.hub.status.Integrations;
import io.sightline.processors.EventPublisher;
import io.sightline.processors.Ids;
import io.sightline.processors.clips.ClipRecorder;
import io.sightline.processors.clips.KeptVideos;
import io.sightline.processors.live.LiveViews;
import io.sightline.processors.pipeline.CameraPipelines;
import io.sightline.processors.pipeline.DetectObjects;
import io.sightline.processors.pipeline.Evidence;
import io.sightline.processors.pipeline.PipelineListener;
import io.sightline.processors.pipeline.PipelineTools;
import io.sightline.processors.pipeline.SnapshotFiles;
import io.sightline.processors.pipeline.TrackObjects;
import java.time.Clock;
import org.apache.camel.CamelContext;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The steps {@code detectObjects} and {@code trackObjects}, and what makes cameras of the settings. */
@Configuration(proxyBeanMethods = false)
class CamerasConfiguration {
    private static final int LIVE_WIDTH = 1280;
    private static final int LIVE_QUALITY = 75;

    private final Clock clock;
    private final SettingsFile settings;
    private final DataFolder data;
    private final ObjectProvider<CamelContext> camel;

    CamerasConfiguration(Clock clock, SettingsFile settings, DataFolder data, ObjectProvider<CamelContext> camel) {
        this.camel = camel;
        this.settings = settings;
        this.clock = clock;
        this.data = data;
    }

    /** Closed by {@link Cameras#stop}. */
    @Bean(destroyMethod = "")
    DetectorShelf detectorShelf(Integrations integrations) {
        return new DetectorShelf(data.models(), integrations);
    }

    @Bean
    CameraStates cameraStates(Integrations integrations) {
        return new CameraStates(integrations);
    }

    @Bean(destroyMethod = "close")
    InferencePool inferencePool(ObjectProvider<InferenceListener> listeners) {
        return new InferencePool(
                new Listeners.OfInference(listeners.orderedStream().toList()));
    }

    @Bean
    MotionCounts motionCounts() {
        return new MotionCounts();
    }

    @Bean
    LiveViews liveViews() {
        var encoder = new JpegEncoder();
        return new LiveViews((frame, overlays) -> encoder.encode(frame, overlays, LIVE_WIDTH, LIVE_QUALITY));
    }

    /** What detections are proved with. */
    record Proofs(SnapshotFiles snapshots, Evidence evidence) {}

    @Bean
    Proofs proofs(SnapshotFiles snapshots, ClipRecorder clips) {
        var pictures = new PictureEvidence(() -> settings.current().revision());
        return new Proofs(snapshots, new ClippedEvidence(pictures, clips));
    }

    @Bean
    PipelineTools pipelineTools(
            InferencePool pool, Proofs proofs, LiveViews live, ObjectProvider<PipelineListener> listeners) {
        return new PipelineTools(
                pool,
                new SnapshotEncoder(camel::getObject),
                proofs.snapshots(),
                proofs.evidence(),
                live,
                new Listeners.OfPipelines(listeners.orderedStream().toList()),
                new Ids(clock),
                clock);
    }

    /** Closed by {@link Cameras#stop}, while events can still be published. */
    @Bean(destroyMethod = "")
    CameraPipelines cameraPipelines(PipelineTools tools, EventPublisher publisher) {
        return new CameraPipelines(tools, publisher::publish);
    }

    @Bean
    DetectObjects detectObjects(CameraPipelines pipelines) {
        return new DetectObjects(pipelines);
    }

    @Bean
    TrackObjects trackObjects(CameraPipelines pipelines) {
        return new TrackObjects(pipelines);
    }

    @Bean
    Cameras.Parts cameraParts(DetectorShelf detectors, CameraPipelines pipelines, CameraStates states, Spine spine) {
        var addresses = new Cameras.Addresses(spine::ensureCamera, spine::removeCamera);
        return new Cameras.Parts(detectors, pipelines, states, addresses, new CameraKinds(data.watchedFolders()));
    }

    @Bean
    Cameras cameras(Cameras.Parts parts, KeptVideos videos, Quarantine quarantine, Background background) {
        return new Cameras(parts, videos, new CameraRoutes(camel.getObject()), background, quarantine);
    }

    @Bean
    CameraCatalog cameraCatalog(ObjectProvider<Cameras> cameras) {
        return cameraId -> cameras.getObject().source(cameraId);
    }

    @Bean
    SmartInitializingSingleton remakeCameraRoutes(RouteFiles files, Cameras cameras) {
        return () -> files.listen(templates -> {
            if (templates.contains(CameraRoutes.TEMPLATE)) {
                cameras.remakeRoutes();
            }
        });
    }

    @Bean
    CameraLifecycle cameraLifecycle(Cameras cameras, SettingsFile file, EventPublisher publisher) {
        return new CameraLifecycle(cameras, file, publisher);
    }
}
