package io.sightline.hub.spine;

import static org.assertj.core.api.Assertions.assertThat;

import io.sightline.hub.console.RunningHub;
import java.nio.file.Path;
import org.apache.camel.CamelContext;
import org.apache.camel.LoggingLevel;
import org.apache.camel.component.jms.JmsComponent;
import org.apache.camel.component.jms.JmsConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** In a whole hub, where other parts configure components as well. */
class SpineSettingsIT {
    @TempDir
    Path folder;

    @Test
    void shouldKeepWhatTheComponentOfTheSpineSays() throws Exception {
        try (var hub = RunningHub.start(folder)) {
            // When
            JmsConfiguration settings = hub.bean(CamelContext.class)
                    .getComponent("spine", JmsComponent.class)
                    .getConfiguration();
            // Then
            assertThat(settings.isTransacted()).isTrue();
            assertThat(settings.isLazyCreateTransactionManager()).isFalse();
            assertThat(settings.getCacheLevelName()).isEqualTo("CACHE_CONSUMER");
            assertThat(settings.isDisableReplyTo()).isTrue();
            assertThat(settings.getErrorHandlerLoggingLevel()).isEqualTo(LoggingLevel.DEBUG);
        }
    }
}
