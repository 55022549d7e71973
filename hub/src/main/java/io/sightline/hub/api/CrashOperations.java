package io.sightline.hub.api;

import io.sightline.hub.crashes.Quarantine;
import io.sightline.hub.http.ProblemException;
import io.sightline.hub.settings.SettingsFile;
import org.apache.camel.Header;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The operation on cameras that took the hub's process down. */
public final class CrashOperations {
    private static final Logger LOG = LoggerFactory.getLogger(CrashOperations.class);

    private final SettingsFile settings;
    private final Quarantine quarantine;

    CrashOperations(SettingsFile settings, Quarantine quarantine) {
        this.settings = settings;
        this.quarantine = quarantine;
    }

    public void release(@Header("id") String id) {
        if (!settings.current().cameras().containsKey(id)) {
            throw ProblemException.notFound("The camera");
        }
        if (!quarantine.release(id)) {
            throw new ProblemException(409, "The camera is not kept apart after a crash.");
        }
        LOG.atInfo()
                .addKeyValue("cameraId", id)
                .addKeyValue("caller", CallerArgument.current().getName())
                .log("a camera was released through REST");
    }
}
