package io.sightline.camera;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.apache.camel.catalog.DefaultCamelCatalog;
import org.apache.camel.support.component.PropertyConfigurerSupport;
import org.junit.jupiter.api.Test;

class CameraDocsTest {

    @Test
    void shouldBeVisibleInCamelsCatalogueAndCheckedByIt() throws Exception {
        // Given
        var catalog = new DefaultCamelCatalog();
        try (InputStream json =
                CameraComponent.class.getResourceAsStream("/META-INF/io/sightline/camera/camera.json")) {
            catalog.addComponent(
                    "camera", CameraComponent.class.getName(), new String(json.readAllBytes(), StandardCharsets.UTF_8));
        }

        // When, Then
        assertThat(catalog.validateEndpointProperties("camera:demo?uri=demo:crossing&silenceLimit=5s")
                        .isSuccess())
                .isTrue();
        assertThat(catalog.validateEndpointProperties("camera:demo?fps=5").getUnknown())
                .containsExactly("fps");
        assertThat(catalog.validateEndpointProperties("camera:demo?maxFramesPerSecond=x")
                        .isSuccess())
                .isFalse();
        assertThat(catalog.componentModel("camera").getEndpointOptions())
                .filteredOn(option -> option.isSecret())
                .extracting(option -> option.getName())
                .containsExactlyInAnyOrder("username", "password");
    }

    @Test
    void shouldBringItsConfigurers() throws Exception {
        for (String name : new String[] {"CameraComponentConfigurer", "CameraEndpointConfigurer"}) {
            assertThat(PropertyConfigurerSupport.class).isAssignableFrom(Class.forName("io.sightline.camera." + name));
        }
    }
}
