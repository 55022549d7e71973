package io.sightline.hub.management;

import static org.assertj.core.api.Assertions.assertThat;

import javax.management.ObjectName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MBeanPolicyTest {
    @ParameterizedTest(name = "{1} of {0}: {2}")
    @CsvSource({
        "events-to-spine, stop(), false",
        "events-to-spine, stop(java.lang.Long), false",
        "events-to-spine, suspend(), false",
        "events-to-spine, start(), true",
        "frames-to-detections, stop(), false",
        "frames-to-detections, reset(), true",
        "camera-gate-to-frames, stop(), true",
        "camera-gate-to-frames, suspend(), true",
    })
    void shouldKeepRoutesRunningThatEventsNeed(String route, String operation, boolean allowed) throws Exception {
        var quoted = new ObjectName("org.apache.camel:context=sightline,type=routes,name=\"" + route + "\"");
        var bare = new ObjectName("org.apache.camel:context=sightline,type=routes,name=" + route);

        assertThat(new MBeanPolicy().isOperationAllowed(quoted, operation)).isEqualTo(allowed);
        assertThat(new MBeanPolicy().isOperationAllowed(bare, operation)).isEqualTo(allowed);
    }
}
