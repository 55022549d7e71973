package io.sightline.hub.console;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Objects;
import org.springframework.core.env.Environment;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** What the console's page cannot know by itself. */
@RestController
class AboutController {
    private final String hubId;
    private final Environment environment;

    AboutController(String hubId, Environment environment) {
        this.hubId = hubId;
        this.environment = environment;
    }

    @GetMapping("/console/about.json")
    About about() {
        int port = environment.getProperty("local.management.port", Integer.class, 0);
        return new About(hubId, Objects.requireNonNullElse(getClass().getPackage().getImplementationVersion(), ""), port);
    }

    /**
     * @param version empty where the hub runs from class files
     * @param managementPort where Hawtio is, on the same host; 0 where there is none
     */
    record About(
            @JsonProperty("hub_id") String hubId,
            String version,
            @JsonProperty("management_port") int managementPort) {}
}
