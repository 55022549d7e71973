package io.sightline.hub.cameras;

import io.sightline.engine.net.AddressGuard;
import io.sightline.hub.http.Ports;
import io.sightline.hub.settings.SettingsFile;
import io.sightline.hub.spine.SpinePorts;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Which addresses cameras may be connected to: those of the settings, and never the hub's own ports. */
@Configuration(proxyBeanMethods = false)
class CameraNetworksConfiguration {

    @Bean
    AddressGuard addressGuard(SettingsFile settings, Ports ports, SpinePorts spine) {
        return new AddressGuard(
                () -> settings.current().cameraNetworks(),
                address -> (ports.uses(address.getPort()) || spine.uses(address.getPort())) && local(address));
    }

    private static boolean local(InetSocketAddress address) {
        InetAddress place = address.getAddress();
        if (place.isLoopbackAddress() || place.isAnyLocalAddress()) {
            return true;
        }
        try {
            return NetworkInterface.getByInetAddress(place) != null;
        } catch (SocketException e) {
            return true; // who cannot tell refuses: the port is one of ours
        }
    }
}
